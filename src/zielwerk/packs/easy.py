"""A programme in Leichte Sprache: its own words for what the pages in Leichte Sprache tell.

``<programme>/easy.toml`` holds lines of one sentence each; compounds are written with a hyphen.
"""

from pathlib import Path

from zielwerk.packs.faults import Place, Report
from zielwerk.packs.files import entry, read_toml
from zielwerk.packs.folders import holding, kept
from zielwerk.packs.model import Entry, Lines, Words, Year
from zielwerk.rulebook.refusal import msg


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
    easy = _read(programme, root or holding(programme), report)
    report.refuse_if_any()
    assert easy is not None
    return easy[1]


def check(rules: Year, folder: Path, report: Report) -> None:
    """Every kind of body and every measure type of a year has its words."""
    read = _read(rules.programme.code, folder, report)
    if read is None:
        return
    place, words = read
    for field, there, needed in (
        ("body_kinds", words.body_kinds, rules.programme.body_kinds),
        ("measure_types", words.measure_types, rules.measure_types),
    ):
        for code in dict.fromkeys(each.code for each in needed):
            if code not in there:
                params = {"value": code, "choices": ", ".join(there) or "–"}
                report.add(place, field, _NO_WORDS, **params)


def _read(programme: str, folder: Path, report: Report) -> tuple[Place, Easy] | None:
    content = read_toml(folder / programme / "easy.toml", folder, report)
    if content is None:
        return None
    place = Place(content[0])
    easy = entry(Easy, content[1], place, report)
    return (place, easy) if easy else None


_NO_WORDS = msg(
    "{file}, Zeile {line}, {field}: Für „{value}“ fehlen die Sätze in Leichter Sprache; da sind:"
    " {choices}."
)
