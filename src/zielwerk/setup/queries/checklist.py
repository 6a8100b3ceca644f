"""What is still missing until the first agreement can be made, computed from the data."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.timezone import localdate

from zielwerk.budget import queries as budget
from zielwerk.core import installation, roles
from zielwerk.disclosures import queries as disclosures
from zielwerk.identity.models import House
from zielwerk.language import value_text
from zielwerk.packs import competence
from zielwerk.packs import loading as packs
from zielwerk.packs.model import Year
from zielwerk.programme import queries as programmes
from zielwerk.rulebook.refusal import Said, msg
from zielwerk.setup.models import SetupStep
from zielwerk.setup.queries import secrets
from zielwerk.setup.queries.people import Staff, staffed
from zielwerk.setup.queries.steps import taken, what_there_is

Step = SetupStep.Step
MINISTRY = House(roles.MINISTRY)
BACKUP_DAYS = 7
"""A backup that is older says nothing of whether the nightly ones are made."""

ADMINISTRATION = msg("Personenverwaltung des Ministeriums")
TWO_OF_MINISTRY = msg("zwei Personen des Ministeriums: eine schlägt vor, eine gibt frei")
OPERATION = msg("wer den Rechner betreibt")
EDITORS = msg("Programmbearbeitung und Programmsteuerung")
OWN_ADMINISTRATION = msg("die Personenverwaltung der jeweiligen Organisation")


@dataclass(frozen=True)
class Row:
    """One thing that must be there: whether it is, what is so now, why, who does it, where.

    ``door`` is the name of a route, perhaps with the step of the setup that it is about;
    without one it is done elsewhere.
    """

    code: str
    title: str
    is_done: bool
    now: Said
    why: str
    who: str
    door: str = ""
    step: str = ""
    permission: str = field(default="", repr=False)


def checklist(today: date) -> list[Row]:
    """All rows, in the order in which one does them; what is done stays in its place."""
    programme = settings.PROGRAMME
    rules = packs.load(programme, programmes.running_year(programme, today))
    steps, staff = taken(), staffed(today)
    return [
        _step(Step.PROGRAMME, steps, today),
        _year(rules, today),
        _step(Step.MINISTRY, steps, today),
        _step(Step.AUTHORITIES, steps, today),
        _step(Step.BODIES, steps, today),
        _administrators(staff),
        _ministry(staff),
        *_sides(rules, staff),
        _budget(rules),
        *_operation(steps, today),
    ]


STEPS_WHY = {
    Step.PROGRAMME: msg(
        "Damit gilt, was das Paket heute enthält; ein Jahr, das später dazukommt, ist ein "
        "Entwurf, bis es freigegeben ist."
    ),
    Step.MINISTRY: msg("Unter diesem Namen handeln die Personen des Ministeriums."),
    Step.AUTHORITIES: msg("Wer Bescheide erlässt und für welche Körperschaften, steht im Paket."),
    Step.BODIES: msg("Für wen das Programm da ist, steht im Paket."),
    Step.ADDRESS: msg("Einmal-Links und Nachrichten beginnen mit dieser Adresse."),
    Step.MAIL: msg("Ohne Versand erfährt niemand außerhalb der Anwendung, dass etwas wartet."),
}
CONFIRMED = msg("bestätigt am {day}")
NOT_CONFIRMED = msg("noch nicht bestätigt")
CHANGED = msg("seit dem {day} geändert: bitte noch einmal ansehen")


def _step(step: Step, steps: dict[str, SetupStep], today: date) -> Row:
    """A step counts as long as it says what is so: what changed since is to be looked at."""
    kept = steps.get(step)
    is_same = kept is not None and (
        step == Step.MINISTRY or kept.facts == _plain(what_there_is(step, today))
    )
    said, day = NOT_CONFIRMED, ""
    if kept:
        said, day = (CONFIRMED if is_same else CHANGED), value_text(localdate(kept.taken_at))
    return Row(
        code=step,
        title=str(step.label),
        is_done=is_same,
        now=Said(said, {"day": day}),
        why=STEPS_WHY[step],
        who=ADMINISTRATION,
        door="setup:step",
        step=step,
        permission="setup.take",
    )


def _plain(facts: Any) -> Any:
    """Facts as they come back from the database."""
    if isinstance(facts, dict):
        return {name: _plain(value) for name, value in facts.items()}
    return [_plain(value) for value in facts] if isinstance(facts, list | tuple) else facts


NO_YEAR = msg("Kein freigegebenes Programmjahr umfasst den heutigen Tag; das jüngste ist {year}.")
YEAR = msg("Programmjahr {year} läuft")


def _year(rules: Year, today: date) -> Row:
    drafts = programmes.draft_years(rules.programme.code)
    is_done = rules.year not in drafts and today <= rules.ends
    return Row(
        code="year",
        title=msg("Freigegebenes Programmjahr"),
        is_done=is_done,
        now=Said(YEAR if is_done else NO_YEAR, {"year": str(rules.year)}),
        why=msg("Unter Regeln, die niemand freigegeben hat, wird kein Geld zugesagt."),
        who=TWO_OF_MINISTRY,
        door="programme:rules",
        permission="programme.look",
    )


PEOPLE = msg("{number} von mindestens {least}")


def _administrators(staff: dict[House, Staff]) -> Row:
    number = len(staff.get(MINISTRY, Staff()).administering)
    return Row(
        code="administrators",
        title=msg("Zwei Personen in der Personenverwaltung des Ministeriums"),
        is_done=number > 1,
        now=Said(PEOPLE, {"number": number, "least": 2}),
        why=msg("Niemand stellt den eigenen Zugang wieder her: Das tut die zweite Person."),
        who=ADMINISTRATION,
        door="identity:people",
        permission="identity.look",
    )


def _ministry(staff: dict[House, Staff]) -> Row:
    there = staff.get(MINISTRY, Staff())
    return Row(
        code="ministry_people",
        title=msg("Vier Augen im Ministerium"),
        is_done=there.is_enough,
        now=Said(
            msg("Bearbeitung oder Steuerung: {number}, davon Steuerung: {deciding}"),
            {"number": len(there.entering | there.deciding), "deciding": len(there.deciding)},
        ),
        why=msg("Was eine Person einträgt, gibt eine andere frei, die entscheiden darf."),
        who=ADMINISTRATION,
        door="identity:people",
        permission="identity.look",
    )


def _sides(rules: Year, staff: dict[House, Staff]) -> Iterator[Row]:
    """Authorities and bodies, where the programme gives them a part before an agreement stands."""
    stages = [stage for stage in rules.stages if stage.procedure == "recording"]
    houses = {
        roles.AUTHORITY: [
            House(roles.AUTHORITY, organisation_code=each.code)
            for each in competence.named(rules.organisations, "authority", rules.period)
        ],
        roles.BODY: [
            House(roles.BODY, ags=body.ags)
            for body in packs.bodies_in(rules.programme.code, rules.year)
        ],
    }
    titles = {
        roles.AUTHORITY: msg("Personen einer Bewilligungsbehörde"),
        roles.BODY: msg("Personen einer Gebietskörperschaft"),
    }
    for side, of_side in houses.items():
        of_stages = [stage for stage in stages if stage.side == side]
        if not of_stages:
            continue
        needs_two = any(stage.four_eyes for stage in of_stages)
        known = list(dict.fromkeys(of_side))
        ready = [house for house in known if _is_ready(staff.get(house, Staff()), needs_two)]
        yield Row(
            code=f"{side}_people",
            title=titles[side],
            is_done=bool(ready),
            now=Said(
                msg("handlungsfähig: {number} von {all}"),
                {"number": len(ready), "all": len(known)},
            ),
            why=msg("Das Programm gibt ihnen einen Schritt, bevor Geld zugesagt ist."),
            who=OWN_ADMINISTRATION,
            door="identity:people",
            permission="identity.look",
        )


def _is_ready(staff: Staff, needs_two: bool) -> bool:
    return staff.is_enough if needs_two else staff.is_there


def _budget(rules: Year) -> Row:
    """Money of the year in the book of authorisations; one query."""
    is_done = budget.is_provided(rules.programme.code, rules.year)
    return Row(
        code="budget",
        title=msg("Haushalt des Programmjahrs"),
        is_done=is_done,
        now=Said(
            msg("veranschlagt für {year}") if is_done else msg("nichts veranschlagt für {year}"),
            {"year": str(rules.year)},
        ),
        why=msg("Verteilt und zugesagt wird nur, was der Haushalt vorsieht."),
        who=EDITORS,
        door="budget:budget",
        permission="budget.look",
    )


def _operation(steps: dict[str, SetupStep], today: date) -> Iterator[Row]:
    yield _step(Step.ADDRESS, steps, today)
    yield _public_address()
    yield _step(Step.MAIL, steps, today)
    yield _disclosures()
    yield _backup(today)
    yield _secrets()


def _public_address() -> Row:
    address = settings.ENVIRONMENT.address
    parts = urlsplit(address)
    is_near = parts.hostname in ("localhost", "127.0.0.1", "::1")
    return Row(
        code="tls",
        title=msg("Erreichbar für alle, verschlüsselt"),
        is_done=parts.scheme == "https" and not is_near,
        now=Said(msg("unter {address}"), {"address": address}),
        why=msg("Wer sich anmeldet, tut das nur über eine verschlüsselte Verbindung sicher."),
        who=OPERATION,
    )


def _disclosures() -> Row:
    is_done = not disclosures.operator().is_example
    return Row(
        code="disclosures",
        title=msg("Impressum, Datenschutz, Kontakt, Erklärung zur Barrierefreiheit"),
        is_done=is_done,
        now=Said(msg("ausgefüllt") if is_done else msg("nicht ausgefüllt (ZIELWERK_OPERATOR)")),
        why=msg("Jede öffentliche Stelle muss das auf ihren Seiten sagen."),
        who=OPERATION,
        door="disclosures:imprint",
        permission="disclosures.read",
    )


def _backup(today: date) -> Row:
    made = installation.backed_up_at()
    is_done = made is not None and localdate(made) >= today - timedelta(days=BACKUP_DAYS)
    said = msg("noch keine (zielwerk backup)") if made is None else msg("die letzte vom {day}")
    return Row(
        code="backup",
        title=msg("Sicherung aus den letzten sieben Tagen"),
        is_done=is_done,
        now=Said(said, {"day": value_text(localdate(made)) if made else ""}),
        why=msg("Was nicht gesichert ist, ist nach einem Schaden fort."),
        who=OPERATION,
    )


def _secrets() -> Row:
    weak = secrets.weak()
    return Row(
        code="secrets",
        title=msg("Eigene Schlüssel und Passwörter"),
        is_done=not weak,
        now=Said(
            msg("keine bekannten") if not weak else msg("zu ersetzen: {names}"),
            {"names": ", ".join(weak)},
        ),
        why=msg("Ein Schlüssel, der in einer Anleitung steht, ist keiner."),
        who=OPERATION,
    )
