"""What pages show of planned measures and targets: lists, one of them, what changed, the desk."""

from zielwerk.measures.panels.desk import DESK_PARTS
from zielwerk.measures.panels.lists import PLANNED
from zielwerk.measures.panels.overall import OVERALL, heading, overall_rows
from zielwerk.measures.panels.planned import (
    ChangeRow,
    changed,
    cost_table,
    fact_rows,
    reviews,
    target_rows,
)

__all__ = [
    "DESK_PARTS",
    "OVERALL",
    "PLANNED",
    "ChangeRow",
    "changed",
    "cost_table",
    "fact_rows",
    "heading",
    "overall_rows",
    "reviews",
    "target_rows",
]
