"""What an application says once it is read, and what speaks against it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from zielwerk.agreements import queries as recorded
from zielwerk.agreements.models import AgreedMeasure
from zielwerk.funding.models import Application, Paper
from zielwerk.packs.model import Year
from zielwerk.rulebook.application import Answers, Read, read
from zielwerk.rulebook.refusal import Refusal, msg


@dataclass(frozen=True)
class Finding:
    """What speaks against a place of an application: it stops, asks for a look, or only hints."""

    place: str
    refusal: Refusal
    weight: str


@dataclass(frozen=True)
class Judged:
    """An application as it was read, and everything that was found of it."""

    read: Read
    findings: Sequence[Finding]

    @property
    def stops(self) -> tuple[Refusal, ...]:
        """What keeps it from being handed in."""
        return tuple(each.refusal for each in self.findings if each.weight == STOPS)

    def at(self, place: str) -> list[Finding]:
        """What was found at a place, and below it."""
        return [f for f in self.findings if f.place == place or f.place.startswith(f"{place}/")]


STOPS = "stops"
NO_MEASURE = Refusal("application.no_measure", msg("Der Antrag nennt noch keine Maßnahme."))


def agreed_plans(programme: str, year: int, ags: str) -> frozenset[str]:
    """The numbers of the plans that the agreements in force of a body and year name; one query."""
    agreements = recorded.standing().filter(programme=programme, year=year, ags=ags)
    rows = AgreedMeasure.objects.filter(agreement__in=agreements).exclude(planned="")
    return frozenset(rows.values_list("planned", flat=True))


def judged(
    application: Application,
    answers: Answers,
    papers: Sequence[Paper],
    rules_of: Callable[[Application], Year],
    on: date,
) -> Judged:
    """Read these answers and look for what contradicts in them, and with what is known."""
    where = (application.programme, application.year, application.ags)
    codes = {paper.code for paper in papers}
    found = read(answers, application.year, codes, agreed_plans(*where))
    unread = [Finding(place, refusal, STOPS) for place, refusal in found.unread.items()]
    none = [] if found.application.measures else [Finding("m", NO_MEASURE, STOPS)]
    return Judged(found, [*unread, *none])
