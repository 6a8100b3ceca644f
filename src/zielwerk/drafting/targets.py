"""Targets in a document: made from what is planned, and in the words of the document."""

from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from zielwerk.drafting.model import Document, Measure, PieceKind, Target
from zielwerk.rulebook import target as planned
from zielwerk.rulebook.target import Baseline, Names, TargetKind

OPEN = "[noch offen: Ziel]"
NO_BASELINE = "keiner bekannt"
OF_YEAR = "Für das ganze Jahr"


def agreed(
    target: planned.Target, names: Names, *, own: str, measure: str = "", ends: date
) -> Target:
    """A planned target as a document names it, due when its course ends, else on a last day."""
    if target.kind == TargetKind.WORDS:
        names = Names("", "", "")
    is_value = target.kind == TargetKind.VALUE
    return Target(
        own,
        measure,
        str(target.kind),
        names.indicator,
        names.subgroup,
        names.unit,
        target.value if is_value else None,
        (_last_day(target) or ends).isoformat() if is_value else "",
        _baseline(target.baseline) if target.baseline else NO_BASELINE * target.has_no_baseline,
        target.assumption,
        target.data_source,
        target.words if target.kind == TargetKind.WORDS else "",
    )


def _last_day(target: planned.Target) -> date | None:
    """The last day of the month in which the planned course ends."""
    if not target.curve:
        return None
    year, month = map(int, target.curve[-1][0].split("-"))
    return date(year, month, monthrange(year, month)[1])


def _baseline(known: Baseline) -> str:
    return f"{grouped(known.value)} ({known.source}, {known.year})"


def target_words(target: Target) -> str:
    """A target as the document names it: what is aimed at, and what that rests on."""
    return " ".join(_sentences(target))


def _sentences(target: Target) -> Iterator[str]:
    if target.kind == TargetKind.WORDS:
        yield _closed(target.words) if target.words else OPEN
    else:
        of = f"{target.indicator}, nur {target.subgroup}" if target.subgroup else target.indicator
        yield f"{of or OPEN}: {_aim(target)}."
    for name, text in (
        ("Ausgangswert", target.baseline),
        ("Annahme", target.assumption),
        ("Datenquelle", target.data_source),
    ):
        if text:
            yield _closed(f"{name}: {text}")


def _aim(target: Target) -> str:
    if target.kind == TargetKind.OBSERVATION:
        return "wird beobachtet, ohne Zielwert"
    until = f"{date.fromisoformat(target.until):%d.%m.%Y}" if target.until else ""
    value = "Zielwert noch offen" if target.value is None else grouped(target.value)
    aim = f"{value} {target.unit}".strip() if target.value is not None else value
    return f"{aim} bis {until}" if until else aim


def _closed(text: str) -> str:
    """A sentence with its full stop."""
    return text if text.endswith((".", "!", "?")) else f"{text}."


def grouped(number: int) -> str:
    """A number as people read it: "1.200"."""
    return f"{number:,}".replace(",", ".")


def beneath(measures: Sequence[Measure], targets: Iterable[Target]) -> tuple[Target, ...]:
    """The targets of the whole year, then those of each measure, else as they came.

    Of a measure that is not there they go with it.
    """
    place = {"": 0} | {each.id: number for number, each in enumerate(measures, 1)}
    kept = [each for each in targets if each.measure in place]
    return tuple(sorted(kept, key=lambda each: place[each.measure]))


def has_targets_place(document: Document) -> bool:
    """Whether the document has a place where targets stand."""
    pieces = (piece for clause in document.clauses for piece in clause.pieces)
    return any(piece.kind is PieceKind.PLACE and piece.text == "targets" for piece in pieces)
