"""Beginning a conclusion of the very text that both sides approved."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localdate

from zielwerk.conclusion import queries
from zielwerk.conclusion.models import Conclusion
from zielwerk.core.actions import action
from zielwerk.core.cases import locked, new_case
from zielwerk.core.permissions import Actor
from zielwerk.drafting.model import Document
from zielwerk.negotiation import queries as negotiation
from zielwerk.negotiation.models import DraftDocument
from zielwerk.packs import loading as packs
from zielwerk.programme.actions import keep_rules
from zielwerk.rulebook.refusal import Refusal, Refused, msg
from zielwerk.rulebook.signatures import ways_of


@dataclass(frozen=True)
class NewConclusion:
    """The wish to conclude a draft as its page showed it, on a way."""

    draft: DraftDocument
    way: str
    is_trial: bool = False

    @property
    def ags(self) -> str:
        return self.draft.ags


@action("conclusion.begin")
def begin(actor: Actor, new: NewConclusion, *, at: datetime) -> Conclusion:
    """Begin: from now on the version stays, and it is known who must sign under it.

    Refused where the draft was changed or opened since its page was shown.
    """
    draft = locked(new.draft)
    if reasons := queries.why_not_begun(draft, localdate(at)):
        raise Refused(*reasons)
    text: Document = negotiation.newest(draft)
    if text.hash != draft.digest:
        raise Refused(OTHER_TEXT)
    needed = queries.needed_for(text.content, localdate(at))
    if new.way not in ways_of(needed):
        raise Refused(NO_SUCH_WAY)
    return new_case(
        Conclusion,
        f"{packs.programme(draft.programme).prefix('conclusion')}-{draft.year}",
        at=at,
        programme=draft.programme,
        year=draft.year,
        draft=draft,
        ags=draft.ags,
        body_name=draft.body_name,
        version=draft.version,
        digest=draft.digest,
        code=draft.code,
        amount_cents=draft.amount_cents,
        approvals=[stage for stage in draft.trail if stage["stage"] != draft.trail[0]["stage"]]
        or draft.trail,
        needed=[each.to_json() for each in needed],
        way=new.way,
        rule_version=keep_rules(actor, draft.programme, draft.year, at=at),
        is_invented=draft.is_invented,
        is_trial=new.is_trial,
        begun_at=at,
    )


OTHER_TEXT = Refusal(
    "conclusion.text_tampered",
    msg("Der Text passt nicht zu seiner Prüfsumme. Bitte melden Sie das; so wird nichts begonnen."),
)
NO_SUCH_WAY = Refusal(
    "conclusion.no_such_way",
    msg("Auf diesem Weg können nicht alle unterschreiben, die unterschreiben müssen."),
)
