"""The differences between two years for a page: by table and entry, texts cut into stretches."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby

from django.utils.translation import get_language

from zielwerk.language import translate
from zielwerk.packs.compared import FIELDS, TABLES
from zielwerk.packs.differences import Difference
from zielwerk.packs.wording import PARTS, SLOTS, spelled
from zielwerk.rulebook.agreement import Wording
from zielwerk.rulebook.wording import corrections

TEXTS = ("clauses", "letters")  # tables of the rules that hold texts with slots


@dataclass(frozen=True)
class Change:
    """A difference as a page shows it; a changed text is cut into stretches."""

    difference: Difference
    field: str
    stretches: tuple[Wording, ...]


Entries = list[tuple[Difference, list[Change]]]


def grouped(changes: Iterable[Difference]) -> list[tuple[str, Entries]]:
    """All differences by table, in their order; each table with its name for people."""
    return [
        (TABLES[table], _entries(group))
        for table, group in groupby(changes, key=lambda difference: difference.table)
    ]


def in_words(difference: Difference) -> Difference:
    """A difference of texts with their slots in words."""
    if difference.table not in TEXTS:
        return difference
    spell = _slots if difference.field == "slots" else worded
    before, after = (text and spell(text) for text in (difference.before, difference.after))
    return replace(difference, before=before, after=after)


def worded(text: str) -> str:
    """A clause or a part of a letter with its slots in words of the reader's language."""
    language = get_language() or "de"
    return spelled(text, lambda slot: translate(slot, language))


def field_words(difference: Difference) -> str:
    """The words for a field; of a part of a letter, also which."""
    if difference.part:
        return translate(difference.part, get_language() or "de")
    name, _, part = difference.field.partition(".")
    words = translate(FIELDS.get(name, name), get_language() or "de")
    return f"{words} · {part_words(difference.code, part)}" if part else words


def part_words(letter: str, name: str) -> str:
    return translate(PARTS.get(letter, {}).get(name, name), get_language() or "de")


def _entries(group: Iterable[Difference]) -> list[tuple[Difference, list[Change]]]:
    """The differences of a table by entry; the first of each names it."""
    entries = groupby(group, key=lambda difference: (difference.code, difference.label))
    groups = [list(entry) for _, entry in entries]
    return [(entry[0], [_change(difference) for difference in entry]) for entry in groups]


def _change(difference: Difference) -> Change:
    wording = in_words(difference)
    is_text = difference.table in TEXTS and wording.before and wording.after
    stretches = corrections(wording.before or "", wording.after or "") if is_text else ()
    return Change(wording, field_words(difference), stretches)


def _slots(names: str) -> str:
    language = get_language() or "de"
    return "; ".join(translate(SLOTS.get(name, name), language) for name in names.split("; "))
