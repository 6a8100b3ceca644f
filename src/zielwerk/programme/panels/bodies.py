"""The list of regional bodies."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
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
from zielwerk.packs.model import Body, BodyFact, Competence, Organisation, fact_texts
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

IN_WORDS = "fact_"  # before the place of a declared fact: its text


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

    return Column(
        fact.code,
        fact.label,
        ("facts", "assumed"),
        value=value,
        cell=cell,
        mark=mark,
        sort=(f"{IN_WORDS}{facts().index(fact)}",),
    )


@dataclass(frozen=True)
class BodyOnDay:
    """A body as a line of the list: its facts, and who is competent for it on a day."""

    body: Body
    ministry: Organisation | None
    authority: Organisation | None
    court: Organisation | None

    def __getattr__(self, name: str) -> Any:
        place = name.removeprefix(IN_WORDS)
        if place != name:  # what a list is ordered by: a declared fact by its place
            return ", ".join(fact_texts(facts()[int(place)], self.body.facts)) or None
        return getattr(self.body, name)

    @property
    def kind_label(self) -> str:
        return self.body.kind.label

    @property
    def ministry_name(self) -> str:
        return self.ministry.name if self.ministry else ""

    @property
    def authority_name(self) -> str:
        return self.authority.name if self.authority else ""

    @property
    def court_name(self) -> str:
        return self.court.name if self.court else ""


def on_day(body: Body, day: date) -> BodyOnDay:
    """A body with the ministry, authority and court that are competent for it on a day."""
    organisations = packs.organisations(settings.PROGRAMME)
    roles: tuple[Competence, ...] = ("ministry", "authority", "court")
    return BodyOnDay(
        body, *(competence.competent(organisations, role, day, body) for role in roles)
    )


def organisation_column(role: Competence, *, is_file_only: bool = False) -> Column:
    """Who is competent for a body in a role, marked where that is assumed."""

    def name(name: str, organisation: Organisation | None) -> str:
        return name

    def mark(name: str, organisation: Organisation | None) -> SafeString | str:
        is_assumed = organisation is not None and organisation.source.assumed
        return format_html(" {}", badge(gettext("Annahme"), "warning")) if is_assumed else ""

    return Column(
        role,
        competence.ROLES[role],
        (f"{role}_name", role),
        value=name,
        mark=mark,
        is_file_only=is_file_only,
    )


def are_several(role: Competence) -> bool:
    """Whether several organisations of a role share the bodies, whatever they are called."""
    organisations = packs.organisations(settings.PROGRAMME)
    return len({each.code for each in organisations if each.role == role}) > 1


def mark_of_breaks(valid_until: date | None, ags: str) -> SafeString | str:
    breaks = packs.breaks_of(settings.PROGRAMME, ags)
    words = [gettext("Bruch am {day}").format(day=day(each.day)) for each in breaks]
    return format_html(" {}", muted("; ".join(words))) if words else ""


def bodies(filters: object) -> tuple[Column, ...]:
    """The columns of the list of bodies: what every programme has, and the facts it declares."""
    identifier = packs.programme(settings.PROGRAMME).identifier
    return (
        Column("ags", identifier.label, urls=pages),
        Column("name", msg("Name")),
        Column("kind_label", msg("Art")),
        Column("seat", msg("Sitz"), is_file_only=True),
        *(fact_column(fact) for fact in facts()),
        organisation_column("ministry", is_file_only=True),
        organisation_column("authority", is_file_only=not are_several("authority")),
        organisation_column("court"),
        Column("valid_from", msg("gilt ab")),
        Column("valid_until", msg("gilt bis"), ("valid_until", "ags"), mark=mark_of_breaks),
        Column("assumed", msg("Angenommen"), value=listed_facts, sort=(), is_file_only=True),
    )
