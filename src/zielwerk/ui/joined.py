"""Parts that rooms above add to pages of cases and bodies; joined by wiring: core knows no room."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest

from zielwerk.core.cases import Case
from zielwerk.rulebook.refusal import Said

Names = Callable[[Iterable[str], Any], dict[str, str]]
Part = Callable[[HttpRequest, Case], str]
BodyPart = Callable[[HttpRequest, str], str]
DeskPart = Callable[[HttpRequest], str]


@dataclass(frozen=True)
class Record:
    """A record that bookings rest on: what it is called (msgid), its number, where it is shown.

    Without an address where the person may not see it.
    """

    label: str
    number: str
    url: str = ""


Foretold = Callable[[object, str], Iterable[Said]]
"""What a room above says that an act (its name) will do about a record, before it is done."""
RecordOf = Callable[[HttpRequest, str], Record | None]


def _unnamed(audit_names: Iterable[str], user: Any) -> dict[str, str]:
    return {}


@dataclass
class Joined:
    """The names under which a person sees actors, further parts of pages, records by number.

    ``beginnings`` say, by the route of a list, who does what first where it has nothing in it.
    """

    names: Names = _unnamed
    parts: list[Part] = field(default_factory=list)
    body_parts: list[BodyPart] = field(default_factory=list)
    desk_parts: list[DeskPart] = field(default_factory=list)
    records: list[RecordOf] = field(default_factory=list)
    foretold: list[Foretold] = field(default_factory=list)
    beginnings: Mapping[str, str] = field(default_factory=dict)

    def effects(self, record: object, act: str) -> list[Said]:
        """What all rooms say that an act will do, in their order."""
        return [said for tell in self.foretold for said in tell(record, act)]

    def names_for(self, request: Any, audit_names: Iterable[str]) -> dict[str, str]:
        """The names that the person of the request sees; nobody is looked up twice for a page."""
        known: dict[str, str] = request.__dict__.setdefault("_actors_seen", {})
        if unknown := set(audit_names) - known.keys():
            known.update(dict.fromkeys(unknown, "") | self.names(unknown, request.user))
        return {name: known[name] or name for name in audit_names}


JOINED = Joined()
