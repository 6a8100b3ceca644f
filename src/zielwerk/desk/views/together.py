"""Doing together what waits alike: chosen on one page, looked at, done as a whole or not at all."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from zielwerk.adjustments import actions as adjustments
from zielwerk.core import stages
from zielwerk.core.cases import Kind
from zielwerk.core.permissions import NotAllowed
from zielwerk.desk import queries
from zielwerk.desk.forms import TogetherForm
from zielwerk.desk.queries import Alike
from zielwerk.publication import actions as publication
from zielwerk.publication import queries as publications
from zielwerk.rulebook.adjustment import AdjustmentKind
from zielwerk.rulebook.lifecycle import Label, Step
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.refusal import Refusal, Refused, msg
from zielwerk.ui import acts
from zielwerk.ui.stages import NoteForm
from zielwerk.ui.views import Request, may

DONE = msg("{label}: {number} Vorgänge, zusammen {total}.")
REASON = msg("Begründung")
ACTS = {
    "veroeffentlichen": ("publish", msg("Veröffentlichen")),
    "vorlegen": ("propose", msg("Zur Veröffentlichung vorlegen")),
}
COVER = msg("Deckung erklären")
ONE_IS_REFUSED = Refusal(
    "desk.one_is_refused",
    msg("Nichts davon ist geschehen: Bei {number} geht es nicht. Die anderen können Sie ohne ihn."),
)
NOT_WAITING = Refusal(
    "desk.not_waiting",
    msg(
        "Nichts davon ist geschehen: Einer der Vorgänge wartet nicht mehr so auf Sie, wie Sie ihn "
        "gesehen haben. Bitte wählen Sie neu."
    ),
)
Verb = Callable[[], object]


@dataclass(frozen=True)
class Together:
    """What is done together: its label, which wait alike, and how one of them is done.

    ``ready`` makes what takes long before the transaction begins, and gives back the verb.
    ``reason`` is the label of the text that is asked for all of them, empty where none is.
    """

    label: str
    alike: Callable[[Collection[str]], tuple[Sequence[Alike], int]]
    ready: Callable[[Alike, str, datetime], Verb]
    reason: str = ""


@may("desk.look")
@require_http_methods(["GET", "POST"])
def together(request: Request, kind: str, verb: str) -> HttpResponse:
    """Take a step of several cases that wait for it."""
    of_kind, step = queries.step_of(kind, verb)
    if missing := stages.role_refusal(request.user, step):
        raise NotAllowed(missing)
    alike = partial(queries.steps_alike, request.user, of_kind, verb)
    ready = partial(_step_ready, request, of_kind, step)
    return _page(request, Together(step.label, alike, ready))


def _step_ready(
    request: Request, kind: Kind[Any], step: Step, one: Alike, reason: str, now: datetime
) -> Verb:
    before = kind.before.get(step.taken_by)
    more = before(one.of, now) if before else {}
    return lambda: kind.verb(step.taken_by)(request.user, one.of, **more, at=now)


@may("desk.look")
@require_http_methods(["GET", "POST"])
def together_to_publish(request: Request, year: int, stage: str) -> HttpResponse:
    """Begin to publish several recorded agreements of a year."""
    if stage not in ACTS:
        raise Http404
    act, label = ACTS[stage]
    if missing := publications.begin_refusal(request.user, settings.PROGRAMME, year, act):
        raise NotAllowed(missing)

    def ready(one: Alike, reason: str, now: datetime) -> Verb:
        new = publication.prepare(one.of, now)
        return lambda: publication.begin_prepared(request.user, new, at=now)

    alike = partial(queries.to_publish, request.user, year, act)
    return _page(request, Together(label, alike, ready))


@may("adjustments.reallocate")
@require_http_methods(["GET", "POST"])
def together_to_cover(request: Request) -> HttpResponse:
    """Declare that several uncovered amounts are covered, for one reason."""

    def ready(one: Alike, reason: str, now: datetime) -> Verb:
        move = adjustments.Move(
            AdjustmentKind.COVER, one.of.fund, one.of.ags, one.amount_cents, reason
        )
        return lambda: adjustments.declare(request.user, move, at=now)

    return _page(request, Together(COVER, partial(queries.uncovered, request.user), ready, REASON))


# --- the page -----------------------------------------------------------------------------


def _page(request: Request, of: Together) -> HttpResponse:
    """Choose some; then see them with their total; then do them all."""
    is_sent = request.method == "POST"
    form = TogetherForm(request.POST if is_sent else request.GET)
    found, number = of.alike(form.chosen)
    text = NoteForm(request.POST if is_sent else None, label=of.reason) if of.reason else None
    if is_sent and (text is None or text.is_valid()):
        reason = text.cleaned_data["note"] if text else ""
        return _done(request, of, found, form, reason)
    if form.chosen and not found:
        return redirect(request.path)
    context = {
        "label": Label(of.label),
        "rows": found,
        "is_chosen": bool(form.chosen),
        "total_cents": sum(one.amount_cents for one in found),
        "number": number,
        "most": queries.MOST,
        "form": text,
    }
    status = 422 if text and text.errors else 200
    return render(request, "desk/together.html", context, status=status)


def _done(
    request: Request, of: Together, found: Sequence[Alike], form: TogetherForm, reason: str
) -> HttpResponse:
    """Do each: one transaction, one audit entry for each act in it."""
    is_as_seen = all(one.seen == form.chosen[one.key] for one in found) if form.chosen else False
    if not found or not is_as_seen or len(found) < len(form.chosen):
        raise Refused(NOT_WAITING)
    total_cents = sum(one.amount_cents for one in found)
    slots = {"label": Label(of.label), "number": len(found), "total": Cents(total_cents)}
    # In one order, so that nobody waits for somebody who waits for her.
    in_order = sorted(found, key=lambda one: one.key)
    ready = [(one, _named(one, partial(of.ready, one, reason, timezone.now()))) for one in in_order]

    def take() -> list[object]:
        return [_named(one, verb) for one, verb in ready]

    return acts.done(
        request, take, lambda _: acts.Answer(reverse("desk:home"), acts.Said(DONE, slots))
    )


def _named(one: Alike, work: Callable[[], Any]) -> Any:
    """What is done about one; where it is refused, it is named before the reasons."""
    try:
        return work()
    except NotAllowed:
        raise
    except Refused as refused:
        params = {"number": one.number}
        named = Refusal(ONE_IS_REFUSED.rule, ONE_IS_REFUSED.msgid, params)
        raise Refused(named, *refused.refusals) from refused
