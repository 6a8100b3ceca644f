"""Leaving: what is open to a person goes to another of the same role, and her posts end."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localdate

from zielwerk.core.actions import action, seal
from zielwerk.core.permissions import Actor
from zielwerk.core.roles import ADMINISTRATORS
from zielwerk.identity import queries
from zielwerk.identity.actions import posts
from zielwerk.identity.models import Deputyship, Handover, Post, User
from zielwerk.rulebook.lifecycle import Label
from zielwerk.rulebook.refusal import Refusal, Refused, msg

LEFT = Refusal("identity.left", msg("Diese Person hat keine Stelle mehr."))
SAME = Refusal("identity.same", msg("Offenes geht an eine andere Person."))
NOT_OF_ROLE = msg("{name} hat nicht dieselbe Rolle: {role}, {organisation}.")


@dataclass(frozen=True)
class Leaving:
    """Who leaves, and who takes over what is open to her."""

    person: User
    successor: User


@action("identity.hand_over")
def hand_over(actor: Actor, leaving: Leaving, *, at: datetime) -> Handover:
    """Hand over what is open to a person, and end her posts; she no longer signs in by them."""
    ending = posts.open_posts(leaving.person)
    if not ending:
        raise Refused(LEFT)
    if leaving.person.pk == leaving.successor.pk:
        raise Refused(SAME)
    _check_roles(leaving, ending, at)
    posts.keep_administered(ending, at)
    handover = Handover.objects.create(
        person=leaving.person,
        successor=leaving.successor,
        cases=queries.open_cases(leaving.person),
        made_at=at,
    )
    seal(handover)
    _pass_on_deputyships(leaving, at)
    posts.end(ending, at)
    return handover


def _check_roles(leaving: Leaving, ending: list[Post], at: datetime) -> None:
    """Raise Refused where the successor has not each role in which the person worked."""
    today = localdate(at)
    of_successor = Post.objects.filter(person=leaving.successor, ended_at=None)
    held = {(one.role, one.house) for one in of_successor if one.holds_on(today)}
    for post in ending:
        if post.role not in ADMINISTRATORS and (post.role, post.house) not in held:
            params = {
                "name": leaving.successor.name,
                "role": Label(post.label),
                "organisation": str(post.organisation),
            }
            raise Refused(Refusal("identity.not_of_role", NOT_OF_ROLE, params))


def _pass_on_deputyships(leaving: Leaving, at: datetime) -> None:
    """Whom the person stood in for, her successor stands in for; nobody for herself."""
    hers = Deputyship.objects.filter(deputy=leaving.person, ended_at=None).select_for_update()
    for one in hers.select_related("post"):
        posts.end([one], at)
        same = Deputyship.objects.filter(post=one.post, deputy=leaving.successor, ended_at=None)
        is_over = one.valid_until < localdate(at)
        if is_over or one.post.person_id == leaving.successor.pk or same.exists():
            continue
        passed_on = Deputyship.objects.create(
            post=one.post,
            deputy=leaving.successor,
            valid_from=one.valid_from,
            valid_until=one.valid_until,
        )
        seal(passed_on)
