"""The text to be signed as a document to print, with a place for each signature, and as data."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.utils.timezone import localdate

from zielwerk.conclusion import queries
from zielwerk.conclusion.models import Conclusion, Signature, SignedFile
from zielwerk.documents import queries as documents
from zielwerk.language import sentence, translate, value_text
from zielwerk.negotiation import letters as negotiation
from zielwerk.negotiation import queries as drafts
from zielwerk.packs import loading as packs
from zielwerk.rulebook.alphabet import hyphenated
from zielwerk.rulebook.refusal import msg
from zielwerk.rulebook.signatures import FORMS, Form, Needed, places_of
from zielwerk.scans.codes import marks
from zielwerk.signing.model import Place
from zielwerk.typesetting import blocks as b
from zielwerk.typesetting import german
from zielwerk.typesetting.pdf import positions, render

SIGNATURES, DAY, PERSON = msg("Unterschriften"), msg("Ort und Tag"), msg("Name und Unterschrift")
SEAL = msg("Dienstsiegel")
FOR = msg("Für {side}: {office}")
FIELD = msg("Unterschrift für {side}: {office}")
BLANK = "_" * 40
SIGNED = msg("Zur Unterschrift")


def document(conclusion: Conclusion, *, is_blank: bool = False) -> b.Document:
    """The version that both approved, its check code, and what is signed under it.

    ``is_blank``: with a line for every signature, whoever has signed meanwhile.
    """
    version = drafts.version(conclusion.draft, conclusion.version)
    text = negotiation.document(conclusion.draft, version)
    signatures = [] if is_blank else queries.signatures(conclusion)
    there = {each.place: each for each in queries.counting(conclusion, signatures)}
    signed = [block for side in conclusion.sides for block in _side(side, there)]
    label = f"{translate(SIGNED)}: {conclusion.file_number}, {conclusion.code}. {text.label}"
    return b.Document(
        title=text.title,
        subject=text.subject,
        author=text.author,
        date=text.date,
        file_number=conclusion.file_number,
        label=label,
        blocks=(*text.blocks, b.Heading(1, translate(SIGNATURES)), *signed),
    )


def marked_pdf(conclusion: Conclusion, made_on: date) -> bytes:
    """The PDF that is printed and signed by hand: each page says what it is."""
    marked = marks(
        conclusion.file_number, conclusion.version, conclusion.digest, named=conclusion.code
    )
    return render(document(conclusion, is_blank=True), made_on, marked)


def print_out(conclusion: Conclusion) -> bytes:
    """What is printed of a conclusion on paper, as it was when that was begun."""
    file = queries.printed(conclusion)
    if file is None:  # begun before such files were kept
        return marked_pdf(conclusion, localdate(conclusion.begun_at))
    return documents.text_of(file)


def signing_document(conclusion: Conclusion) -> b.Document:
    """The same with an empty field for each electronic signature, in the order of the places."""
    text = document(conclusion, is_blank=True)
    fields = tuple(
        b.SigningField(place.id, side.name, place.office)
        for side in conclusion.sides
        for place in side.places
        if Form.QUALIFIED in place.forms
    )
    begin = text.blocks.index(b.Heading(1, translate(SIGNATURES)))
    return replace(text, blocks=(*text.blocks[: begin + 1], b.SigningFields(fields)))


def signing_pdf(conclusion: Conclusion, made_on: date) -> bytes:
    """The PDF of that, not yet prepared."""
    return render(signing_document(conclusion), made_on)


def signing_places(conclusion: Conclusion) -> list[Place]:
    """Where each field lies, with what is read out there."""
    offices = places_of(conclusion.sides)
    names = {side.side: side.name for side in conclusion.sides}
    found = positions(signing_document(conclusion), localdate(conclusion.begun_at))
    return [
        Place(
            name,
            at.page,
            at.rectangle,
            translate(FIELD).format(side=names[offices[name].side], office=offices[name].office),
        )
        for name, at in found.items()
    ]


def _side(side: Needed, there: dict[str, Signature]) -> list[b.Block]:
    """A place for each signature of a side: what was signed, or a line to sign on."""
    found: list[b.Block] = []
    for place in side.places:
        signature = there.get(place.id)
        rows = [
            (translate(DAY), german.text(_when(signature) if signature else BLANK)),
            (translate(PERSON), german.text(_who(signature) if signature else BLANK)),
        ]
        if place.needs_seal:
            rows.append((translate(SEAL), german.text(BLANK)))
        name = translate(FOR).format(side=side.name, office=place.office)
        found += [b.Heading(2, name), b.Facts(name, tuple(rows))]
    return found


def _when(signature: Signature) -> str:
    return ", ".join(filter(None, (signature.town, value_text(signature.signed_on, "de"))))


def _who(signature: Signature) -> str:
    said = " ".join(filter(None, (signature.acting, signature.name)))
    return f"{said}, {signature.office} ({translate(FORMS[signature.form])})"


def data(conclusion: Conclusion) -> dict[str, Any]:
    """The conclusion as data: text, check code, who must sign and who did."""
    version = drafts.version(conclusion.draft, conclusion.version)
    resolution = queries.resolution(conclusion)
    return {
        "file_number": conclusion.file_number,
        "state": conclusion.state,
        "draft": conclusion.draft.file_number,
        "version": conclusion.version,
        "hash": conclusion.digest,
        "check_code": conclusion.code,
        "way": conclusion.way,
        "needed": conclusion.needed,
        "signatures": [_signature(each) for each in queries.signatures(conclusion)],
        "files": [_file(each) for each in queries.files(conclusion)],
        "resolution": {
            "organ": resolution.organ,
            "day": resolution.resolved_on.isoformat(),
            "number": resolution.number,
        }
        if resolution
        else None,
        "agreement": conclusion.agreement.file_number if conclusion.agreement else None,
        "document": version.document.to_json(),
    }


def _file(each: SignedFile) -> dict[str, Any]:
    """A signed copy, and what the comparison with the approved version said of it."""
    comparison = queries.comparison_of(each)
    found = comparison.found if comparison else None
    return {
        "name": each.name,
        "sha256": each.file.sha256,
        "side": each.side,
        "at": each.entered_at.isoformat(),
        "stops": comparison.stops if comparison else None,
        "reason": comparison.reason if comparison else "",
        "findings": [sentence(one, "de") for one in found.sentences] if found else None,
    }


def _signature(each: Signature) -> dict[str, Any]:
    return {
        "place": each.place,
        "name": each.name,
        "office": each.office,
        "acting": each.acting,
        "signed_on": each.signed_on.isoformat(),
        "town": each.town,
        "form": each.form,
        "seal": each.has_seal,
        "struck": hasattr(each, "strike"),
    }


def file_name(conclusion: Conclusion, ending: str) -> str:
    """The name of the file: "zielvereinbarung-2026-06440-abs-2026-0001.pdf"."""
    name = hyphenated(packs.programme(conclusion.programme).document.label)
    return (
        f"{name}-{conclusion.year}-{conclusion.ags}-{hyphenated(conclusion.file_number)}.{ending}"
    )
