"""What the law of a state says about every public website."""

import shutil
from pathlib import Path

import pytest

from tests.packs.planting import change
from zielwerk.packs import easy, folders, land, law, loading
from zielwerk.packs.faults import PackFaults
from zielwerk.packs.inspection import inspect

PROGRAMMES = ("aqb_hessen", "lotsenfonds_nordmark")
HESSE = "law/hessen.toml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("law", "aqb_hessen"):
        shutil.copytree(folders.SHIPPED / name, tmp_path / name)
    return tmp_path


def faults(root: Path) -> str:
    """What is told of the law, alike whether authorities or figures are asked for."""
    told = []
    for ask in (land.named, law.parameters):
        with pytest.raises(PackFaults) as caught:
            ask(("bund", "hessen"), root)
        told.append("\n".join(one.msgid.format(**one.params) for one in caught.value.refusals))
    assert told[0] == told[1]
    return told[0]


@pytest.mark.parametrize("programme", PROGRAMMES)
def test_every_state_names_who_may_be_turned_to_and_its_norms(programme: str) -> None:
    authorities, norms = land.named(loading.programme(programme).jurisdictions)
    assert {authority.code for authority in authorities} == {"accessibility", "data_protection"}
    assert len(norms) > 2
    by_code = {authority.code: authority for authority in authorities}
    assert by_code["accessibility"].after_weeks


def test_what_was_not_asked_of_the_authority_itself_is_an_assumption() -> None:
    authorities, _norms = land.named(("bund", "hessen"))
    assert all(authority.source.assumed for authority in authorities)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('code = "data_protection"', 'code = "accessibility"', "„accessibility“"),
        ("day = 2019-09-16, assumed = true }", "assumed = false }", "authority.source: Der Tag"),
        ('telephone = "+49 611 1408-0"', 'telephone = "keins"', "authority.telephone"),
        ('title = "Hessische Verordnung', 'name = "Hessische Verordnung', "norm.title"),
    ],
)
def test_a_fault_is_told_with_its_place(root: Path, old: str, new: str, said: str) -> None:
    change(root, HESSE, old, new)
    told = faults(root)
    assert said in told
    assert f"{HESSE}, Zeile " in told


@pytest.mark.parametrize("programme", PROGRAMMES)
def test_every_kind_of_measure_and_body_has_words_in_leichte_sprache(programme: str) -> None:
    words = easy.load(programme)
    rules = [loading.load(programme, year) for year in loading.years(programme)]
    kinds = {kind.code for year in rules for kind in year.measure_types}
    assert kinds <= set(words.measure_types)
    assert {body.kind.code for body in loading.bodies(programme)} <= set(words.body_kinds)


def test_a_pack_without_words_in_leichte_sprache_is_told_of(root: Path) -> None:
    assert inspect(root / "aqb_hessen")[1] == ()
    (root / "aqb_hessen" / "easy.toml").unlink()
    folders.forget()
    (told,) = inspect(root / "aqb_hessen")[1]
    assert told.params["file"] == "aqb_hessen/easy.toml"
