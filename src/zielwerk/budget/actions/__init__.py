"""The verbs of the budget: enact, block, cut, supplement, consume, redeem, close a year."""

from zielwerk.budget.actions.authority import (
    Authority,
    Consumption,
    Redemption,
    authorise,
    consume,
    redeem_from,
)
from zielwerk.budget.actions.budget import enact, estimate, provide_provisionally, supplement
from zielwerk.budget.actions.closing import close_year, why_not_closed
from zielwerk.budget.actions.correcting import (
    Mistake,
    ask_for_correction,
    confirm,
    facts_of,
    reject,
    why_not_corrected,
    withdraw,
)
from zielwerk.budget.actions.foreseeing import (
    Consent,
    Foreseen,
    LineEnd,
    Promise,
    foreseen_closing,
    promises,
)
from zielwerk.budget.actions.lines import Entry, line_of
from zielwerk.budget.actions.rehearsal import digest_of, rehearse
from zielwerk.budget.actions.taking import (
    block,
    block_authority,
    cut,
    cut_authority,
    release,
    release_authority,
)
from zielwerk.budget.queries import Line

__all__ = [
    "Authority",
    "Consent",
    "Consumption",
    "Entry",
    "Foreseen",
    "Line",
    "LineEnd",
    "Mistake",
    "Promise",
    "Redemption",
    "ask_for_correction",
    "authorise",
    "block",
    "block_authority",
    "close_year",
    "confirm",
    "consume",
    "cut",
    "cut_authority",
    "digest_of",
    "enact",
    "estimate",
    "facts_of",
    "foreseen_closing",
    "line_of",
    "promises",
    "provide_provisionally",
    "redeem_from",
    "rehearse",
    "reject",
    "release",
    "release_authority",
    "supplement",
    "why_not_closed",
    "why_not_corrected",
    "withdraw",
]
