"""Several notices at once: choose, see the list with every amount, issue all of it or nothing;
and the lists that were issued.
"""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from zielwerk.core import permissions
from zielwerk.core.cases import ChangedMeanwhile
from zielwerk.granting import actions, panels, queries
from zielwerk.granting.actions import Batch
from zielwerk.granting.forms import TogetherFilter
from zielwerk.granting.models import GrantNotice
from zielwerk.rulebook.grant.delivery import WAYS
from zielwerk.rulebook.grant.together import code_of, why_not_together
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.refusal import Refusal, Refused, Said, msg
from zielwerk.ui import acts, lists, steps
from zielwerk.ui.lists import Listing
from zielwerk.ui.views import Request, may

ISSUED = msg("Gemeinsam erlassen: {amount}. Prüfzeichen der Liste: {code}.")
issued_together = lists.door(
    Listing(
        "granting:issued_together",
        msg("Gemeinsam erlassene Bescheide"),
        "granting.look_at_issued_together",
        panels.TOGETHER,
        lambda user: queries.issued_together(user, settings.PROGRAMME),
        keys=("key",),
        filters=lambda parameters, user: TogetherFilter(parameters),
        apart=("code",),
        empty=(
            msg("Nichts gemeinsam erlassen"),
            msg("Zu dieser Auswahl wurde kein Bescheid gemeinsam mit anderen erlassen."),
        ),
    ),
    "granting/issued_together.html",
)


@may("granting.issue_together")
@require_http_methods(["GET", "POST"])
def together(request: Request) -> HttpResponse:
    """The notices that wait; then the list of those chosen; then they are issued."""
    waiting = queries.waiting(request.user, settings.PROGRAMME)
    if request.method != "POST":
        return _page(request, waiting, [], [])
    wanted = set(request.POST.getlist("bescheid"))
    chosen = [notice for notice in waiting if str(notice.pk) in wanted]
    entries, limits = queries.entries_of(chosen), queries.limits_of(chosen)
    code = request.POST.get("liste", "")
    reasons = list(steps.sentences(why_not_together(entries, limits, code)))
    if len(chosen) < len(wanted):
        reasons.append(steps.sentences([NO_LONGER])[0])
    if reasons or not code:
        return _page(request, waiting, chosen, reasons)
    way = request.POST.get("weg", "")
    at = timezone.now()
    batch = Batch(
        tuple(chosen),
        code,
        {notice.pk: actions.ready(notice, at) for notice in chosen},
        way if way in WAYS else "",
    )
    try:
        return acts.done(
            request,
            lambda: actions.issue_together(request.user, batch, at=timezone.now()),
            lambda made: acts.Answer(
                reverse("granting:notices"),
                Said(
                    ISSUED,
                    {
                        "amount": Cents(made.amount_cents),
                        "code": made.code,
                    },
                ),
            ),
        )
    except (permissions.NotAllowed, ChangedMeanwhile):
        raise
    except Refused as refused:
        return _page(request, waiting, chosen, list(steps.sentences(refused.refusals)))


def _page(
    request: Request,
    waiting: Sequence[GrantNotice],
    chosen: Sequence[GrantNotice],
    reasons: list[str],
) -> HttpResponse:
    """The page of all that wait, or of the list that was chosen, with what speaks against it."""
    shown = chosen or waiting
    facts = queries.facts_of_all(shown, timezone.localdate())
    rows: list[dict[str, Any]] = [
        {
            "notice": notice,
            "applied": Cents(notice.applied_cents),
            "amount": Cents(notice.amount_cents),
            "reasons": steps.sentences(facts[notice.pk].against),
        }
        for notice in shown
    ]
    is_blocked = any(row["reasons"] for row in rows)
    context = {
        "rows": rows,
        "is_list": bool(chosen),
        "total": Cents(sum(notice.amount_cents for notice in chosen)),
        "money": panels.sums_by_year(chosen),
        "code": code_of(queries.entries_of(chosen)) if chosen else "",
        "refusals": reasons,
        "may_issue": bool(chosen) and not is_blocked and not reasons,
        "ways": [(code, label) for code, label in WAYS.items()],
    }
    status = 422 if reasons else 200
    return render(request, "granting/together.html", context, status=status)


NO_LONGER = Refusal(
    "grant.together_gone",
    msg("Einer der gewählten Bescheide wartet nicht mehr darauf, dass Sie ihn erlassen."),
)
