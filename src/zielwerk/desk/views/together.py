"""Doing together what waits alike: chosen on one page, looked at, done as a whole or not at all."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from zielwerk.core import stages
from zielwerk.core.cases import Case, Kind
from zielwerk.core.permissions import NotAllowed
from zielwerk.desk import queries
from zielwerk.desk.forms import TogetherForm
from zielwerk.rulebook.lifecycle import Label, Step
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.refusal import Refusal, Refused, msg
from zielwerk.ui import acts
from zielwerk.ui.views import Request, may

DONE = msg("{label}: {number} Vorgänge, zusammen {total}.")
ONE_IS_REFUSED = Refusal(
    "desk.one_is_refused",
    msg("Nichts davon ist geschehen: Bei {number} geht es nicht. Die anderen können Sie ohne ihn."),
)
NOT_WAITING = Refusal(
    "desk.not_waiting",
    msg(
        "Nichts davon ist geschehen: Einer der Vorgänge wartet nicht mehr auf Sie. Bitte wählen "
        "Sie neu."
    ),
)


@may("desk.look")
@require_http_methods(["GET", "POST"])
def together(request: Request, kind: str, verb: str) -> HttpResponse:
    """Choose some of what waits alike; then see them with their total; then do them all."""
    of_kind, step = queries.step_of(kind, verb)
    if missing := stages.role_refusal(request.user, step):
        raise NotAllowed(missing)
    form = TogetherForm(request.POST if request.method == "POST" else request.GET)
    found = queries.alike(request.user, of_kind, verb, form.chosen)
    if request.method == "POST":
        return _done(request, of_kind, step, found, form)
    if form.chosen and not found:
        return redirect(request.path)
    context = {
        "kind": of_kind,
        "step": step,
        "label": Label(step.label),
        "rows": found,
        "is_chosen": bool(form.chosen),
        "total_cents": sum(one.amount_cents for one in found),
        "number": queries.number_waiting(request.user, of_kind, verb),
        "most": queries.MOST,
    }
    return render(request, "desk/together.html", context)


def _done(
    request: Request,
    kind: Kind[Any],
    step: Step,
    found: Sequence[queries.Alike],
    form: TogetherForm,
) -> HttpResponse:
    """Take the step for each: one transaction, one audit entry for each act in it."""
    now, total_cents = timezone.now(), sum(one.amount_cents for one in found)
    slots = {"label": Label(step.label), "number": len(found), "total": Cents(total_cents)}
    if len(found) < len(form.chosen) or not found:
        raise Refused(NOT_WAITING)
    ready = []
    for one in sorted(
        found, key=lambda one: one.case.pk
    ):  # what takes long is made before the transaction begins
        one.case.revision = form.revision(one.case)
        before = kind.before.get(step.taken_by)
        ready.append((one.case, before(one.case, now) if before else {}))

    def take() -> list[Case]:
        return [_taken(request, kind, step, case, more) for case, more in ready]

    return acts.done(
        request, take, lambda _: acts.Answer(reverse("desk:home"), acts.Said(DONE, slots))
    )


def _taken(request: Request, kind: Kind[Any], step: Step, case: Case, more: dict[str, Any]) -> Case:
    """The step taken for one; where it is refused, the case is named before the reasons."""
    try:
        taken: Case = kind.verb(step.taken_by)(request.user, case, **more, at=timezone.now())
    except Refused as refused:
        named = Refusal(ONE_IS_REFUSED.rule, ONE_IS_REFUSED.msgid, {"number": case.file_number})
        raise Refused(named, *refused.refusals) from refused
    return taken
