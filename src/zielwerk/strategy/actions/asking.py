"""Asking an actor for consent by a link, and withdrawing the request."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse

from zielwerk.core.actions import action, seal
from zielwerk.core.permissions import Actor
from zielwerk.messaging import actions as messaging
from zielwerk.rulebook.consent import Party, RequestState
from zielwerk.rulebook.refusal import Refusal, Refused, msg
from zielwerk.rulebook.strategy import ENDS
from zielwerk.rulebook.writing import says_something
from zielwerk.strategy import letters, queries
from zielwerk.strategy.models import ConsentRequest, Strategy

MOST_DAYS = 90
NOT_WANTED = Refusal(
    "strategy.not_wanted", msg("Um diese Zustimmung bittet das Programm bei dieser Fassung nicht.")
)
IS_OVER = Refusal(
    "strategy.is_over", msg("Diese Fassung ist verworfen oder zurückgezogen; niemand wird gebeten.")
)
NO_DOCUMENT = Refusal(
    "strategy.nothing_to_read",
    msg("Wer zustimmen soll, muss etwas lesen können: Es fehlt das Schriftstück."),
)
NO_OFFICE = Refusal("strategy.no_office", msg("Es fehlt die Stelle, die gebeten wird."))
WRONG_DAYS = msg("Ein Link gilt 1 bis {most} Tage.")
SAYS_SOMETHING_ELSE = Refusal(
    "strategy.says_something_else",
    msg(
        "Die Fassung wurde geändert, seit Sie diese Seite geöffnet haben. Bitte lesen Sie, was "
        "jetzt darin steht; gilt Ihre Eingabe auch dafür, senden Sie sie noch einmal."
    ),
)
IS_PAST = Refusal(
    "strategy.is_past", msg("Diese Fassung gilt nicht mehr; niemand wird um Zustimmung gebeten.")
)
NOT_OPEN = Refusal(
    "strategy.request_closed", msg("Diese Bitte ist schon beantwortet oder zurückgezogen.")
)


@dataclass(frozen=True)
class NewRequest:
    """Whom to ask about a version; without ``mail`` the link is handed over by whoever asks.

    ``read`` is the digest of the version as whoever asks saw it; without one, that of
    ``strategy``.
    """

    strategy: Strategy
    party: Party
    office: str
    addressee: str = ""
    mail: str = ""
    days: int = 14
    read: str = ""

    @property
    def ags(self) -> str:
        return self.strategy.ags


@dataclass(frozen=True)
class Sent:
    """A request that was made, and the address of its link: it is kept nowhere."""

    request: ConsentRequest
    path: str


@action("strategy.ask")
def ask(actor: Actor, new: NewRequest, *, at: datetime) -> Sent:
    """Make a link by which an actor may answer once; an earlier one to the same is void.

    With an address it is sent by mail, where this installation sends any.
    """
    strategy = Strategy.objects.select_for_update().get(pk=new.strategy.pk)
    if refusals := _refusals(new, strategy, at):
        raise Refused(*refusals)
    refuse_another(strategy, new.read or new.strategy.contents)
    void(strategy, at, new.party)
    key = secrets.token_urlsafe(32)
    request = ConsentRequest.objects.create(
        strategy=strategy,
        actor=new.party.code,
        region=new.party.region,
        label=str(queries.label_of(strategy, new.party))[:200],
        contents=strategy.contents,
        seal_key=secrets.token_hex(32),
        addressee=new.addressee.strip()[:120],
        office=new.office.strip()[:200],
        mail=new.mail.strip(),
        digest=queries.digest_of_key(key),
        made_by=actor.audit_name,
        made_at=at,
        expires_at=at + timedelta(days=new.days),
    )
    seal(request)
    path = f"{reverse('strategy:answer')}?{queries.KEY}={key}"
    if request.mail:
        letter = letters.request(request, path)
        outgoing = messaging.Outgoing(_once(request), request.mail, letter.heading, letter.body)
        messaging.send_outside(actor, outgoing, at=at)
    return Sent(request, path)


@action("strategy.withdraw_request")
def withdraw_request(actor: Actor, request: ConsentRequest, *, at: datetime) -> ConsentRequest:
    """Withdraw a request that nobody has answered: its link is void."""
    strategy = Strategy.objects.select_for_update().get(pk=request.strategy_id)
    request = ConsentRequest.objects.select_for_update().get(pk=request.pk)
    if queries.state_of(request, strategy, at) in (RequestState.USED, RequestState.WITHDRAWN):
        raise Refused(NOT_OPEN)
    void_one(request, at)
    return request


def refuse_another(strategy: Strategy, read: str) -> None:
    """Refuse what is meant for a version that said something else when it was read."""
    if strategy.contents != read:
        raise Refused(SAYS_SOMETHING_ELSE)


def void(strategy: Strategy, at: datetime, party: Party | None = None) -> None:
    """Withdraw all open requests about a version, or those to one party."""
    for request in queries.open_requests(strategy, party).select_for_update():
        void_one(request, at)


def void_one(request: ConsentRequest, at: datetime) -> None:
    """Withdraw an open request, and its mail where that waits still."""
    request.withdrawn_at = at
    request.save()
    seal(request)
    messaging.drop_outside(_once(request), at)


def _once(request: ConsentRequest) -> str:
    """What the mail of a request is about."""
    return f"consent {request.pk}"


def _refusals(new: NewRequest, strategy: Strategy, at: datetime) -> list[Refusal]:
    refusals = []
    if strategy.state in ENDS:
        refusals.append(IS_OVER)
    elif queries.is_past(strategy, at):
        refusals.append(IS_PAST)
    if new.party not in queries.wanted(strategy):
        refusals.append(NOT_WANTED)
    if strategy.document_id is None:
        refusals.append(NO_DOCUMENT)
    if not says_something(new.office):
        refusals.append(NO_OFFICE)
    if not 1 <= new.days <= MOST_DAYS:
        refusals.append(Refusal("strategy.wrong_days", WRONG_DAYS, {"most": MOST_DAYS}))
    return refusals
