"""A programme in whose state four granting authorities share the bodies, made for tests.

The Hessian pack under another code, with other authorities: one for each of two government
districts, and two that share the bodies of the third, by their keys.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from zielwerk.packs import folders

CODE = "vier_bezirke"
COUNTIES = (*(f"0643{number}" for number in range(1, 10)), "06440")
CITIES = ("06411", "06412", "06413", "06414", "06415")
AUTHORITIES = {
    "north": 'facts = { district = ["Kassel"] }',
    "middle": 'facts = { district = ["Gießen"] }',
    "south": f"bodies = {list(COUNTIES)}",
    "cities": f"bodies = {list(CITIES)}",
}
ENTRY = """
[[organisation]]
code = "{code}"
role = "authority"
name = "Bezirksamt {code}"
seat = "{code}"
{competence}
source = {{ text = "für einen Test erfunden", assumed = true }}
"""


def write(folder: Path) -> Path:
    """The pack below a folder, which is the root of packs."""
    pack = folder / CODE
    shutil.copytree(folders.SHIPPED / "aqb_hessen", pack)
    for name in ("programme.toml", "organisations.toml"):
        text = (pack / name).read_text(encoding="utf-8").replace("aqb_hessen", CODE)
        (pack / name).write_text(text, encoding="utf-8")
    organisations = (pack / "organisations.toml").read_text(encoding="utf-8")
    before, _, rest = organisations.partition('[[organisation]]\ncode = "rp_kassel"')
    own = "".join(
        ENTRY.format(code=code, competence=competence.replace("'", '"'))
        for code, competence in AUTHORITIES.items()
    )
    after = rest[rest.index("[[organisation]]") :]
    (pack / "organisations.toml").write_text(before + own + "\n" + after, encoding="utf-8")
    return folder


@contextmanager
def served(folder: Path) -> Iterator[None]:
    """An installation whose own packs lie below the folder."""
    folders.use(folder)
    try:
        yield
    finally:
        folders.use(None)
