"""What a draft adds to its file: versions, proposals, comments, answers to the checks.

An internal comment comes through the one query that gives a side its own, here as on the page.
"""

from collections.abc import Iterator
from datetime import date, datetime

from zielwerk.core.case_files import Entry, Filed, Sort
from zielwerk.core.permissions import Actor
from zielwerk.negotiation import queries
from zielwerk.negotiation.models import DraftDocument, Origin, Proposal, SharedComment
from zielwerk.rulebook.lifecycle import Label
from zielwerk.rulebook.proposals import PROPOSAL_LABELS, Channel
from zielwerk.rulebook.refusal import Said, msg

VERSION = msg("Fassung {number}: {origin}. Prüfsumme {digest}")
PROPOSED = msg("Vorschlag {number} zu {place}: {state}")
DECIDED = msg("Vorschlag {number} zu {place} entschieden: {state}")
SHARED = msg("Kommentar für beide Seiten zu {place}")
INTERNAL = msg("Interner Kommentar der eigenen Seite zu {place}")
ANSWERED = msg("Antwort zur Prüfung: {question}")
TOLD, SAID = msg("gesagt"), msg("geschrieben")


def filed(user: Actor, draft: DraftDocument) -> Filed:
    """All that both sides said, and what the person's own side said among themselves."""
    entries = (
        *_versions(draft),
        *_proposals(draft),
        *_comments(user, draft),
        *_answers(draft),
    )
    return Filed(entries)


def _versions(draft: DraftDocument) -> Iterator[Entry]:
    for each in queries.versions(draft).defer("content"):
        origin = Label(Origin(each.origin).label)
        values = {"number": each.number, "origin": origin, "digest": each.digest}
        said = Said(VERSION, values)
        yield Entry(each.made_at, msg("Fassung entstanden"), Sort.PAPER, said, each.made_by)


def _proposals(draft: DraftDocument) -> Iterator[Entry]:
    for each in queries.proposals(draft).defer("change", "before"):
        state = Label(PROPOSAL_LABELS[each.state])
        values = {"number": each.number, "place": each.label, "state": state}
        at, named, by = _told(each)
        words = (each.words_before, each.words_after, each.reason)
        yield Entry(at, named, Sort.QUESTION, Said(PROPOSED, values), by, words)
        if decided_at := each.decided_at:
            said, by = Said(DECIDED, values), each.decided_by
            answer = (each.answer,)
            yield Entry(decided_at, msg("entschieden"), Sort.DECISION, said, by, answer)


def _comments(user: Actor, draft: DraftDocument) -> Iterator[Entry]:
    for shared in queries.shared_comments(draft):
        at, named, by = _told(shared)
        said = Said(SHARED, {"place": shared.label})
        yield Entry(at, named, Sort.QUESTION, said, by, (shared.text,))
    for own in queries.internal_comments(user, draft):
        said = Said(INTERNAL, {"place": own.label})
        words = (own.text,)
        yield Entry(own.at, SAID, Sort.QUESTION, said, own.by, words, is_internal=True)


def _answers(draft: DraftDocument) -> Iterator[Entry]:
    for each in queries.all_answers(draft):
        said = Said(ANSWERED, {"question": each.sentence})
        yield Entry(each.at, msg("beantwortet"), Sort.QUESTION, said, each.by, (each.answer,))


def _told(each: Proposal | SharedComment) -> tuple[datetime | date, str, str]:
    """When it was said, what that day is, and who entered it: also what was told elsewhere."""
    if each.channel == Channel.HERE or not each.told_on:
        return each.at, SAID, each.by
    return each.told_on, TOLD, each.by
