"""Entering the statistical needs of the bodies."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from zielwerk.allocation.models import IndicatorData
from zielwerk.core.actions import action, seal
from zielwerk.core.permissions import Actor
from zielwerk.documents.models import StoredFile
from zielwerk.packs import loading as packs
from zielwerk.packs import naming
from zielwerk.rulebook.refusal import Refusal, Refused, msg
from zielwerk.rulebook.writing import says_something


@dataclass(frozen=True)
class Needs:
    """Values of indicators by body: ``{ags: {indicator: value}}``, from one source."""

    programme: str
    year: int
    source: str
    reference_date: date
    values: Mapping[str, Mapping[str, Fraction]]
    file: StoredFile | None = None
    is_invented: bool = False


@action("imports.bring_in")
def enter_indicators(actor: Actor, needs: Needs, *, at: datetime) -> IndicatorData:
    """Enter a set of needs; every body must be one of the year, every indicator known."""
    if refusals := _refusals(needs):
        raise Refused(*refusals)
    data = IndicatorData.objects.create(
        programme=needs.programme,
        year=needs.year,
        source=needs.source.strip()[:200],
        reference_date=needs.reference_date,
        values={
            ags: {code: _plain(value) for code, value in values.items()}
            for ags, values in sorted(needs.values.items())
        },
        file=needs.file,
        is_invented=needs.is_invented,
        entered_by=actor.audit_name,
        entered_at=at,
    )
    seal(data)
    return data


def _plain(value: Fraction) -> str:
    """A value as text from which the same fraction is read again."""
    return str(value)


def _refusals(needs: Needs) -> list[Refusal]:
    rules = packs.load(needs.programme, needs.year)
    labels = {indicator.code: indicator.label for indicator in rules.indicators}
    bodies = {body.ags for body in packs.bodies_in(needs.programme, needs.year)}
    refusals = []
    if not says_something(needs.source):
        refusals.append(Refusal("programme.no_source", msg("Die Quelle der Werte fehlt.")))
    if not needs.values:
        refusals.append(Refusal("programme.no_values", msg("Es sind keine Werte angegeben.")))
    for ags, values in sorted(needs.values.items()):
        body = naming.short(needs.programme, ags)
        if ags not in bodies:
            sentence = msg("{body}: Diese Körperschaft gibt es im Programmjahr {year} nicht.")
            params = {"body": body, "year": needs.year}
            refusals.append(Refusal("programme.no_such_body", sentence, params))
        for code, value in values.items():
            if code not in labels:
                sentence = msg("Die Kennzahl „{indicator}“ ist im Regelwerk nicht vorgesehen.")
                refusals.append(
                    Refusal("programme.no_such_indicator", sentence, {"indicator": code})
                )
            elif value < 0:
                sentence = msg("{body}: Der Wert von „{indicator}“ ist kleiner als null.")
                slots = {"body": body, "indicator": labels[code]}
                refusals.append(Refusal("programme.negative_value", sentence, slots))
    return refusals
