"""The least and most of each body, and whether a total fits between."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from operator import itemgetter
from typing import Literal

from zielwerk.rulebook.allocation.key import Key, Need
from zielwerk.rulebook.alphabet import sort_key
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

    @property
    def is_empty(self) -> bool:
        """Whether no amount lies within them."""
        return self.upper_cents is not None and self.lower_cents > self.upper_cents

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


NAMED = 3  # bodies named in a sentence; beyond that they are counted

_ONE = msg(
    "Für {names} ist kein Betrag möglich: mindestens {lower} ({lower_by}), höchstens {upper} "
    "({upper_by}), nach innen gerundet auf {unit}."
)
_SOME = msg(
    "Für {names} ist kein Betrag möglich; {first}: mindestens {lower} ({lower_by}), höchstens "
    "{upper} ({upper_by}), nach innen gerundet auf {unit}."
)
_MANY = msg(
    "Für {names} und weitere ({more}) ist kein Betrag möglich; {first}: mindestens {lower} "
    "({lower_by}), höchstens {upper} ({upper_by}), nach innen gerundet auf {unit}."
)


def colliding_limits(
    key: Key, needs: Sequence[Need], limits: Sequence[Limits]
) -> Iterator[Refusal]:
    """The reason why limits leave some bodies no amount at all: one sentence for all of them.

    ``limits`` among its params are all limits that take part, ``is_rounded`` says whether some
    body would have an amount without the rounding.
    """
    colliding = [(need, limit) for need, limit in zip(needs, limits, strict=True) if limit.is_empty]
    if not colliding:
        return
    colliding.sort(key=lambda pair: sort_key(pair[0].called))
    exact = replace(key, rounding_cents=1)
    first, limit = colliding[0]
    names = tuple(need.called for need, _ in colliding)
    taking_part = {name: None for _, held in colliding for name in (held.lower_by, held.upper_by)}
    yield Refusal(
        "allocation.limits_collide",
        _ONE if len(names) == 1 else _SOME if len(names) <= NAMED else _MANY,
        {
            "names": names[:NAMED],
            "more": len(names) - NAMED,
            "first": first.called,
            "lower": Cents(limit.lower_cents),
            "lower_by": Label(LIMIT_LABELS[limit.lower_by]),
            "upper": Cents(limit.upper_cents or 0),
            "upper_by": Label(LIMIT_LABELS[limit.upper_by]),
            "unit": Cents(key.rounding_cents),
            "limits": tuple(Label(LIMIT_LABELS[name]) for name in taking_part),
            "is_rounded": not all(limits_of(exact, need).is_empty for need, _ in colliding),
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
