"""What a draft would say today, and what a colleague would say about it."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.rooms.money import AT, YEAR, by_hand, decided, enact
from zielwerk.config import world_plans
from zielwerk.config.cli import main
from zielwerk.config.world import Cast
from zielwerk.drafting.views import plain
from zielwerk.measures import actions as measures
from zielwerk.measures import queries as measure_queries
from zielwerk.measures.actions import NewPlan
from zielwerk.negotiation import queries
from zielwerk.packs import loading as packs

KREIS = "06435"
"""The body of the cast's coordinator."""
AMOUNT = 1_600_000_00
DAY = AT.date()

Capsys = pytest.CaptureFixture[str]


def planned(cast: Cast, title: str, cents: int, **changes: object) -> None:
    rules = packs.load(settings.PROGRAMME, YEAR)
    kind = next(each.code for each in rules.measure_types if each.has_participants)
    plan = world_plans.complete(rules, title, kind, cents)
    plan = replace(plan, **changes)  # type: ignore[arg-type]
    measures.plan(cast.body, NewPlan(settings.PROGRAMME, YEAR, KREIS, plan), at=AT)


def keys() -> list[str]:
    """What is found, each by its rule."""
    found = queries.findings_of(settings.PROGRAMME, YEAR, KREIS, DAY)
    return [finding.key.partition(":")[0] for finding in found]


@pytest.fixture
def allocated(cast: Cast) -> None:
    """The amount is decided for the body in the year."""
    enact(settings.PROGRAMME)
    decided(settings.PROGRAMME, overrides=by_hand(b06435=AMOUNT))


@pytest.mark.usefixtures("allocated")
def test_the_draft_says_what_is_allocated_and_planned(cast: Cast) -> None:
    planned(cast, "Team-Camp", AMOUNT)
    document = queries.draft_of(settings.PROGRAMME, YEAR, KREIS, DAY)
    assert document.content.amount_cents == AMOUNT
    assert "• Team-Camp (12 Plätze)" in plain(document)
    assert keys() == ["strategy"]  # nothing is wrong but that there is no strategy


def test_where_nothing_is_decided_it_says_so(cast: Cast) -> None:
    planned(cast, "Team-Camp", AMOUNT)
    assert keys() == ["allocation", "sum_of_measures", "strategy"]


@pytest.mark.usefixtures("allocated")
def test_what_was_given_up_is_in_no_draft(cast: Cast) -> None:
    planned(cast, "Team-Camp", AMOUNT)
    (measure,) = measure_queries.plans_of(settings.PROGRAMME, YEAR, KREIS)
    measures.drop(cast.body, measure, note="Kein Träger.", at=AT)
    assert queries.draft_of(settings.PROGRAMME, YEAR, KREIS, DAY).content.measures == ()


@pytest.mark.usefixtures("allocated")
def test_each_fault_is_found_where_it_stands(cast: Cast) -> None:
    planned(cast, "U-25 Werkstatt", AMOUNT - 100, age_reason="", accessibility="")
    found = queries.findings_of(settings.PROGRAMME, YEAR, KREIS, DAY)
    assert {(each.key.partition(":")[0], each.place) for each in found} == {
        ("sum_of_measures", "§ 4"),
        ("age", "§ 5, Maßnahme 1"),
        ("statement", "§ 5, Maßnahme 1"),
        ("strategy", "§ 2"),
    }


@pytest.mark.usefixtures("allocated")
def test_the_command_says_what_is_open_and_that_it_keeps_from_signing(
    cast: Cast, capsys: Capsys
) -> None:
    planned(cast, "Team-Camp", AMOUNT, gender="")
    assert main(["agreement", "check", str(YEAR), KREIS]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == (
        "Frage § 5, Maßnahme 1: Die Aussage zur geschlechtergerechten Gestaltung fehlt."
        " (eigene Regel der Software)"
    )
    assert main(["agreement", "check", str(YEAR), KREIS, "--json", "--lang", "en"]) == 1
    first = json.loads(capsys.readouterr().out)["findings"][0]
    assert (first["severity"], first["place"]) == ("question", "§ 5, Maßnahme 1")
    assert first["sentence"].startswith("The statement")


@pytest.mark.usefixtures("allocated")
def test_two_drafts_are_compared_by_their_ids(cast: Cast, capsys: Capsys, tmp_path: Path) -> None:
    planned(cast, "Team-Camp", AMOUNT)
    files = []
    for name in ("old.json", "new.json"):
        assert main(["agreement", "draft", str(YEAR), KREIS, "--json"]) == 0
        file = tmp_path / name
        file.write_text(capsys.readouterr().out, encoding="utf-8")
        files.append(str(file))
        planned(cast, "Werkstatt", 100)
    assert main(["agreement", "redline", *files]) == 0
    said = capsys.readouterr().out
    assert "§ 5, Maßnahme 2: neu: „Werkstatt (12 Plätze), Maßnahmeart:" in said
    assert "Team-Camp" not in said.splitlines()[0]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["2026", "99999"], "2026 gibt es keine Gebietskörperschaft mit dem Schlüssel 99999."),
        (["1999", KREIS], "Für 1999 hat das Programm keine Regeln."),
    ],
)
@pytest.mark.parametrize("command", ["draft", "check"])
def test_where_there_is_nothing_to_draft_a_sentence_says_so(
    cast: Cast, capsys: Capsys, command: str, words: list[str], sentence: str
) -> None:
    assert main(["agreement", command, *words]) == 1
    assert sentence in capsys.readouterr().err


@pytest.mark.usefixtures("allocated")
def test_more_measures_cost_no_more_queries(cast: Cast) -> None:
    counts = []
    for number in range(1, 7):
        planned(cast, f"Angebot {number}", 100_00)
        if number in (1, 6):
            with CaptureQueriesContext(
                connection,
            ) as asked:
                queries.findings_of(settings.PROGRAMME, YEAR, KREIS, DAY)
            counts.append(len(asked))
    assert counts[0] == counts[1]
