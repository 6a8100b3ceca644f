"""Granting posts, limiting until when they hold, and ending them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from zielwerk.core.actions import action, is_untouched, seal
from zielwerk.core.permissions import Actor
from zielwerk.core.roles import ADMINISTRATORS, ROLES, side_of
from zielwerk.identity import queries
from zielwerk.identity.models import Deputyship, House, Post, User
from zielwerk.rulebook.refusal import Refusal, Refused, msg

NO_SUCH_AUTHORITY = msg(
    "Eine Bewilligungsbehörde mit dem Code „{code}“ kennt das Programm nicht. Vorhanden: {codes}."
)
NO_SUCH_ROLE = msg("Eine Rolle „{role}“ gibt es in dieser Organisation nicht.")
GONE = Refusal("identity.gone", msg("Diese Person ist ausgeschieden oder gelöscht."))
ENDED = Refusal("identity.ended", msg("Diese Stelle ist schon beendet."))
IN_THE_PAST = Refusal(
    "identity.in_the_past", msg("Dieser Tag liegt zurück. Eine Stelle endet heute oder später.")
)
TAMPERED = Refusal(
    "identity.tampered",
    msg(
        "Diese Angaben wurden am Protokoll vorbei verändert. Bitte benachrichtigen Sie die Prüfung."
    ),
)
LAST_ADMINISTRATOR = msg(
    "Das ist die letzte Personenverwaltung ohne Ende: {organisation}. Zuerst muss jemand anderes "
    "sie übernehmen."
)


@dataclass(frozen=True)
class NewPost:
    """A post for a person; without a day it holds from today on."""

    person: User
    role: str
    organisation: str
    house: House
    valid_from: date | None = None
    valid_until: date | None = None


@action("identity.grant")
def grant(actor: Actor, new: NewPost, *, at: datetime) -> Post:
    """Give a person a post."""
    if not new.person.is_active or new.person.is_erased:
        raise Refused(GONE)
    _check(new)
    first_day = new.valid_from or localdate(at)
    columns = {
        "person": new.person,
        "role": new.role,
        "organisation_code": new.house.organisation_code,
        "ags": new.house.ags,
        "party": new.house.party,
    }
    for lapsed in Post.objects.filter(**columns, ended_at=None, valid_until__lt=first_day):
        lapsed.ended_at = at  # it is over: another of its kind begins
        lapsed.save()
        seal(lapsed)
    post = Post.objects.create(
        **columns,
        organisation=new.organisation,
        valid_from=first_day,
        valid_until=new.valid_until,
    )
    seal(post)
    return post


def _check(new: NewPost) -> None:
    """Raise Refused where there is no such role, or no such authority."""
    if new.role not in ROLES or side_of(new.role) != new.house.side:
        raise Refused(Refusal("identity.no_such_role", NO_SUCH_ROLE, {"role": new.role}))
    code = new.house.organisation_code
    if code and code not in queries.authorities():
        params = {"code": code, "codes": ", ".join(queries.authorities()) or "–"}
        raise Refused(Refusal("identity.no_such_authority", NO_SUCH_AUTHORITY, params))


@action("identity.limit")
def limit(actor: Actor, post: Post, until: date | None, *, at: datetime) -> Post:
    """Let a post hold until a day, which is included, or without an end again."""
    post = locked(post)
    if until and until < localdate(at):
        raise Refused(IN_THE_PAST)
    if until:
        keep_administered([post], at)
    post.valid_until = until
    post.save()
    seal(post)
    return post


@action("identity.end_post")
def end_post(actor: Actor, post: Post, *, at: datetime) -> Post:
    """End a post at once; who stands in on it no longer does."""
    post = locked(post)
    keep_administered([post], at)
    end([post], at)
    return post


def end(ending: Collection[Post | Deputyship], at: datetime) -> None:
    """End deputyships, and posts with the deputyships on them."""
    posts = [one for one in ending if isinstance(one, Post)]
    on_them = Deputyship.objects.filter(post__in=posts, ended_at=None).select_for_update()
    ended = [*ending, *on_them]
    for one in ended:
        one.ended_at = at
        one.save()
    seal(*ended)


def lock(wanted: QuerySet[Post]) -> list[Post]:
    """Posts as they stand, locked until the transaction ends.

    Beside an administrator's those of all others in her organisation are locked, all in the order
    of their numbers: of two who end each other's at one moment, one waits and is then refused.
    """
    found = {post.pk: post for post in wanted}
    condition = Q(pk__in=found)
    for post in found.values():
        if post.role in ADMINISTRATORS:
            condition |= Q(queries.of_house(post.house), role=post.role)
    in_order = Post.objects.filter(condition).order_by("pk").select_for_update(of=("self",))
    return [post for post in in_order if post.pk in found]


def locked(post: Post) -> Post:
    """One post, see :func:`lock`; raises Refused if it is over, or was changed past the chain."""
    (current,) = lock(Post.objects.filter(pk=post.pk))
    if current.ended_at:
        raise Refused(ENDED)
    if not is_untouched(current):
        raise Refused(TAMPERED)
    return current


def open_posts(person: User) -> list[Post]:
    """The posts of a person that are not ended, see :func:`lock`."""
    posts = lock(Post.objects.filter(person=person, ended_at=None))
    return [post for post in posts if not post.ended_at]


def keep_administered(ending: Collection[Post], at: datetime) -> None:
    """Raise Refused where an organisation would be left without anybody who administers it."""
    today = localdate(at)
    for post in ending:
        if post.role not in ADMINISTRATORS:
            continue
        of_house = Post.objects.filter(queries.of_house(post.house), role=post.role, ended_at=None)
        others = of_house.exclude(pk__in=[one.pk for one in ending]).select_related("person")
        if not any(
            other.person.is_active and other.valid_until is None and other.holds_on(today)
            for other in others
        ):
            params = {"organisation": str(post.organisation)}
            raise Refused(Refusal("identity.last_administrator", LAST_ADMINISTRATOR, params))
