"""The real agreement of the Main-Kinzig-Kreis for 2024, as text recognition returned it."""

from collections.abc import Callable

import pytest

from zielwerk.language import sentence
from zielwerk.reading.agreement import Reading

Read = Callable[[str], Reading]


@pytest.fixture(scope="module")
def real(seed: str, reading: Read) -> Reading:
    return reading(seed)


def test_year_budget_and_parties(real: Reading) -> None:
    ministry, region = real.parties
    assert (real.programme, real.year, real.budget_cents) == ("aqb_hessen", 2024, 160010000)
    assert ministry.role == "ministry"
    assert ministry.name == "Hessisches Ministerium für Arbeit, Integration, Jugend und Soziales"
    assert (ministry.kind, ministry.ags) == (None, None)
    assert (region.role, region.name) == ("region", "Main-Kinzig-Kreis")
    assert (region.kind, region.ags) == ("Landkreis", "06435")


def test_measures_by_type(real: Reading) -> None:
    assert [(measure.type, measure.title) for measure in real.measures] == [
        ("training_preparation", "Startklar! - Kreativ ins Berufsleben"),
        ("training_preparation", "Team-Camp"),
        ("training_preparation", "Ausbildung - Mein Ziel + Sprache"),
        ("training_preparation", "U-25 Robotik - kleiner Führerschein"),
        ("training_preparation", "U-25 Robotik - großer Führerschein"),
        ("training_preparation", "Teilzeitausbildung — Wie geht das? Kurs"),
        ("qualification", "Ukrainer BeiUNS"),
        ("qualification", "Altenpflegehilfe + Sprache"),
        ("qualification", "GaLa+Sprache - Das grüne Projekt"),
        (
            "qualification",
            "Berufsorientierung und Sprache für Menschen mit Migrationshintergrund",
        ),
        (
            "staff_training",
            "BASS - Bachelor of Arts, Soziale Sicherung, Inklusion - Studium 2024",
        ),
    ]


def test_what_it_points_to(real: Reading) -> None:
    assert real.legal_areas == ("SGB II", "SGB III", "SGB VIII", "SGB XII", "AsylbLG")
    assert real.granting_authority == "Regierungspräsidium Kassel"
    assert real.frameworks == (
        "Bündnis für Ausbildung für die Jahre 2020 bis 2024",
        "Fachkonzept „Arbeitswelt Hessen“",
        "Regionale Ausbildungs- und Arbeitsmarktstrategie",
        "UN-Behindertenrechtskonvention",
    )
    assert [(one.code, one.amount_cents, one.inside_total) for one in real.earmarks] == [
        ("language", None, "unknown"),
        ("part_time_training", None, "unknown"),
    ]
    assert real.meeting is not None
    assert (real.meeting.season, real.meeting.label) == (
        "autumn",
        "Umsetzungsbesprechung im Herbst",
    )


def test_illegible_dates_stay_null_with_their_raw_text(real: Reading) -> None:
    ministry, region = real.signatures
    assert (ministry.party, ministry.name) == ("ministry", "Heike Hofmann")
    assert (ministry.office, ministry.place) == ("Staatsministerin", "Wiesbaden")
    assert (region.party, region.name) == ("region", "Thorsten Stolz")
    assert (region.office, region.place) == ("Landrat", "Gelnhausen")
    assert ministry.date is None
    assert region.date is None
    assert ministry.raw == "Wiesbaden, den 7-• ?DV(\n/I 6ke //o/rfician"
    assert region.raw == "GelnhauAen, den LI -07. 29"
    assert not real.evidence["signatures[1].place"].certain


def test_clauses_are_healed(real: Reading) -> None:
    assert [(clause.number, clause.title) for clause in real.clauses] == [
        ("Präambel", ""),
        ("§ 1", "Ausbildungs- und Qualifizierungsbudget – Ziele des Landes"),
        ("§ 2", "Verpflichtungen der Vereinbarungspartner"),
        ("§ 3", "Umsetzung der UN-Behindertenrechtskonvention"),
        ("§ 4", "Haushaltsmittel und Eckdaten"),
        ("§ 5", "Ziele für die Umsetzung des Landkreises Main-Kinzig-Kreis"),
        ("§ 6", "Zielsteuerung"),
        ("§ 7", "Kontinuierlicher Verbesserungsprozess"),
    ]
    texts = {clause.number: clause.text for clause in real.clauses}
    assert "inn Jahr 2024 Haushaltsmittel in Höhe von insgesamt 1.600.100 Euro" in texts["§ 4"]
    assert texts["§ 7"].endswith("veröffentlicht.")
    assert "\n1\n" not in texts["Präambel"]


def test_a_misread_word_stays_and_what_it_may_have_been_stands_beside_it(
    real: Reading, seed: str
) -> None:
    assert {(one.before, one.after) for one in real.proposals} == {
        ("HMS!", "HMSI"),
        ("HMS'", "HMSI"),
        ("Ill", "III"),
        ("inn", "im"),
    }
    values = {
        f"clauses[{i}].{name}": getattr(clause, name)
        for i, clause in enumerate(real.clauses)
        for name in ("title", "text")
    }
    for one in real.proposals:
        assert values[one.path].startswith(one.before, one.at)
        assert seed[one.start : one.end] == one.before


def test_findings_are_questions(real: Reading) -> None:
    found = [(one.rule, one.severity, one.place) for one in real.findings]
    assert found == [
        ("reading.date_illegible", "uncertain", "signatures[0].date"),
        ("reading.date_illegible", "uncertain", "signatures[1].date"),
        ("reading.age_group", "question", "measures[3].title"),
        ("reading.age_group", "question", "measures[4].title"),
        ("reading.goals_without_targets", "question", "§ 2"),
        ("reading.key_figures_missing", "question", "§ 6"),
        ("reading.earmark_without_amount", "question", "§ 2"),
        ("reading.earmark_without_amount", "question", "§ 1"),
    ]
    for one in real.findings:
        assert sentence(one).endswith("?")
        assert "{" not in sentence(one)


def test_what_matters_is_certain_and_dates_are_not(real: Reading) -> None:
    certain = {path for path, one in real.evidence.items() if one.certain}
    assert {"year", "budget_cents", "parties[0].name", "parties[1].name", "parties[1].ags"} <= (
        certain
    )
    assert {f"measures[{i}].title" for i in range(11)} <= certain
    assert {f"measures[{i}].type" for i in range(11)} <= certain
    assert {"measures", "clauses", "legal_areas", "frameworks", "earmarks"} <= certain
    assert not {"signatures[0].date", "signatures[1].date"} & certain
    assert all(one.reason for path, one in real.evidence.items() if path not in certain)


def test_evidence_quotes_its_place_in_the_text(real: Reading, seed: str) -> None:
    for one in real.evidence.values():
        assert seed[one.start : one.end] == one.quote
    assert real.evidence["budget_cents"].quote == "1.600.100 Euro"
    assert real.evidence["measures[1].title"].quote == "Team -Camp"
    assert real.evidence["signatures[1].place"].quote == "GelnhauAen"
