"""Values by year as lines with points, and the years where a series breaks."""

from collections.abc import Sequence
from dataclasses import dataclass

STEP, TOP, PLOT, BOTTOM = 112, 56, 200, 40  # from year to year; above, of and below the lines
SIDE = 60
MARKERS = ("circle", "square", "diamond", "triangle")


@dataclass(frozen=True)
class Line:
    """A series: its label and its value by year; a year without a value is a gap."""

    label: str
    values: dict[int, int | None]


@dataclass(frozen=True)
class Break:
    """From this year on, values do not compare with the earlier ones; the text says why."""

    year: int
    text: str


@dataclass(frozen=True)
class Point:
    year: int
    value: int
    x: float
    y: float


@dataclass(frozen=True)
class DrawnLine:
    """A line with its points, and the pieces between points that follow each other."""

    label: str
    marker: str
    points: tuple[Point, ...]
    pieces: tuple[str, ...]


@dataclass(frozen=True)
class Series:
    years: tuple[tuple[int, float], ...]
    lines: tuple[DrawnLine, ...]
    breaks: tuple[tuple[Break, float], ...]
    width: float
    height: float
    base: float  # the height of zero


def series(lines: Sequence[Line], breaks: Sequence[Break] = ()) -> Series:
    """Lay out lines over all years from the first to the last, on a scale that holds zero.

    A line is not drawn across a gap nor across a break.
    """
    filled = [year for line in lines for year, value in line.values.items() if value is not None]
    years = range(min(filled), max(filled) + 1) if filled else range(0)
    values = [value for line in lines for value in line.values.values() if value is not None]
    low, high = min([0, *values]), max([0, *values])
    marked = [at for at in breaks if filled and years[0] < at.year <= years[-1]]

    def x(year: float) -> float:
        return SIDE + (year - years[0]) * STEP

    def y(value: int) -> float:
        return round(TOP + PLOT * (high - value) / (high - low or 1), 2)

    def line(number: int, data: Line) -> DrawnLine:
        points = [
            Point(year, value, x(year), y(value))
            for year in years
            if (value := data.values.get(year)) is not None
        ]
        pieces = _pieces(points, {series_break.year for series_break in marked})
        return DrawnLine(data.label, MARKERS[number % len(MARKERS)], tuple(points), pieces)

    return Series(
        tuple((year, x(year)) for year in years),
        tuple(line(number, data) for number, data in enumerate(lines)),
        tuple((series_break, x(series_break.year - 0.5)) for series_break in marked),
        width=2 * SIDE + max(len(years) - 1, 0) * STEP,
        height=TOP + PLOT + BOTTOM,
        base=y(0),
    )


def _pieces(points: Sequence[Point], breaks: set[int]) -> tuple[str, ...]:
    pieces: list[list[Point]] = []
    for point in points:
        follows = pieces and pieces[-1][-1].year == point.year - 1 and point.year not in breaks
        if follows:
            pieces[-1].append(point)
        else:
            pieces.append([point])
    return tuple(
        " ".join(f"{point.x:g},{point.y:g}" for point in piece) for piece in pieces if piece[1:]
    )
