"""Reads of requests for consent by a link."""

import hashlib
from datetime import datetime

from django.db.models import QuerySet
from django.utils.timezone import localdate

from zielwerk.rulebook.consent import Party, RequestFacts, RequestState, request_state
from zielwerk.rulebook.strategy import ENDS
from zielwerk.strategy.models import ConsentRequest, Strategy

KEY = "schluessel"  # names in an address the key of a link


def digest_of_key(key: str) -> str:
    """What is kept of the key of a link; it is random, so nobody guesses it."""
    return hashlib.sha256(key.encode()).hexdigest()


def request_of(key: str) -> ConsentRequest | None:
    """The request whose link has this key, whatever became of it."""
    if not key:
        return None
    rows = ConsentRequest.objects.select_related("strategy", "strategy__replaces")
    return rows.filter(digest=digest_of_key(key)).first()


def state_of(request: ConsentRequest, strategy: Strategy, at: datetime) -> RequestState:
    """What became of a request up to a moment; ``strategy`` is its version as it is now."""
    facts = RequestFacts(
        is_used=request.used_at is not None,
        is_withdrawn=request.withdrawn_at is not None,
        is_changed=request.contents != strategy.contents,
        is_over=strategy.state in ENDS,
        is_past=is_past(strategy, at),
        is_expired=request.expires_at <= at,
    )
    return request_state(facts)


def is_past(strategy: Strategy, at: datetime) -> bool:
    """Whether the last day of a version that came into force is over."""
    last = strategy.last_day
    return strategy.in_force_at is not None and last is not None and last < localdate(at)


def requests_of(strategy: Strategy) -> QuerySet[ConsentRequest]:
    """All requests about a version, newest first."""
    return ConsentRequest.objects.filter(strategy=strategy).order_by("-pk")


def open_requests(strategy: Strategy, party: Party | None = None) -> QuerySet[ConsentRequest]:
    """The requests about a version that nobody answered or withdrew, also those out of time."""
    rows = requests_of(strategy).filter(used_at=None, withdrawn_at=None)
    return rows if party is None else rows.filter(actor=party.code, region=party.region)
