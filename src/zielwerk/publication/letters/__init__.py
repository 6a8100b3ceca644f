"""From a recorded agreement to its publication: plain data, page, PDF and open formats."""

from zielwerk.publication.letters.catalogue import MEDIA_TYPE as LINKED_DATA
from zielwerk.publication.letters.catalogue import catalogue
from zielwerk.publication.letters.document import document, title_of
from zielwerk.publication.letters.easy import (
    easy_amount,
    easy_kind,
    easy_measures,
    giver,
    is_granted_by,
)
from zielwerk.publication.letters.feed import MEDIA_TYPE as ATOM
from zielwerk.publication.letters.feed import feed
from zielwerk.publication.letters.record import (
    file_name,
    letter_of,
    names_in,
    public_data,
    public_text,
    published,
    rules_of,
    schema,
)
from zielwerk.publication.letters.redaction import (
    Decision,
    Place,
    chosen,
    kept_in,
    places,
    undecided,
    without,
)

__all__ = [
    "ATOM",
    "LINKED_DATA",
    "Decision",
    "Place",
    "catalogue",
    "chosen",
    "document",
    "easy_amount",
    "easy_kind",
    "easy_measures",
    "feed",
    "file_name",
    "giver",
    "is_granted_by",
    "kept_in",
    "letter_of",
    "names_in",
    "places",
    "public_data",
    "public_text",
    "published",
    "rules_of",
    "schema",
    "title_of",
    "undecided",
    "without",
]
