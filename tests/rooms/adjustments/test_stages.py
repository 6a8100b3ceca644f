"""A programme that hears somebody before a change of money, and lets the authority decide."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import RequestFactory

from tests.rooms import money
from zielwerk.adjustments import actions
from zielwerk.adjustments.actions import Move
from zielwerk.adjustments.models import Adjustment
from zielwerk.core.permissions import NotAllowed
from zielwerk.identity.actions import Operator
from zielwerk.packs import folders
from zielwerk.programme import queries as programmes
from zielwerk.rulebook.adjustment import AdjustmentKind
from zielwerk.rulebook.planning import Fund
from zielwerk.rulebook.refusal import Refused
from zielwerk.ui.timeline import timeline

HESSE, YEAR, AGS, AT = "aqb_hessen", 2026, "06440", money.AT
CLERK, HEAD = (Operator(f"user:{number}", frozenset({"authority"})) for number in (201, 202))
HEARING = """
[[stage]]
procedure = "adjustment"
code = "hear"
label = "Verbände hören"
label_en = "Hear the associations"
state = "Verbände gehört"
state_en = "associations heard"
side = "authority"
notes = "Stellungnahme"
notes_en = "Opinion"
source = { text = "Für diesen Test erfunden", assumed = true }

[[stage]]
procedure = "adjustment"
code = "order"
after = "hear"
label = "Anordnen"
label_en = "Order"
state = "angeordnet"
state_en = "ordered"
side = "authority"
four_eyes = true
guards = ["adjustment_covered"]
effect = "ordered"
source = { text = "Für diesen Test erfunden", assumed = true }
"""


AGAIN = HEARING.partition("[[stage]]")[2].partition("[[stage]]")[0]
AGAIN = AGAIN.replace('code = "hear"', 'code = "report"\nafter = "hear"')
AGAIN = AGAIN.replace("Verbände hören", "Ergebnis berichten").replace("Hear the", "Report to the")
AGAIN = AGAIN.replace("notes = ", 'basis = "§ 7 Testgesetz"\nnotes = ')
AGAIN = AGAIN.replace("Verbände gehört", "berichtet").replace("associations heard", "reported")
TWO_BETWEEN = HEARING.replace('after = "hear"', 'after = "report"') + f"[[stage]]{AGAIN}"


@pytest.fixture
def declared(tmp_path: Path, settings: Any, db: None) -> Iterator[Adjustment]:
    """A waiver in Hesse, whose year 2026 asks the associations first."""
    yield from declared_under(HEARING, tmp_path, settings)


@pytest.fixture
def declared_with_report(tmp_path: Path, settings: Any, db: None) -> Iterator[Adjustment]:
    """The same where two stages in between share the act of noting something."""
    yield from declared_under(TWO_BETWEEN, tmp_path, settings)


def declared_under(stages: str, tmp_path: Path, settings: Any) -> Iterator[Adjustment]:
    settings.PROGRAMME = HESSE
    shutil.copytree(folders.SHIPPED / HESSE, tmp_path / HESSE)
    year = tmp_path / HESSE / "2026" / "year.toml"
    year.write_text(year.read_text() + stages)
    folders.use(tmp_path)
    try:
        money.enact(HESSE)
        money.decided(HESSE)
        move = Move(AdjustmentKind.WAIVER, Fund(HESSE, YEAR), AGS, 100_00, "Kurs entfällt")
        yield actions.declare(money.OFFICER, move, at=AT)
    finally:
        folders.use(None)


def test_the_authority_hears_and_another_of_its_people_decides(declared: Adjustment) -> None:
    before = programmes.standing(declared.fund).free_cents
    heard = actions.note(CLERK, declared, note="keine Einwände", at=AT)
    assert (heard.state, heard.state_label) == ("hear", "Verbände gehört")
    with pytest.raises(NotAllowed):
        actions.decide(CLERK, heard, at=AT)
    ordered = actions.decide(HEAD, heard, at=AT)
    assert ordered.state == "ordered"
    assert [taken["note"] for taken in ordered.trail] == ["keine Einwände", ""]
    assert programmes.standing(declared.fund).free_cents == before + 100_00


def test_the_timeline_names_each_stage_as_the_programme_does(
    declared_with_report: Adjustment,
) -> None:
    case = declared_with_report
    for note in ("keine Einwände", "berichtet"):
        case = actions.note(CLERK, case, note=note, at=AT)
    case = actions.decide(HEAD, case, at=AT)
    request = RequestFactory().get("/")
    request.user = HEAD
    events = timeline(request, case)
    labels = ["Verbände hören", "Ergebnis berichten", "Anordnen"]
    assert [event.label for event in events][-3:] == labels
    assert [event.basis for event in events][-3:] == ["", "§ 7 Testgesetz", ""]
    assert [taken["label_en"] for taken in case.trail][-1] == "Order"


def test_nothing_moves_before_the_hearing_and_the_ministry_does_not_decide(
    declared: Adjustment,
) -> None:
    with pytest.raises(Refused) as refused:
        actions.decide(HEAD, declared, at=AT)
    assert [refusal.rule for refusal in refused.value.refusals] == ["lifecycle.not_in_this_state"]
    heard = actions.note(CLERK, declared, note="dagegen", at=AT)
    with pytest.raises(NotAllowed):
        actions.decide(money.HEAD, heard, at=AT)
    assert actions.reject(HEAD, heard, note="So nicht", at=AT).state == "rejected"


def test_a_change_declared_under_other_rules_keeps_its_path(declared: Adjustment) -> None:
    year = folders.own()
    assert year
    file = year / HESSE / "2026" / "year.toml"
    file.write_text(file.read_text().removesuffix(HEARING))
    folders.forget()
    with pytest.raises(Refused):  # still the hearing first, as when it was declared
        actions.decide(HEAD, declared, at=AT)
    assert actions.note(CLERK, declared, note="ja", at=AT).state == "hear"
