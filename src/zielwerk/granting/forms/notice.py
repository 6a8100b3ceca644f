"""The draft of a notice as a form."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from zielwerk.granting.forms.amounts import add_amounts, amounts_in, initial_amounts
from zielwerk.granting.queries import NoticeDraft
from zielwerk.rulebook.grant.amounts import Place
from zielwerk.rulebook.refusal import msg
from zielwerk.ui.forms import MoneyField, TextField

GRANTED = msg("Bewilligt")


class NoticeForm(forms.Form):
    """What each measure gets in each budget year, optional provisions, the reason, hints."""

    conditions: ClassVar = {"begruendung": _("nötig, wo weniger bewilligt wird als beantragt")}
    gesamt = MoneyField(
        label=_("Stattdessen im Ganzen"),
        required=False,
        help_text=_("Verteilt den Betrag im Verhältnis des Beantragten auf alle Maßnahmen."),
    )
    bedingungen = forms.MultipleChoiceField(
        label=_("Nebenbestimmungen zur Wahl"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Alle übrigen gehen mit jedem Bescheid."),
    )
    begruendung = TextField(
        label=_("Begründung"),
        required=False,
        max_length=8000,
        help_text=_("Sie steht im Bescheid."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    hinweise = TextField(
        label=_("Hinweise"),
        required=False,
        max_length=8000,
        help_text=_("Was die Empfängerin sonst wissen soll. Sie stehen im Bescheid."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self,
        places: Sequence[Place],
        titles: Mapping[str, str],
        optional: Sequence[tuple[str, Any]],
        data: Any = None,
        **options: Any,
    ) -> None:
        super().__init__(data, **options)
        self.fields["bedingungen"].choices = optional  # type: ignore[attr-defined]
        if not optional:
            del self.fields["bedingungen"]
        add_amounts(self, places, titles, GRANTED)


def notice_draft(form: NoticeForm, places: Sequence[Place]) -> NoticeDraft:
    """What was typed, as the draft of a notice."""
    values = form.cleaned_data
    return NoticeDraft(
        amounts_in(values, places),
        tuple(values.get("bedingungen", ())),
        values["begruendung"],
        values["hinweise"],
    )


def initial(draft: NoticeDraft) -> dict[str, Any]:
    return {
        **initial_amounts(draft.amounts),
        "bedingungen": list(draft.conditions),
        "begruendung": draft.reason,
        "hinweise": draft.remark,
    }
