"""The input of an allocation: the key and the bodies' needs, and the reasons against them."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from zielwerk.rulebook.allocation.method import METHODS, SAINTE_LAGUE, Method
from zielwerk.rulebook.lifecycle import Label
from zielwerk.rulebook.money import MAX_CENTS, Cents
from zielwerk.rulebook.refusal import Refusal, msg

MOST_NEED = MAX_CENTS  # people, cases, euros: nothing that is counted comes near

_AGS = re.compile(r"[0-9A-Za-z]{1,12}", re.ASCII)
_AMOUNTS = {
    "base_cents": msg("Sockelbetrag"),
    "floor_cents": msg("Mindestbetrag"),
    "cap_cents": msg("Höchstbetrag"),
}


@dataclass(frozen=True)
class Key:
    """A key of allocation (Verteilungsschlüssel).

    ``weights`` by indicator, on any scale; an indicator of weight zero does not count.
    ``rounding_cents`` is the unit of every amount, ``base_cents`` what each body gets before
    need counts. ``floor_cents`` and ``cap_cents`` bound every amount; ``max_change_percent``
    bounds the change against last year, up and down, for bodies that have a last year.
    ``across_percent`` or ``across_cents`` change all amounts in proportion, below zero a cut.
    ``method`` is the one by which amounts become whole units.
    ``labels`` are what people call the indicators; without one they read its code.
    """

    rounding_cents: int
    base_cents: int
    weights: Mapping[str, int | Fraction]
    floor_cents: int | None = None
    cap_cents: int | None = None
    max_change_percent: int | Fraction | None = None
    across_percent: int | Fraction | None = None
    across_cents: int | None = None
    method: Method = SAINTE_LAGUE
    labels: Mapping[str, str] = field(default_factory=dict)

    def label(self, indicator: str) -> str:
        return self.labels.get(indicator, indicator)


@dataclass(frozen=True)
class Need:
    """The need of one regional body: its AGS and its value of each indicator.

    ``short`` is what people call it, where that is not its name.

    ``last_year_cents`` is None for a body that had no amount to compare with; zero is an
    amount, and no percentage of it allows more than zero.
    """

    ags: str
    name: str
    values: Mapping[str, int | Fraction]
    last_year_cents: int | None = None
    short: str = ""

    @property
    def called(self) -> str:
        return self.short or self.name


def key_refusals(key: Key) -> Iterator[Refusal]:
    """Every reason why no total can be shared by this key."""
    if key.rounding_cents <= 0:
        yield Refusal(
            "allocation.rounding_not_positive",
            msg("Die Rundungseinheit muss größer als null sein."),
        )
    if key.method not in METHODS:
        yield Refusal(
            "allocation.unknown_method",
            msg("Das Rundungsverfahren „{method}“ gibt es nicht. Möglich sind: {known}."),
            {"method": str(key.method)[:40], "known": tuple(METHODS)},
        )
    for name, label in _AMOUNTS.items():
        amount = getattr(key, name)
        if amount is not None and amount < 0:
            yield Refusal(
                "allocation.negative_amount",
                msg("Der {field} darf nicht negativ sein."),
                {"field": Label(label)},
            )
    if max(abs(getattr(key, name) or 0) for name in (*_AMOUNTS, "rounding_cents")) > MAX_CENTS:
        yield Refusal(
            "allocation.amount_too_large",
            msg("Ein Betrag des Schlüssels ist zu groß. Der größte Betrag ist {limit}."),
            {"limit": Cents(MAX_CENTS)},
        )
    if key.cap_cents is not None and (key.floor_cents or 0) > key.cap_cents:
        yield Refusal(
            "allocation.floor_above_cap",
            msg("Der Mindestbetrag {floor} liegt über dem Höchstbetrag {cap}."),
            {"floor": Cents(key.floor_cents or 0), "cap": Cents(key.cap_cents)},
        )
    if key.max_change_percent is not None and not 0 <= key.max_change_percent <= MOST_NEED:
        yield Refusal(
            "allocation.change_out_of_range",
            msg("Die größte Veränderung gegenüber dem Vorjahr muss ein Prozentsatz ab null sein."),
        )
    yield from _weight_refusals(key)


def _weight_refusals(key: Key) -> Iterator[Refusal]:
    for indicator, weight in key.weights.items():
        if weight.numerator < 0:
            yield Refusal(
                "allocation.negative_weight",
                msg("Das Gewicht von „{indicator}“ ist negativ. Gewichte beginnen bei null."),
                {"indicator": key.label(indicator)},
            )
        if weight.numerator > MOST_NEED * weight.denominator:
            yield Refusal(
                "allocation.weight_too_large",
                msg("Das Gewicht von „{indicator}“ ist zu groß."),
                {"indicator": key.label(indicator)},
            )
    if not any(key.weights.values()):
        yield Refusal(
            "allocation.no_weights",
            msg("Die Gewichte ergeben zusammen null. Mindestens eines muss größer als null sein."),
        )


def need_refusals(key: Key, needs: Sequence[Need]) -> Iterator[Refusal]:
    """Every reason why the bodies' needs cannot be used with this key."""
    if not needs:
        yield Refusal(
            "allocation.no_bodies",
            msg("Es gibt keine Gebietskörperschaft, auf die verteilt werden könnte."),
        )
    for ags, count in Counter(need.ags for need in needs).items():
        if not is_ags(ags):
            yield _wrong_ags(ags)
        if count > 1:
            yield Refusal(
                "allocation.duplicate_ags",
                msg("{ags} kommt {count}-mal vor. Jede Gebietskörperschaft zählt einmal."),
                {"ags": ags, "count": count},
            )
    for need in needs:
        yield from _value_refusals(key, need)
        yield from _last_year_refusals(need)
    for indicator, weight in key.weights.items():
        if needs and weight and not any(need.values.get(indicator, 1) for need in needs):
            yield Refusal(
                "allocation.indicator_without_need",
                msg("„{indicator}“ ist überall null. Danach lässt sich nichts verteilen."),
                {"indicator": key.label(indicator)},
            )


def is_ags(text: str) -> bool:
    """Whether the text has the form of a body's key: up to twelve digits and letters."""
    return _AGS.fullmatch(text) is not None


def _wrong_ags(ags: str) -> Refusal:
    return Refusal(
        "allocation.wrong_ags",
        msg(
            "„{ags}“ ist kein Schlüssel einer Gebietskörperschaft: Er hat bis zu zwölf Ziffern "
            "und Buchstaben."
        ),
        {"ags": ags[:40]},
    )


def _value_refusals(key: Key, need: Need) -> Iterator[Refusal]:
    for indicator in key.weights:
        value = need.values.get(indicator)
        place = {"indicator": key.label(indicator), "ags": need.ags, "name": need.name}
        if value is None:
            yield Refusal(
                "allocation.unknown_indicator",
                msg("Der Schlüssel zählt „{indicator}“; für {ags} {name} fehlt dazu der Wert."),
                place,
            )
        elif value.numerator < 0:
            yield Refusal(
                "allocation.negative_value",
                msg("„{indicator}“ ist für {ags} {name} negativ. Ein Bedarf beginnt bei null."),
                place,
            )
        elif value.numerator > MOST_NEED * value.denominator:
            yield Refusal(
                "allocation.value_too_large",
                msg("„{indicator}“ ist für {ags} {name} zu groß."),
                place,
            )


def _last_year_refusals(need: Need) -> Iterator[Refusal]:
    if need.last_year_cents is not None and not 0 <= need.last_year_cents <= MAX_CENTS:
        yield Refusal(
            "allocation.last_year_out_of_range",
            msg("Der Vorjahresbetrag von {ags} {name} ist negativ oder zu groß."),
            {"ags": need.ags, "name": need.name},
        )
