"""What the surroundings do wrong: the one place where it becomes a sentence and an exit code.

A database that is silent, a full disk, a lock, a folder without rights: nobody's fault at this
door, and no proof of anything. Commands end with a sentence and 3, pages answer 503. Needs no
Django: commands that work without it ask here as well.
"""

import errno
import sqlite3
import sys
from collections.abc import Iterator, Mapping
from enum import IntEnum
from typing import Any

from zielwerk.rulebook.refusal import Refusal, Refused, msg


class Exit(IntEnum):
    """How a command ends; what is unsound and what could not be looked at are never one code."""

    DONE = 0
    REFUSED = 1  # refused, faulty input (a paper, a table, a pack), or unsound
    WRONG_USE = 2
    SURROUNDINGS = 3  # database, disk, lock, port, environment
    FAULT = 70  # the program's own fault, with its traceback (EX_SOFTWARE)
    INTERRUPTED = 130


class Unusable(Refused):
    """Refused because of the surroundings."""


class WrongUse(Refused):
    """Refused because of how a command was called."""


def code_of(refused: Refused) -> Exit:
    """The exit code of a command that was refused."""
    if isinstance(refused, Unusable):
        return Exit.SURROUNDINGS
    return Exit.WRONG_USE if isinstance(refused, WrongUse) else Exit.REFUSED


NOT_PREPARED = msg(
    "Die Datenbank {place} ist noch nicht vorbereitet oder älter als das Programm. "
    "Zuerst: zielwerk prepare."
)
NO_ANSWER = msg(
    "Die Datenbank {place} antwortet nicht: {reason}. Prüfen Sie, ob sie läuft, und die Adresse "
    "in ZIELWERK_DATABASE_URL."
)
NOT_LET_IN = msg(
    "Die Datenbank {place} lässt diesen Benutzer nicht ein. Prüfen Sie Name und Passwort in "
    "ZIELWERK_DATABASE_URL."
)
NO_SUCH = msg(
    "Die Datenbank {place} gibt es auf diesem Server nicht. Legen Sie sie an, oder berichtigen "
    "Sie ZIELWERK_DATABASE_URL."
)
LOCKED = msg(
    "Die Datenbank {place} ist von einem anderen Programm gesperrt. Warten Sie, bis es fertig "
    "ist, oder beenden Sie es."
)
FULL = msg(
    "Für die Datenbank {place} ist auf dem Datenträger kein Platz mehr. Schaffen Sie Platz und "
    "versuchen Sie es noch einmal."
)
READ_ONLY = msg(
    "Die Datenbank {place} lässt sich nur lesen. Prüfen Sie die Rechte an der Datei und an ihrem "
    "Ordner."
)
NOT_OPEN = msg(
    "Die Datenbank {place} lässt sich nicht öffnen. Prüfen Sie, ob es den Ordner gibt und wem er "
    "gehört."
)
DAMAGED = msg(
    "Die Datenbank {place} ist beschädigt oder keine Datenbank: {reason}. Spielen Sie die letzte "
    "Sicherung zurück."
)
FAILED = msg(
    "Der Datenträger der Datenbank {place} versagt: {reason}. Prüfen Sie ihn und den freien Platz."
)

_RULES = {
    NOT_PREPARED: "database.not_prepared",
    NO_ANSWER: "database.no_answer",
    NOT_LET_IN: "database.not_let_in",
    NO_SUCH: "database.no_such",
    LOCKED: "database.locked",
    FULL: "database.disk_full",
    READ_ONLY: "database.read_only",
    NOT_OPEN: "database.not_open",
    DAMAGED: "database.damaged",
    FAILED: "database.disk_failed",
}
_SQLITE: Mapping[int, str] = {
    sqlite3.SQLITE_BUSY: LOCKED,
    sqlite3.SQLITE_LOCKED: LOCKED,
    sqlite3.SQLITE_FULL: FULL,
    sqlite3.SQLITE_READONLY: READ_ONLY,
    sqlite3.SQLITE_PERM: READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: NOT_OPEN,
    sqlite3.SQLITE_CORRUPT: DAMAGED,
    sqlite3.SQLITE_NOTADB: DAMAGED,
    sqlite3.SQLITE_IOERR: FAILED,
    sqlite3.SQLITE_PROTOCOL: LOCKED,
}
# By PostgreSQL's codes (appendix A of its manual), the longest beginning first.
_POSTGRESQL: tuple[tuple[str, str], ...] = (
    ("53100", FULL),
    ("42P01", NOT_PREPARED),
    ("42703", NOT_PREPARED),
    ("3F000", NOT_PREPARED),
    ("3D000", NO_SUCH),
    ("55P03", LOCKED),
    ("25006", READ_ONLY),
    ("28", NOT_LET_IN),
    ("53", NO_ANSWER),
    ("57P", NO_ANSWER),
    ("08", NO_ANSWER),
    ("58", FAILED),
    ("XX00", DAMAGED),
)
# What a server says before there is a connection comes as text alone.
_BEFORE_A_CONNECTION = (("authentication failed", NOT_LET_IN), ("does not exist", NO_SUCH))


def fault_of(error: BaseException) -> Refusal | None:
    """What is wrong with the surroundings where an error comes from them, else None.

    A missing table or column is only perhaps one of them: ask whether migrations are open.
    """
    for cause in _causes(error):
        if isinstance(cause, sqlite3.Error):
            return _told(_of_sqlite(cause), cause)
        if type(cause).__module__.partition(".")[0] in ("psycopg", "psycopg_pool"):
            return _told(_of_postgresql(cause), cause)
    if isinstance(error, OSError):
        return of_a_file(error)
    return None


def not_prepared(where: str = "") -> Refusal:
    """What is told about a database without the tables of this program."""
    return Refusal(_RULES[NOT_PREPARED], NOT_PREPARED, {"place": where or place()})


def disk_full(where: str) -> Refusal:
    """What is told about a disk that is all but full."""
    return Refusal("files.disk_full", NO_SPACE, {"place": where})


def of_a_file(error: OSError) -> Refusal:
    """What is wrong with a file or a folder, in a sentence that says what to do."""
    rule, sentence = _FILES.get(error.errno or 0, ("files.failed", FILE_FAILED))
    place, reason = error.filename or "–", error.strerror or str(error) or type(error).__name__
    return Refusal(rule, sentence, {"place": str(place), "reason": reason})


FILE_FAILED = msg("Auf {place} kann nicht zugegriffen werden: {reason}.")
NO_SPACE = msg(
    "Auf dem Datenträger ist kein Platz mehr ({place}). Schaffen Sie Platz und versuchen Sie es "
    "noch einmal."
)
NO_RIGHT = msg(
    "Auf {place} darf nicht zugegriffen werden. Prüfen Sie, wem es gehört und welche Rechte daran "
    "gelten."
)
WRONG_SORT = msg("{place} ist nicht, was hier gebraucht wird: {reason}. Prüfen Sie den Pfad.")
NOT_THERE = msg("{place} gibt es nicht. Prüfen Sie den Pfad.")
IN_A_CIRCLE = msg("{place} verweist auf sich selbst. Entfernen Sie den Verweis.")
_NO_SPACE, _NO_RIGHT = ("files.disk_full", NO_SPACE), ("files.no_right", NO_RIGHT)
_WRONG_SORT = ("files.wrong_sort", WRONG_SORT)
_FILES: Mapping[int, tuple[str, str]] = {
    errno.ENOSPC: _NO_SPACE,
    errno.EDQUOT: _NO_SPACE,
    errno.EFBIG: _NO_SPACE,
    errno.EACCES: _NO_RIGHT,
    errno.EPERM: _NO_RIGHT,
    errno.EROFS: _NO_RIGHT,
    errno.ENOENT: ("files.not_there", NOT_THERE),
    errno.ENOTDIR: _WRONG_SORT,
    errno.EISDIR: _WRONG_SORT,
    errno.EEXIST: _WRONG_SORT,
    errno.ELOOP: ("files.circle", IN_A_CIRCLE),
}


def _causes(error: BaseException) -> Iterator[BaseException]:
    seen: BaseException | None = error
    while seen is not None:
        yield seen
        seen = seen.__cause__


def _of_sqlite(error: sqlite3.Error) -> str | None:
    code = getattr(error, "sqlite_errorcode", None)
    if code is None or code & 0xFF == sqlite3.SQLITE_ERROR:
        is_old = str(error).startswith(("no such table", "no such column"))
        return NOT_PREPARED if is_old or "has no column named" in str(error) else None
    return _SQLITE.get(code & 0xFF)  # the rest of the code says more than a sentence needs


def _of_postgresql(error: BaseException) -> str | None:
    state = getattr(error, "sqlstate", None)
    if state:
        return next((said for begin, said in _POSTGRESQL if state.startswith(begin)), None)
    is_silent = type(error).__name__ in ("OperationalError", "InterfaceError", *_OF_POOLS)
    if not is_silent and "connection option" not in str(error):
        return None
    said = (sentence for part, sentence in _BEFORE_A_CONNECTION if part in str(error))
    return next(said, NO_ANSWER)


_OF_POOLS = ("PoolTimeout", "PoolClosed", "TooManyRequests", "ConnectionTimeout")


def _told(sentence: str | None, error: BaseException) -> Refusal | None:
    if sentence is None:
        return None
    lines = str(error).splitlines() or [type(error).__name__]
    reason = lines[0].strip().rstrip(".:")
    return Refusal(_RULES[sentence], sentence, {"place": place(), "reason": reason})


def place() -> str:
    """Where the database is, without its password."""
    conf: Any = sys.modules.get("django.conf")
    if conf is None or not conf.settings.configured:
        return "–"
    known = conf.settings.DATABASES["default"]
    if known["ENGINE"].endswith("sqlite3"):
        return str(known["NAME"])
    host = known.get("HOST") or "localhost"
    port = f":{known['PORT']}" if known.get("PORT") else ""
    return f"{host}{port}/{known['NAME']}"
