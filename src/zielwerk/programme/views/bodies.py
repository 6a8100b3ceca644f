"""Regional bodies: the list on a day, and a body with its money over the years."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from zielwerk.core import permissions
from zielwerk.packs import loading as packs
from zielwerk.packs import naming
from zielwerk.packs.model import Body, fact_texts
from zielwerk.programme import queries
from zielwerk.programme.models import PartyRelation
from zielwerk.programme.panels import bodies as columns
from zielwerk.programme.panels import organisations
from zielwerk.programme.panels.tranches import FORMS, tranche_rows
from zielwerk.rulebook.alphabet import holds, searchable
from zielwerk.rulebook.calendar import holds_on
from zielwerk.rulebook.kinds import forms
from zielwerk.rulebook.refusal import msg
from zielwerk.ui import bodies as names
from zielwerk.ui import lists, wording
from zielwerk.ui.charts import Break, Line, Tile
from zielwerk.ui.filters import BodyFilter, SearchFilter
from zielwerk.ui.forms import DayField
from zielwerk.ui.joined import JOINED
from zielwerk.ui.lists import Listed, Listing
from zielwerk.ui.views import Request, may

MILLION = 100_000_000


class BodyFilters(BodyFilter, SearchFilter):
    """How called, on which day, of which kind and with which facts."""

    tag = DayField(
        label=_("Stand am"), required=False, help_text=_("Ohne Angabe: heute; z. B. 31.12.2025")
    )

    def __init__(self, data: Any, today: date) -> None:
        super().__init__(data)
        self.order_fields(["suche", "tag", "art", *self.facts])
        self.full_clean()
        self.day: date = self.cleaned_data.get("tag") or today

    def matching(self, bodies: Iterable[Body]) -> list[columns.BodyOnDay]:
        """The bodies that exist on the day, are such and are called so.

        Where none is called so, those of which a fact says it.
        """
        wish = self.cleaned_data.get("suche") or ""
        on_day = [body for body in bodies if holds_on(body, self.day)]
        meant = naming.meant(settings.PROGRAMME, wish)
        called = [body for body in on_day if body.ags in meant]
        called = called or [body for body in on_day if holds(searchable(told(body)), wish)]
        return [columns.on_day(body, self.day) for body in called if self.fits(body)]


def told(body: Body) -> Iterator[str]:
    """What the programme's facts say of a body, each with what it is called."""
    for fact in columns.facts():
        texts = fact_texts(fact, body.facts)
        if texts:
            yield " ".join([fact.label, *texts])


def beside(request: Request, listed: Listed) -> dict[str, Any]:
    """The day of the list, and the map of its bodies."""
    filters: Any = listed.filters
    year = packs.year_on(settings.PROGRAMME, filters.day)
    return {
        "day": filters.day,
        "year": year,
        "tiles": tiles(request, [row.body for row in listed.rows], year),
        "sees_money": sees_money(request),
        "sees_part": not request.user.perimeter.is_whole,
    }


bodies = lists.door(
    Listing(
        route="programme:bodies",
        name=msg("Gebietskörperschaften"),
        look="programme.look",
        rows=lambda user: packs.bodies(settings.PROGRAMME),
        keys=("ags",),
        order=("ags",),
        filters=lambda parameters, user: BodyFilters(parameters, timezone.localdate()),
        empty=(
            msg("Keine Gebietskörperschaft"),
            msg("An diesem Tag und von dieser Art kennt das Programm keine."),
        ),
        columns=columns.bodies,
        length=100,
    ),
    "programme/bodies.html",
    beside,
)


def may_open(request: Request, body: Body) -> bool:
    return permissions.in_perimeter(request.user, body)


def sees_money(request: Request) -> bool:
    return not permissions.role_refusal(request.user, "allocation.look_at_allocations")


def tiles(request: Request, bodies: list[Body], year: int) -> list[Tile]:
    """The map: each body's holding of the year, as far as the person may see it."""
    holdings = queries.holdings_of_year(settings.PROGRAMME, year) if sees_money(request) else {}
    tiles = []
    for body in bodies:
        if body.tile is None:
            continue
        is_visible = body.ags in holdings and may_open(request, body)
        cents = holdings[body.ags].total_cents if is_visible else None
        text = "" if cents is None else millions(cents)
        url = reverse("programme:body", args=[body.ags]) if may_open(request, body) else ""
        tiles.append(Tile(*body.tile, names.short(body), names.official(body), cents, text, url))
    return tiles


def millions(cents: int) -> str:
    """An amount in the eleven characters of a tile."""
    return f"{cents / MILLION:.1f}".replace(".", ",") + " Mio."


@may("programme.look")
@require_safe
def body(request: Request, ags: str) -> HttpResponse:
    """One body: facts with sources, money by programme year with its breaks, parties."""
    versions = queries.body(request.user, settings.PROGRAMME, ags)
    newest = versions[0]
    context: dict[str, Any] = {
        "body": newest,
        "title": names.short(newest),
        "official": names.official(newest),
        "earlier": versions[1:],
        "facts": columns.facts_of(newest),
        "organisations": organisations.by_role(last_day(newest), versions),
        "assumed": columns.assumed_facts(newest.assumed),
        "breaks": [
            (each, body_names(each.others(ags)))
            for each in packs.breaks_of(settings.PROGRAMME, ags)
        ],
        "relations": relations(request, ags),
        "parts": [part(request, ags) for part in JOINED.body_parts],
    }
    if sees_money(request):
        context |= money(newest)
    return render(request, "programme/body.html", context)


def last_day(body: Body) -> date:
    """Today, or the nearest day on which there is such a body."""
    first, last = body.valid_from or date.min, body.valid_until or date.max
    return min(max(timezone.localdate(), first), last)


def body_names(keys: tuple[str, ...]) -> str:
    """The names of the bodies with these keys."""
    return ", ".join(naming.shorts(settings.PROGRAMME, keys))


def money(body: Body) -> dict[str, Any]:
    kinds = queries.kinds_of_body(settings.PROGRAMME, body.ags)
    years = sorted(
        {
            *kinds,
            *(pack_year for code, pack_year in packs.available() if code == settings.PROGRAMME),
        }
    )
    return {
        "sees_money": True,
        "lines": list(lines(kinds, years)),
        "chart_breaks": [
            Break(packs.first_year_after(settings.PROGRAMME, each.day), each.text)
            for each in packs.breaks_of(settings.PROGRAMME, body.ags)
        ],
        "tranches": list(tranche_rows(settings.PROGRAMME, body.ags)),
        "uncovered": [
            (key, queries.purpose(key.fund), queries.tranche(key.tranche), cents)
            for key, cents in queries.uncovered_of_body(settings.PROGRAMME, body.ags)
        ],
    }


def lines(kinds: Mapping[int, queries.Tranches], years: Iterable[int]) -> Iterator[Line]:
    """What was allocated and agreed, year by year; money and permission are lines of their own."""
    given, agreed = gettext("zugewiesen"), wording.fitted("vereinbart")
    for form, label in enumerate(FORMS):
        for what, name in ((given, "total_cents"), (agreed, "agreed_cents")):
            values = {
                year: forms({one: getattr(own, name) for one, own in kinds[year].items()})[form]
                if year in kinds
                else None
                for year in years
            }
            if any(values.values()):
                yield Line(gettext(label).format(what=what), values)


def relations(request: Request, ags: str) -> list[tuple[PartyRelation, str]]:
    all_relations = queries.relations(settings.PROGRAMME, ags)
    return [(relation, queries.passing_on(relation.passing_on)) for relation in all_relations]
