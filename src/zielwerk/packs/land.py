"""What the law of a state says about every public website: authorities and norms.

They stand in ``law/<jurisdiction>.toml`` as ``[[authority]]`` and ``[[norm]]`` beside the law by
date, so that another state brings its own with its folder of data.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field

from zielwerk.packs import checks
from zielwerk.packs.faults import DataFile, Place, Report
from zielwerk.packs.files import entries, read_law
from zielwerk.packs.folders import kept
from zielwerk.packs.model import (
    Email,
    Entry,
    Jurisdiction,
    LawSource,
    Lines,
    Telephone,
    Text,
    Url,
    Words,
)
from zielwerk.rulebook.refusal import msg

Task = Literal["accessibility", "data_protection"]


class Authority(Entry):
    """An authority that people may turn to about a public website.

    ``accessibility`` enforces that it is accessible, once a report stayed without an answer
    for ``after_weeks``; ``data_protection`` is the supervisory authority.
    """

    code: Task
    name: Words
    name_easy: Lines  # what it is, in Leichte Sprache
    address: Lines
    telephone: Telephone
    email: Email
    url: Url
    after_weeks: Annotated[int, Field(ge=1, le=52)] | None = None
    source: LawSource


class Norm(Entry):
    """A norm that a public website must name, in the order in which it is named."""

    code: Task
    citation: Words  # § 14 HessBGG
    title: Words
    text: Text = ""  # where it is printed
    day: date
    assumed: bool = False  # whether it was changed later was not looked up


Placed = Sequence[tuple[Place, Authority]]


def take(
    file: DataFile, data: dict[str, Any], report: Report
) -> tuple[list[tuple[Place, Authority]], list[Norm]]:
    """Authorities and norms of one file, taken out of ``data``; faults are noted."""
    placed = entries(Authority, file, data, "authority", report)
    checks.unique(placed, "code", lambda authority: (authority.code,), report)
    check_days([(place, authority.source) for place, authority in placed], report)
    return placed, [norm for _, norm in entries(Norm, file, data, "norm", report)]


def check_days(sources: Sequence[tuple[Place, LawSource]], report: Report) -> None:
    """A text that is cited has its day, unless it is assumed."""
    for place, source in sources:
        if source.day is None and not source.assumed:
            report.add(place, "source", _NO_DAY)


@kept
def named(
    jurisdictions: tuple[Jurisdiction, ...], root: Path | None = None
) -> tuple[tuple[Authority, ...], tuple[Norm, ...]]:
    """All authorities and norms of these jurisdictions; raises PackFaults for bad data."""
    report = Report()
    authorities: list[Authority] = []
    norms: list[Norm] = []
    for jurisdiction in jurisdictions:
        if content := read_law(jurisdiction, root, report):
            placed, of_file = take(*content, report)
            authorities += [authority for _, authority in placed]
            norms += of_file
    report.refuse_if_any()
    return tuple(authorities), tuple(norms)


_NO_DAY = msg(
    "{file}, Zeile {line}, {field}: Der Tag des angeführten Textes fehlt (day); nur eine Annahme"
    " kommt ohne ihn aus."
)
