"""What a notice or an act adds to its file: the document, and what happened with it."""

from zielwerk.core.case_files import Entry, Filed, Sort
from zielwerk.core.permissions import Actor
from zielwerk.documents.panels import paper
from zielwerk.granting import queries
from zielwerk.granting.models import Issuing
from zielwerk.language import translate
from zielwerk.rulebook.grant.delivery import REMEDIES, WAYS
from zielwerk.rulebook.grant.events import EVENTS
from zielwerk.rulebook.lifecycle import Label
from zielwerk.rulebook.refusal import Said, msg

ISSUED = msg("Bescheid: {name}")
HAPPENED = msg("{event} am {day}")
TAKEN_BACK = msg("{event}: zurückgenommen")
DOCUMENT = msg("Bescheid")


def filed(user: Actor, case: Issuing) -> Filed:
    """The document, and each event as it was entered."""
    entries = []
    if case.document and case.issued_at:
        said, kept = Said(ISSUED, {"name": case.document.name}), paper(case.document, DOCUMENT)
        by, named = case.issued_by, msg("erlassen")
        entries.append(Entry(case.issued_at, named, Sort.PAPER, said, by, paper=kept))
    for each in queries.events_of(case):
        params: dict[str, object] = {"event": Label(EVENTS[each.kind])}
        said = Said(HAPPENED, {**params, "day": each.day}) if each.day else Said(TAKEN_BACK, params)
        how = [WAYS.get(each.way, ""), REMEDIES.get(each.remedy, ""), each.note]
        words = tuple(translate(word) for word in how if word)
        entries.append(
            Entry(each.entered_at, msg("eingetragen"), Sort.DECISION, said, each.entered_by, words)
        )
    return Filed(tuple(entries))
