"""The scan of what was signed by hand, kept with what the comparison said of it."""

from dataclasses import dataclass
from datetime import datetime

from zielwerk.conclusion.actions.signing import UNREAD, collecting, put_away
from zielwerk.conclusion.models import Comparison, Conclusion, SignedFile
from zielwerk.conclusion.queries import Compared
from zielwerk.core.actions import action, seal
from zielwerk.core.permissions import Actor
from zielwerk.rulebook.refusal import Refused
from zielwerk.rulebook.signatures import Way
from zielwerk.rulebook.writing import says_something
from zielwerk.scans.apart import packed


@dataclass(frozen=True)
class NewScan:
    """A scan that was compared, and why it is kept where it differs so much that it stops."""

    compared: Compared
    reason: str = ""

    @property
    def conclusion(self) -> Conclusion:
        return self.compared.conclusion

    @property
    def ags(self) -> str:
        return self.compared.ags


@action("conclusion.keep_file")
def keep_scan(actor: Actor, new: NewScan, *, at: datetime) -> SignedFile:
    """Keep a scan with its findings; both sides see both at once."""
    if refusals := new.compared.why_not_kept(says_why=says_something(new.reason)):
        raise Refused(*refusals)
    found = new.compared.findings
    conclusion = collecting(new.conclusion)
    if conclusion.way != Way.PAPER:
        raise Refused(UNREAD)
    kept = put_away(actor, conclusion, new.compared.name, new.compared.content, at)
    comparison = Comparison.objects.create(
        conclusion=conclusion,
        side=actor.side,
        kept=kept,
        stops=found.stops,
        findings=packed(found),
        reason=new.reason.strip() if found.stops else "",
        entered_by=actor.audit_name,
        entered_at=at,
    )
    seal(comparison)
    return kept
