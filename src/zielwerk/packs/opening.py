"""Opening a file that somebody names: nothing is waited for, and no more read than is wanted."""

import errno
import os
import stat
from pathlib import Path

from zielwerk.rulebook.refusal import Refusal, Refused, msg


def named(file: str, most_bytes: int) -> bytes:
    """What a file that a command names holds, and no more of it than shows that it is too large.

    Raises Refused where there is no such file, and for a folder, a pipe or a device.
    """
    try:
        data = content(Path(file), most_bytes)
    except (OSError, ValueError) as error:  # a path with a NUL is no path
        reason = getattr(error, "strerror", None) or str(error)
        params = {"file": file, "reason": reason}
        raise Refused(Refusal("files.unreadable", _UNREADABLE, params)) from error
    if data is None:
        raise Refused(Refusal("files.odd", _ODD, {"file": file}))
    return data


_UNREADABLE = msg("Die Datei {file} kann nicht gelesen werden: {reason}.")
_ODD = msg(
    "{file} ist keine gewöhnliche Datei, sondern ein Ordner, eine Leitung oder ein Gerät. Nennen"
    " Sie eine Datei."
)


def content(path: Path, most_bytes: int) -> bytes | None:
    """As much of a file as decides that it is too large; None of a folder, a pipe, a circle."""
    try:
        # Opening a pipe would wait for somebody to write.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.ENXIO):
            return None
        raise
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            return None
        with os.fdopen(descriptor, "rb", closefd=False) as source:
            return source.read(most_bytes + 1)
    finally:
        os.close(descriptor)
