"""The declaration of a succession, read into a :class:`Declaration`."""

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from zielwerk.rulebook.succession import HeldNotice
from zielwerk.succession.actions import Declaration
from zielwerk.succession.queries import Pending
from zielwerk.ui import bodies
from zielwerk.ui.forms import TextField

SHARE = "anteil_"
HEIR = "bescheid_"
TEXTS = ("grund", "quelle")


class ShareField(TextField):
    """A share on any scale, as people write it; cleans to a decimal number as text."""

    def __init__(self, **options: Any) -> None:
        attrs = {"class": "zw-short", "inputmode": "decimal"}
        lacking = {"required": _("Bitte einen Anteil angeben.")}
        widget = forms.TextInput(attrs=attrs)
        super().__init__(max_length=20, widget=widget, error_messages=lacking, **options)

    def clean(self, value: Any) -> str:
        text = str(super().clean(value)).replace(",", ".")
        if not re.fullmatch(r"\d{1,12}(?:\.\d{1,6})?", text) or not Fraction(text):
            raise ValidationError(_("Bitte eine Zahl über null angeben, zum Beispiel 3 oder 31,5."))
        return text


class DeclarationForm(forms.Form):
    """The shares of the successors, why these, for which programme years, and who takes a notice.

    Who takes a notice is asked where several succeed; a predecessor that goes on is proposed.
    """

    jahre = forms.TypedMultipleChoiceField(
        label=_("Programmjahre"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    grund = TextField(
        label=_("Grund der Anteile"),
        max_length=500,
        help_text=_("Zum Beispiel die Vereinbarung der Beteiligten oder ein Gesetz."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    quelle = TextField(label=_("Quelle"), max_length=200, required=False)

    def __init__(
        self,
        pending: Pending,
        notices: Sequence[HeldNotice],
        data: Mapping[str, Any] | None = None,
    ) -> None:
        succession = pending.succession
        stated = {ags: str(share) for ags, share in succession.shares.items()}
        if len(succession.successors) == 1:
            stated = dict.fromkeys(succession.successors, "1")
        initial = {SHARE + ags: share for ags, share in stated.items()}
        super().__init__(data, initial={**initial, "jahre": list(pending.years)})
        self.pending = pending
        years: Any = self.fields["jahre"]
        years.choices = [(year, str(year)) for year in sorted({*pending.years, *pending.others})]
        if pending.others:
            years.help_text = _(
                "Eigene Zuweisungen haben die Nachfolger schon für: %(years)s. Wird ein solches "
                "Jahr gewählt, geht der Anteil zusätzlich über."
            ) % {"years": ", ".join(map(str, pending.others))}
        several = len(succession.successors) > 1
        hint = _("Es zählt das Verhältnis: 70 und 30 oder 3 und 1.") if several else ""
        shares = {
            SHARE + ags: ShareField(
                label=_("Anteil: %(body)s") % {"body": bodies.short(ags)}, help_text=hint
            )
            for ags in succession.successors
        }
        heirs = {
            HEIR + notice.number: self._heir(notice) for notice in (notices if several else ())
        }
        self.fields = {**shares, **self.fields, **heirs}

    def _heir(self, notice: HeldNotice) -> forms.ChoiceField:
        """Who takes a notice: asked of those in the years that are chosen."""
        successors = self.pending.succession.successors
        told = {"number": notice.number, "body": bodies.short(notice.ags), "year": notice.year}
        return forms.ChoiceField(
            label=_("Wer übernimmt %(number)s (%(body)s %(year)s)") % told,
            choices=[("", "–"), *((ags, bodies.short(ags)) for ags in successors)],
            initial=notice.ags if notice.ags in successors else "",
            required=False,
        )

    @property
    def heir_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith(HEIR)]

    @property
    def first_heir(self) -> str:
        """The name of the first of these fields; empty where there is none."""
        return self.heir_fields[0].html_name if self.heir_fields else ""

    @property
    def heirs(self) -> dict[str, str]:
        """Who takes each notice, by its number, as far as it is said."""
        values = self.cleaned_data if self.is_bound else {}
        named = {
            name: values.get(name, "") if self.is_bound else field.initial
            for name, field in self.fields.items()
            if name.startswith(HEIR)
        }
        return {name.removeprefix(HEIR): ags for name, ags in named.items() if ags}

    @property
    def share_fields(self) -> list[forms.BoundField]:
        return [self[SHARE + ags] for ags in self.pending.succession.successors]

    @property
    def tried_fields(self) -> list[forms.BoundField]:
        """What the effect depends on, and all that ever stands in an address."""
        return [*self.share_fields, self["jahre"], *self.heir_fields]

    @property
    def text_fields(self) -> list[forms.BoundField]:
        """What people write, which stands in no address."""
        return [self[name] for name in TEXTS]

    @property
    def faults(self) -> list[tuple[forms.BoundField, str]]:
        """Why the effect cannot be computed: each field with its error."""
        return [(field, str(text)) for field in self.tried_fields for text in field.errors]

    @property
    def shares(self) -> dict[str, str]:
        """The shares as typed, as far as they can be read; else as first filled in."""
        values = self.cleaned_data if self.is_bound else self.initial
        keys = self.pending.succession.successors
        return {ags: str(values[SHARE + ags]) for ags in keys if values.get(SHARE + ags)}

    @property
    def parts(self) -> dict[str, Fraction]:
        """The same as numbers."""
        return {ags: Fraction(share) for ags, share in self.shares.items()}

    @property
    def years(self) -> list[int]:
        """The years as chosen."""
        values = self.cleaned_data if self.is_bound else self.initial
        return list(values.get("jahre", ()))

    @property
    def is_complete(self) -> bool:
        """Whether every successor has a share, so that the effect can be computed."""
        return len(self.shares) == len(self.share_fields) and not self.faults

    def try_out(self) -> None:
        """Read the shares as they are typed; why these is asked for only when it is declared."""
        self.full_clean()
        for name in TEXTS:
            self.errors.pop(name, None)

    def declaration(self) -> Declaration:
        """The command; call only when the form is valid."""
        return Declaration(
            settings.PROGRAMME,
            self.pending.succession,
            self.years,
            self.shares,
            self.cleaned_data["grund"],
            self.cleaned_data["quelle"],
            self.heirs,
        )
