"""The handbook tells what the schema allows: every word of its closed lists, every example."""

import re
import tomllib
from typing import get_args

import pytest

from zielwerk.config import pack_fields
from zielwerk.packs import folders, model
from zielwerk.packs.model import applications
from zielwerk.packs.model import year as year_schema

GUIDE = (folders.SHIPPED.parents[2] / "docs" / "handbook" / "programm.md").read_text(
    encoding="utf-8"
)
CLOSED = {
    "procedures": model.ProcedureCode,
    "effects": model.Effect,
    "guards": model.GuardName,
    "sides": model.Side,
    "purposes": year_schema.PURPOSES,
    "events": year_schema.Event,
    "forms": applications.FormName,
    "rates": applications.RateName,
}


@pytest.mark.parametrize("words", CLOSED.values(), ids=CLOSED)
def test_every_word_of_a_closed_list_is_explained(words):
    assert [word for word in get_args(words) if f"`{word}`" not in GUIDE] == []


def test_every_example_is_toml():
    blocks = [block for block in re.findall(r"```\n(.*?)```", GUIDE, re.S) if "= " in block]
    assert len(blocks) == 6
    for block in blocks:
        assert tomllib.loads(block)


def test_no_meaning_is_told_of_a_field_that_is_gone():
    words = tomllib.loads(pack_fields.MEANINGS.read_text(encoding="utf-8"))
    kinds = [kind for _, tables in pack_fields.FILES for _, kind in tables]
    fields = {}
    for kind in kinds:
        fields.setdefault(kind.__name__, set()).update(kind.model_fields)
    assert set(words) - {"common"} <= set(fields)
    for name, told in words.items():
        known = set().union(*fields.values()) if name == "common" else fields[name]
        assert set(told) <= known, name


def test_what_a_type_is_called():
    said = {
        name: pack_fields.type_said(field.annotation)
        for name, field in model.Stage.model_fields.items()
    }
    assert said["side"] == "eines von: `ministry`, `authority`, `body`"
    assert said["guards"].startswith("Liste, je eines von: `allocation_computed`")
    assert (said["four_eyes"], said["valid_from"]) == ("true oder false", "Tag (JJJJ-MM-TT)")
