"""A draft and the regional strategy: named by the days of its year, and a precondition."""

from datetime import UTC, datetime

import pytest
from django.conf import settings

from tests.rooms.money import AT, YEAR
from tests.rooms.negotiation.made import Table, answer_all, sent, with_strategy
from tests.stage import signed_in
from zielwerk.core.permissions import Actor
from zielwerk.negotiation import actions, queries
from zielwerk.negotiation.models import DraftDocument
from zielwerk.packs import loading as packs
from zielwerk.rulebook.negotiation import DraftState
from zielwerk.rulebook.refusal import Refused

NOVEMBER = datetime(YEAR - 1, 11, 20, 9, 0, tzinfo=UTC)


def walk_on(one: Table) -> DraftDocument:
    """Take every stage after the first."""
    draft = one.now()
    for stage in queries.lifecycle_of(draft).steps[1:]:
        if stage.act not in ("accept", "settle"):
            break
        person: Actor = one.partner if stage.side == "body" else one.second
        draft = getattr(actions, stage.act)(person, one.now(), at=AT)
    return draft


def keys(one: Table) -> set[str]:
    return {each.key.partition(":")[0] for each in queries.findings(one.now(), AT.date())}


def test_a_draft_made_in_november_names_the_strategy_of_its_year(table: Table) -> None:
    if packs.programme(settings.PROGRAMME).strategy is None:
        return
    with_strategy(table, NOVEMBER, YEAR - 1)
    with_strategy(table, NOVEMBER)
    where = (settings.PROGRAMME, YEAR, table.draft.ags)
    after = AT.date().replace(year=YEAR + 1)
    for on in (NOVEMBER.date(), AT.date(), after):
        assert queries.draft_of(*where, on).content.strategy == f"Strategie {YEAR}"
    for on in (NOVEMBER.date(), AT.date()):
        found = queries.findings_of(*where, on)
        assert not {"strategy", "precondition"} & {each.key.partition(":")[0] for each in found}


def test_a_strategy_that_ends_before_the_year_is_not_named(table: Table) -> None:
    if packs.programme(settings.PROGRAMME).strategy is None:
        return
    with_strategy(table, NOVEMBER, YEAR - 1)
    where = (settings.PROGRAMME, YEAR, table.draft.ags)
    assert queries.draft_of(*where, NOVEMBER.date()).content.strategy == ""
    found = {each.key.partition(":")[0] for each in queries.findings_of(*where, NOVEMBER.date())}
    asked = packs.programme(settings.PROGRAMME).strategy
    assert bool({"strategy", "precondition"} & found) == (asked.precondition_of != "none")


def test_no_text_stands_without_the_strategy_that_an_agreement_needs(table: Table) -> None:
    charter = packs.programme(settings.PROGRAMME).strategy
    is_needed = charter is not None and charter.precondition_of == "agreement"
    sent(table)
    answer_all(table)
    assert ("precondition" in keys(table)) == is_needed
    if not is_needed:
        assert walk_on(table).state == DraftState.SETTLED
        return
    with pytest.raises(Refused, match="Vorher kann der Text nicht feststehen"):
        walk_on(table)
    page = signed_in(table.second).get(f"/arbeit/entwuerfe/{table.draft.pk}").content.decode()
    assert "kein Arbeitsmarktplan in Kraft" in page
    with_strategy(table)
    assert "precondition" not in keys(table)
    assert actions.settle(table.second, table.now(), at=AT).state == DraftState.SETTLED


def test_the_check_says_what_stands_against_the_grant(hessian: Table) -> None:
    door = f"/arbeit/entwuerfe/{hessian.draft.pk}/pruefung"
    client = signed_in(hessian.drafter)
    assert "steht einer Bewilligung entgegen" in client.get(door).content.decode()
    with_strategy(hessian)
    assert "steht einer Bewilligung entgegen" not in client.get(door).content.decode()
