"""Targets: what a measure or an agreement is to reach, and what that was set upon.

After the model agreements under § 48b SGB II, a target is one of three kinds: a value, an
observation without a target value, or words. Where its figures come from is fixed in advance
(§ 48b Abs. 5 SGB II), and the assumption under which it was set stands beside it: a deviation
later refers to the assumption.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from itertools import pairwise
from typing import Any

from zielwerk.rulebook.lifecycle import Label
from zielwerk.rulebook.refusal import Refusal, Said, msg

BASIS = "§ 48b SGB II"
MOST = 1_000_000_000  # of what an indicator counts; what any database column holds


class TargetKind(StrEnum):
    """The kinds of targets."""

    VALUE = "value"
    OBSERVATION = "observation"
    WORDS = "words"


KINDS = {
    TargetKind.VALUE: msg("Zielwert"),
    TargetKind.OBSERVATION: msg("Beobachtung ohne Zielwert"),
    TargetKind.WORDS: msg("Ziel in Worten"),
}


@dataclass(frozen=True)
class Baseline:
    """What was reached before: in which year, how much, and who says so."""

    year: int
    value: int
    source: str


@dataclass(frozen=True)
class Target:
    """One target; ``number`` is its own for good among those of its measure or agreement.

    ``indicator`` is a code of the year's target indicators, ``subgroup`` one of its target
    groups ("" for all people), ``value`` and the values of the ``curve`` are in the indicator's
    unit. ``baseline`` is null where there is none: then ``has_no_baseline`` says so, and
    where neither is the case nobody has said it yet. The ``curve`` holds the planned value at
    the end of months, each as ``2026-03``, in their order.
    """

    number: int
    kind: str = TargetKind.VALUE
    indicator: str = ""
    subgroup: str = ""
    value: int | None = None
    baseline: Baseline | None = None
    has_no_baseline: bool = False
    assumption: str = ""
    data_source: str = ""
    curve: tuple[tuple[str, int], ...] = ()
    words: str = ""

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "curve": [list(point) for point in self.curve]}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Target":
        """Undo :meth:`to_json`; unknown keys are a bug and raise."""
        values = dict(data)
        if values.get("baseline"):
            values["baseline"] = Baseline(**values["baseline"])
        values["curve"] = tuple((month, value) for month, value in values.get("curve", ()))
        return cls(**values)


@dataclass(frozen=True)
class TargetRules:
    """What a year knows: its indicators (true: counted on from the first day), its groups, months.

    ``months`` are those that a curve may name, in order, as ``2026-03``.
    """

    indicators: Mapping[str, bool] = field(default_factory=dict)
    groups: Sequence[str] = ()
    months: Sequence[str] = ()


def later(target: Target, years: int) -> Target:
    """The target some years later: the months of its course move, all else stays."""
    curve = tuple((f"{int(month[:4]) + years}{month[4:]}", value) for month, value in target.curve)
    return replace(target, curve=curve)


def next_number(targets: Sequence[Target]) -> int:
    """The number of a further target."""
    return max((target.number for target in targets), default=0) + 1


def faults(target: Target, rules: TargetRules) -> tuple[Refusal, ...]:
    """All that is missing of a target or contradicts itself; empty where it can stand."""
    if target.kind == TargetKind.WORDS:
        return tuple(_of_words(target))
    return (*_of_figures(target, rules), *_of_curve(target, rules))


def _of_words(target: Target) -> Iterator[Refusal]:
    if not target.words:
        yield _refusal("words_missing", WORDS_MISSING, target)
    if target.indicator or target.value is not None or target.curve:
        yield _refusal("words_with_figures", WORDS_WITH_FIGURES, target)


def _of_figures(target: Target, rules: TargetRules) -> Iterator[Refusal]:
    if target.indicator not in rules.indicators:
        yield _refusal("indicator", NO_INDICATOR, target)
    if target.subgroup and target.subgroup not in rules.groups:
        yield _refusal("subgroup", NO_SUBGROUP, target)
    if not target.data_source:
        yield _refusal("data_source", NO_DATA_SOURCE, target, BASIS)
    if (target.baseline is None) != target.has_no_baseline:
        yield _refusal("baseline", NO_BASELINE, target)
    if target.kind == TargetKind.OBSERVATION:
        if target.value is not None or target.curve:
            yield _refusal("observation_with_value", OBSERVATION_WITH_VALUE, target)
        return
    if target.value is None:
        yield _refusal("value_missing", NO_VALUE, target)
    if not target.assumption:
        yield _refusal("assumption", NO_ASSUMPTION, target)


def _of_curve(target: Target, rules: TargetRules) -> Iterator[Refusal]:
    """Months of the measure, ending at the value; what is counted on does not fall."""
    if not target.curve or target.kind != TargetKind.VALUE:
        return
    if any(month not in rules.months for month, _ in target.curve):
        yield _refusal("curve_outside", CURVE_OUTSIDE, target)
    values = [value for _, value in target.curve]
    if rules.indicators.get(target.indicator) and any(a > b for a, b in pairwise(values)):
        yield _refusal("curve_falls", CURVE_FALLS, target)
    if target.value is not None and values[-1] != target.value:
        params = {"number": target.number, "last": values[-1], "value": target.value}
        yield Refusal("targets.curve_ends", CURVE_ENDS, params)


def _refusal(rule: str, sentence: str, target: Target, basis: str = "") -> Refusal:
    return Refusal(f"targets.{rule}", sentence, {"number": target.number}, basis)


@dataclass(frozen=True)
class Names:
    """What the codes of a target are called: its indicator, the unit of that, its subgroup."""

    indicator: str
    unit: str
    subgroup: str


def sentences(target: Target, names: Names) -> tuple[Said, ...]:
    """A target in words, as its page and a document say it; what nobody said yet is left out."""
    if target.kind == TargetKind.WORDS:
        words = (Said("{words}", {"words": target.words}),) if target.words else ()
        return (*words, *_rests_on(target))
    of = {"indicator": names.indicator, "unit": names.unit, "group": names.subgroup}
    told = [_aim(target, of)]
    if target.baseline:
        known = target.baseline
        params = {"year": str(known.year), "value": known.value, "source": known.source}
        told.append(Said(msg("Ausgangswert {year}: {value} ({source})."), params))
    elif target.has_no_baseline:
        told.append(Said(msg("Einen Ausgangswert gibt es nicht.")))
    return (*told, *_rests_on(target))


def _rests_on(target: Target) -> Iterator[Said]:
    if target.assumption:
        yield Said(msg("Annahme: {assumption}."), {"assumption": _open(target.assumption)})
    if target.data_source:
        yield Said(msg("Datenquelle: {source}."), {"source": _open(target.data_source)})


def _aim(target: Target, of: Mapping[str, str]) -> Said:
    params: dict[str, object] = {**of, "value": target.value}
    if target.kind == TargetKind.OBSERVATION or target.value is None:
        without = msg("{indicator}: wird beobachtet, ohne Zielwert.")
        alone = msg("{indicator}, nur {group}: wird beobachtet, ohne Zielwert.")
        open_ = msg("{indicator}: Zielwert offen.")
        if target.kind == TargetKind.VALUE:
            return Said(open_, params)
        return Said(alone if of["group"] else without, params)
    whole, part = (
        msg("{indicator}: Zielwert {value} {unit}."),
        msg("{indicator}, nur {group}: Zielwert {value} {unit}."),
    )
    return Said(part if of["group"] else whole, params)


def _open(text: str) -> str:
    """A text for the middle of a sentence: the sentence brings its own full stop."""
    return text.rstrip(". ")


def kind_label(kind: str) -> Label:
    return Label(KINDS.get(TargetKind(kind), kind)) if kind in KINDS else Label(kind)


NO_INDICATOR = msg("Ziel {number}: Bitte eine Messgröße des Programmjahrs wählen.")
NO_SUBGROUP = msg("Ziel {number}: Diese Zielgruppe kennt das Programmjahr nicht.")
NO_DATA_SOURCE = msg("Ziel {number}: Bitte vorher festlegen, woher die Zahl kommt.")
NO_BASELINE = msg(
    "Ziel {number}: Bitte den Ausgangswert mit Jahr und Quelle angeben, oder dass es keinen gibt."
)
OBSERVATION_WITH_VALUE = msg("Ziel {number}: Eine Beobachtung hat weder Zielwert noch Planverlauf.")
NO_VALUE = msg("Ziel {number}: Der Zielwert fehlt.")
NO_ASSUMPTION = msg(
    "Ziel {number}: Bitte angeben, unter welcher Annahme der Zielwert gilt; darauf bezieht sich"
    " später eine Abweichung."
)
WORDS_MISSING = msg("Ziel {number}: Der Wortlaut fehlt.")
WORDS_WITH_FIGURES = msg("Ziel {number}: Ein Ziel in Worten hat keine Messgröße und keinen Wert.")
CURVE_OUTSIDE = msg("Ziel {number}: Der Planverlauf nennt Monate außerhalb der Laufzeit.")
CURVE_FALLS = msg("Ziel {number}: Was seit Beginn gezählt wird, kann im Planverlauf nicht sinken.")
CURVE_ENDS = msg(
    "Ziel {number}: Der Planverlauf endet bei {last}, der Zielwert ist {value}. Beides muss gleich"
    " sein."
)
