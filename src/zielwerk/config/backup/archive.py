"""The file of a backup: encrypted with a passphrase, readable with standard tools.

It is a tar of two files in the age format (https://age-encryption.org/v1): ``key.age`` holds a
key made for this backup alone and is opened with the passphrase, ``content.tar.age`` is opened
with that key. So content of any size is encrypted as a stream, and ``tar`` and ``age`` open a
backup where Zielwerk is not at hand: ``READ_ME`` in it says how. Whoever changes a byte of the
content makes it unreadable, for age authenticates what it encrypts.
"""

import io
import os
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import IO

import pyrage

from zielwerk.rulebook.refusal import Refusal, Refused, msg

KEY, CONTENT, READ_ME = "key.age", "content.tar.age", "README.txt"
MOST_KEY = 10_000  # bytes; a wrapped key has about 300
HOW_TO_OPEN = """\
A backup of Zielwerk. `zielwerk restore FILE` brings it back. Without Zielwerk:

    tar -xf FILE
    age --decrypt --output key.txt key.age                     (asks for the passphrase)
    age --decrypt --identity key.txt content.tar.age | tar -x
"""
NO_BACKUP = Refusal(
    "backup.no_backup", msg("Das ist keine Sicherung von Zielwerk, oder sie ist unvollständig.")
)
TOO_SLOW = Refusal(
    "backup.too_slow",
    msg(
        "Die Sicherung entstand auf einem viel schnelleren Rechner oder dieser ist gerade "
        "ausgelastet: Ihre Passphrase zu prüfen dauerte zu lange. Versuchen Sie es noch einmal, "
        "wenn er nichts anderes zu tun hat, oder auf einem schnelleren."
    ),
)
WRONG_PASSPHRASE = Refusal(
    "backup.wrong_passphrase",
    msg(
        "Mit dieser Passphrase lässt sich die Sicherung nicht öffnen. Sie steht in "
        "ZIELWERK_BACKUP_PASSPHRASE."
    ),
)
DAMAGED = Refusal(
    "backup.damaged",
    msg("Die Sicherung ist beschädigt oder verändert: Ihr Inhalt lässt sich nicht öffnen."),
)


def write(target: Path, passphrase: str, files: dict[str, Path]) -> None:
    """Write files, by their names in the archive, encrypted into ``target``, all or nothing.

    Only its owner may read it. Raises OSError where the disk does not take it.
    """
    part = target.with_name(f".{target.name}.part")
    try:
        with TemporaryDirectory(prefix=".zielwerk-", dir=target.parent) as folder:
            content = Path(folder) / CONTENT
            identity = pyrage.x25519.Identity.generate()
            _encrypt(content, identity, files)
            wrapped = pyrage.passphrase.encrypt(str(identity).encode(), passphrase)
            with open(part, "xb", opener=for_its_owner) as file:
                with tarfile.open(fileobj=file, mode="w") as outer:
                    _add(outer, READ_ME, HOW_TO_OPEN.encode())
                    _add(outer, KEY, wrapped)
                    outer.add(content, CONTENT, filter=_nameless)
                file.flush()
                os.fsync(file.fileno())
        os.link(part, target)  # fails where somebody made the file meanwhile
    finally:
        part.unlink(missing_ok=True)


def for_its_owner(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _encrypt(content: Path, identity: pyrage.x25519.Identity, files: dict[str, Path]) -> None:
    def packed(stream: IO[bytes]) -> None:
        with tarfile.open(fileobj=stream, mode="w|") as inner:
            for name, path in files.items():
                inner.add(path, name, filter=_nameless)

    with _piped(packed) as stream, open(content, "xb", opener=for_its_owner) as file:
        pyrage.encrypt_io(stream, file, [identity.to_public()])


def _nameless(member: tarfile.TarInfo) -> tarfile.TarInfo:
    """Without the names and rights of this machine."""
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    member.mode = 0o600
    return member


def _add(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mode = len(content), 0o600
    archive.addfile(member, io.BytesIO(content))


@contextmanager
def opened(source: Path, passphrase: str) -> Iterator[Iterator[tuple[str, IO[bytes]]]]:
    """The files of a backup in their order, each to be read before the next.

    Raises Refused where it is no backup, the passphrase is another, or its content was changed.
    """
    try:
        with tarfile.open(source, "r:") as outer:
            key, content = (_member(outer, name) for name in (KEY, CONTENT))
            identity = _identity(key.read(MOST_KEY), passphrase)

            def decrypted(stream: IO[bytes]) -> None:
                _decrypt(content, stream, identity)

            with _piped(decrypted) as stream, tarfile.open(fileobj=stream, mode="r|") as inner:
                yield _files(inner)
                while stream.read(1 << 20):  # to the end, that all of it is authenticated
                    pass
    except tarfile.TarError as error:
        raise Refused(NO_BACKUP) from error


def _decrypt(content: IO[bytes], stream: IO[bytes], identity: pyrage.x25519.Identity) -> None:
    try:
        pyrage.decrypt_io(content, stream, [identity])
    except pyrage.DecryptError as error:
        raise Refused(DAMAGED) from error
    except OSError as error:  # age says so of a changed part, with no number of an error
        if error.errno is not None:
            raise
        raise Refused(DAMAGED) from error


def _member(archive: tarfile.TarFile, name: str) -> IO[bytes]:
    with suppress(KeyError):
        if file := archive.extractfile(name):
            return file
    raise Refused(NO_BACKUP)


def _identity(wrapped: bytes, passphrase: str) -> pyrage.x25519.Identity:
    try:
        key = pyrage.passphrase.decrypt(wrapped, passphrase)
        return pyrage.x25519.Identity.from_str(key.decode())
    except (pyrage.DecryptError, pyrage.IdentityError, UnicodeDecodeError) as error:
        # What a passphrase costs is set by the machine that sealed; a much slower one is told so.
        is_slow = "work parameter" in str(error)
        raise Refused(TOO_SLOW if is_slow else WRONG_PASSPHRASE) from error


def _files(archive: tarfile.TarFile) -> Iterator[tuple[str, IO[bytes]]]:
    for member in archive:
        if file := archive.extractfile(member):
            yield member.name, file


@contextmanager
def _piped(write: Callable[[IO[bytes]], None]) -> Iterator[IO[bytes]]:
    """Read what another thread writes as it comes; an error of that thread is raised here."""
    source, sink = os.pipe()
    errors: list[BaseException] = []

    def run() -> None:
        try:
            with open(sink, "wb") as stream:
                write(stream)
        except BrokenPipeError:
            pass  # who reads has seen enough
        except BaseException as error:
            errors.append(error)

    thread = Thread(target=run)
    thread.start()
    try:
        with open(source, "rb") as stream:
            yield stream
    except tarfile.TarError:
        thread.join()
        if errors:  # the cause; what was read only ended too early
            raise errors[0] from None
        raise
    finally:
        thread.join()
    if errors:
        raise errors[0]
