"""Whatever a pack names is a known word: no correct one is changed, a misread one is mended."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reading import fernland
from tests.reading.fernland import Land
from zielwerk.packs import loading
from zielwerk.reading.expected import wordings
from zielwerk.recognition.condition import condition
from zielwerk.recognition.own import OwnWords, own_words
from zielwerk.recognition.words import TOKEN

SHIPPED = [("aqb_hessen", 2024), ("aqb_hessen", 2026), ("lotsenfonds_nordmark", 2026)]


def all_wordings(programme: str, year: int) -> tuple[str, ...]:
    rules = loading.load(programme, year)
    return tuple(filter(None, wordings(rules, loading.bodies(programme))))


def own(programme: str, year: int) -> OwnWords:
    return own_words(all_wordings(programme, year))


@pytest.fixture(scope="module")
def land(tmp_path_factory: pytest.TempPathFactory) -> Land:
    return fernland.plant(tmp_path_factory.mktemp("words"))


@pytest.mark.parametrize(("programme", "year"), SHIPPED)
def test_nothing_that_a_pack_names_looks_damaged(programme: str, year: int) -> None:
    words = own(programme, year)
    named = all_wordings(programme, year)
    assert [w for text in named for w in TOKEN.findall(text) if words.meant(w)] == []
    assert condition(named, words).fault_rate == 0


@pytest.mark.parametrize(("programme", "year"), SHIPPED)
def test_nouns_in_any_case_are_known(programme: str, year: int) -> None:
    """Of the kinds, their organs and the organisations, as texts have them."""
    rules, words = loading.load(programme, year), own(programme, year)
    nouns = [
        noun.split()[-1]
        for kind in rules.programme.body_kinds
        for noun in (kind.label, kind.organ, rules.programme.document.label)
    ]
    inflected = [noun + ending for noun in nouns for ending in ("s", "es", "e", "en")]
    assert [noun for noun in inflected if noun not in words] == []


@given(data=st.data())
def test_what_the_pack_names_stays_as_it_is_in_a_clause(land: Land, data: st.DataObject) -> None:
    rules = loading.load(fernland.CODE, fernland.YEAR, land.root)
    named = [text for text in wordings(rules, land.bodies) if text and "…" not in text]
    text = data.draw(st.sampled_from(named))
    said = fernland.agreement("dem Stadtkreis Heilbronn", "Der Stadtkreis Heilbronn")
    read = land.read(said.replace("bis zu einem Abschluss.", f"bis zu „{text}“ und weiter."))
    assert f"„{text}“" in read.clauses[1].text
    assert read.proposals == ()


@pytest.mark.parametrize(
    ("misread", "meant"),
    [
        ("Regierungspräsidiurn", "Regierungspräsidium"),
        ("Bezirksarnt", "Bezirksamt"),
        ("Städteregi0n", "Städteregion"),
        ("Fern1and", "Fernland"),
        ("Werkp4ss", "Werkpass"),
    ],
)
def test_a_misread_word_of_the_pack_stays_and_the_pack_s_is_proposed(
    land: Land, misread: str, meant: str
) -> None:
    said = fernland.agreement("dem Stadtkreis Heilbronn", "Der Stadtkreis Heilbronn")
    read = land.read(said.replace("bis zu einem Abschluss.", f"mit {misread} zum Abschluss."))
    assert f"mit {misread} zum" in read.clauses[1].text
    assert [(one.before, one.after) for one in read.proposals] == [(misread, meant)]


def test_what_one_pack_names_another_does_not_know() -> None:
    assert "HMSI" in own("aqb_hessen", 2024)
    assert "HMSI" not in own("lotsenfonds_nordmark", 2026)
    assert own("aqb_hessen", 2024).meant("HMS!") == "HMSI"
    assert own("lotsenfonds_nordmark", 2026).meant("HMS!") is None


@pytest.mark.parametrize("word", ["Kreisweite", "landesweite", "Umweltaktie"])
def test_a_word_that_may_be_right_is_never_taken_for_a_compound_of_others(
    land: Land, word: str
) -> None:
    said = fernland.agreement("dem Stadtkreis Heilbronn", "Der Stadtkreis Heilbronn")
    read = land.read(said.replace("bis zu einem Abschluss.", f"bis zum Abschluss: {word} Runde."))
    assert f"{word} Runde" in read.clauses[1].text
    assert read.proposals == ()


def test_a_correct_sentence_stays_word_for_word_and_is_certain(land: Land) -> None:
    sentence = "Auf allen Ebenen fordern beide, siehe Anlage, die erforderlichen Nachweise."
    said = fernland.agreement("dem Stadtkreis Heilbronn", "Der Stadtkreis Heilbronn")
    read = land.read(said.replace("bis zu einem Abschluss.", f"bis zu einem Abschluss. {sentence}"))
    assert sentence in read.clauses[1].text
    assert read.proposals == ()
    assert read.evidence["clauses[1].text"].certain
