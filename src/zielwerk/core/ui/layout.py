"""What every page's frame shows: whose site, who is signed in, where one can go."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext

from zielwerk.core import permissions
from zielwerk.rulebook.refusal import msg

HOME = "/"
SITE_LINE = msg("Vorführung – keine amtliche Anwendung")


@dataclass(frozen=True)
class Entry:
    """One entry of the main navigation: German label, name of the route, permission it takes."""

    label: str
    route: str
    permission: str


# Filled once at the start, in the order people see it.
NAVIGATION: list[Entry] = []


@dataclass(frozen=True)
class Link:
    label: str
    url: str
    is_current: bool


class Frame:
    """What the layout around a page shows; each part is found out only if it is drawn.

    An error page may have no person, no session and no database: nothing here insists.
    """

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.home = HOME
        self.languages = settings.LANGUAGES
        # Whose site it is, said in the strip above everything; empty for no strip.
        self.site_line = gettext(getattr(settings, "SITE_LINE", SITE_LINE))

    @cached_property
    def person(self) -> Any:
        """Who is signed in, or None."""
        user = getattr(self.request, "user", None)
        return user if user is not None and user.is_authenticated else None

    @cached_property
    def navigation(self) -> list[Link]:
        """The entries that this person's role may open."""
        entries = [entry for entry in NAVIGATION if self._may(entry.permission)]
        addresses = [reverse(entry.route) for entry in entries]
        above = [url for url in addresses if self._is_at_or_below(url)]
        here = max(above, key=len, default="")
        return [
            Link(gettext(entry.label), url, url == here)
            for entry, url in zip(entries, addresses, strict=True)
        ]

    @property
    def back(self) -> str:
        """The page of this site the person came from, or the start."""
        came_from = self.request.headers.get("Referer", "")
        here = url_has_allowed_host_and_scheme(came_from, {self.request.get_host()})
        return came_from if here and came_from != self.request.build_absolute_uri() else HOME

    def _may(self, permission: str) -> bool:
        if permissions.is_public(permission):
            return True
        return self.person is not None and not permissions.role_refusal(self.person, permission)

    def _is_at_or_below(self, url: str) -> bool:
        path = self.request.path
        return path == url or (url != HOME and path.startswith(url.rstrip("/") + "/"))


def frame(request: HttpRequest) -> dict[str, object]:
    return {"frame": SimpleLazyObject(lambda: Frame(request))}
