"""What notices rest on beside their drafts: what they decide about, money, agreement, strategy."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from zielwerk.agreements import queries as agreements
from zielwerk.granting.models import GrantNotice
from zielwerk.granting.queries.applied import Applied, applied_of
from zielwerk.ledger import queries as ledger
from zielwerk.packs import loading as packs
from zielwerk.packs.model import Year
from zielwerk.rulebook.grant.course import GrantState
from zielwerk.rulebook.grant.cover import Pot
from zielwerk.strategy import queries as strategies


@dataclass(frozen=True)
class Around:
    """What a notice rests on.

    ``free`` is what its body was given and no notice has committed. ``is_agreed`` and
    ``has_strategy`` say whether agreement and strategy are there, where the programme wants them
    before the notice. ``other`` is the number of another notice about the same application.
    """

    what: Applied
    free: Mapping[Pot, int]
    is_agreed: bool
    has_strategy: bool
    other: str


def around(notices: Sequence[GrantNotice], on: date) -> dict[int, Around]:
    """What notices rest on, by their keys; the queries grow with programme years alone."""
    what, free = applied_of(notices), ledger.uncommitted_of(map(_body, notices))
    agreed, planned, others = _agreed(notices), _planned(notices, on), _deciding(notices)
    return {
        each.pk: Around(
            what[each.pk],
            free[_body(each)],
            _body(each) in agreed,
            _body(each) in planned,
            next((n for pk, n in others.get(each.application_id, ()) if pk != each.pk), ""),
        )
        for each in notices
    }


def _body(notice: GrantNotice) -> ledger.Body:
    return notice.programme, notice.year, notice.ags


def _rules(notices: Sequence[GrantNotice]) -> list[Year]:
    """The rules of the years of some notices, of each once."""
    return [packs.load(*year) for year in {(each.programme, each.year): None for each in notices}]


def _agreed(notices: Sequence[GrantNotice]) -> set[ledger.Body]:
    """The bodies whose agreement is there; all where nobody wants it before the notice."""
    bodies = {_body(each) for each in notices}
    wanting = [each for each in _rules(notices) if wants_agreement(each)]
    if not wanting:
        return bodies
    own = {(each.programme.code, each.year) for each in wanting}
    rows = agreements.standing().filter(
        programme__in={programme for programme, _ in own}, year__in={year for _, year in own}
    )
    there = set(rows.values_list("programme", "year", "ags"))
    return {body for body in bodies if body[:2] not in own or body in there}


def _planned(notices: Sequence[GrantNotice], on: date) -> set[ledger.Body]:
    """The bodies whose strategy is in force; all where nobody wants it before the notice."""
    bodies = {_body(each) for each in notices}
    for rules in _rules(notices):
        if wants_strategy(rules):
            code, year = rules.programme.code, rules.year
            own = sorted(body[2] for body in bodies if body[:2] == (code, year))
            found = strategies.missing_of(code, own, rules.within(on))
            bodies -= {(code, year, ags) for ags, each in found.items() if not each.in_force}
    return bodies


def wants_agreement(rules: Year) -> bool:
    """Whether the programme wants the agreement before the notice."""
    return bool(rules.application and rules.application.agreement == "before")


def wants_strategy(rules: Year) -> bool:
    """Whether the programme wants the strategy in force before the notice."""
    strategy = rules.programme.strategy
    return bool(strategy and strategy.precondition_of == "funding")


def _deciding(notices: Sequence[GrantNotice]) -> dict[int, list[tuple[int, str]]]:
    """The notices that decide about the same applications: key and number, by application."""
    rows = GrantNotice.objects.filter(application__in={each.application_id for each in notices})
    found: dict[int, list[tuple[int, str]]] = {}
    kept = rows.exclude(state=GrantState.DISCARDED).order_by("pk")
    for application, pk, number in kept.values_list("application", "pk", "file_number"):
        found.setdefault(application, []).append((pk, number))
    return found
