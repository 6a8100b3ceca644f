"""A paper compared with itself: whatever says otherwise leaves a value in doubt and is quoted."""

from collections.abc import Callable
from dataclasses import replace
from random import Random

import pytest

from tests.reading import generator
from zielwerk.language import sentence
from zielwerk.packs.model import Body, Year
from zielwerk.reading.agreement import Reading

Read = Callable[[str], Reading]


@pytest.fixture(scope="module")
def text(year: Year, bodies: list[Body]) -> str:
    """An agreement of the Wetteraukreis for 2024 over 1.140.300 euros."""
    body = next(body for body in bodies if body.ags == "06440")
    said = replace(
        generator.truth(Random(2), year, [body]),
        budget_cents=114_030_000,
        measures=(("qualification", "Küche + Service"),),
        names=("Marlene Beispiel", "Konrad Mustermann"),
        offices=("Staatsministerin", "Landrat"),
    )
    return generator.write(said, year, generator.Layout())


def changed(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new, 1)


def told(read: Reading, rule: str) -> list[str]:
    """The sentences of the findings of a rule."""
    return [sentence(one) for one in read.findings if one.rule == f"reading.{rule}"]


def test_a_paper_that_agrees_with_itself_has_no_doubt(reading: Read, text: str) -> None:
    read = reading(text)
    assert (read.kind, read.state) == ("agreement", "signed")
    assert all(
        read.evidence[path].certain
        for path in ("programme", "kind", "state", "year", "budget_cents", "parties[1].ags")
    )
    assert not any(one.severity == "error" for one in read.findings)


@pytest.mark.parametrize(
    ("old", "new", "place", "quote"),
    [
        ("stellt dem Landkreis Wetteraukreis", "stellt dem Main-Kinzig-Kreis", "§ 4",
         "Main-Kinzig-Kreis"),
        ("stellt dem Landkreis Wetteraukreis", "stellt dem Landkreis Main -Klnzig -Krcis", "§ 4",
         "Landkreis Main-Klnzig-Krcis"),
        ("stellt dem Landkreis Wetteraukreis", "stellt der Stadt Kassel", "§ 4", "Stadt Kassel"),
        ("Das Land\n\nund Landkreis Wetteraukreis", "Das Land\n\nund Landkreis Gießen", "Präambel",
         "Landkreis Gießen"),
        ("Umsetzung des Landkreises Wetteraukreis", "Umsetzung des Landkreises Fulda", "§ 5",
         "Landkreises Fulda"),
        ("\ndes Landkreises Wetteraukreis\n", "\ndes Odenwaldkreises\n", "Unterschriften",
         "Odenwaldkreises"),
    ],
)  # fmt: skip
def test_two_bodies_are_never_certain(
    reading: Read, text: str, old: str, new: str, place: str, quote: str
) -> None:
    read = reading(changed(text, old, new))
    assert not read.evidence["parties[1].ags"].certain
    (asked,) = told(read, "bodies_differ")
    assert "Titelblatt: „Landkreis Wetteraukreis“" in asked
    assert f"{place}: „{quote}“" in asked


def test_a_town_a_measure_and_an_authority_are_no_second_body(reading: Read, text: str) -> None:
    named = changed(text, "Küche + Service", "Sprache im Landkreis Gießen")
    named = changed(named, "nimmt an Umfragen", "nimmt in Kassel und Hanau an Umfragen")
    assert reading(named).evidence["parties[1].ags"].certain


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("im Jahr 2024 insgesamt", "im Jahr 2025 insgesamt", "§ 4"),
        ("im Jahr 2024 insgesamt", "im Haushaltsjahr 2024/2025 insgesamt", "§ 4"),
        ("Mit dem Ausbildungs- und Qualifizierungsbudget 2024",
         "Mit dem Ausbildungs- und Qualifizierungsbudget 2025", "§ 1"),
        ("aus dem Ausbildungs- und Qualifizierungsbudget 2024",
         "aus dem Ausbildungs- und Qualifizierungsbudget Z0Z5", "§ 4"),
        ("finanziert mit dem Budget 2024", "finanziert mit dem Budget 2023", "§ 5"),
    ],
)  # fmt: skip
def test_another_year_anywhere_is_a_doubt(
    reading: Read, text: str, old: str, new: str, place: str
) -> None:
    read = reading(changed(text, old, new))
    assert not read.evidence["year"].certain
    (asked,) = told(read, "years_differ")
    assert "Titelblatt: „2024“" in asked
    assert f"{place}: „" in asked


@pytest.mark.parametrize(
    "history",
    [
        "Seit dem Jahr 2015 arbeiten beide zusammen. ",
        "Im Jahr 2023 wurden gute Ergebnisse erzielt. ",
        "Im Ausbildungsjahr 2024/2025 wird gemeinsam geworben. ",
        "Das Bündnis gilt für die Jahre 2020 bis 2024. ",
        "Die Strategie stammt vom 3. Mai 2022. ",
        "Diese Vereinbarung ersetzt die Zielvereinbarung 2023. ",
        "Die Zielvereinbarung 2023 wird durch diese ersetzt. ",
        "Eine Zielvereinbarung 2025 wird angestrebt. ",
        "Sie knüpft an die Zielvereinbarung 2023 an. ",
    ],
)
def test_a_year_of_something_else_is_none(reading: Read, text: str, history: str) -> None:
    assert reading(changed(text, "Beide Seiten", f"{history}Beide Seiten")).evidence["year"].certain


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Beide Seiten", "Das Land gibt dafür insgesamt 1.410.300 Euro. Beide Seiten"),
        ("Arbeit ist ein Teil", "Zur Verfügung stehen 1.100.000 Euro. Arbeit ist ein Teil"),
        ("finanziert mit dem Budget 2024", "finanziert mit dem Gesamtbetrag von 900.000 Euro"),
    ],
)
def test_another_total_anywhere_is_a_doubt(reading: Read, text: str, old: str, new: str) -> None:
    read = reading(changed(text, old, new))
    assert read.budget_cents == 114_030_000
    assert not read.evidence["budget_cents"].certain
    (asked,) = told(read, "amounts_differ")
    assert "§ 4: „1.140.300 Euro“" in asked


@pytest.mark.parametrize(
    ("written", "word"),
    [
        ("rund 1.140.300 Euro", "rund"),
        ("höchstens 1.140.300 Euro", "höchstens"),
        ("bis zu 1.140.300 Euro", "bis zu"),
        ("ca. 1.140.300 Euro", "ca"),
        ("jährlich 1.140.300 Euro", "jährlich"),
        ("1.140.300 Euro jährlich", "jährlich"),
        ("1.140.300 Euro pro Jahr", "pro Jahr"),
        ("1.140.300 Euro p.a.", "p.a"),
        ("1.140.300 Euro je Haushaltsjahr", "je Haushaltsjahr"),
        ("1.140.300 Euro (Höchstbetrag)", "Höchstbetrag"),
        ("je Quartal 1.140.300 Euro", "je Quartal"),
        ("50 v. H. von 1.140.300 Euro", "v. H. von"),
        ("1.140.300 Euro für die Jahre 2024 und 2025", "für die Jahre 2024 und 2025"),
        ("1.140.300 Euro, verteilt auf zwei Jahre,", "auf zwei Jahre"),
    ],
)
def test_a_hedge_is_no_certainty(reading: Read, text: str, written: str, word: str) -> None:
    read = reading(changed(text, "1.140.300 Euro", written))
    assert read.budget_cents == 114_030_000
    assert not read.evidence["budget_cents"].certain
    (asked,) = told(read, "amount_hedged")
    assert f"„{word}“" in asked


@pytest.mark.parametrize(
    "beside",
    ["zuzüglich 90.000 Euro für Teilzeitausbildung", "zuzüglich eines Eigenanteils von 9.000 Euro"],
)
def test_what_comes_on_top_for_a_known_purpose_leaves_the_total_certain(
    reading: Read, text: str, beside: str
) -> None:
    read = reading(changed(text, "1.140.300 Euro", f"1.140.300 Euro {beside}"))
    assert (read.budget_cents, read.evidence["budget_cents"].certain) == (114_030_000, True)


def test_priced_measures_that_are_not_the_total_are_asked_about(reading: Read, text: str) -> None:
    for price, is_certain in (("1.140.300 Euro", True), ("800.000 Euro", False)):
        read = reading(changed(text, "Küche + Service", f"Küche + Service ({price})"))
        assert read.evidence["budget_cents"].certain is is_certain
        assert bool(told(read, "sum_differs")) is not is_certain


@pytest.mark.parametrize(
    ("paid", "is_certain"),
    [
        ("in zwei Raten von je 570.150 Euro", True),
        ("in zwei Raten von 500.000 Euro und 640.300 Euro", True),
        ("in zwei Raten von je 500.000 Euro", False),
        ("in drei Teilbeträgen zu 500.000 Euro", False),
        ("als erste Rate mit 500.000 Euro, als zweite Rate mit 600.000 Euro", False),
    ],
)
@pytest.mark.parametrize("before", ["zur Verfügung.\n\n§ 5", "nimmt an Umfragen"])
def test_instalments_add_up_to_the_total_or_are_asked_about(
    reading: Read, text: str, paid: str, is_certain: bool, before: str
) -> None:
    """They may stand beside the total or in another clause."""
    said = f"zur Verfügung. Gezahlt wird {paid}.\n\n§ 5" if "§" in before else ""
    read = reading(changed(text, before, said or f"erhält die Mittel {paid} und {before}"))
    assert read.budget_cents == 114_030_000
    assert read.evidence["budget_cents"].certain is is_certain
    assert bool(told(read, "instalments_differ")) is not is_certain


def test_the_office_of_another_kind_of_body_is_a_doubt(reading: Read, text: str) -> None:
    read = reading(changed(text, "\nLandrat\n", "\nOberbürgermeister\n"))
    assert not read.evidence["parties[1].kind"].certain
    assert told(read, "offices_differ")


def test_another_ministry_elsewhere_is_a_doubt(reading: Read, text: str) -> None:
    other = "Das Hessische Ministerium für Soziales und Integration"
    read = reading(changed(text, "Beide Seiten setzen", f"{other} und der Kreis setzen"))
    assert not read.evidence["parties[0].name"].certain
    (asked,) = told(read, "givers_differ")
    assert "Soziales und Integration" in asked


def test_money_of_another_programme_is_a_doubt(reading: Read, text: str) -> None:
    old = "aus dem Ausbildungs- und Qualifizierungsbudget"
    read = reading(changed(text, old, "aus dem Sozialbudget"))
    assert not read.evidence["programme"].certain
    (asked,) = told(read, "programmes_differ")
    assert "Titelblatt: „Ausbildungs- und Qualifizierungsbudget" in asked
    assert "Sozialbudget" in asked


def test_a_body_signs_at_its_seat(reading: Read, text: str) -> None:
    read = reading(changed(text, "Friedberg, den", "Gelnhausen, den"))
    assert not read.evidence["signatures[1].place"].certain
    assert not read.evidence["parties[1].ags"].certain
    (asked,) = told(read, "out_of_place")
    assert "Friedberg" in asked
    assert (
        reading(changed(text, "Friedberg, den", "Wiesbaden, den"))
        .evidence["signatures[1].place"]
        .certain
    )


@pytest.mark.parametrize(
    ("behind", "quote"),
    [
        ("sprechen über den Verlauf", "1.104.300 Euro"),  # two digits changed places
        ("bei der Beurteilung bedacht", "1.140.800 Euro"),  # one was misread
    ],
)
def test_a_total_with_a_slip_of_the_pen_is_a_doubt(
    reading: Read, text: str, behind: str, quote: str
) -> None:
    read = reading(changed(text, behind, f"{behind} (nach den {quote} aus § 4)"))
    assert not read.evidence["budget_cents"].certain
    (asked,) = told(read, "amounts_differ")
    assert "§ 4: „1.140.300 Euro“" in asked
    assert f"§ 6: „{quote}“" in asked


def test_a_number_by_hand_beside_the_total_is_a_doubt(reading: Read, text: str) -> None:
    read = reading(changed(text, "1.140.300 Euro", "1.140.300 Euro\n1.240.300 (geändert)"))
    assert not read.evidence["budget_cents"].certain
    (asked,) = told(read, "amounts_differ")
    assert "„1.240.300“" in asked


@pytest.mark.parametrize(
    ("old", "new", "paths", "rule"),
    [
        ("im Jahr 2024 insgesamt",
         "in den Jahren 2024 und 2025 Haushaltsmittel in Höhe von insgesamt",
         ("year", "budget_cents"), "years_differ"),
        ("zur Verfügung.\n\n§ 5", "nicht zur Verfügung.\n\n§ 5", ("budget_cents",),
         "amount_hedged"),
        ("zur Verfügung.\n\n§ 5",
         "zur Verfügung. Die Vereinbarung gilt vom 1. Januar 2025 bis 31. Dezember 2025.\n\n§ 5",
         ("year",), "years_differ"),
        ("stellt dem Landkreis Wetteraukreis", "stellt der Stadt Wetzlar",
         ("parties[1].ags",), "bodies_differ"),
        ("Beide Seiten setzen",
         "Die Beteiligten haben am 30. Dezember 2024 alles besprochen. Beide Seiten setzen",
         ("signatures[0].date", "signatures[1].date"), "signed_before"),
        ("1.140.300 Euro",
         "1.140.300 Euro (i. W. eine Million einhundertvierzigtausendzweihundert Euro)",
         ("budget_cents",), "amount_open"),
        ("Friedberg, den 16. August 2024", "Friedberg, den 16. August 2023",
         ("signatures[0].date", "signatures[1].date"), "signed_far_apart"),
        ("Umsetzungsbesprechung im Herbst", "Umsetzungsbesprechung im Herbst oder Winter",
         ("meeting",), ""),
        ("Beide Seiten setzen",
         "Nicht beteiligt sind andere, ausgenommen das AsylbLG. Beide Seiten setzen",
         ("legal_areas", "legal_areas[4]"), ""),
    ],
)  # fmt: skip
def test_what_another_sentence_takes_back_is_a_doubt(
    reading: Read, text: str, old: str, new: str, paths: tuple[str, ...], rule: str
) -> None:
    read = reading(changed(text, old, new))
    assert [path for path in paths if read.evidence[path].certain] == []
    assert not rule or len(told(read, rule)) == 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("stellt dem Landkreis Wetteraukreis", "stellt dem Landkreis Wetterau"),
        ("stellt dem Landkreis Wetteraukreis", "stellt dem Kreisausschuss des Wetteraukreises"),
        ("im Jahr 2024 insgesamt",
         "auf Grundlage des Bündnisses für die Jahre 2020 bis 2024 im Jahr 2024 insgesamt"),
        ("zur Verfügung.\n\n§ 5",
         "zur Verfügung. Die Vereinbarung gilt bis zum 31. Dezember 2025. Mittel, die bis zum "
         "31. Dezember 2024 nicht abgerufen sind, verfallen.\n\n§ 5"),
        ("zur Verfügung.\n\n§ 5",
         "zur Verfügung. Ein Anspruch auf weitere 1.000.000 Euro besteht nicht.\n\n§ 5"),
        ("Beide Seiten setzen",
         "Wer bis zum 30. Dezember 2024 Ziele erreicht hat, berichtet. Beide Seiten setzen"),
    ],
)  # fmt: skip
def test_what_takes_nothing_back_is_no_doubt(reading: Read, text: str, old: str, new: str) -> None:
    before, after = reading(text).evidence, reading(changed(text, old, new)).evidence
    paths = ("year", "parties[1].ags", "signatures[0].date", "signatures[1].date")
    assert [path for path in paths if before[path].certain and not after[path].certain] == []
