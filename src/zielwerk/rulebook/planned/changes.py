"""How two versions of a plan differ, and what becomes of two people who change one at once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.planned.content import FIELDS, TOGETHER, CostLine, Plan
from zielwerk.rulebook.refusal import msg
from zielwerk.rulebook.target import Target

LABELS: Mapping[str, str] = {
    "title": msg("Titel"),
    "type": msg("Maßnahmeart"),
    "first_day": msg("Erster Tag"),
    "last_day": msg("Letzter Tag"),
    "seats": msg("Plätze"),
    "target_groups": msg("Zielgruppen"),
    "group_reason": msg("Begründung der Zielgruppe"),
    "age_reason": msg("Begründung der Altersgruppe im Titel"),
    "legal_areas": msg("Rechtskreise"),
    "part_time": msg("Teilzeitform"),
    "language": msg("Sprachanteil"),
    "earmark": msg("Zweckbindung"),
    "passing_on": msg("Art der Weitergabe"),
    "party": msg("Wer führt durch"),
    "carrier": msg("Wer führt durch"),
    "costs": msg("Kosten"),
    "priorities": msg("Schwerpunkte der Strategie"),
    "frameworks": msg("Bezugsrahmen"),
    "accessibility": msg("Barrierefreiheit"),
    "gender": msg("Geschlechtergerechte Gestaltung"),
    "targets": msg("Ziele"),
}
UNSEEN = frozenset({"party"})
"""Fields of which another one tells people what they hold."""


@dataclass(frozen=True)
class Change:
    """One line of what changed: the field, and its value before and after; null where none was.

    Of costs and targets ``what`` is the line that changed: its :class:`CostLine` without the
    amount, the :class:`Target` it was or is.
    """

    field: str
    before: object
    after: object
    what: CostLine | Target | None = None


def changes(before: Plan, after: Plan) -> tuple[Change, ...]:
    """Every line that differs; in lists, costs and targets member by member."""
    return tuple(_changes(before, after))


def _changes(before: Plan, after: Plan) -> Iterator[Change]:
    for name in FIELDS:
        old, new = getattr(before, name), getattr(after, name)
        if old == new or name in UNSEEN:
            continue
        if name == "costs":
            yield from _of_costs(old, new)
        elif name == "targets":
            yield from _of_targets(old, new)
        elif isinstance(old, tuple):
            yield from (Change(name, code, None) for code in old if code not in new)
            yield from (Change(name, None, code) for code in new if code not in old)
        else:
            yield Change(name, None if old == "" else old, None if new == "" else new)


def _of_costs(before: Iterable[CostLine], after: Iterable[CostLine]) -> Iterator[Change]:
    """By category, source and budget year; what stands twice counts as its sum."""
    old, new = _summed(before), _summed(after)
    for line in dict.fromkeys([*old, *new]):
        if old.get(line) != new.get(line):
            yield Change("costs", _cents(old.get(line)), _cents(new.get(line)), line)


def _summed(lines: Iterable[CostLine]) -> dict[CostLine, int]:
    sums: dict[CostLine, int] = {}
    for line in lines:
        key = replace(line, amount_cents=0)
        sums[key] = sums.get(key, 0) + line.amount_cents
    return sums


def _cents(amount: int | None) -> Cents | None:
    return None if amount is None else Cents(amount)


def _of_targets(before: Sequence[Target], after: Sequence[Target]) -> Iterator[Change]:
    """By the number that a target keeps."""
    old, new = ({target.number: target for target in each} for each in (before, after))
    for number in sorted({*old, *new}):
        if old.get(number) != new.get(number):
            known = new.get(number) or old[number]
            yield Change("targets", old.get(number), new.get(number), known)


@dataclass(frozen=True)
class Conflict:
    """A field that two people changed to different ends: what it was, what each made of it."""

    field: str
    before: object
    theirs: object
    mine: object


def merged(
    base: Plan, theirs: Plan, mine: Plan, chosen: Mapping[str, str] | None = None
) -> tuple[Plan, tuple[Conflict, ...]]:
    """One plan of two that were made from ``base``; only fields that I changed are applied.

    A field that both changed, and not to the same, is a conflict until ``chosen`` says ``mine``
    or ``theirs`` for it: until then it holds mine. Fields of one answer go together.
    """
    chosen = chosen or {}
    values: dict[str, object] = {}
    conflicts = []
    for names in _answers():
        old, other, own = (tuple(getattr(each, n) for n in names) for each in (base, theirs, mine))
        if own == old or chosen.get(names[0]) == "theirs":
            continue
        values |= dict(zip(names, own, strict=True))
        if other not in (old, own) and chosen.get(names[0]) != "mine":
            shown = names[-1]
            pairs = (getattr(each, shown) for each in (base, theirs, mine))
            conflicts.append(Conflict(names[0], *pairs))
    return replace(theirs, **values), tuple(conflicts)  # type: ignore[arg-type]


def _answers() -> Iterator[tuple[str, ...]]:
    together = {name: names for names in TOGETHER for name in names}
    yield from dict.fromkeys(together.get(name, (name,)) for name in FIELDS)
