"""What the public reads, and the pages of publishing it."""

from zielwerk.publication.views.checking import check
from zielwerk.publication.views.public import (
    edition,
    edition_csv,
    edition_easy,
    edition_json,
    edition_pdf,
    editions,
    list_csv,
    list_json,
    schema,
    superseded_edition,
)
from zielwerk.publication.views.publishing import (
    begin,
    preview,
    publication,
    publications,
    whole_year,
)

__all__ = [
    "begin",
    "check",
    "edition",
    "edition_csv",
    "edition_easy",
    "edition_json",
    "edition_pdf",
    "editions",
    "list_csv",
    "list_json",
    "preview",
    "publication",
    "publications",
    "schema",
    "superseded_edition",
    "whole_year",
]
