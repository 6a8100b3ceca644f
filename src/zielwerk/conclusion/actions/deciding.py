"""How a body signs, decided once and used from then on."""

from dataclasses import asdict, dataclass
from datetime import datetime

from zielwerk.conclusion.models import SigningDecision
from zielwerk.core.actions import action, seal
from zielwerk.core.permissions import Actor
from zielwerk.packs import loading as packs
from zielwerk.rulebook.refusal import Refusal, Refused, msg
from zielwerk.rulebook.signatures import Signing
from zielwerk.rulebook.writing import says_something


@dataclass(frozen=True)
class NewSigning:
    """How a body signs from now on, and why."""

    programme: str
    ags: str
    signing: Signing
    reason: str


@action("conclusion.decide_signing")
def decide_signing(actor: Actor, new: NewSigning, *, at: datetime) -> SigningDecision:
    """Decide how a body signs; conclusions under way keep what they began with."""
    if not says_something(new.reason):
        raise Refused(NO_REASON)
    if not any(body.ags == new.ags for body in packs.bodies(new.programme)):
        raise Refused(NO_SUCH_BODY)
    if not new.signing.signers or not new.signing.forms:
        raise Refused(NOBODY_SIGNS)
    decided = SigningDecision.objects.create(
        programme=new.programme,
        ags=new.ags,
        rule=asdict(new.signing),
        reason=new.reason.strip(),
        decided_by=actor.audit_name,
        decided_at=at,
    )
    seal(decided)
    return decided


NO_REASON = Refusal("conclusion.no_reason", msg("Die Begründung fehlt."))
NO_SUCH_BODY = Refusal(
    "conclusion.no_such_body", msg("Diese Gebietskörperschaft gibt es im Programm nicht.")
)
NOBODY_SIGNS = Refusal(
    "conclusion.nobody_signs",
    msg("Mindestens eine Person unterschreibt, in mindestens einer Form."),
)
