"""Pages about persons: who there is, one person, and what is done about her posts."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zielwerk.core import looks, permissions
from zielwerk.core.cases import Case, kind_of
from zielwerk.identity import actions, panels, queries
from zielwerk.identity.forms.people import FIELDS, PersonForm
from zielwerk.identity.models import Deputyship, Post, User
from zielwerk.rulebook.refusal import Refused, Said, msg
from zielwerk.ui import acts, lists
from zielwerk.ui.forms import add_refusals
from zielwerk.ui.lists import Listed
from zielwerk.ui.timeline import timeline
from zielwerk.ui.views import Request, may, shown_at

ENROLLED = msg("Angelegt: {name}.")
SENT = msg("Der Einmal-Link wird an {address} gesendet. Ein früherer gilt nicht mehr.")
SHOWN = "zeigen"  # whoever invites wants to see the link and hand it over


def sends_mail() -> bool:
    """Whether this installation sends mail to people; a demo only writes files."""
    return settings.MAIL is not None and bool(settings.MAIL.host)


def may_enrol(request: Request, listed: Listed) -> dict[str, object]:
    return {"may_enrol": not permissions.role_refusal(request.user, "identity.enrol")}


people = lists.door(panels.PEOPLE, "identity/people.html", may_enrol)
rights = lists.door(panels.RIGHTS, "identity/rights.html")


def linked(request: Request, names: list[str]) -> list[tuple[Case, str]]:
    """Those of some cases that the person who looks may see, with where they are shown."""
    cases = queries.cases_of(request.user, settings.PROGRAMME, names)
    return [(case, reverse(kind_of(case).page, args=[case.pk])) for case in cases]


def seen(request: Request, pk: int) -> User:
    """A person within what one sees of persons; else Http404."""
    person = queries.people(request.user).filter(pk=pk).first()
    if person is None:
        raise Http404
    looks.shown([pk])
    return person


@may("identity.look")
@require_safe
def person(request: Request, pk: int) -> HttpResponse:
    """One person: her posts, who stands in for her, what was done about her."""
    who, user = seen(request, pk), request.user
    visible = list(queries.seen_posts(user).filter(person=who).order_by("pk"))
    open_ones = [post for post in visible if not post.ended_at]
    on_them = Deputyship.objects.filter(post__in=visible).select_related("post__person", "deputy")
    looks.shown(one.deputy_id for one in on_them)
    context = {
        "who": who,
        "rows": [row(request, post) for post in visible],
        "deputyships": [
            (one, not one.ended_at and allowed(request, "identity.end_deputyship", one))
            for one in on_them.order_by("-valid_from", "-pk")
        ],
        "today": timezone.localdate(),
        "signs_in": who.is_active and queries.signed_in(who.pk, timezone.localdate()),
        "may_grant": who.is_active and not permissions.role_refusal(user, "identity.grant"),
        "sends_mail": sends_mail(),
        "may_invite": who.is_active and allowed(request, "identity.invite", who),
        "may_recover": who.is_active and allowed(request, "identity.recover", who),
        "may_leave": bool(open_ones) and allowed(request, "identity.hand_over", who),
        "timeline": timeline(request, who, *visible, *on_them, *queries.handovers(who)),
    }
    return render(request, "identity/person.html", context)


def row(request: Request, post: Post) -> dict[str, object]:
    """A post with what the person who looks may do about it."""
    is_open = not post.ended_at
    verbs = ("identity.limit", "identity.end_post", "identity.deputise")
    may = {verb.partition(".")[2]: is_open and allowed(request, verb, post) for verb in verbs}
    state = panels.state(post.ended_at, post.valid_from, post.valid_until)
    return {"post": post, "state": state, "may": may}


def allowed(request: Request, verb: str, subject: object) -> bool:
    """Whether something may be offered to whoever looks."""
    try:
        return permissions.refusal(request.user, verb, subject) is None
    except permissions.OutOfScope:
        return False


@may("identity.enrol")
@require_http_methods(["GET", "POST"])
def enrol(request: Request) -> HttpResponse:
    """Add a person with her first post."""
    form = PersonForm(request.user, request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            return acts.done(
                request,
                lambda: actions.enrol(request.user, form.enrolment(), at=timezone.now()),
                lambda made: acts.Answer(
                    reverse("identity:person", args=[made.pk]),
                    acts.Said(ENROLLED, {"name": made.name}),
                ),
            )
        except Refused as refused:
            add_refusals(form, refused, FIELDS)
    status = 422 if form.errors else 200
    return render(request, "identity/enrol.html", {"form": form}, status=status)


@may("identity.invite")
@shown_at("identity:person")
@require_POST
def invite(request: Request, pk: int) -> HttpResponse:
    """Make a one-time link and send it, or show it, this once: it is kept nowhere.

    It is shown where no mail is sent here, or where that was asked for.
    """
    who = seen(request, pk)
    by_mail = sends_mail() and SHOWN not in request.POST
    if by_mail:
        return acts.done(
            request,
            lambda: actions.invite(request.user, who, by_mail, at=timezone.now()),
            lambda path: acts.Answer(
                reverse("identity:person", args=[who.pk]), Said(SENT, {"address": who.email})
            ),
        )
    path = actions.invite(request.user, who, at=timezone.now())
    context = {"who": who, "link": request.build_absolute_uri(path)}
    return render(request, "identity/link.html", context)
