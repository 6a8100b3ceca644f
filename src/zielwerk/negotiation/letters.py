"""A version of a draft as a document to print, and as data."""

from typing import Any

from django.utils.timezone import localdate

from zielwerk.core import installation
from zielwerk.drafting.amending import changing_blocks
from zielwerk.drafting.model import Document
from zielwerk.drafting.views import blocks, nodes
from zielwerk.language import translate, value_text
from zielwerk.negotiation import queries
from zielwerk.negotiation.models import DraftDocument, Version
from zielwerk.rulebook.alphabet import hyphenated
from zielwerk.rulebook.negotiation import DraftState
from zielwerk.rulebook.refusal import msg
from zielwerk.typesetting import blocks as b

DRAFT = msg("Entwurf")
SETTLED = msg("Text steht")
VERSION = msg("Fassung")
CODE = msg("Prüfzeichen")
ABOUT = msg("Zu diesem Schriftstück")


def document(draft: DraftDocument, version: Version) -> b.Document:
    """The version to print: what it is, which version, and its whole text."""
    text = version.document
    content = text.content
    is_settled = draft.state == DraftState.SETTLED and version.number == draft.version
    kind = translate(SETTLED if is_settled else DRAFT)
    line = installation.line()
    facts = b.Facts(
        translate(ABOUT),
        (
            (translate(VERSION), (b.Text(f"{version.number} ({kind})"),)),
            (translate(CODE), (b.Text(text.check_code),)),
            ("Aktenzeichen", (b.Text(draft.file_number),)),
            ("Zwischen", (b.Text(content.ministry),)),
            ("und", (b.Text(content.region),)),
        ),
    )
    label = f"{kind}, Fassung {version.number} vom {value_text(localdate(version.made_at), 'de')}"
    return b.Document(
        title=f"{text.title}: {content.region}",
        subject=f"{content.programme_name} {content.year}",
        author=content.ministry or content.granting_authority,
        date=localdate(version.made_at),
        file_number=draft.file_number,
        label=f"{label}. {translate(line)}" if line else label,
        blocks=(facts, *_whole(draft, text)),
    )


def _whole(draft: DraftDocument, text: Document) -> tuple[b.Block, ...]:
    """The text; of a change what it changes comes first."""
    if text.amends is None:
        return blocks(text)
    return changing_blocks(queries.version(draft, 1).document, text)


def data(draft: DraftDocument, version: Version) -> dict[str, Any]:
    """The version as data: its nodes, which can be compared by their ids, and the document."""
    text: Document = version.document
    return {
        "file_number": draft.file_number,
        "version": version.number,
        "hash": version.digest,
        "check_code": text.check_code,
        "nodes": [vars(node) for node in nodes(text)],
        "document": text.to_json(),
    }


def file_name(draft: DraftDocument, version: Version, ending: str) -> str:
    """The name of a version's file: "zielvereinbarung-2026-06440-fassung-3.pdf"."""
    content = version.content["content"]
    name = f"{hyphenated(content['document'])}-{draft.year}-{draft.ags}"
    return f"{name}-fassung-{version.number}.{ending}"
