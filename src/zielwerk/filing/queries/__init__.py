"""Reads of files: how long each is kept, what was offered, which are to be offered."""

from zielwerk.filing.queries.files import CaseFile, Row, SortOf, files
from zielwerk.filing.queries.keeping import Over, keeping_of, offer_of, over

__all__ = ["CaseFile", "Over", "Row", "SortOf", "files", "keeping_of", "offer_of", "over"]
