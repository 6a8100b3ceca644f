"""The least and most of each body, and whether a total fits between."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from operator import itemgetter
from typing import Literal

from zielwerk.rulebook.allocation.key import Key, Need
from zielwerk.rulebook.lifecycle import Label
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.refusal import Refusal, msg

LimitName = Literal["", "floor", "cap", "change_up", "change_down"]

LIMIT_LABELS: Mapping[LimitName, str] = {
    "": "",
    "floor": msg("Mindestbetrag"),
    "cap": msg("Höchstbetrag"),
    "change_up": msg("größter Zuwachs zum Vorjahr"),
    "change_down": msg("größter Rückgang zum Vorjahr"),
}


@dataclass(frozen=True)
class Limits:
    """Least and most of one body, whole units in cents, each with the rule that sets it.

    ``upper_cents`` is None where nothing bounds the amount from above.
    """

    lower_cents: int
    lower_by: LimitName
    upper_cents: int | None
    upper_by: LimitName

    def clamp(self, cents: int) -> int:
        """The amount within the limits that is nearest."""
        raised = max(cents, self.lower_cents)
        return raised if self.upper_cents is None else min(raised, self.upper_cents)


def limits_of(key: Key, need: Need) -> Limits:
    """The narrowest limits of one body, rounded inward to units.

    Where floor or cap and last year bind alike, the floor or cap is named.
    """
    unit = key.rounding_cents
    lowest: list[tuple[int, LimitName]] = [(0, "")]
    highest: list[tuple[int, LimitName]] = []
    if key.floor_cents is not None:
        lowest.append((_up(key.floor_cents, unit), "floor"))
    if key.cap_cents is not None:
        highest.append((_down(key.cap_cents, unit), "cap"))
    if key.max_change_percent is not None and need.last_year_cents is not None:
        change = Fraction(need.last_year_cents) * key.max_change_percent / 100
        lowest.append((_up(need.last_year_cents - change, unit), "change_down"))
        highest.append((_down(need.last_year_cents + change, unit), "change_up"))
    upper = min(highest, key=itemgetter(0), default=(None, ""))
    return Limits(*max(lowest, key=itemgetter(0)), *upper)


def _down(cents: int | Fraction, unit: int) -> int:
    return cents // unit * unit


def _up(cents: int | Fraction, unit: int) -> int:
    return -(-cents // unit) * unit


def colliding_limits(key: Key, need: Need, limits: Limits) -> Iterator[Refusal]:
    """The reason why one body's limits leave no amount at all."""
    if limits.upper_cents is not None and limits.lower_cents > limits.upper_cents:
        yield Refusal(
            "allocation.limits_collide",
            msg(
                "Für {ags} {name} ist kein Betrag möglich: mindestens {lower} ({lower_by}), aber "
                "höchstens {upper} ({upper_by}), jeweils nach innen gerundet auf {unit}."
            ),
            {
                "ags": need.ags,
                "name": need.name,
                "lower": Cents(limits.lower_cents),
                "lower_by": Label(LIMIT_LABELS[limits.lower_by]),
                "upper": Cents(limits.upper_cents),
                "upper_by": Label(LIMIT_LABELS[limits.upper_by]),
                "unit": Cents(key.rounding_cents),
            },
        )


def unreachable_total(
    key: Key, limits: Sequence[Limits], parts: Sequence[int], target_cents: int
) -> Iterator[Refusal]:
    """The reason why no λ ≥ 0 meets the target within the limits.

    ``parts`` are the bodies' shares on any scale; only whether one is zero counts here.
    """
    least = sum(limit.lower_cents for limit in limits)
    bases = sum(limit.clamp(key.base_cents) for limit in limits)
    highest = _sum(limit.upper_cents for limit in limits)
    reach = _sum(
        limit.upper_cents if part else limit.clamp(key.base_cents)
        for limit, part in zip(limits, parts, strict=True)
    )
    values = {"target": Cents(target_cents)}
    if least > target_cents:
        yield Refusal(
            "allocation.lower_limits_exceed_total",
            msg("Die Untergrenzen ergeben zusammen {sum}, zu verteilen sind nur {target}."),
            {**values, "sum": Cents(least)},
        )
    elif bases > target_cents:
        yield Refusal(
            "allocation.bases_exceed_total",
            msg(
                "Die Sockelbeträge ergeben innerhalb der Grenzen zusammen {sum}, zu verteilen "
                "sind nur {target}. Für den Bedarf bliebe nichts."
            ),
            {**values, "sum": Cents(bases)},
        )
    elif highest is not None and highest < target_cents:
        yield Refusal(
            "allocation.upper_limits_below_total",
            msg("Die Obergrenzen erlauben zusammen nur {sum}, zu verteilen sind {target}."),
            {**values, "sum": Cents(highest)},
        )
    elif reach is not None and reach < target_cents:
        yield Refusal(
            "allocation.need_below_total",
            msg(
                "Nur {sum} lassen sich verteilen, zu verteilen sind {target}: Wer Bedarf hat, ist "
                "an der Obergrenze, und wer keinen hat, bekommt nur den Sockelbetrag."
            ),
            {**values, "sum": Cents(reach)},
        )


def _sum(amounts: Iterator[int | None]) -> int | None:
    """The sum, None (unbounded) where one amount is."""
    total = 0
    for amount in amounts:
        if amount is None:
            return None
        total += amount
    return total
