"""What pages show of applications."""

from zielwerk.funding.panels.beside import BODY_PARTS, DATING, DESK_PARTS, RECORDS
from zielwerk.funding.panels.content import (
    arithmetic,
    cells,
    changed,
    finding_rows,
    given_reasons,
    lines,
    measure_rows,
    sums,
    taken_out,
    titles_of,
    url_of,
    words_of,
)
from zielwerk.funding.panels.lists import APPLICATIONS
from zielwerk.funding.panels.papers import papers, referred
from zielwerk.funding.panels.told import TELLING
from zielwerk.funding.panels.waiting import for_answers, for_reason, handing_in

__all__ = [
    "APPLICATIONS",
    "BODY_PARTS",
    "DATING",
    "DESK_PARTS",
    "RECORDS",
    "TELLING",
    "arithmetic",
    "cells",
    "changed",
    "finding_rows",
    "for_answers",
    "for_reason",
    "given_reasons",
    "handing_in",
    "lines",
    "measure_rows",
    "papers",
    "referred",
    "sums",
    "taken_out",
    "titles_of",
    "url_of",
    "words_of",
]
