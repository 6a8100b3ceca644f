"""The selection as a map of tiles and as bars: the amounts of one year by body."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings

from zielwerk.language import German
from zielwerk.packs import loading as packs
from zielwerk.packs import naming
from zielwerk.publication import queries
from zielwerk.publication.forms import Filters
from zielwerk.rulebook.money import Cents
from zielwerk.ui import bodies
from zielwerk.ui.addresses import door
from zielwerk.ui.charts.bars import Bar
from zielwerk.ui.charts.tiles import Tile

MILLION, THOUSAND = 100_000_000, 100_000  # in cents


@dataclass(frozen=True)
class Pictures:
    """The amounts of a year; ``before`` is the year that the bars compare with, 0 for none.

    ``others`` are the years with something else of the same selection, newest first.

    ``shown`` of ``number`` bodies have something invented or recorded for show among it.
    """

    year: int
    before: int
    others: tuple[int, ...]
    tiles: tuple[Tile, ...]
    bars: tuple[Bar, ...]
    total: Cents
    number: int
    shown: int


def pictures(filters: Filters) -> Pictures | None:
    """The pictures of what the filters keep: of their year, or of the newest; one query."""
    if filters.errors:
        return None
    rows = queries.amounts_by_body(filters.matching_in_any_year(queries.current_editions()))
    years = sorted({year for year, *_ in rows})
    year = filters.year or max(years, default=0)
    own = [row[1:] for row in rows if row[0] == year]
    if not own:
        return None
    before = max((each for each in years if each < year), default=0)
    earlier = {ags: cents for each, ags, _, cents, _ in rows if each == before}
    return Pictures(
        year,
        before,
        tuple(each for each in reversed(years) if each != year),
        tuple(_tiles(year, own)),
        tuple(
            Bar(_called(ags, name, shown), cents, earlier.get(ags), url=_url(ags))
            for ags, name, cents, shown in sorted(own, key=lambda row: (-row[2], row[0]))
        ),
        Cents(sum(cents for _, _, cents, _ in own)),
        len(own),
        sum(1 for *_, shown in own if shown),
    )


def _tiles(year: int, own: Sequence[tuple[str, str, int, int]]) -> list[Tile]:
    """A tile for every body of the year that the programme gives a place."""
    if year not in packs.years(settings.PROGRAMME):
        return []
    amounts = {ags: (cents, shown) for ags, _, cents, shown in own}
    tiles = []
    for body in packs.bodies_in(settings.PROGRAMME, year):
        if body.tile:
            cents, shown = amounts.get(body.ags, (None, 0))
            name = _marked(bodies.official(body), shown)
            text = "" if cents is None else short_amount(cents)
            url = "" if cents is None else _url(body.ags)
            short, brief = bodies.short(body), bodies.brief(body)
            tiles.append(Tile(*body.tile, short, name, cents, text, url, brief))
    return tiles


def _called(ags: str, name: str, shown: int) -> German:
    known = naming.names(settings.PROGRAMME).get(ags)
    return _marked(German(known.short if known else name), shown)


def _marked(name: German, shown: int) -> German:
    """A name, with what says that something of it is invented; both in German."""
    return German(f"{name} (erfunden)") if shown else name


def _url(ags: str) -> str:
    return door("publication:body_years", ags)


def short_amount(cents: int) -> str:
    """An amount in the letters of a tile: "1,6 Mio. €", "40 Tsd. €"."""
    if cents >= MILLION:
        return f"{cents / MILLION:.1f}".replace(".", ",") + " Mio. €"
    return f"{cents / THOUSAND:.0f} Tsd. €"
