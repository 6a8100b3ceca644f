"""What a scenario adds to its file: the data set that it rests on."""

from zielwerk.allocation.models import Scenario
from zielwerk.core.case_files import Entry, Filed, Sort
from zielwerk.core.permissions import Actor
from zielwerk.documents import queries as documents
from zielwerk.documents.panels import paper
from zielwerk.rulebook.refusal import Said, msg

DATA = msg("Datenstand: {source}, Stichtag {day}")


def filed(user: Actor, scenario: Scenario) -> Filed:
    """When its data were entered, with the file that they came from where there is one."""
    data = scenario.data
    if data is None:
        return Filed()
    file = documents.named(data.file_id)
    said = Said(DATA, {"source": data.source, "day": data.reference_date})
    kept = paper(file, msg("Datenstand")) if file else None
    at, by = data.entered_at, data.entered_by
    return Filed((Entry(at, msg("eingetragen"), Sort.PAPER, said, by, paper=kept),))
