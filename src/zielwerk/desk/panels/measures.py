"""Measures with who carries them out."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext

from zielwerk.measures.models import Delivery, Measure
from zielwerk.packs import loading as packs
from zielwerk.rulebook.calendar import is_valid
from zielwerk.tables import Cell


@dataclass(frozen=True)
class Carrier:
    """Who carries a measure out, how the work is passed on, and whether that is so today."""

    delivery: Delivery
    who: str
    how: str
    is_current: bool
    is_over: bool


@dataclass(frozen=True)
class Carried:
    """A measure with the label of its type in its year, and who carries it out."""

    measure: Measure
    kind: str
    carriers: tuple[Carrier, ...]

    @property
    def is_open(self) -> bool:
        """Whether nobody is known to carry it out, today or later."""
        return all(one.is_over for one in self.carriers)


def carried(measures: Iterable[Measure], on: date) -> list[Carried]:
    """Measures in their order; expects their deliveries fetched along."""
    found = []
    for measure in measures:
        year = packs.load(measure.programme, measure.year)
        kinds = {one.code: one.label for one in year.measure_types}
        ways = {one.code: one.label for one in year.passing_on}
        carriers = tuple(
            Carrier(
                one,
                one.party.name if one.party else gettext("die Gebietskörperschaft selbst"),
                ways.get(one.passing_on, one.passing_on),
                is_valid(one.valid_from, one.valid_until, on),
                one.valid_until is not None and one.valid_until < on,
            )
            for one in measure.deliveries.all()
        )
        found.append(Carried(measure, kinds.get(measure.type, measure.type), carriers))
    return found


def body_name(measure: Measure) -> str:
    """The name of the body whose measure it is."""
    known = {one.ags: one.name for one in packs.bodies(measure.programme)}
    return known.get(measure.ags, measure.ags)


def measure_headings() -> list[str]:
    return [
        gettext("Programmjahr"),
        "AGS",
        gettext("Gebietskörperschaft"),
        gettext("Maßnahmeart"),
        gettext("Maßnahme"),
        gettext("Wer führt durch"),
        gettext("Art der Weitergabe"),
        gettext("Ab"),
        gettext("Bis"),
    ]


def measure_cells(measures: Iterable[Measure], on: date) -> Iterator[list[Cell]]:
    """One row for each party of a measure, and one for a measure that nobody carries out."""
    for one in carried(measures, on):
        of = one.measure
        head: list[Cell] = [of.year, of.ags, body_name(of), one.kind, of.title]
        for by in one.carriers:
            yield [*head, by.who, by.how, by.delivery.valid_from, by.delivery.valid_until]
        if not one.carriers:
            yield [*head, None, None, None, None]
