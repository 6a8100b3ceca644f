"""A programme in which one proposes and another releases, made from a copy of the shipped pack."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.packs.planting import change
from zielwerk.packs import folders

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


@contextmanager
def released(folder: Path, side: str = "authority", *, is_heard: bool = False) -> Iterator[None]:
    """The shipped programme, but with these stages of publication."""
    shutil.copytree(folders.SHIPPED / HESSE, folder / HESSE)
    between = HEARD if is_heard else ""
    last = RELEASED.format(after="hear" if is_heard else "propose")
    change(folder, f"{HESSE}/2023/year.toml", AT_ONCE, PROPOSED.format(side=side) + between + last)
    folders.use(folder)
    try:
        yield
    finally:
        folders.use(None)
