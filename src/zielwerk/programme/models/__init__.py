"""Tables of the programme: rules as used, releases of years, parties."""

from zielwerk.core.guards import append_only
from zielwerk.programme.models.parties import Party, PartyRelation
from zielwerk.programme.models.releases import RELEASE_RACES, AdoptedYear, YearRelease
from zielwerk.programme.models.rules import RuleVersion
from zielwerk.rulebook.refusal import Refusal, msg

__all__ = ["AdoptedYear", "Party", "PartyRelation", "RuleVersion", "YearRelease"]

GUARDS = append_only("programme_ruleversion")
PARTY_KNOWN = Refusal(
    "programme.party_known", msg("Diesen Beteiligten gibt es schon unter diesem Namen.")
)
RELATION_KNOWN = Refusal("programme.relation_known", msg("Diese Beziehung ist schon eingetragen."))
RACES = {
    "party_once": PARTY_KNOWN,
    "programme_party.programme": PARTY_KNOWN,
    "relation_once": RELATION_KNOWN,
    "programme_partyrelation.party_id": RELATION_KNOWN,
    **RELEASE_RACES,
}
