"""What concluding does, for the second person who is to decide."""

from datetime import date
from typing import Any

from django.utils import timezone

from zielwerk.agreements.panels import effects
from zielwerk.conclusion import queries
from zielwerk.conclusion.actions import intended
from zielwerk.conclusion.models import Conclusion
from zielwerk.conclusion.panels.exemplars import exemplars
from zielwerk.ledger import actions as ledger
from zielwerk.ledger import queries as books
from zielwerk.rulebook.conclusion import missing
from zielwerk.rulebook.refusal import Refused, Said, msg
from zielwerk.rulebook.signatures import Way


def concluding(conclusion: Conclusion, today: date) -> dict[str, Any]:
    """Amounts before and after, what moves in the books, and who signed."""
    judgement = queries.judged(conclusion, at=timezone.now())
    agreed = intended(conclusion, today)
    planned, refusals = list[ledger.Posting](), list[Any]()
    try:
        planned = ledger.foreseen(agreed)
    except Refused as refused:
        refusals = list(refused.refusals)
    facts = queries.Facts(conclusion, today)
    where = conclusion.programme, conclusion.year, conclusion.ags
    agreed_cents = books.agreed_cents(*where)
    return {
        "conclusion": conclusion,
        "judgement": judgement,
        "exemplars": exemplars(conclusion),
        "is_on_paper": conclusion.way == Way.PAPER,
        "signed": queries.counting(conclusion, queries.signatures(conclusion)),
        "missing": [*missing(facts), *(judgement.reasons if judgement else ())],
        "allocated_cents": facts.allocated_cents,
        "allocated_after_cents": facts.allocated_cents - conclusion.amount_cents,
        "agreed_cents": agreed_cents,
        "agreed_after_cents": agreed_cents + conclusion.amount_cents,
        "moves": effects.moves((one.source, one.target, one.amount_cents) for one in planned),
        "said": [*effects.said_of(planned, agreed), Said(BOOKED_ON, {"day": agreed.value_date})],
        "refusals": refusals,
    }


BOOKED_ON = msg("Gebucht wird zum {day}, dem Tag der letzten Unterschrift.")
