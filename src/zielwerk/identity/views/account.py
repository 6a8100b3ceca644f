"""One's own account: one's posts and deputies, and as what one acts just now."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.views.decorators.http import require_POST, require_safe

from zielwerk.core import looks
from zielwerk.identity import panels, queries
from zielwerk.identity.models import Deputyship, User
from zielwerk.identity.views.people import linked, row
from zielwerk.rulebook.refusal import Said, msg
from zielwerk.ui import acts, lists
from zielwerk.ui.lists import Listed
from zielwerk.ui.views import Request, may, shown_at

POST = "post"  # in a session, the post from which a person acts if not from her first
ACTS_FOR = msg("Sie handeln jetzt für: {organisation}.")
STANDS_IN = msg("Sie handeln jetzt in Vertretung für {name}: {organisation}.")
Handler = Callable[[HttpRequest], HttpResponse]


class ActingAs:
    """Whoever is signed in acts from the post that she chose, for as long as she may."""

    def __init__(self, handler: Handler) -> None:
        self.handler = handler

    def __call__(self, request: HttpRequest) -> HttpResponse:
        person = request.user
        request.user = SimpleLazyObject(lambda: acting(request, person))  # type: ignore[assignment]
        return self.handler(request)


def acting(request: HttpRequest, person: Any) -> Any:
    """The person in the capacity that her session names; asked when a view first asks who."""
    chosen = request.session.get(POST) if person.is_authenticated else None
    return queries.let_in(person, timezone.localdate(), chosen) if chosen else person


def kept(request: Request, listed: Listed) -> dict[str, object]:
    return {"kept_days": looks.kept_for().days}


own_looks = lists.door(panels.OWN_LOOKS, "identity/own_looks.html", kept)


@may("identity.look_at_account")
@require_safe
def account(request: Request) -> HttpResponse:
    """One's own posts and deputies, whom one may stand in for, and what came from others."""
    who, today = _herself(request), timezone.localdate()
    posts = list(who.posts.order_by("pk"))
    standing_in = [one for one in queries.deputyships(who) if one.valid_until >= today]
    on_hers = Deputyship.objects.filter(post__in=posts, ended_at=None, valid_until__gte=today)
    deputies = list(on_hers.select_related("post", "deputy").order_by("valid_from", "pk"))
    looks.shown(one.post.person_id for one in standing_in)
    looks.shown(one.deputy_id for one in deputies)
    context = {
        "who": who,
        "rows": [row(request, post) for post in posts if not post.ended_at],
        "choices": list(choices(who)),
        "standing_in": standing_in,
        "deputies": deputies,
        "came": linked(request, queries.came_to(who)),
    }
    return render(request, "identity/account.html", context)


def _herself(request: Request) -> User:
    """The person signed in, whoever she stands in for."""
    user: Any = request.user
    return User.objects.get(pk=user.pk)


def choices(person: User) -> list[User]:
    """The capacities in which a person may act today, each as she would act."""
    today = timezone.localdate()
    own = [post for post in person.posts.order_by("pk") if post.holds_on(today)]
    houses = list({post.house: post.pk for post in reversed(own)}.values())[::-1]
    others = [
        one.post_id
        for one in queries.deputyships(person)
        if queries.stands_in(person, one.post_id, today)
    ]
    return [
        queries.let_in(User.objects.get(pk=person.pk), today, post) for post in [*houses, *others]
    ]


@may("identity.act_as")
@shown_at("identity:account")
@require_POST
def act_as(request: Request) -> HttpResponse:
    """Act from another post of one's own, or in another's place, until one changes again."""
    said = request.POST.get(POST, "")
    number = int(said) if said.isascii() and said.isdecimal() and len(said) < 18 else 0
    chosen = queries.let_in(_herself(request), timezone.localdate(), number)
    if not chosen.acting or number not in {post.pk for post in chosen.acting.posts}:
        return redirect("identity:account")  # it ended meanwhile: the page shows what there is
    request.session[POST] = number
    if chosen.absent:
        sentence = Said(
            STANDS_IN, {"name": chosen.absent.name, "organisation": str(chosen.organisation)}
        )
    else:
        sentence = Said(ACTS_FOR, {"organisation": str(chosen.organisation)})
    acts.say(request, acts.Answer("", sentence).text)
    return redirect(reverse("desk:home"))
