"""The verbs of auditing: a verification is begun, and its result is put on record."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from zielwerk.auditing.models import Verification
from zielwerk.core import audit, jobs
from zielwerk.core.actions import action, seal
from zielwerk.core.permissions import Actor
from zielwerk.language import value_text
from zielwerk.rulebook.refusal import Refusal

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
