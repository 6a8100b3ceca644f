"""Südland with one succession more: a part of the county of Enzwald passes to Murgwald."""

import shutil
from dataclasses import replace
from pathlib import Path

from tests.rooms.agreements.notices import AT, BODY, SOUTH, allocate, granted, terms
from zielwerk.agreements.models import Agreement
from zielwerk.packs import loading as packs
from zielwerk.packs.folders import SHIPPED
from zielwerk.packs.model import Succession

ENZWALD, MURGWALD = "SL413", "SL415"
CODE = "enzwald_2026"
RENAMED = "moosried_2026"
_ENTRY = f"""
[[succession]]
code = "{CODE}"
label = "Gemeinden von Enzwald kommen zu Murgwald"
label_en = "Municipalities of Enzwald become part of Murgwald"
kind = "change"
day = 2026-03-01
predecessors = ["{ENZWALD}"]
successors = ["{ENZWALD}", "{MURGWALD}"]
shares = {{ {ENZWALD} = 3, {MURGWALD} = 1 }}
text = "Seit dem 1. März 2026 nicht vergleichbar."
text_en = "Not comparable since 1 March 2026."
source = {{ text = "Für den Test erfunden", assumed = true }}
"""

__all__ = ["AT", "SOUTH", "change_of", "copy_of_south", "grant"]


def copy_of_south(folder: Path) -> Path:
    """The pack below a folder, which is the root of packs."""
    pack = folder / SOUTH
    shutil.copytree(SHIPPED / SOUTH, pack)
    with (pack / "bodies.toml").open("a", encoding="utf-8") as bodies:
        bodies.write(_ENTRY)
    return folder


def change_of(code: str = CODE) -> Succession:
    return next(each for each in packs.successions(SOUTH) if each.code == code)


def grant(ags: str, *amounts: int) -> Agreement:
    """A notice for a body over measures with these amounts, allocated before."""
    body = next(each for each in packs.bodies_in(SOUTH, 2026) if each.ags == ags)
    allocate(sum(amounts), ags=ags)
    named = {"ags": ags, "body_name": body.name, "body_kind": str(body.kind.label)}
    return granted(replace(terms(*amounts), **named) if ags != BODY.ags else terms(*amounts))
