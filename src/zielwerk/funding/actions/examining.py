"""Questions to the body and its answers, and what the authority settles aspect by aspect."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localdate

from zielwerk.core.actions import action, seal
from zielwerk.core.cases import locked, save_case
from zielwerk.core.permissions import Actor
from zielwerk.funding import letters, queries
from zielwerk.funding.actions.applying import as_handed_in
from zielwerk.funding.actions.stepping import Ready, submitted
from zielwerk.funding.models import (
    CLOSED_ALREADY,
    Application,
    Closing,
    Question,
    Settlement,
    Submission,
)
from zielwerk.rulebook.application import ASPECTS, OUTCOMES, is_part
from zielwerk.rulebook.application.aspects import Outcome
from zielwerk.rulebook.application.path import NOT_EXAMINED
from zielwerk.rulebook.refusal import Refusal, Refused, msg
from zielwerk.rulebook.writing import says_something


@dataclass(frozen=True)
class NewQuestion:
    """A question to the body about some places, to be answered by a day."""

    application: Application
    places: tuple[str, ...]
    text: str
    answer_by: date

    @property
    def ags(self) -> str:
        return self.application.ags


@dataclass(frozen=True)
class NewAnswer:
    """The body's answer to a question; what it wrote meanwhile is handed in with it."""

    question: Question
    text: str

    @property
    def ags(self) -> str:
        return self.question.ags


@dataclass(frozen=True)
class Settling:
    """What the authority says of an aspect."""

    application: Application
    aspect: str
    outcome: str
    note: str = ""

    @property
    def ags(self) -> str:
        return self.application.ags


@action("funding.ask")
def ask(actor: Actor, new: NewQuestion, *, at: datetime) -> Question:
    """Ask the body; exactly the places that the question is about can be written until it ends."""
    application = examined(new.application)
    if not says_something(new.text):
        raise Refused(NO_TEXT)
    if not new.places or not all(is_part(place) for place in new.places):
        raise Refused(NO_PLACES)
    if new.answer_by <= localdate(at):
        raise Refused(TOO_SOON)
    question = Question.objects.create(
        application=application,
        number=len(queries.questions(application)) + 1,
        places=list(dict.fromkeys(new.places)),
        text=new.text.strip(),
        answer_by=new.answer_by,
        entered_by=actor.audit_name,
        entered_at=at,
    )
    seal(question)
    return question


@action("funding.answer")
def answer(actor: Actor, new: NewAnswer, prepared: Ready | None = None, *, at: datetime) -> Closing:
    """Answer a question; what was changed since the last submission is handed in with it."""
    application = examined(new.question.application)
    if not says_something(new.text):
        raise Refused(NO_ANSWER)
    if Closing.objects.filter(question=new.question).exists():
        raise Refused(CLOSED_ALREADY)
    before = queries.newest_submission(application)
    papers = queries.papers(application)
    content = letters.content_of(queries.said(application).answers, papers)
    submission = None
    if before is None or content != before.content:
        judged = queries.judged_now(application, localdate(at))
        if stops := [each for each in judged.stops if each.rule not in _stops_of(before, at)]:
            raise Refused(*stops)
        submission = submitted(actor, application, prepared, at)
        save_case(application)
    return _closed(actor, new.question, new.text, at, submission=submission, is_answer=True)


def _stops_of(before: Submission | None, at: datetime) -> set[str]:
    """The rules that speak against what was handed in: what changed around it holds up no answer.

    It was handed in without any; a share that was lowered since, say, is for the authority to see.
    """
    if before is None:
        return set()
    application, on = before.application, localdate(at)
    found = queries.judged(application, before.answers, before.paper_codes, on)
    return {each.rule for each in found.stops}


@action("funding.withdraw_question")
def withdraw_question(actor: Actor, question: Question, note: str = "", *, at: datetime) -> Closing:
    """Withdraw a question, for a reason; of its places what was handed in counts again."""
    application = Application.objects.select_for_update().get(pk=question.application_id)
    locked(application)
    if not says_something(note):
        raise Refused(NO_REASON)
    if Closing.objects.filter(question=question).exists():
        raise Refused(CLOSED_ALREADY)
    closing = _closed(actor, question, note, at, submission=None, is_answer=False)
    if application.state not in NOT_EXAMINED:
        as_handed_in(actor, application, at)
    return closing


def _closed(
    actor: Actor, question: Question, text: str, at: datetime, **columns: object
) -> Closing:
    closing = Closing.objects.create(
        question=question,
        text=text.strip(),
        closed_by=actor.audit_name,
        closed_at=at,
        **columns,
    )
    seal(closing)
    return closing


@action("funding.settle")
def settle(actor: Actor, new: Settling, *, at: datetime) -> Settlement:
    """Say how far the authority is with an aspect; it gives a reason for what it rejects."""
    application = examined(new.application)
    if new.aspect not in ASPECTS or new.outcome not in OUTCOMES:
        raise Refused(NO_SUCH_OUTCOME)
    if new.outcome == Outcome.REJECTED and not says_something(new.note):
        raise Refused(NO_REASON)
    settlement = Settlement.objects.create(
        application=application,
        aspect=new.aspect,
        outcome=new.outcome,
        note=new.note.strip(),
        submission=application.submission,
        entered_by=actor.audit_name,
        entered_at=at,
    )
    seal(settlement)
    return settlement


def examined(application: Application) -> Application:
    """The application, held, while it is examined; else Refused."""
    current = Application.objects.select_for_update().get(pk=application.pk)
    current = locked(current)
    if current.state in NOT_EXAMINED:
        raise Refused(NOT_EXAMINED_NOW)
    return current


NOT_EXAMINED_NOW = Refusal("funding.not_examined", msg("Dieser Antrag wird gerade nicht geprüft."))
NO_TEXT = Refusal("funding.no_text", msg("Es fehlt, wonach gefragt wird."))
NO_PLACES = Refusal(
    "funding.no_places", msg("Es fehlt, welche Angaben die Frage betrifft: mindestens eine.")
)
TOO_SOON = Refusal(
    "funding.too_soon", msg("Der Tag, bis zu dem geantwortet werden soll, liegt nach heute.")
)
NO_ANSWER = Refusal("funding.no_answer", msg("Die Antwort fehlt."))
NO_REASON = Refusal("funding.no_reason", msg("Die Begründung fehlt."))
NO_SUCH_OUTCOME = Refusal("funding.no_such_outcome", msg("Dieses Ergebnis gibt es nicht."))
