"""Filters in the address of a list: the programme year, the state of a case."""

from typing import Any, TypeVar

from django import forms
from django.db.models import Model, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zielwerk.core.cases import Kind
from zielwerk.core.words import matching
from zielwerk.language import German
from zielwerk.packs.model import Body, BodyFact, fact_codes
from zielwerk.rulebook.alphabet import hyphenated
from zielwerk.ui import bodies, wording
from zielwerk.ui.forms import QuickSelect, TextField

M = TypeVar("M", bound=Model)
Choices = list[tuple[str, Any]]


def _worded(label: str) -> str:
    """A state's label; a text of the programme knows its language."""
    return label if isinstance(label, German) else gettext(label)


def year_choices(years: list[int]) -> Choices:
    return [(str(year), str(year)) for year in years]


class YearFilter(forms.Form):
    """One of the programme ``years``, or all of them."""

    jahr = forms.ChoiceField(label=_("Programmjahr"), required=False)

    def __init__(self, data: Any, years: list[int]) -> None:
        super().__init__(data)
        self.fields["jahr"].choices = [("", gettext("alle")), *year_choices(years)]  # type: ignore[attr-defined]
        self.full_clean()

    @property
    def year(self) -> int | None:
        year = self.cleaned_data.get("jahr")
        return int(year) if year else None

    def matching(self, rows: QuerySet[M]) -> QuerySet[M]:
        """The rows of the year."""
        return rows.filter(year=self.year) if self.year else rows


class BodyYearForm(forms.Form):
    """For which body and programme year something is to be made."""

    jahr = forms.TypedChoiceField(label=_("Programmjahr"), coerce=int)
    ags = forms.ChoiceField(label=_("Gebietskörperschaft"), widget=QuickSelect)

    def __init__(self, years: list[int], keys: Choices, data: Any, **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["jahr"].choices = year_choices(years)  # type: ignore[attr-defined]
        self.fields["ags"].choices = keys  # type: ignore[attr-defined]


class BodyFilter(forms.Form):
    """The kind of a body, and each fact of which the programme declares choices."""

    art = forms.ChoiceField(label=_("Art der Gebietskörperschaft"), required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.fields["art"].choices = [("", _("alle")), *bodies.kinds()]  # type: ignore[attr-defined]
        self.facts: dict[str, BodyFact] = {}
        for fact in wording.programme().body_facts:
            name = hyphenated(str(fact.label))
            if fact.choices and name not in self.fields:
                self.facts[name] = fact
                choices = [
                    ("", _("alle")),
                    *((str(each.code), each.label) for each in fact.choices),
                ]
                self.fields[name] = forms.ChoiceField(
                    label=fact.label, required=False, choices=choices
                )

    def fits(self, body: Body) -> bool:
        """Whether a body is of the kind and has the facts that are asked for."""
        values = self.cleaned_data
        return values.get("art") in ("", None, body.kind.label) and all(
            not values.get(name) or values[name] in fact_codes(fact, body.facts)
            for name, fact in self.facts.items()
        )


class SearchFilter(forms.Form):
    """Words, each of which is found in a row's search text or in the names of its body.

    ``body_column`` is the path to the key of the body, empty where rows have none.
    """

    body_column = "ags"
    suche = TextField(
        label=_("Suche"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def searched(self, rows: QuerySet[M]) -> QuerySet[M]:
        """The rows that the words find."""
        words = self.cleaned_data.get("suche") or ""
        return matching(rows, words, ags=self.body_column)


class SearchYearFilter(SearchFilter, YearFilter):
    """Words and one programme year, or all of them."""

    field_order: tuple[str, ...] = ("suche", "jahr")

    def matching(self, rows: QuerySet[M]) -> QuerySet[M]:
        return super().matching(self.searched(rows))


class CaseFilter(SearchYearFilter):
    """Words, one programme year and one state of a kind of case, or all of them."""

    field_order: tuple[str, ...] = ("suche", "jahr", "stand")
    stand = forms.ChoiceField(label=_("Stand"), required=False)

    def __init__(self, data: Any, years: list[int], kind: Kind[Any]) -> None:
        has_body = any(column.name == "ags" for column in kind.model._meta.concrete_fields)
        self.body_column = "ags" if has_body else ""
        self.states = [(state, _worded(label)) for state, label in kind.labels.items()]
        super().__init__(data, years)

    def full_clean(self) -> None:
        self.fields["stand"].choices = [("", gettext("alle")), *self.states]  # type: ignore[attr-defined]
        super().full_clean()

    def matching(self, rows: QuerySet[M]) -> QuerySet[M]:
        """The cases among ``rows`` that the filter keeps."""
        rows = super().matching(rows)
        state = self.cleaned_data.get("stand")
        return rows.filter(state=state) if state else rows
