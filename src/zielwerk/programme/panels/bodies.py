"""The list of regional bodies."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from zielwerk.core.permissions import Actor, may_see
from zielwerk.packs import competence
from zielwerk.packs import loading as packs
from zielwerk.packs.model import Body, BodyFact, BodyKind, Organisation, fact_texts
from zielwerk.rulebook.refusal import msg
from zielwerk.ui.lists import Column, muted
from zielwerk.ui.tags.pieces import badge
from zielwerk.ui.tags.values import day, said

FIELDS = {
    "ags": msg("Schlüssel"),
    "seat": msg("Sitz"),
    "tile": msg("Lage auf der Karte"),
    "valid_from": msg("gilt ab"),
    "valid_until": msg("gilt bis"),
}


def pages(keys: Collection[str], user: Actor) -> dict[str, str]:
    """The pages of the bodies that the person may open."""
    seen = [ags for ags in keys if may_see(user, ags)]
    return {ags: reverse("programme:body", args=[ags]) for ags in seen}


def facts() -> tuple[BodyFact, ...]:
    """The facts that the programme keeps of every body."""
    return packs.programme(settings.PROGRAMME).body_facts


def facts_of(body: Body) -> list[tuple[BodyFact, tuple[str, ...], bool]]:
    """A body's facts in words, each with whether no public source states it."""
    said = [(fact, fact_texts(fact, body.facts), fact.code in body.assumed) for fact in facts()]
    return [each for each in said if each[1]]


def assumed_facts(names: Collection[str]) -> list[str]:
    """The labels of a body's assumed facts."""
    labels = {fact.code: str(fact.label) for fact in facts()}
    return [gettext(FIELDS[name]) if name in FIELDS else labels.get(name, name) for name in names]


def listed_facts(names: Collection[str]) -> str:
    return ", ".join(assumed_facts(names))


def fact_column(fact: BodyFact) -> Column:
    """A declared fact; where it is assumed the page says so."""

    def value(facts: Mapping[str, Any], assumed: Collection[str]) -> str:
        return ", ".join(fact_texts(fact, facts))

    def mark(facts: Mapping[str, Any], assumed: Collection[str]) -> SafeString | str:
        is_assumed = fact.code in facts and fact.code in assumed
        return format_html(" {}", badge(gettext("Annahme"), "warning")) if is_assumed else ""

    def cell(facts: Mapping[str, Any], assumed: Collection[str]) -> SafeString | str:
        return said(fact_texts(fact, facts))

    return Column(fact.code, fact.label, ("facts", "assumed"), value=value, cell=cell, mark=mark)


def court_of(body: Body) -> Organisation | None:
    """The court before which a body sues and is sued, as long as it exists (§ 52 Nr. 3 VwGO)."""
    day = body.valid_until or date.max
    return competence.competent(packs.organisations(settings.PROGRAMME), "court", day, body)


def _court(ags: str, valid_until: date | None) -> Organisation | None:
    versions = packs.bodies(settings.PROGRAMME)
    return next(
        court_of(body) for body in versions if (body.ags, body.valid_until) == (ags, valid_until)
    )


def court_name(ags: str, valid_until: date | None) -> str:
    court = _court(ags, valid_until)
    return court.name if court else ""


def mark_of_court(ags: str, valid_until: date | None) -> SafeString | str:
    court = _court(ags, valid_until)
    is_assumed = court is not None and court.source.assumed
    return format_html(" {}", badge(gettext("Annahme"), "warning")) if is_assumed else ""


def kind_label(kind: BodyKind) -> str:
    return kind.label


def mark_of_breaks(valid_until: date | None, ags: str) -> SafeString | str:
    breaks = packs.breaks_of(settings.PROGRAMME, ags)
    words = [gettext("Bruch am {day}").format(day=day(each.day)) for each in breaks]
    return format_html(" {}", muted("; ".join(words))) if words else ""


def bodies() -> tuple[Column, ...]:
    """The columns of the list of bodies: what every programme has, and the facts it declares."""
    identifier = packs.programme(settings.PROGRAMME).identifier
    return (
        Column("ags", identifier.label, urls=pages),
        Column("name", msg("Name")),
        Column("kind", msg("Art"), value=kind_label),
        Column("seat", msg("Sitz"), is_file_only=True),
        *(fact_column(fact) for fact in facts()),
        Column(
            "court",
            msg("Verwaltungsgericht"),
            ("ags", "valid_until"),
            value=court_name,
            mark=mark_of_court,
            sort=(),
        ),
        Column("valid_from", msg("gilt ab")),
        Column("valid_until", msg("gilt bis"), ("valid_until", "ags"), mark=mark_of_breaks),
        Column("assumed", msg("Angenommen"), value=listed_facts, sort=(), is_file_only=True),
    )
