"""The verbs of the programme: keep rules, release the rules of a year, enter parties."""

from zielwerk.programme.actions.parties import NewParty, NewRelation, enter_party
from zielwerk.programme.actions.releases import (
    NewRelease,
    adopt_years,
    between,
    propose_release,
    release,
    send_back,
    withdraw,
    year_before,
)
from zielwerk.programme.actions.rules import keep_rules

__all__ = [
    "NewParty",
    "NewRelation",
    "NewRelease",
    "adopt_years",
    "between",
    "enter_party",
    "keep_rules",
    "propose_release",
    "release",
    "send_back",
    "withdraw",
    "year_before",
]
