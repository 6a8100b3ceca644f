"""What happened with a notice, as a form."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from zielwerk.rulebook.grant.delivery import REMEDIES, WAYS
from zielwerk.rulebook.grant.events import Event
from zielwerk.ui.forms import DayField, TextField


class EventForm(forms.Form):
    """A day of one kind of event; of sending also the way, of contesting also how."""

    conditions: ClassVar = {
        "tag": "",
        "vermerk": _("nötig, wo ein Eintrag berichtigt oder zurückgenommen wird"),
    }
    tag = DayField(label=_("Tag"), required=False)
    weg = forms.ChoiceField(
        label=_("Weg"),
        choices=[(code, _(label)) for code, label in WAYS.items()],
        widget=forms.RadioSelect,
        initial="post",
    )
    rechtsbehelf = forms.ChoiceField(
        label=_("Rechtsbehelf"),
        choices=[(code, _(label)) for code, label in REMEDIES.items()],
        widget=forms.RadioSelect,
    )
    vermerk = TextField(
        label=_("Vermerk"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, kind: str, is_there: bool, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        if is_there:
            withdrawn = _("leer, um den Eintrag zurückzunehmen")
            self.conditions = {**EventForm.conditions, "tag": withdrawn}  # type: ignore[misc]
        if kind != Event.SENT:
            del self.fields["weg"]
        if kind != Event.CONTESTED:
            del self.fields["rechtsbehelf"]
