"""The form of one target: a value with its course over the year, an observation, or words."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zielwerk.language import MONTHS_EN
from zielwerk.measures.queries.words import Words
from zielwerk.rulebook.target import KINDS, MOST, Baseline, Target, TargetKind
from zielwerk.ui.forms import TextField, in_group
from zielwerk.ui.tags.values import language

MONTHS_DE = (
    *("Januar", "Februar", "März", "April", "Mai", "Juni"),
    *("Juli", "August", "September", "Oktober", "November", "Dezember"),
)
BASELINE: list[tuple[str, Any]] = [
    ("", _("noch nicht gesagt")),
    ("known", _("Es gibt einen Ausgangswert")),
    ("none", _("Es gibt keinen Ausgangswert")),
]


def month_name(month: str) -> str:
    """A month such as ``2026-03`` in words."""
    names = MONTHS_EN if language() == "en" else MONTHS_DE
    return f"{names[int(month[5:]) - 1]} {month[:4]}"


class TargetForm(forms.Form):
    """Whatever is missing may follow later; ready is the measure only with a whole target."""

    conditions: ClassVar = dict.fromkeys(
        ("baseline_year", "baseline_value", "baseline_source"),
        _("nötig, wenn es einen Ausgangswert gibt"),
    )

    fassung = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)
    kind = forms.ChoiceField(label=_("Art des Ziels"), widget=forms.RadioSelect)
    indicator = forms.ChoiceField(
        label=_("Messgröße"), help_text=_("entfällt bei einem Ziel in Worten")
    )
    subgroup = forms.ChoiceField(label=_("Nur für eine Zielgruppe"))
    value = forms.IntegerField(
        label=_("Zielwert"),
        min_value=0,
        max_value=MOST,
        help_text=_("entfällt bei einer Beobachtung"),
    )
    has_baseline = forms.ChoiceField(label=_("Ausgangswert"), choices=BASELINE)
    baseline_year = forms.IntegerField(
        label=_("Jahr des Ausgangswerts"), min_value=1900, max_value=2199
    )
    baseline_value = forms.IntegerField(
        label=_("Höhe des Ausgangswerts"), min_value=0, max_value=MOST
    )
    baseline_source = TextField(label=_("Quelle des Ausgangswerts"), max_length=300)
    assumption = TextField(
        label=_("Annahme"),
        max_length=1000,
        help_text=_("Worauf der Zielwert beruht; darauf bezieht sich später eine Abweichung."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    data_source = TextField(
        label=_("Datenquelle"),
        max_length=300,
        help_text=_("Woher die Zahl kommen wird; leer: die Datenquelle der Messgröße."),
    )
    words = TextField(
        label=_("Ziel in Worten"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(
        self,
        words: Words,
        months: Sequence[str],
        target: Target,
        data: Mapping[str, Any] | None = None,
        *,
        base: int = 0,
    ) -> None:
        super().__init__(data, initial=initial_of(target) | {"fassung": base})
        self.target, self.rules, self.months = target, words.rules, tuple(months)
        open_ = ("", _("noch nicht gesagt"))
        options: dict[str, list[tuple[str, Any]]] = {
            "kind": [(kind.value, gettext(label)) for kind, label in KINDS.items()],
            "indicator": [open_, *words.choices("target_indicators", [target.indicator])],
            "subgroup": [("", _("alle")), *words.choices("target_groups", [target.subgroup])],
        }
        for name, choices in options.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        planned = dict(target.curve)
        for month in self.months:
            name = f"month-{month}"
            self.fields[name] = forms.IntegerField(
                label=month_name(month), min_value=0, max_value=MOST
            )
            in_group(self.fields[name], gettext("Planverlauf"))
            self.initial[name] = planned.get(month)
        for name, field in self.fields.items():
            field.required = name == "kind"

    def fields_before(self) -> list[Any]:
        """The fields without the months of the course."""
        return [each for each in self if not each.is_hidden and not each.name.startswith("month-")]

    def course(self) -> list[Any]:
        return [self[f"month-{month}"] for month in self.months]

    def made(self) -> Target:
        """The target as it was typed; the indicator's own source where none is named."""
        values = self.cleaned_data
        if values["kind"] == TargetKind.WORDS:
            return Target(
                self.target.number,
                TargetKind.WORDS,
                assumption=values["assumption"],
                data_source=values["data_source"],
                words=values["words"],
            )
        known = {each.code: each.data_source for each in self.rules.target_indicators}
        curve = [(month, values[f"month-{month}"]) for month in self.months]
        return Target(
            self.target.number,
            values["kind"],
            values["indicator"],
            values["subgroup"],
            values["value"],
            self._baseline(values),
            values["has_baseline"] == "none",
            values["assumption"],
            values["data_source"] or str(known.get(values["indicator"], "")),
            tuple((month, value) for month, value in curve if value is not None),
        )

    def _baseline(self, values: Mapping[str, Any]) -> Baseline | None:
        said = (values["baseline_year"], values["baseline_value"], values["baseline_source"])
        is_whole = values["has_baseline"] == "known" and None not in said and said[2]
        return Baseline(*said) if is_whole else None

    def clean(self) -> dict[str, Any]:
        """A baseline is whole, and what one kind has the other has not: else it would be lost."""
        data = super().clean() or {}
        parts = ("baseline_year", "baseline_value", "baseline_source")
        given = [name for name in parts if data.get(name) not in (None, "")]
        if data.get("has_baseline") == "known":
            for name in set(parts) - set(given) - set(self.errors):
                self.add_error(name, _("Zum Ausgangswert gehören Jahr, Höhe und Quelle."))
        elif given:
            sentence = _("Bitte sagen, dass es einen Ausgangswert gibt, oder die Angabe leeren.")
            self.add_error("has_baseline", sentence)
        self._refuse_others(data)
        return data

    def _refuse_others(self, data: Mapping[str, Any]) -> None:
        """What was typed and is no part of a target of this kind."""
        figures = ["value", *(f"month-{month}" for month in self.months)]
        if data.get("kind") == TargetKind.WORDS:
            refused = dict.fromkeys(
                ("indicator", *figures),
                _("Ein Ziel in Worten hat keine Messgröße und keinen Wert."),
            )
            refused["subgroup"] = _("Ein Ziel in Worten nennt seine Zielgruppe im Wortlaut.")
        elif data.get("kind") == TargetKind.OBSERVATION:
            sentence = _("Eine Beobachtung hat weder Zielwert noch Planverlauf.")
            refused = dict.fromkeys(figures, sentence)
        else:
            refused = {}
        for name, sentence in refused.items():
            if data.get(name) not in (None, ""):
                self.add_error(name, sentence)
        if data.get("kind") != TargetKind.WORDS and data.get("words"):
            self.add_error("words", _("Nur ein Ziel in Worten hat einen Wortlaut."))
        if data.get("kind") == TargetKind.WORDS and data.get("has_baseline") == "known":
            self.add_error("has_baseline", _("Ein Ziel in Worten hat keinen Ausgangswert."))


def initial_of(target: Target) -> dict[str, Any]:
    known = target.baseline
    return {
        "kind": target.kind,
        "indicator": target.indicator,
        "subgroup": target.subgroup,
        "value": target.value,
        "has_baseline": "known" if known else ("none" if target.has_no_baseline else ""),
        "baseline_year": known.year if known else None,
        "baseline_value": known.value if known else None,
        "baseline_source": known.source if known else "",
        "assumption": target.assumption,
        "data_source": target.data_source,
        "words": target.words,
    }
