"""What pages of the desk show of several rooms."""

from zielwerk.desk.panels.measures import (
    Carried,
    Carrier,
    body_name,
    carried,
    measure_cells,
    measure_headings,
)
from zielwerk.desk.panels.year import Row, cells, headings, organisations, rows, tiles

__all__ = [
    "Carried",
    "Carrier",
    "Row",
    "body_name",
    "carried",
    "cells",
    "headings",
    "measure_cells",
    "measure_headings",
    "organisations",
    "rows",
    "tiles",
]
