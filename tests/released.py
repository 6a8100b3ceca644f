"""A programme in which one proposes and another releases, made from a copy of the shipped pack."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.packs.planting import change
from zielwerk.core import cases
from zielwerk.packs import loading as packs
from zielwerk.packs.model import Stage, Year

HESSE = "aqb_hessen"
AT_ONCE = """code = "publish"
label = "Veröffentlichen"
label_en = "Publish"
state = "veröffentlicht"
state_en = "published"
side = "ministry"
"""
PROPOSED = """code = "propose"
label = "Zur Freigabe vorlegen"
label_en = "Propose for release"
state = "zur Freigabe vorgelegt"
state_en = "proposed for release"
side = "{side}"
guards = ["publication_without_names"]
source = {{ text = "Für diesen Test erfunden", assumed = true }}
"""
HEARD = """
[[stage]]
procedure = "publication"
code = "hear"
after = "propose"
label = "Körperschaft anhören"
label_en = "Hear the body"
state = "angehört"
state_en = "heard"
side = "authority"
notes = "Ergebnis der Anhörung"
notes_en = "Outcome of the hearing"
source = { text = "Für diesen Test erfunden", assumed = true }
"""
RELEASED = """
[[stage]]
procedure = "publication"
code = "release"
after = "{after}"
label = "Freigeben"
label_en = "Release"
state = "veröffentlicht"
state_en = "published"
side = "ministry"
four_eyes = true
"""


def stages(folder: Path, side: str = "authority", *, is_heard: bool = False) -> tuple[Stage, ...]:
    """The stages of publication as the copied pack declares them."""
    shutil.copytree(packs.ROOT / HESSE, folder / HESSE)
    between = HEARD if is_heard else ""
    last = RELEASED.format(after="hear" if is_heard else "propose")
    change(folder, f"{HESSE}/2023/year.toml", AT_ONCE, PROPOSED.format(side=side) + between + last)
    return packs.load(HESSE, 2024, folder).procedure("publication")


@contextmanager
def released(folder: Path, side: str = "authority", *, is_heard: bool = False) -> Iterator[None]:
    """The shipped programme, but with these stages of publication."""
    declared, shipped = stages(folder, side, is_heard=is_heard), Year.procedure

    def procedure(rules: Year, code: str) -> tuple[Stage, ...]:
        return declared if code == "publication" else shipped(rules, code)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Year, "procedure", procedure)
        cases._paths.cache_clear()
        yield
    cases._paths.cache_clear()
