"""The consents to a version: a row for each whose consent is wanted, with what it said."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from zielwerk.core import permissions
from zielwerk.language import German
from zielwerk.rulebook.consent import ANSWERS, REQUESTS, ConsentAnswer, Party, RequestState
from zielwerk.rulebook.strategy import ENDS
from zielwerk.strategy import queries
from zielwerk.strategy.models import Consent, ConsentRequest, Strategy
from zielwerk.ui.joined import JOINED
from zielwerk.ui.views import Request

LOOKS = {
    ConsentAnswer.GIVEN: "success",
    ConsentAnswer.REFUSED: "danger",
    ConsentAnswer.WITHDRAWN: "warning",
}


@dataclass(frozen=True)
class Said:
    """An answer as the page shows it: who said it, who entered it, whether it counts now."""

    consent: Consent
    label: str
    look: str
    entered_by: str
    counts: bool


@dataclass(frozen=True)
class Link:
    """A request by a link as the page shows it, and where it is withdrawn."""

    request: ConsentRequest
    label: str
    is_open: bool
    url: str


@dataclass(frozen=True)
class PartyRow:
    """One whose consent is wanted: what it said, the links, and what may be done about it."""

    name: German
    last: Said | None
    earlier: tuple[Said, ...]
    links: tuple[Link, ...]
    record_url: str = ""
    ask_url: str = ""
    take_back_url: str = ""


def party_rows(request: Request, strategy: Strategy, at: datetime) -> list[PartyRow]:
    """A row for each, in the order of the rules; three queries, however many they are."""
    names = queries.wanted(strategy)
    answers = queries.answers_of([strategy])[strategy.pk] if names else []
    asked = list(queries.requests_of(strategy)) if names else []
    entered = JOINED.names_for(request, {one.entered_by for one in answers if not one.request_id})
    doors = _Doors(request, strategy, at)
    return [
        _row(strategy, party, name, answers, asked, entered, doors, at)
        for party, name in names.items()
    ]


class _Doors:
    """What this person may do about consents to a version."""

    def __init__(self, request: Request, strategy: Strategy, at: datetime) -> None:
        self.strategy = strategy
        self.is_past = queries.is_past(strategy, at)
        self.is_over = strategy.state in ENDS
        self.user = request.user

    def to(self, route: str, verb: str, party: Party) -> str:
        if self.is_over or not self.may(verb):
            return ""
        query = urlencode({"akteur": party.code, "region": party.region})
        return f"{reverse(route, args=[self.strategy.pk])}?{query}"

    def to_record(self, party: Party) -> str:
        """Where a consent is entered, as the body itself or for it."""
        if self.may("record_consent"):
            return self.to("strategy:record_consent", "record_consent", party)
        if permissions.refusal(self.user, "strategy.record_consent_for", self.strategy):
            return ""
        return self.to("strategy:record_consent_for", "record_consent_for", party)

    def to_take_back(self, party: Party) -> str:
        """Where it is entered that a consent was taken back, as the body itself or for it."""
        if self.may("take_back_consent"):
            return self.to("strategy:take_back_consent", "take_back_consent", party)
        if permissions.refusal(self.user, "strategy.take_back_consent_for", self.strategy):
            return ""
        return self.to("strategy:take_back_consent_for", "take_back_consent_for", party)

    def may(self, verb: str) -> bool:
        return not permissions.role_refusal(self.user, f"strategy.{verb}")


def _row(
    strategy: Strategy,
    party: Party,
    name: German,
    answers: Iterable[Consent],
    asked: Iterable[ConsentRequest],
    entered: dict[str, str],
    doors: _Doors,
    at: datetime,
) -> PartyRow:
    said = list(_said(strategy, [one for one in answers if one.party == party], entered))
    counting = [one for one in said if one.counts]
    last = next(reversed(counting or said), None)
    is_given = bool(counting) and counting[-1].consent.answer == ConsentAnswer.GIVEN
    return PartyRow(
        name,
        last,
        tuple(one for one in said if one is not last),
        tuple(_links(strategy, [one for one in asked if one.party == party], doors, at)),
        "" if is_given else doors.to_record(party),
        "" if is_given or doors.is_past else doors.to("strategy:ask", "ask", party),
        doors.to_take_back(party) if is_given else "",
    )


def _said(strategy: Strategy, answers: list[Consent], entered: dict[str, str]) -> Iterator[Said]:
    now = strategy.contents
    for one in answers:
        answer = ConsentAnswer(one.answer)
        counts = one.contents == now
        yield Said(
            one,
            ANSWERS[answer],
            LOOKS[answer] if counts else "neutral",
            "" if one.request_id else entered[one.entered_by],
            counts,
        )


def _links(
    strategy: Strategy, asked: list[ConsentRequest], doors: _Doors, at: datetime
) -> Iterator[Link]:
    for one in asked:
        state = queries.state_of(one, strategy, at)
        is_open = state == RequestState.OPEN
        url = reverse("strategy:withdraw_request", args=[one.pk])
        may = is_open and doors.may("withdraw_request")
        yield Link(one, REQUESTS[state], is_open, url if may else "")


def signatories(consent: Consent) -> Any:
    """Who said it, as far as that is still kept."""
    return ", ".join(filter(None, (consent.name, str(consent.office))))
