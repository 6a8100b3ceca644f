"""`zielwerk backup TARGET` and `zielwerk restore SOURCE`."""

import argparse
import io
import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from zielwerk import __version__
from zielwerk.config.backup import archive, contents, database
from zielwerk.config.backup.contents import Table
from zielwerk.config.serve import prepare
from zielwerk.core import audit, health, installation, kept, sessions, surroundings
from zielwerk.core.digests import digest_of
from zielwerk.core.surroundings import Exit, Unusable, WrongUse
from zielwerk.identity.actions import Operator, void_links
from zielwerk.language import sentence
from zielwerk.messaging.actions import outbox
from zielwerk.rulebook.refusal import Refusal, Refused, Said, msg
from zielwerk.setup.actions import note_backup

PASSPHRASE, SHORTEST = "ZIELWERK_BACKUP_PASSPHRASE", 16
MANIFEST, SECRET = "manifest.json", "secret_key"
MOST_MANIFEST = 10_000_000  # bytes
FORMAT = 1
ACTOR, VERB = "cli:restore", "core.restore"

MADE = msg(
    "Gesichert nach {place}: {tables} Tabellen mit {rows} Zeilen, Stand {at}. Siegel des "
    "Protokolls: {seal}"
)
SOUND = msg(
    "Die Sicherung ist vollständig und lässt sich öffnen: {tables} Tabellen mit {rows} Zeilen, "
    "Stand {at}."
)
HELD = msg(
    "Bei der Wiederherstellung angehalten: Sie kann inzwischen gesendet sein. Noch einmal "
    "versuchen oder verwerfen."
)
RESTORED = msg(
    "Zurückgespielt: {tables} Tabellen mit {rows} Zeilen, alle wie in der Sicherung, Stand {at}. "
    "Alle Sitzungen sind beendet. Jetzt prüfen: zielwerk ledger check; zielwerk audit verify "
    "--seal {seal}"
)
NO_PASSPHRASE = msg(
    "Sicherungen sind verschlüsselt: Setzen Sie ZIELWERK_BACKUP_PASSPHRASE auf eine Passphrase "
    "von mindestens {least} Zeichen, und bewahren Sie sie außerhalb dieses Rechners auf."
)
IS_THERE = msg(
    "{place} gibt es schon. Eine Sicherung überschreibt nichts; wählen Sie einen anderen Namen."
)
NOT_EMPTY = msg(
    "In {place} liegt schon eine Datenbank. Zurückgespielt wird nur, wo nichts ist: Wählen Sie "
    "mit ZIELWERK_DATA einen neuen Ordner oder mit ZIELWERK_DATABASE_URL eine leere Datenbank."
)
OTHER_ENGINE = msg(
    "Die Sicherung ist aus {then}, diese Installation hat {now}. Passen Sie "
    "ZIELWERK_DATABASE_URL an."
)
OTHER_PROGRAMME = msg(
    "Die Sicherung ist vom Programm {then}, diese Installation führt {now}. Passen Sie "
    "ZIELWERK_PROGRAMME an."
)
OF_A_DEMO = msg(
    "Die Sicherung ist aus einer Vorführung. In eine Installation ohne Vorführung kommt sie nicht."
)
OF_NO_DEMO = msg(
    "Die Sicherung ist aus einer wirklichen Installation. In eine Vorführung (ZIELWERK_DEMO=1) "
    "kommt sie nicht: Dort meldet man sich ohne Passwort an."
)
NEWER = msg(
    "Die Sicherung ist von einer neueren Version von Zielwerk ({version}). Bringen Sie zuerst das "
    "Programm auf diesen Stand."
)
DIFFERS = msg("Nach dem Zurückspielen ist die Tabelle {name} nicht wie in der Sicherung.")


@dataclass(frozen=True)
class Manifest:
    """What a backup holds, and of what installation; the first file in it."""

    format: int
    version: str
    at: str
    engine: str
    programme: str
    kind: str  # demo, real, or empty where nobody has begun anything
    seal: str
    migrations: list[list[str]]
    tables: dict[str, Table]
    files: list[str]

    @classmethod
    def parse(cls, file: IO[bytes]) -> "Manifest":
        """Raises Refused where it is none."""
        try:
            read = json.loads(file.read(MOST_MANIFEST))
            tables = {name: Table(**figures) for name, figures in read.pop("tables").items()}
            return cls(**read, tables=tables)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise Refused(archive.NO_BACKUP) from error

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables.values())

    def said(self, text: str, **further: object) -> Said:
        at = timezone.localtime(datetime.fromisoformat(self.at))
        facts = {"tables": len(self.tables), "rows": self.rows, "seal": self.seal}
        return Said(text, {**facts, "at": f"{at:%d.%m.%Y %H:%M}", **further})


def backup(arguments: list[str]) -> int:
    """`zielwerk backup TARGET`: everything in one encrypted file, while others go on working."""
    parser = argparse.ArgumentParser("zielwerk backup")
    parser.add_argument(
        "target", metavar="TARGET", help="a file that is not there yet, or a folder"
    )
    parser.add_argument("--check", action="store_true", help="open it to its end afterwards")
    parser.add_argument("--lang", choices=["de", "en"], default="de")
    options = parser.parse_args(arguments)
    now, secret = timezone.now(), passphrase()
    target = file_of(options.target, now)
    if health.is_behind():
        raise Unusable(surroundings.not_prepared())
    with TemporaryDirectory(prefix=".backup-", dir=settings.ENVIRONMENT.data) as folder:
        manifest, files = gathered(Path(folder), now)
        try:
            archive.write(target, secret, files)
        except FileExistsError:
            raise Unusable(Refusal("backup.is_there", IS_THERE, {"place": str(target)})) from None
    note_backup(Operator("cli:backup"), now, at=timezone.now())
    print(sentence(manifest.said(MADE, place=str(target)), options.lang))
    if options.check:
        with archive.opened(target, secret) as there:
            found, _ = taken_out(there, target.parent, is_tried=True)
        print(sentence(found.said(SOUND), options.lang))
    return Exit.DONE


def passphrase() -> str:
    """What backups are encrypted with; refused where it is missing or too short."""
    given = os.environ.get(PASSPHRASE, "")
    if len(given) < SHORTEST:
        raise Unusable(Refusal("backup.no_passphrase", NO_PASSPHRASE, {"least": SHORTEST}))
    return given


def file_of(target: str, at: datetime) -> Path:
    """The file to write; in a folder it is named after the moment."""
    path = Path(target)
    if path.is_dir():
        moment = timezone.localtime(at)
        path /= f"zielwerk-{settings.PROGRAMME}-{moment:%Y-%m-%d-%H%M%S}.backup"
    if path.exists():
        raise Unusable(Refusal("backup.is_there", IS_THERE, {"place": str(path)}))
    return path


def gathered(folder: Path, at: datetime) -> tuple[Manifest, dict[str, Path]]:
    """All there is of this moment, in a folder: what it is, and its files by name."""
    copy = folder / database.COPIES[connection.vendor]
    state = database.copy(copy)
    files = {copy.name: copy}
    key = settings.ENVIRONMENT.data / SECRET
    if key.exists():
        files[SECRET] = key
    manifest = Manifest(
        format=FORMAT,
        version=__version__,
        at=at.isoformat(),
        engine=connection.vendor,
        programme=settings.PROGRAMME,
        kind=installation.kind(),
        seal=state.seal,
        migrations=state.migrations,
        tables=state.tables,
        files=[*files],
    )
    told = folder / MANIFEST
    told.write_text(json.dumps(asdict(manifest), indent=1))
    return manifest, {MANIFEST: told, **files}


def restore(arguments: list[str]) -> int:
    """`zielwerk restore SOURCE [--check]`: a backup into an empty installation, or only tried."""
    parser = argparse.ArgumentParser("zielwerk restore")
    parser.add_argument("source", metavar="SOURCE", help="a file that `zielwerk backup` made")
    parser.add_argument("--check", action="store_true", help="open it to the end, restore nothing")
    parser.add_argument("--lang", choices=["de", "en"], default="de")
    options = parser.parse_args(arguments)
    secret = passphrase()
    if not options.check:
        refuse_what_is_there()
    settings.ENVIRONMENT.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".restore-", dir=settings.ENVIRONMENT.data) as folder:
        with archive.opened(Path(options.source), secret) as files:
            manifest, files_there = taken_out(files, Path(folder), is_tried=options.check)
        said = SOUND
        if not options.check:
            put_back(manifest, files_there)
            said = RESTORED
    print(sentence(manifest.said(said), options.lang))
    return Exit.DONE


def refuse_what_is_there() -> None:
    """A backup comes into an empty installation only: nothing is ever overwritten."""
    if database.is_there():
        raise Unusable(Refusal("backup.not_empty", NOT_EMPTY, {"place": surroundings.place()}))


def taken_out(
    files: Iterator[tuple[str, IO[bytes]]], folder: Path, *, is_tried: bool
) -> tuple[Manifest, dict[str, Path]]:
    """What a backup is, and its files laid into a folder; refused where it does not belong here.

    Only tried, it may be of any other installation, and its files go nowhere.
    """
    name, file = next(files, ("", io.BytesIO()))
    if name != MANIFEST:
        raise Refused(archive.NO_BACKUP)
    manifest = Manifest.parse(file)
    if not is_tried:
        refuse_what_does_not_belong(manifest)
    found: dict[str, Path] = {}
    for name, file in files:
        if name not in manifest.files:
            raise Refused(archive.NO_BACKUP)
        found[name] = Path(os.devnull) if is_tried else folder / name
        with open(found[name], "wb", opener=archive.for_its_owner) as kept_file:
            shutil.copyfileobj(file, kept_file)
    if [*found] != manifest.files:
        raise Refused(archive.NO_BACKUP)
    return manifest, found


def refuse_what_does_not_belong(manifest: Manifest) -> None:
    """Refuse a backup of another engine, of another programme, of a newer version, of a demo."""
    if manifest.engine != connection.vendor:
        slots = {"then": manifest.engine, "now": connection.vendor}
        raise WrongUse(Refusal("backup.other_engine", OTHER_ENGINE, slots))
    if manifest.programme != settings.PROGRAMME:
        slots = {"then": manifest.programme, "now": settings.PROGRAMME}
        raise WrongUse(Refusal("backup.other_programme", OTHER_PROGRAMME, slots))
    if manifest.kind == installation.Kind.DEMO and settings.ENVIRONMENT.no_demo:
        raise WrongUse(Refusal("backup.of_a_demo", OF_A_DEMO))
    if manifest.kind == installation.Kind.REAL and settings.DEMO:
        raise WrongUse(Refusal("backup.of_no_demo", OF_NO_DEMO))
    known = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    if {(app, name) for app, name in manifest.migrations} - known.keys():
        raise WrongUse(Refusal("backup.newer", NEWER, {"version": manifest.version}))


def put_back(manifest: Manifest, files: dict[str, Path]) -> None:
    """Database and key come back as they were, then up to the version of this program.

    Nobody is signed in afterwards, and no one-time link is good: a session that was ended since,
    a link that was used since would live again. Mail that waited then may have been sent since:
    it is held until somebody says what is to be done.
    """
    state = database.bring_back(files[database.COPIES[connection.vendor]])
    for name in contents.differences(manifest.tables, state.tables):
        raise Refused(Refusal("backup.differs", DIFFERS, {"name": name}))
    if SECRET in files:
        os.replace(files[SECRET], settings.ENVIRONMENT.data / SECRET)
    prepare([])
    with transaction.atomic():
        sessions.forget_all()
        kept.forget_all()
        now = timezone.now()
        outbox.hold_all(now, sentence(Said(HELD)))
        restored = [("backup", digest_of([manifest.seal, manifest.at])), *void_links(now)]
        audit.append(ACTOR, VERB, None, restored, now)
