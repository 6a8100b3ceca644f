"""The command line: one table of commands, each imported only when it is called.

Exit codes everywhere: 0 done, 1 refused with a sentence, 2 wrong use.
"""

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module

from zielwerk import __version__
from zielwerk.language import sentence
from zielwerk.rulebook.refusal import Refusal, Refused, msg

Door = Callable[[list[str]], int]


@dataclass(frozen=True)
class Command:
    """One command: its words, where its door is, and what it does.

    ``needs_django`` is false for what works without database and settings.
    """

    words: str
    door: str
    purpose: str
    needs_django: bool = True


COMMANDS = (
    Command("serve", "zielwerk.config.serve:serve", "serve pages and do background work"),
    Command("worker", "zielwerk.config.serve:worker", "do background work only"),
    Command("prepare", "zielwerk.config.serve:prepare", "bring the database up to date"),
    Command("demo prepare", "zielwerk.config.world:prepare", "make the demo world"),
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
        "agreement render",
        "zielwerk.publication.cli:render",
        "write an agreement's accessible PDF",
    ),
    Command(
        "allocation compute",
        "zielwerk.allocation.cli:compute",
        "split a budget over bodies by a key",
        False,
    ),
    Command("pack check", "zielwerk.programme.cli:check", "check programme packs", False),
    Command("pack new", "zielwerk.programme.cli:new", "begin a programme or a year of it", False),
    Command("person erase", "zielwerk.identity.cli:erase", "erase a person's data, for good"),
    Command("audit verify", "zielwerk.core.cli:verify", "prove the audit chain"),
    Command("audit seal", "zielwerk.core.cli:seal", "print the seal to keep elsewhere"),
    Command("budget check", "zielwerk.budget.cli:check", "compare budget and planning"),
    Command("ledger check", "zielwerk.ledger.cli:check", "prove the books"),
    Command("shell", "zielwerk.config.shell:shell", "Python with the rooms at hand"),
    Command("docs", "zielwerk.config.docs:docs", "write the generated documents"),
    Command("language", "zielwerk.config.translations:language", "translations", False),
    Command("django", "zielwerk.config.cli:django", "Django's own commands", False),
)


def main(arguments: Sequence[str] | None = None) -> int:
    words = list(sys.argv[1:] if arguments is None else arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zielwerk.config.settings")
    if not words or words[0] in ("-h", "--help", "help"):
        print(usage())
        return 0 if words else 2
    if words[0] == "--version":
        print(f"zielwerk {__version__}")
        return 0
    command, rest = find(words)
    if command is None:
        print(usage(words[0]), file=sys.stderr)
        return 2
    return call(command, rest)


def find(words: list[str]) -> tuple[Command | None, list[str]]:
    for command in COMMANDS:
        name = command.words.split()
        if words[: len(name)] == name:
            return command, words[len(name) :]
    return None, words


def call(command: Command, rest: list[str]) -> int:
    """Run one door; a refusal becomes its sentence and exit code 1."""
    try:
        if command.needs_django:
            import_module("django").setup()
        else:
            import_module("zielwerk.config.environment").use_packs()
        module, name = command.door.split(":")
        door: Door = getattr(import_module(module), name)
        return door(rest)
    except Refused as refused:
        for refusal in refused.refusals:
            print(sentence(refusal, language_of(rest)), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # the reader of our output left: not our fault
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        print(f"{error.strerror or error}: {error.filename or ''}".rstrip(": "), file=sys.stderr)
        return 1
    except Exception as error:
        fault = of_the_database(error)
        if fault is None:
            raise
        print(sentence(fault, language_of(rest)), file=sys.stderr)
        return 1


def of_the_database(error: Exception) -> Refusal | None:
    """What to tell about a database that has no tables yet or does not answer, else None."""
    db = sys.modules.get("django.db")
    if db is None or not isinstance(error, db.DatabaseError):
        return None
    is_silent = isinstance(error, db.OperationalError) or type(error) is db.DatabaseError
    if "no such table" in str(error) or isinstance(error, db.ProgrammingError):
        executor = import_module("django.db.migrations.executor").MigrationExecutor(db.connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            text = msg("Die Datenbank ist noch nicht vorbereitet. Zuerst: zielwerk prepare")
            return Refusal("database.not_prepared", text)
    if is_silent:
        text = msg("Die Datenbank antwortet nicht: {reason}")
        return Refusal("database.no_answer", text, {"reason": str(error).splitlines()[0]})
    return None


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
    return "\n".join((intro, "", *lines))


def django(rest: list[str]) -> int:
    """Django's own management commands, for developers and operators."""
    import_module("django.core.management").execute_from_command_line(["zielwerk", *rest])
    return 0
