"""Moves of money during the year: waivers, reallocations, coverings, and uncovered money."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_safe

from zielwerk.adjustments import actions, panels, queries
from zielwerk.adjustments.cases import ADJUSTMENTS
from zielwerk.adjustments.forms import MoveForm
from zielwerk.adjustments.models import Adjustment
from zielwerk.budget.panels.free_money import FreeRow, free_rows, years_over
from zielwerk.core import permissions
from zielwerk.language import translate
from zielwerk.ledger import actions as ledger
from zielwerk.packs import loading as packs
from zielwerk.programme import queries as programmes
from zielwerk.rulebook.adjustment import GIVEN_UP, SETTLED, AdjustmentKind, AdjustmentState
from zielwerk.rulebook.planning import Fund
from zielwerk.rulebook.refusal import Refused, msg
from zielwerk.rulebook.tranche import Tranche
from zielwerk.ui import acts, lists, steps, wording
from zielwerk.ui.forms import add_refusals
from zielwerk.ui.lists import Listed
from zielwerk.ui.views import Request, may

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
        "Die Körperschaft gibt Geld zurück, das ihr zugewiesen und nicht vereinbart ist. Es wird "
        "wieder frei, sobald eine zweite Person entschieden hat."
    ),
    AdjustmentKind.REALLOCATION: msg(
        "Das Ministerium gibt einer Körperschaft Geld, das frei ist, etwa nach einem Verzicht. "
        "Eine zweite Person entscheidet; die Bescheide folgen."
    ),
    AdjustmentKind.COVER: msg(
        "Was ungedeckt ist, wird gedeckt: erst aus dem, was der Körperschaft zugewiesen und nicht "
        "vereinbart ist, dann aus dem, was frei ist, jeweils zuerst aus derselben Mittelart. "
        "Eine zweite Person entscheidet und sieht vorher, woraus."
    ),
}
DECLARED = msg("Erklärt: {kind} {number}, {amount}, {name}. Entscheiden muss eine zweite Person.")

AVAILABLE = {  # what a move can take, in the words of the glossary
    AdjustmentKind.WAIVER: msg("Verzichtbar"),
    AdjustmentKind.REALLOCATION: msg("frei"),
    AdjustmentKind.COVER: msg("frei"),
}

FIELDS = {  # what a refusal is about
    "adjustments.exceeds": "betrag",
    "adjustments.is_agreed": "betrag",
    "programme.amount_not_positive": "betrag",
    "adjustments.no_reason": "begruendung",
    "adjustments.follows_other": "folgt",
    "programme.no_such_body": "ags",
}


@dataclass(frozen=True)
class Gap:
    """What a body (or the state itself) lacks of a fund, by kind of money, until it is covered."""

    year: int
    purpose: str
    body: str
    tranches: list[tuple[int, str]]
    cover_url: str
    amend_url: str = ""


def beside(request: Request, listed: Listed) -> dict[str, Any]:
    """On top the uncovered money, and what this person may declare."""
    kinds = declarable(request)
    year = getattr(listed.filters, "year", None)
    return {
        "gaps": [gap for gap in gaps(request) if year in (None, gap.year)],
        "verbs": [(TITLES[kind], reverse(ROUTES[kind])) for kind in kinds],
        "may_cover": AdjustmentKind.COVER in kinds,
        "may_amend": not permissions.role_refusal(request.user, "negotiation.amend_after_cut"),
    }


# What is declared, decided and rejected is not one sum, nor are kinds and years.
adjustments = lists.of_cases(
    ADJUSTMENTS,
    panels.ADJUSTMENTS,
    "adjustments/adjustments.html",
    beside,
    name=msg("Mitteländerungen"),
    apart=("year", "kind", "state"),
    rows=lambda user: queries.with_kinds(queries.adjustments(user, settings.PROGRAMME)),
    empty=(msg("Keine Mitteländerung"), msg("Zu dieser Auswahl wurde nichts erklärt.")),
)


def declarable(request: Request) -> list[AdjustmentKind]:
    """The kinds of moves that this person may declare."""
    return [
        kind
        for kind, permission in actions.VERB_OF.items()
        if not permissions.role_refusal(request.user, permission)
    ]


def gaps(request: Request) -> Iterator[Gap]:
    names = {body.ags: programmes.body_title(body) for body in packs.bodies(settings.PROGRAMME)}
    found = programmes.uncovered_planning(request.user, settings.PROGRAMME)
    for (fund, ags), parts in groupby(found, key=lambda one: (one[0].fund, one[0].ags)):
        tranches = [(cents, programmes.tranche(key.tranche)) for key, cents in parts]
        lacking = -sum(cents for cents, _ in tranches)
        query = {"jahr": fund.year, "zweck": fund.earmark, "ags": ags, "betrag": lacking}
        yield Gap(
            fund.year,
            programmes.purpose(fund),
            f"{names.get(ags, '')} ({ags})" if ags else wording.territory(),
            tranches,
            f"{reverse('adjustments:cover')}?{urlencode(query)}",
            reverse("negotiation:amend_after_cut", args=[fund.year]) if ags else "",
        )


def declaration_door(kind: AdjustmentKind, permission: str) -> Callable[[Request], HttpResponse]:
    """A door to declare moves of one kind; an address may bring the first values along."""

    @may(permission)
    @require_http_methods(["GET", "POST"])
    def declare(request: Request) -> HttpResponse:
        is_post = request.method == "POST"
        initial = {**request.GET.dict(), "betrag": _cents(request.GET.get("betrag", ""))}
        form = MoveForm(
            kind,
            request.user,
            programmes.purposes(packs.years(settings.PROGRAMME)),
            request.POST if is_post else None,
            initial,
        )
        status = 200
        if is_post and form.is_valid():
            try:
                return acts.done(
                    request,
                    lambda: actions.declare(request.user, form.move(), at=timezone.now()),
                    lambda made: steps.begun(request, made, DECLARED),
                )
            except permissions.NotAllowed:
                raise
            except Refused as refused:
                add_refusals(form, refused, FIELDS)
                status = 409
        is_of_state = kind != AdjustmentKind.WAIVER
        free = list(free_rows(settings.PROGRAMME, timezone.localdate())) if is_of_state else []
        context = {
            "form": form,
            "title": TITLES[kind],
            "meaning": MEANINGS[kind],
            "years_over": years_over(request.user, free),
            "available": list(_available(request, kind, free)),
            "available_heading": AVAILABLE[kind],
        }
        is_agreed = kind != AdjustmentKind.REALLOCATION
        may_look = not permissions.role_refusal(request.user, "agreements.look")
        context["leads_to_agreements"] = is_agreed and may_look
        status = 422 if form.errors and status == 200 else status
        return render(request, "adjustments/adjustment_new.html", context, status=status)

    return declare


def _cents(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None


def _available(
    request: Request, kind: AdjustmentKind, free: Iterable[FreeRow]
) -> Iterator[panels.Available]:
    """The money a move of this kind could take, by fund and kind of money.

    Of a waiver by the ministry nothing, since that depends on the body it picks.
    """
    ags = request.user.ags
    pending = queries.pending_by_fund(kind, settings.PROGRAMME, ags)
    if kind == AdjustmentKind.WAIVER:
        sums = programmes.left_of_body(settings.PROGRAMME, ags) if ags else {}
        return panels.available_rows(sums, pending if ags else {})
    kinds: dict[Fund, dict[Tranche, int]] = defaultdict(dict)
    for row in free:
        kinds[row.frame.fund][row.frame.tranche] = row.frame.free_cents
    return panels.available_rows(kinds, pending)


waive = declaration_door(AdjustmentKind.WAIVER, "adjustments.waive")
reallocate = declaration_door(AdjustmentKind.REALLOCATION, "adjustments.reallocate")
cover = declaration_door(AdjustmentKind.COVER, "adjustments.reallocate")


@may("adjustments.look")
@require_safe
def adjustment(request: Request, pk: int) -> HttpResponse:
    """One move: amount, reason, persons, its place in the lawful sequence, the next steps."""
    adjustment = ADJUSTMENTS.find(request.user, settings.PROGRAMME, pk)
    kind = translate(adjustment.get_kind_display(), get_language() or "de")
    today = timezone.localdate()
    is_open = adjustment.state not in SETTLED
    facts = actions.facts_of_move(adjustment, today) if is_open else None
    moves = (
        actions.would_move(adjustment, facts.standing, today)
        if facts
        else ledger.moved(queries.moved_by([adjustment]).get(adjustment.file_number, []))
    )
    title = f"{kind} {adjustment.file_number}"
    context: dict[str, Any] = {
        "page": steps.case_page(request, adjustment, title, facts),
        "is_open": is_open,
        **panels.of_kinds(moves),
        "adjustment": adjustment,
        "purpose": programmes.purpose(adjustment.fund),
        "sequence": list(sequence(request, adjustment)),
        "reallocation_url": _reallocation_url(request, adjustment),
    }
    return render(request, "adjustments/adjustment.html", context)


@dataclass(frozen=True)
class Link:
    """One part of the lawful sequence; ``adjustment`` where this person may see the move."""

    label: str
    state: str
    adjustment: Adjustment | None = None


def sequence(request: Request, adjustment: Adjustment) -> Iterator[Link]:
    """Waiver, reallocation, supplementary notice, as far as this person may see them."""
    if adjustment.kind == AdjustmentKind.COVER:
        yield _link(adjustment)
        return
    visible = queries.adjustments(request.user, settings.PROGRAMME)
    if adjustment.kind == AdjustmentKind.WAIVER:
        yield _link(adjustment)
        successors = [_link(successor) for successor in visible.filter(follows=adjustment)]
        yield from successors or [Link(gettext("Umverteilung durch das Ministerium"), "open")]
    else:
        waiver = visible.filter(pk=adjustment.follows_id).first() if adjustment.follows_id else None
        yield _link(waiver) if waiver else Link(gettext("Geld, das schon frei war"), "done")
        yield _link(adjustment)
    yield Link(gettext("Ergänzender Bescheid (folgt)"), "open")


def _link(adjustment: Adjustment) -> Link:
    is_open = adjustment.state not in SETTLED
    return Link(
        gettext(adjustment.get_kind_display()), "current" if is_open else "done", adjustment
    )


def _reallocation_url(request: Request, adjustment: Adjustment) -> str:
    """The address to reallocate the rest of a decided waiver; empty where there is none."""
    is_free = (
        adjustment.kind == AdjustmentKind.WAIVER and adjustment.state == AdjustmentState.ORDERED
    )
    if not is_free or AdjustmentKind.REALLOCATION not in declarable(request):
        return ""
    successors = queries.adjustments(request.user, settings.PROGRAMME).filter(follows=adjustment)
    reallocations = successors.exclude(state__in=GIVEN_UP)
    left_cents = adjustment.amount_cents - sum(
        reallocation.amount_cents for reallocation in reallocations
    )
    if left_cents <= 0:
        return ""
    query = {
        "jahr": adjustment.year,
        "zweck": adjustment.earmark,
        "folgt": adjustment.pk,
        "betrag": left_cents,
    }
    return f"{reverse('adjustments:reallocate')}?{urlencode(query)}"
