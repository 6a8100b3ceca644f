"""The fields of a scenario, named as in addresses, read into a :class:`Draft`."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext_lazy as _

from zielwerk.allocation.actions import Draft
from zielwerk.allocation.forms.fields import (
    MOST_PERCENT,
    PercentField,
    PositiveMoneyField,
    WeightField,
)
from zielwerk.allocation.models import IndicatorData, Scenario
from zielwerk.allocation.queries import method_of
from zielwerk.language import German
from zielwerk.packs.model import AllocationKey, Indicator
from zielwerk.rulebook.allocation import METHODS, Method
from zielwerk.rulebook.refusal import Refusal, msg
from zielwerk.ui.forms import MoneyField, TextField

WEIGHT = "gewicht_"  # before an indicator's code
LIMITS = {  # fields of a key by what addresses call them
    "sockel": "base_cents",
    "mindest": "floor_cents",
    "hoechst": "cap_cents",
    "veraenderung": "max_change_percent",
    "rundung": "rounding_cents",
    "anteil": "across_percent",
    "betrag": "across_cents",
}
AT_FIELDS = {  # where a reason of the rulebook stands: at the field that caused it
    "allocation.total_not_positive": "summe",
    "allocation.total_too_large": "summe",
    "allocation.floor_above_cap": "mindest",
    "allocation.lower_limits_exceed_total": "summe",
    "allocation.bases_exceed_total": "sockel",
    "allocation.upper_limits_below_total": "summe",
    "allocation.need_below_total": "summe",
    "allocation.override_exceeds": "summe",
    "allocation.override_takes_all": "summe",
    "allocation.across_twice": "betrag",
    "allocation.change_out_of_range": "veraenderung",
    "allocation.rounding_not_positive": "rundung",
    "allocation.unknown_method": "verfahren",
}
LIMIT_FIELDS = {  # the same, where it is a limit that leaves no room
    msg("Mindestbetrag"): "mindest",
    msg("Höchstbetrag"): "hoechst",
    msg("größter Zuwachs zum Vorjahr"): "veraenderung",
    msg("größter Rückgang zum Vorjahr"): "veraenderung",
}


def key_of_pack(key: AllocationKey | None, rounding_cents: int, method: Method) -> dict[str, Any]:
    """The pack's key as a scenario keeps it; one without weights where the pack has none."""
    if key is None:
        fields: dict[str, Any] = {"rounding_cents": rounding_cents, "base_cents": 0}
        return {**fields, "method": method, "weights": {}}
    return {
        **key.terms,
        "method": method,
        "weights": {code: str(weight) for code, weight in key.weights.items()},
    }


def is_same_key(key: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two keys share money alike: a limit left out is none, weights count as numbers."""
    return _comparable(key) == _comparable(other)


def _comparable(key: Mapping[str, Any]) -> tuple[object, ...]:
    weights = {code: Fraction(weight) for code, weight in key["weights"].items()}
    return (
        method_of(key),
        *(_number(key.get(name)) for name in LIMITS.values()),
        {code: weight for code, weight in weights.items() if weight},
    )


def _number(value: Any) -> Fraction | None:
    return None if value is None else Fraction(str(value))


class ScenarioForm(forms.Form):
    """The contents of a scenario that can be changed; unbound it shows the stored ones.

    ``indicators`` are those of the programme year, ``sets`` the data to choose from.
    """

    name = TextField(label=_("Name des Szenarios"), max_length=80)
    anmerkung = TextField(
        label=_("Anmerkung"),
        max_length=1000,
        required=False,
        help_text=_("nach der Entscheidung liest sie jede Gebietskörperschaft"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    summe = PositiveMoneyField(
        label=_("Ausgangssumme"), help_text=_("ehe alle anteilig geändert werden")
    )
    daten = forms.TypedChoiceField(label=_("Datenstand"), coerce=int)
    sockel = MoneyField(
        label=_("Sockelbetrag"), help_text=_("bekommt jede Körperschaft, ehe der Bedarf zählt")
    )
    mindest = MoneyField(
        label=_("Mindestbetrag"), required=False, help_text=_("weniger bekommt niemand")
    )
    hoechst = MoneyField(
        label=_("Höchstbetrag"), required=False, help_text=_("mehr bekommt niemand")
    )
    veraenderung = PercentField(
        label=_("Größte Veränderung zum Vorjahr in Prozent"),
        most=MOST_PERCENT,
        required=False,
        help_text=_("nach oben und nach unten; leer: beliebig"),
    )
    rundung = PositiveMoneyField(
        label=_("Rundungseinheit"), help_text=_("jeder Betrag ist ein Vielfaches davon")
    )
    verfahren = forms.ChoiceField(
        label=_("Rundungsverfahren"),
        choices=[(method, gettext_lazy(label)) for method, label in METHODS.items()],
        help_text=_("wie aus genauen Beträgen ganze Einheiten werden"),
    )
    anteil = PercentField(
        label=_("Alle anteilig ändern um Prozent"),
        required=False,
        help_text=_("−5 kürzt um 5 %, 5 erhöht; die Grenzen gelten"),
    )
    betrag = MoneyField(
        label=_("… oder um einen Betrag"),
        required=False,
        negative=True,
        help_text=_("−500.000: es fehlen 500.000 Euro"),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        scenario: Scenario,
        indicators: Iterable[Indicator],
        sets: Iterable[IndicatorData],
        data: Mapping[str, Any] | None = None,
    ) -> None:
        limits = {name: scenario.key.get(field) for name, field in LIMITS.items()}
        for name in ("veraenderung", "anteil"):
            if limits[name] is not None:
                limits[name] = Fraction(str(limits[name]))
        initial = {
            "name": scenario.name,
            "anmerkung": scenario.comment,
            "summe": scenario.total_cents,
            "daten": scenario.data_id,
            "revision": scenario.revision,
            "verfahren": method_of(scenario.key),
            **limits,
        }
        super().__init__(data, initial=initial)
        self.scenario = scenario
        self.sets = {data_set.pk: data_set for data_set in sets}
        self.fields["daten"].choices = list(_told_apart(self.sets))  # type: ignore[attr-defined]
        for code, label, meaning in _weighable(scenario, indicators):
            self.fields[WEIGHT + code] = WeightField(
                label=label, help_text=meaning, required=False, initial=self._weight(code)
            )

        for name, field in self.fields.items():
            # What is wrong is told at the field while one types; its place is always there.
            texts = [f"id_{name}_helptext"] if field.help_text else []
            field.widget.attrs["aria-describedby"] = " ".join([*texts, f"id_{name}_error"])

    def _weight(self, code: str) -> str:
        return weight_text(Fraction(self.scenario.key["weights"].get(code, 0)))

    def values(self) -> dict[str, Any]:
        """The form's values, as its own address would send them."""
        return {field.html_name: field.value() or "" for field in self}

    def type_in(self, changes: Mapping[str, Any]) -> None:
        """Bind the form to what it shows, with these changes typed over it."""
        self.data, self.is_bound = {**self.values(), **changes}, True

    def weights(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith(WEIGHT)]

    def tell(self, refusals: Iterable[Refusal], sentences: Iterable[str]) -> None:
        """Put the rulebook's reasons where one types: at the field that caused each.

        For showing only: such a scenario may be kept and worked on.
        """
        self.errors  # noqa: B018 - reads the values, after which errors may be added
        for refusal, text in zip(refusals, sentences, strict=True):
            for name in self._fields_of(refusal):
                self.add_error(name, text)

    def faults(self) -> list[tuple[list[forms.BoundField], str]]:
        """What is wrong, each sentence once with the fields at which it stands."""
        fields_of: dict[str, list[forms.BoundField]] = {}
        for text in self.non_field_errors():
            fields_of.setdefault(str(text), [])
        for field in self:
            for text in field.errors:
                fields_of.setdefault(str(text), []).append(field)
        return [(fields, text) for text, fields in fields_of.items()]

    def _fields_of(self, refusal: Refusal) -> Iterable[str | None]:
        if refusal.rule == "allocation.limits_collide":
            limits: tuple[str, ...] = refusal.params["limits"]  # type: ignore[assignment]
            names = {LIMIT_FIELDS[str(limit)]: None for limit in limits}
            return [*names, "rundung"] if refusal.params["is_rounded"] else list(names)
        if refusal.rule == "allocation.across_out_of_range":
            return ["anteil" if self["anteil"].value() else "betrag"]
        if "weight" in refusal.rule:
            return [next((field.name for field in self.weights()), None)]
        return [AT_FIELDS.get(refusal.rule)]

    def draft(self) -> Draft:
        """The command; call only when the form is valid. Amounts set by hand stay as stored."""
        values = self.cleaned_data
        weights = {
            name.removeprefix(WEIGHT): str(value)
            for name, value in values.items()
            if name.startswith(WEIGHT) and value
        }
        limits = {field: values[name] for name, field in LIMITS.items()}
        return Draft(
            name=values["name"],
            comment=values["anmerkung"],
            total_cents=int(values["summe"]),
            key={**_plain(limits), "method": values["verfahren"], "weights": weights},
            data=self.sets[values["daten"]],
            overrides=self.scenario.overrides,
            revision=values["revision"],
        )


def _weighable(
    scenario: Scenario, indicators: Iterable[Indicator]
) -> Iterable[tuple[str, str, str]]:
    """Code, label and meaning of indicators that may have a weight, also of ones dropped since."""
    weighable = {
        indicator.code: (
            indicator.code,
            _with_unit(indicator.label, indicator.unit),
            indicator.definition,
        )
        for indicator in indicators
    }
    for code in scenario.key["weights"]:
        meaning = gettext("steht nicht mehr im Regelwerk")
        weighable.setdefault(code, (code, code, meaning))
    return weighable.values()


def _with_unit(label: str, unit: str) -> German:
    words = getattr(label, "english", ""), getattr(unit, "english", "")
    return German(f"{label} ({unit})", "{} ({})".format(*words) if all(words) else "")


def _plain(limits: Mapping[str, Any]) -> dict[str, int | str | None]:
    """Cents are kept as plain whole numbers, a fraction as text."""
    return {
        name: str(value) if isinstance(value, Fraction) else None if value is None else int(value)
        for name, value in limits.items()
    }


def weight_text(value: Fraction) -> str:
    """A weight as it can be typed again: decimal comma, no more digits than it has."""
    digits = next(
        digits for digits in range(7) if (value * 10**digits).denominator == 1 or digits == 6
    )
    text = f"{float(value):.{digits}f}" if digits else str(int(value))
    return text.replace(".", ",")


def _told_apart(sets: Mapping[int, IndicatorData]) -> Iterator[tuple[int, German]]:
    """Sets of needs as options; those that read the same also by their number."""
    labels = {pk: data_label(data_set) for pk, data_set in sets.items()}
    again = Counter(labels.values())
    for pk, label in labels.items():
        yield pk, label if again[label] == 1 else German(f"{label}, Nr. {pk}")


def data_label(data: IndicatorData) -> German:
    return data_text(data.source, data.reference_date, data.is_invented)


def data_text(source: str, reference_date: date, is_invented: bool) -> German:
    """A set of needs by its source and day."""
    invented = ", " + gettext("erfunden") if is_invented else ""
    return German(f"{source} ({reference_date:%d.%m.%Y}{invented})")


class StartForm(forms.Form):
    """The year and purpose of a new scenario."""

    jahr = forms.TypedChoiceField(label=_("Programmjahr"), coerce=int)
    zweck = forms.ChoiceField(label=_("Zweckbindung"), required=False)

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        years: Iterable[int],
        purposes: Iterable[tuple[str, str]],
    ) -> None:
        super().__init__(data)
        self.fields["jahr"].choices = [(year, str(year)) for year in years]  # type: ignore[attr-defined]
        self.fields["zweck"].choices = list(purposes)  # type: ignore[attr-defined]


class BeginForm(forms.Form):
    """Name and total of a new scenario; all else comes from rules and data."""

    name = TextField(label=_("Name des Szenarios"), max_length=80)
    summe = PositiveMoneyField(label=_("Ausgangssumme"))


class OverrideForm(forms.Form):
    """One body's amount, set by hand for a reason that everybody may read."""

    betrag = MoneyField(label=_("Betrag"))
    grund = TextField(
        label=_("Begründung"),
        max_length=300,
        help_text=_("Sie steht überall neben dem Betrag, auch im Rechenweg der Körperschaft."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)


class ComparisonForm(forms.Form):
    """Two scenarios to lay side by side."""

    a = forms.TypedChoiceField(label=_("Erstes Szenario"), coerce=int)
    b = forms.TypedChoiceField(label=_("Zweites Szenario"), coerce=int)

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        scenarios: Iterable[Scenario],
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        choices = [
            (scenario.pk, German(f"{scenario.file_number}: {scenario.name}"))
            for scenario in scenarios
        ]
        for name in ("a", "b"):
            self.fields[name].choices = choices  # type: ignore[attr-defined]
