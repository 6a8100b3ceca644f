"""The verbs of recording an agreement."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from zielwerk.agreements import queries
from zielwerk.agreements.actions.agreeing import Promise, agree, agreed_of, foretold
from zielwerk.agreements.actions.teaching import learn
from zielwerk.agreements.models import Intake
from zielwerk.core import permissions
from zielwerk.core.actions import action
from zielwerk.core.cases import locked, new_case, save_case, step
from zielwerk.core.permissions import Actor
from zielwerk.documents import actions as documents
from zielwerk.ledger import actions as ledger
from zielwerk.packs import loading as packs
from zielwerk.programme.actions import keep_rules
from zielwerk.rulebook.agreement import Terms
from zielwerk.rulebook.recording import RECORDING, IntakeFacts, IntakeState
from zielwerk.rulebook.refusal import Refusal, Refused, msg


@dataclass(frozen=True)
class Received:
    """A text received: the file, its reading, the uncertain places."""

    name: str
    content: bytes
    terms: Terms
    reading: Mapping[str, Any]
    doubts: Sequence[str]
    is_trial: bool = False  # recorded by a demo person

    @property
    def ags(self) -> str:
        return self.terms.ags


@dataclass(frozen=True)
class Answer:
    """What was answered to a question of the reader, and whether it is done with."""

    text: str
    done: bool = False


@dataclass(frozen=True)
class Review:
    """A reviewer's corrected terms; ``revision`` is the one she looked at.

    ``answers`` are those to the reader's questions, by their numbers; ``left`` the words that stay
    although another place was corrected.
    """

    terms: Terms
    settled: Sequence[str]
    revision: int
    answers: Mapping[str, Answer] = field(default_factory=dict)
    left: Sequence[str] = ()

    @property
    def ags(self) -> str:
        return self.terms.ags


@dataclass(frozen=True)
class HandEntry:
    """An agreement entered without a text; ``source_note`` says where its facts come from."""

    terms: Terms
    source_note: str
    is_invented: bool = False

    @property
    def ags(self) -> str:
        return self.terms.ags


@action("agreements.begin")
def begin(actor: Actor, received: Received, *, at: datetime) -> Intake:
    """Open a recording from a text; a file that is already being recorded is refused."""
    file = documents.store(actor, received.name, "text/plain", received.content, at=at)
    earlier_intake = queries.intake_of(file)
    if earlier_intake:
        raise Refused(
            Refusal(
                "agreements.same_file",
                msg("Diese Datei wird schon unter {file_number} erfasst."),
                {"file_number": earlier_intake.file_number},
            )
        )
    return open_intake(
        actor,
        received.terms,
        at,
        source=file,
        source_note=received.name[:200],
        reading=dict(received.reading),
        doubts=list(received.doubts),
        is_trial=received.is_trial,
    )


@action("agreements.begin")
def begin_by_hand(actor: Actor, entry: HandEntry, *, at: datetime) -> Intake:
    """Open a recording without a text; the source of its facts must be named."""
    return open_intake(
        actor,
        entry.terms,
        at,
        source_note=entry.source_note[:200],
        is_invented=entry.is_invented,
    )


def open_intake(actor: Actor, terms: Terms, at: datetime, **columns: Any) -> Intake:
    """A new recording under review."""
    return new_case(
        Intake,
        f"{packs.programme(terms.programme).prefix('recording')}-{terms.year}",
        at=at,
        programme=terms.programme,
        year=terms.year,
        ags=terms.ags,
        body_name=terms.body_name,
        terms=terms.to_json(),
        paper=_paper(terms),
        begun_by=actor.audit_name,
        begun_at=at,
        **columns,
    )


OTHER_BODY = Refusal(
    "agreements.other_body",
    msg("Eine Änderung gilt für dieselbe Gebietskörperschaft und dasselbe Programmjahr."),
)


def _paper(terms: Terms) -> str:
    """What a paper promises, in short; nothing where a body has one document a year anyway."""
    if packs.programme(terms.programme).document.per_year == 1:
        return ""
    titles = sorted((measure.type, measure.title) for measure in terms.without_blanks().measures)
    return sha256(json.dumps([terms.amount_cents, titles]).encode()).hexdigest()


@action("agreements.review")
def review(actor: Actor, intake: Intake, review: Review, *, at: datetime) -> Intake:
    """Keep the corrections so far; whoever sees but some bodies may name no other."""
    intake = locked(intake, {IntakeState.REVIEW})
    permissions.require(actor, "agreements.review", review)
    if intake.amends and (review.terms.year, review.terms.ags) != (intake.year, intake.ags):
        raise Refused(OTHER_BODY)
    intake.terms = review.terms.to_json()
    intake.year, intake.ags = review.terms.year, review.terms.ags
    intake.body_name, intake.paper = review.terms.body_name, _paper(review.terms)
    intake.settled = [path for path in intake.doubts if path in set(review.settled)]
    intake.answers = {"questions": _answers(actor, intake, review, at), "words": list(review.left)}
    return save_case(intake)


def _answers(actor: Actor, intake: Intake, review: Review, at: datetime) -> dict[str, Any]:
    """The answers to questions, each with who gave it, and when."""
    known: Mapping[str, Any] = intake.answers.get("questions", {})
    signed = {"by": actor.audit_name, "at": at.isoformat()}
    answers = {}
    for number, answer in review.answers.items():
        given, before = asdict(answer), known.get(number, {})
        is_same = given.items() <= before.items()
        answers[number] = before if is_same else {**given, **signed}
    return answers


@step(RECORDING)
def accept(
    actor: Actor, intake: Intake, facts: IntakeFacts, note: str = "", *, at: datetime
) -> None:
    """The first person vouches for the reading; the rules of the day go with it from here."""
    intake.rule_version = keep_rules(actor, intake.programme, intake.year, at=at)
    intake.accepted_by, intake.accepted_at = actor.audit_name, at


@step(RECORDING)
def note(actor: Actor, intake: Intake, facts: IntakeFacts, note: str = "", *, at: datetime) -> None:
    """Note what comes before the confirmation, such as a resolution, as ``note``."""


@step(RECORDING)
def send_back(actor: Actor, intake: Intake, facts: None, note: str = "", *, at: datetime) -> None:
    """The second person sends the recording back for review, for a reason."""
    _in_review(intake)


@step(RECORDING)
def take_back(actor: Actor, intake: Intake, facts: None, *, at: datetime) -> None:
    """Whoever accepted the recording takes that back before anybody confirmed."""
    _in_review(intake)


def _in_review(intake: Intake) -> None:
    intake.accepted_by, intake.accepted_at, intake.rule_version = "", None, ""


@step(RECORDING)
def keep(actor: Actor, intake: Intake, facts: IntakeFacts, *, at: datetime) -> None:
    """Keep the text as a source of the document that it differs from least; nothing changes."""
    intake.agreement = queries.nearest(intake)


@step(RECORDING)
def discard(actor: Actor, intake: Intake, facts: None, *, at: datetime) -> None:
    """Give the recording up; the file stays, and may be read again."""
    intake.discarded_at = at


@step(RECORDING)
def restore(actor: Actor, intake: Intake, facts: IntakeFacts, *, at: datetime) -> None:
    """Take a discarded recording up again, as it was when it was given up."""
    intake.discarded_at = None


@step(RECORDING)
def confirm(
    actor: Actor, intake: Intake, facts: IntakeFacts, note: str = "", *, at: datetime
) -> None:
    """The second person confirms: the agreement, its measures and its money are recorded."""
    intake.agreement = agree(actor, _promise(intake), queries.rules_of(intake), at)
    learn(actor, intake, at)
    intake.confirmed_by, intake.confirmed_at = actor.audit_name, at


def _promise(intake: Intake) -> Promise:
    """What a recording says was promised, as it was accepted."""
    return Promise(
        intake.content.without_blanks(),
        intake.rule_version,
        is_invented=intake.is_invented,
        is_trial=intake.is_trial,
        before=intake.amends,
        version=intake.version,
        form=intake.form,
        basis=intake.basis,
    )


def intended(intake: Intake, today: date) -> ledger.Agreed | ledger.Changed:
    """What confirming a recording would book, for whoever is asked before.

    Its number and the places of its measures are given by confirming; until then it has those of
    the recording, and a measure that was named before its place there.
    """
    terms, rules = intake.content.without_blanks(), queries.rules_of(intake)
    day = terms.signed_on or today
    before = intake.amends
    now = foretold(terms, rules, intake.file_number, day, before)
    if before is None:
        return now
    return ledger.Changed(agreed_of(before, rules, intake.file_number, day), now)
