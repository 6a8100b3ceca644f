"""Tables of the ledger, and the guards that keep them true."""

from zielwerk.ledger.models.flows import FlowDay, FlowMonth
from zielwerk.ledger.models.guards import GUARDS, RACES
from zielwerk.ledger.models.tables import (
    COUNTER_PLACES,
    PLACES,
    Account,
    AccountDay,
    AccountKey,
    Book,
    EntryCode,
    Place,
    Transfer,
)

__all__ = [
    "COUNTER_PLACES",
    "GUARDS",
    "PLACES",
    "RACES",
    "Account",
    "AccountDay",
    "AccountKey",
    "Book",
    "EntryCode",
    "FlowDay",
    "FlowMonth",
    "Place",
    "Transfer",
]
