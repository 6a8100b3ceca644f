"""What a pass-on adds to its file: document, papers and stands, as far as one may read them."""

from zielwerk.core.case_files import Entry, Filed, Sort
from zielwerk.core.permissions import Actor
from zielwerk.documents.panels import paper
from zielwerk.passing import queries
from zielwerk.passing.models import PassOn, ProviderPaper, Spent
from zielwerk.rulebook.lifecycle import Label
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.refusal import Said, msg

IN_FORCE = msg("In Kraft: {name}")
DOCUMENT = msg("Weiterleitung")
SPENT = msg("Verausgabt {year} bis {day}: {amount}")
SPENT_GONE = msg("Stand {year} gilt nicht mehr")
CAME = msg("Unterlage: {paper}")
GONE = msg("Unterlage gestrichen: {paper}")
KEPT = msg("Unterlage des Trägers")
ENTERED = msg("eingetragen")


def filed(user: Actor, case: PassOn) -> Filed:
    """The document and each entry, as the person may read them."""
    may_read = queries.may_read(user, case)
    entries = []
    if case.document and case.concluded_at and may_read:
        said, kept = Said(IN_FORCE, {"name": case.document.name}), paper(case.document, DOCUMENT)
        by, named = case.concluded_by, msg("in Kraft gesetzt")
        entries.append(Entry(case.concluded_at, named, Sort.PAPER, said, by, paper=kept))
    for row in Spent.objects.filter(pass_on=case.first_pk).order_by("pk"):
        words = (str(row.note),) if row.note else ()
        entries.append(
            Entry(row.entered_at, ENTERED, Sort.DECISION, _spent(row), row.entered_by, words)
        )
    if may_read:
        entries += _papers(case)
    return Filed(tuple(entries))


def _spent(row: Spent) -> Said:
    year = str(row.budget_year)
    if row.cents is None:
        return Said(SPENT_GONE, {"year": year})
    return Said(SPENT, {"year": year, "day": row.day, "amount": Cents(row.cents)})


def _papers(case: PassOn) -> list[Entry]:
    way = queries.way_of(case)
    labels = {each.code: each.label for each in way.papers} if way else {}
    rows = ProviderPaper.objects.filter(pass_on=case.first_pk).select_related("file")
    return [
        Entry(
            row.entered_at,
            ENTERED,
            Sort.PAPER if row.file else Sort.DECISION,
            Said(CAME if row.is_there else GONE, {"paper": Label(labels.get(row.code, row.code))}),
            row.entered_by,
            paper=paper(row.file, KEPT, str(row.name)) if row.file else None,
        )
        for row in rows.order_by("pk")
    ]
