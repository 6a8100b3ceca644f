"""Where an application stands on its way to money, and who owes the next move.

Practice of this software; no law says it. Days are told of organisations, never of officials.
"""

from collections.abc import Mapping
from enum import StrEnum

from zielwerk.rulebook.refusal import msg


class Waits(StrEnum):
    """What an application waits for, in the order of its way."""

    WRITING = "writing"
    ANSWER = "answer"
    EXAMINATION = "examination"
    DRAFT = "draft"
    ISSUE = "issue"
    SENDING = "sending"
    REMEDY = "remedy"
    NOTHING = "nothing"


WAITS: Mapping[str, str] = {
    Waits.WRITING: msg("Antrag wird geschrieben"),
    Waits.ANSWER: msg("Antwort auf eine Frage"),
    Waits.EXAMINATION: msg("Prüfung des Antrags"),
    Waits.DRAFT: msg("Entwurf des Bescheids"),
    Waits.ISSUE: msg("Erlass des Bescheids"),
    Waits.SENDING: msg("Absendung des Bescheids"),
    Waits.REMEDY: msg("Bescheid ist abgesandt"),
    Waits.NOTHING: msg("wird nicht mehr verfolgt"),
}
BODY, AUTHORITY, NOBODY = "body", "authority", "nobody"
OWES: Mapping[str, str] = {
    AUTHORITY: msg("Bewilligungsbehörde"),
    BODY: msg("Gebietskörperschaft"),
    NOBODY: msg("niemand"),
}
"""Who owes the move; where the programme lets another side take a stage, its page says so."""
OF_BODY = frozenset({Waits.WRITING, Waits.ANSWER})
OF_NOBODY = frozenset({Waits.REMEDY, Waits.NOTHING})
