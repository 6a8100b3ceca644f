"""The frame of every page: the site's name, the person signed in, the navigation."""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache, cached_property
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.urls import resolve, reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext

from zielwerk.core import installation, kept, permissions, sessions
from zielwerk.core.models import KeptInput
from zielwerk.packs import loading as packs
from zielwerk.packs.model import Programme
from zielwerk.ui.tags.values import day, moment

HOME = "/"


def kind_line() -> str:
    """That this is a demo or a place to develop; empty in a real installation."""
    return gettext(line) if (line := installation.line()) else ""


@dataclass(frozen=True)
class Entry:
    """One entry of the navigation: German label, name of the route, permission it takes.

    ``{documents}`` in a label is what the programme calls its agreements; so is an empty one.
    ``{strategies}`` is what it calls the strategies of its bodies.
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
        # What this is and whose, said in the strip above everything; empty for no strip.
        self.site_line = " · ".join(filter(None, (kind_line(), settings.SITE_LINE)))

    @cached_property
    def person(self) -> Any:
        """The person signed in, or None."""
        user = getattr(self.request, "user", None)
        return user if user is not None and user.is_authenticated else None

    @cached_property
    def said(self) -> list[str]:
        """What was done on the page before, once; a person without a session is told nothing."""
        if settings.SESSION_COOKIE_NAME not in self.request.COOKIES:
            return []
        waiting = messages.get_messages(self.request)
        return list(dict.fromkeys(message.message for message in waiting))

    @cached_property
    def until(self) -> datetime:
        """When the session of the person signed in ends if nothing more is done."""
        return sessions.until(self.request)

    @property
    def last(self) -> datetime | None:
        """When the session ends whatever is done."""
        return sessions.last(self.request)

    @property
    def now(self) -> datetime:
        """The server's clock: the one by which the session ends."""
        return timezone.now()

    @property
    def notice_seconds(self) -> int:
        """How long before the end of the session the page warns."""
        return int(sessions.NOTICE.total_seconds())

    @property
    def kept(self) -> KeptInput | None:
        """What had been typed, filled in again on this page."""
        kept: KeptInput | None = getattr(self.request, "kept", None)
        return kept

    @property
    def page(self) -> str:
        """The address of this page as it can be opened: of an answer to a form, the form's."""
        return kept.page_of(self.request)

    @cached_property
    def programme(self) -> Programme:
        """The programme that this installation serves."""
        return packs.programme(settings.PROGRAMME)

    @property
    def agreement(self) -> str:
        """The programme's word for an agreement, in the person's language."""
        programme = self.programme
        return programme.document.label_en if _is_english() else programme.document.label

    @property
    def agreements(self) -> str:
        """The plural; lower case in English, so that a heading takes ``capfirst``."""
        programme = self.programme
        return programme.document.plural_en if _is_english() else programme.document.plural

    @property
    def strategies(self) -> str:
        """What the programme calls regional strategies; empty where it asks for none."""
        strategy = self.programme.strategy
        if strategy is None:
            return ""
        return strategy.plural_en if _is_english() else strategy.plural

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
        return [Link(self._label(entry), address_of(entry.route), False) for entry in allowed]

    def _label(self, item: Area | Entry) -> str:
        label = gettext(item.label) if item.label else "{documents}"
        return capfirst(label.format(documents=self.agreements, strategies=self.strategies))

    def _here(self, links: list[Link]) -> Link | None:
        """The entry that the page belongs to: the one with the longest address above it."""
        above = [link for link in links if self._is_at_or_below(link.url)]
        return max(above, key=lambda link: len(link.url), default=None)

    @property
    def printed(self) -> str:
        """What stands on every sheet: who had the page, when, and its address.

        A page for everybody says the day only, so that it stays the same for a day.
        """
        try:
            address = self.request.build_absolute_uri()
        except DisallowedHost:  # the page that refuses a foreign host is drawn too
            address = self.request.path
        return " · ".join(filter(None, (kind_line(), *self._whose, address)))

    @property
    def _whose(self) -> tuple[str, ...]:
        """Whose sheet it is and of when."""
        if self.person is None:
            return (gettext("Stand {day}").format(day=day(timezone.localdate())),)
        role = gettext(self.person.get_role_display())
        who = gettext("Ausdruck von {name} ({role})").format(name=self.person.name, role=role)
        if absent := self.person.absent:
            who = gettext("{who}, in Vertretung für {name}").format(who=who, name=absent.name)
        return who, moment(timezone.now())

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


@cache
def address_of(route: str) -> str:
    """The address of an entry of the navigation."""
    return reverse(route)


def _is_english() -> bool:
    return get_language() == "en"


def frame(request: HttpRequest) -> dict[str, object]:
    return {"frame": Frame(request)}
