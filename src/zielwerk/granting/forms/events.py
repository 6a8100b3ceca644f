"""What happened with a notice, as a form."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zielwerk.rulebook.grant.delivery import REMEDIES, WAYS
from zielwerk.rulebook.grant.events import EVENTS, Event
from zielwerk.ui.forms import DayField, TextField


class EventForm(forms.Form):
    """A day of one kind of event; of sending also the way, of contesting also how."""

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
        help_text=_("Nötig, wo ein Eintrag berichtigt oder zurückgenommen wird."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, kind: str, is_there: bool, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["tag"].label = _(EVENTS[kind])
        if is_there:
            self.fields["tag"].help_text = _("Leer lassen nimmt den Eintrag zurück.")
        if kind != Event.SENT:
            del self.fields["weg"]
        if kind != Event.CONTESTED:
            del self.fields["rechtsbehelf"]
