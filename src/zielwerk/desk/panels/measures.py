"""Measures with their carriers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from zielwerk.measures.models import Delivery, Measure
from zielwerk.packs import loading as packs
from zielwerk.programme import queries as programmes
from zielwerk.rulebook.calendar import holds_on
from zielwerk.rulebook.refusal import msg
from zielwerk.ui import lists
from zielwerk.ui.lists import KEY_OF_BODY, Column
from zielwerk.ui.tags.pieces import badge


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
                holds_on(delivery, on),
                delivery.valid_until is not None and delivery.valid_until < on,
            )
            for delivery in measure.deliveries.all()
        )
        rows.append(MeasureRow(measure, kinds.get(measure.type, measure.type), carriers))
    return rows


def body_name(measure: Measure) -> str:
    """The name of the body whose measure it is."""
    return name_of_body(measure.ags, measure.programme)


def name_of_body(ags: str, programme: str) -> str:
    return programmes.body_names(programme).get(ags, ags)


def carrier_name(name: str | None, delivery: int | None, *others: object) -> str | None:
    """Who carries a measure out: a party, or the body itself; None where nobody is known."""
    if delivery is None:
        return None
    return name or gettext("die Gebietskörperschaft selbst")


def carrier_cell(name: str | None, delivery: int | None, *others: object) -> SafeString | str:
    return carrier_name(name, delivery) or badge(gettext("noch nicht eingetragen"))


def type_label(code: str, programme: str, year: int) -> str:
    kinds = {kind.code: kind.label for kind in packs.load(programme, year).measure_types}
    return kinds.get(code, code)


def passing_on_label(code: str | None, programme: str, year: int) -> str | None:
    kinds = {kind.code: kind.label for kind in packs.load(programme, year).passing_on}
    return kinds.get(code, code) if code else None


MEASURES = (
    Column(
        "title",
        msg("Maßnahme"),
        ("title", "pk"),
        url=lambda title, pk: reverse("desk:delivery", args=[pk]),
        tells=("body_name", "ags", "year", "carrier"),
        sort=("title_key",),
        language="de",
    ),
    KEY_OF_BODY,
    lists.body(of="ags"),
    Column("year", msg("Programmjahr")),
    Column(
        "type", msg("Maßnahmeart"), ("type", "programme", "year"), value=type_label, language="de"
    ),
    Column(
        "carrier",
        msg("Wer führt durch"),
        ("carrier", "delivery", "is_carrier_invented"),
        value=carrier_name,
        cell=carrier_cell,
        mark=lambda name, delivery, is_invented: lists.mark(lists.invented(bool(is_invented))),
    ),
    Column(
        "passing_on",
        msg("Art der Weitergabe"),
        ("passing_on", "programme", "year"),
        value=passing_on_label,
        language="de",
    ),
    Column("valid_from", msg("Ab")),
    Column("valid_until", msg("Bis")),
)
