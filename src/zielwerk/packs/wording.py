"""Clauses and letters: Markdown with a front matter in TOML, parts and slots.

A file begins with its front matter between two lines ``+++``: ``title``, for a clause also
``number``, and ``slots``, the names of all ``{slots}`` in title and text. A letter's text is
cut into parts by lines ``## part``. Of Markdown, paragraphs, lists, strong and emphasis are
allowed. Which slots and parts there are is said here, because code fills them.
"""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from zielwerk.packs.faults import DataFile, Place, Report
from zielwerk.packs.files import E, entry, parse, read_file
from zielwerk.packs.model import Clause, Letter
from zielwerk.rulebook.refusal import msg

SLOTS = {
    "year": msg("das Programmjahr"),
    "programme": msg("der Name des Programms"),
    "budget_name": msg("der Name des Budgets mit Jahr"),
    "ministry": msg("der amtliche Name des Ministeriums"),
    "ministry_short": msg("die Kurzform des Ministeriums"),
    "granting_authority": msg("die Bewilligungsbehörde"),
    "portal": msg("das Portal, auf dem veröffentlicht wird"),
    "region": msg("die Gebietskörperschaft mit ihrer Art"),
    "amount": msg("der vereinbarte Gesamtbetrag in Euro"),
    "legal_areas": msg("die Rechtskreise als Aufzählung im Satz"),
    "frameworks": msg("die Bezugsrahmen als Liste"),
    "earmarks": msg("die Zweckbindungen als Liste"),
    "measures": msg("die Maßnahmen nach Maßnahmeart als Liste"),
    "targets": msg("die Ziele des ganzen Jahres und der Maßnahmen als Liste"),
    "strategy": msg("der Titel der regionalen Strategie"),
    "meeting": msg("Zeit der Umsetzungsbesprechung"),
}
"""Slots that code fills, with the words for their values."""

PARTS = {
    "reading_version": {
        "notice": msg("Hinweis zur Lesefassung"),
        "notice_data_only": msg("Hinweis, wo der Wortlaut fehlt"),
        "demo_label": msg("Hinweis auf eine erfundene Vereinbarung"),
        "trial_label": msg("Hinweis auf eine Erfassung in der Vorführung"),
        "authority_unknown": msg("unbekannte Bewilligungsbehörde"),
        "no_grant": msg("Abgrenzung zum Bescheid"),
        "corrections": msg("Hinweis auf Berichtigungen"),
        "amount": msg("Satz zum Betrag"),
        "heading_notice": msg("Überschrift des Hinweises"),
        "heading_record": msg("Überschrift der Angaben"),
        "heading_parties": msg("Überschrift der Beteiligten"),
        "heading_amount": msg("Überschrift der Mittel"),
        "heading_frameworks": msg("Überschrift der Bezugsrahmen"),
        "heading_legal_areas": msg("Überschrift der Rechtskreise"),
        "heading_earmarks": msg("Überschrift der Zweckbindungen"),
        "heading_measures": msg("Überschrift der Maßnahmen"),
        "heading_meeting": msg("Überschrift der Besprechung"),
        "heading_signatures": msg("Überschrift der Unterschriften"),
        "heading_wording": msg("Überschrift des Wortlauts"),
        "heading_corrections": msg("Überschrift der Berichtigungen"),
        "earmark_without_amount": msg("Zweckbindung ohne Betrag"),
        "date_unknown": msg("unbekanntes Datum"),
        "none_agreed": msg("nichts vereinbart"),
    }
}
"""Letters that code sets, with the parts it asks for and what people call them."""

_FENCE = "+++"
_SLOT = re.compile(r"\{([a-z_]+)\}")
_PART = re.compile(r"^## ([a-z_]+)[ \t]*$", re.MULTILINE)
_FOREIGN = re.compile(
    r"^[ ]{0,3}(?:\#{1,6}\s|>|```|~~~|\||={3,}\s*$|(?:-{3,}|\*{3,}|_{3,})\s*$)"
    r"|!?\[[^\]]*\]\(|<[a-z/!]|`",
    re.MULTILINE | re.IGNORECASE,
)


class _Text:
    """A Markdown file taken apart: front matter, text, and lines as in the file."""

    def __init__(self, file: DataFile, matter: dict[str, Any], body: str, offset: int) -> None:
        self.file, self.matter, self.body, self.offset = file, matter, body, offset

    def line(self, position: int) -> int:
        """Line of the file (from 1) at a position of the text."""
        return self.offset + self.body.count("\n", 0, position) + 1


def spelled(text: str, words: Callable[[str], str]) -> str:
    """A text with every slot as people call it; ``words`` translates its value."""
    return _SLOT.sub(lambda slot: f"{{{words(SLOTS.get(slot[1], slot[1]))}}}", text)


def read_clauses(
    files: Mapping[str, Path], root: Path, report: Report
) -> dict[str, tuple[Place, Clause]]:
    """The clauses that the files hold, one each, by the file's name; faulty ones left out."""
    clauses = {}
    for name, path in files.items():
        if text := _read(path, root, report):
            raw = {**text.matter, "code": name, "text": text.body.strip()}
            if clause := _checked(Clause, raw, text, report):
                clauses[name] = (Place(text.file), clause)
    return clauses


def read_letters(files: Mapping[str, Path], root: Path, report: Report) -> dict[str, Letter]:
    """The letters that the files hold, one each; the file's name is the letter's code."""
    letters = {}
    for name, path in files.items():
        if text := _read(path, root, report):
            raw = {**text.matter, "code": name, "parts": _parts(text, name, report)}
            if letter := _checked(Letter, raw, text, report):
                letters[name] = letter
    return letters


def _read(path: Path, root: Path, report: Report) -> _Text | None:
    file = read_file(path, root, report)
    if file is None:
        return None
    head, fence, remainder = file.text.partition(f"{_FENCE}\n")
    matter, closing, body = remainder.partition(f"\n{_FENCE}\n")
    if head.strip() or not fence or not closing:
        report.add_at(
            file, 1, "", msg("{file}, Zeile {line}: Der Vorspann zwischen zwei Zeilen +++ fehlt.")
        )
        return None
    before = head + "\n" + matter  # the fence's line left blank, so that lines agree
    data = parse(file, before, report)
    return _Text(file, data, body, before.count("\n") + 2) if data is not None else None


def _parts(text: _Text, code: str, report: Report) -> dict[str, str]:
    lead, *cut = _PART.split(text.body)
    names, contents = cut[::2], cut[1::2]
    if lead.strip():
        report.add_at(
            text.file,
            text.line(len(lead) - len(lead.lstrip())),
            "",
            msg("{file}, Zeile {line}: Dieser Text gehört zu keinem Teil (## name)."),
        )
    for match in _PART.finditer(text.body):
        if match[1] in _PART.findall(text.body[: match.start()]):
            report.add_at(text.file, text.line(match.start()), match[1], _TWICE)
    for name in PARTS.get(code, {}):
        if name not in names:
            report.add_at(text.file, text.line(len(text.body.rstrip())), name, _NO_PART)
    return {name: content.strip() for name, content in zip(names, contents, strict=True)}


_TWICE = msg("{file}, Zeile {line}, {field}: Diesen Teil gibt es zweimal.")
_NO_PART = msg("{file}, Zeile {line}, {field}: Dieser Teil fehlt.")
_FOREIGN_MARK = msg(
    "{file}, Zeile {line}: Erlaubt sind nur Absätze, Listen, fett und kursiv, nicht „{mark}“."
)
_BRACE = msg("{file}, Zeile {line}: Eine geschweifte Klammer gehört zu keinem Platzhalter.")
_UNKNOWN_SLOT = msg(
    "{file}, Zeile {line}, {field}: Den Platzhalter „{slot}“ gibt es nicht; es gibt: {known}."
)
_UNDECLARED_SLOT = msg(
    "{file}, Zeile {line}, {field}: Der Platzhalter „{slot}“ steht im Text, aber nicht hier."
)
_UNUSED_SLOT = msg(
    "{file}, Zeile {line}, {field}: Der Platzhalter „{slot}“ ist verlangt, fehlt aber im Text."
)


def _checked(kind: type[E], raw: dict[str, Any], text: _Text, report: Report) -> E | None:
    checked = entry(kind, raw, Place(text.file), report)
    if checked is not None:
        _check_markdown(text, report)
        _check_slots(text, report)
    return checked


def _check_markdown(text: _Text, report: Report) -> None:
    body = _PART.sub(lambda match: " " * len(match[0]), text.body)
    for match in _FOREIGN.finditer(body):
        line = text.line(match.start())
        report.add_at(text.file, line, "", _FOREIGN_MARK, mark=match[0].strip())
    bare = _SLOT.sub(lambda match: " " * len(match[0]), body)
    for match in re.finditer(r"[{}]", bare):
        report.add_at(text.file, text.line(match.start()), "", _BRACE)


def _check_slots(text: _Text, report: Report) -> None:
    place = Place(text.file)
    declared = tuple(text.matter.get("slots", ()))
    slots = {match[1]: text.line(match.start()) for match in _SLOT.finditer(text.body)}
    titled = _SLOT.findall(text.matter["title"])
    slots |= {slot: place.line("title") for slot in titled}
    names = ", ".join(SLOTS)
    for slot, line in slots.items():
        if slot not in SLOTS:
            report.add_at(text.file, line, "text", _UNKNOWN_SLOT, slot=slot, known=names)
        elif slot not in declared:
            report.add(place, "slots", _UNDECLARED_SLOT, slot=slot)
    for slot in declared:
        if slot not in slots:
            report.add(place, "slots", _UNUSED_SLOT, slot=slot)
