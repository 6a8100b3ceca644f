"""What a pass-on says, its document, and the draft for the organ that resolves."""

from zielwerk.passing.letters.committee import committee_draft, sums_of
from zielwerk.passing.letters.content import content_of, inherited, usual_remedy
from zielwerk.passing.letters.document import document_of, file_name, preview_of

__all__ = [
    "committee_draft",
    "content_of",
    "document_of",
    "file_name",
    "inherited",
    "preview_of",
    "sums_of",
    "usual_remedy",
]
