"""What pages show of drafts."""

from zielwerk.negotiation.panels.amended import Amended, OfAgreement, amended, of_agreement
from zielwerk.negotiation.panels.chain import chain
from zielwerk.negotiation.panels.lists import DRAFTS
from zielwerk.negotiation.panels.planned import PARTS
from zielwerk.negotiation.panels.proposals import Card, cards, passage
from zielwerk.negotiation.panels.recalling import RECALLING
from zielwerk.negotiation.panels.standing import BODY_PARTS
from zielwerk.negotiation.panels.text import (
    label_of,
    place_url,
    runs,
    sections,
    value_places,
)
from zielwerk.negotiation.panels.turns import own_side, side_name, turn_line

__all__ = [
    "BODY_PARTS",
    "DRAFTS",
    "PARTS",
    "RECALLING",
    "Amended",
    "Card",
    "OfAgreement",
    "amended",
    "cards",
    "chain",
    "label_of",
    "of_agreement",
    "own_side",
    "passage",
    "place_url",
    "runs",
    "sections",
    "side_name",
    "turn_line",
    "value_places",
]
