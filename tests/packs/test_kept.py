"""Rules kept long ago are read by later software: they say what they said then."""

import json

import pytest

from zielwerk.packs import loading
from zielwerk.packs.kept import revive

PROGRAMMES = [("aqb_hessen", 2024), ("lotsenfonds_nordmark", 2026)]


def kept(programme, year):
    return json.loads(json.dumps(loading.load(programme, year).model_dump(mode="json")))


@pytest.mark.parametrize(("programme", "year"), PROGRAMMES)
def test_what_was_kept_is_read_again_unchanged(programme, year):
    today = loading.load(programme, year)
    assert revive(kept(programme, year), today) == today


@pytest.mark.parametrize(("programme", "year"), PROGRAMMES)
def test_old_wording_stays_whatever_the_pack_says_now(programme, year):
    then = kept(programme, year)
    then["measure_types"][0]["label"] = "wie es damals hieß"
    then["parameters"] = then["parameters"][:1]
    then["programme"]["ministry"] = "Ministerium von damals"
    read = revive(then, loading.load(programme, year))
    assert read.measure_types[0].label == "wie es damals hieß"
    assert len(read.parameters) == 1
    assert read.programme.ministry == "Ministerium von damals"


@pytest.mark.parametrize(("programme", "year"), PROGRAMMES)
def test_what_nobody_asked_for_then_comes_from_today_and_what_is_gone_is_passed_over(
    programme, year
):
    today, then = loading.load(programme, year), kept(programme, year)
    del then["programme"]["portal"], then["stages"], then["measure_types"][0]["source"]
    then["lottery"], then["programme"]["fax"], then["clauses"][0]["ink"] = [], "06", "blue"
    read = revive(then, today)
    assert read.programme.portal == today.programme.portal
    assert read.stages == today.stages
    assert read.measure_types[0].source == today.measure_types[0].source
