"""The verbs of the books, and what they book."""

from zielwerk.ledger.actions.agreeing import record_agreed
from zielwerk.ledger.actions.booking import (
    DECIDED_BY_TWO,
    hold,
    insert,
    post,
    reach,
    record_fact,
    record_facts,
    record_opening,
    reverse,
    why_not_reversed,
)
from zielwerk.ledger.actions.postings import Agreed, Posting, following, planned
from zielwerk.ledger.actions.reversing import reverse_case, why_no_reversal

__all__ = [
    "DECIDED_BY_TWO",
    "Agreed",
    "Posting",
    "following",
    "hold",
    "insert",
    "planned",
    "post",
    "reach",
    "record_agreed",
    "record_fact",
    "record_facts",
    "record_opening",
    "reverse",
    "reverse_case",
    "why_no_reversal",
    "why_not_reversed",
]
