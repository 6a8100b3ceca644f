"""Pictures made on the server: data in, geometry out; the tags of ``tags/charts.py`` draw it.

Pure Python. A picture is never alone: the tag draws its numbers as a table beside it.
"""

from zielwerk.ui.charts.bars import Bar
from zielwerk.ui.charts.sankey import Flow, Node, ranked
from zielwerk.ui.charts.series import Break, Line
from zielwerk.ui.charts.tiles import Tile

__all__ = ["Bar", "Break", "Flow", "Line", "Node", "Tile", "ranked"]
