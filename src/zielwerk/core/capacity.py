"""In which capacity somebody acts, as the audit chain names it.

``user:17`` is person 17 for the organisation in which she first had a post, ``user:17@5`` the
same person for the organisation of post 5, and ``user:17@5+user:12`` person 17 standing in for
person 12 on that person's post 5. What is done for an absent person counts as done by both.
"""

import re
from typing import Protocol

_PERSON, _POST = re.compile(r"user:\d+"), re.compile(r"@(\d+)")


class Named(Protocol):
    """Whoever has a name in the audit chain."""

    @property
    def audit_name(self) -> str: ...


class Working(Protocol):
    """Whoever acts for an organisation."""

    @property
    def side(self) -> str: ...
    @property
    def organisation_code(self) -> str: ...
    @property
    def ags(self) -> str: ...
    @property
    def party(self) -> int: ...


def name(person: int, post: int | None = None, absent: int | None = None) -> str:
    """The name in the chain of a person in a capacity."""
    at = f"@{post}" if post else ""
    return f"user:{person}{at}" + (f"+user:{absent}" if absent else "")


def persons(audit_name: str) -> frozenset[str]:
    """Who stands under a name: the person and whom she stood in for, or the operator."""
    return frozenset(_PERSON.findall(audit_name)) or frozenset({audit_name} - {""})


def numbers(audit_name: str) -> tuple[int, ...]:
    """The numbers of the accounts under a name, first who acted; none of the operator's."""
    return tuple(int(one.removeprefix("user:")) for one in _PERSON.findall(audit_name))


def post_of(audit_name: str) -> int | None:
    """The number of the post that a name tells."""
    found = _POST.search(audit_name)
    return int(found[1]) if found else None


def stands_in_for_another(audit_name: str) -> bool:
    return len(persons(audit_name)) > 1


def did(actor: Named, audit_name: str) -> bool:
    """Whether the actor, or whom she stands in for, has a part in what was done by this name."""
    return not persons(actor.audit_name).isdisjoint(persons(audit_name))


def names(actor: Named) -> frozenset[str]:
    """The names under which the actor, or whom she stands in for, may have begun something."""
    return persons(actor.audit_name) | {actor.audit_name}


def house(actor: Working) -> str:
    """The organisation for which somebody acts, as cases keep it."""
    return f"{actor.side}:{actor.organisation_code or actor.ags or actor.party or ''}"
