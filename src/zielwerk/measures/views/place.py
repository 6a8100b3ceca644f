"""For which body and year something is planned: from the address, within what a person sees."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from zielwerk.core import permissions
from zielwerk.measures import queries
from zielwerk.packs import loading as packs
from zielwerk.packs.model import Year
from zielwerk.programme import queries as programmes
from zielwerk.ui import bodies
from zielwerk.ui.views import Request


@dataclass(frozen=True)
class Place:
    """A body in a programme year."""

    programme: str
    year: int
    ags: str

    @property
    def key(self) -> tuple[str, int, str]:
        return (self.programme, self.year, self.ags)

    @property
    def rules(self) -> Year:
        return packs.load(self.programme, self.year)

    @property
    def name(self) -> str:
        return bodies.short(self.ags)

    def url(self, route: str) -> str:
        """The address of a page about this body and year."""
        return f"{reverse(route)}?{urlencode({'jahr': self.year, 'ags': self.ags})}"

    @property
    def list_url(self) -> str:
        query = urlencode({"jahr": self.year, "koerperschaft": self.ags})
        return f"{reverse('measures:planned_measures')}?{query}"


def open_years() -> list[int]:
    """The programme years whose rules are released: only under them is planned."""
    drafts = programmes.draft_years(settings.PROGRAMME)
    return [year for year in packs.years(settings.PROGRAMME) if year not in drafts]


def year_of(text: str) -> int | None:
    """The year that an address names, the running one where it names none; None if it is not open.

    Nobody plans for another year than the one that she named.
    """
    if not text:
        return programmes.running_year(settings.PROGRAMME, timezone.localdate())
    is_year = text.isascii() and text.isdecimal() and len(text) < 5
    return int(text) if is_year and int(text) in open_years() else None


def place_of(request: Request) -> Place | None:
    """The body and year of an address; None where one of them is to be asked for.

    Raises Http404 for a body that she does not see or that there is not in the year.
    """
    ags = request.user.ags or request.GET.get("ags", "")
    year = year_of(request.GET.get("jahr", ""))
    if not ags or year is None:
        return None
    place = Place(settings.PROGRAMME, year, ags)
    if not permissions.may_see(request.user, ags):
        raise Http404
    if not queries.is_body_of(settings.PROGRAMME, year, ags):
        raise Http404
    return place


def choices(request: Request) -> list[tuple[str, object]]:
    """The bodies that a person may plan for."""
    known = {body.ags for body in packs.bodies(settings.PROGRAMME)}
    return bodies.choices(ags for ags in known if permissions.may_see(request.user, ags))
