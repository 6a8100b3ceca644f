"""Reads of the books, and the proof that they are true."""

from zielwerk.ledger.queries.accounts import (
    account_balances,
    accounts,
    agreed_cents,
    allocated_for_purposes,
    balances,
    booked_alike,
    came_in,
    came_in_by,
    concluded_cents,
    is_anything_allocated,
    is_part_of_more,
    locked,
    narrowed,
)
from zielwerk.ledger.queries.place_balances import (
    BookTable,
    Group,
    PlaceBalance,
    balance,
    dimension_values,
    places,
    tables,
)
from zielwerk.ledger.queries.selection import EVERYTHING, NONE, Selection
from zielwerk.ledger.queries.transfers import NetFlow, flows, touching, transfer, transfers
from zielwerk.ledger.queries.truth import INVARIANTS, extent, faults

__all__ = [
    "EVERYTHING",
    "INVARIANTS",
    "NONE",
    "BookTable",
    "Group",
    "NetFlow",
    "PlaceBalance",
    "Selection",
    "account_balances",
    "accounts",
    "agreed_cents",
    "allocated_for_purposes",
    "balance",
    "balances",
    "booked_alike",
    "came_in",
    "came_in_by",
    "concluded_cents",
    "dimension_values",
    "extent",
    "faults",
    "flows",
    "is_anything_allocated",
    "is_part_of_more",
    "locked",
    "narrowed",
    "places",
    "tables",
    "touching",
    "transfer",
    "transfers",
]
