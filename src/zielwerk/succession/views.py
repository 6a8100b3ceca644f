"""Pages of successions: which there are, declaring one with its effect in view, an act."""

from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.datastructures import MultiValueDict
from django.views.decorators.http import require_http_methods, require_safe

from zielwerk.core import permissions
from zielwerk.packs import loading as packs
from zielwerk.packs.model import Succession
from zielwerk.packs.phrases import SUCCESSIONS
from zielwerk.rulebook import succession as rules
from zielwerk.rulebook.refusal import Refused, msg
from zielwerk.succession import actions, panels, queries
from zielwerk.succession.cases import ACTS
from zielwerk.succession.forms import SHARE, TEXTS, DeclarationForm
from zielwerk.succession.models import SuccessionAct
from zielwerk.succession.queries import Pending
from zielwerk.ui import acts as doing
from zielwerk.ui import lists, steps
from zielwerk.ui.forms import add_refusals
from zielwerk.ui.lists import Listed
from zielwerk.ui.views import Request, may

TRY = "berechnen"  # the button that asks for the effect
RESULT = "wirkung"  # the part of the page that a change replaces
DECLARED = msg("Erklärt: Rechtsnachfolge {number}, {label}. Entscheiden muss eine zweite Person.")
FIELDS = {"succession.no_reason": "grund", "succession.no_years": "jahre"}


def beside(request: Request, listed: Listed) -> dict[str, Any]:
    """On top the door to declare one, for whoever may."""
    return {"may_declare": not permissions.role_refusal(request.user, "succession.declare")}


acts = lists.of_cases(
    ACTS,
    panels.ACTS,
    "succession/acts.html",
    beside,
    name=msg("Rechtsnachfolgen"),
    empty=(msg("Keine Rechtsnachfolge"), msg("Zu dieser Auswahl wurde keine erklärt.")),
)


@dataclass(frozen=True)
class Declared:
    """A succession of the programme: what is there to carry out, and the acts about it."""

    pending: Pending | None
    succession: Succession
    acts: list[SuccessionAct]

    @property
    def kind(self) -> str:
        return SUCCESSIONS[self.succession.kind]

    @property
    def is_open(self) -> bool:
        """Whether an act about it waits for its decision."""
        return any(not ACTS.lifecycle(act).is_final(act.state) for act in self.acts)

    @property
    def is_same_key(self) -> bool:
        """Whether one body goes on under its key, so that nothing can pass."""
        return not rules.moves(self.succession.predecessors, self.succession.successors)

    @property
    def may_begin(self) -> bool:
        """Whether there is anything to declare now."""
        pending = self.pending
        return pending is not None and bool(pending.years or pending.others) and not self.is_open


@may("succession.declare")
@require_safe
def choose(request: Request) -> HttpResponse:
    """The successions that the programme declares, and what is there to carry out."""
    programme = settings.PROGRAMME
    by_code = {each.succession.code: each for each in _pending()}
    of_code: dict[str, list[SuccessionAct]] = {}
    for act in queries.acts(request.user, programme):
        of_code.setdefault(act.succession, []).append(act)
    declared = [
        Declared(by_code.get(each.code), each, of_code.get(each.code, []))
        for each in packs.successions(programme)
    ]
    return render(request, "succession/choose.html", {"declared": declared})


@may("succession.declare")
@require_http_methods(["GET", "POST"])
def declare(request: Request, code: str) -> HttpResponse:
    """Declare a succession; the address brings shares along, whose effect is in view.

    Without scripts a button asks for the effect. It posts, lest what was written stand in an
    address.
    """
    pending = next((each for each in _pending() if each.succession.code == code), None)
    if pending is None:
        raise Http404
    succession = pending.succession
    notices = queries.notices_of(
        settings.PROGRAMME, succession.predecessors, [*pending.years, *pending.others]
    )
    if request.method == "POST":
        form = DeclarationForm(pending, notices, request.POST)
        if TRY in request.POST:
            form.try_out()
            return _page(request, pending, form)
        status = 422
        if form.is_valid():
            try:
                return doing.done(
                    request,
                    lambda: actions.declare(request.user, form.declaration(), at=timezone.now()),
                    partial(steps.begun, request, msgid=DECLARED),
                )
            except permissions.NotAllowed:
                raise
            except Refused as refused:
                add_refusals(form, refused, FIELDS)
                status = 409
        return _page(request, pending, form, status)
    is_typed = any(name.startswith(SHARE) for name in request.GET)
    typed = {name: values for name, values in request.GET.lists() if name not in TEXTS}
    form = DeclarationForm(pending, notices, MultiValueDict(typed) if is_typed else None)
    if is_typed:
        form.try_out()
    return _page(request, pending, form)


def _pending() -> tuple[Pending, ...]:
    return queries.pending(settings.PROGRAMME, timezone.localdate())


def _page(
    request: Request, pending: Pending, form: DeclarationForm, status: int = 200
) -> HttpResponse:
    """The page; of a change typed on it, only the effect."""
    succession = pending.succession
    keys = tuple(dict.fromkeys((*succession.predecessors, *succession.successors)))
    trial = (
        panels.tried(settings.PROGRAMME, succession, form.years, form.parts, keys, form.heirs)
        if form.is_complete
        else None
    )
    ruled = {ags: Fraction(share) for ags, share in succession.shares.items()}
    own_years = [year for year in pending.others if year in form.years]
    context = {
        "pending": pending,
        "succession": succession,
        "kind": SUCCESSIONS[succession.kind],
        "form": form,
        "try": TRY,
        "trial": trial,
        "shares": panels.shares_of(form.parts) if trial else (),
        "effects": trial.effects if trial else (),
        "notices": trial.notices if trial else (),
        "cautions": [*panels.cautions(form.parts, ruled, own_years), *trial.lacking]
        if trial
        else (),
    }
    is_part = request.headers.get("HX-Target") == RESULT
    template = "succession/declare_effect.html" if is_part else "succession/declare.html"
    response = render(request, template, context, status=status)
    patch_vary_headers(response, ("HX-Request", "HX-Target"))
    return response


@may("succession.look")
@require_safe
def act(request: Request, pk: int) -> HttpResponse:
    """One act: what was declared, what passes or passed on, the next steps."""
    act = ACTS.find(request.user, settings.PROGRAMME, pk)
    context = {
        "page": steps.case_page(request, act, panels.label_of(act)),
        **panels.of_act(act),
        **panels.money_of(act),
    }
    return render(request, "succession/act.html", context)
