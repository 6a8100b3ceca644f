"""Proposals about a draft: what becomes of them, how they came, which of them conflict."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from zielwerk.rulebook.refusal import msg


class ProposalState(StrEnum):
    """What became of a proposal."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    OVERTAKEN = "overtaken"


PROPOSAL_LABELS: Mapping[str, str] = {
    ProposalState.OPEN: msg("offen"),
    ProposalState.ACCEPTED: msg("angenommen"),
    ProposalState.REJECTED: msg("abgelehnt"),
    ProposalState.WITHDRAWN: msg("zurückgezogen"),
    ProposalState.OVERTAKEN: msg("überholt"),
}


class Channel(StrEnum):
    """How a move came: here, or told elsewhere and noted here."""

    HERE = "here"
    TELEPHONE = "telephone"
    MAIL = "mail"
    LETTER = "letter"
    MEETING = "meeting"


CHANNELS: Mapping[str, str] = {
    Channel.HERE: msg("hier"),
    Channel.TELEPHONE: msg("am Telefon"),
    Channel.MAIL: msg("per E-Mail"),
    Channel.LETTER: msg("per Brief"),
    Channel.MEETING: msg("im Gespräch"),
}


@dataclass(frozen=True)
class Open:
    """An open proposal as the conflict rules look at it: its number and the nodes it changes."""

    number: int
    nodes: frozenset[str]


def conflicts(proposals: Iterable[Open]) -> dict[int, tuple[int, ...]]:
    """For each open proposal the others that change one of its nodes: a person chooses.

    A proposal about a whole clause meets those about its paragraphs.
    """
    known = list(proposals)
    found = {
        one.number: tuple(
            other.number for other in known if other is not one and _meet(one.nodes, other.nodes)
        )
        for one in known
    }
    return {number: others for number, others in found.items() if others}


def _meet(one: frozenset[str], other: frozenset[str]) -> bool:
    if one & other:
        return True
    pairs = ((a, b) for a in one for b in other)
    return any(a.startswith(f"{b}/") or b.startswith(f"{a}/") for a, b in pairs)
