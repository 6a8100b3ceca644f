"""The protocol for a walk with a screen reader by a blind person.

One file, ``site/walk.toml``, makes the page and the protocol in the handbook. A walk that was
done is entered there as ``[[done]]``; without one, both say that it has not been done yet.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from zielwerk.packs.faults import Place, Report
from zielwerk.packs.files import entry, read_toml
from zielwerk.packs.folders import holding, kept
from zielwerk.packs.model import Entry, Lines, Words


class Step(Entry):
    """What one does, and what should then be heard, in our words."""

    do: Words
    hear: Words


class Task(Entry):
    """A thing that somebody wants to get done; ``who`` is the role that does it."""

    title: Words
    who: Words
    start: Words
    steps: Annotated[tuple[Step, ...], Field(min_length=1)]


class Reader(Entry):
    """A screen reader with system and browser."""

    name: Words
    system: Words
    browser: Words


class Severity(Entry):
    """How bad a finding is."""

    name: Words
    meaning: Words


class Done(Entry):
    """A walk that took place; ``findings`` are its sentences, none if nothing was found."""

    day: date
    reader: Words
    version: Words
    by: Literal["blind", "low_vision"]
    findings: tuple[Words, ...] = ()


class Walk(Entry):
    """The whole protocol."""

    before: Lines
    reader: tuple[Reader, ...]
    severity: tuple[Severity, ...]
    task: tuple[Task, ...]
    done: tuple[Done, ...] = ()


@kept
def load() -> Walk:
    """The protocol: of this installation, or the one that ships with the software."""
    report = Report()
    name = "site/walk.toml"
    folder = holding(name)
    content = read_toml(folder / name, folder, report)
    walk = entry(Walk, content[1], Place(content[0]), report) if content else None
    report.refuse_if_any()
    assert walk is not None
    return walk
