"""Measures with their carriers."""

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
    """A party that carries a measure out, its kind of passing on, and whether it does today."""

    delivery: Delivery
    name: str
    passing_on: str
    is_current: bool
    is_over: bool


@dataclass(frozen=True)
class MeasureRow:
    """A measure with the label of its type in its year, and its carriers."""

    measure: Measure
    kind: str
    carriers: tuple[Carrier, ...]

    @property
    def is_open(self) -> bool:
        """Whether nobody is known to carry it out, today or later."""
        return all(carrier.is_over for carrier in self.carriers)


def measure_rows(measures: Iterable[Measure], on: date) -> list[MeasureRow]:
    """Measures in their order; expects their deliveries fetched along."""
    rows = []
    for measure in measures:
        year = packs.load(measure.programme, measure.year)
        kinds = {kind.code: kind.label for kind in year.measure_types}
        passing_on = {kind.code: kind.label for kind in year.passing_on}
        carriers = tuple(
            Carrier(
                delivery,
                delivery.party.name
                if delivery.party
                else gettext("die Gebietskörperschaft selbst"),
                passing_on.get(delivery.passing_on, delivery.passing_on),
                is_valid(delivery.valid_from, delivery.valid_until, on),
                delivery.valid_until is not None and delivery.valid_until < on,
            )
            for delivery in measure.deliveries.all()
        )
        rows.append(MeasureRow(measure, kinds.get(measure.type, measure.type), carriers))
    return rows


def body_name(measure: Measure) -> str:
    """The name of the body whose measure it is."""
    names = {body.ags: body.name for body in packs.bodies(measure.programme)}
    return names.get(measure.ags, measure.ags)


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
    for row in measure_rows(measures, on):
        measure = row.measure
        head: list[Cell] = [measure.year, measure.ags, body_name(measure), row.kind, measure.title]
        for carrier in row.carriers:
            yield [
                *head,
                carrier.name,
                carrier.passing_on,
                carrier.delivery.valid_from,
                carrier.delivery.valid_until,
            ]
        if not row.carriers:
            yield [*head, None, None, None, None]
