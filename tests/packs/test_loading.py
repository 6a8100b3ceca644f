"""Packs are data: another programme needs no code, a faulty pack is refused as a whole."""

import re
import shutil
from datetime import date
from string import Formatter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.packs.planting import change, line_of
from zielwerk.packs import folders, loading
from zielwerk.packs.faults import PackFaults
from zielwerk.rulebook.refusal import Refused

AQB = "aqb_hessen"


@pytest.fixture
def root(tmp_path):
    """A folder with a copy of the pack that ships."""
    shutil.copytree(folders.SHIPPED / AQB, tmp_path / AQB)
    return tmp_path


def sentences(refused):
    return [one.msgid.format(**one.params) for one in refused.refusals]


def faults(root, verb=loading.load, year=2024):
    with pytest.raises(PackFaults) as caught:
        verb(AQB, year, root)
    for one in caught.value.refusals:
        slots = {name for _, name, _, _ in Formatter().parse(one.msgid) if name}
        assert slots <= set(one.params)
    return sentences(caught.value)


YEAR = "2023/year.toml"
DEMO = "demo/2024.toml"
LETTER = "2023/letters/reading_version.md"
MONEY = "2023/clauses/04-mittel.md"

PLANTED = {
    "missing value": (
        YEAR, 'label = "Ausbildungsvorbereitung"\n', "",
        'code = "training_preparation"', -1, "measure_type.label: Die Angabe fehlt.",
    ),
    "misspelt key": (
        YEAR, "has_participants = false", "has_participant = false",
        "has_participant = false", 0,
        "measure_type.has_participant: Diese Angabe ist nicht vorgesehen.",
    ),
    "misspelt table": (
        YEAR, '[[legal_area]]\ncode = "AsylbLG"', '[[legal_aera]]\ncode = "AsylbLG"',
        "[[legal_aera]]", 0, "legal_aera: Diese Angabe ist nicht vorgesehen.",
    ),
    "date in quotes": (
        YEAR, "valid_from = 2020-01-01", 'valid_from = "2020-01-01"',
        'valid_from = "2020-01-01"', 0,
        "framework.valid_from: „2020-01-01“ ist kein Datum (JJJJ-MM-TT ohne Anführungszeichen).",
    ),
    "date not in the calendar": (
        YEAR, "valid_from = 2020-01-01", "valid_from = 2020-02-30",
        "valid_from = 2020-02-30", 0, "valid_from: Das ist kein gültiges TOML.",
    ),
    "deadline not in the calendar": (
        YEAR, "day = 30\nmonth = 4", "day = 31 # ?\nmonth = 4",
        "day = 31 # ?", 0, "deadline.day: Den Tag 31.4.2024 gibt es nicht.",
    ),
    "number as text": (
        YEAR, "year_offset = 1", 'year_offset = "1"',
        'year_offset = "1"', 0, "deadline.year_offset: „1“ ist keine ganze Zahl.",
    ),
    "parameter as number": (
        YEAR, 'value = "100"', "value = 100",
        "value = 100", 0, "parameter.value: „100“ ist kein Text in Anführungszeichen.",
    ),
    "flag in words": (
        YEAR, "has_participants = false", 'has_participants = "nein"',
        'has_participants = "nein"', 0,
        "measure_type.has_participants: „nein“ ist weder true noch false.",
    ),
    "validity that ends before it begins": (
        YEAR, "valid_until = 2024-12-31", "valid_until = 2019-12-31",
        "valid_until = 2019-12-31", 0, "framework.valid_until: Das Ende liegt vor dem Beginn.",
    ),
    "no kind of body": (
        "bodies.toml", 'kind = "district"\nseat = "Bad Homburg',
        'kind = "county"\nseat = "Bad Homburg', 'kind = "county"', 0,
        "body.kind: „county“ gibt es hier nicht; möglich sind: district, independent_city.",
    ),
    "key of a body with six digits": (
        "bodies.toml", 'ags = "06434"', 'ags = "064340"', 'ags = "064340"', 0,
        "body.ags: „064340“ hat nicht die Form eines Schlüssels (AGS: [0-9]{5}).",
    ),
    "assumption about nothing": (
        "bodies.toml", 'assumed = ["ags", "olov_regions"]', 'assumed = ["ags", "olov"]',
        'assumed = ["ags", "olov"]', 0, "body.assumed: Eine Angabe „olov“ gibt es hier nicht.",
    ),
    "other programme's code": (
        "programme.toml", 'code = "aqb_hessen"', 'code = "aqb"', 'code = "aqb"', 0,
        "code: „aqb“ heißt anders als der Ordner.",
    ),
    "clause without its amount": (
        MONEY, "**{amount}**", "viel Geld",
        'slots = ["amount", "budget_name", "granting_authority", "year"]', 0,
        "slots: Der Platzhalter „amount“ ist verlangt, fehlt aber im Text.",
    ),
    "slot nobody declared": (
        MONEY, "**{amount}**", "**{amount}** für {region}",
        'slots = ["amount", "budget_name", "granting_authority", "year"]', 0,
        "slots: Der Platzhalter „region“ steht im Text, aber nicht hier.",
    ),
    "brace left over": (
        MONEY, "**{amount}**", "**{amount}** {Rest", "**{amount}** {Rest", 0,
        "Eine geschweifte Klammer gehört zu keinem Platzhalter.",
    ),
    "link in a clause": (
        MONEY, "**{amount}**", "**{amount}** [hier](x)", "**{amount}** [hier](x)", 0,
        "Erlaubt sind nur Absätze, Listen, fett und kursiv, nicht „[hier](“.",
    ),
    "clause number twice": (
        MONEY, 'number = "§ 4"', 'number = "§ 3"', 'number = "§ 3"', 0,
        "number: „§ 3“ gibt es schon in aqb_hessen/2023/clauses/03-teilhabe.md.",
    ),
    "clause without front matter": (
        MONEY, "+++\nnumber", "number", 'number = "§ 4"', 0,
        "Der Vorspann zwischen zwei Zeilen +++ fehlt.",
    ),
    "broken front matter": (
        MONEY, 'title = "Mittel"', 'title = "Mittel', 'title = "Mittel', 0,
        "title: Das ist kein gültiges TOML.",
    ),
    "letter's part twice": (
        LETTER, "## heading_amount", "## heading_parties ", "## heading_parties ", 0,
        "heading_parties: Diesen Teil gibt es zweimal.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", PLANTED.values(), ids=PLANTED)
def test_a_planted_fault_is_named_by_file_line_and_field(root, case):
    name, old, new, anchor, offset, sentence = case
    change(root / AQB, name, old, new)
    line = line_of(root / AQB, name, anchor) + offset
    told = [one for one in faults(root) if one.endswith(sentence)]
    assert len(told) == 1
    assert re.fullmatch(rf"{AQB}/{re.escape(name)}, Zeile {line}(, |: ).*", told[0])


def test_a_second_entry_of_the_same_code_names_both_lines(root):
    change(root / AQB, YEAR, 'code = "early_start"', 'code = "application" # two')
    second = line_of(root / AQB, YEAR, 'code = "application"')
    first = line_of(root / AQB, YEAR, 'code = "application" # two')
    assert faults(root) == [
        f"{AQB}/{YEAR}, Zeile {second}, deadline.code: „application“ gilt hier"
        f" zur selben Zeit wie in {AQB}/{YEAR}, Zeile {first}."
    ]


def test_a_wording_of_two_measure_types_is_refused(root):
    change(root / AQB, YEAR, 'cues = ["Ausbildung und Ausbildungscoaching"]',
           'cues = ["qualifizierungsprojekte"]')  # fmt: skip
    assert any("measure_type.cues: „Qualifizierungsprojekte“" in one for one in faults(root))


def test_a_parameter_that_a_year_sets_twice_is_refused(root):
    change(root / AQB, YEAR, 'code = "amount_step"', 'code = "budget_years" # two')
    assert len(faults(root)) == 1
    assert "parameter.code: „budget_years“ gilt hier zur selben Zeit" in faults(root)[0]


def test_one_spelling_for_two_bodies_is_refused(root):
    change(root / AQB, "bodies.toml", 'variants = ["Kreis Kassel"]', 'variants = ["Stadt Kassel"]')
    line = line_of(root / AQB, "bodies.toml", 'variants = ["Stadt Kassel"]')
    told = faults(root)
    assert len(told) == 1
    assert told[0].startswith(f"{AQB}/bodies.toml, Zeile {line}, body.name: „Stadt Kassel“ gilt")


def test_a_body_may_follow_itself_but_not_stand_beside_itself(root):
    path = root / AQB / "bodies.toml"
    text = path.read_text(encoding="utf-8")
    last = text[text.rindex("[[body]]") : text.index("# Wer wem")]
    ended = last.replace("variants", "valid_until = 2030-12-31\nvariants")
    after = last.replace("variants", "valid_from = 2031-01-01\nvariants")
    path.write_text(text.replace(last, f"{ended}\n{after}"), encoding="utf-8")
    assert len(loading.bodies(AQB, root)) == 28
    for day in (date(2030, 12, 31), date(2031, 1, 1)):
        assert len(loading.bodies_on(AQB, day, root)) == 27

    beside = root / "other"
    shutil.copytree(root / AQB, beside / AQB)
    change(beside / AQB, "bodies.toml", "valid_from = 2031-01-01", "valid_from = 2030-12-31")
    assert any("body.ags: „06636“ gilt hier zur selben Zeit" in one for one in faults(beside))


def test_all_faults_of_all_files_are_told_at_once(root):
    change(root / AQB, YEAR, "has_participants = false", "has_participants = 0")
    change(root / AQB, "bodies.toml", 'ags = "06434"', "ags = 6434")
    change(root / AQB, MONEY, "**{amount}**", "nichts")
    change(root / AQB, LETTER, "## no_grant", "## no_grants")
    (root / AQB / "programme.toml").unlink()
    told = faults(root)
    assert len(told) == 5
    assert f"{AQB}/programme.toml: Die Datei fehlt." in told
    assert any(one.endswith("no_grant: Dieser Teil fehlt.") for one in told)


def test_a_year_without_the_letters_that_code_sets_is_refused(root):
    (root / AQB / LETTER).unlink()
    assert faults(root) == [f"{AQB}/{LETTER}: Die Datei fehlt."]


def test_text_outside_any_part_is_refused(root):
    change(root / AQB, LETTER, "\n## notice\n", "\nVerirrt\n\n## notice\n")
    line = line_of(root / AQB, LETTER, "Verirrt")
    assert faults(root) == [
        f"{AQB}/{LETTER}, Zeile {line}: Dieser Text gehört zu keinem Teil (## name)."
    ]


def test_an_unknown_slot_is_refused_with_those_there_are(root):
    change(root / AQB, MONEY, "**{amount}**", "**{amount}** {sum}")
    line = line_of(root / AQB, MONEY, "**{amount}** {sum}")
    told = faults(root)
    assert len(told) == 1
    assert told[0].startswith(f"{AQB}/{MONEY}, Zeile {line}, text: Den Platzhalter „sum“ gibt es")
    assert "amount" in told[0].split("; es gibt: ")[1]


def test_a_file_in_another_encoding_is_refused(root):
    path = root / AQB / "programme.toml"
    path.write_bytes(path.read_text(encoding="utf-8").encode("latin-1", "replace"))
    assert faults(root)[0].endswith("Die Datei ist kein Text in UTF-8.")


def test_a_table_where_a_list_is_meant_is_refused(root):
    (root / AQB / "bodies.toml").write_text('[body]\nags = "06434"\n', encoding="utf-8")
    assert faults(root) == [
        f"{AQB}/bodies.toml, Zeile 1, body: Erwartet wird eine Liste, also [[body]]."
    ]


@pytest.mark.parametrize(
    ("old", "new", "anchor", "sentence"),
    [
        (
            'ags = "06434"\namount', 'ags = "06499"\namount', 'ags = "06499"',
            "agreement.ags: Eine Gebietskörperschaft 06499 gibt es 2024 nicht.",
        ),
        (
            'ags = "06434"\namount', 'ags = "06415"\namount', 'ags = "06415"',
            "agreement.ags: Eine Gebietskörperschaft 06415 gibt es 2024 nicht.",
        ),
        (
            '["staff_training", "Leichte Sprache', '["staff", "Leichte Sprache',
            '    ["staff", "Leichte Sprache in der Beratung"],',
            "agreement.measures: Die Maßnahmeart „staff“ gibt es 2024 nicht.",
        ),
        (
            "amount_cents = 638_900_00", "amount_cents = 0", "amount_cents = 0",
            "agreement.amount_cents: 0 ist zu klein.",
        ),
    ],
)  # fmt: skip
def test_an_invented_agreement_fits_bodies_and_types_of_its_year(root, old, new, anchor, sentence):
    change(root / AQB, DEMO, old, new)
    line = line_of(root / AQB, DEMO, anchor)
    assert faults(root, loading.demo_agreements) == [f"{AQB}/{DEMO}, Zeile {line}, {sentence}"]
    assert loading.load(AQB, 2024, root).year == 2024  # the demo is no part of the rules


def test_nothing_is_loaded_while_a_fault_is_there_and_all_once_it_is_gone(root):
    change(root / AQB, YEAR, "has_participants = false", "has_participants = 0")
    faults(root)
    faults(root)
    change(root / AQB, YEAR, "has_participants = 0", "has_participants = false")
    assert loading.load(AQB, 2024, root) == loading.load(AQB, 2024)


def test_a_year_without_a_pack_is_refused_with_those_there_are():
    with pytest.raises(Refused) as caught:
        loading.load(AQB, 1999)
    assert sentences(caught.value) == [
        "Für das Programmjahr 1999 gibt es kein Regelwerk im Programm"
        " „Ausbildungs- und Qualifizierungsbudget“."
        " Vorhanden: 2023, 2024, 2025, 2026."
    ]


@pytest.mark.parametrize("name", ["nirgends", "../packs/aqb_hessen", ""])
def test_an_unknown_programme_is_refused_with_those_there_are(name):
    for verb in (loading.programme, loading.bodies):
        with pytest.raises(Refused) as caught:
            verb(name)
        assert sentences(caught.value) == [
            f"Das Programm „{name}“ ist hier nicht bekannt."
            " Vorhanden: aqb_hessen, kreisbudget_suedland, lotsenfonds_nordmark."
        ]
    with pytest.raises(Refused):
        loading.load(name, 2024)


@pytest.fixture(scope="module")
def spoilt(tmp_path_factory):
    """A copy of two years of the pack, whose files are spoilt one at a time."""
    folder = tmp_path_factory.mktemp("spoilt")
    others = shutil.ignore_patterns("2025*", "2026*")
    shutil.copytree(folders.SHIPPED / AQB, folder / AQB, ignore=others)
    return folder


SPOILS = st.sampled_from(["", "x = 5", "}{ [[ ]", "= []", "= {a = [1]}", "[[body]]", "+++", "## x",
                          f"= {'9' * 5000}", f"= {'[' * 3000}"])  # fmt: skip


@settings(max_examples=60)
@given(data=st.data())
def test_whatever_line_is_spoilt_the_answer_is_rules_or_sentences(spoilt, data):
    files = sorted(path for path in (spoilt / AQB).rglob("*") if path.is_file())
    path = data.draw(st.sampled_from(files))
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    at = data.draw(st.integers(0, len(lines) - 1))
    key = data.draw(st.sampled_from(["", lines[at].split("=")[0]]))
    lines[at] = key + data.draw(SPOILS)
    path.write_text("\n".join(lines), encoding="utf-8")
    folders.forget()
    told = []
    try:
        loading.demo_agreements(AQB, 2024, spoilt)
    except PackFaults as refused:
        told = sentences(refused)
    finally:
        path.write_text(text, encoding="utf-8")
    name = path.relative_to(spoilt).as_posix()
    # A clause that the spoilt list no longer names is told at its own file, and names the list.
    assert all(one.startswith(name) or one.endswith(f"Liste von {name}.") for one in told)
