"""What the rules of passing on need of a programme year, as it says it."""

from datetime import date

from zielwerk.packs import due
from zielwerk.packs.model import PassingOn, Year
from zielwerk.rulebook.passing.checks import Check
from zielwerk.rulebook.passing.ways import Document, Due, Paper, Way

SECOND_PERSON = "pass_on_second_person"
"""The parameter with the amount, in euros, from which a second person brings it into force."""


def ways(rules: Year) -> list[Way]:
    """The ways in which a body may pass on in a programme year."""
    return [_way(each) for each in rules.passing_on]


def _way(entry: PassingOn) -> Way:
    return Way(
        entry.code,
        entry.label,
        Document(entry.document),
        entry.inherits,
        tuple(map(Check, entry.checks)),
        entry.proof,
        tuple(Paper(each.code, each.label, Due(each.due)) for each in entry.papers),
    )


def second_person_from(rules: Year) -> int:
    """From how many cents on a second person brings a pass-on into force; 0: always."""
    said = (each.number for each in rules.parameters if each.code == SECOND_PERSON)
    return int(next(said, 0) * 100)


def proof_of_provider(rules: Year, ended: date | None) -> date | None:
    """The last day of the Träger's proof, where the programme names one."""
    return _day(rules, "provider_proof", ended)


def proof_of_body(rules: Year, ended: date | None) -> date | None:
    """The last day of the body's own proof of use."""
    return _day(rules, "proof_of_use", ended)


def _day(rules: Year, purpose: str, ended: date | None) -> date | None:
    """The day of a purpose; one after the end is reckoned from the last day of the measure."""
    events = {"ended": ended} if ended else {}
    days = (due.day_of(rules, each, events) for each in rules.deadlines if each.purpose == purpose)
    return next((day for day in days if day), None)
