"""Who may sign in, who administers whose posts, and who recovers a lost access."""

from typing import Any

from zielwerk.core.capacity import persons
from zielwerk.core.permissions import EVERYONE, Actor, Permission
from zielwerk.core.roles import ADMINISTRATORS, EVERYBODY
from zielwerk.identity import queries
from zielwerk.identity.models import User
from zielwerk.identity.queries import OPERATOR
from zielwerk.rulebook.refusal import Refusal, msg

ALONE = frozenset({OPERATOR})
ADMINISTERING = ADMINISTRATORS | ALONE
OWN_PEOPLE = msg("nur Personen und Stellen, die man verwaltet")
TO_HERSELF = Refusal(
    "identity.to_herself",
    msg("Niemand gibt sich selbst eine Stelle, einen Zugang oder eine Vertretung."),
)


def administers(actor: Actor, subject: object) -> bool:
    """A scope: whether the post that it is about is the actor's to administer."""
    post = _post(subject)
    return queries.administers(actor, post.role, post.house)


def administers_person(actor: Actor, subject: object) -> bool:
    """A scope: whether all that a person does is the actor's to administer, not a part of it."""
    person = _person(subject)
    posts = queries.open_posts(person) or list(person.posts.all())
    return all(queries.administers(actor, post.role, post.house) for post in posts)


def owns_or_administers(actor: Actor, subject: object) -> bool:
    """A scope: whether the post is the person's own, or hers to administer."""
    post = _post(subject)
    return is_herself(actor, post.person) or queries.administers(actor, post.role, post.house)


def leaves_or_administers(actor: Actor, subject: object) -> bool:
    return is_herself(actor, _person(subject)) or administers_person(actor, subject)


def is_herself(actor: Actor, person: User) -> bool:
    """Whether somebody acts for herself, and stands in for nobody."""
    return persons(actor.audit_name) == {f"user:{person.pk}"}


def is_for_herself(actor: Actor, subject: object) -> Refusal | None:
    """Nobody gives herself anything, nor whom she stands in for."""
    return _unless_among(actor, _person(subject))


def comes_in(actor: Actor, subject: object) -> Refusal | None:
    """Whoever could invite a person who comes in already could enter in her place, untold."""
    if OPERATOR not in actor.roles and queries.comes_in(_person(subject)):
        return COMES_IN
    return is_for_herself(actor, subject)


def deputises_herself(actor: Actor, subject: object) -> Refusal | None:
    """Nobody makes herself a deputy; asked about a post alone, nobody is named yet.

    For who administers people nobody stands in: a deputy would give away and take what she may
    not have herself. Another administrator is made, for some days where that is enough.
    """
    if _post(subject).role in ADMINISTRATORS:
        return NO_DEPUTY_HERE
    deputy: Any = getattr(subject, "deputy", None)
    return _unless_among(actor, deputy) if deputy else None


def _unless_among(actor: Actor, person: User) -> Refusal | None:
    return TO_HERSELF if f"user:{person.pk}" in persons(actor.audit_name) else None


def _post(subject: object) -> Any:
    post: Any = getattr(subject, "post", subject)
    return post


def _person(subject: object) -> Any:
    person: Any = getattr(subject, "person", subject)
    return person


def is_own(actor: Actor, subject: object) -> bool:
    """A scope: what a person keeps of her own access, as whatever she acts just now."""
    return bool(getattr(actor, "pk", None) == _person(subject).pk)


def is_her_own(actor: Actor, subject: object) -> Refusal | None:
    """Whoever could recover her own access would need no second person for it."""
    person = _person(subject)
    return HERSELF if f"user:{person.pk}" in persons(actor.audit_name) else None


HERSELF = Refusal("identity.herself", msg("Den eigenen Zugang stellt jemand anderes wieder her."))
COMES_IN = Refusal(
    "identity.comes_in",
    msg(
        "Diese Person hat ihren Zugang schon eingerichtet. Hat sie verloren, womit sie sich "
        "anmeldet, wird er wiederhergestellt; davon erfährt sie."
    ),
)
NO_DEPUTY_HERE = Refusal(
    "identity.no_deputy_here",
    msg(
        "Die Personenverwaltung vertritt niemand. Geben Sie jemandem dieselbe Stelle, wenn nötig "
        "mit einem Ende."
    ),
)
OWN_ONLY = msg("nur den eigenen Zugang")


PERMISSIONS = (
    Permission("identity.sign_in", msg("Anmelden und abmelden"), frozenset({EVERYONE})),
    Permission("identity.redeem", msg("Einmal-Link einlösen"), frozenset({EVERYONE})),
    Permission("identity.keep_access", msg("Eigenen Zugang verwalten"), EVERYBODY),
    *(
        Permission(f"identity.{verb}", label, EVERYBODY, scope=is_own, scope_label=OWN_ONLY)
        for verb, label in (
            ("change_password", msg("Eigenes Passwort ändern")),
            ("add_factor", msg("Weiteren Nachweis hinzufügen")),
            ("remove_factor", msg("Nachweis entfernen")),
            ("renew_codes", msg("Wiederherstellungscodes erneuern")),
            ("link_subject", msg("Konto des Anmeldedienstes verbinden")),
        )
    ),
    Permission(
        "identity.recover",
        msg("Zugang einer Person wiederherstellen"),
        ADMINISTERING,
        scope=administers_person,
        scope_label=OWN_PEOPLE,
        unless=is_her_own,
        unless_label=msg("nicht den eigenen"),
    ),
    Permission("identity.look_at_account", msg("Eigenes Konto ansehen"), EVERYBODY),
    Permission(
        "identity.act_as",
        msg("Für eine andere eigene Stelle oder in Vertretung handeln"),
        EVERYBODY,
        scope_label=msg("nur eigene Stellen und Vertretungen"),
    ),
    Permission("identity.look_at_roles", msg("Rollen und Rechte ansehen"), EVERYBODY),
    Permission(
        "identity.look",
        msg("Personen ansehen"),
        EVERYBODY,
        scope_label=msg("die eigene Organisation und wen man verwaltet; die Prüfung alle"),
    ),
    Permission(
        "identity.invite",
        msg("Person einladen"),
        ADMINISTERING,
        scope=administers_person,
        scope_label=OWN_PEOPLE,
        unless=comes_in,
        unless_label=msg("nicht sich selbst, und niemanden, der seinen Zugang schon hat"),
    ),
    Permission(
        "identity.enrol",
        msg("Person anlegen"),
        ADMINISTERING,
        scope=administers,
        scope_label=OWN_PEOPLE,
    ),
    Permission(
        "identity.grant",
        msg("Stelle vergeben"),
        ADMINISTERING,
        scope=administers,
        scope_label=OWN_PEOPLE,
        unless=is_for_herself,
        unless_label=msg("nicht sich selbst"),
    ),
    Permission(
        "identity.limit",
        msg("Stelle befristen"),
        ADMINISTERING,
        scope=administers,
        scope_label=OWN_PEOPLE,
        unless=is_for_herself,
        unless_label=msg("nicht sich selbst"),
    ),
    Permission(
        "identity.end_post",
        msg("Stelle beenden"),
        ADMINISTERING,
        scope=administers,
        scope_label=OWN_PEOPLE,
    ),
    Permission(
        "identity.deputise",
        msg("Vertretung benennen"),
        EVERYBODY | ALONE,
        scope=owns_or_administers,
        scope_label=msg("nur eigene Stellen und solche, die man verwaltet"),
        unless=deputises_herself,
        unless_label=msg("nicht sich selbst, und niemanden für die Personenverwaltung"),
    ),
    Permission(
        "identity.end_deputyship",
        msg("Vertretung beenden"),
        EVERYBODY | ALONE,
        scope=owns_or_administers,
        scope_label=msg("nur eigene Stellen und solche, die man verwaltet"),
    ),
    Permission(
        "identity.hand_over",
        msg("Offenes übergeben und ausscheiden"),
        EVERYBODY | ALONE,
        scope=leaves_or_administers,
        scope_label=msg("nur man selbst und Personen, die man verwaltet"),
    ),
    Permission("identity.mark", msg("Art der Installation festlegen"), ALONE),
    Permission("identity.erase", msg("Daten einer Person löschen"), ALONE),
)
