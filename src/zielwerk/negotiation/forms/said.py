"""What is said about a place of a draft, and how it came."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zielwerk.negotiation.actions import Told
from zielwerk.negotiation.actions.commenting import LONGEST
from zielwerk.rulebook.proposals import CHANNELS, Channel
from zielwerk.ui.forms import DayField, TextField


def text_area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class ToldForm(forms.Form):
    """Whether it came here, or was told by the other side in another way."""

    weg = forms.ChoiceField(label=_("Auf welchem Weg"), required=False)
    von = TextField(label=_("Gesagt von"), max_length=200, required=False)
    am = DayField(label=_("Gesagt am"), required=False)
    told_fields = ("weg", "von", "am")
    conditions: Mapping[str, Any] = MappingProxyType(
        {
            "von": _("nötig, wenn es auf anderem Weg kam"),
            "am": _("nötig, wenn es auf anderem Weg kam"),
        }
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        here = _("von uns, hier eingegeben")
        others = [(code, _(label)) for code, label in CHANNELS.items() if code != Channel.HERE]
        self.fields["weg"].choices = [("", here), *others]  # type: ignore[attr-defined]
        self.fields["weg"].help_text = _(
            "Was die andere Seite am Telefon, per E-Mail oder im Gespräch sagte, tragen Sie mit "
            "Name und Tag für sie ein."
        )

    def told_by_the_other_side(self) -> None:
        """Leave no other way: one's own side does not say this, and somebody says which it was."""
        self.conditions = {}
        others = self.fields["weg"].choices[1:]  # type: ignore[attr-defined]
        self.fields["weg"].choices = [("", _("bitte wählen")), *others]  # type: ignore[attr-defined]
        for name in self.told_fields:
            self.fields[name].required = True

    def told(self) -> Told:
        values = self.cleaned_data
        channel = values.get("weg") or Channel.HERE.value
        return Told(channel, values.get("von", ""), values.get("am"))


class CommentForm(ToldForm):
    """A comment that both sides read."""

    text = TextField(label=_("Kommentar"), max_length=LONGEST, widget=text_area(4))
    field_order = ("text", *ToldForm.told_fields)


class InternalForm(forms.Form):
    """A comment that one's own side alone reads."""

    text = TextField(label=_("Interner Kommentar"), max_length=LONGEST, widget=text_area(4))


class OpenForm(forms.Form):
    """Why a fixed place is opened, or closed again; both sides read it."""

    text = TextField(label=_("Kommentar dazu"), max_length=LONGEST, widget=text_area(3))


class DecisionForm(ToldForm):
    """What is said to a proposal; ``fassung`` is the version that was looked at."""

    antwort = TextField(label=_("Antwort"), max_length=LONGEST, required=False, widget=text_area(3))
    fassung = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    ueber = TextField(widget=forms.HiddenInput, required=False, max_length=2000)
    field_order = ("antwort", *ToldForm.told_fields)

    def over(self) -> frozenset[int]:
        """The numbers of the proposals that it is chosen over."""
        words = str(self.cleaned_data.get("ueber", "")).split()
        return frozenset(int(word) for word in words if word.isascii() and word.isdecimal())


class RejectForm(DecisionForm):
    """Why a proposal is rejected."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["antwort"].required = True
        self.fields["antwort"].label = _("Was spricht dagegen?")


class AnswerForm(forms.Form):
    """The answer to a question of the checks."""

    frage = TextField(widget=forms.HiddenInput, max_length=300)
    antwort = TextField(label=_("Antwort"), max_length=LONGEST, widget=text_area(3))
