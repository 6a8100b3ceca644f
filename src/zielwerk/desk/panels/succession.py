"""What passed on from a body or to it by succession, on the pages of bodies and of cases."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from zielwerk.agreements import queries as agreements
from zielwerk.core import permissions
from zielwerk.core.cases import Case
from zielwerk.ledger.models import Place
from zielwerk.packs import loading as packs
from zielwerk.succession import panels, queries
from zielwerk.succession.models import Passage
from zielwerk.ui.views import Request


@dataclass(frozen=True)
class SucceededAgreement:
    """The agreement of a predecessor in which a body shares; ``url`` where one may see it."""

    year: int
    ags: str
    url: str


def of_body(request: Request, ags: str, year: int | None = None) -> str:
    """What passed on from a body or to it, as a part of a page; empty where nothing did."""
    programme = settings.PROGRAMME
    if not any(each.touches(ags) for each in packs.successions(programme)):
        return ""
    passed = list(queries.of_body(programme, ags, year))
    if not passed:
        return ""
    acts = {passage.act_id: passage.act for passage in passed}
    context = {
        "passed": panels.rows(passed),
        "acts": [(act, panels.told(act)) for act in acts.values()],
        "agreements": _agreements(request, ags, passed),
        "may_look": not permissions.role_refusal(request.user, "succession.look"),
    }
    return render_to_string("desk/succession.html", context, request=request)


def _agreements(request: Request, ags: str, passed: Iterable[Passage]) -> list[SucceededAgreement]:
    """The agreements of others in which the body shares since."""
    shared = {
        (passage.year, passage.source)
        for passage in passed
        if passage.target == ags and passage.place == Place.AGREED
    }
    if not shared or permissions.role_refusal(request.user, "agreements.look"):
        return []
    seen = agreements.agreements(request.user).filter(
        year__in={year for year, _ in shared}, ags__in={source for _, source in shared}
    )
    known = set(seen.order_by().values_list("year", "ags"))
    return [
        SucceededAgreement(year, source, reverse("desk:case", args=[year, source, 1]))
        for year, source in sorted(shared & known)
    ]


def part(request: Request, case: Case) -> str:
    """What passed on from the body of a case or to it, on the page of the case."""
    ags = getattr(case, "ags", "")
    return of_body(request, ags, case.year) if ags else ""


PARTS = (part,)
BODY_PARTS = (of_body,)
