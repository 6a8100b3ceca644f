"""What pages show of conclusions."""

from zielwerk.conclusion.panels.beside import BODY_PARTS, DESK_PARTS, PARTS
from zielwerk.conclusion.panels.dating import DATING
from zielwerk.conclusion.panels.exemplars import exemplars
from zielwerk.conclusion.panels.lists import CONCLUSIONS
from zielwerk.conclusion.panels.recalling import RECALLING
from zielwerk.conclusion.panels.signed import approvals, certificate_rows, rule_rows, side_tables
from zielwerk.conclusion.panels.told import RECORDS

__all__ = [
    "BODY_PARTS",
    "CONCLUSIONS",
    "DATING",
    "DESK_PARTS",
    "PARTS",
    "RECALLING",
    "RECORDS",
    "approvals",
    "certificate_rows",
    "exemplars",
    "rule_rows",
    "side_tables",
]
