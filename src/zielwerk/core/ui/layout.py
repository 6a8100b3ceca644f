"""The frame of every page: the site's name, the person signed in, the navigation."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext

from zielwerk.core import permissions
from zielwerk.packs import loading as packs
from zielwerk.packs.model import Programme
from zielwerk.rulebook.refusal import msg

HOME = "/"
DEMO_LINE = msg("Vorführung – keine amtliche Anwendung")


@dataclass(frozen=True)
class Entry:
    """One entry of the navigation: German label, name of the route, permission it takes.

    An empty label is what the programme calls its agreements.
    """

    label: str
    route: str
    permission: str


@dataclass(frozen=True)
class Area:
    """Entries that belong together; the main navigation shows areas, each its first entry.

    An empty label is what the programme calls its agreements.
    """

    label: str
    entries: tuple[Entry, ...]


# Filled once at the start, in the order people see it.
NAVIGATION: list[Area] = []


@dataclass(frozen=True)
class Link:
    """A link that is drawn; ``links`` are those of its area that this person may open."""

    label: str
    url: str
    is_current: bool
    links: tuple["Link", ...] = ()


class Frame:
    """The values of the layout around a page; each is read only if it is drawn.

    An error page may have no person, no session and no database: no value requires them.
    """

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.home = HOME
        self.languages = settings.LANGUAGES
        # Whose site it is, said in the strip above everything; empty for no strip.
        self.site_line = settings.SITE_LINE or (gettext(DEMO_LINE) if settings.DEMO else "")

    @cached_property
    def person(self) -> Any:
        """The person signed in, or None."""
        user = getattr(self.request, "user", None)
        return user if user is not None and user.is_authenticated else None

    @cached_property
    def programme(self) -> Programme:
        """The programme that this installation serves."""
        return packs.programme(settings.PROGRAMME)

    @property
    def agreement(self) -> str:
        """The programme's word for an agreement, in the person's language."""
        programme = self.programme
        return programme.agreement_name_en if _is_english() else programme.agreement_name

    @property
    def agreements(self) -> str:
        """The plural; lower case in English, so that a heading takes ``capfirst``."""
        programme = self.programme
        return programme.agreement_names_en if _is_english() else programme.agreement_names

    @cached_property
    def navigation(self) -> list[Link]:
        """The areas with at least one entry that this person's role may open."""
        areas = [(area, self._links(area)) for area in NAVIGATION]
        current = self._here([link for _, links in areas for link in links])
        return [
            Link(
                self._label(area),
                links[0].url,
                current in links,
                tuple(replace(link, is_current=link is current) for link in links),
            )
            for area, links in areas
            if links
        ]

    @cached_property
    def area(self) -> list[Link]:
        """The entries of the area that the page belongs to, where there are several."""
        links = next((area.links for area in self.navigation if area.is_current), ())
        return list(links) if len(links) > 1 else []

    def _links(self, area: Area) -> list[Link]:
        allowed = (entry for entry in area.entries if self._may(entry.permission))
        return [Link(self._label(entry), reverse(entry.route), False) for entry in allowed]

    def _label(self, item: Area | Entry) -> str:
        return gettext(item.label) if item.label else capfirst(self.agreements)

    def _here(self, links: list[Link]) -> Link | None:
        """The entry that the page belongs to: the one with the longest address above it."""
        above = [link for link in links if self._is_at_or_below(link.url)]
        return max(above, key=lambda link: len(link.url), default=None)

    @property
    def back(self) -> str:
        """The page of this site the person came from, or the start."""
        came_from = self.request.headers.get("Referer", "")
        is_own = url_has_allowed_host_and_scheme(came_from, {self.request.get_host()})
        return came_from if is_own and came_from != self.request.build_absolute_uri() else HOME

    def _may(self, permission: str) -> bool:
        if permissions.is_public(permission):
            return True
        return self.person is not None and not permissions.role_refusal(self.person, permission)

    def _is_at_or_below(self, url: str) -> bool:
        path = self.request.path
        if path == HOME:  # shows what one of the entries leads to, at an address of its own
            route = self.request.resolver_match
            return route is not None and route.func == resolve(url).func
        return path == url or (url != HOME and path.startswith(url.rstrip("/") + "/"))


def _is_english() -> bool:
    return get_language() == "en"


def frame(request: HttpRequest) -> dict[str, object]:
    return {"frame": Frame(request)}
