"""What changed, in sentences that can be heard: "§ 4: statt 1.600.100 Euro nun 1.650.300 Euro"."""

import re
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

from zielwerk.rulebook.redline.nodes import Change, Kind, Node
from zielwerk.rulebook.redline.paragraphs import without_bullet
from zielwerk.rulebook.redline.parts import Op, Part, shown
from zielwerk.rulebook.redline.words import amount, day, is_citation
from zielwerk.rulebook.refusal import Said, msg

MOST_WORDS = 12
MOST_CHARACTERS = 160
MOST_CHANGES = 12
"""So many changes of one node are told; how many more there are is said."""

_CURRENCY = frozenset({"Euro", "EUR", "€"})
_PERCENT = frozenset({"%", "Prozent", "v.\u00a0H.", "v. H.", "vom Hundert"})
_NUMBER = re.compile(r"[-−]?\d(?:[.,'’\s]?\d)*+(?:,[-–—]{1,2})?")
_UNIT = re.compile(
    r"\s?(?:(?:Mio\.|Mrd\.|Tsd\.|Millionen)\s)?"
    r"(?:(?:Euro|EUR|Prozent|vom Hundert|Pl[aä]tzen?|Personen|Teilnehmenden?|Stunden|Tagen?|Wochen"
    r"|Monaten?)(?!\w)|€|%|v\.\sH\.)"
)


def told(change: Change, say: Callable[[Said], str]) -> str:
    """The sentence of a change, with its place in front; ``say`` puts it into a language."""
    place = place_of(change)
    where = place if isinstance(place, str) else say(place)
    return f"{where}: {'; '.join(map(say, said(change)))}"


def said(change: Change) -> list[Said]:
    """What became of a node, a sentence for each of its changes, without its place."""
    if change.kind is Kind.ADDED:
        return [Said(_ADDED, {"text": _name(change.node)})]
    if change.kind is Kind.REMOVED:
        return [Said(_REMOVED, {"text": _name(change.node)})]
    sentences = [_move(change)] if change.moved else []
    if change.kind is Kind.CHANGED:
        every = list(_wording(change))
        more = len(every) - MOST_CHANGES
        sentences += every[:MOST_CHANGES]
        if more > 0:
            sentences.append(Said(_MORE, {"count": more}))
    return sentences


_ADDED = msg("neu: „{text}“")
_REMOVED = msg("gestrichen: „{text}“")
_ADDED_WORDS = msg("neu ist „{text}“")
_REMOVED_WORDS = msg("entfallen ist „{text}“")
_REPLACED = msg("statt „{old}“ nun „{new}“")
_FIGURES = msg("statt {old} nun {new}")
_FIGURES_BY = msg("statt {old} nun {new} ({difference})")
_MORE = msg("und weitere Stellen: {count}")
_POINTS = msg("{number} Prozentpunkte")
_SAME_AMOUNT = msg("derselbe Betrag")
_SAME_DAY = msg("derselbe Tag")
_LATER, _A_DAY_LATER = msg("{days} Tage später"), msg("einen Tag später")
_EARLIER, _A_DAY_EARLIER = msg("{days} Tage früher"), msg("einen Tag früher")
_BEFORE = msg("„{text}“ steht nun vor „{neighbour}“")
_BEHIND = msg("„{text}“ steht nun hinter „{neighbour}“")
_FROM = msg("„{text}“ stand bisher in {section}")
_ELSEWHERE = msg("„{text}“ steht nun an anderer Stelle")
_ONCE = msg("{place} (bisher {before})")


def place_of(change: Change) -> str | Said:
    """Where a change is: its section where a node moved, its label otherwise."""
    node = change.node
    if change.kind is Kind.MOVED:
        return node.section
    if change.old and change.new and not change.moved and change.old.section != node.section:
        return Said(_ONCE, {"place": node.label, "before": change.old.section})
    return node.label


def _move(change: Change) -> Said:
    assert change.old
    assert change.new
    text = _name(change.new)
    if change.old.section != change.new.section:
        return Said(_FROM, {"text": text, "section": change.old.section})
    for neighbour, sentence in ((change.follower, _BEFORE), (change.leader, _BEHIND)):
        if neighbour and neighbour.section == change.new.section:
            return Said(sentence, {"text": text, "neighbour": _name(neighbour)})
    return Said(_ELSEWHERE, {"text": text})


def _name(node: Node) -> str:
    """The first words of a node, of an item without its bullet."""
    return shortened(without_bullet(node.text))


def _wording(change: Change) -> Iterator[Said]:
    """A sentence for each place of a node whose wording changed."""
    assert change.old
    assert change.new
    if not change.old.text.strip():
        yield Said(_ADDED, {"text": shortened(change.new.text)})
        return
    if not change.new.text.strip():
        yield Said(_REMOVED, {"text": shortened(change.old.text)})
        return
    for dropped, added, behind in _places(shown(change.parts)):
        yield replaced(dropped, added, behind)


def _places(parts: Iterable[Part]) -> Iterator[tuple[str, str, str]]:
    """What was dropped and added at each place, and what is kept behind it."""
    dropped = added = ""
    for part in parts:
        if part.op is Op.DROP:
            dropped += part.text
        elif part.op is Op.ADD:
            added += part.text
        elif part.text.strip():
            if dropped or added:
                yield dropped, added, part.text
            dropped = added = ""
        elif dropped and added:
            dropped, added = dropped + part.text, added + part.text
    if dropped or added:
        yield dropped, added, ""


def replaced(dropped: str, added: str, behind: str) -> Said:
    """What stands at a place in place of what; ``behind`` is what is kept after it."""
    if not dropped.strip():
        return Said(_ADDED_WORDS, {"text": shortened(added)})
    if not added.strip():
        return Said(_REMOVED_WORDS, {"text": shortened(dropped)})
    return _instead(dropped, added, behind)


def _instead(dropped: str, added: str, behind: str) -> Said:
    old, new = " ".join(dropped.split()), " ".join(added.split())
    before, after = day(old), day(new)
    if before and after:
        difference = _days((after - before).days)
        return Said(_FIGURES_BY, {"old": old, "new": new, "difference": difference})
    if is_citation(old) and is_citation(new):
        return Said(_FIGURES, {"old": old, "new": new})
    figures = _figure(old, behind), _figure(new, behind)
    if figures[0] and figures[1]:
        return _figures(figures[0], figures[1])
    return Said(_REPLACED, {"old": _unquoted(shortened(old)), "new": _unquoted(shortened(new))})


def _days(days: int) -> Said:
    if abs(days) == 1:
        return Said(_A_DAY_LATER if days > 0 else _A_DAY_EARLIER)
    if days:
        return Said(_LATER if days > 0 else _EARLIER, {"days": abs(days)})
    return Said(_SAME_DAY)


def _figure(text: str, behind: str) -> tuple[str, str, Decimal] | None:
    """An amount as it is written, its unit, which may be kept behind it, and its value."""
    number = _NUMBER.match(text)
    if number is None:
        return None
    unit = _UNIT.match(text[number.end() :] + behind)
    end = number.end() + (unit.end() if unit else 0)
    value = amount(number[0])
    if value is None or end < len(text):
        return None
    return " ".join((text + behind)[:end].split()), " ".join(unit[0].split()) if unit else "", value


def _figures(old: tuple[str, str, Decimal], new: tuple[str, str, Decimal]) -> Said:
    values = {"old": old[0], "new": new[0]}
    unit = "Euro" if {old[1], new[1]} <= _CURRENCY and old[1] != new[1] else new[1]
    is_same_unit = old[1] == new[1] or {old[1], new[1]} <= _CURRENCY
    is_plain = not new[1] and "." not in old[0] + new[0]  # a year, a number: no sum
    if not is_same_unit or is_plain:
        return Said(_FIGURES, values)
    difference = new[2] - old[2]
    if not difference:
        return Said(_FIGURES_BY, {**values, "difference": Said(_SAME_AMOUNT)})
    number = f"{'+' if difference > 0 else '−'} {_written(abs(difference))}"
    if unit in _PERCENT:
        return Said(_FIGURES_BY, {**values, "difference": Said(_POINTS, {"number": number})})
    is_money = unit.split(" ")[-1] in _CURRENCY
    return Said(_FIGURES_BY, {**values, "difference": f"{number} {unit}" if is_money else number})


def _written(value: Decimal) -> str:
    """A number as Germans write it, with decimals only where it has some."""
    whole = value == value.to_integral_value()
    text = f"{value.to_integral_value():,}" if whole else f"{value:,}"
    return text.translate(str.maketrans(",.", ".,"))


def shortened(text: str) -> str:
    """The first words of a text, with "…" where more follow."""
    every = text.split()
    short = " ".join(every[:MOST_WORDS])
    if len(short) > MOST_CHARACTERS:
        return short[: MOST_CHARACTERS - 1] + "…"
    return short if len(every) <= MOST_WORDS else f"{short} …"


def _unquoted(text: str) -> str:
    """A text that stands in quotes already, without them."""
    if text[:1] == "„" and text[-1:] == "“" and text.count("„") == 1:
        return text[1:-1]
    return text
