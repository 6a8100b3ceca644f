"""The consent of regional actors to a strategy, and the requests by which they are asked for it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from zielwerk.rulebook.refusal import msg


class ConsentAnswer(StrEnum):
    """What a regional actor said to a version."""

    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


ANSWERS = {
    ConsentAnswer.GIVEN: msg("zugestimmt"),
    ConsentAnswer.REFUSED: msg("verweigert"),
    ConsentAnswer.WITHDRAWN: msg("Zustimmung zurückgenommen"),
}


@dataclass(frozen=True)
class Party:
    """Whose consent is wanted: a regional actor, of a region where there is one for each."""

    code: str
    region: str = ""


@dataclass(frozen=True)
class Answered:
    """An answer of a party; ``counts`` where it is about the version as it reads now."""

    party: Party
    answer: ConsentAnswer
    counts: bool = True


@dataclass(frozen=True)
class Open:
    """The parties without consent: ``lacking`` have not answered what counts, or took it back."""

    lacking: tuple[Party, ...] = ()
    refused: tuple[Party, ...] = ()

    @property
    def is_complete(self) -> bool:
        return not (self.lacking or self.refused)


def still_open(wanted: Iterable[Party], answers: Iterable[Answered]) -> Open:
    """Whose consent is missing. Of each party the last answer counts; ``answers`` are in order.

    An answer to what the version said before it was changed does not count.
    """
    last = {one.party: one for one in answers if one.counts}
    lacking, refused = [], []
    for party in wanted:
        answer = last[party].answer if party in last else ConsentAnswer.WITHDRAWN
        if answer == ConsentAnswer.REFUSED:
            refused.append(party)
        elif answer != ConsentAnswer.GIVEN:
            lacking.append(party)
    return Open(tuple(lacking), tuple(refused))


class RequestState(StrEnum):
    """States of a request for consent that was sent by a link."""

    OPEN = "open"
    USED = "used"
    WITHDRAWN = "withdrawn"
    CHANGED = "changed"  # the version says something else since
    OVER = "over"  # the version was discarded or withdrawn
    PAST = "past"  # the version held, and its last day is over
    EXPIRED = "expired"


REQUESTS = {
    RequestState.OPEN: msg("offen"),
    RequestState.USED: msg("beantwortet"),
    RequestState.WITHDRAWN: msg("zurückgezogen"),
    RequestState.CHANGED: msg("überholt, die Fassung wurde geändert"),
    RequestState.OVER: msg("überholt, die Fassung gilt nicht"),
    RequestState.PAST: msg("überholt, die Fassung gilt nicht mehr"),
    RequestState.EXPIRED: msg("abgelaufen"),
}
WHY_CLOSED = {
    RequestState.USED: msg("Über diesen Link wurde schon geantwortet."),
    RequestState.WITHDRAWN: msg(
        "Diese Bitte wurde zurückgezogen. Vielleicht haben Sie einen neueren Link bekommen."
    ),
    RequestState.CHANGED: msg(
        "Die Fassung wurde geändert, seit Sie gefragt wurden. Bitten Sie die Stelle, die Ihnen den "
        "Link geschickt hat, um einen neuen."
    ),
    RequestState.OVER: msg("Die Fassung, um die es ging, wurde verworfen oder zurückgezogen."),
    RequestState.PAST: msg(
        "Die Fassung, um die es ging, gilt nicht mehr: Ihre Zeit ist um, oder eine neuere hat sie "
        "abgelöst."
    ),
    RequestState.EXPIRED: msg(
        "Die Zeit zum Antworten ist abgelaufen. Bitten Sie die Stelle, die Ihnen den Link "
        "geschickt hat, um einen neuen."
    ),
}
"""Why nothing can be answered by a link any more, as its reader is told."""


@dataclass(frozen=True)
class RequestFacts:
    """The facts of a request: what became of it, of its time, and of the version."""

    is_used: bool = False
    is_withdrawn: bool = False
    is_changed: bool = False
    is_over: bool = False
    is_past: bool = False
    is_expired: bool = False


def request_state(facts: RequestFacts) -> RequestState:
    """What is told of a request: an answer before all, the mere end of its time last."""
    if facts.is_used:
        return RequestState.USED
    if facts.is_withdrawn:
        return RequestState.WITHDRAWN
    if facts.is_over:
        return RequestState.OVER
    if facts.is_changed:
        return RequestState.CHANGED
    if facts.is_past:
        return RequestState.PAST
    return RequestState.EXPIRED if facts.is_expired else RequestState.OPEN
