"""A programme in which one proposes and another releases, made from a copy of the shipped pack."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from zielwerk.packs import folders, procedures

HESSE = "aqb_hessen"
FOLLOWS = "# Die Verhandlung des Entwurfs"
PROPOSED = """[[stage]]
procedure = "publication"
code = "propose"
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
guards = ["publication_without_names"]
effect = "published"
source = { text = "Für diesen Test erfunden", assumed = true }
"""
AT_ONCE = """
[[stage]]
procedure = "publication"
code = "publish"
label = "Veröffentlichen"
label_en = "Publish"
state = "veröffentlicht"
state_en = "published"
side = "ministry"
guards = ["publication_without_names"]
effect = "published"
source = { text = "Für diesen Test erfunden", assumed = true }
"""


@contextmanager
def released(folder: Path, side: str = "authority", *, is_heard: bool = False) -> Iterator[None]:
    """The shipped programme, but with these stages of publication."""
    last = RELEASED.replace("{after}", "hear" if is_heard else "propose")
    with _with(folder, PROPOSED.format(side=side) + (HEARD if is_heard else "") + last):
        yield


@contextmanager
def at_once(folder: Path) -> Iterator[None]:
    """The shipped programme as it was when one press published: such rules are still kept."""
    with pytest.MonkeyPatch.context() as before:
        before.setattr(procedures, "BY_ONE", procedures.BY_ONE | {"publication"})
        before.setitem(procedures.LEAST, "publication", 1)
        with _with(folder, AT_ONCE):
            yield


@contextmanager
def _with(folder: Path, stages: str) -> Iterator[None]:
    shutil.copytree(folders.SHIPPED / HESSE, folder / HESSE)
    file = folder / HESSE / "2023/year.toml"
    text = file.read_text(encoding="utf-8")
    start, end = text.index('[[stage]]\nprocedure = "publication"'), text.index(FOLLOWS)
    file.write_text(f"{text[:start]}{stages}\n{text[end:]}", encoding="utf-8")
    folders.use(folder)
    try:
        yield
    finally:
        folders.use(None)
