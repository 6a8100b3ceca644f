"""What a conclusion adds to its file: signatures, resolutions, the copies that were signed."""

from collections.abc import Iterator

from django.utils.timezone import localdate

from zielwerk.conclusion import queries
from zielwerk.conclusion.models import Conclusion, PreparedFile, Resolution, Signature, SignedFile
from zielwerk.core.case_files import Entry, Filed, Sort
from zielwerk.core.permissions import Actor
from zielwerk.documents.panels import paper
from zielwerk.rulebook.refusal import Said, msg

SIGNED = msg("Unterschrift: {name}, {office}. Eingetragen am {day}.")
STRUCK = msg("Gestrichen: die Unterschrift von {name}, {office}.")
RESOLVED = msg("Beschluss: {organ}, Nummer {number}. Eingetragen am {day}.")
PREPARED = msg("Datei zum Unterschreiben: {name}")
CAME = msg("Unterschriebenes Exemplar: {name}")
COMPARED = msg("Mit der gebilligten Fassung verglichen: {name}")
JUDGED = msg("Unterschriften in der Datei geprüft: {name}")
KEPT = msg("unterschriebenes Exemplar")


def filed(user: Actor, conclusion: Conclusion) -> Filed:
    """All of it, as both sides see it on the page; the money of what was concluded."""
    record = conclusion.agreement
    entries = (
        *_signatures(conclusion),
        *_resolutions(conclusion),
        *_files(conclusion),
        *_verdicts(conclusion),
    )
    return Filed(entries, (record.file_number,) if record else ())


def _signatures(conclusion: Conclusion) -> Iterator[Entry]:
    for each in queries.signatures(conclusion):
        said = Said(SIGNED, {"name": each.name, "office": each.office, "day": _day(each)})
        by = each.entered_by
        yield Entry(each.signed_on, msg("unterschrieben"), Sort.DECISION, said, by)
        if strike := getattr(each, "strike", None):
            said = Said(STRUCK, {"name": each.name, "office": each.office})
            words = (strike.reason,)
            at, by = strike.struck_at, strike.struck_by
            yield Entry(at, msg("gestrichen"), Sort.DECISION, said, by, words)


def _resolutions(conclusion: Conclusion) -> Iterator[Entry]:
    for each in Resolution.objects.filter(conclusion=conclusion):
        said = Said(RESOLVED, {"organ": each.organ, "number": each.number, "day": _day(each)})
        yield Entry(each.resolved_on, msg("beschlossen"), Sort.DECISION, said, each.entered_by)


def _files(conclusion: Conclusion) -> Iterator[Entry]:
    rows = PreparedFile.objects.filter(conclusion=conclusion)
    for ready in rows.select_related("file").defer("file__content"):
        said = Said(PREPARED, {"name": ready.file.name})
        kept = paper(ready.file, msg("vorbereitete Datei"))
        yield Entry(ready.prepared_at, msg("vorbereitet"), Sort.PAPER, said, paper=kept)
    signed = SignedFile.objects.filter(conclusion=conclusion).select_related("file", "comparison")
    for each in signed.defer("file__content").order_by("pk"):
        said = Said(CAME, {"name": each.name})
        kept = paper(each.file, KEPT, each.name)
        at, by = each.entered_at, each.entered_by
        yield Entry(at, msg("eingegangen"), Sort.PAPER, said, by, paper=kept)
        if found := getattr(each, "comparison", None):
            said = Said(COMPARED, {"name": each.name})
            at, by, words = found.entered_at, found.entered_by, (found.reason,)
            yield Entry(at, msg("verglichen"), Sort.QUESTION, said, by, words)


def _verdicts(conclusion: Conclusion) -> Iterator[Entry]:
    rows = conclusion.signatureverdicts.select_related("file").defer("file__content")
    for each in rows.order_by("pk"):
        said = Said(JUDGED, {"name": each.file.name})
        kept = paper(each.file, KEPT)
        at, by = each.entered_at, each.entered_by
        yield Entry(at, msg("geprüft"), Sort.QUESTION, said, by, paper=kept)


def _day(each: Signature | Resolution) -> object:
    return localdate(each.entered_at)
