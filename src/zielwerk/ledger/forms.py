"""Filters of the books from the address; the reason of a reversal."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from zielwerk.core.permissions import Actor
from zielwerk.ledger import queries
from zielwerk.ledger.models import Book, Place, Transfer
from zielwerk.ledger.queries import NONE, Group, Selection, labels
from zielwerk.ui.forms import DayField, QuickSelect, TextField

# What addresses call the dimensions of accounts.
YEARS = {
    "programmjahr": "programme_year",
    "haushaltsjahr": "budget_year",
    "faelligkeitsjahr": "due_year",
}
CODES = {
    "ags": "ags",
    "zweck": "earmark",
    "herkunft": "source",
    "haushaltsstelle": "budget_line",
}
GROUPS = {
    "programmjahr": _("Programmjahr"),
    "haushaltsjahr": _("Haushaltsjahr"),
    "ags": _("Gebietskörperschaft"),
    "zweck": _("Zweckbindung"),
    "massnahme": _("Maßnahme"),
}
DIMENSIONS = {**YEARS, **CODES, "massnahme": "measure"}
# Commitment authority is a permission, not money, so it is a book of its own to look at.
BOOKS: dict[str, tuple[Book, bool | None]] = {
    "ermaechtigung": (Book.AUTHORISATION, False),
    "verpflichtung": (Book.AUTHORISATION, True),
    "planung": (Book.PLANNING, None),
    "planung-mittel": (Book.PLANNING, False),
    "planung-verpflichtung": (Book.PLANNING, True),
    "bindung": (Book.COMMITMENT, None),
    "bindung-mittel": (Book.COMMITMENT, False),
    "bindung-verpflichtung": (Book.COMMITMENT, True),
    "zahlung": (Book.CASH, False),
}
BOOK_KEYS = {book: key for key, book in BOOKS.items()}
Choices = list[tuple[str, Any]]
ALL: tuple[str, Any] = ("", _("alle"))
ONE_WAY = "hin"
CROSSING = "ueber"


class BookFilters(forms.Form):
    """Filters of the books, with their two times: when it counted, when it was known.

    Choices are what the accounts within the person's perimeter have.
    """

    programmjahr = forms.ChoiceField(label=_("Programmjahr"), required=False)
    haushaltsjahr = forms.ChoiceField(label=_("Haushaltsjahr"), required=False)
    faelligkeitsjahr = forms.ChoiceField(label=_("Fälligkeitsjahr"), required=False)
    ags = forms.ChoiceField(label=_("Gebietskörperschaft"), required=False, widget=QuickSelect)
    zweck = forms.ChoiceField(label=_("Zweckbindung"), required=False)
    herkunft = forms.ChoiceField(label=_("Mittelherkunft"), required=False)
    haushaltsstelle = forms.ChoiceField(
        label=_("Haushaltsstelle"), required=False, widget=QuickSelect
    )
    massnahme = TextField(label=_("Maßnahme"), required=False, max_length=60)
    buch = forms.ChoiceField(
        label=_("Buch"),
        required=False,
        choices=[ALL, *((key, _(labels.book_label(*book))) for key, book in BOOKS.items())],
    )
    stand = DayField(
        label=_("Wie es zählte am"), required=False, help_text=_("Wertstellung bis zu diesem Tag")
    )
    bekannt = DayField(
        label=_("Wie es bekannt war am"), required=False, help_text=_("erfasst bis zu diesem Tag")
    )

    def __init__(self, data: Any, user: Actor) -> None:
        super().__init__(data)
        self.user = user
        names = labels.names(settings.PROGRAMME)
        fields = {**YEARS, **CODES}
        columns = queries.dimension_values(user, *fields.values())
        for (field, dimension), values in zip(fields.items(), columns, strict=True):
            self.fields[field].choices = _choices(values, dimension, names)  # type: ignore[attr-defined]

    def times(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        return {"counted_on": cleaned.get("stand"), "known_on": cleaned.get("bekannt")}

    def selection(self) -> Selection:
        """The part of the books asked for; a faulty filter is left out, its field says so."""
        self.full_clean()
        cleaned = self.cleaned_data
        book, is_authority = BOOKS.get(cleaned.get("buch") or "", ("", None))
        return Selection(
            programme_year=_year(cleaned.get("programmjahr")),
            budget_year=_year(cleaned.get("haushaltsjahr")),
            due_year=_year(cleaned.get("faelligkeitsjahr")),
            ags=cleaned.get("ags") or "",
            earmark=cleaned.get("zweck") or "",
            source=cleaned.get("herkunft") or "",
            budget_line=cleaned.get("haushaltsstelle") or "",
            measure=cleaned.get("massnahme") or "",
            book=book,
            is_authority=is_authority,
            place=cleaned.get("ort") or "",
            other_place=(cleaned.get("ort") and cleaned.get("gegenort")) or "",
            is_one_way=bool(cleaned.get("richtung")),
            is_crossing=bool(cleaned.get("grenze")),
            case=cleaned.get("akte") or "",
        )


def _year(text: str | None) -> int | None:
    return int(text) if text else None


def _choices(values: Iterable[Group], dimension: str, names: labels.Names) -> Choices:
    is_year = dimension in YEARS.values()
    filled = [value for value in values if value]
    placed = sorted(filled, key=partial(names.place, dimension), reverse=is_year)
    ordered = [(str(value), names.of(dimension, value)) for value in placed]
    key = "0" if is_year else NONE
    # Money that has no such dimension can be asked for where there is some.
    empty: Choices = [(key, _(labels.NOWHERE))] if not all(values) else []
    return [ALL, *ordered, *empty]


def places() -> Choices:
    """All places by their names in the programme."""
    return [ALL, *((place.value, _(place.said)) for place in Place)]


class TransferFilters(BookFilters):
    """The same, narrowed to a place, to another one that it exchanges with, to a case."""

    ort = forms.ChoiceField(label=_("Ort"), required=False, choices=places)
    gegenort = forms.ChoiceField(
        label=_("Anderer Ort"),
        required=False,
        choices=places,
        help_text=_("Buchungen zwischen beiden Orten"),
    )
    richtung = forms.ChoiceField(
        label=_("Richtung"),
        required=False,
        choices=[ALL, (ONE_WAY, _("nur vom Ort zum anderen"))],
    )
    grenze = forms.ChoiceField(
        label=_("Grenze der Auswahl"),
        required=False,
        choices=[ALL, (CROSSING, _("nur, was hinein oder hinaus ging"))],
    )
    akte = TextField(label=_("Aktenzeichen"), required=False, max_length=30)

    def matching(self, transfers: QuerySet[Transfer]) -> QuerySet[Transfer]:
        """The transfers among these that touch the part of the books asked for."""
        return queries.touching(transfers, self.user, self.selection(), **self.times())
