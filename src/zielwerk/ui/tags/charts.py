"""Pictures with their tables: bars, a map of tiles, flows, values by year.

Every tag takes a title (unique on its page: it names the picture) and things of
``zielwerk.ui.charts``. ``unit`` says how values are written, ``euro`` (cents) or
``number``. ``table=False`` is for pages that have the same numbers in a table of their own.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from django import template
from django.template import Context
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from django.utils.translation import gettext

from zielwerk.ui import figures
from zielwerk.ui.charts import Bar, Break, Flow, Line, Node, Tile
from zielwerk.ui.charts.bars import bars as laid_out_bars
from zielwerk.ui.charts.sankey import sankey as laid_out_sankey
from zielwerk.ui.charts.series import series as laid_out_series
from zielwerk.ui.charts.tiles import CLASSES, DrawnTile
from zielwerk.ui.charts.tiles import tile_map as laid_out_tiles
from zielwerk.ui.tags.pieces import NOTHING
from zielwerk.ui.tags.values import euro, lang, number, worded, words

register = template.Library()

UNITS: dict[str, Callable[[int], str]] = {
    "euro": euro,
    "number": number,
    "signed_euro": figures.signed_euro,
}


def _common(title: str, unit: str, table: bool, described: str) -> dict[str, Any]:
    return {
        "title": title,
        "id": f"bild-{slugify(title)}",
        "unit": unit,
        "table": table,
        "described": described,
    }


@register.simple_block_tag
def figure(content: str, title: str, id: str) -> SafeString:  # noqa: A002 - HTML's word
    """The frame of every picture: its title, and below it what ``content`` draws.

    Where all its amounts are of whole euros, they are written without cents.
    """
    (content,) = figures.whole_euros([content])
    return format_html(
        '<figure class="zw-figure" aria-labelledby="{id}"><figcaption '
        'class="kern-title kern-title--small" id="{id}">{title}</figcaption>{content}</figure>',
        id=id,
        title=title,
        content=mark_safe(content),  # noqa: S308 - rendered by a template, escaped there
    )


@register.simple_block_tag(takes_context=True)
def drawing(context: Context, content: str, css: str) -> SafeString:
    """The drawing of a figure: it scrolls in its frame and says in words what it shows."""
    title, picture = context["title"], context["picture"]
    width, height = f"{picture.width:.6g}", f"{picture.height:.6g}"
    return format_html(
        '<div class="zw-figure__scroll" role="group" tabindex="0" aria-label="{label}">'
        '<svg class="{css}" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        'role="{role}" aria-labelledby="{id}-titel" aria-describedby="{id}-mehr">'
        '<title id="{id}-titel">{title}</title><desc id="{id}-mehr">{described}</desc>'
        "{content}</svg></div>",
        css=css,
        width=width,
        height=height,
        title=title,
        content=content,
        label=gettext("Bild: {title}").format(title=title),
        role="group" if context.get("linked") else "img",
        **{name: context[name] for name in ("id", "described")},
    )


@register.filter
def written(value: int | None, unit: str) -> str:
    """A value as its unit is written; nothing for an unknown one."""
    return "" if value is None else UNITS[unit](value)


@register.inclusion_tag("ui/charts/bar_chart.html")
def bar_chart(
    title: str,
    bars: Sequence[Bar],
    of: str = "",
    value: str = "",
    compare: str = "",
    unit: str = "euro",
    table: bool = True,
) -> dict[str, Any]:
    """Horizontal bars; ``of``, ``value`` and ``compare`` name label, value and what is marked."""
    greatest = max(bars, key=lambda bar: bar.value, default=None)
    described = greatest and format_html(
        gettext("Balken: {count}; der größte: {label}, {value}."),
        count=len(bars),
        label=greatest.label,
        value=UNITS[unit](greatest.value),
    )
    return {
        **_common(title, unit, table, described or ""),
        "picture": laid_out_bars(bars),
        "of": of or gettext("Bezeichnung"),
        "value": value or gettext("Wert"),
        "compare": compare or gettext("Vorjahr"),
        "flagged": any(bar.flags for bar in bars),
    }


@register.simple_tag
def drawn_tile(
    shape: DrawnTile,
    id: str,  # noqa: A002 - HTML's word
    shown: str,
    unknown: str,
) -> SafeString:
    """A region's tile, drawn here since a map has hundreds; ``id`` is that of the map's marks."""
    tile = shape.tile
    apart = [gettext("nicht"), gettext("vergleichbar")]
    value = written(tile.value, shown) or unknown
    told = value if tile.is_comparable else " ".join(apart)
    told = f"{words(tile.short)} {tile.text}: {words(tile.name)}, {told}"
    title = f"<title{lang(tile.name)}>{escape(told)}</title>"
    name = "".join(
        f'<text class="zw-tile__short" x="56" y="{y}"{lang(tile.short)}>{escape(line)}</text>'
        for y, line in zip((21, 38), shape.lines, strict=False)
    )
    number = f'<text x="56" y="60">{escape(tile.text)}</text>'
    if not tile.is_comparable:
        number = "".join(
            f'<text class="zw-tile__apart" x="56" y="{y}">{escape(line)}</text>'
            for y, line in zip((58, 74), apart, strict=True)
        )
    ground = '<rect class="zw-tile__ground" width="112" height="88" rx="4" />'
    mark = "" if shape.rank is None else f'<use href="#{id}-{shape.look}" x="23" y="69" />'
    return mark_safe(f"{title}{ground}{name}{number}{mark}")  # noqa: S308 - escaped above


@register.inclusion_tag("ui/charts/tile_map.html")
def tile_map(
    title: str,
    tiles: Sequence[Tile],
    of: str = "",
    value: str = "",
    unit: str = "euro",
    table: bool = True,
    changes: bool = False,
    unknown: str = "",
) -> dict[str, Any]:
    """A map of tiles in classes, each with the mark of its class and its value.

    ``unknown`` is what a tile without a value is called.

    With ``changes`` (in euros) the classes lie on both sides of zero.
    """
    described = gettext("Kacheln: {count}, ungefähr nach ihrer Lage, in Klassen.")
    return {
        **_common(title, unit, table, described.format(count=len(tiles))),
        "picture": laid_out_tiles(tiles, changes=changes),
        "ranks": range(1, CLASSES + 1),
        "shown": "signed_euro" if changes else unit,
        "unknown": unknown or gettext("unbekannt"),
        "linked": any(tile.url for tile in tiles),
        "of": of or gettext("Bezeichnung"),
        "value": value or gettext("Wert"),
    }


@register.inclusion_tag("ui/charts/sankey.html")
def sankey(
    title: str,
    nodes: Sequence[Node],
    flows: Sequence[Flow],
    unit: str = "euro",
    table: bool = True,
) -> dict[str, Any]:
    """Flows of amounts; a note in place of the picture where there are none."""
    picture = laid_out_sankey([replace(node, label=worded(node.label)) for node in nodes], flows)
    described = gettext("Flüsse: {flows}, Orte: {nodes}, von links nach rechts.").format(
        flows=len(flows), nodes=len(picture.nodes)
    )
    return {
        **_common(title, unit, table, described),
        "picture": picture,
        "linked": any(item.url for item in nodes) or any(item.url for item in flows),
        "says_what_is_there": any(drawn.node.holds is not None for drawn in picture.nodes),
        "turns_back": any(ribbon.is_back for ribbon in picture.ribbons),
        "is_danger": any(drawn.node.kind == "danger" for drawn in picture.nodes),
    }


@register.inclusion_tag("ui/charts/series_chart.html")
def series_chart(
    title: str,
    lines: Sequence[Line],
    breaks: Sequence[Break] = (),
    unit: str = "euro",
    table: bool = True,
) -> dict[str, Any]:
    """Values by year; a break in a series is a dashed line with its reason."""
    picture = laid_out_series(lines, breaks)
    described = NOTHING
    if picture.years:
        described = format_html(
            gettext("Werte von {first} bis {last}."),
            first=picture.years[0][0],
            last=picture.years[-1][0],
        )
        described += format_html_join(
            "", " {}: {}", ((at.year, at.text) for at, _ in picture.breaks)
        )
    rows = [
        (year, [line.values.get(year) for line in lines], _reason(picture.breaks, year))
        for year, _ in picture.years
    ]
    return {**_common(title, unit, table, described), "picture": picture, "rows": rows}


def _reason(breaks: Sequence[tuple[Break, float]], year: int) -> SafeString:
    return format_html_join("; ", "{}", ((at.text,) for at, _ in breaks if at.year == year))
