"""Who may do what: a flat table of permissions, filled by the rooms' ``policies``.

A permission names the roles that have it, the scope within which they have it, and the
exception that takes it away again (four eyes). Outside the scope a thing does not exist
for a person (404); inside it, what is not allowed is refused with the reason (403).
There is no way to skip a check.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from django.conf import settings

from zielwerk.core.roles import LABELS, of_sides
from zielwerk.packs import loading as packs
from zielwerk.packs.folders import kept
from zielwerk.rulebook.lifecycle import Label
from zielwerk.rulebook.refusal import Refusal, Refused, msg

ROLES = LABELS  # sides and roles, and their German names
EVERYONE = "everyone"  # the pseudo role of whoever comes without signing in


@dataclass(frozen=True)
class Perimeter:
    """The bodies whose affairs a person sees: those with these keys; None: all of them.

    Whoever sees all sees what belongs to no body as well, such as the state's own money.
    """

    keys: frozenset[str] | None = None

    @property
    def is_whole(self) -> bool:
        return self.keys is None

    def __contains__(self, ags: object) -> bool:
        return self.keys is None or ags in self.keys


WHOLE = Perimeter()


class Actor(Protocol):
    """Whoever acts: a person signed in, or the operator at the command line.

    ``audit_name`` tells the capacity in which she acts (:mod:`~zielwerk.core.capacity`), ``roles``
    are hers and her side where she works on cases. ``ags`` is the body for which she acts,
    ``organisation_code`` the granting authority, ``party`` the number of the Träger; each is empty
    for others. What she sees is her ``perimeter``.
    """

    @property
    def audit_name(self) -> str: ...
    @property
    def roles(self) -> frozenset[str]: ...
    @property
    def side(self) -> str: ...
    @property
    def ags(self) -> str: ...
    @property
    def organisation_code(self) -> str: ...
    @property
    def party(self) -> int: ...
    @property
    def perimeter(self) -> Perimeter: ...
    @property
    def is_demo(self) -> bool: ...


Scope = Callable[[Actor, object], bool]
Exception_ = Callable[[Actor, object], Refusal | None]
Barred = Callable[[Any], Iterable[str]]


@dataclass(frozen=True)
class Permission:
    """One row of the table. ``label`` is the German name of the verb.

    ``roles`` are sides, each for all its roles that work on cases, or single roles. ``sides``
    have it too where the programme gives them a part in ``procedure``: a stage of it, or a
    signature under the document that it is about.
    ``barred`` says the same as ``unless`` where somebody is asked: the names of those who are not,
    since they had a part in it; so that who is asked can be found without asking everybody.
    ``is_of_whole`` marks what concerns all bodies at once: nobody has it who sees but some.
    ``only_with`` is a procedure that a programme may be without: then nobody has it; nor does
    anybody where ``only_where`` says of the programme that it lets nobody. ``on_behalf`` names a
    permission by which somebody of another side may take the stage of a case that she began for
    the side whose stage it is.
    """

    name: str
    label: str
    roles: frozenset[str]
    scope: Scope | None = None
    scope_label: str = ""
    unless: Exception_ | None = None
    unless_label: str = ""
    barred: Barred | None = None
    sides: frozenset[str] = frozenset()
    procedure: str = ""
    is_of_whole: bool = False
    only_with: str = ""
    only_where: Callable[[str], bool] | None = None
    on_behalf: str = ""


def may_see(actor: Actor, ags: str) -> bool:
    """Whether the affairs of a body, or the state's own (no key), are within the perimeter."""
    return ags in actor.perimeter


OWN_ONLY = msg("nur Gebietskörperschaften, für die man handelt oder zuständig ist")


def in_perimeter(actor: Actor, subject: object) -> bool:
    """A scope: whether the subject is of a body within the actor's perimeter."""
    return may_see(actor, getattr(subject, "ags", ""))


class NotAllowed(Refused):
    """Inside the scope, but not allowed: the reason is told (403)."""


class OutOfScope(Exception):  # noqa: N818 - to this person the thing does not exist
    """Outside the scope: not even its existence is told (404)."""


TABLE: dict[str, Permission] = {}
NOT_OF_ROLE = msg("„{verb}“ ist Ihrer Rolle nicht gestattet.")
NOT_THERE = msg("„{verb}“ gibt es in diesem Programm nicht.")
NOT_OF_PART = msg(
    "„{verb}“ betrifft alle Gebietskörperschaften auf einmal. Zuständig sind Sie nur für einen "
    "Teil."
)


def declare(rows: Iterable[Permission]) -> None:
    """Add a room's rows; a name is declared once in the whole table."""
    for row in rows:
        if TABLE.get(row.name, row) != row:
            raise ValueError(f"permission {row.name} is declared twice")
        TABLE[row.name] = row


def permission(name: str) -> Permission:
    """The row of this name; an unknown name is a bug and raises KeyError."""
    return TABLE[name]


def label(name: str) -> str:
    """The German name of a verb; of one that is no longer declared, its own name."""
    return TABLE[name].label if name in TABLE else name


def roles(name: str) -> frozenset[str]:
    """The roles that have a permission in the programme of this installation."""
    row = permission(name)
    if not is_there(row):
        return frozenset()
    if not row.sides:
        return row.roles
    return row.roles | of_sides(row.sides, *sides(settings.PROGRAMME, row.procedure))


def is_there(row: Permission) -> bool:
    """Whether the programme of this installation has what the permission is about."""
    if row.only_where and not row.only_where(settings.PROGRAMME):
        return False
    return not row.only_with or bool(sides(settings.PROGRAMME, row.only_with))


@kept
def sides(programme: str, procedure: str) -> frozenset[str]:
    """The sides that have a part in a procedure of a programme, in any of its years."""
    years = (packs.load(programme, year) for year in packs.years(programme))
    taking = {stage.side for rules in years for stage in rules.procedure(procedure)}
    is_of_signers = procedure == "recording" or (procedure == "conclusion" and taking)
    signing = packs.programme(programme).document.sides if is_of_signers else ()
    return frozenset({*taking, *signing})


def check(name: str, place: str) -> None:
    """End the start where ``place`` in the code asks for a permission that no room declares."""
    if name not in TABLE:
        raise ValueError(f"{place} asks for the permission {name!r}, which no room declares")


def is_public(name: str) -> bool:
    return EVERYONE in permission(name).roles


def role_refusal(actor: Actor, name: str) -> Refusal | None:
    """Why the actor's role, or the part of the programme she sees, leaves her without a verb."""
    row, allowed = permission(name), roles(name)
    if EVERYONE in allowed:
        return None
    if not is_there(row):
        return Refusal("core.not_there", NOT_THERE, {"verb": Label(row.label)})
    if not allowed & actor.roles:
        return Refusal("core.role", NOT_OF_ROLE, {"verb": Label(row.label)})
    if row.is_of_whole and not actor.perimeter.is_whole:
        return Refusal("core.part", NOT_OF_PART, {"verb": Label(row.label)})
    return None


def refusal(actor: Actor, name: str, subject: object = None) -> Refusal | None:
    """Why ``actor`` may not do ``name`` to ``subject``; None if they may.

    Raises :class:`OutOfScope` where the subject is not the actor's to see.
    """
    row = permission(name)
    if missing := role_refusal(actor, name):
        return missing
    if subject is None:
        return None
    if row.scope and not row.scope(actor, subject):
        raise OutOfScope(name)
    return row.unless(actor, subject) if row.unless else None


def require(actor: Actor, name: str, subject: object = None) -> None:
    """Raise :class:`NotAllowed` or :class:`OutOfScope` unless ``actor`` may.

    A permission with a scope asks about something, also where it is yet to be made.
    """
    if subject is None and permission(name).scope:
        raise TypeError(f"{name} has a scope and was asked about nothing")
    if reason := refusal(actor, name, subject):
        raise NotAllowed(reason)
