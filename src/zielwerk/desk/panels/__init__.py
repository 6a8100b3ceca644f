"""What pages of the desk show of several rooms."""

from zielwerk.desk.panels import season, succession
from zielwerk.desk.panels.measures import (
    MEASURES,
    Carrier,
    MeasureRow,
    body_name,
    measure_rows,
)
from zielwerk.desk.panels.season import SeasonRow, season_cells, season_headings, season_rows
from zielwerk.desk.panels.succession import PARTS
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

BODY_PARTS = (*season.BODY_PARTS, *succession.BODY_PARTS)

__all__ = [
    "BODY_PARTS",
    "MEASURES",
    "PARTS",
    "Carrier",
    "Gap",
    "MeasureRow",
    "Row",
    "SeasonRow",
    "body_name",
    "cells",
    "gaps",
    "headings",
    "measure_rows",
    "organisations",
    "rows",
    "season_cells",
    "season_headings",
    "season_rows",
    "tiles",
    "totals",
]
