"""Reads of the books, and the proof that they are true."""

from zielwerk.ledger.queries.accounts import (
    accounts,
    allocated_for_purposes,
    allocation_stands,
    balances,
    came_in,
    came_in_by,
    is_part_of_more,
    locked,
    narrowed,
    standing,
)
from zielwerk.ledger.queries.selection import EVERYTHING, NONE, Selection
from zielwerk.ledger.queries.standings import (
    BookTable,
    Group,
    Standing,
    balance,
    dimension_values,
    places,
    tables,
)
from zielwerk.ledger.queries.transfers import NetFlow, flows, transfer, transfers
from zielwerk.ledger.queries.truth import INVARIANTS, extent, faults

__all__ = [
    "EVERYTHING",
    "INVARIANTS",
    "NONE",
    "BookTable",
    "Group",
    "NetFlow",
    "Selection",
    "Standing",
    "accounts",
    "allocated_for_purposes",
    "allocation_stands",
    "balance",
    "balances",
    "came_in",
    "came_in_by",
    "dimension_values",
    "extent",
    "faults",
    "flows",
    "is_part_of_more",
    "locked",
    "narrowed",
    "places",
    "standing",
    "tables",
    "transfer",
    "transfers",
]
