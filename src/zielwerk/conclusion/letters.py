"""The text to be signed as a document to print, with a place for each signature, and as data."""

from typing import Any

from zielwerk.conclusion import queries
from zielwerk.conclusion.models import Conclusion, Signature
from zielwerk.language import translate, value_text
from zielwerk.negotiation import letters as negotiation
from zielwerk.negotiation import queries as drafts
from zielwerk.packs import loading as packs
from zielwerk.rulebook.alphabet import hyphenated
from zielwerk.rulebook.refusal import msg
from zielwerk.rulebook.signatures import FORMS, Needed
from zielwerk.typesetting import blocks as b

SIGNATURES, DAY, PERSON = msg("Unterschriften"), msg("Ort und Tag"), msg("Name und Unterschrift")
SEAL = msg("Dienstsiegel")
FOR = msg("Für {side}: {office}")
BLANK = "_" * 40
SIGNED = msg("Zur Unterschrift")


def document(conclusion: Conclusion) -> b.Document:
    """The version that both approved, its check code, and what is signed under it."""
    version = drafts.version(conclusion.draft, conclusion.version)
    text = negotiation.document(conclusion.draft, version)
    there = {
        each.place: each for each in queries.counting(conclusion, queries.signatures(conclusion))
    }
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


def _side(side: Needed, there: dict[str, Signature]) -> list[b.Block]:
    """A place for each signature of a side: what was signed, or a line to sign on."""
    found: list[b.Block] = []
    for place in side.places:
        signature = there.get(place.id)
        rows = [
            (translate(DAY), _text(_when(signature) if signature else BLANK)),
            (translate(PERSON), _text(_who(signature) if signature else BLANK)),
        ]
        if place.needs_seal:
            rows.append((translate(SEAL), _text(BLANK)))
        name = translate(FOR).format(side=side.name, office=place.office)
        found += [b.Heading(2, name), b.Facts(name, tuple(rows))]
    return found


def _text(words: str) -> b.Inlines:
    return (b.Text(words),)


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
