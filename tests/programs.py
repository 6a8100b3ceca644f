"""The program, started as people type it, without reading everything anew each time.

Two thirds of what a short command costs is reading modules. One process of each worker reads
those that know of no settings, and for each start becomes, by a fork, a process of its own: with
the environment and the words that are given, through the program's own door, to its exit code.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

PROGRAM = str(Path(sys.executable).parent / "zielwerk")
WITHOUT_SETTINGS = (
    *(f"zielwerk.{name}" for name in ("rulebook", "packs", "reading", "recognition", "scans")),
    *(f"zielwerk.{name}" for name in ("drafting", "signing", "tables", "typesetting")),
)
OF_OTHERS = (
    *("django.contrib.messages.api", "django.core.management.commands.check", "django.forms"),
    *("django.core.cache.backends.dummy", "django.core.files.storage", "django.db.models"),
    *("django.template.loader_tags", "django.test.signals", "django.views.generic", "requests"),
    *("asyncio", "holidays.countries", "icalendar", "markdown_it", "rapidfuzz", "xlsxwriter"),
)


def run(
    words: Sequence[str],
    environment: Mapping[str, str],
    most_bytes: int = 0,
    door: str = "zielwerk.config.cli:main",
) -> subprocess.CompletedProcess[str]:
    """How a command ends and what it says; it may write no file of more than ``most_bytes``."""
    with tempfile.TemporaryDirectory(prefix="zielwerk-said-") as folder:
        out, err = Path(folder, "out"), Path(folder, "err")
        asked = {
            "words": [*words],
            "door": door,
            "environment": dict(environment),
            "folder": os.getcwd(),
            "outputs": [str(out), str(err)],
            "most_bytes": most_bytes,
        }
        starter = _starter()
        assert starter.stdin
        assert starter.stdout
        starter.stdin.write(json.dumps(asked) + "\n")
        starter.stdin.flush()
        code = int(starter.stdout.readline())
        return subprocess.CompletedProcess([*words], code, out.read_text(), err.read_text())


@cache
def _starter() -> subprocess.Popen[str]:
    """It ends where nobody writes to it any more."""
    return subprocess.Popen(
        [sys.executable, "-m", __name__],
        cwd=Path(__file__).parents[1],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def end() -> None:
    if _starter.cache_info().currsize:
        with _starter() as starter:
            assert starter.stdin
            starter.stdin.close()


def read() -> None:
    """Read what is common to all."""
    for name in OF_OTHERS:
        import_module(name)
    for name in WITHOUT_SETTINGS:
        package = import_module(name)
        for module in walk_packages(package.__path__, f"{name}."):
            import_module(module.name)
    import_module("zielwerk.config.environment")


def serve() -> None:
    """Start what is asked for, one after the other, and tell how each ended."""
    answers = os.fdopen(os.dup(1), "w", buffering=1)
    questions = os.fdopen(os.dup(0))
    for question in questions:
        child = os.fork()
        if not child:
            answers.close()
            become(**json.loads(question))
        _, status = os.waitpid(child, 0)
        answers.write(f"{os.waitstatus_to_exitcode(status)}\n")


def become(
    words: list[str],
    door: str,
    environment: dict[str, str],
    folder: str,
    outputs: list[str],
    most_bytes: int,
) -> None:
    """Be the program, to its end."""
    for number, name in enumerate([os.devnull, *outputs]):
        flags = os.O_RDWR | os.O_CREAT
        os.dup2(os.open(name, flags, 0o600), number)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    if most_bytes:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))
    sys.argv = [PROGRAM, *words]
    module, name = door.split(":")
    sys.exit(getattr(import_module(module), name)())


if __name__ == "__main__":
    read()
    serve()
