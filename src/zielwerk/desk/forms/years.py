"""Which figure of the bodies' years is shown, and of which bodies."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zielwerk.core.permissions import Actor
from zielwerk.desk import queries
from zielwerk.ledger.models import Place
from zielwerk.packs import loading as packs
from zielwerk.packs import naming
from zielwerk.packs.model import Body
from zielwerk.programme.panels.tranches import FORMS
from zielwerk.rulebook.refusal import msg
from zielwerk.ui import wording
from zielwerk.ui.filters import BodyFilter, SearchFilter
from zielwerk.ui.tags.values import words

Where = tuple[str, int]
BOOKS = {
    "given": "planung",
    "agreed": "planung",
    "uncovered": "planung",
    "committed": "bindung",
    "paid": "zahlung",
}
"""What addresses call the books in which a figure is found."""
WORDS = {
    "given": "zugewiesen",
    "agreed": "vereinbart",
    "uncovered": "ungedeckt",
    "committed": "gebunden",
    "paid": "ausgezahlt",
}
FORM_WORDS = {"money": "barmittel", "authority": "ermaechtigung", "unknown": "unbekannt"}
FORM_ENDINGS = {"money": "-mittel", "authority": "-verpflichtung", "unknown": "-mittel"}
COUNTS = {
    "planned": ("geplante-massnahmen", msg("Geplante Maßnahmen")),
    "seats": ("geplante-plaetze", msg("Geplante Plätze")),
    "agreed_measures": ("massnahmen", msg("{documents}: Maßnahmen")),
}


@dataclass(frozen=True)
class Figure:
    """A figure that bodies have in programme years: what it is, and where one is shown.

    ``is_money`` says that it counts cents; ``adds_up`` that those of several bodies of one year
    may be summed. ``read`` gives the figures by body and year as a person sees them.
    """

    code: str
    label: str
    read: Callable[[Actor], dict[Where, int]]
    url: Callable[[str, int], str]
    is_money: bool = False
    adds_up: bool = True


def figures() -> list[Figure]:
    """All figures of the programme: money in each form, measures, seats, and each indicator."""
    return [
        *(money(what, form) for what in WORDS for form in FORM_WORDS if is_told(what, form)),
        *map(count, COUNTS),
        *targets(),
    ]


def is_told(what: str, form: str) -> bool:
    """Whether there can be such money: nobody is paid in permissions."""
    return what != "paid" or form == "money"


def money(what: str, form: str) -> Figure:
    place = gettext("zugewiesen") if what == "given" else word(what)
    label = gettext(FORMS[list(FORM_WORDS).index(form)]).format(what=place)

    def read(user: Actor) -> dict[Where, int]:
        return dict(queries.year_money(user, settings.PROGRAMME).get((what, form), {}))

    url = partial(books_url, what, form)
    return Figure(f"{WORDS[what]}-{FORM_WORDS[form]}", label, read, url, is_money=True)


def word(what: str) -> str:
    """What the books call a place, in the person's language."""
    return wording.fitted("vereinbart") if what == "agreed" else words(str(Place(what).label))


def books_url(what: str, form: str, ags: str, year: int) -> str:
    """Where the money of a body and year lies in the book that the figure is of."""
    ending = "" if what == "paid" else FORM_ENDINGS[form]
    query = {"buch": f"{BOOKS[what]}{ending}", "programmjahr": year, "ags": ags}
    return f"{reverse('ledger:places')}?{urlencode(query)}"


def count(code: str) -> Figure:
    """How many measures or seats."""
    address, label = COUNTS[code]

    def read(user: Actor) -> dict[Where, int]:
        if code == "agreed_measures":
            return queries.agreed_counts(user, settings.PROGRAMME)
        return queries.planned_counts(user, settings.PROGRAMME)[code]

    return Figure(address, words(wording.said(label)), read, partial(measures_url, code))


def measures_url(code: str, ags: str, year: int) -> str:
    if code == "agreed_measures":
        return reverse("desk:case", args=[year, ags, 1])
    return (
        f"{reverse('measures:planned_measures')}?{urlencode({'jahr': year, 'koerperschaft': ags})}"
    )


def targets() -> list[Figure]:
    """The target of all people as a whole, by each indicator of any open year."""
    labels: dict[str, str] = {}
    for year in queries.open_years(settings.PROGRAMME):
        known = packs.load(settings.PROGRAMME, year).target_indicators
        labels |= {each.code: words(each.label) for each in known}
    return [
        Figure(
            f"ziel-{code}",
            gettext("Ziel: {indicator}").format(indicator=label),
            partial(_target_values, code),
            partial(target_url, code),
            adds_up=False,
        )
        for code, label in labels.items()
    ]


def _target_values(code: str, user: Actor) -> dict[Where, int]:
    return queries.target_values(user, settings.PROGRAMME, code)


def target_url(code: str, ags: str, year: int) -> str:
    query = {"jahr": year, "koerperschaft": ags, "messgroesse": code}
    return f"{reverse('measures:overall_targets')}?{urlencode(query)}"


# --- the list -----------------------------------------------------------------------------


@dataclass(frozen=True)
class BodyLine:
    """A body with the chosen figure by year, a line of the list."""

    body: Body
    figure: str = ""
    values: dict[int, int] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("year_"):
            return self.values.get(int(name.removeprefix("year_")))
        raise AttributeError(name)

    @property
    def ags(self) -> str:
        return self.body.ags

    @property
    def body_name(self) -> str:
        return self.body.name

    @property
    def body_key(self) -> str:
        return naming.names(settings.PROGRAMME)[self.ags].key

    @property
    def kind_label(self) -> str:
        return self.body.kind.label


class YearsFilters(BodyFilter, SearchFilter):
    """The figure that is shown, the kind of a body and its facts, and how it is called."""

    was = forms.ChoiceField(label=_("Was gezeigt wird"), required=False)

    def __init__(self, data: Any, user: Actor) -> None:
        super().__init__(data)
        self.user = user
        known = figures()
        chosen: Any = self.fields["was"]
        chosen.choices = [(figure.code, figure.label) for figure in known]
        self.order_fields(["was", "suche", "art", *self.facts])
        self.full_clean()
        wish = self.cleaned_data.get("was")
        self.figure = next((each for each in known if each.code == wish), known[0])

    @cached_property
    def values(self) -> dict[Where, int]:
        return self.figure.read(self.user)

    @property
    def years(self) -> list[int]:
        """The programme years from the first in which any body has the figure."""
        known = {year for _, year in self.values}
        return queries.since_first(queries.open_years(settings.PROGRAMME), known)

    def matching(self, rows: Iterable[BodyLine]) -> list[BodyLine]:
        """The bodies that are asked for, each with the figure that is shown."""
        wish = self.cleaned_data.get("suche") or ""
        meant = naming.meant(settings.PROGRAMME, wish) if wish else None
        by_body: dict[str, dict[int, int]] = {}
        for (ags, year), value in self.values.items():
            by_body.setdefault(ags, {})[year] = value
        return [
            BodyLine(line.body, self.figure.label, by_body.get(line.ags, {}))
            for line in rows
            if (meant is None or line.ags in meant) and self.fits(line.body)
        ]
