"""What pages of the desk show of several rooms."""

from zielwerk.desk.panels.measures import (
    MEASURES,
    Carrier,
    MeasureRow,
    body_name,
    measure_rows,
)
from zielwerk.desk.panels.succession import BODY_PARTS, PARTS
from zielwerk.desk.panels.year import (
    Gap,
    Row,
    cells,
    gaps,
    headings,
    organisations,
    rows,
    tiles,
    totals,
)

__all__ = [
    "BODY_PARTS",
    "MEASURES",
    "PARTS",
    "Carrier",
    "Gap",
    "MeasureRow",
    "Row",
    "body_name",
    "cells",
    "gaps",
    "headings",
    "measure_rows",
    "organisations",
    "rows",
    "tiles",
    "totals",
]
