"""The file of a backup: another passphrase, a changed byte or a missing one opens nothing."""

import tarfile
from pathlib import Path

import pytest

from tests import age
from zielwerk.config.backup import archive, contents
from zielwerk.rulebook.refusal import Refused

SQLITE_ALONE = True  # the database is asked for nothing here
PASSPHRASE = "richtig pferd batterie"


def seal_up(target: Path, contents: dict[str, bytes], folder: Path) -> None:
    """As a backup is sealed, by a key that costs nothing to open."""
    files = {}
    for name, content in contents.items():
        files[name] = folder / name
        files[name].write_bytes(content)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pyrage.passphrase.encrypt", age.wrapped)
        archive.write(target, PASSPHRASE, files)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of next to nothing."""
    folder = tmp_path_factory.mktemp("small")
    target = folder / "small.backup"
    seal_up(target, {"a": b"first", "b": bytes(300_000), "c": b""}, folder)
    return target


def read(source: Path, passphrase: str = PASSPHRASE) -> dict[str, bytes]:
    with archive.opened(source, passphrase) as files:
        return {name: file.read() for name, file in files}


def test_files_come_out_as_they_went_in(small: Path) -> None:
    assert read(small) == {"a": b"first", "b": bytes(300_000), "c": b""}


def test_another_passphrase_opens_nothing(small: Path) -> None:
    with pytest.raises(Refused) as refused:
        read(small, PASSPHRASE + " ")
    assert refused.value.refusals == (archive.WRONG_PASSPHRASE,)


@pytest.mark.parametrize("part", [archive.KEY, archive.CONTENT])
@pytest.mark.parametrize("place", [0.0, 0.4, 0.999])
def test_a_changed_byte_is_noticed(small: Path, tmp_path: Path, part: str, place: float) -> None:
    with tarfile.open(small) as outer:
        member = outer.getmember(part)
    content = bytearray(small.read_bytes())
    content[member.offset_data + int(member.size * place)] ^= 1
    changed = tmp_path / "changed.backup"
    changed.write_bytes(content)
    with pytest.raises(Refused):
        read(changed)


@pytest.mark.parametrize("left", [0, 100, 0.5, 0.97])
def test_half_a_backup_is_none(small: Path, tmp_path: Path, left: float) -> None:
    whole = small.read_bytes()
    short = tmp_path / "short.backup"
    short.write_bytes(whole[: int(left if left > 1 else left * len(whole))])
    with pytest.raises(Refused):
        read(short)


def test_another_tar_and_no_tar_are_no_backup(tmp_path: Path) -> None:
    text = tmp_path / "text.backup"
    text.write_text("Das ist keine Sicherung. " * 900)
    with pytest.raises(Refused) as refused:
        read(text)
    assert refused.value.refusals == (archive.NO_BACKUP,)
    other = tmp_path / "other.backup"
    with tarfile.open(other, "w") as packed:
        packed.add(text, "text")
    with pytest.raises(Refused) as refused:
        read(other)
    assert refused.value.refusals == (archive.NO_BACKUP,)


def test_what_a_disk_does_not_take_leaves_nothing_behind(tmp_path: Path) -> None:
    missing = tmp_path / "missing"
    with pytest.raises(FileNotFoundError):
        archive.write(tmp_path / "x.backup", PASSPHRASE, {"a": missing})
    assert list(tmp_path.iterdir()) == []


def test_tables_that_look_alike_are_not_the_same() -> None:
    alike = [[(1,)], [("1",)], [(1.0,)], [(b"1",)], [(None,)], [("None",)], [(1,), (1,)], []]
    alike += [[("a", "b")], [("ab", "")], [("a\x1fstr:'b'",)]]
    figures = [contents.table(table) for table in alike]
    assert len(set(map(str, figures))) == len(alike)
    assert [*contents.differences({"t": figures[0]}, {"t": figures[1], "u": figures[2]})] == [
        "t",
        "u",
    ]
