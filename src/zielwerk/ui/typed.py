"""Pages of what was typed and not sent: all of it by itself, and the question before it goes."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from zielwerk.core import kept
from zielwerk.rulebook.refusal import msg
from zielwerk.ui import acts
from zielwerk.ui.views import Request, kept_for, may

DISCARD = msg("Eingaben verwerfen")
DISCARDING = (
    msg("Was Sie getippt und nicht gesendet haben, wird gelöscht."),
    msg("Das lässt sich nicht rückgängig machen."),
)


@may("core.get_back_input")
@require_safe
def input_kept(request: Request, key: str) -> HttpResponse:
    """What had been typed, by itself: for where its page has no place for it any more."""
    input_kept = kept_for(request, key, resolve_url("desk:home"))
    if isinstance(input_kept, HttpResponse):
        return input_kept
    rows = [
        (name, "\n".join(values))
        for name, values in input_kept.typed
        if name not in kept.NOT_TYPED and any(values)
    ]
    return render(request, "ui/pages/kept.html", {"kept": input_kept, "rows": rows})


@may("core.get_back_input")
@require_http_methods(["GET", "POST"])
def discard_input(request: Request, key: str) -> HttpResponse:
    """Drop what is kept; asks before, and leads to the page as it is without it."""
    input_kept = kept_for(request, key, resolve_url("desk:home"))
    if isinstance(input_kept, HttpResponse):
        return input_kept
    if request.method == "POST":
        kept.forget(request, key)
        messages.success(request, gettext("Verworfen: was Sie getippt und nicht gesendet hatten."))
        return redirect(input_kept.page)
    question = acts.Question(
        title=gettext(DISCARD),
        button=DISCARD,
        back=kept.address_of(input_kept),
        about=gettext("Noch nicht gesendet"),
        effects=[acts.Said(effect) for effect in DISCARDING],
    )
    return acts.ask(request, question)
