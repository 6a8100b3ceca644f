"""What is done about posts: granting, limiting, ending, naming deputies, leaving."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from zielwerk.core import looks, permissions
from zielwerk.identity import actions, queries
from zielwerk.identity.forms.people import FIELDS, DeputyForm, LeavingForm, LimitForm, PostForm
from zielwerk.identity.models import Deputyship, Post, User
from zielwerk.identity.policies import is_herself
from zielwerk.identity.views.people import linked, seen
from zielwerk.rulebook.lifecycle import Label
from zielwerk.rulebook.refusal import Refused, Said, msg
from zielwerk.ui import acts
from zielwerk.ui.forms import add_refusals
from zielwerk.ui.views import Request, may

GRANTED = msg("Vergeben: {role} an {name}.")
LIMITED = msg("Geändert: {role} von {name}.")
ENDED = msg("Beendet: {role} von {name}.")
DEPUTISED = msg("Benannt: {deputy} vertritt {name}, {role}.")
DEPUTYSHIP_ENDED = msg("Beendet: {deputy} vertritt {name} nicht mehr.")
LEFT = msg("Übergeben: Offenes von {name} an {successor}. Die Stellen sind beendet.")
NO_COLLEAGUE = msg(
    "In dieser Organisation hat heute niemand sonst eine Stelle. Vertreten kann nur eine Kollegin "
    "oder ein Kollege."
)
NO_SUCCESSOR = msg(
    "Niemand sonst hat dieselben Rollen. Zuerst muss jemand sie bekommen, oder einzelne Stellen "
    "werden beendet."
)
EFFECT_OF_END = (
    Said(msg("Die Stelle endet sofort; was von ihr aus geschah, bleibt.")),
    Said(msg("Wer auf dieser Stelle vertritt, vertritt nicht mehr.")),
)
EFFECT_OF_LEAVING = (
    Said(msg("Offene Vorgänge und Vertretungen gehen an die genannte Person.")),
    Said(msg("Alle Stellen enden sofort, und damit die Anmeldung.")),
)


def filled(
    request: Request,
    form: forms.Form,
    verb: Callable[[], Any],
    answer: Callable[[Any], acts.Answer],
    page: dict[str, Any],
) -> HttpResponse:
    """A page with a form: its verb is taken where it is sent and right."""
    if form.is_valid():
        try:
            return acts.done(request, verb, answer)
        except Refused as refused:
            add_refusals(form, refused, FIELDS)
    status = 422 if form.errors else 200
    return render(request, "identity/form.html", {"form": form, **page}, status=status)


def sent(request: Request) -> Any:
    return request.POST if request.method == "POST" else None


def post_of(request: Request, verb: str, pk: int) -> Post:
    """A post about which the person may take a verb; else 404, or 403 with the reason."""
    post = Post.objects.select_related("person").filter(pk=pk).first()
    if post is None:
        raise Http404
    permissions.require(request.user, verb, post)
    looks.shown([post.person_id])
    return post


def page_of(request: Request, person: User) -> str:
    """The page about a person, one's own account for oneself."""
    if is_herself(request.user, person):
        return reverse("identity:account")
    return reverse("identity:person", args=[person.pk])


def about(post: Post) -> dict[str, object]:
    return {"role": Label(post.label), "name": post.person.name}


@may("identity.grant")
@require_http_methods(["GET", "POST"])
def grant(request: Request, pk: int) -> HttpResponse:
    """Give a person one more post."""
    who = seen(request, pk)
    form = PostForm(request.user, sent(request))
    return filled(
        request,
        form,
        lambda: actions.grant(request.user, form.post(who), at=timezone.now()),
        lambda post: acts.Answer(page_of(request, who), Said(GRANTED, about(post))),
        {
            "title": msg("Stelle vergeben"),
            "who": who,
            "back": page_of(request, who),
            "button": msg("Vergeben"),
        },
    )


@may("identity.limit")
@require_http_methods(["GET", "POST"])
def limit(request: Request, pk: int) -> HttpResponse:
    """Let a post hold until a day, or without an end."""
    post = post_of(request, "identity.limit", pk)
    form = LimitForm(sent(request), initial={"bis": post.valid_until})
    back = page_of(request, post.person)
    return filled(
        request,
        form,
        lambda: actions.limit(request.user, post, form.cleaned_data["bis"], at=timezone.now()),
        lambda post: acts.Answer(back, Said(LIMITED, about(post))),
        {
            "title": msg("Stelle befristen"),
            "who": post.person,
            "post": post,
            "back": back,
            "button": msg("Speichern"),
        },
    )


@may("identity.end_post")
@require_http_methods(["GET", "POST"])
def end_post(request: Request, pk: int) -> HttpResponse:
    """End a post, after a question."""
    post = post_of(request, "identity.end_post", pk)
    back = page_of(request, post.person)
    if request.method == "POST":
        return acts.done(
            request,
            lambda: actions.end_post(request.user, post, at=timezone.now()),
            lambda ended: acts.Answer(_after(request, ended), Said(ENDED, about(post))),
        )
    question = acts.Question(
        gettext("Stelle beenden"),
        msg("Beenden"),
        back,
        EFFECT_OF_END,
        facts=(
            (msg("Person"), post.person.name),
            (msg("Rolle"), Label(post.label)),
            (msg("Organisation"), post.organisation),
        ),
        about=post.person.name,
        look="danger",
    )
    return acts.ask(request, question)


def _after(request: Request, ended: Post) -> str:
    """Where one is led after a post has ended: one's own may have been the last."""
    if is_herself(request.user, ended.person) and not queries.open_posts(ended.person):
        return reverse("publication:list")
    return page_of(request, ended.person)


@may("identity.deputise")
@require_http_methods(["GET", "POST"])
def deputise(request: Request, pk: int) -> HttpResponse:
    """Name who stands in on a post."""
    post = post_of(request, "identity.deputise", pk)
    colleagues = queries.colleagues(post, timezone.localdate())
    looks.shown(one.pk for one in colleagues)
    form = DeputyForm(colleagues, sent(request))
    back = page_of(request, post.person)
    return filled(
        request,
        form,
        lambda: actions.deputise(request.user, form.deputy(post), at=timezone.now()),
        lambda made: acts.Answer(
            back, Said(DEPUTISED, {**about(post), "deputy": made.deputy.name})
        ),
        {
            "title": msg("Vertretung benennen"),
            "who": post.person,
            "post": post,
            "back": back,
            "obstacle": "" if colleagues else NO_COLLEAGUE,
            "button": msg("Benennen"),
        },
    )


@may("identity.end_deputyship")
@require_http_methods(["GET", "POST"])
def end_deputyship(request: Request, pk: int) -> HttpResponse:
    """End a deputyship before its day, after a question."""
    found = Deputyship.objects.select_related("post__person", "deputy").filter(pk=pk).first()
    if found is None:
        raise Http404
    permissions.require(request.user, "identity.end_deputyship", found)
    looks.shown([found.post.person_id, found.deputy_id])
    back = page_of(request, found.post.person)
    said = {"deputy": found.deputy.name, "name": found.post.person.name}
    if request.method == "POST":
        return acts.done(
            request,
            lambda: actions.end_deputyship(request.user, found, at=timezone.now()),
            lambda _ended: acts.Answer(back, Said(DEPUTYSHIP_ENDED, said)),
        )
    question = acts.Question(
        gettext("Vertretung beenden"),
        msg("Beenden"),
        back,
        (Said(msg("Wer vertritt, handelt sofort nicht mehr für die vertretene Person.")),),
        facts=(
            (msg("Person"), found.post.person.name),
            (msg("Rolle"), Label(found.post.label)),
            (msg("Vertretung"), found.deputy.name),
        ),
        about=found.post.person.name,
        look="danger",
    )
    return acts.ask(request, question)


@may("identity.hand_over")
@require_http_methods(["GET", "POST"])
def hand_over(request: Request, pk: int) -> HttpResponse:
    """Hand over what is open to a person, and end her posts."""
    who = seen(request, pk)
    permissions.require(request.user, "identity.hand_over", who)
    candidates = queries.successors(who, timezone.localdate())
    looks.shown(one.pk for one in candidates)
    form = LeavingForm(candidates, sent(request))
    back = page_of(request, who)
    names = queries.open_cases(who)
    shown = linked(request, names)
    after = reverse("publication:list") if is_herself(request.user, who) else back
    return filled(
        request,
        form,
        lambda: actions.hand_over(
            request.user, actions.Leaving(who, form.successor), at=timezone.now()
        ),
        lambda handover: acts.Answer(
            after, Said(LEFT, {"name": who.name, "successor": handover.successor.name})
        ),
        {
            "title": msg("Offenes übergeben und ausscheiden"),
            "who": who,
            "back": back,
            "effects": EFFECT_OF_LEAVING,
            "open_cases": shown,
            "hidden": len(names) - len(shown),
            "obstacle": "" if candidates else NO_SUCCESSOR,
            "button": msg("Übergeben und Stellen beenden"),
        },
    )
