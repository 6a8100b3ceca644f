"""Tables of the programme: rules as used, needs, scenarios, allocations, moves, parties."""

from zielwerk.core.guards import append_only
from zielwerk.programme.models.adjustment import Adjustment
from zielwerk.programme.models.imports import TableImport
from zielwerk.programme.models.needs import IndicatorData
from zielwerk.programme.models.parties import Party, PartyRelation
from zielwerk.programme.models.rules import RuleVersion
from zielwerk.programme.models.scenario import BodyAllocation, Scenario
from zielwerk.rulebook.refusal import Refusal, msg

__all__ = [
    "Adjustment",
    "BodyAllocation",
    "IndicatorData",
    "Party",
    "PartyRelation",
    "RuleVersion",
    "Scenario",
    "TableImport",
]

GUARDS = (
    *append_only("programme_ruleversion"),
    *append_only("programme_indicatordata"),
    *append_only("programme_bodyallocation"),
)
SAME_PERSON = Refusal(
    "programme.four_eyes",
    msg("Vorgelegt und entschieden wird von zwei verschiedenen Personen."),
)
RACES = {
    "scenario_four_eyes": SAME_PERSON,
    "adjustment_four_eyes": SAME_PERSON,
    "party_once": Refusal(
        "programme.party_known", msg("Diesen Beteiligten gibt es schon unter diesem Namen.")
    ),
    "programme_party.programme": Refusal(
        "programme.party_known", msg("Diesen Beteiligten gibt es schon unter diesem Namen.")
    ),
    "relation_once": Refusal(
        "programme.relation_known", msg("Diese Beziehung ist schon eingetragen.")
    ),
    "programme_partyrelation.party_id": Refusal(
        "programme.relation_known", msg("Diese Beziehung ist schon eingetragen.")
    ),
}
