"""What a year says about money, needs and steps: each planted fault is one sentence."""

import re
import shutil
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.packs.planting import change, line_of
from zielwerk.packs import folders, loading
from zielwerk.packs.faults import DataFile, PackFaults, Place, Report
from zielwerk.packs.files import MOST_BYTES
from zielwerk.packs.model import Source, Stage
from zielwerk.packs.procedures import chain

LFN = "lotsenfonds_nordmark"
YEAR = "2025/year.toml"
CHANGES = "2026/year.toml"
DEMO = "demo/2026.toml"
CLAUSE = "2026/clauses/c-lotsendienste.md"


@pytest.fixture
def root(tmp_path):
    """A folder with a copy of the small invented programme."""
    shutil.copytree(folders.SHIPPED / LFN, tmp_path / LFN)
    return tmp_path


def faults(root):
    with pytest.raises(PackFaults) as caught:
        loading.demo_year(LFN, 2026, root)
    return [one.msgid.format(**one.params) for one in caught.value.refusals]


CAP = "cap_cents = 1_400_000_00"
WEIGHTS = "weights = { young_without_training = 50, households_in_need = 50 }"
CONSULT = (
    'code = "consult"\nlabel = "Beirat hören"\nlabel_en = "Consult the advisory board"\n'
    'after = "propose"'
)
DECIDE = (
    'code = "decide"\nlabel = "Verteilung festsetzen"\nlabel_en = "Fix the allocation"\n'
    'after = "consult"'
)

# name: (file, what is replaced, by what, line that reads, field and sentence)
PLANTED = {
    "weight of an unknown indicator": (
        CHANGES, WEIGHTS, "weights = { gdp = 50, households_in_need = 50 }",
        "weights = { gdp = 50, households_in_need = 50 }",
        "allocation_key.weights: „gdp“ gibt es hier nicht; möglich sind:"
        " young_without_training, households_in_need, long_commutes.",
    ),
    "weights that sum to nothing": (
        CHANGES, WEIGHTS, "weights = { households_in_need = 0 }",
        "weights = { households_in_need = 0 }",
        "allocation_key.weights: Kein Gewicht ist größer als null.",
    ),
    "no weights": (
        CHANGES, WEIGHTS, "weights = {}", "weights = {}",
        "allocation_key.weights: Kein Gewicht ist größer als null.",
    ),
    "negative weight": (
        CHANGES, WEIGHTS, "weights = { households_in_need = -1 }",
        "weights = { households_in_need = -1 }",
        "allocation_key.weights.households_in_need: -1 ist zu klein.",
    ),
    "an order that leaves out a place": (
        YEAR, 'order = ["appropriated", "supplementary"]', 'order = ["appropriated"]',
        'order = ["appropriated"]',
        "budget_order.order: Hier stehen appropriated, supplementary, jedes genau einmal.",
    ),
    "a choice nobody knows": (
        YEAR, 'order = ["last_blocked"]', 'order = ["sometimes"]', 'order = ["sometimes"]',
        "budget_order.order: Hier steht genau eines von last_blocked, first_blocked.",
    ),
    "cap below the floor": (
        CHANGES, CAP, "cap_cents = 1_000_00", "cap_cents = 1_000_00",
        "allocation_key.cap_cents: Der Höchstbetrag liegt unter dem Mindestbetrag.",
    ),
    "rounding to nothing": (
        YEAR, "rounding_cents = 1_000_00\nbase_cents = 0", "rounding_cents = 0\nbase_cents = 0",
        "rounding_cents = 0", "allocation_key.rounding_cents: 0 ist zu klein.",
    ),
    "amount no column holds": (
        CHANGES, CAP, "cap_cents = 9_999_999_999_999_999", "cap_cents = 9_999_999_999_999_999",
        "allocation_key.cap_cents: 9999999999999999 ist zu groß.",
    ),
    "key of an unknown earmark": (
        YEAR, 'earmark = "rural_mobility"', 'earmark = "urban_mobility"',
        'earmark = "urban_mobility"',
        "allocation_key.earmark: „urban_mobility“ gibt es hier nicht; möglich sind:"
        " rural_mobility.",
    ),
    "money from an unknown source": (
        YEAR, 'money_sources = ["special_fund"]', 'money_sources = ["lottery"]',
        'money_sources = ["lottery"]',
        "earmark.money_sources: „lottery“ gibt es hier nicht; möglich sind: state, special_fund.",
    ),
    "step after an unknown one": (
        YEAR, CONSULT, CONSULT.replace("propose", "draft"), 'after = "draft"',
        "stage.after: Einen Schritt „draft“ gibt es nicht; möglich sind: propose, decide.",
    ),
    "step that nobody takes": (
        YEAR, 'code = "consult"', 'code = "vote"', 'after = "consult"',
        "stage.after: Einen Schritt „consult“ gibt es nicht; möglich sind: propose, vote.",
    ),
    "no such procedure": (
        YEAR, f'procedure = "allocation"\n{DECIDE}', f'procedure = "gift"\n{DECIDE}',
        'procedure = "gift"', "stage.procedure: „gift“ ist nicht möglich; möglich sind:"
        " allocation, recording, adjustment, publication, strategy, negotiation, conclusion,"
        " application, grant, passing.",
    ),
    "listed clause that is missing": (
        CHANGES, '    "c-lotsendienste",', '    "c-lotsendienst", "c-lotsendienste",',
        '    "c-lotsendienst", "c-lotsendienste",',
        "clauses: Die Klausel „c-lotsendienst“ fehlt im Ordner clauses.",
    ),
    "clause that refers to none": (
        CLAUSE, 'refers_to = ["§ 4"]', 'refers_to = ["§ 44"]', 'refers_to = ["§ 44"]',
        "refers_to: „§ 44“ gibt es hier nicht; möglich sind:"
        " Vorbemerkung, § 1, § 2, § 3, § 4, § 5, § 6, § 7.",
    ),
    "total without a source": (
        CHANGES, 'budget_name = "Lotsenfonds 2026"',
        'budget_name = "Lotsenfonds 2026"\npublished_total_cents = 1',
        "published_total_cents = 1",
        "published_total_cents: Zu einem veröffentlichten Betrag gehört seine Quelle"
        " (published_total_source).",
    ),
    "succession of a body that is none": (
        "bodies.toml", 'predecessors = ["91004"]', 'predecessors = ["91009"]',
        'predecessors = ["91009"]', "succession.predecessors: „91009“ gibt es zum 2026-01-01 nicht"
        " (Vorgänger am Tag davor, Nachfolger an diesem Tag).",
    ),
    "tile beyond the map": (
        "bodies.toml", "tile = [3, 1]", "tile = [3, 100]", "tile = [3, 100]",
        "body.tile: 100 ist zu groß.",
    ),
    "demo money of an unknown source": (
        DEMO, 'money_source = "special_fund"', 'money_source = "eu"', 'money_source = "eu"',
        "appropriation.money_source: „eu“ gibt es hier nicht; möglich sind: state, special_fund.",
    ),
    "authority due in the same year": (
        DEMO, "due_year = 2027", "due_year = 2026", "due_year = 2026",
        "authority.due_year: 2026 ist keines der Jahre 2027 bis 2030, in denen eine"
        " Verpflichtungsermächtigung fällig werden kann.",
    ),
    "party of an unknown way": (
        DEMO, 'passing_on = "procured"\n\n[[party]]\nname = "Jobcenter Stadt Hochfurt',
        'passing_on = "gift"\n\n[[party]]\nname = "Jobcenter Stadt Hochfurt', 'passing_on = "gift"',
        "party.passing_on: „gift“ gibt es hier nicht; möglich sind:"
        " contract, procured, own_delivery.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", PLANTED.values(), ids=PLANTED)
def test_a_planted_fault_is_one_sentence_with_its_line(root, case):
    name, old, new, anchor, sentence = case
    change(root / LFN, name, old, new)
    line = line_of(root / LFN, name, anchor)
    assert faults(root) == [f"{LFN}/{name}, Zeile {line}, {sentence}"]


def test_a_clause_that_nobody_lists_is_refused(root):
    change(root / LFN, CHANGES, '    "c-lotsendienste",\n', "")
    assert faults(root) == [
        f"{LFN}/{CLAUSE}, Zeile 1, clauses: Die Klausel „c-lotsendienste“ steht nicht in der"
        f" Liste von {LFN}/{CHANGES}."
    ]


def test_a_clause_whose_file_is_gone_is_told_where_it_is_listed(root):
    (root / LFN / "2026/clauses/g-lernen.md").unlink()
    line = line_of(root / LFN, CHANGES, '    "g-lernen",')
    assert faults(root) == [
        f"{LFN}/{CHANGES}, Zeile {line}, clauses: Die Klausel „g-lernen“ fehlt im Ordner clauses."
    ]


def test_clauses_stand_in_the_order_of_the_list_not_of_their_files(root):
    change(root / LFN, CHANGES, '    "c-lotsendienste",\n', "")
    change(
        root / LFN,
        CHANGES,
        '    "a-vorbemerkung",\n',
        '    "c-lotsendienste",\n    "a-vorbemerkung",\n',
    )
    numbers = [one.number for one in loading.load(LFN, 2026, root).clauses]
    assert numbers[:3] == ["§ 2", "Vorbemerkung", "§ 1"]


def test_a_year_without_steps_is_refused(root):
    path = root / LFN / YEAR
    head, _, rest = path.read_text(encoding="utf-8").partition("[[stage]]")
    rest = rest[rest.index("[[passing_on]]") :]
    path.write_text(head + rest, encoding="utf-8")
    assert faults(root) == [f"{LFN}/{YEAR}, Zeile 1, stage: Die Angabe fehlt."]


def test_two_keys_for_the_same_money_are_refused(root):
    change(root / LFN, YEAR, 'earmark = "rural_mobility"\nrounding', "rounding")
    assert len(faults(root)) == 1
    assert "allocation_key.earmark: „“ gilt hier zur selben Zeit wie in" in faults(root)[0]


def test_two_bodies_on_one_tile_are_refused(root):
    change(root / LFN, "bodies.toml", "tile = [3, 1]", "tile = [2, 1]")
    assert len(faults(root)) == 1
    assert "body.tile: „[2, 1]“ gilt hier zur selben Zeit wie in" in faults(root)[0]


@pytest.mark.parametrize("text", ["x = " + "9" * 5000, "x = " + "[" * 5000])
def test_what_the_parser_cannot_hold_is_a_sentence(root, text):
    change(root / LFN, YEAR, "# Maßnahmearten\n", f"{text}\n")
    line = line_of(root / LFN, YEAR, text)
    assert faults(root) == [f"{LFN}/{YEAR}, Zeile {line}, x: Das ist kein gültiges TOML."]


def test_a_file_too_large_is_refused_unread(root):
    with (root / LFN / YEAR).open("ab") as file:
        file.write(b"#" * MOST_BYTES)
    assert faults(root) == [f"{LFN}/{YEAR}: Die Datei ist größer als {MOST_BYTES} Bytes."]


def test_of_very_many_faults_the_rest_is_counted(root):
    (root / LFN / "bodies.toml").write_text("[[body]]\n" * 1000, encoding="utf-8")
    told = faults(root)
    assert len(told) == 201
    assert re.fullmatch(r"… und weitere Fehler: \d{4}\.", told[-1])


def test_a_long_value_is_cut_in_the_sentence(root):
    change(root / LFN, YEAR, 'code = "mission"', f"code = {'8' * 4000}")
    assert len(faults(root)) == 1
    assert len(faults(root)[0]) < 300


# --- the chain of steps ---------------------------------------------------------------

STAGES = ("propose", "consult", "decide")


def stage_file(stages):
    """A file with (code, after) as stages, and the entries with their places in it."""
    text = "".join(f'[[stage]]\ncode = "{code}"\nafter = "{after}"\n' for code, after in stages)
    file = DataFile("x/2026/year.toml", text)
    source = Source(text="erfunden", assumed=True)
    return [
        (
            Place(file, "stage", index),
            Stage(
                procedure="allocation",
                code=code,
                label=code,
                state=code,
                side="ministry",
                after=after,
                source=source,
            ),
        )
        for index, (code, after) in enumerate(stages)
    ]


def told(stages):
    report = Report()
    order = [one.code for _, one in chain(stage_file(stages), report)]
    return order, [one.msgid.format(**one.params) for one in report.refusals]


@pytest.mark.parametrize(
    "stages", list(permutations([("propose", ""), ("consult", "propose"), ("decide", "consult")]))
)
def test_steps_are_chained_however_they_are_written_down(stages):
    assert told(stages) == (["propose", "consult", "decide"], [])


@pytest.mark.parametrize(
    ("stages", "line", "sentence"),
    [
        ([("propose", "decide"), ("decide", "propose")], 3,
         "stage.after: Die Schritte laufen im Kreis: propose → decide → propose."),
        ([("propose", ""), ("consult", "decide"), ("decide", "consult")], 6,
         "stage.after: Die Schritte laufen im Kreis: consult → decide → consult."),
        ([("propose", "propose")], 3,
         "stage.after: Die Schritte laufen im Kreis: propose → propose."),
        ([("propose", ""), ("decide", "")], 6,
         "stage.after: Das Verfahren beginnt schon mit dem Schritt in x/2026/year.toml, Zeile 2."),
        ([("propose", ""), ("consult", "propose"), ("decide", "propose")], 9,
         "stage.after: Auf „propose“ folgt schon der Schritt in x/2026/year.toml, Zeile 5."),
        ([("propose", ""), ("propose", "propose")], 5,
         "stage.code: „propose“ gibt es schon, zuerst in x/2026/year.toml, Zeile 2."),
    ],
)  # fmt: skip
def test_a_broken_chain_is_told_with_its_line(stages, line, sentence):
    _, sentences = told(stages)
    assert sentences == [f"x/2026/year.toml, Zeile {line}, {sentence}"]


@given(
    st.lists(st.tuples(st.sampled_from(STAGES), st.sampled_from(["", "x", *STAGES])), max_size=5)
)
def test_any_steps_are_a_chain_from_first_to_last_or_a_sentence(stages):
    order, sentences = told(stages)
    if sentences or not stages:
        return
    afters = dict(stages)
    assert sorted(order) == sorted(afters)
    assert [afters[code] for code in order] == ["", *order[:-1]]
