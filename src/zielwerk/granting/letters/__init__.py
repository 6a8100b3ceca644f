"""The documents of notices and acts: their content as data, and the document made of it."""

from zielwerk.granting.letters.act import ASKED, act_content, act_document, basis_of, ground_of
from zielwerk.granting.letters.comparing import stated
from zielwerk.granting.letters.content import notice_content, provisions
from zielwerk.granting.letters.document import notice_document
from zielwerk.granting.letters.naming import content_of, document_of, file_name, preview_of
from zielwerk.granting.letters.standing import GRANT, LATER, OVER

__all__ = [
    "ASKED",
    "GRANT",
    "LATER",
    "OVER",
    "act_content",
    "act_document",
    "basis_of",
    "content_of",
    "document_of",
    "file_name",
    "ground_of",
    "notice_content",
    "notice_document",
    "preview_of",
    "provisions",
    "stated",
]
