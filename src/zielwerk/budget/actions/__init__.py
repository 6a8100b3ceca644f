"""The verbs of the budget: enact, block, cut, supplement, consume, close a year."""

from zielwerk.budget.actions.budget import (
    Authority,
    Consent,
    Consumption,
    authorise,
    block,
    close_year,
    consume,
    cut,
    enact,
    estimate,
    provide_provisionally,
    release,
    supplement,
    why_not_closed,
)
from zielwerk.budget.actions.lines import Entry, Line
from zielwerk.budget.actions.rehearsal import digest_of, rehearse

__all__ = [
    "Authority",
    "Consent",
    "Consumption",
    "Entry",
    "Line",
    "authorise",
    "block",
    "close_year",
    "consume",
    "cut",
    "digest_of",
    "enact",
    "estimate",
    "provide_provisionally",
    "rehearse",
    "release",
    "supplement",
    "why_not_closed",
]
