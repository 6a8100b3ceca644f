"""A programme in Leichte Sprache: its own words for what the pages in Leichte Sprache tell.

``<programme>/easy.toml`` holds lines of one sentence each; compounds are written with a hyphen.
"""

from pathlib import Path

from zielwerk.packs.faults import Place, Report
from zielwerk.packs.files import entry, read_toml
from zielwerk.packs.folders import holding, kept
from zielwerk.packs.model import Entry, Lines, Words


class Easy(Entry):
    """What a programme is, in Leichte Sprache.

    ``document`` tells what an agreement is, ``ministry`` who gives the money, ``bodies`` who gets
    it and how the two come together. ``body_kinds`` and ``measure_types`` explain by code; each
    value is lines.
    """

    agreement: Words  # Ziel-Vereinbarung
    agreements: Words  # Ziel-Vereinbarungen
    state: Words  # Hessen
    programme: Lines
    document: Lines
    ministry: Lines
    bodies: Lines
    granting_authority: Lines
    body_kinds: dict[str, Lines]
    measure_types: dict[str, Lines]


@kept
def load(programme: str, root: Path | None = None) -> Easy:
    """The programme's words; raises PackFaults where they are missing or have faults."""
    report = Report()
    folder = root or holding(programme)
    content = read_toml(folder / programme / "easy.toml", folder, report)
    easy = entry(Easy, content[1], Place(content[0]), report) if content else None
    report.refuse_if_any()
    assert easy is not None
    return easy
