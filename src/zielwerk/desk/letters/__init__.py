"""Facts of several rooms as the pages of the desk show them."""

from zielwerk.desk.letters.measures import (
    Carried,
    Carrier,
    body_name,
    carried,
    measure_cells,
    measure_headings,
)
from zielwerk.desk.letters.year import Row, cells, headings, organisations, rows, tiles

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
