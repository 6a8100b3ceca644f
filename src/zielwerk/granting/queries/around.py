"""What notices rest on beside their drafts: what they decide about, money, agreement, strategy."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from zielwerk.granting.models import GrantNotice
from zielwerk.granting.queries.accord import Accord, accords_of, body_of
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

    ``accord`` is what was agreed beside it, ``free`` what its body was given and no notice has
    committed. ``has_strategy`` says whether the strategy is there, where the programme wants it
    before the notice. ``other`` is the number of another notice about the same application.
    """

    what: Applied
    accord: Accord | None
    free: Mapping[Pot, int]
    has_strategy: bool
    other: str


def around(notices: Sequence[GrantNotice], on: date) -> dict[int, Around]:
    """What notices rest on, by their keys; the queries grow with programme years alone."""
    what, free = applied_of(notices), ledger.uncommitted_of(map(body_of, notices))
    accords, planned = accords_of(notices, what), _planned(notices, on)
    others = _deciding(notices)
    return {
        each.pk: Around(
            what[each.pk],
            accords[each.pk],
            free[body_of(each)],
            body_of(each) in planned,
            next((n for pk, n in others.get(each.application_id, ()) if pk != each.pk), ""),
        )
        for each in notices
    }


def _rules(notices: Sequence[GrantNotice]) -> list[Year]:
    """The rules of the years of some notices, of each once."""
    return [packs.load(*year) for year in {(each.programme, each.year): None for each in notices}]


def _planned(notices: Sequence[GrantNotice], on: date) -> set[ledger.Body]:
    """The bodies whose strategy is in force; all where nobody wants it before the notice."""
    bodies = {body_of(each) for each in notices}
    for rules in _rules(notices):
        if _wants_strategy(rules):
            code, year = rules.programme.code, rules.year
            own = sorted(body[2] for body in bodies if body[:2] == (code, year))
            found = strategies.missing_of(code, own, rules.within(on))
            bodies -= {(code, year, ags) for ags, each in found.items() if not each.in_force}
    return bodies


def _wants_strategy(rules: Year) -> bool:
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
