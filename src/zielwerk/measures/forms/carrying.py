"""Which of last year's measures and overall targets are taken over."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zielwerk.language import German
from zielwerk.measures.actions import TakeOver
from zielwerk.measures.queries import Carryable
from zielwerk.measures.queries.words import Words


class CarryForm(forms.Form):
    """What of last year was not taken over yet; all is chosen to begin with."""

    massnahmen = forms.MultipleChoiceField(
        label=_("Maßnahmen des Vorjahrs"), widget=forms.CheckboxSelectMultiple, required=False
    )
    ziele = forms.MultipleChoiceField(
        label=_("Übergreifende Ziele des Vorjahrs"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, open_: Carryable, words: Words, data: Any = None) -> None:
        options = {
            "massnahmen": [
                *((f"planned-{each.pk}", each.title or each.file_number) for each in open_.planned),
                *((f"agreed-{each.pk}", each.title) for each in open_.measures),
            ],
            "ziele": [(str(each.pk), words.aim(each.target)) for each in open_.targets],
        }
        keys = {name: [key for key, _text in pairs] for name, pairs in options.items()}
        super().__init__(data, initial=keys)
        for name, pairs in options.items():
            field: Any = self.fields[name]
            field.choices = [(key, German(text)) for key, text in pairs]
            if not pairs:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not self.errors and not any(values.get(name) for name in self.fields):
            raise forms.ValidationError(_("Bitte wenigstens eine Maßnahme oder ein Ziel wählen."))
        return values

    def wish(self, programme: str, year: int, ags: str) -> TakeOver:
        chosen = [key.partition("-") for key in self.cleaned_data.get("massnahmen", ())]
        planned, agreed = (
            {int(number) for kind, _sep, number in chosen if kind == name}
            for name in ("planned", "agreed")
        )
        targets = {int(key) for key in self.cleaned_data.get("ziele", ())}
        return TakeOver(programme, year, ags, planned, agreed, targets)
