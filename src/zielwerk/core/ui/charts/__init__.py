"""Pictures made on the server: data in, geometry out; the tags of ``tags/charts.py`` draw it.

Pure Python. A picture is never alone: the tag draws its numbers as a table beside it.
"""

from zielwerk.core.ui.charts.bars import Bar
from zielwerk.core.ui.charts.sankey import Flow, Node, ranked
from zielwerk.core.ui.charts.series import Break, Line
from zielwerk.core.ui.charts.tiles import Tile

__all__ = ["Bar", "Break", "Flow", "Line", "Node", "Tile", "ranked"]
