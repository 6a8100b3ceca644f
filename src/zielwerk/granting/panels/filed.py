"""What a notice or an act adds to its file: the document, and what happened with it; and from when
the file is kept.
"""

from datetime import date

from django.utils.timezone import localdate

from zielwerk.core.case_files import Closing, Entry, Filed, Sort
from zielwerk.core.keeping import CLOSED
from zielwerk.core.permissions import Actor
from zielwerk.documents.panels import paper
from zielwerk.granting import queries
from zielwerk.granting.models import Issuing
from zielwerk.language import translate
from zielwerk.rulebook.grant.course import GrantState
from zielwerk.rulebook.grant.delivery import REMEDIES, WAYS
from zielwerk.rulebook.grant.events import EVENTS
from zielwerk.rulebook.lifecycle import Label
from zielwerk.rulebook.refusal import Said, msg

ISSUED = msg("Bescheid: {name}")
HAPPENED = msg("{event} am {day}")
TAKEN_BACK = msg("{event}: zurückgenommen")
DOCUMENT = msg("Bescheid")


PROVED = msg("Ende des Jahres, in dem die letzte Verwendung nachzuweisen ist (angenommen)")


def kept_from(case: Issuing) -> Closing:
    """With the notice the file only begins: its time counts once the last use is to be proved.

    That is the year after the last budget year that it grants or changes something in. What
    grants nothing is over with the day on which it was issued, a draft with that of giving it up.
    """
    if years := _budget_years(case):
        return Closing(date(max(years) + 1, 12, 31), PROVED)
    is_given_up = case.state == GrantState.DISCARDED
    return Closing(localdate(case.state_since) if is_given_up else case.issued_on, CLOSED)


def _budget_years(case: Issuing) -> set[int]:
    content = case.content or {}
    return {int(year) for year in content.get("by_year", ())} | {
        int(each["year"]) for each in content.get("changes", ())
    }


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
