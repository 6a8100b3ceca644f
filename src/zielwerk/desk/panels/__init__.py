"""What pages of the desk show of several rooms."""

from zielwerk.desk.panels.measures import (
    Carrier,
    MeasureRow,
    body_name,
    measure_cells,
    measure_headings,
    measure_rows,
)
from zielwerk.desk.panels.year import Row, cells, headings, organisations, rows, tiles, totals

__all__ = [
    "Carrier",
    "MeasureRow",
    "Row",
    "body_name",
    "cells",
    "headings",
    "measure_cells",
    "measure_headings",
    "measure_rows",
    "organisations",
    "rows",
    "tiles",
    "totals",
]
