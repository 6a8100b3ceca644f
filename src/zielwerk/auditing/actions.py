"""The verbs of auditing: verifications with their results, inquiries and their release."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from zielwerk.auditing.models import Inquiry, Verification
from zielwerk.core import audit, jobs
from zielwerk.core.actions import action, seal
from zielwerk.core.permissions import Actor
from zielwerk.identity.models import User
from zielwerk.language import value_text
from zielwerk.rulebook.refusal import Refusal, Refused, msg
from zielwerk.rulebook.writing import written

VERIFY = "auditing.verify"  # the kind of job
KEPT_FAULTS = 1000  # sentences; of a chain that was rewritten every entry is a fault


@dataclass(frozen=True)
class Wish:
    """A verification that somebody wants: compared with a seal that was kept outside, or not."""

    kept_seal: audit.Seal | None = None


@dataclass(frozen=True)
class Found:
    """What a verification came to: until which seal, how many things of each kind, the faults."""

    until: audit.Seal
    counted: Counter[str]
    faults: Sequence[Refusal]


@action("auditing.verify")
def begin_verification(actor: Actor, wish: Wish, *, at: datetime) -> Verification:
    """Have the chain, what is sealed in it and the books be proved in the background."""
    verification = Verification(
        begun_by=actor.audit_name,
        begun_at=at,
        kept_seal=str(wish.kept_seal) if wish.kept_seal else "",
    )
    verification.save()
    verification.job = jobs.start(actor, VERIFY, {"verification": verification.pk}, at=at)
    verification.save()
    seal(verification)
    return verification


@action("auditing.conclude")
def conclude(
    actor: Actor, verification: Verification, found: Found, *, at: datetime
) -> Verification:
    """Put the result of a verification on record, for good."""
    verification.concluded_at = at
    verification.entry, verification.hash = found.until.entry, found.until.hash
    verification.counted = [list(pair) for pair in found.counted.items()]
    verification.fault_number = len(found.faults)
    verification.faults = [_kept(fault) for fault in found.faults[:KEPT_FAULTS]]
    verification.save()
    seal(verification)
    return verification


def _kept(fault: Refusal) -> dict[str, object]:
    params = {name: value_text(value) for name, value in fault.params.items()}
    return {"rule": fault.rule, "msgid": fault.msgid, "params": params}


OPEN_FOR = timedelta(days=14)
RELEASED = Refusal("auditing.released", msg("Dieser Antrag ist schon freigegeben."))
NO_PURPOSE = Refusal("auditing.no_purpose", msg("Bitte sagen Sie, wozu Sie das wissen müssen."))


@dataclass(frozen=True)
class Question:
    """What somebody wants to know of looks at data of persons, and for what."""

    person: User
    about: str
    purpose: str


@action("auditing.inquire")
def inquire(actor: Actor, question: Question, *, at: datetime) -> Inquiry:
    """Ask to know who looked; nothing is shown before a second person has released it."""
    purpose = written(question.purpose)
    if not purpose:
        raise Refused(NO_PURPOSE)
    inquiry = Inquiry(
        person=question.person,
        about=question.about,
        purpose=purpose,
        asked_by=actor.audit_name,
        asked_at=at,
    )
    inquiry.save()
    seal(inquiry)
    return inquiry


@action("auditing.release")
def release(actor: Actor, inquiry: Inquiry, *, at: datetime) -> Inquiry:
    """Let who asked look at what is kept, for some days."""
    inquiry = Inquiry.objects.select_for_update().get(pk=inquiry.pk)
    if inquiry.released_by:
        raise Refused(RELEASED)
    inquiry.released_by, inquiry.released_at = actor.audit_name, at
    inquiry.expires_at = at + OPEN_FOR
    inquiry.save()
    seal(inquiry)
    return inquiry
