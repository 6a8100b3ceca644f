"""What pages of the desk show of several rooms."""

from zielwerk.desk.panels import season, succession, years
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
from zielwerk.desk.panels.years import parts as year_parts
from zielwerk.desk.panels.years import (
    years_cells,
    years_columns,
    years_headings,
)

BODY_PARTS = (*years.BODY_PARTS, *season.BODY_PARTS, *succession.BODY_PARTS)

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
    "year_parts",
    "years_cells",
    "years_columns",
    "years_headings",
]
