"""The documents of notices and acts: their content as data, and the document made of it."""

from zielwerk.granting.letters.act import ASKED, act_content, act_document
from zielwerk.granting.letters.content import notice_content
from zielwerk.granting.letters.document import notice_document
from zielwerk.granting.letters.naming import content_of, document_of, file_name, preview_of

__all__ = [
    "ASKED",
    "act_content",
    "act_document",
    "content_of",
    "document_of",
    "file_name",
    "notice_content",
    "notice_document",
    "preview_of",
]
