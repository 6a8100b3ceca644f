"""What concluding does, for the second person who is to decide."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils import timezone

from zielwerk.agreements.panels import effects
from zielwerk.conclusion import queries
from zielwerk.conclusion.actions import intended
from zielwerk.conclusion.models import Conclusion
from zielwerk.conclusion.panels.exemplars import exemplars
from zielwerk.drafting.amending import changes
from zielwerk.ledger import actions as ledger
from zielwerk.ledger import queries as books
from zielwerk.ledger.models import Book, Place
from zielwerk.negotiation import queries as negotiation
from zielwerk.rulebook.conclusion import missing
from zielwerk.rulebook.redline import Change
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
    after = agreed.after if isinstance(agreed, ledger.Changed) else agreed
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
        "changes": _changed(conclusion) if facts.is_change else (),
        "allocated_after_cents": facts.allocated_cents + _more(planned, Place.ALLOCATED),
        "agreed_cents": agreed_cents,
        "agreed_after_cents": agreed_cents + _more(planned, Place.AGREED),
        "moves": effects.moves((one.source, one.target, one.amount_cents) for one in planned),
        "said": [*effects.said_of(planned, after), Said(BOOKED_ON, {"day": after.value_date})],
        "refusals": refusals,
    }


def _changed(conclusion: Conclusion) -> list[Change]:
    """What a change does to the text that holds: its first version is the copy of that."""
    first = negotiation.version(conclusion.draft, 1).document
    return changes(first, queries.draft_text(conclusion))


def _more(planned: Iterable[ledger.Posting], place: Place) -> int:
    """By how much a place of the planning book grows, below zero shrinks."""
    planning = [one for one in planned if one.source.book == Book.PLANNING]
    came = sum(one.amount_cents for one in planning if one.target.place == place)
    return came - sum(one.amount_cents for one in planning if one.source.place == place)


BOOKED_ON = msg("Gebucht wird zum {day}, dem Tag der letzten Unterschrift.")
