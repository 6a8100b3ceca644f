"""A notice of one side: who issues it, to whom, over how much, by any marks of sections."""

from datetime import date

import pytest

from tests.reading import fernland
from tests.reading.fernland import AUTHORITIES, BODIES, LISTED, Land
from zielwerk.language import sentence
from zielwerk.rulebook.refusal import Refusal, Refused

PRICED = (
    "Lernwerkstätten\n\n• Werkstatt am Markt: 150.000 Euro\n"
    "• Garten und Küche in den Gemeinden\n  am Fluss ..... 200.000,00 €\n"
)


@pytest.fixture(scope="module")
def land(tmp_path_factory: pytest.TempPathFactory) -> Land:
    return fernland.plant(
        tmp_path_factory.mktemp("notices"),
        sides=["authority"],
        label="Zuwendungsbescheid",
        marks=["1.", "Ziffer"],
    )


@pytest.fixture(scope="module")
def by_measure(tmp_path_factory: pytest.TempPathFactory) -> Land:
    return fernland.plant(
        tmp_path_factory.mktemp("measures"),
        sides=["authority"],
        label="Zuwendungsbescheid",
        recipient="measure",
        marks=["1."],
    )


def refused(land: Land, text: str) -> Refusal:
    with pytest.raises(Refused) as caught:
        land.read(text)
    return caught.value.refusals[0]


def test_a_notice_is_read_without_a_doubt(land: Land) -> None:
    read = land.read(fernland.notice("den\nLandkreis Heilbronn"))
    giver, region = read.parties
    assert (giver.role, giver.name) == ("authority", AUTHORITIES["Nord"])
    assert (region.ags, region.kind) == ("F01", "Landkreis")
    assert (read.year, read.budget_cents, read.granting_authority) == (
        2026,
        350_000_00,
        AUTHORITIES["Nord"],
    )
    assert [one.number for one in read.clauses] == ["Ziffer 1", "Ziffer 2", "Ziffer 3", "Ziffer 4"]
    assert [one.title for one in read.measures] == ["Werkstatt am Markt", "Garten und Küche"]
    assert [one.rule for one in read.findings] == []
    doubted = [path for path, one in read.evidence.items() if not one.certain]
    assert set(doubted) <= {"frameworks", "earmarks", "signatures[0].office", "signatures[0].place"}


def test_the_authority_signs_and_nobody_asks_for_the_body(land: Land) -> None:
    (signed,) = land.read(fernland.notice("die\nStadt Heilbronn")).signatures
    assert (signed.party, signed.name, signed.office) == ("authority", "Henrike Beispiel", None)
    assert signed.date == date(2026, 2, 4)
    ended = "Nordhafen, den 4. Februar 2026\n\nHenrike Beispiel\n\nAbteilungsleiterin\n"
    (other,) = land.read(fernland.notice("die\nStadt Heilbronn", signed=ended)).signatures
    assert (other.party, other.office, other.place) == (
        "authority",
        "Abteilungsleiterin",
        "Nordhafen",
    )


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("den\nLandkreis Heilbronn", "F01"),
        ("die\nStadt Heilbronn", "F02"),
        ("den Stadtkreis Heilbronn", "F02"),
        ("das\nLandratsamt Heilbronn", "F01"),
        ("die Region Hannover", "F03"),
        ("das\nBezirksamt Mitte von Fernland", "F06"),
        ("die\nStädteregion Aachen", "F08"),
    ],
)
def test_the_addressee_is_the_body(land: Land, address: str, key: str) -> None:
    authority = AUTHORITIES[BODIES[key][3]]
    read = land.read(fernland.notice(address, authority))
    assert read.region.ags == key
    assert read.evidence["parties[1].ags"].certain, read.evidence["parties[1].ags"]
    assert read.evidence["parties[0].name"].certain


def test_an_authority_of_another_district_is_doubted(land: Land) -> None:
    read = land.read(fernland.notice("den\nLandkreis Heilbronn", AUTHORITIES["Süd"]))
    assert read.parties[0].name == AUTHORITIES["Süd"]
    assert not read.evidence["parties[0].name"].certain
    assert not read.evidence["granting_authority"].certain


def test_a_second_body_on_the_first_page_is_doubted(land: Land) -> None:
    text = fernland.notice("den\nLandkreis Heilbronn").replace(
        "Auf Ihren Antrag", "nachrichtlich:\nStadt Aachen\n\nAuf Ihren Antrag"
    )
    assert not land.read(text).evidence["parties[1].ags"].certain


@pytest.mark.parametrize(
    "sections",
    [
        ["1. ", "2. ", "3. ", "4. "],
        ["1.\n", "2.\n", "3.\n", "4.\n"],
        ["Ziffer 1\n", "Ziffer 2\n", "Ziffer 3\n", "Ziffer 4\n"],
        ["Ziffer 1: ", "Ziffer 2: ", "Zlffer 3: ", "Ziffer 4: "],
    ],
)
def test_bare_numbers_and_words_begin_sections(land: Land, sections: list[str]) -> None:
    """A numbered list inside a section begins none."""
    listed = LISTED.replace("• W", "1. W").replace("• S", "2. S")
    read = land.read(fernland.notice("die\nStadt Heilbronn", sections=sections, listed=listed))
    assert [one.title for one in read.clauses] == [
        "Anliegen",
        "Bewilligte Mittel",
        "Vorhaben",
        "Nachweis",
    ]
    assert [one.title for one in read.measures] == ["Werkstatt am Markt", "Garten und Küche"]


@pytest.mark.parametrize("mark", ["§", "Nr.", "Artikel", "Abschnitt", "Ziffer", "(1)"])
def test_every_mark_a_pack_may_declare(tmp_path_factory: pytest.TempPathFactory, mark: str) -> None:
    land = fernland.plant(
        tmp_path_factory.mktemp("marks"), sides=["authority"], label="Bescheid", marks=[mark]
    )
    names = [mark.replace("1", str(n)) if "1" in mark else f"{mark} {n}" for n in range(1, 5)]
    text = fernland.notice("die\nStadt Heilbronn", sections=[f"{name}\n" for name in names])
    read = land.read(text.replace("Zuwendungsbescheid", "Bescheid"))
    assert [one.number for one in read.clauses] == names
    assert read.evidence["clauses"].certain


def test_an_own_share_of_the_body(land: Land) -> None:
    money = (
        "Die Zuwendung beträgt im Jahr 2026 insgesamt 350.000 Euro. Sie erbringen einen "
        "Eigenanteil von 20.000 Euro."
    )
    read = land.read(fernland.notice("die\nStadt Heilbronn", money=money))
    assert (read.budget_cents, read.own_share_cents) == (350_000_00, 20_000_00)


def test_each_measure_with_its_amount(by_measure: Land) -> None:
    read = by_measure.read(fernland.notice("den\nLandkreis Heilbronn", listed=PRICED))
    assert [(one.title, one.amount_cents) for one in read.measures] == [
        ("Werkstatt am Markt", 150_000_00),
        ("Garten und Küche in den Gemeinden am Fluss", 200_000_00),
    ]
    assert read.budget_cents == 350_000_00
    assert all(read.evidence[f"measures[{i}].amount_cents"].certain for i in range(2))
    assert read.evidence["measures"].certain
    assert read.evidence["budget_cents"].certain


def test_amounts_in_a_table_without_marks(by_measure: Land) -> None:
    listed = (
        "Lernwerkstätten\n\nWerkstatt am Markt    150.000 Euro\nGarten und Küche  200.000 Euro\n"
    )
    read = by_measure.read(fernland.notice("den\nLandkreis Heilbronn", listed=listed))
    assert [(one.title, one.amount_cents) for one in read.measures] == [
        ("Werkstatt am Markt", 150_000_00),
        ("Garten und Küche", 200_000_00),
    ]
    assert read.evidence["measures"].certain


def test_without_a_total_the_budget_is_the_sum_and_doubted(by_measure: Land) -> None:
    money = "Die Zuwendung wird für die unten genannten Vorhaben bewilligt."
    read = by_measure.read(fernland.notice("den\nLandkreis Heilbronn", money=money, listed=PRICED))
    assert read.budget_cents == 350_000_00
    assert not read.evidence["budget_cents"].certain


def test_a_total_that_is_not_the_sum_is_asked_for(by_measure: Land) -> None:
    listed = PRICED.replace("150.000", "160.000")
    read = by_measure.read(fernland.notice("den\nLandkreis Heilbronn", listed=listed))
    (finding,) = (one for one in read.findings if one.rule == "reading.sum_differs")
    assert "360.000" in sentence(finding)
    assert "350.000" in sentence(finding)


def test_an_amount_that_is_missing_is_doubted(by_measure: Land) -> None:
    listed = PRICED.replace(": 150.000 Euro", "")
    read = by_measure.read(fernland.notice("den\nLandkreis Heilbronn", listed=listed))
    assert read.measures[0].amount_cents is None
    assert not read.evidence["measures[0].amount_cents"].certain


def test_an_agreement_is_another_document_here(land: Land) -> None:
    refusal = refused(land, "Zielvereinbarung\n" + fernland.notice("den\nLandkreis Heilbronn"))
    assert refusal.rule == "reading.other_document"
    assert "Zuwendungsbescheid" in sentence(refusal)


def test_what_is_missing_is_said_in_the_words_of_a_notice(land: Land) -> None:
    said = sentence(refused(land, "Sehr geehrte Damen und Herren, anbei die Fotos vom Fest."))
    assert "Zuwendungsbescheid" in said
    assert "ausstellende Stelle" in said
    assert "Vereinbarung" not in said


def test_two_notices_in_one_file(land: Land) -> None:
    both = fernland.notice("den\nLandkreis Heilbronn") + fernland.notice("die\nStadt Aachen")
    assert refused(land, both).rule == "reading.two_agreements"


@pytest.mark.parametrize(
    "address", ["deu Landkreis Heilbronn", "dcn Landkrei§ Heilbronn", "Landkrei§ Heil bronn"]
)
def test_the_addressee_is_found_in_damaged_letters_and_doubted(land: Land, address: str) -> None:
    text = fernland.notice("X").replace("An X", f"an {address}")
    read = land.read(text)
    assert read.region.ags == "F01"
    assert not read.evidence["parties[1].ags"].certain
