"""Beginning an application, writing into it, and its papers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from zielwerk.core.actions import action, seal
from zielwerk.core.cases import locked, new_case
from zielwerk.core.papers import media_type, why_not_taken
from zielwerk.core.permissions import Actor
from zielwerk.documents import actions as documents
from zielwerk.documents.models import StoredFile
from zielwerk.funding import queries
from zielwerk.funding.actions.prefilling import Prefilled, prefilled
from zielwerk.funding.models import (
    BEGUN_ALREADY,
    REMOVED_ALREADY,
    Application,
    Entry,
    Origin,
    Paper,
    Removal,
)
from zielwerk.language import German
from zielwerk.packs import loading as packs
from zielwerk.programme import queries as programmes
from zielwerk.programme.actions import keep_rules
from zielwerk.rulebook.application import (
    Answers,
    ApplicationState,
    Clash,
    is_place,
    may_write,
    sort_out,
)
from zielwerk.rulebook.application.answers import LONGEST, NOT_TYPED
from zielwerk.rulebook.refusal import Refusal, Refused, msg
from zielwerk.rulebook.writing import written


@dataclass(frozen=True)
class NewApplication:
    """An application that a body begins for a programme year."""

    programme: str
    year: int
    ags: str
    is_invented: bool = False


@dataclass(frozen=True)
class Writing:
    """Texts by place, typed on a page that showed the entries up to the number ``seen``."""

    application: Application
    seen: int
    answers: Answers = field(default_factory=dict)

    @property
    def ags(self) -> str:
        return self.application.ags


@dataclass(frozen=True)
class Written:
    """What became of a writing: the number it led to, what was kept, and what clashes.

    ``answers`` are all that stand now.
    """

    application: Application
    number: int
    kept: Answers
    clashes: tuple[Clash, ...]
    answers: Answers


@dataclass(frozen=True)
class NewPaper:
    """A paper under the code that the programme asks for it by."""

    application: Application
    code: str
    name: str
    content: bytes

    @property
    def ags(self) -> str:
        return self.application.ags


@action("funding.apply")
def apply(actor: Actor, new: NewApplication, *, at: datetime) -> Application:
    """Begin an application; it says already what is planned, agreed and was said last year."""
    version = keep_rules(actor, new.programme, new.year, at=at)
    if reasons := why_not_begun(new):
        raise Refused(*reasons)
    names = {body.ags: body.name for body in packs.bodies_in(new.programme, new.year)}
    application = new_case(
        Application,
        f"{packs.programme(new.programme).prefix('application')}-{new.year}",
        at=at,
        programme=new.programme,
        year=new.year,
        ags=new.ags,
        body_name=names[new.ags],
        rule_version=version,
        is_invented=new.is_invented,
        begun_at=at,
    )
    _enter(actor, application, 0, prefilled(application), at)
    return application


def why_not_begun(new: NewApplication) -> list[Refusal]:
    """The reasons against beginning an application."""
    if new.year not in queries.years(new.programme):
        return [Refusal("funding.no_stages", NO_STAGES, {"year": str(new.year)})]
    if new.ags not in {body.ags for body in packs.bodies_in(new.programme, new.year)}:
        return [programmes.no_such_body(new.ags)]
    return [BEGUN_ALREADY] if queries.pursued(new.programme, new.year, new.ags) else []


@action("funding.write")
def write(actor: Actor, writing: Writing, *, at: datetime) -> Written:
    """Keep what was typed, place by place, whatever is missing or cannot be read.

    Only what was changed is kept; where somebody else changed the same place meanwhile nothing is,
    and it is told (:class:`~zielwerk.rulebook.application.Clash`). A number that no page can have
    shown counts as a page that showed nothing.
    """
    application = writable(writing.application, writing.answers)
    now = queries.said(application)
    seen = writing.seen if writing.seen <= now.number else 0
    base = now if seen == now.number else queries.said(application, seen)
    typed = {place: _cleaned(text) for place, text in writing.answers.items()}
    sorted_ = sort_out(base.answers, now.answers, typed)
    entries = {place: Prefilled(text, Origin.TYPED) for place, text in sorted_.applied.items()}
    number = _enter(actor, application, now.number, entries, at)
    stands = {**now.answers, **sorted_.applied}
    return Written(application, number, sorted_.applied, sorted_.clashes, stands)


def writable(application: Application, places: Iterable[str]) -> Application:
    """The application, held, where each of these places can be written now; else Refused."""
    current = Application.objects.select_for_update().get(pk=application.pk)
    locked(current)
    asked = queries.asked_now(current)
    for place in places:
        typed = place.rpartition("/")[2] not in NOT_TYPED
        if not (is_place(place) and typed):
            raise Refused(Refusal("funding.no_such_place", NO_SUCH_PLACE, {"place": place[:80]}))
        if not may_write(current.state, place, asked):
            raise Refused(NOT_OPEN if current.state == ApplicationState.DRAFT else CLOSED)
    return current


def _cleaned(text: str) -> str:
    """A text by the rule for all texts, not too long."""
    plain = written(text.replace("\r\n", "\n"))
    if len(plain) > LONGEST:
        raise Refused(Refusal("funding.too_long", TOO_LONG, {"most": LONGEST}))
    return plain


def _enter(
    actor: Actor,
    application: Application,
    number: int,
    answers: Mapping[str, Prefilled],
    at: datetime,
) -> int:
    """Add an entry for each of these answers; the number of the last one."""
    rows = [
        Entry(
            application=application,
            number=number + count,
            place=place,
            text=answer.text,
            origin=answer.origin,
            entered_by=actor.audit_name,
            entered_at=at,
        )
        for count, (place, answer) in enumerate(answers.items(), 1)
    ]
    made = Entry.objects.bulk_create(rows)
    seal(*made)
    return number + len(made)


@action("funding.attach")
def attach(actor: Actor, new: NewPaper, *, at: datetime) -> Paper:
    """Add a paper; one that stands elsewhere already is referred to and not sent again."""
    application = writable(new.application, [f"attachment/{new.code}"])
    known = {each.code: each for each in queries.rules_of(application).application_attachments}
    if new.code not in known:
        raise Refused(Refusal("funding.no_such_paper", NO_SUCH_PAPER))
    if reasons := why_not_taken(new.content):
        raise Refused(*reasons)
    kind = media_type(new.content)
    file = documents.store(actor, new.name, kind, new.content, at=at)
    there = (each for each in queries.papers(application) if each.code == new.code)
    if same := next((each for each in there if each.file_id == file.pk), None):
        label = German(known[new.code].label, known[new.code].label_en)
        params = {"kind": label, "name": same.name}
        raise Refused(Refusal("funding.paper_twice", PAPER_TWICE, params))
    return _add_paper(actor, application, new.code, file, new.name, at)


def _add_paper(
    actor: Actor, application: Application, code: str, file: StoredFile, name: str, at: datetime
) -> Paper:
    paper = Paper.objects.create(
        application=application,
        code=code,
        file=file,
        name=name,
        entered_by=actor.audit_name,
        entered_at=at,
    )
    seal(paper)
    return paper


@action("funding.attach")
def remove(actor: Actor, paper: Paper, *, at: datetime) -> Removal:
    """Take a paper out again; it stays on file."""
    writable(paper.application, [f"attachment/{paper.code}"])
    if Removal.objects.filter(paper=paper).exists():
        raise Refused(REMOVED_ALREADY)
    removal = Removal.objects.create(paper=paper, removed_by=actor.audit_name, removed_at=at)
    seal(removal)
    return removal


def as_handed_in(actor: Actor, application: Application, at: datetime) -> None:
    """Where no question asks any more, what was handed in counts, and not what was begun since.

    What the body wrote stays in the history of each place, a paper that it sent on file.
    """
    handed_in = queries.newest_submission(application)
    if handed_in is None:
        return
    asked = queries.asked_places(queries.open_questions(application))
    now = queries.said(application)
    entries = {
        place: Prefilled(handed_in.answers.get(place, ""), Origin.RESTORED)
        for place, text in now.answers.items()
        if text != handed_in.answers.get(place, "")
        and not may_write(application.state, place, asked)
    }
    _enter(actor, application, now.number, entries, at)
    missing = [_paper_of(each) for each in handed_in.content["papers"]]
    for paper in queries.papers(application):
        if (named := (paper.code, str(paper.name), paper.file.sha256)) in missing:
            missing.remove(named)
        elif not may_write(application.state, f"attachment/{paper.code}", asked):
            seal(Removal.objects.create(paper=paper, removed_by=actor.audit_name, removed_at=at))
    for code, name, sha256 in missing:
        if not may_write(application.state, f"attachment/{code}", asked):
            rows = Paper.objects.filter(application=application, code=code, name=name)
            file = rows.filter(file__sha256=sha256).latest("pk").file
            _add_paper(actor, application, code, file, name, at)


def _paper_of(said: Mapping[str, str]) -> tuple[str, str, str]:
    return said["code"], said["name"], said["sha256"]


NO_STAGES = msg("Für das Programmjahr {year} sieht das Programm keine Anträge vor.")
NO_SUCH_PLACE = msg("Eine Angabe „{place}“ gibt es in diesem Antrag nicht.")
NO_SUCH_PAPER = msg("Eine solche Anlage verlangt das Programm nicht.")
PAPER_TWICE = msg("Dieselbe Datei liegt als „{kind}“ schon beim Antrag: „{name}“.")
TOO_LONG = msg("Das ist zu lang: höchstens {most} Zeichen. Längeres bitte als Anlage.")
NOT_OPEN = Refusal("funding.not_open", msg("Hier kann gerade nichts geändert werden."))
CLOSED = Refusal(
    "funding.closed",
    msg("Der Antrag ist eingereicht. Ändern lässt sich nur, wonach die Bewilligungsbehörde fragt."),
)
