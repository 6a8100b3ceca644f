"""How a body signs, as it is decided on a page."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zielwerk.conclusion.actions import NewSigning
from zielwerk.rulebook.signatures import FORMS, Signing
from zielwerk.ui.forms import TextField

LINES = forms.Textarea(attrs={"rows": 3})
MOST_SIGNERS = 6


class SigningForm(forms.Form):
    """Who signs for a body, in which form, with what besides, and why."""

    aemter = TextField(
        label=_("Wer unterschreibt?"),
        max_length=800,
        widget=LINES,
        help_text=_("Je Zeile ein Amt; jedes unterschreibt einmal, in dieser Folge."),
    )
    formen = forms.MultipleChoiceField(
        label=_("In welcher Form?"), widget=forms.CheckboxSelectMultiple
    )
    siegel = forms.BooleanField(label=_("mit Dienstsiegel"), required=False)
    beschluss = forms.BooleanField(label=_("nach einem Beschluss"), required=False)
    grundlage = TextField(label=_("Rechtsgrundlage"), max_length=200, required=False)
    grund = TextField(
        label=_("Woher Sie das wissen"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(form, _(label)) for form, label in FORMS.items()]
        self.fields["formen"].choices = choices  # type: ignore[attr-defined]

    def clean_aemter(self) -> tuple[str, ...]:
        lines = (" ".join(line.split()) for line in self.cleaned_data["aemter"].splitlines())
        offices = tuple(filter(None, lines))
        if len(offices) > MOST_SIGNERS:
            raise forms.ValidationError(
                _("Mehr als %(most)s Unterschriften sind nicht vorgesehen.")
                % {"most": MOST_SIGNERS}
            )
        return offices

    def decision(self, programme: str, ags: str) -> NewSigning:
        """The command; call only when the form is valid."""
        values = self.cleaned_data
        signing = Signing(
            "body",
            values["aemter"],
            tuple(values["formen"]),
            values["siegel"],
            values["beschluss"],
            basis=values["grundlage"],
        )
        return NewSigning(programme, ags, signing, values["grund"])
