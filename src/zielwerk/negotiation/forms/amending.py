"""The wish to change what was agreed: one agreement, two at once, or all that a cut hit."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zielwerk.agreements.models import Agreement
from zielwerk.agreements.queries.changing import LONGEST_PLACE, places
from zielwerk.language import German
from zielwerk.negotiation.actions import AmendAfterCut, NewAmendment, NewPair
from zielwerk.packs import loading as packs
from zielwerk.rulebook.agreement import FORMS, forms_of_both
from zielwerk.ui.forms import MoneyField, QuickSelect

RESTS_ON = _("Die Stelle, die Änderungen zulässt")


class _Rests(forms.Form):
    """On which place of the text a change rests."""

    grundlage = forms.ChoiceField(label=_("Beruht auf"), help_text=RESTS_ON)

    def _choose(self, name: str, choices: Sequence[tuple[Any, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def _choose_place(self, texts: Sequence[str]) -> None:
        named = [(text, German(text)) for text in texts]
        self._choose("grundlage", [("", _("bitte wählen")), *named])

    def _choose_form(self, programme: str) -> None:
        allowed = forms_of_both(packs.programme(programme).document.sides)
        self._choose("art", [(form.value, gettext(FORMS[form])) for form in allowed])


class AmendForm(_Rests):
    """How an agreement is to be changed; its amount as it is, to be left or typed over."""

    art = forms.ChoiceField(label=_("Art der Änderung"))
    betrag = MoneyField(
        label=_("Gesamtbetrag danach"),
        help_text=_(
            "Bleibt er, wie er ist, lassen Sie ihn stehen. Alles andere ändern Sie danach."
        ),
    )
    field_order = ("art", "grundlage", "betrag")

    def __init__(self, agreement: Agreement, data: Any = None) -> None:
        super().__init__(data, initial={"betrag": agreement.amount_cents})
        self.agreement = agreement
        self._choose_form(agreement.programme)
        self._choose_place(places(agreement))

    def wish(self) -> NewAmendment:
        """The command; call only when the form is valid."""
        said = self.cleaned_data
        return NewAmendment(
            self.agreement, said["art"], said["grundlage"], total_cents=said["betrag"]
        )


class AfterCutForm(_Rests):
    """How all agreements that a cut hit are to be changed."""

    art = forms.ChoiceField(label=_("Art der Änderung"))
    field_order = ("art", "grundlage")

    def __init__(self, programme: str, year: int, data: Any = None) -> None:
        super().__init__(data)
        self.programme, self.year = programme, year
        self._choose_form(programme)
        self._choose_place(places_of_year(programme, year))

    def wish(self) -> AmendAfterCut:
        """The command; call only when the form is valid."""
        said = self.cleaned_data
        return AmendAfterCut(self.programme, self.year, said["art"], said["grundlage"])


class PairForm(_Rests):
    """Which agreement gives how much to which other one."""

    gibt = forms.TypedChoiceField(label=_("Wer weniger braucht"), widget=QuickSelect, coerce=int)
    erhaelt = forms.TypedChoiceField(label=_("Wer mehr erhält"), widget=QuickSelect, coerce=int)
    betrag = MoneyField(label=_("Betrag"))
    field_order = ("gibt", "erhaelt", "betrag", "grundlage")

    def __init__(
        self, programme: str, year: int, agreements: Sequence[Agreement], data: Any = None
    ) -> None:
        super().__init__(data)
        self._by_key = {each.pk: each for each in agreements}
        named = [(each.pk, German(_named(each))) for each in agreements]
        for name in ("gibt", "erhaelt"):
            self._choose(name, [("", _("bitte wählen")), *named])
        self._choose_place(places_of_year(programme, year))

    def clean(self) -> dict[str, Any]:
        """Money goes from one body to another."""
        said = super().clean() or {}
        gives, gets = (self._by_key.get(said.get(name, 0)) for name in ("gibt", "erhaelt"))
        if gives and gets and gives.ags == gets.ags:
            self.add_error("erhaelt", _("Bitte wählen Sie eine andere Gebietskörperschaft."))
        return said

    def wish(self) -> NewPair:
        """The command; call only when the form is valid."""
        said = self.cleaned_data
        gives, gets = self._by_key[said["gibt"]], self._by_key[said["erhaelt"]]
        return NewPair(gives, gets, said["betrag"], said["grundlage"])


def _named(agreement: Agreement) -> str:
    return f"{agreement.body_name} ({agreement.file_number})"


def places_of_year(programme: str, year: int) -> list[str]:
    """The clauses of a year as places that a change may rest on."""
    clauses = packs.load(programme, year).clauses
    texts = [f"{each.number} {each.title}".strip()[:LONGEST_PLACE] for each in clauses]
    return list(dict.fromkeys(texts))
