"""A draft: structured data whose pieces keep their ids; page, text and redline are views of it."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zielwerk.drafting.changes import Change, ChangeKind, applied, value_of
from zielwerk.drafting.clauses import drafted
from zielwerk.drafting.content import Planned, content
from zielwerk.drafting.model import CODE_LETTERS, Document, Measure, PieceKind, Target
from zielwerk.drafting.references import with_goals
from zielwerk.drafting.targets import agreed
from zielwerk.drafting.views import blocks, nodes, open_slot, plain
from zielwerk.language import sentence
from zielwerk.packs import loading as packs
from zielwerk.reading.agreement import read
from zielwerk.rulebook import target as planned
from zielwerk.rulebook.redline import Kind, redline, told
from zielwerk.rulebook.refusal import Refused
from zielwerk.typesetting.html import render_blocks

YEARS = list(packs.available())
CAMP = Measure("MP-1", "training_preparation", "Ausbildungsvorbereitung", "Team-Camp")
CARE = Measure(
    "MP-2",
    "qualification",
    "Qualifizierungsprojekte zur Arbeitsmarktintegration, Fachkräftesicherung",
    "Pflegehilfe mit Sprache",
    400_000_00,
    16,
)
AIM = Target(
    "MP-2.1",
    "MP-2",
    "value",
    "Eintritte in die Maßnahme",
    "Frauen",
    "Personen",
    1200,
    "2024-12-31",
    "12 (Statistik, 2023)",
    "Die Betriebe stellen Plätze",
    "Teilnahmeliste",
)
WATCHED = Target("MP-1.1", "MP-1", "observation", "Belegte Plätze", baseline="keiner bekannt")
SAID = Target("GZ-1", "", "words", words="Wer eine Ausbildung sucht, hat im Herbst eine Antwort")
TARGETS = (AIM, WATCHED, SAID)
KEPT = Path(__file__).with_name("kept_without_targets.json")


def draft(
    programme: str = "aqb_hessen", year: int = 2024, place: int = 0, **changes: object
) -> Document:
    """The draft of one of the bodies of a year, with two measures of the year's types."""
    rules, body = packs.load(programme, year), packs.bodies_in(programme, year)[place]
    first, last = rules.measure_types[0], rules.measure_types[-1]
    planned = Planned(
        amount_cents=1_600_100_00,
        earmarks={each.code: None for each in rules.earmarks},
        measures=(
            replace(CARE, type=last.code, type_label=str(last.label)),
            replace(CAMP, type=first.code, type_label=str(first.label)),
        ),
        strategy="Ausbildungs- und Arbeitsmarktstrategie",
    )
    planned = replace(planned, **changes)  # type: ignore[arg-type]
    return drafted(rules, content(rules, body, planned, rules.begins))


@pytest.fixture
def document() -> Document:
    return draft()


def test_the_example_of_2024_says_its_amount_once_and_names_each_measure(
    document: Document,
) -> None:
    text = plain(document)
    assert text.startswith("Zielvereinbarung 2024\n\nzwischen\n\nHessisches Ministerium")
    assert text.count("1.600.100,00\N{NO-BREAK SPACE}€") == 1
    assert "• Team-Camp\n" in text
    assert "• Pflegehilfe mit Sprache (16 Plätze; 400.000,00\N{NO-BREAK SPACE}€)" in text
    assert text.index("Team-Camp") < text.index("Pflegehilfe")  # by type as the year lists them


@pytest.mark.parametrize(("programme", "year"), YEARS)
def test_every_programme_year_has_drafts_without_an_open_slot(programme: str, year: int) -> None:
    document = draft(programme, year)
    text, page = plain(document), str(render_blocks(blocks(document)))
    assert "{" not in text + page
    assert "noch offen" not in text
    for measure in document.content.measures:
        assert measure.title in text
        assert measure.title in page


@pytest.mark.parametrize(("programme", "year"), YEARS)
def test_every_clause_and_piece_has_an_id_of_its_own(programme: str, year: int) -> None:
    ids = [node.id for node in nodes(draft(programme, year))]
    assert len(ids) == len(set(ids))
    kinds = {piece.kind for each in draft(programme, year).clauses for piece in each.pieces}
    assert kinds <= set(PieceKind)


@pytest.mark.parametrize(("programme", "year"), YEARS)
def test_all_bodies_of_a_year_have_the_same_ids_for_the_same_wording(
    programme: str, year: int
) -> None:
    one, other = draft(programme, year), draft(programme, year, place=1)
    assert [each.id for each in nodes(one)] == [each.id for each in nodes(other)]
    assert one.clauses == other.clauses


def test_what_is_not_known_yet_says_so(document: Document) -> None:
    assert open_slot("strategy") in plain(draft(strategy=""))
    assert open_slot("strategy") not in plain(document)


def test_its_json_gives_it_back_and_its_hash_tells_any_change(document: Document) -> None:
    again = Document.from_json(document.to_json())
    assert again == document
    assert again.hash == document.hash
    more = replace(document, content=replace(document.content, amount_cents=1_650_300_00))
    assert more.hash != document.hash
    assert more.check_code != document.check_code


def test_the_check_code_is_read_aloud_in_threes(document: Document) -> None:
    groups = document.check_code.split("-")
    assert [len(group) for group in groups] == [3, 3, 3, 3]
    assert set("".join(groups)) <= set(CODE_LETTERS)


def test_a_changed_amount_is_one_sentence_about_its_clause(document: Document) -> None:
    more = replace(document, content=replace(document.content, amount_cents=1_650_300_00))
    (change,) = redline(nodes(document), nodes(more))
    assert change.node.section == "§ 4"
    assert told(change, sentence).replace("\xa0", " ") == (
        "§ 4, Absatz 2: statt 1.600.100,00 € nun 1.650.300,00 € (+ 50.200 €)"
    )


def test_a_moved_measure_is_a_move_and_nothing_else(document: Document) -> None:
    first, last = document.content.measures
    turned = replace(document, content=replace(document.content, measures=(last, first)))
    (change,) = redline(nodes(document), nodes(turned))
    assert change.kind is Kind.MOVED
    assert change.node.id in {"measures/MP-1", "measures/MP-2"}


def test_a_value_never_becomes_markup(document: Document) -> None:
    title = "*Start* {amount} <b>Klar</b> _los_"
    odd = replace(document.content.measures[0], title=title)
    changed = replace(document, content=replace(document.content, measures=(odd,)))
    assert title in plain(changed)
    assert "<b>" not in str(render_blocks(blocks(changed)))


def test_targets_stand_beneath_what_they_are_about() -> None:
    text = plain(draft(targets=TARGETS))
    text = text[text.index("Als Ziele sind dafür vereinbart:") :]
    of_year, camp, care = (text.index(each) for each in ("Für das ganze", CAMP.title, CARE.title))
    assert of_year < camp < care
    assert "• Wer eine Ausbildung sucht, hat im Herbst eine Antwort.\n" in text
    assert (
        "• Eintritte in die Maßnahme, nur Frauen: 1.200 Personen bis 31.12.2024. Ausgangswert: 12 "
        "(Statistik, 2023). Annahme: Die Betriebe stellen Plätze. Datenquelle: "
        "Teilnahmeliste.\n" in text
    )
    assert "• Belegte Plätze: wird beobachtet, ohne Zielwert. Ausgangswert: keiner" in text
    assert "vereinbart:\n\n• keine\n" in plain(draft())
    beyond = replace(AIM, measure="MP-9")
    assert draft(targets=[beyond]).content.targets == ()


@pytest.mark.parametrize(("programme", "year"), YEARS)
def test_every_programme_year_says_its_targets(programme: str, year: int) -> None:
    document = draft(programme, year, targets=TARGETS)
    text, page = plain(document), str(render_blocks(blocks(document)))
    for words in ("im Herbst eine Antwort.", "1.200 Personen bis 31.12.2024", "ohne Zielwert"):
        assert words in text
        assert words in page
    (holding,) = with_goals(document)
    (listing,) = (one for one in document.clauses if any(p.text == "measures" for p in one.pieces))
    assert holding == listing.number
    assert with_goals(draft(programme, year)) == ()
    assert Document.from_json(json.loads(json.dumps(document.to_json()))) == document


def test_a_changed_target_is_one_sentence_with_its_number() -> None:
    old, new = draft(targets=TARGETS), draft(targets=(replace(AIM, value=1300), WATCHED, SAID))
    (change,) = redline(nodes(old), nodes(new))
    assert (change.node.id, change.node.section) == ("targets/MP-2.1", "§ 5")
    assert told(change, sentence).startswith("§ 5, Maßnahme 2, Ziel 1: statt 1.200")
    renamed = tuple(replace(one, title="Ganz anders") for one in old.content.measures)
    other = replace(old, content=replace(old.content, measures=renamed))
    found = {change.node.id for change in redline(nodes(old), nodes(other))}
    assert found == {"measures/MP-1", "measures/MP-2"}


def test_a_version_kept_before_there_were_targets_keeps_its_digest() -> None:
    kept = json.loads(KEPT.read_text(encoding="utf-8"))
    document = Document.from_json(kept["document"])
    assert (document.hash, document.check_code) == (kept["digest"], kept["check_code"])
    assert json.loads(json.dumps(document.to_json())) == kept["document"]
    assert plain(document)


def test_a_target_is_changed_dropped_and_added_as_a_measure_is() -> None:
    document = draft(targets=TARGETS)
    more = replace(AIM, value=1300)
    changed = applied(document, Change(ChangeKind.TARGET, "targets/MP-2.1", target=more))
    assert more in changed.content.targets
    assert value_of(changed, "targets/MP-2.1") != value_of(document, "targets/MP-2.1")
    dropped = applied(document, Change(ChangeKind.DROP, "targets/MP-2.1"))
    assert [each.id for each in dropped.content.targets] == ["GZ-1", "MP-1.1"]
    again = applied(dropped, Change(ChangeKind.ADD, "targets/MP-2.1", target=AIM))
    assert again == document
    without = applied(document, Change(ChangeKind.DROP, "measures/MP-2"))
    assert [each.id for each in without.content.targets] == ["GZ-1", "MP-1.1"]
    with pytest.raises(Refused) as refused:
        applied(without, Change(ChangeKind.ADD, "targets/MP-2.1", target=AIM))
    assert refused.value.refusals[0].rule == "drafting.no_measure"
    old = Document.from_json(json.loads(KEPT.read_text(encoding="utf-8"))["document"])
    with pytest.raises(Refused) as refused:
        applied(old, Change(ChangeKind.ADD, "targets/GZ-1", target=SAID))
    assert refused.value.refusals[0].rule == "drafting.no_place"
    change = Change(ChangeKind.TARGET, "targets/MP-2.1", target=more)
    assert Change.from_json(json.loads(json.dumps(change.to_json()))) == change
    older = {name: value for name, value in change.to_json().items() if name != "target"}
    assert Change.from_json({**older, "kind": "drop"}) == Change(ChangeKind.DROP, change.node)


YEAR_2024 = packs.load("aqb_hessen", 2024)
AIMS = st.builds(
    agreed,
    st.builds(
        planned.Target,
        number=st.just(1),
        kind=st.sampled_from(planned.TargetKind),
        indicator=st.sampled_from([str(each.code) for each in YEAR_2024.target_indicators]),
        value=st.none() | st.integers(0, 5000),
        baseline=st.none() | st.just(planned.Baseline(2023, 1500, "Kreisstatistik")),
        has_no_baseline=st.booleans(),
        assumption=st.sampled_from(("", "Team-Camp findet 20 Betriebe. Ziele gelten dann")),
        data_source=st.sampled_from(("", "Statistik der Bundesagentur für Arbeit")),
        curve=st.sampled_from(((), (("2024-02", 40), ("2024-11", 60)))),
        words=st.sampled_from(("", "40 Plätze sind belegt", "Es gibt 2.000 Euro Prämie je Platz")),
    ),
    st.builds(
        planned.Names,
        st.sampled_from([str(each.label) for each in YEAR_2024.target_indicators]),
        st.sampled_from(("Personen", "Plätze")),
        st.sampled_from(("", "Frauen")),
    ),
    own=st.uuids().map(str),
    measure=st.sampled_from(("", "MP-0", "MP-1")),
    ends=st.just(YEAR_2024.ends),
)


TITLES = st.lists(
    st.sampled_from(
        ("Team-Camp", "Pflegehilfe und Sprache", "Werkstatt Holz", "Lernen im Betrieb", "Plan B")
    ),
    min_size=1,
    max_size=5,
    unique=True,
)


@given(TITLES, st.integers(100_000, 5_000_000), st.integers(0, 24), st.lists(AIMS, max_size=4))
def test_the_reader_reads_what_was_drafted(
    titles: list[str], euros: int, place: int, targets: list[Target]
) -> None:
    """The way back: what the reader finds in a draft of Hesse is what was drafted."""
    rules = packs.load("aqb_hessen", 2024)
    kind = rules.measure_types[0]
    measures = [
        Measure(f"MP-{number}", kind.code, str(kind.label), title)
        for number, title in enumerate(titles)
    ]
    document = draft(place=place, measures=measures, amount_cents=euros * 100, targets=targets)
    found = read(
        plain(document),
        programme=packs.programme("aqb_hessen"),
        bodies=packs.bodies("aqb_hessen"),
        organisations=packs.organisations("aqb_hessen"),
        years=[2024],
        load=lambda year: packs.load("aqb_hessen", year),
    )
    assert found.year == 2024
    assert found.region.ags == document.content.ags
    assert found.budget_cents == euros * 100
    assert [measure.title for measure in found.measures] == titles
    assert all(each.amount_cents is each.seats is None for each in found.measures)


def test_places_are_called_as_a_lawyer_calls_them(document: Document) -> None:
    labels = {node.id: node.label for node in nodes(document)}
    assert labels["01-ziele/1"] == "§ 1, Absatz 1"
    assert labels["01-ziele/2.3"] == "§ 1, Absatz 2 Nr. 3"
    assert labels["01-ziele/3"] == "§ 1, Absatz 3"
    assert labels["measures/MP-2"] == "§ 5, Maßnahme 2"
