"""Whatever kinds a pack declares: texts name them in any case, and bodies are told apart."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reading import fernland
from tests.reading.fernland import BODIES, CITY, COUNTY, KINDS, Land
from zielwerk.packs.naming import official

KEYS = st.sampled_from(sorted(BODIES))


@pytest.fixture(scope="module")
def land(tmp_path_factory: pytest.TempPathFactory) -> Land:
    return fernland.plant(tmp_path_factory.mktemp("land"))


@pytest.mark.parametrize(
    ("called", "key"),
    [
        ("dem Stadtkreis Heilbronn", "F02"),
        ("der Stadt Heilbronn", "F02"),
        ("dem Landkreis Heilbronn", "F01"),
        ("dem Kreis Heilbronn", "F01"),
        ("dem Landratsamt Heilbronn", "F01"),
        ("der Region Hannover", "F03"),
        ("der Landeshauptstadt Hannover", "F04"),
        ("der Stadt Hannover", "F04"),
        ("dem Regionalverband Saarbrücken", "F05"),
        ("dem Bezirk Mitte", "F06"),
        ("dem Bezirksamt Mitte von Fernland", "F06"),
        ("dem Bezirksamt Charlottenburg -Wilmersdorf von Fernland", "F07"),
        ("der Städteregion Aachen", "F08"),
        ("der Stadt Aachen", "F09"),
        ("dem Kreis Herzogtum Lauenburg", "F10"),
        ("der Hansestadt Lübeck", "F11"),
        ("dem Main-Kinzig-Kreis", "F12"),
        ("dem Landkreis Main -Kinzig -Kreis", "F12"),
        ("dem Wetteraukreis", "F13"),
        ("dem Burgenlandkreis", "F14"),
        ("der Wissenschaftsstadt Darmstadt", "F15"),
        ("dem Landkreis Darmstadt-Dieburg", "F16"),
        ("dem Landkreis Stade", "F17"),
        ("der Stadt Neustadt an der Weinstraße", "F18"),
        ("der Stadt Neustadt a. d. W.", "F18"),
        ("der Stadt Neustadt (Weinstraße)", "F18"),
        ("dem Landkreis Neustadt an der Waldnaab", "F19"),
    ],
)
def test_bodies_by_the_names_that_texts_give_them(land: Land, called: str, key: str) -> None:
    subject = called.split(" ", 1)[1]
    read = land.read(fernland.agreement(called, subject))
    name, kind, *_ = BODIES[key]
    assert (read.region.ags, read.region.name, read.region.kind) == (key, name, KINDS[kind][0])
    assert read.evidence["parties[1].ags"].certain, read.evidence["parties[1].ags"]


@settings(max_examples=60)
@given(
    key=KEYS,
    ending=st.sampled_from(["", "s", "es", "e"]),
    cue=st.integers(0, 2),
    article=st.sampled_from(["dem ", "der ", "den ", ""]),
)
def test_each_kind_in_each_case_is_its_body_for_certain(
    land: Land, key: str, ending: str, cue: int, article: str
) -> None:
    name, kind, *_ = BODIES[key]
    label, _, cues, *_ = KINDS[kind]
    word = (label, *cues)[cue % (len(cues) + 1)]
    spelled = {label, *cues, "Landeshauptstadt"}
    core = " ".join(part for part in name.split() if part not in spelled)
    called = f"{word}{ending} {core}"
    read = land.read(fernland.agreement(f"{article}{called}", called))
    assert read.region.ags == key
    assert read.evidence["parties[1].ags"].certain


@settings(max_examples=150)
@given(pair=st.sampled_from([("F01", "F02"), ("F03", "F04"), ("F08", "F09")]), data=st.data())
def test_two_bodies_of_one_name_are_never_taken_for_each_other(
    land: Land, pair: tuple[str, str], data: st.DataObject
) -> None:
    """With a letter of its kind lost, changed or torn off, a body is right or doubted."""
    key = data.draw(st.sampled_from(pair))
    _, kind, seat, _ = BODIES[key]
    word = KINDS[kind][0]
    at = data.draw(st.integers(0, len(word) - 1))
    new = data.draw(st.sampled_from(["", "i", "l", "n", "§", " ", word[at] + " "]))
    damaged = word[:at] + new + word[at + 1 :]
    read = land.read(fernland.agreement(f"dem {damaged} {seat}", f"{word} {seat}"))
    assert read.region.ags == key or not read.evidence["parties[1].ags"].certain


def test_a_name_without_its_kind_is_doubted_and_told_by_who_signs(land: Land) -> None:
    for office, key in (("Landrätin", "F01"), ("Oberbürgermeister", "F02")):
        read = land.read(fernland.agreement("dem Heilbronn", "Heilbronn", office))
        assert read.region.ags == key
        assert not read.evidence["parties[1].ags"].certain


def test_a_kind_that_the_clauses_contradict_is_doubted(land: Land) -> None:
    read = land.read(fernland.agreement("der Stadt Heilbronn", "Der Landkreis Heilbronn"))
    assert not read.evidence["parties[1].ags"].certain


@pytest.mark.parametrize("kind", KINDS)
def test_the_offices_of_each_kind_sign_for_the_body(land: Land, kind: str) -> None:
    name, _, seat, _ = next(said for said in BODIES.values() if said[1] == kind)
    label = KINDS[kind][0]
    for office in KINDS[kind][3]:
        called = f"dem {label} {seat if kind in (COUNTY, CITY) else name}"
        text = fernland.agreement(called, called[4:], f"{office}")
        signed = land.read(text.replace("Heilbronn, den", f"{seat}, den")).signatures
        assert [(one.party, one.office, one.name) for one in signed] == [
            ("ministry", "Senatorin", "Henrike Beispiel"),
            ("region", office, "Jorin Muster"),
        ]


def test_a_body_is_shown_with_its_kind_where_its_name_does_not_say_it(land: Land) -> None:
    shown = {body.ags: official(body) for body in land.bodies}
    assert shown["F01"] == "Landkreis Heilbronn"
    assert shown["F02"] == "Heilbronn (Stadtkreis)"
    assert shown["F03"] == "Hannover (Region)"
