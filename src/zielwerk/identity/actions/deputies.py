"""Naming who stands in for whom, and ending it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localdate

from zielwerk.core.actions import action, is_untouched, seal
from zielwerk.core.permissions import Actor
from zielwerk.identity import queries
from zielwerk.identity.actions import posts
from zielwerk.identity.models import Deputyship, Post, User
from zielwerk.rulebook.refusal import Refusal, Refused, msg

OWN_DEPUTY = Refusal(
    "identity.own_deputy", msg("Niemand vertritt sich selbst. Bitte eine andere Person wählen.")
)
NO_COLLEAGUE = Refusal(
    "identity.no_colleague",
    msg("Vertreten kann nur, wer selbst eine Stelle in derselben Organisation hat."),
)
OVER = Refusal("identity.deputy_over", msg("Das Ende der Vertretung liegt zurück."))
ENDED = Refusal("identity.deputyship_ended", msg("Diese Vertretung ist schon beendet."))


@dataclass(frozen=True)
class NewDeputy:
    """Who stands in on a post, from a day to a day, both included."""

    post: Post
    deputy: User
    valid_from: date
    valid_until: date


@action("identity.deputise")
def deputise(actor: Actor, new: NewDeputy, *, at: datetime) -> Deputyship:
    """Name a person who stands in on a post."""
    post, today = posts.locked(new.post), localdate(at)
    if new.deputy.pk == post.person_id:
        raise Refused(OWN_DEPUTY)
    if new.valid_until < today:
        raise Refused(OVER)
    if new.deputy not in queries.colleagues(post, today):
        raise Refused(NO_COLLEAGUE)
    lapsed = Deputyship.objects.filter(
        post=post, deputy=new.deputy, ended_at=None, valid_until__lt=today
    )
    posts.end(lapsed, at)
    deputyship = Deputyship.objects.create(
        post=post, deputy=new.deputy, valid_from=new.valid_from, valid_until=new.valid_until
    )
    seal(deputyship)
    return deputyship


@action("identity.end_deputyship")
def end_deputyship(actor: Actor, deputyship: Deputyship, *, at: datetime) -> Deputyship:
    """End a deputyship before its day."""
    current = Deputyship.objects.select_for_update(of=("self",)).get(pk=deputyship.pk)
    if current.ended_at:
        raise Refused(ENDED)
    if not is_untouched(current):
        raise Refused(posts.TAMPERED)
    posts.end([current], at)
    return current
