"""What a body passes on of its grants, on its page: each programme year for itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone

from zielwerk.core import permissions
from zielwerk.core.permissions import Actor, may_see
from zielwerk.packs import naming
from zielwerk.passing import letters, queries
from zielwerk.passing.queries import SurveyRow
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.passing.days import Event


@dataclass(frozen=True)
class YearPassed:
    """A programme year: granted, passed on, left to be passed on, the next proof of a Träger.

    ``left`` is below zero where more is passed on than the notices grant now.
    """

    year: int
    granted: Cents
    passed: Cents
    left: Cents
    proof: date | None
    is_late: bool


def of_body(request: HttpRequest, ags: str) -> str:
    """The programme years of which the body has something to pass on, with doors to it."""
    user: Actor = request.user  # type: ignore[assignment]
    if permissions.role_refusal(user, "passing.survey") or not may_see(user, ags):
        return ""
    programme, today = settings.PROGRAMME, timezone.localdate()
    rows = queries.survey(user, programme, queries.years(programme), today, ags)
    if not rows:
        return ""
    running = queries.running_years(programme, today)
    context = {
        "years": list(_years(rows, today)),
        "name": naming.short(programme, ags),
        "is_running": any(row.year in running for row in rows),
    }
    return render_to_string("passing/of_body.html", context, request=request)


def _years(rows: list[SurveyRow], on: date) -> Iterator[YearPassed]:
    for year, group in groupby(rows, lambda row: row.year):
        own = list(group)
        sums = letters.sums_of(own)
        proof = min(filter(None, map(_proof, own)), default=None)
        yield YearPassed(
            year,
            Cents(sums.granted),
            Cents(sums.passed),
            Cents(sum(row.open_cents or 0 for row in own)),
            proof,
            is_late=proof is not None and proof < on,
        )


def _proof(row: SurveyRow) -> date | None:
    """The day of a proof that is still owed."""
    dues = queries.dues_of(row.case, row.way, row.papers) if row.case else ()
    return next((due.day for due in dues if due.event is Event.PROOF), None)


BODY_PARTS = (of_body,)
