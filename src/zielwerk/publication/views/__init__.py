"""What the public reads, and the pages of publishing it."""

from zielwerk.publication.views.checking import check
from zielwerk.publication.views.open_data import catalogue, feed, operations
from zielwerk.publication.views.pictures import body_years, pictures
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
    "body_years",
    "catalogue",
    "check",
    "edition",
    "edition_csv",
    "edition_easy",
    "edition_json",
    "edition_pdf",
    "editions",
    "feed",
    "list_csv",
    "list_json",
    "operations",
    "pictures",
    "preview",
    "publication",
    "publications",
    "schema",
    "superseded_edition",
    "whole_year",
]
