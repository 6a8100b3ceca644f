"""Flows of amounts: nodes in columns, joined by ribbons as wide as their amounts.

Nodes are ordered by a few barycentre passes (each at the mean height of its neighbours), which
takes most crossings away; ribbons leave and enter a node in the order of their other ends.
"""

import textwrap
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

NODE, PITCH, MARGIN = 14, 230, 8  # width of a node, from column to column, around all; pixels
LABEL = 204  # room for the words right of the last column
TALLEST = 300  # what the fullest column's amounts come to
LINE, GAP = 20, 14  # height of a line of words; between two nodes
LETTERS = 22  # of a label's line
PASSES = 6


@dataclass(frozen=True)
class Node:
    """A place that amounts come to and go from; ``kind`` is ``danger`` for what must be resolved.

    Its height has room for what flows on either side. Its number is ``holds``, what is in it
    now; where nobody says that, the larger of inflow and outflow.
    """

    key: str
    label: str
    column: int
    url: str = ""
    kind: str = ""
    holds: int | None = None


@dataclass(frozen=True)
class Flow:
    """An amount above zero, in whole numbers of one unit, from one node to another."""

    source: str
    target: str
    value: int
    url: str = ""


@dataclass
class DrawnNode:
    """A node with its upper left corner and height, and its label's lines.

    ``amount`` is its number, a balance or what flowed; ``value`` the amount that it is as high as.
    """

    node: Node
    value: int
    amount: int
    lines: list[str]
    height: float
    x: float = 0.0
    y: float = 0.0
    # Height taken by ribbons on its left and right side, from above.
    used: dict[str, float] = field(default_factory=lambda: {"left": 0.0, "right": 0.0})

    @property
    def is_balance(self) -> bool:
        """Whether its number is what is in it, rather than what flowed through it."""
        return self.node.holds is not None

    @property
    def slot(self) -> float:
        """The height it needs with its words."""
        return max(self.height, LINE * (len(self.lines) + 1))

    @property
    def centre(self) -> float:
        return self.y + self.height / 2


@dataclass(frozen=True)
class Ribbon:
    """A flow as an outline; ``is_back`` where it leads against the reading direction."""

    flow: Flow
    source: Node
    target: Node
    path: str
    width: float
    starts_at: tuple[float, float]
    ends_at: tuple[float, float]
    is_back: bool


@dataclass(frozen=True)
class Sankey:
    nodes: tuple[DrawnNode, ...]
    ribbons: tuple[Ribbon, ...]
    width: float
    height: float


def ranked(order: Sequence[str], flows: Iterable[Flow]) -> dict[str, int]:
    """Columns for nodes in their natural order: each one after all earlier ones it is joined to.

    So no flow stays within a column, and one that leads against the order is drawn backwards.
    """
    place = {key: number for number, key in enumerate(order)}
    columns = dict.fromkeys(order, 0)
    pairs = {tuple(sorted((flow.source, flow.target), key=place.__getitem__)) for flow in flows}
    for earlier, later in sorted(pairs, key=lambda pair: place[pair[0]]):
        columns[later] = max(columns[later], columns[earlier] + 1)
    return columns


def sankey(nodes: Sequence[Node], flows: Sequence[Flow]) -> Sankey:
    """Lay out the flows; nodes without a flow are left out.

    Raises ``ValueError`` for an amount that is not above zero, a flow within one column, a
    flow to a node nobody named, or two nodes of one key.
    """
    by_key = {node.key: node for node in nodes}
    if len(by_key) < len(nodes):
        raise ValueError("two nodes have the same key")
    for flow in flows:
        if {flow.source, flow.target} - set(by_key):
            raise ValueError(f"no node for {flow}")
        if flow.value <= 0 or by_key[flow.source].column == by_key[flow.target].column:
            raise ValueError(f"not a flow from column to column: {flow}")
    placed = _sized(by_key, flows)
    columns = _columns(placed.values())
    _order(columns, placed, flows)
    height = max((_height(column) for column in columns), default=0.0)
    for number, column in enumerate(columns):
        _stack(column, MARGIN + number * PITCH, MARGIN + (height - _height(column)) / 2)
    return Sankey(
        tuple(node for column in columns for node in column),
        tuple(_ribbons(placed, flows)),
        width=2 * MARGIN + max(len(columns) - 1, 0) * PITCH + NODE + LABEL,
        height=round(2 * MARGIN + height, 2),
    )


def _sized(by_key: Mapping[str, Node], flows: Sequence[Flow]) -> dict[str, DrawnNode]:
    sides = {key: {"left": 0, "right": 0} for key in by_key}
    inflow, outflow = Counter[str](), Counter[str]()
    for flow in flows:
        outflow[flow.source] += flow.value
        inflow[flow.target] += flow.value
        leaves, enters = _sides(by_key[flow.source], by_key[flow.target])
        sides[flow.source][leaves] += flow.value
        sides[flow.target][enters] += flow.value
    values = {key: max(side.values()) for key, side in sides.items() if any(side.values())}
    totals: dict[int, int] = {}
    for key, value in values.items():
        totals[by_key[key].column] = totals.get(by_key[key].column, 0) + value
    scale = TALLEST / max(totals.values(), default=1)
    drawn = {}
    for key, value in values.items():
        node = by_key[key]
        amount = max(inflow[key], outflow[key]) if node.holds is None else node.holds
        lines = textwrap.wrap(node.label, LETTERS)
        drawn[key] = DrawnNode(node, value, amount, lines, value * scale)
    return drawn


def _sides(source: Node, target: Node) -> tuple[str, str]:
    """On which side a flow leaves its source and enters its target."""
    return ("right", "left") if source.column < target.column else ("left", "right")


def _columns(nodes: Iterable[DrawnNode]) -> list[list[DrawnNode]]:
    """The columns that hold anything, from left to right."""
    columns: dict[int, list[DrawnNode]] = {}
    for node in nodes:
        columns.setdefault(node.node.column, []).append(node)
    return [columns[column] for column in sorted(columns)]


def _height(column: Sequence[DrawnNode]) -> float:
    return sum(node.slot for node in column) + GAP * (len(column) - 1)


def _stack(column: Sequence[DrawnNode], x: float, y: float) -> None:
    for node in column:
        node.x, node.y = x, y
        y += node.slot + GAP


def _order(
    columns: Sequence[list[DrawnNode]], nodes: Mapping[str, DrawnNode], flows: Sequence[Flow]
) -> None:
    """Order each column by the places of its neighbours, to and fro, so that few ribbons cross."""
    near: dict[str, list[tuple[str, int]]] = {key: [] for key in nodes}
    for flow in flows:
        near[flow.source].append((flow.target, flow.value))
        near[flow.target].append((flow.source, flow.value))

    def barycentre(node: DrawnNode) -> float:
        joined = near[node.node.key]
        weight = sum(value for _, value in joined)
        return sum(nodes[key].centre * value for key, value in joined) / weight

    for column in columns:
        _stack(column, 0, 0)
    for number in range(PASSES):
        for column in columns if number % 2 else reversed(columns):
            column.sort(key=barycentre)
            _stack(column, 0, 0)


def _ribbons(nodes: Mapping[str, DrawnNode], flows: Sequence[Flow]) -> Iterable[Ribbon]:
    """Ribbons from above to below at every node, so that those of one side never cross there."""
    starts: dict[int, float] = {}
    ends: dict[int, float] = {}
    numbered = list(enumerate(flows))
    for key, node in nodes.items():
        joined = [(n, flow) for n, flow in numbered if key in (flow.source, flow.target)]
        for number, flow in sorted(joined, key=lambda joint: _other(nodes, key, joint[1]).centre):
            leaves, enters = _sides(nodes[flow.source].node, nodes[flow.target].node)
            side, places = (leaves, starts) if key == flow.source else (enters, ends)
            places[number] = node.y + node.used[side]
            node.used[side] += node.height * flow.value / node.value
    for number, flow in numbered:
        yield _ribbon(nodes[flow.source], nodes[flow.target], flow, starts[number], ends[number])


def _other(nodes: Mapping[str, DrawnNode], key: str, flow: Flow) -> DrawnNode:
    return nodes[flow.target if key == flow.source else flow.source]


def _ribbon(source: DrawnNode, target: DrawnNode, flow: Flow, y0: float, y1: float) -> Ribbon:
    is_back = source.x > target.x
    x0, x1 = (source.x, target.x + NODE) if is_back else (source.x + NODE, target.x)
    width = source.height * flow.value / source.value
    middle = (x0 + x1) / 2
    path = (
        f"M{x0:.1f},{y0:.2f}C{middle:.1f},{y0:.2f} {middle:.1f},{y1:.2f} {x1:.1f},{y1:.2f}"
        f"L{x1:.1f},{y1 + width:.2f}C{middle:.1f},{y1 + width:.2f} "
        f"{middle:.1f},{y0 + width:.2f} {x0:.1f},{y0 + width:.2f}Z"
    )
    return Ribbon(flow, source.node, target.node, path, width, (x0, y0), (x1, y1), is_back)
