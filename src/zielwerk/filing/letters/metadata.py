"""The metadata of a file as XML, modelled after xdomea 3; it is not xdomea, and says so.

Names and order follow the model (Akte, Vorgang, Dokument; Kennzeichen, Betreff, Laufzeit,
Aufbewahrung, Aussonderungsart); namespace and form are our own, described in
``docs/handbook/akte.md``.
"""

import re
from collections.abc import Mapping
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from django.utils.timezone import localtime

from zielwerk import __version__
from zielwerk.core import installation
from zielwerk.core.case_files import SORTS, Paper
from zielwerk.filing.models import ArchiveOffer
from zielwerk.filing.queries import CaseFile, Row, files
from zielwerk.language import sentence, translate
from zielwerk.packs import loading as packs

NAMESPACE = "urn:zielwerk:vorgangsakte:1"
# As the field is coded there: to be assessed, of archival value, to be destroyed.
TO_ASSESS, ARCHIVE, DESTROY = "B", "A", "V"
DISPOSALS: Mapping[str, str] = {
    ArchiveOffer.Answer.TAKEN: ARCHIVE,
    ArchiveOffer.Answer.DECLINED: DESTROY,
}
# What XML 1.0 cannot hold.
_UNSPEAKABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def metadata(file: CaseFile, names: dict[str, str]) -> bytes:
    """The XML of a file; ``names`` are those of its files in the ZIP file, by checksum."""
    case = file.case
    root = Element("Vorgangsakte", {"xmlns": NAMESPACE})
    head = SubElement(root, "Kopf")
    _add(head, "Erzeuger", f"Zielwerk {__version__}")
    _add(head, "Stand", file.as_of.isoformat())
    _add(head, "Hinweis", "nach dem Vorbild von xdomea 3, ohne Anspruch auf Konformität")
    if line := installation.line():
        _add(head, "Kennzeichnung", line)
    folder = SubElement(root, "Akte")
    programme = packs.programme(case.programme)
    _general(folder, f"{case.programme}-{case.year}", f"{programme.name} {case.year}")
    process = SubElement(folder, "Vorgang")
    _add(process, "ID", f"{case.seal_name}:{case.pk}")
    _general(process, case.file_number, f"{translate(file.kind.label)} {case.file_number}")
    _add(process, "Vorgangsart", translate(file.kind.label))
    _add(process, "Bearbeitungsstand", translate(case.state_label))
    span = SubElement(process, "Laufzeit")
    _add(span, "Beginn", file.begins.isoformat())
    if file.ends:
        _add(span, "Ende", file.ends.isoformat())
    _archive(process, file)
    for row, paper in files(file.rows):
        _document(process, row, paper, names[paper.sha256])
    log = SubElement(process, "Verlauf")
    for row in file.rows:
        _entry(log, row)
    indent(root)
    text: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def _general(parent: Element, number: str, subject: str) -> None:
    general = SubElement(parent, "AllgemeineMetadaten")
    _add(general, "Kennzeichen", number)
    _add(general, "Betreff", subject)


def _archive(parent: Element, file: CaseFile) -> None:
    keeping, offer = file.keeping, file.offer
    archive = SubElement(parent, "ArchivspezifischeMetadaten")
    answer = offer.answer if offer else ""
    _add(archive, "Aussonderungsart", DISPOSALS.get(answer, TO_ASSESS))
    if keeping.years is not None:
        _add(archive, "Aufbewahrungsdauer", str(keeping.years))
        basis = _add(archive, "Aufbewahrungsgrundlage", keeping.basis)
        basis.set("angenommen", "ja" if keeping.is_assumed else "nein")
    if keeping.until:
        _add(archive, "AufbewahrungBis", keeping.until.isoformat())
    if offer:
        _add(archive, "Angeboten", localtime(offer.offered_at).date().isoformat())


def _document(parent: Element, row: Row, paper: Paper, name: str) -> None:
    document = SubElement(parent, "Dokument")
    _add(document, "ID", paper.sha256)
    _general(document, str(row.number), sentence(row.entry.what))
    _add(document, "Stand", translate(paper.state))
    day = _add(document, "Datum", row.day.isoformat())
    day.set("bedeutet", _clean(translate(row.entry.named)))
    shape = SubElement(SubElement(document, "Version"), "Format")
    _add(shape, "Medientyp", paper.media_type)
    primary = SubElement(shape, "Primaerdokument")
    _add(primary, "Dateiname", name)
    _add(primary, "DateinameUrspruenglich", paper.name)
    _add(primary, "Groesse", str(paper.size))
    digest = _add(primary, "Pruefsumme", paper.sha256)
    digest.set("verfahren", "SHA-256")


def _entry(parent: Element, row: Row) -> None:
    entry = row.entry
    found = SubElement(parent, "Eintrag", {"nummer": str(row.number)})
    _add(found, "Art", translate(SORTS[entry.sort]))
    at = row.moment.isoformat() if row.moment else row.day.isoformat()
    day = _add(found, "Datum", at)
    day.set("bedeutet", _clean(translate(entry.named)))
    _add(found, "Betreff", sentence(entry.what))
    for words in row.words:
        _add(found, "Text", words)
    if row.who:
        _add(found, "Akteur", row.who)
    if entry.basis:
        _add(found, "Grundlage", translate(entry.basis))
    if entry.is_internal:
        _add(found, "Intern", "ja")
    if entry.paper:
        _add(found, "DokumentID", entry.paper.sha256)


def _add(parent: Element, name: str, words: str) -> Element:
    element = SubElement(parent, name)
    element.text = _clean(words)
    return element


def _clean(words: str) -> str:
    return _UNSPEAKABLE.sub("\ufffd", words)
