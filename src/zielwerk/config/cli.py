"""The command line: one table of commands, each imported only when it is called.

Exit codes everywhere: 0 done; 1 refused, faulty input or unsound; 2 wrong use; 3 the surroundings
(database, disk, lock, port, environment); see :mod:`zielwerk.core.surroundings`.
"""

import os
import sys
import traceback
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from io import TextIOWrapper
from typing import TextIO

from zielwerk import __version__
from zielwerk.core import surroundings
from zielwerk.core.surroundings import Exit
from zielwerk.language import sentence
from zielwerk.rulebook.refusal import Refusal, Refused

Door = Callable[[list[str]], int]


@dataclass(frozen=True)
class Command:
    """One command: its words, where its door is, and what it does.

    ``needs_django`` is false for what works without database and settings, ``needs_packs`` also for
    what asks no programme; ``begins`` is true of what an installation begins with. Any other makes
    no folder, no key and no database.
    """

    words: str
    door: str
    purpose: str
    needs_django: bool = True
    begins: bool = False
    needs_packs: bool = True


COMMANDS = (
    Command(
        "serve",
        "zielwerk.config.serve:serve",
        "serve pages and do background work",
        begins=True,
    ),
    Command(
        "setup",
        "zielwerk.config.serve:setup",
        "set up an empty installation, step by step",
        begins=True,
    ),
    Command("worker", "zielwerk.config.serve:worker", "do background work only"),
    Command(
        "prepare", "zielwerk.config.serve:prepare", "bring the database up to date", begins=True
    ),
    Command(
        "backup", "zielwerk.config.backup.doors:backup", "keep everything in one encrypted file"
    ),
    Command(
        "restore",
        "zielwerk.config.backup.doors:restore",
        "bring a backup back into an empty installation",
        begins=True,
    ),
    Command("demo prepare", "zielwerk.config.demo:prepare", "make the demo world", begins=True),
    Command(
        "agreement read", "zielwerk.reading.cli:read_command", "read an agreement's text", False
    ),
    Command(
        "agreement schema",
        "zielwerk.reading.cli:schema_command",
        "print the schema of what is read",
        False,
    ),
    Command(
        "agreement draft", "zielwerk.negotiation.cli.drafts:draft_command", "draft an agreement"
    ),
    Command(
        "agreement check",
        "zielwerk.negotiation.cli.drafts:check_command",
        "say what is to be said about a draft",
    ),
    Command(
        "agreement redline",
        "zielwerk.agreements.cli.redline:redline_command",
        "say what differs between two versions",
        needs_django=False,
        needs_packs=False,
    ),
    Command(
        "agreement render",
        "zielwerk.publication.cli:render",
        "write an agreement's accessible PDF",
    ),
    Command(
        "agreement verify",
        "zielwerk.signing.cli:verify_command",
        "say whether a signed PDF is valid, and who signed it",
        needs_django=False,
        needs_packs=False,
    ),
    Command(
        "agreement sign",
        "zielwerk.signing.cli:sign_command",
        "sign a prepared PDF with a key file",
        needs_django=False,
        needs_packs=False,
    ),
    Command(
        "scan check",
        "zielwerk.scans.cli:check_command",
        "say of which document and version the pages of a scan are",
        needs_django=False,
        needs_packs=False,
    ),
    Command(
        "allocation compute",
        "zielwerk.allocation.cli:compute",
        "split a budget over bodies by a key",
        False,
    ),
    Command("pack check", "zielwerk.programme.cli:check", "check programme packs", False),
    Command("pack new", "zielwerk.programme.cli:new", "begin a programme or a year of it", False),
    Command(
        "people invite",
        "zielwerk.identity.cli:invite",
        "make a one-time link by which a person sets how she signs in",
    ),
    Command(
        "people recover",
        "zielwerk.identity.cli:recover",
        "void what a person signs in with, and make a one-time link",
    ),
    Command("person erase", "zielwerk.identity.cli:erase", "erase a person's data, for good"),
    Command(
        "consent erase",
        "zielwerk.strategy.cli:erase",
        "erase the data of somebody outside who consented or was asked, for good",
    ),
    Command("audit verify", "zielwerk.core.cli:verify", "prove the audit chain"),
    Command("audit seal", "zielwerk.core.cli:seal", "print the seal to keep elsewhere"),
    Command("budget check", "zielwerk.budget.cli:check", "compare budget and planning"),
    Command("ledger check", "zielwerk.ledger.cli:check", "prove the books"),
    Command("shell", "zielwerk.config.shell:shell", "Python with the rooms at hand"),
    Command("docs", "zielwerk.config.docs:docs", "write the generated documents", begins=True),
    Command("language", "zielwerk.config.translations:language", "translations", False),
    Command("django", "zielwerk.config.cli:django", "Django's own commands", False),
)


EXIT_CODES = """\
exit codes: 0 done   1 refused, faulty input (paper, table, pack) or unsound   2 wrong use
            3 the surroundings (database, disk, lock, port, environment)
            70 a fault of the program   130 interrupted"""


def main(arguments: Sequence[str] | None = None) -> int:
    words = list(sys.argv[1:] if arguments is None else arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zielwerk.config.settings")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a terminal of ASCII shows codes in place of umlauts
            stream.reconfigure(errors="backslashreplace")
    if not words or words[0] in ("-h", "--help", "help"):
        print(usage())
        return Exit.DONE if words else Exit.WRONG_USE
    if words[0] == "--version":
        print(f"zielwerk {__version__}")
        return 0
    command, rest = find(words)
    if command is None:
        print(usage(words[0]), file=sys.stderr)
        return Exit.WRONG_USE
    return call(command, rest)


def find(words: list[str]) -> tuple[Command | None, list[str]]:
    for command in COMMANDS:
        name = command.words.split()
        if words[: len(name)] == name:
            return command, words[len(name) :]
    return None, words


def call(command: Command, rest: list[str]) -> int:
    """Run one door; what refuses or fails becomes its sentence and its exit code."""
    try:
        code = opened(command)(rest)
        sys.stdout.flush()  # a full disk is seen here, not when Python ends
        return code
    except Refused as refused:
        tell(refused.refusals, rest)
        return surroundings.code_of(refused)
    except SystemExit as ended:
        if not isinstance(ended.code, str):
            raise
        print(ended.code, file=sys.stderr)  # the environment is refused before anything runs
        return Exit.SURROUNDINGS
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
    except BrokenPipeError:  # the reader of our output left: not our fault
        nowhere(sys.stdout)
        return Exit.DONE
    except Exception as error:
        if fault := fault_of(error):
            tell((fault,), rest)
            nowhere(sys.stdout)
            return Exit.SURROUNDINGS
        traceback.print_exc()
        return Exit.FAULT


def opened(command: Command) -> Door:
    """The function of a command, with what it needs."""
    environment = "zielwerk.config.environment"
    if command.needs_django:
        if not command.begins:
            import_module(environment).begin_nothing()
        import_module("django").setup()
    elif command.needs_packs:
        import_module(environment).use_packs()
    module, name = command.door.split(":")
    door: Door = getattr(import_module(module), name)
    return door


def tell(refusals: Iterable[Refusal], rest: list[str]) -> None:
    for refusal in refusals:
        print(sentence(refusal, language_of(rest)), file=sys.stderr)


def nowhere(stream: TextIO) -> None:
    """What is still to be written goes nowhere: Python would fail at it once more at its end."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def fault_of(error: Exception) -> Refusal | None:
    """What the surroundings did wrong; a missing table is a fault of ours in an up-to-date one."""
    fault = surroundings.fault_of(error)
    if fault is None or fault.rule != "database.not_prepared":
        return fault
    health = import_module("zielwerk.core.health")
    try:
        return fault if health.is_behind() else None
    except Exception as further:
        return surroundings.fault_of(further)


def language_of(rest: list[str]) -> str:
    """`--lang en` anywhere in a command's words; German otherwise."""
    for position, word in enumerate(rest):
        if word == "--lang" and position + 1 < len(rest):
            return rest[position + 1]
        if word.startswith("--lang="):
            return word.removeprefix("--lang=")
    return "de"


def usage(first: str = "") -> str:
    commands = [command for command in COMMANDS if command.words.split()[0] == first]
    lines = [f"  {command.words:<18} {command.purpose}" for command in commands or COMMANDS]
    intro = "usage: zielwerk COMMAND [OPTIONS]      (COMMAND --help tells more)"
    if first and not commands:
        intro = f"zielwerk: there is no command '{first}'.\n\n" + intro
    return "\n".join((intro, "", *lines, "", EXIT_CODES))


def django(rest: list[str]) -> int:
    """Django's own management commands, for developers and operators."""
    import_module("django.core.management").execute_from_command_line(["zielwerk", *rest])
    return 0
