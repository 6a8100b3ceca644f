"""A programme says what its regional strategies are, who consents to them, or that it has none."""

import shutil

import pytest

from tests.packs.planting import change, line_of
from zielwerk.packs import folders, loading
from zielwerk.packs.faults import PackFaults

AQB, YEAR, CHARTER = "aqb_hessen", "aqb_hessen/2023/year.toml", "aqb_hessen/programme.toml"


@pytest.fixture
def root(tmp_path):
    shutil.copytree(folders.SHIPPED / AQB, tmp_path / AQB)
    return tmp_path


def faults_of(root) -> list[tuple[int, str]]:
    with pytest.raises(PackFaults) as found:
        loading.load(AQB, 2023, root)
    return [
        (one.params["line"], one.msgid.format(**one.params).partition(", Zeile ")[2])
        for one in found.value.refusals
    ]


def test_every_programme_that_ships_says_what_its_strategies_are() -> None:
    """Of three, one wants every consent before, one only tells, one asks nobody."""
    said = {}
    for code in loading.codes():
        rules = loading.load(code, loading.years(code)[0])
        strategy = rules.programme.strategy
        assert strategy
        last = rules.procedure("strategy")[-1]
        stages, actors = len(rules.procedure("strategy")), len(rules.regional_actors)
        said[code] = (strategy.gender, stages, actors, "strategy_consented" in last.guards)
    assert said == {
        "aqb_hessen": ("f", 2, 7, False),
        "kreisbudget_suedland": ("m", 3, 2, True),
        "lotsenfonds_nordmark": ("n", 1, 0, False),
    }


def test_hesse_asks_the_five_legal_areas_business_and_each_steering_group() -> None:
    rules = loading.load(AQB, 2026)
    areas = [area.code for area in rules.legal_areas]
    codes = [actor.code for actor in rules.regional_actors if not actor.per]
    assert codes == [*areas, "business"]
    (per_region,) = [actor for actor in rules.regional_actors if actor.per]
    assert per_region.brief == "OloV"
    assert per_region.per in {fact.code for fact in rules.programme.body_facts if fact.many}


def test_an_actor_for_a_fact_that_nobody_declares_is_told_with_its_line(root) -> None:
    change(root, YEAR, 'per = "olov_regions"', 'per = "olov_gruppen"')
    ((line, said),) = faults_of(root)
    assert line == line_of(root, YEAR, 'per = "olov_gruppen"')
    assert "„olov_gruppen“ gibt es nicht" in said


def test_a_strategy_without_procedure_and_stages_without_strategy_are_told(root) -> None:
    change(root, CHARTER, '[[procedure]]\ncode = "strategy"\nprefix = "STR"\n', "")
    ((_, said),) = faults_of(root)
    assert "gehört das Verfahren „strategy“" in said


def test_a_last_stage_that_lets_two_versions_hold_is_told(root) -> None:
    change(root, YEAR, '["strategy_whole", "strategy_free"]', '["strategy_whole"]')
    ((_, said),) = faults_of(root)
    assert "muss auch „strategy_free“ prüfen" in said
