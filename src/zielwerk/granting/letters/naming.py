"""Which content and which document a case has, and what its file is called."""

from dataclasses import replace
from datetime import date
from typing import Any

from zielwerk.granting.letters.act import act_content, act_document
from zielwerk.granting.letters.content import notice_content
from zielwerk.granting.letters.document import notice_document
from zielwerk.granting.models import GrantAct, GrantNotice, Issuing
from zielwerk.language import translate
from zielwerk.rulebook.alphabet import hyphenated
from zielwerk.rulebook.refusal import msg
from zielwerk.typesetting import blocks as b


def content_of(case: Issuing, day: date) -> dict[str, Any]:
    """What a notice or an act says if it is issued on a day, as data."""
    if isinstance(case, GrantAct):
        return act_content(case, day)
    assert isinstance(case, GrantNotice)
    return notice_content(case, day)


def document_of(content: dict[str, Any]) -> b.Document:
    """The document of what was issued, from its content alone."""
    return act_document(content) if content["kind"] != "notice" else notice_document(content)


def preview_of(case: Issuing, day: date) -> b.Document:
    """What the document would be if it were issued on a day, marked as no notice."""
    document = document_of(content_of(case, day))
    return replace(document, label=f"{translate(NO_NOTICE)} {document.label}")


NO_NOTICE = msg("ENTWURF, kein Bescheid.")


def file_name(case: Issuing) -> str:
    """The name of its file: "bescheid-2026-06440-zb-2026-0001.pdf"."""
    return f"bescheid-{case.year}-{case.ags}-{hyphenated(case.file_number)}.pdf"
