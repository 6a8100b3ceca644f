"""The verbs of the programme: keep rules, enter parties."""

from zielwerk.programme.actions.parties import NewParty, NewRelation, enter_party
from zielwerk.programme.actions.rules import keep_rules

__all__ = ["NewParty", "NewRelation", "enter_party", "keep_rules"]
