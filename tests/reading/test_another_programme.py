"""A programme of another state is read by its own words, as surely as the first one."""

import re
from collections.abc import Callable

import pytest

from tests.reading.conftest import ROOT
from zielwerk.language import sentence
from zielwerk.packs import loading
from zielwerk.reading.agreement import Reading, read
from zielwerk.rulebook.refusal import Refusal, Refused

PROGRAMME = "lotsenfonds_nordmark"
EXAMPLE = ROOT / "examples" / "foerdervereinbarung-2026-landkreis-sandhafen.txt"
NUMBERS = ["Präambel", *(f"§ {number}" for number in range(1, 8))]

Read = Callable[[str], Reading]


@pytest.fixture(scope="module")
def text() -> str:
    return EXAMPLE.read_text(encoding="utf-8")


def read_text(text: str) -> Reading:
    return read(
        text,
        programme=loading.programme(PROGRAMME),
        bodies=loading.bodies(PROGRAMME),
        organisations=loading.organisations(PROGRAMME),
        years=[2025, 2026],
        load=lambda year: loading.load(PROGRAMME, year),
    )


def changed(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new)


def refused(text: str) -> Refusal:
    with pytest.raises(Refused) as caught:
        read_text(text)
    return caught.value.refusals[0]


def test_what_matters_is_read_without_a_doubt(text: str) -> None:
    sure = read_text(text).evidence
    headings = (f"clauses[{i}].{part}" for i in range(1, 8) for part in ("number", "title"))
    paths = (
        *("programme", "year", "parties[0].name", "parties[1].ags", "budget_cents"),
        *("granting_authority", "frameworks", "legal_areas", "earmarks", "meeting"),
        *("measures", "clauses", *headings),
    )
    assert [path for path in paths if not sure[path].certain] == []
    assert sum(not one.certain for one in sure.values()) < 10  # Hesse's examples have so many


@pytest.mark.parametrize("mark", ["2", "- 2 -", "– 2 –", "2 -", "Seite 2"])
@pytest.mark.parametrize("heading", ["Vorhaben", "Was wir tun wollen"])
def test_a_heading_below_the_number_of_its_page(text: str, mark: str, heading: str) -> None:
    turned = changed(text, "- 2 -\n\n§ 4\nVorhaben\n", f"{mark}\n\n§ 4\n{heading}\n")
    found = read_text(turned)
    assert [one.number for one in found.clauses] == NUMBERS
    assert found.clauses[4].title == heading
    assert len(found.measures) == 4


def test_a_heading_that_lost_its_sign_is_told_by_its_words(text: str) -> None:
    found = read_text(changed(text, "§ 3\nFördersumme", "Fördersumme"))
    assert [one.number for one in found.clauses] == NUMBERS
    assert not found.evidence["clauses[3].number"].certain
    assert found.budget_cents == 574_000_00


def test_the_budget_stands_where_the_pack_has_it(text: str) -> None:
    """A larger amount in another clause is not the budget."""
    more = changed(text, "Einmal im Jahr", "Für Reisen sind 900.000 Euro da. Einmal im Jahr")
    found = read_text(more)
    assert (found.budget_cents, found.evidence["budget_cents"].certain) == (574_000_00, True)


def test_an_earmark_is_a_part_of_the_budget_by_its_name(text: str) -> None:
    found = read_text(changed(text, "574.000 Euro\n", "574.000 Euro, Fahrdienste 20.000 Euro,\n"))
    assert found.budget_cents == 574_000_00


@pytest.mark.parametrize(
    "other",
    [
        "Landesamt für Förderung Nordhafen",
        "Landesamt für Soziales",
        "Regierungspräsidium Kassel",
        "Bezirksregierung Westhafen",
    ],
)
def test_another_authority_is_noticed(text: str, other: str) -> None:
    found = read_text(changed(text, "Landesamt für Förderung Sandhafen", other))
    assert found.granting_authority == other
    assert not found.evidence["granting_authority"].certain


def test_another_office_beside_the_authority_is_none(text: str) -> None:
    beside = "Das Landesamt für Gesundheit Sandhafen berät. Einmal im Jahr"
    found = read_text(changed(text, "Einmal im Jahr", beside))
    assert found.granting_authority == "Landesamt für Förderung Sandhafen"
    assert found.evidence["granting_authority"].certain


@pytest.mark.parametrize(
    ("written", "certain"),
    [("BerufsG", True), ("Gesetz über Berufe", True), ("Berut5G", False)],
)
def test_a_legal_area_of_any_act(text: str, written: str, certain: bool) -> None:
    rules = loading.load(PROGRAMME, 2026)
    act = rules.legal_areas[0].model_copy(
        update={"code": "BerufsG", "label": "Berufe", "cues": ("Gesetz über Berufe",)}
    )
    wider = rules.model_copy(update={"legal_areas": (*rules.legal_areas, act)})
    found = read(
        changed(text, "Ill und IX.", f"Ill und IX sowie {written}."),
        programme=rules.programme,
        bodies=loading.bodies(PROGRAMME),
        organisations=loading.organisations(PROGRAMME),
        years=[2026],
        load=lambda year: wider,
    )
    assert found.legal_areas == ("SGB II", "SGB III", "SGB IX", "BerufsG")
    assert found.evidence["legal_areas[3]"].certain is certain


def test_the_state_signs_by_its_name(text: str) -> None:
    """Without a line of place and date, "Für das Land" begins the signatures."""
    cut = text.index("Sandhafen, den 12. Februar")
    end = (
        "Für das Land Nordmark\n\nHenrike Beispiel\n\nMinisterin\n\n"
        "Für den Landkreis Sandhafen\n\nJorin Muster\n\nLandrat\n"
    )
    found = read_text(text[:cut] + end)
    assert [(one.party, one.name) for one in found.signatures] == [
        ("ministry", "Henrike Beispiel"),
        ("region", "Jorin Muster"),
    ]
    assert "Für das Land" not in found.clauses[-1].text


def test_a_ministry_s_name_is_no_office(text: str) -> None:
    named = changed(text, "Nordmärkisches Ministerium\nfür", "Ministerium für Arbeit\nfür")
    assert [one.office for one in read_text(named).signatures] == ["Ministerin", "Landrat"]


def test_what_is_missing_is_said_in_the_programme_s_words(text: str) -> None:
    refusal = refused("Sehr geehrte Damen und Herren,\nanbei die Fotos vom Sommerfest.\n")
    assert refusal.rule == "reading.no_agreement"
    assert "Fördervereinbarung" in sentence(refusal)
    assert "Zielvereinbarung" not in sentence(refusal)


def test_its_own_title_is_no_other_document(text: str) -> None:
    assert read_text(f"F ördervereinbarung\nAntrag\n{text}").year == 2026
    assert refused(f"Antrag\n{text}").rule == "reading.other_document"


def test_an_agreement_of_fewer_clauses_may_end_with_them(text: str) -> None:
    """In 2025 the sixth clause was the last; it may be the end of what was scanned."""
    of_2025 = re.sub(r"§ 6\n(?:.*\n)*?§ 7", "§ 6", changed(text, "2026", "2025"))
    short = of_2025[: of_2025.index("§ 6")]
    found = read_text(short)
    assert found.clauses[-1].number == "§ 5"
    assert "reading.signature_missing" in {one.rule for one in found.findings}
    assert refused(text[: text.index("§ 5")]).rule == "reading.cut_off"
