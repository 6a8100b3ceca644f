"""The text of a mail: what waits or happened, where, and the link; nothing else of anybody.

A text is made when it is sent, in the language that the person chose, from what is so at that
moment: a mail about what is done with meanwhile is moot and has no text. It names file numbers,
steps and days. Bodies, amounts and people's names stay behind the sign-in.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.text import capfirst

from zielwerk.core import cases, installation
from zielwerk.identity import queries as identity
from zielwerk.identity.models import User
from zielwerk.language import sentence, translate, value_text
from zielwerk.messaging import queries
from zielwerk.messaging.models import Mail, MailChoice
from zielwerk.messaging.queries import Waiting, people, secrets
from zielwerk.rulebook.lifecycle import Label
from zielwerk.rulebook.refusal import Said, msg
from zielwerk.rulebook.weekday import weekday_of

MOST = 30  # lines of a digest; the desk has them all
HEADINGS = {
    Mail.Kind.ACTION: msg("Zielwerk: {what} wartet auf Sie"),
    Mail.Kind.INFORMATION: msg("Zielwerk: Neues zu {what}"),
    Mail.Kind.DIGEST: msg("Zielwerk: Was wartet und was neu ist"),
    Mail.Kind.REMINDER: msg("Zielwerk: Frist für {what} am {day}"),
    Mail.Kind.INVITATION: msg("Zielwerk: Ihr Zugang"),
    Mail.Kind.OUTSIDE: "",  # whoever had it sent wrote its own
}
WAITS, HAPPENED = msg("Auf Sie wartet:"), msg("Neu für Sie:")
REMINDER = msg("Eine Frist läuft ab:")
SEVERAL = msg("Zielwerk: {number} Fristen, die erste am {day}")
COMES_NEAR, COME_NEAR = msg("Das Ende kommt näher:"), msg("Bei {number} kommt das Ende näher:")
OWED = msg("Zielwerk: {what} wartet auf Ihren Zug")
ALL_OWED = msg("Zielwerk: {number} Vorgänge warten auf Ihren Zug")
WAITED = msg("Das wartet schon länger:")
DEPUTY = msg("Sie erhalten diese Nachricht in Vertretung.")
INVITED = msg(
    "Für Sie wurde ein Zugang zu Zielwerk eingerichtet. Über diesen Link legen Sie einmal fest, "
    "wie Sie sich anmelden. Er gilt bis {until} und nur einmal; geben Sie ihn nicht weiter."
)
GREETING = msg("Guten Tag,")
UNTIL, PASSED = msg("bis {day}"), msg("Frist war {day}")
MORE = msg("und {number} weitere: {url}")
FOOT = msg("Wie Sie benachrichtigt werden, wählen Sie hier: {url}")


@dataclass(frozen=True)
class Text:
    """What is sent: to which address, under which heading, as plain text."""

    to: str
    heading: str
    body: str


@dataclass(frozen=True)
class Asked:
    """For whom a text is made and when: the person as she acts, as she chose."""

    person: User
    choice: MailChoice
    now: datetime

    @property
    def today(self) -> date:
        return timezone.localdate(self.now)

    def say(self, msgid: str, **params: object) -> str:
        return sentence(Said(msgid, params), self.choice.language)

    def day(self, day: date) -> str:
        language = self.choice.language
        return f"{translate(weekday_of(day), language)}, {value_text(day, language)}"


def compose(mail: Mail, now: datetime) -> Text | None:
    """The text of a mail at a moment; None where there is nothing to tell any more."""
    if mail.kind == Mail.Kind.OUTSIDE:
        return _outside(mail)
    person = User.objects.prefetch_related("posts").get(pk=mail.person_id)
    if not person.is_active or person.is_erased:
        return None
    identity.let_in(person, timezone.localdate(now), mail.post)
    asked = Asked(person, people.choice_of(person), now)
    with translation.override(asked.choice.language):
        made = MAKERS[Mail.Kind(mail.kind)](mail, asked)
    if made is None:
        return None
    heading, parts = made
    return Text(person.email, _one_line(heading), _body(asked, parts))


Made = tuple[str, list[str]] | None


def _action(mail: Mail, asked: Asked) -> Made:
    one = _waiting(mail, asked)
    if one is None:
        return None
    heading = asked.say(HEADINGS[Mail.Kind.ACTION], what=one.case.file_number)
    return heading, [asked.say(WAITS), *_lines_of([one], asked)]


def _reminder(mail: Mail, asked: Asked) -> Made:
    if "recalls" in mail.params:
        return _recall(mail, asked)
    one = _waiting(mail, asked)
    if one is None or one.due is None or one.due.isoformat() != mail.params["due"]:
        return None
    if one.due < asked.today:  # it comes too late to remind
        return None
    heading = asked.say(
        HEADINGS[Mail.Kind.REMINDER], what=one.case.file_number, day=asked.day(one.due)
    )
    return heading, [asked.say(REMINDER), *_lines_of([one], asked)]


def _recall(mail: Mail, asked: Asked) -> Made:
    """What comes near or has been owed for long, as far as it still does or is."""
    near = queries.recalls_of(asked.person, mail.params["recalls"], asked.today)
    if not near or not asked.person.acting:
        return None
    day, number = asked.day(near[0].day), len(near)
    if near[0].is_move:
        of_one, of_all = {"what": near[0].number}, {"number": number}
        heading = asked.say(OWED, **of_one) if number == 1 else asked.say(ALL_OWED, **of_all)
        parts = [asked.say(WAITED)]
    elif number == 1:
        heading = asked.say(HEADINGS[Mail.Kind.REMINDER], what=near[0].number, day=day)
        parts = [asked.say(COMES_NEAR)]
    else:
        heading = asked.say(SEVERAL, number=number, day=day)
        parts = [asked.say(COME_NEAR, number=number)]
    language = asked.choice.language
    for one in near[:MOST]:
        what = capfirst(translate(one.what, language))
        said = sentence(one.said, language)
        parts.append(f"- {what} {one.number}: {said}\n  {address(one.url)}")
    if number > MOST:
        parts.append(asked.say(MORE, number=number - MOST, url=address(reverse("desk:home"))))
    return heading, parts


def _waiting(mail: Mail, asked: Asked) -> Waiting | None:
    """The step that a mail is about, if it waits for the person still."""
    return queries.waiting_of(asked.person, mail.params["of"]) if asked.person.acting else None


def _information(mail: Mail, asked: Asked) -> Made:
    if not asked.person.acting:
        return None
    unread = queries.unread(asked.person).filter(pk=mail.params["notice"])
    told = queries.briefly(asked.person, unread)
    if not told:
        return None
    heading = asked.say(HEADINGS[Mail.Kind.INFORMATION], what=told[0].what)
    return heading, [asked.say(HAPPENED), *_told(told, asked)]


def _digest(mail: Mail, asked: Asked) -> Made:
    """All that waits and all unread, as far as the person wants either collected.

    As whoever she acts, and for whom she stands in on the day.
    """
    every, programme = people.capacities(asked.person, asked.today), settings.PROGRAMME
    parts: list[str] = []
    if asked.choice.actions == MailChoice.Way.DIGEST:
        found = {one.name: one for each in every for one in queries.waiting(each, programme)}
        waiting = sorted(found.values(), key=lambda one: (one.due or date.max, one.since))
        parts += [asked.say(WAITS), *_lines_of(waiting, asked)] if waiting else []
    if asked.choice.information == MailChoice.Way.DIGEST:
        unread = list(queries.unread(asked.person)[:MOST])
        told = {one.pk: one for each in every for one in queries.briefly(each, unread)}
        parts += [asked.say(HAPPENED), *_told(told.values(), asked)] if told else []
    return (asked.say(HEADINGS[Mail.Kind.DIGEST]), parts) if parts else None


def _invitation(mail: Mail, asked: Asked) -> Made:
    link = identity.good_link(mail.params["link"], asked.now)
    if link is None or not mail.secret:
        return None
    until = timezone.localtime(link.expires_at)
    where = address(secrets.opened(mail.secret))
    return asked.say(HEADINGS[Mail.Kind.INVITATION]), [asked.say(INVITED, until=until), where]


def _outside(mail: Mail) -> Text | None:
    """A mail to somebody outside as it was written, whoever asked for it is here or not."""
    if not mail.secret:
        return None
    said = json.loads(secrets.opened(mail.secret))
    return Text(said["to"], _one_line(said["heading"]), said["body"])


MAKERS: dict[Mail.Kind, Callable[[Mail, Asked], Made]] = {
    Mail.Kind.ACTION: _action,
    Mail.Kind.INFORMATION: _information,
    Mail.Kind.DIGEST: _digest,
    Mail.Kind.REMINDER: _reminder,
    Mail.Kind.INVITATION: _invitation,
}


def _lines_of(waiting: Iterable[Waiting], asked: Asked) -> list[str]:
    """What waits, each with the step that is asked for, its day and where it is."""
    every = list(waiting)
    lines = [_line(one, asked) for one in every[:MOST]]
    if len(every) > MOST:
        where = address(reverse("messaging:notices"))
        lines.append(asked.say(MORE, number=len(every) - MOST, url=where))
    return lines


def _line(one: Waiting, asked: Asked) -> str:
    due = ""
    if one.due:
        said = UNTIL if one.due >= asked.today else PASSED
        due = f" ({asked.say(said, day=asked.day(one.due))})"
    kind = translate(cases.kind_of(one.case).label, asked.choice.language)
    step = translate(Label(one.step.label), asked.choice.language)
    return f"- {capfirst(kind)} {one.case.file_number}: {step}{due}\n  {address(one.url)}"


def _told(told: Iterable[queries.Brief], asked: Asked) -> list[str]:
    language = asked.choice.language
    return [f"- {capfirst(sentence(one.sentence, language))}\n  {address(one.url)}" for one in told]


def _body(asked: Asked, parts: list[str]) -> str:
    """The whole text; lines are only broken where a part ends."""
    if asked.person.acting and asked.person.absent:
        parts = [asked.say(DEPUTY), *parts]
    where = address(reverse("messaging:choose"))
    kind = [translate(line, asked.choice.language)] if (line := installation.line()) else []
    whole = [*kind, asked.say(GREETING), *parts, "-- \n" + asked.say(FOOT, url=where)]
    return "\n\n".join(whole) + "\n"


def address(path: str) -> str:
    """A whole address of a page."""
    return settings.ENVIRONMENT.address + path


def _one_line(text: str) -> str:
    """A heading has one line and nothing that is not seen."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:200]
