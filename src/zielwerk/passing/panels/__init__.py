"""What pages show of pass-ons."""

from zielwerk.passing.panels.beside import DATING, DESK_PARTS, PARTS, RECORDS, TELLING
from zielwerk.passing.panels.bodies import BODY_PARTS
from zielwerk.passing.panels.lists import CHOICE_FORM, PASS_ONS, SURVEY

__all__ = [
    "BODY_PARTS",
    "CHOICE_FORM",
    "DATING",
    "DESK_PARTS",
    "PARTS",
    "PASS_ONS",
    "RECORDS",
    "SURVEY",
    "TELLING",
]
