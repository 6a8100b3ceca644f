"""What actors say to a version: entered by the body, or answered by whoever has the link."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localdate

from zielwerk.core import permissions
from zielwerk.core.actions import action, seal
from zielwerk.core.permissions import EVERYONE, Actor, Perimeter
from zielwerk.rulebook.consent import WHY_CLOSED, ConsentAnswer, Party, RequestState
from zielwerk.rulebook.refusal import Refusal, Refused, msg
from zielwerk.rulebook.strategy import ENDS
from zielwerk.rulebook.writing import says_something
from zielwerk.strategy import queries
from zielwerk.strategy.actions.asking import refuse_another, void
from zielwerk.strategy.models import Consent, ConsentRequest, Strategy

NO_NAME = Refusal("strategy.no_name", msg("Es fehlt, wer es gesagt hat, mit Name und Amt."))
NO_REMARK = Refusal("strategy.no_remark", msg("Bitte sagen Sie, was der Zustimmung entgegensteht."))
BEFORE_CONSENT = msg("Am {day} gab es noch keine Zustimmung; zugestimmt wurde am {given}.")
ANSWERED_LATER = msg(
    "Über den Link wurde am {answered} geantwortet; was am {day} gesagt wurde, ändert daran nichts "
    "mehr."
)
TOO_EARLY = msg("Der {day} liegt noch vor uns.")
NOT_WANTED = Refusal(
    "strategy.not_wanted", msg("Um diese Zustimmung bittet das Programm bei dieser Fassung nicht.")
)
IS_OVER = Refusal("strategy.is_over", msg("Diese Fassung ist verworfen oder zurückgezogen."))
NOT_GIVEN = Refusal(
    "strategy.not_given", msg("Zurückgenommen wird eine Zustimmung, und es gibt hier keine.")
)


@dataclass(frozen=True)
class NewConsent:
    """What an actor said to a version outside this system, and who said it on which day.

    ``read`` is the digest of the version as whoever enters it saw it; without one, that of
    ``strategy``.
    """

    strategy: Strategy
    party: Party
    on_day: date
    name: str
    office: str
    remark: str = ""
    is_given: bool = True
    read: str = ""

    @property
    def ags(self) -> str:
        return self.strategy.ags


@dataclass(frozen=True)
class Answer:
    """What whoever has a link says by it."""

    request: ConsentRequest
    is_given: bool
    name: str
    office: str
    remark: str = ""


@dataclass(frozen=True)
class Asked:
    """Whoever answers by a link: nobody who is known here, named by the request."""

    request: ConsentRequest

    side = organisation_code = ""
    party = 0
    roles = frozenset({EVERYONE})
    is_demo = False

    @property
    def audit_name(self) -> str:
        return f"link:{self.request.pk}"

    @property
    def ags(self) -> str:
        return self.request.ags

    @property
    def perimeter(self) -> Perimeter:
        return permissions.Perimeter(frozenset({self.request.ags}))


@action("strategy.record_consent")
def record_consent(actor: Actor, new: NewConsent, *, at: datetime) -> Consent:
    """Enter what an actor said; a link to the same that is still open is void."""
    return _recorded(actor, new, at)


@action("strategy.record_consent_for")
def record_consent_for(actor: Actor, new: NewConsent, *, at: datetime) -> Consent:
    """The same for a body that sends paper."""
    return _recorded(actor, new, at)


def _recorded(actor: Actor, new: NewConsent, at: datetime) -> Consent:
    strategy = _held(new.strategy, new.party)
    refuse_another(strategy, new.read or new.strategy.contents)
    _refuse_blanks(new.is_given, new.name, new.office, new.remark)
    _refuse_to_come(new.on_day, at)
    _refuse_earlier(strategy, new)
    void(strategy, at, new.party)
    answer = ConsentAnswer.GIVEN if new.is_given else ConsentAnswer.REFUSED
    said = {"on_day": new.on_day, "name": new.name, "office": new.office, "remark": new.remark}
    return _kept(strategy, new.party, answer, said, actor, at)


@action("strategy.take_back_consent")
def take_back_consent(actor: Actor, new: NewConsent, *, at: datetime) -> Consent:
    """Enter that an actor took its consent back; the consent itself stays on file."""
    return _taken_back(actor, new, at)


@action("strategy.take_back_consent_for")
def take_back_consent_for(actor: Actor, new: NewConsent, *, at: datetime) -> Consent:
    """The same for a body that sends paper."""
    return _taken_back(actor, new, at)


def _taken_back(actor: Actor, new: NewConsent, at: datetime) -> Consent:
    strategy = _held(new.strategy, new.party)
    last = _standing(strategy)
    if new.party not in last or last[new.party].answer != ConsentAnswer.GIVEN:
        raise Refused(NOT_GIVEN)
    _refuse_blanks(True, new.name, new.office, new.remark)
    _refuse_to_come(new.on_day, at)
    given = last[new.party].on_day
    if new.on_day < given:
        params = {"day": new.on_day, "given": given}
        raise Refused(Refusal("strategy.before_consent", BEFORE_CONSENT, params))
    said = {"on_day": new.on_day, "name": new.name, "office": new.office, "remark": new.remark}
    return _kept(strategy, new.party, ConsentAnswer.WITHDRAWN, said, actor, at)


@action("strategy.answer")
def answer(actor: Actor, new: Answer, *, at: datetime) -> Consent:
    """Answer by a link, once, and only to what was asked."""
    strategy = Strategy.objects.select_for_update().get(pk=new.request.strategy_id)
    request = ConsentRequest.objects.select_for_update().get(pk=new.request.pk)
    state = queries.state_of(request, strategy, at)
    if state != RequestState.OPEN:
        raise Refused(Refusal(f"strategy.link_{state}", WHY_CLOSED[state]))
    _refuse_blanks(new.is_given, new.name, new.office, new.remark)
    request.used_at = at
    request.save()
    seal(request)
    said_as = ConsentAnswer.GIVEN if new.is_given else ConsentAnswer.REFUSED
    said = {
        "on_day": localdate(at),
        "name": new.name,
        "office": new.office,
        "remark": new.remark,
        "request": request,
    }
    return _kept(strategy, request.party, said_as, said, actor, at)


def _held(strategy: Strategy, party: Party) -> Strategy:
    """The version, locked, if it may be consented to, and this party is asked about it."""
    strategy = Strategy.objects.select_for_update().get(pk=strategy.pk)
    if strategy.state in ENDS:
        raise Refused(IS_OVER)
    if party not in queries.wanted(strategy):
        raise Refused(NOT_WANTED)
    return strategy


def _refuse_blanks(is_given: bool, name: str, office: str, remark: str) -> None:
    if not (says_something(name) and says_something(office)):
        raise Refused(NO_NAME)
    if not is_given and not says_something(remark):
        raise Refused(NO_REMARK)


def _refuse_to_come(day: date, at: datetime) -> None:
    if day > localdate(at):
        raise Refused(Refusal("strategy.too_early", TOO_EARLY, {"day": day}))


def _refuse_earlier(strategy: Strategy, new: NewConsent) -> None:
    """What an actor answered itself, nothing that it said before changes."""
    last = _standing(strategy).get(new.party)
    if last and last.request_id and new.on_day < last.on_day:
        params = {"day": new.on_day, "answered": last.on_day}
        raise Refused(Refusal("strategy.answered_later", ANSWERED_LATER, params))


def _standing(strategy: Strategy) -> Mapping[Party, Consent]:
    return queries.standing_of(strategy, queries.answers_of([strategy])[strategy.pk])


def _kept(
    strategy: Strategy,
    party: Party,
    answer: ConsentAnswer,
    said: dict[str, object],
    actor: Actor,
    at: datetime,
) -> Consent:
    """The answer as a new row; an earlier one stays as it is."""
    consent = Consent(
        strategy=strategy,
        actor=party.code,
        region=party.region,
        label=str(queries.label_of(strategy, party))[:200],
        contents=strategy.contents,
        seal_key=secrets.token_hex(32),
        answer=answer,
        entered_by=actor.audit_name,
        entered_at=at,
        **said,
    )
    consent.name, consent.office = consent.name.strip()[:120], consent.office.strip()[:200]
    consent.remark = consent.remark.strip()[:1000]
    consent.save()
    seal(consent)
    return consent
