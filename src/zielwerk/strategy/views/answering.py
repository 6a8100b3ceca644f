"""The page behind the link of a request: whoever has it reads, and answers once.

The link is the secret: there is no account, and nobody is known by it. Opening it does nothing,
so that no scanner of mail answers; and a link that was never made is told from none.
"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from zielwerk.core.networks import network_of
from zielwerk.core.words import body_of
from zielwerk.identity import actions as identity
from zielwerk.identity.models import SignInEvent
from zielwerk.language import German
from zielwerk.packs import loading as packs
from zielwerk.rulebook.consent import ANSWERS, WHY_CLOSED, ConsentAnswer, RequestState
from zielwerk.rulebook.refusal import Refused
from zielwerk.strategy import actions, queries
from zielwerk.strategy.actions import Asked
from zielwerk.strategy.forms import AnswerForm
from zielwerk.strategy.models import Consent, ConsentRequest
from zielwerk.strategy.views.versions import sent
from zielwerk.ui.forms import add_refusals
from zielwerk.ui.tags.values import said
from zielwerk.ui.views import may

READABLE = frozenset({RequestState.OPEN, RequestState.USED})
GONE, HELD_OFF, OVERTAKEN = 410, 429, 409


@may("strategy.answer")
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest) -> HttpResponse:
    """What is asked, and the answer; afterwards, and where it is too late, what became of it."""
    key, found = _asked(request)
    if isinstance(found, HttpResponse):
        return found
    now = timezone.now()
    state = queries.state_of(found, found.strategy, now)
    if state != RequestState.OPEN:
        return _closed(request, found, state)
    form = AnswerForm(found, request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.answer(Asked(found), form.answer(), at=now)
        except Refused as refused:
            found.refresh_from_db()
            state = queries.state_of(found, found.strategy, timezone.now())
            if state != RequestState.OPEN:
                return _closed(request, found, state)
            add_refusals(form, refused, {"strategy.no_remark": "bemerkung"})
        else:
            return redirect(f"{reverse('strategy:answer')}?{queries.KEY}={key}")
    context = {**_context(found, key), "form": form}
    return _shown(request, context, 422 if form.errors else 200)


@may("strategy.answer")
@require_safe
def answer_document(request: HttpRequest) -> HttpResponse:
    """The document that somebody is asked about."""
    _, found = _asked(request)
    if isinstance(found, HttpResponse):
        return found
    state = queries.state_of(found, found.strategy, timezone.now())
    if state not in READABLE:
        return _closed(request, found, state)
    if found.strategy.document is None or found.contents != found.strategy.contents:
        raise Http404
    return sent(found.strategy.document, found.strategy.document_name)


def _asked(request: HttpRequest) -> tuple[str, ConsentRequest | HttpResponse]:
    """The request that the link is of. A wrong one is counted, and tells nothing."""
    key = request.POST.get(queries.KEY) or request.GET.get(queries.KEY, "")
    found = queries.request_of(key)
    if found:
        return key, found
    try:
        attempt = identity.Attempt(SignInEvent.Way.LINK, network_of(request))
        identity.try_secret(attempt, timezone.now())
    except Refused as refused:
        context = {"refusals": [said(one) for one in refused.refusals]}
        return key, render(request, "strategy/held_off.html", context, status=HELD_OFF)
    raise Http404


def _context(found: ConsentRequest, key: str) -> dict[str, Any]:
    strategy = found.strategy
    return {
        "asked": found,
        "name": queries.label_of(strategy, found.party),
        "strategy": strategy,
        "body": German(body_of(strategy)),
        "charter": packs.programme(strategy.programme).strategy,
        "key": key,
        "key_name": queries.KEY,
        "dropped": queries.dropped(strategy),
    }


def _closed(request: HttpRequest, found: ConsentRequest, state: RequestState) -> HttpResponse:
    """What became of a request that can be answered no more; of an answered one the answer."""
    context: dict[str, Any] = {"asked": found, "why": WHY_CLOSED[state], "state": state}
    status = GONE
    if state == RequestState.USED:
        consent = Consent.objects.filter(request=found).first()
        context |= _context(found, "")
        context |= {"consent": consent}
        context["is_outdated"] = found.contents != found.strategy.contents
        context["answered"] = ANSWERS[ConsentAnswer(consent.answer)] if consent else ""
        status = OVERTAKEN if request.method == "POST" else 200
    return _shown(request, context, status)


def _shown(request: HttpRequest, context: dict[str, Any], status: int) -> HttpResponse:
    response = render(request, "strategy/answer.html", context, status=status)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
