"""Pages of pass-ons, and of Monday morning."""

from zielwerk.passing.views.monday import committee_docx, committee_pdf, paste, remind, survey
from zielwerk.passing.views.noting import keep_paper, note_spent, paper, strike_paper
from zielwerk.passing.views.pass_ons import (
    change,
    document,
    draft,
    pass_on,
    pass_ons,
    preview,
    write,
)

__all__ = [
    "change",
    "committee_docx",
    "committee_pdf",
    "document",
    "draft",
    "keep_paper",
    "note_spent",
    "paper",
    "pass_on",
    "pass_ons",
    "paste",
    "preview",
    "remind",
    "strike_paper",
    "survey",
    "write",
]
