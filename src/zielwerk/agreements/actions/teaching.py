"""What corrections teach the reader: kept as a table that people look into and change."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from zielwerk.agreements import queries
from zielwerk.agreements.models import KNOWN_ALREADY, Intake, Lesson
from zielwerk.core.actions import action, seal
from zielwerk.core.permissions import Actor
from zielwerk.packs import loading as packs
from zielwerk.reading.everywhere import is_misread, values
from zielwerk.reading.expected import wordings
from zielwerk.recognition import lessons
from zielwerk.recognition.dictionary import is_german
from zielwerk.recognition.own import OwnWords, own_words
from zielwerk.recognition.words import TOKEN
from zielwerk.rulebook.agreement import Terms
from zielwerk.rulebook.refusal import Refusal, Refused, msg


@dataclass(frozen=True)
class NewLesson:
    """A misread word and what it is; a name stands for itself."""

    programme: str
    read: str
    meant: str


@action("agreements.teach")
def teach(actor: Actor, new: NewLesson, *, at: datetime) -> Lesson:
    """Enter what the reader is to know from now on."""
    for word in (new.read, new.meant):
        if not TOKEN.fullmatch(word):
            raise Refused(Refusal("agreements.lesson_no_word", NO_WORD, {"word": word}))
    if new.read != new.meant and is_german(new.read):
        raise Refused(Refusal("agreements.lesson_german", GERMAN, {"word": new.read}))
    if new.read != new.meant and not is_misread(new.read, new.meant):
        params = {"read": new.read, "meant": new.meant}
        raise Refused(Refusal("agreements.lesson_unlike", UNLIKE, params))
    if new.read != new.meant and any(new.read in own for own in _own_words(new.programme)):
        raise Refused(Refusal("agreements.lesson_own", OWN, {"word": new.read}))
    if known := queries.taught_as(new.programme, new.read):
        if known.meant == new.meant:
            raise Refused(KNOWN_ALREADY)
        params = {"read": new.read, "meant": known.meant}
        raise Refused(Refusal("agreements.lesson_two", TWO, params))
    return _entered(actor, new, "", at)


def _own_words(programme: str) -> Iterator[OwnWords]:
    """The words of a programme in each of its years: none of them is taken for another."""
    bodies = packs.bodies(programme)
    for code, year in packs.available():
        if code == programme:
            yield own_words(wordings(packs.load(programme, year), bodies))


@action("agreements.withdraw_lesson")
def withdraw_lesson(actor: Actor, lesson: Lesson, *, at: datetime) -> Lesson:
    """Take an entry out of use; it stays on file."""
    lesson = Lesson.objects.select_for_update().get(pk=lesson.pk)
    if lesson.withdrawn_at:
        raise Refused(LESSON_WITHDRAWN)
    lesson.withdrawn_by, lesson.withdrawn_at = actor.audit_name, at
    lesson.save()
    seal(lesson)
    return lesson


def learn(actor: Actor, intake: Intake, at: datetime) -> None:
    """Keep what the corrections of a recording teach, once two persons vouch for them.

    What somebody withdrew once, or what would make a word two others, is not learned again.
    """
    read = intake.reading.get("terms")
    if not read:
        return
    was = values(Terms.from_json(read))
    checked = [(was.get(path, ""), text) for path, text in values(intake.content).items()]
    found = [one for before, after in checked for one in lessons.taught(before, after)]
    for one in dict.fromkeys(found):
        if is_misread(one.read, one.meant) and not queries.was_taught(intake.programme, one.read):
            new = NewLesson(intake.programme, one.read, one.meant)
            _entered(actor, new, intake.file_number, at)


def _entered(actor: Actor, new: NewLesson, origin: str, at: datetime) -> Lesson:
    lesson = Lesson.objects.create(
        programme=new.programme,
        read=new.read,
        meant=new.meant,
        origin=origin,
        added_by=actor.audit_name,
        added_at=at,
    )
    seal(lesson)
    return lesson


NO_WORD = msg("„{word}“ ist kein einzelnes Wort. Bitte jedes Wort für sich aufnehmen.")
GERMAN = msg("„{word}“ ist ein deutsches Wort und bleibt, wie es ist.")
OWN = msg(
    "„{word}“ ist ein Wort des Programms und bleibt, wie es ist: Kein Einlesen hält es für ein "
    "anderes."
)
UNLIKE = msg(
    "„{read}“ ist keine Verwechslung von „{meant}“: Aufgenommen werden Wörter mit Buchstaben, "
    "die einander ähnlich sehen."
)
TWO = msg("„{read}“ steht schon in der Tabelle, als „{meant}“. Bitte ziehen Sie das erst zurück.")
LESSON_WITHDRAWN = Refusal("agreements.lesson_withdrawn", msg("Das ist schon zurückgezogen."))
