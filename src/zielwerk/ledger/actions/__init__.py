"""The verbs of the books, and what they book."""

from zielwerk.ledger.actions.agreeing import record_agreed
from zielwerk.ledger.actions.amending import Changed, record_changed
from zielwerk.ledger.actions.booking import (
    hold,
    insert,
    post,
    reach,
    record_fact,
    record_facts,
    record_opening,
)
from zielwerk.ledger.actions.foreseeing import foreseen
from zielwerk.ledger.actions.granting import Grant, record_granted
from zielwerk.ledger.actions.postings import Agreed, DrawsFirst, Posting, planned
from zielwerk.ledger.actions.reversing import reverse_case, why_no_reversal
from zielwerk.ledger.actions.spreading import following, moved

__all__ = [
    "Agreed",
    "Changed",
    "DrawsFirst",
    "Grant",
    "Posting",
    "following",
    "foreseen",
    "hold",
    "insert",
    "moved",
    "planned",
    "post",
    "reach",
    "record_agreed",
    "record_changed",
    "record_fact",
    "record_facts",
    "record_granted",
    "record_opening",
    "reverse_case",
    "why_no_reversal",
]
