"""The list of regional bodies."""

from collections.abc import Collection
from datetime import date

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from zielwerk.core.permissions import Actor
from zielwerk.packs.model import Break
from zielwerk.rulebook.lifecycle import Label
from zielwerk.rulebook.refusal import msg
from zielwerk.ui.lists import Column, muted
from zielwerk.ui.tags.pieces import badge
from zielwerk.ui.tags.values import day, said

JOBCENTERS = {"gE": msg("gemeinsame Einrichtung"), "KJC": msg("kommunales Jobcenter")}
FIELDS = {
    "jobcenter": msg("Form des Jobcenters"),
    "court": msg("Verwaltungsgericht"),
    "district": msg("Regierungsbezirk"),
    "seat": msg("Sitz"),
    "olov_regions": msg("OloV-Regionen"),
    "tile": msg("Lage auf der Karte"),
    "valid_from": msg("gilt ab"),
    "valid_until": msg("gilt bis"),
}


def pages(keys: Collection[str], user: Actor) -> dict[str, str]:
    """The pages of the bodies that the person may open."""
    seen = [ags for ags in keys if user.ags in ("", ags)]
    return {ags: reverse("programme:body", args=[ags]) for ags in seen}


def assumed_facts(names: Collection[str]) -> list[str]:
    """The labels of a body's assumed facts."""
    return [gettext(FIELDS[name]) if name in FIELDS else name for name in names]


def listed_facts(names: Collection[str]) -> str:
    return ", ".join(assumed_facts(names))


def assumed(value: object, names: Collection[str], name: str) -> SafeString | str:
    is_assumed = value and name in names
    return format_html(" {}", badge(gettext("Annahme"), "warning")) if is_assumed else ""


def fact(name: str, **options: object) -> Column:
    """A fact that may be assumed, and then says so on the page."""
    return Column(
        name,
        FIELDS[name],
        (name, "assumed"),
        mark=lambda value, names: assumed(value, names, name),
        **options,  # type: ignore[arg-type]
    )


def joined(texts: Collection[str], *others: object) -> str:
    return ", ".join(texts)


def mark_of_breaks(valid_until: date | None, breaks: Collection[Break]) -> SafeString | str:
    words = [gettext("Bruch am {day}").format(day=day(each.day)) for each in breaks]
    return format_html(" {}", muted("; ".join(words))) if words else ""


BODIES = (
    Column("ags", msg("AGS"), urls=pages),
    Column("name", msg("Name")),
    Column("kind", msg("Art"), value=lambda kind: Label(kind.value)),
    Column("seat", msg("Sitz"), is_file_only=True),
    fact("district"),
    fact("jobcenter", labels=JOBCENTERS),
    fact("olov_regions", value=joined, cell=lambda regions, names: said(regions)),
    fact("court"),
    Column("valid_from", msg("gilt ab")),
    Column("valid_until", msg("gilt bis"), ("valid_until", "breaks"), mark=mark_of_breaks),
    Column("assumed", msg("Angenommen"), value=listed_facts, sort=(), is_file_only=True),
)
