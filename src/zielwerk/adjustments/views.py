"""Moves of money during the year: waived, given anew, covered; and what is still uncovered."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_safe

from zielwerk.adjustments import actions, panels, queries
from zielwerk.adjustments.cases import ADJUSTMENTS
from zielwerk.adjustments.forms import MoveForm
from zielwerk.adjustments.models import Adjustment
from zielwerk.budget import queries as budgets
from zielwerk.core import exports, permissions
from zielwerk.core.ui import lists, steps
from zielwerk.core.ui.filters import CaseFilter
from zielwerk.core.views import Request, may
from zielwerk.language import translate
from zielwerk.packs import loading as packs
from zielwerk.programme import queries as programmes
from zielwerk.rulebook.adjustment import AdjustmentKind, AdjustmentState
from zielwerk.rulebook.refusal import Refused, msg

ROUTES = {
    AdjustmentKind.WAIVER: "adjustments:waive",
    AdjustmentKind.REALLOCATION: "adjustments:reallocate",
    AdjustmentKind.COVER: "adjustments:cover",
}
TITLES = {
    AdjustmentKind.WAIVER: msg("Verzicht erklären"),
    AdjustmentKind.REALLOCATION: msg("Freies Geld umverteilen"),
    AdjustmentKind.COVER: msg("Ungedecktes decken"),
}
MEANINGS = {
    AdjustmentKind.WAIVER: msg(
        "Die Körperschaft gibt Geld zurück, das sie nicht braucht. Es wird beim Land wieder frei, "
        "sobald eine zweite Person im Ministerium entschieden hat."
    ),
    AdjustmentKind.REALLOCATION: msg(
        "Das Ministerium gibt einer Körperschaft Geld, das frei ist, etwa nach einem Verzicht. "
        "Eine zweite Person entscheidet; die Bescheide folgen."
    ),
    AdjustmentKind.COVER: msg(
        "Was ungedeckt ist, wird gedeckt: erst aus dem, was die Körperschaft hat, dann aus dem, "
        "was frei ist. Eine zweite Person entscheidet."
    ),
}

THERE = {  # what a move can take, in the words of the glossary
    AdjustmentKind.WAIVER: msg("Verzichtbar"),
    AdjustmentKind.REALLOCATION: msg("frei"),
    AdjustmentKind.COVER: msg("frei"),
}


@dataclass(frozen=True)
class Gap:
    """What somebody must still resolve: a body (or the state itself) has too little."""

    year: int
    purpose: str
    who: str
    cents: int
    cover_url: str


@may("adjustments.look")
@require_safe
def adjustments(request: Request) -> HttpResponse:
    """All moves, and on top what is uncovered; whoever acts for a body sees that body's."""
    filters = CaseFilter(request.GET, packs.years(settings.PROGRAMME), ADJUSTMENTS)
    found = filters.matching(queries.adjustments(request.user, settings.PROGRAMME))
    if exports.file_format(request):
        return lists.export(request, "mitteländerungen", panels.ADJUSTMENTS, found)
    context = {
        "filters": filters,
        "rows": lists.listing(request, msg("Mitteländerungen"), panels.ADJUSTMENTS, found),
        "gaps": [gap for gap in gaps(request) if filters.year in (None, gap.year)],
        "verbs": [(TITLES[kind], reverse(ROUTES[kind])) for kind in declarable(request)],
        "may_cover": AdjustmentKind.COVER in declarable(request),
    }
    return render(request, "adjustments/adjustments.html", context)


def declarable(request: Request) -> list[AdjustmentKind]:
    """The kinds of moves that this person may declare."""
    return [
        kind
        for kind, permission in actions.VERB_OF.items()
        if not permissions.role_refusal(request.user, permission)
    ]


def gaps(request: Request) -> Iterator[Gap]:
    names = {one.ags: programmes.body_title(one) for one in packs.bodies(settings.PROGRAMME)}
    for key, cents in programmes.uncovered_planning(request.user, settings.PROGRAMME):
        given = {
            "jahr": key.programme_year,
            "zweck": key.earmark,
            "ags": key.ags,
            "betrag": -cents,
        }
        yield Gap(
            key.programme_year,
            programmes.purpose(key.fund),
            f"{names.get(key.ags, '')} ({key.ags})" if key.ags else gettext("Land"),
            cents,
            f"{reverse('adjustments:cover')}?{urlencode(given)}",
        )


def declaring(kind: AdjustmentKind, permission: str) -> Callable[[Request], HttpResponse]:
    """A door to declare moves of one kind; an address may bring the first values along."""

    @may(permission)
    @require_http_methods(["GET", "POST"])
    def declare(request: Request) -> HttpResponse:
        sent = request.method == "POST"
        first = {**request.GET.dict(), "betrag": _cents(request.GET.get("betrag", ""))}
        form = MoveForm(
            kind,
            request.user,
            programmes.purposes(packs.years(settings.PROGRAMME)),
            request.POST if sent else None,
            first,
        )
        status = 200
        if sent and form.is_valid():
            try:
                one = actions.declare(request.user, form.move(), at=timezone.now())
                return redirect("adjustments:adjustment", one.pk)
            except permissions.NotAllowed:
                raise
            except Refused as refused:
                form.add_error(None, list(steps.sentences(refused.refusals)))
                status = 409
        context = {
            "form": form,
            "title": TITLES[kind],
            "meaning": MEANINGS[kind],
            "there": list(_there(request, kind)),
            "there_heading": THERE[kind],
        }
        status = 422 if form.errors and status == 200 else status
        return render(request, "adjustments/adjustment_new.html", context, status=status)

    return declare


def _cents(given: str) -> int | None:
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 19 else None


def _there(request: Request, kind: AdjustmentKind) -> Iterator[tuple[int, str, int]]:
    """What a move of this kind could take: year, purpose, cents; a ministry knows the bodies'."""
    if kind == AdjustmentKind.WAIVER:
        found = programmes.left_of_body(settings.PROGRAMME, request.user.ags)
        yield from ((fund.year, programmes.purpose(fund), cents) for fund, cents in found.items())
        return
    for frame in reversed(budgets.frames_and_free(settings.PROGRAMME)):
        if frame.free_cents:
            yield frame.fund.year, programmes.purpose(frame.fund), frame.free_cents


waive = declaring(AdjustmentKind.WAIVER, "adjustments.waive")
reallocate = declaring(AdjustmentKind.REALLOCATION, "adjustments.reallocate")
cover = declaring(AdjustmentKind.COVER, "adjustments.reallocate")


@may("adjustments.look")
@require_safe
def adjustment(request: Request, pk: int) -> HttpResponse:
    """One move: what, why, by whom, where it stands in the lawful sequence, what is next."""
    one = ADJUSTMENTS.find(request.user, settings.PROGRAMME, pk)
    title = f"{translate(one.get_kind_display(), get_language() or 'de')} {one.file_number}"
    context: dict[str, Any] = {
        "page": steps.case_page(request, one, title),
        "adjustment": one,
        "purpose": programmes.purpose(one.fund),
        "sequence": list(sequence(request, one)),
        "go_on": _go_on(request, one),
    }
    return render(request, "adjustments/adjustment.html", context)


@dataclass(frozen=True)
class Link:
    """One part of the lawful sequence; ``one`` where this person may see the move behind it."""

    label: str
    state: str
    one: Adjustment | None = None


def sequence(request: Request, one: Adjustment) -> Iterator[Link]:
    """Waiver, reallocation, supplementary notice, as far as this person may see them."""
    if one.kind == AdjustmentKind.COVER:
        yield _link(one)
        return
    seen = queries.adjustments(request.user, settings.PROGRAMME)
    if one.kind == AdjustmentKind.WAIVER:
        yield _link(one)
        after = [_link(each) for each in seen.filter(follows=one)]
        yield from after or [Link(gettext("Umverteilung durch das Ministerium"), "open")]
    else:
        before = seen.filter(pk=one.follows_id).first() if one.follows_id else None
        yield _link(before) if before else Link(gettext("Geld, das beim Land frei war"), "done")
        yield _link(one)
    yield Link(gettext("Ergänzender Bescheid (folgt)"), "open")


def _link(one: Adjustment) -> Link:
    is_open = one.state == AdjustmentState.DECLARED
    return Link(gettext(one.get_kind_display()), "current" if is_open else "done", one)


def _go_on(request: Request, one: Adjustment) -> str:
    """Where the ministry gives what a decided waiver has freed, and nobody got yet, to another."""
    is_free = one.kind == AdjustmentKind.WAIVER and one.state == AdjustmentState.DECIDED
    if not is_free or AdjustmentKind.REALLOCATION not in declarable(request):
        return ""
    after = queries.adjustments(request.user, settings.PROGRAMME).filter(follows=one)
    passed_on = after.exclude(state=AdjustmentState.REJECTED)
    left_cents = one.amount_cents - sum(each.amount_cents for each in passed_on)
    if left_cents <= 0:
        return ""
    given = {"jahr": one.year, "zweck": one.earmark, "folgt": one.pk, "betrag": left_cents}
    return f"{reverse('adjustments:reallocate')}?{urlencode(given)}"
