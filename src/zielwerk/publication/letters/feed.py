"""What was published, superseded and withdrawn, as an Atom feed (RFC 4287)."""

from collections.abc import Sequence
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5
from xml.etree.ElementTree import Element, SubElement, tostring

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localtime

from zielwerk.core import installation
from zielwerk.language import sentence
from zielwerk.packs import loading as packs
from zielwerk.publication.letters.document import title_of
from zielwerk.publication.letters.record import letter_of, rules_of
from zielwerk.publication.models import Edition
from zielwerk.rulebook.money import format_euro
from zielwerk.rulebook.refusal import Said

ATOM = "http://www.w3.org/2005/Atom"
MEDIA_TYPE = "application/atom+xml"
BEGINNING = "2000-01-01T00:00:00Z"  # of a feed in which nothing has happened yet


def feed(
    site: str, author: str, editions: Sequence[tuple[Edition, Sequence[Said]]], path: str
) -> bytes:
    """The feed: an entry for each edition, which says what it is now; the newest first.

    An entry keeps its id for good, whatever becomes of the edition and wherever it is served.
    What was withdrawn is repeated by none of its figures.
    """
    programme = packs.programme(settings.PROGRAMME)
    root = Element("feed", {"xmlns": ATOM, "xml:lang": "de"})
    line = installation.line()
    title = f"{programme.document.plural}, {programme.name}"
    _text(root, "title", f"{title} ({line})" if line else title)
    _text(root, "id", _id(programme.code, "feed"))
    first = editions[0][0] if editions else None
    _text(root, "updated", _moment(happened(first)) if first else BEGINNING)
    SubElement(root, "link", {"rel": "self", "type": MEDIA_TYPE, "href": f"{site}{path}"})
    page = f"{site}{reverse('publication:editions')}"
    SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": page})
    _text(SubElement(root, "author"), "name", author)
    for edition, gone in editions:
        _entry(root, site, edition, gone)
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root)


def _entry(root: Element, site: str, edition: Edition, gone: Sequence[Said]) -> None:
    assert edition.published_at
    entry = SubElement(root, "entry")
    state, called = _state(edition)
    title = title_of(edition.document, letter_of(rules_of(edition)))
    _text(entry, "title", f"{called}: {title}, Ausgabe {edition.number}")
    _text(entry, "id", _id(edition.programme, edition.file_number))
    _text(entry, "published", _moment(edition.published_at))
    _text(entry, "updated", _moment(happened(edition)))
    SubElement(entry, "category", {"term": state, "label": called})
    route, which = "publication:edition", [*edition.address]
    if edition.superseded_at or edition.withdrawn_at:
        route, which = "publication:superseded", [*which, edition.number]
    SubElement(
        entry,
        "link",
        {"rel": "alternate", "type": "text/html", "href": f"{site}{reverse(route, args=which)}"},
    )
    label = edition.document["label"]
    if gone:
        told = [sentence(one, "de") for one in gone]
    else:
        count = edition.measure_count
        measures = "eine Maßnahme" if count == 1 else f"{count} Maßnahmen"
        told = [f"{format_euro(edition.amount_cents)}, {measures}."]
    _text(entry, "summary", " ".join(filter(None, (label, *told))))


def happened(edition: Edition) -> datetime:
    """When something happened to an edition last."""
    published, again = edition.published_at, edition.reinstated_at
    assert published
    return edition.withdrawn_at or max(edition.superseded_at or published, again or published)


def _state(edition: Edition) -> tuple[str, str]:
    if edition.is_held:
        return "held", "Vorläufig nicht öffentlich"
    if edition.withdrawn_at:
        return "withdrawn", "Zurückgezogen"
    return ("superseded", "Abgelöst") if edition.superseded_at else ("published", "Veröffentlicht")


def _id(programme: str, name: str) -> str:
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'zielwerk:{programme}/{name}')}"


def _moment(at: datetime) -> str:
    return localtime(at).isoformat(timespec="seconds")


def _text(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = text
