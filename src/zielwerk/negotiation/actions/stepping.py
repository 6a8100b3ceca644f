"""The moves: sent, answered, handed over, accepted, settled, and the ways back and out."""

from datetime import datetime

from zielwerk.core.cases import step
from zielwerk.core.permissions import Actor
from zielwerk.negotiation import queries
from zielwerk.negotiation.models import DraftDocument
from zielwerk.rulebook.negotiation import NEGOTIATION, DraftFacts
from zielwerk.rulebook.resting import Resting


@step(NEGOTIATION)
def send(
    actor: Actor, draft: DraftDocument, facts: DraftFacts | None, note: str = "", *, at: datetime
) -> None:
    """Send a draft to the other side, which sees it from now on."""
    draft.turn = queries.turn_after(draft, "send")


@step(NEGOTIATION)
def accept(
    actor: Actor, draft: DraftDocument, facts: DraftFacts | None, note: str = "", *, at: datetime
) -> None:
    """Accept the version that the page showed, and no other."""
    draft.turn = queries.turn_after(draft, "accept")


@step(NEGOTIATION)
def settle(
    actor: Actor, draft: DraftDocument, facts: DraftFacts | None, note: str = "", *, at: datetime
) -> None:
    """Settle the text: both sides want it."""
    draft.turn = ""


@step(NEGOTIATION)
def answer(actor: Actor, draft: DraftDocument, facts: None, *, at: datetime) -> None:
    """Hand the move back: what was to be said is said."""
    draft.turn = queries.turn_after(draft, "answer")


@step(NEGOTIATION)
def hand_over(actor: Actor, draft: DraftDocument, facts: None, *, at: datetime) -> None:
    """Ask the other side again."""
    draft.turn = queries.turn_after(draft, "hand_over")


@step(NEGOTIATION)
def note_answer(
    actor: Actor, draft: DraftDocument, facts: None, note: str = "", *, at: datetime
) -> None:
    """Enter what the other side answered another way: by whom, when and how is in ``note``."""
    draft.turn = queries.turn_after(draft, "note_answer")


@step(NEGOTIATION)
def recall(actor: Actor, draft: DraftDocument, facts: None, *, at: datetime) -> None:
    """Take the move back; it is no answer of the other side."""
    _none_accepted(draft, "recall")


@step(NEGOTIATION)
def reopen(
    actor: Actor, draft: DraftDocument, facts: Resting | None, note: str = "", *, at: datetime
) -> None:
    """Open an accepted or settled text again, for a reason; accepted is nothing any more."""
    _none_accepted(draft, "reopen")


@step(NEGOTIATION)
def end(actor: Actor, draft: DraftDocument, facts: None, note: str = "", *, at: datetime) -> None:
    """End the negotiation without a result."""
    draft.turn = ""


@step(NEGOTIATION)
def resume(actor: Actor, draft: DraftDocument, facts: DraftFacts, *, at: datetime) -> None:
    """Take an ended negotiation up again."""
    _none_accepted(draft, "resume")


@step(NEGOTIATION)
def discard(actor: Actor, draft: DraftDocument, facts: None, *, at: datetime) -> None:
    """Give a draft up that was not sent."""
    draft.turn = ""


@step(NEGOTIATION)
def restore(actor: Actor, draft: DraftDocument, facts: DraftFacts, *, at: datetime) -> None:
    """Take a discarded draft up again."""
    draft.turn = queries.turn_after(draft, "restore")


def _none_accepted(draft: DraftDocument, act: str) -> None:
    """Ask again: of the stages only the first one holds, so whoever took others may once more."""
    draft.trail = draft.trail[:1]
    draft.turn = queries.turn_after(draft, act)
