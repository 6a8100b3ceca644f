"""A table that was copied from a spreadsheet, as it came."""

from django import forms
from django.utils.translation import gettext_lazy as _

MOST = 200_000


class PasteForm(forms.Form):
    """A table as it was copied, headings in the first line."""

    tabelle = forms.CharField(
        label=_("Tabelle"),
        max_length=MOST,
        strip=False,
        help_text=_("In der Tabellenkalkulation mit Überschriften kopieren und hier einfügen."),
        widget=forms.Textarea(attrs={"rows": 12, "class": "zw-code", "spellcheck": "false"}),
    )
