"""Which rows of the table of roles and rights to show."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zielwerk.core import matrix, roles


class RoleFilters(forms.Form):
    """What one role may do."""

    rolle = forms.ChoiceField(label=_("Rolle"), required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        names = [(name, gettext(role.label)) for name, role in roles.ROLES.items()]
        self.fields["rolle"].choices = [("", gettext("alle")), *names]  # type: ignore[attr-defined]
        self.full_clean()

    def matching(self, rows: list[matrix.Row]) -> list[matrix.Row]:
        role = self.cleaned_data.get("rolle")
        return [row for row in rows if row.line.has(role)] if role else rows
