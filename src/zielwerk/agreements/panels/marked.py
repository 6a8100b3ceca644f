"""The received text beside its review: every place a value was read from, and the way to it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from zielwerk.agreements.forms.groups import value_of
from zielwerk.agreements.models import Intake
from zielwerk.documents import queries as documents
from zielwerk.recognition.source import decode
from zielwerk.recognition.words import TOKEN
from zielwerk.ui.tags.values import language

NOTHING = mark_safe("")
LONG = 150  # characters from which on a place is no link as a whole


@dataclass(frozen=True)
class Way:
    """Where a mark leads: the address of a value, and of a doubt its number.

    ``name`` is the address of the mark itself, where it is the place that the value quotes.
    """

    to: str
    name: str = ""
    number: int = 0
    look: str = ""  # open, settled, word, mended
    needs_mark: bool = False  # also where its place is so long that other marks stand in it


@dataclass(frozen=True)
class Mark:
    """A place in the text, and where it leads; several values may have been read from it."""

    start: int
    end: int
    ways: tuple[Way, ...]


def source_text(intake: Intake) -> str:
    """The text as the reader saw it; empty where there is none."""
    return decode(documents.text_of(intake.source)) if intake.source else ""


def marks(groups: Iterable[Any], settled: Collection[str]) -> list[Mark]:
    """The places of all values; the one that a value quotes has a name, and each leads to it."""
    ways: dict[tuple[int, int], list[Way]] = {}
    for group in groups:
        done = set(group.doubts) <= set(settled)
        in_doubt = any(spot.is_doubt for spot in group.spots)
        for place, spot in enumerate(group.spots):
            doubted = group.number and (spot.is_doubt or (not in_doubt and not place))
            way = Way(
                f"wert-{group.anchor}",
                f"text-{group.anchor}" if not place else "",
                group.number if doubted else 0,
                ("settled" if done else "open") if doubted else "",
                needs_mark=bool(doubted or not place),
            )
            ways.setdefault((spot.start, spot.end), []).append(way)
    return [Mark(*span, tuple(these)) for span, these in ways.items()]


def proposed(
    proposals: Iterable[Mapping[str, Any]], choices: Iterable[Any], groups: Iterable[Any]
) -> list[Mark]:
    """The words that may have been others, each leading to the choice, or to where it stood."""
    asked = {choice.word.key: f"wort-{choice.number}" for choice in choices}
    names = {group.key: f"wert-{group.anchor}" for group in groups}
    found = []
    for one in proposals:
        value = one["path"].rpartition(".")[0]
        to = asked.get(f"{one['before']} → {one['after']}") or names.get(value)
        if to:
            found.append(Mark(one["start"], one["end"], (Way(to, look="word"),)))
    return found


def mended(text: str, words: Iterable[tuple[str, str]], groups: Iterable[Any]) -> list[Mark]:
    """The words that the reviewer corrected, where they were read; each leads to its value."""
    known = {group.key: group for group in groups}
    found = {}
    for path, before in words:
        if group := known.get(value_of(path)):
            to = Way(f"wert-{group.anchor}", look="mended")
            for word in chain.from_iterable(
                TOKEN.finditer(text, spot.start, spot.end) for spot in group.spots
            ):
                if word[0] == before:
                    found[word.span()] = Mark(*word.span(), (to,))
    return list(found.values())


def drawn(text: str, marks: Iterable[Mark], start: int, end: int | None) -> SafeString:
    """The text from ``start`` to ``end`` with its marks, one within another where they overlap.

    Blank lines at its begin and end are left out.
    """
    stop = len(text) if end is None else end
    within = [mark for mark in marks if start <= mark.start < stop]
    within.sort(key=lambda mark: (mark.start, -mark.end))
    words = text[start:stop].strip()
    first = text.index(words, start)
    last = max([first + len(words), *(min(mark.end, stop) for mark in within)])
    return _drawn(text, within, min([first, *(mark.start for mark in within)]), last)


def _drawn(text: str, within: Sequence[Mark], start: int, stop: int) -> SafeString:
    pieces, at, place = [], start, 0
    while place < len(within):
        mark = within[place]
        end = min(mark.end, stop)
        behind = place + 1
        while behind < len(within) and within[behind].start < end:
            behind += 1
        inner = within[place + 1 : behind]
        pieces.append(escape(text[at : mark.start]))
        pieces.append(_mark(text, mark, inner, end))
        at, place = end, behind
    pieces.append(escape(text[at:stop]))
    return mark_safe("".join(pieces))  # noqa: S308 - every piece is escaped


def _mark(text: str, mark: Mark, inner: Sequence[Mark], end: int) -> SafeString:
    """A mark is a link where it is short; around other marks only its numbers are."""
    ways = sorted(mark.ways, key=lambda way: (not way.number, way.number))
    if not inner and end - mark.start < LONG:
        lead = ways[0]
        words = format_html('<a href="#{}">{}</a>', lead.to, text[mark.start : end])
        drawn = _named(words, ways)
        return format_html("{}{}", drawn, _numbers(ways))
    words = _drawn(text, inner, mark.start, end)
    ways = [way for way in ways if way.needs_mark]
    if not ways:
        return words
    return _named(format_html("{}{}", _numbers(ways), words), ways, "zw-mark--around")


def _named(words: SafeString, ways: Sequence[Way], look: str = "") -> SafeString:
    """The words within one mark for each name by which values quote them."""
    looks = " ".join(filter(None, [look, *(f"zw-mark--{w.look}" for w in ways[:1] if w.look)]))
    names = [way.name for way in ways if way.name] or [""]
    for place, name in enumerate(reversed(names), 1):
        named = format_html(' id="{}"', name) if name else NOTHING
        dressed = format_html(' class="{}"', looks) if looks and place == len(names) else NOTHING
        words = format_html("<mark{}{}>{}</mark>", named, dressed, words)
    return words


def _numbers(ways: Sequence[Way]) -> SafeString:
    """The numbers of the doubts about a place, each the way to its own."""
    numbers = NOTHING
    for way in ways:
        if way.number:
            said = gettext("Zweifel {number}").format(number=way.number)
            numbers = format_html(
                '{}<a class="zw-mark__number" href="#zweifel-{}" aria-label="{}"{}>{}</a>',
                numbers,
                way.number,
                said,
                NOTHING if language() == "de" else format_html(' lang="{}"', language()),
                way.number,
            )
    return numbers
