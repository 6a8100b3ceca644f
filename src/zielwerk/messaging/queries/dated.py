"""Days of cases that people keep in their calendars though nobody has to do anything on them.

A room declares on its shelf ``panels`` as ``DATING`` which days its cases have, such as the last
day on which one holds, and what is said of each.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.conf import settings

from zielwerk.core.permissions import Actor, may_see, role_refusal

OF_DAY = "day."  # before what a day is, so that it is no verb of a step


@dataclass(frozen=True)
class Dated:
    """A day of a case: of which, by its name in the audit chain, what it is, and of which body."""

    subject: str
    what: str
    day: date
    ags: str

    @property
    def name(self) -> str:
        """What it is, for good."""
        return f"{self.subject}#{OF_DAY}{self.what}"


@dataclass(frozen=True)
class Dating:
    """The days of a room's cases, for those who may ``look``.

    ``days`` gives those of a programme that are not before a day, ``words`` a sentence for each
    kind of day, with the slot ``{number}``.
    """

    look: str
    words: Mapping[str, str]
    days: Callable[[str, date], Iterable[Dated]]


SOURCES: list[Dating] = []


def declare_dating(*sources: Dating) -> None:
    """Add the days of a room's cases, once."""
    SOURCES.extend(source for source in sources if source not in SOURCES)


def dates_of(user: Actor, since: date) -> Iterator[Dated]:
    """The days within a person's perimeter, as they hold now."""
    for source in SOURCES:
        if not role_refusal(user, source.look):
            yield from (
                one for one in source.days(settings.PROGRAMME, since) if may_see(user, one.ags)
            )


def is_dated(name: str) -> bool:
    """Whether a day of a calendar is one of these, by its name."""
    return name.partition("#")[2].startswith(OF_DAY)


def word_of(what: str) -> str:
    """What is said of such a day; empty where no room knows it any more."""
    known = {code: word for source in SOURCES for code, word in source.words.items()}
    return known.get(what.removeprefix(OF_DAY), "")
