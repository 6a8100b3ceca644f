"""Pages of the versions of strategies: the list, one of them, making and changing a draft."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods, require_safe

from zielwerk.core import cases, permissions
from zielwerk.core.words import body_of
from zielwerk.documents import queries as documents
from zielwerk.documents.models import StoredFile
from zielwerk.language import German
from zielwerk.packs import loading as packs
from zielwerk.rulebook.refusal import Refused, Said, msg
from zielwerk.rulebook.strategy import StrategyState
from zielwerk.strategy import actions, panels, queries
from zielwerk.strategy.cases import STRATEGIES
from zielwerk.strategy.forms import BodyForm, StrategyFilter, VersionForm
from zielwerk.strategy.forms.version import MORE
from zielwerk.strategy.models import Strategy
from zielwerk.ui import acts, lists, steps
from zielwerk.ui.forms import add_refusals
from zielwerk.ui.lists import Listed
from zielwerk.ui.views import Request, may, to_save

BEGUN = msg("Begonnen: {number}, {name}, Fassung {version}.")
KEPT = msg("Gespeichert: {number}, {name}, Fassung {version}.")
STILL_OPEN = msg("Zu entscheiden ist nichts mehr. Es fehlt noch etwas, siehe „Was fehlt“.")
MORE_ROWS = "mehr"
FIELDS = {  # what a refusal is about
    "strategy.reversed": "bis",
    "strategy.no_end": "bis",
    "strategy.no_title": "titel",
    "strategy.no_stages": "ab",
    "strategy.not_there": "ab",
}


def beside(request: Request, listed: Listed) -> dict[str, Any]:
    """The door to a new version, for whoever makes one, of her own body or for another."""
    return {
        "may_draft": not permissions.role_refusal(request.user, "strategy.draft"),
        "may_draft_for": not permissions.role_refusal(request.user, "strategy.draft_for"),
    }


strategies = lists.of_cases(
    STRATEGIES,
    panels.STRATEGIES,
    "strategy/strategies.html",
    beside,
    name=panels.list_name,
    filters=lambda parameters, user: StrategyFilter(
        parameters, packs.years(settings.PROGRAMME), STRATEGIES
    ),
    empty=(
        msg("Keine Strategie"),
        msg("Zu dieser Auswahl gibt es keine Fassung."),
    ),
)


@may("strategy.look")
@require_safe
def strategy(request: Request, pk: int) -> HttpResponse:
    """One version: what it says, when it holds, who consented, what is to do."""
    version = STRATEGIES.find(request.user, settings.PROGRAMME, pk)
    now = timezone.now()
    today = timezone.localdate(now)
    found = queries.missing_of_versions([version], today).get(version.pk)
    is_draft = version.state == StrategyState.DRAFT
    mine = not permissions.role_refusal(request.user, "strategy.draft")
    title = format_html("{}: {}", German(version.title), German(body_of(version)))
    page = steps.case_page(request, version, title)
    if found and found.parts and page.is_closed:
        page = replace(page, ending=Said(STILL_OPEN))
    context = {
        "page": page,
        "strategy": version,
        "charter": packs.programme(version.programme).strategy,
        "missing": found,
        "holds": version.in_force_at is not None and version.validity.holds_on(today),
        "never_held": _never_held(version),
        "parties": panels.party_rows(request, version, now),
        "dropped": queries.dropped(version),
        "may_edit": is_draft and mine,
        "may_edit_for": is_draft
        and not permissions.refusal(request.user, "strategy.draft_for", version),
        "next": Strategy.objects.filter(replaces=version).exclude(state=StrategyState.DISCARDED),
    }
    return render(request, "strategy/strategy.html", context)


def _never_held(version: Strategy) -> bool:
    """Whether it was ended before its first day."""
    return version.last_day is not None and version.last_day < version.valid_from


@may("strategy.look")
@require_safe
def document(request: Request, pk: int) -> HttpResponse:
    """The document of a version, as it was sent in."""
    version = STRATEGIES.find(request.user, settings.PROGRAMME, pk)
    if version.document is None:
        raise Http404
    return sent(version.document, version.document_name)


def sent(file: StoredFile, name: str) -> HttpResponse:
    """What a version rests on, as it was sent in."""
    return to_save(documents.text_of(file), name or str(file.name))


@may("strategy.draft")
@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """Begin a version of one's body; it starts with what the one before says."""
    if not request.user.ags:
        raise Http404
    return _begin(request, request.user.ags, actions.draft)


@may("strategy.draft_for")
@require_http_methods(["GET", "POST"])
def new_for(request: Request) -> HttpResponse:
    """Begin a version for a body that sends paper; which one is asked for first."""
    ags = request.GET.get("ags", "")
    there = {body.ags for body in packs.bodies(settings.PROGRAMME)}
    keys = [key for key in there if permissions.may_see(request.user, key)]
    if not ags:
        context = {"form": BodyForm(keys), "charter": packs.programme(settings.PROGRAMME).strategy}
        return render(request, "strategy/for_whom.html", context)
    if ags not in keys:
        raise Http404
    return _begin(request, ags, actions.draft_for)


def _begin(request: Request, ags: str, verb: Callable[..., Strategy]) -> HttpResponse:
    under_way = queries.in_work(settings.PROGRAMME, ags)
    if under_way and request.method != "POST":
        return redirect("strategy:strategy", under_way.pk)
    _, before = queries.next_version(settings.PROGRAMME, ags)
    form = _form(request, before, is_draft=False)
    if _is_sent(request) and form.is_valid():
        try:
            return acts.done(
                request,
                lambda: verb(request.user, form.version(ags), at=timezone.now()),
                lambda made: steps.begun(request, made, BEGUN),
            )
        except permissions.NotAllowed:
            raise
        except Refused as refused:
            add_refusals(form, refused, FIELDS)
    back = reverse("strategy:strategies")
    for_body = ags if verb is actions.draft_for else ""
    return _page(request, form, {"back": back, "before": before, "for_body": for_body})


@may("strategy.draft")
@require_http_methods(["GET", "POST"])
def edit(request: Request, pk: int) -> HttpResponse:
    """Change a draft; whoever edits an older one than there is sees both."""
    return _change(request, pk, actions.edit)


@may("strategy.draft_for")
@require_http_methods(["GET", "POST"])
def edit_for(request: Request, pk: int) -> HttpResponse:
    """Change a draft for a body that sends paper."""
    return _change(request, pk, actions.edit_for)


def _change(request: Request, pk: int, verb: Callable[..., Strategy]) -> HttpResponse:
    version = STRATEGIES.find(request.user, settings.PROGRAMME, pk)
    if version.state != StrategyState.DRAFT:
        return redirect("strategy:strategy", pk)
    if request.method == "POST":
        version.revision = steps.revision_seen(request)
    if verb is actions.edit_for:
        permissions.require(request.user, "strategy.draft_for", version)
    form = _form(request, version, is_draft=True)
    if _is_sent(request) and form.is_valid():
        said = form.version(version.ags)
        try:
            return acts.done(
                request,
                lambda: verb(request.user, version, said, at=timezone.now()),
                lambda made: acts.Answer(
                    reverse("strategy:strategy", args=[made.pk]),
                    acts.Said(KEPT, STRATEGIES.facts_said(made)),
                ),
            )
        except (permissions.NotAllowed, cases.ChangedMeanwhile):
            raise
        except Refused as refused:
            add_refusals(form, refused, FIELDS)
    answered = queries.answers_of([version])[version.pk]
    standing = queries.standing_of(version, answered)
    context = {
        "strategy": version,
        "back": reverse("strategy:strategy", args=[pk]),
        "consents": len(standing),
        "for_body": version.ags if verb is actions.edit_for else "",
    }
    return _page(request, form, context)


def _is_sent(request: Request) -> bool:
    return request.method == "POST" and MORE_ROWS not in request.POST


def _form(request: Request, said_before: Strategy | None, *, is_draft: bool) -> VersionForm:
    if request.method != "POST":
        return VersionForm(said_before, is_draft=is_draft)
    more = MORE if MORE_ROWS in request.POST else 0
    return VersionForm(said_before, request.POST, request.FILES, more, is_draft=is_draft)


def _page(request: Request, form: VersionForm, context: dict[str, Any]) -> HttpResponse:
    if request.method == "POST" and not _is_sent(request):
        form.errors.clear()  # more rows were asked for: nothing is judged yet
    context |= {
        "form": form,
        "charter": packs.programme(settings.PROGRAMME).strategy,
        "more": MORE_ROWS,
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "strategy/version.html", context, status=status)
