"""A pack with what is no file, a folder nobody may open, a key of thousands of parts: a sentence.

Each is asked as people ask, by `zielwerk pack check`; none waits for ever.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from zielwerk.allocation.forms.key_file import read_key
from zielwerk.config.cli import main
from zielwerk.packs import folders, loading
from zielwerk.packs.files import DEEPEST, loads
from zielwerk.rulebook.refusal import Refused

LFN = "lotsenfonds_nordmark"
Spoil = Callable[[Path], None]
FILES = (
    *("programme.toml", "easy.toml", "2026/year.toml", "demo/2026.toml"),
    "2026/clauses/c-lotsendienste.md",
)


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A copy of a pack that ships, to be spoiled."""
    shutil.copytree(folders.SHIPPED / LFN, tmp_path / LFN)
    return tmp_path / LFN


def pipe(file: Path) -> None:
    file.unlink()
    os.mkfifo(file)


def folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def circle(file: Path) -> None:
    shutil.rmtree(file) if file.is_dir() else file.unlink()
    file.symlink_to(file.name)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("spoil", [pipe, folder])
def test_what_is_no_file_is_a_fault_of_the_pack(
    spoil: Spoil, name: str, pack: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(pack / name)
    assert main(["pack", "check", str(pack.parent)]) == 1
    said = capsys.readouterr().err
    assert f"{LFN}/{name}: Das ist keine gewöhnliche Datei" in said


@pytest.mark.parametrize("name", [*FILES, "2026", "2026/clauses"])
def test_a_link_to_itself_is_told_and_not_passed_over(
    name: str, pack: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    circle(pack / name)
    assert main(["pack", "check", str(pack.parent)]) in (1, 3)
    assert name in capsys.readouterr().err


LONG = ".".join(["a"] * 20_000)
LONGEST = ".".join(["a"] * 400_000)


@pytest.mark.parametrize(
    "odd",
    [
        f"{LONG} = 1",
        f"{LONGEST} = 1",
        f"[{LONG}]\nx = 1",
        f"[[ {LONG} ]]",
        "x = { " + " . ".join(['"a"'] * 20_000) + " = 1 }",
        f"x = {'[' * 150}{']' * 150}",
        f"x = {'[' * 20_000}{']' * 20_000}",
        f"x = {'{a=' * 150}1{'}' * 150}",
    ],
    ids=["key", "longest key", "header", "headers", "inline", "deep", "deeper", "tables"],
)
def test_a_key_of_thousands_of_parts_is_told_with_its_line(
    odd: str, pack: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = pack / "2026" / "year.toml"
    line = len(file.read_text().splitlines()) + 1
    with file.open("a") as out:
        out.write(odd + "\n")
    assert main(["pack", "check", str(pack)]) == 1
    said = capsys.readouterr().err
    assert f"{LFN}/2026/year.toml, Zeile {line}" in said
    assert len(said) < 2000


def test_a_key_file_is_no_different() -> None:
    with pytest.raises(Refused) as refused:
        read_key(f"[key]\n{LONG} = 1\n", "key.toml")
    assert [each.rule for each in refused.value.refusals] == ["programme.no_toml"]


def test_what_people_write_is_read() -> None:
    deep = ".".join(["a"] * (DEEPEST - 1))
    assert loads(f"{deep} = 1\nb = 'x.{LONG}'\nc = [1.5, 'a.b.c']\n")["c"] == [1.5, "a.b.c"]


def test_every_pack_that_ships_is_read_as_before() -> None:
    assert loading.available() == loading.available(folders.SHIPPED)
    assert len(loading.available()) >= 8


AS_NOBODY = """
import os, sys
from zielwerk.config.cli import COMMANDS, main, opened
opened(next(each for each in COMMANDS if each.words == "pack check"))
if os.geteuid() == 0:  # to whom no rights apply
    os.setgid(65534)
    os.setuid(65534)
sys.exit(main(["pack", "check", sys.argv[1]]))
"""


@pytest.mark.parametrize("name", ["2026", "2026/clauses", "demo", "."])
def test_a_folder_that_nobody_may_open_is_told(name: str) -> None:
    with tempfile.TemporaryDirectory() as root:
        Path(root).chmod(0o755)
        shutil.copytree(folders.SHIPPED / LFN, Path(root) / LFN)
        locked = Path(root) / LFN / name
        locked.chmod(0)
        ended = subprocess.run(
            [sys.executable, "-c", AS_NOBODY, root], capture_output=True, text=True, check=False
        )
        locked.chmod(0o755)
    assert ended.returncode == 3, ended.stderr
    assert "darf nicht zugegriffen werden" in ended.stderr
    assert "Traceback" not in ended.stderr
