"""What pages of the books show: accounts in full, flows as a picture."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from zielwerk.core.ui.charts import Flow, Node, ranked
from zielwerk.ledger.models import COUNTER_PLACES, Account, Place
from zielwerk.ledger.queries import NetFlow
from zielwerk.ledger.queries.labels import DIMENSIONS, Names
from zielwerk.rulebook.refusal import msg

CAME, WENT = msg("{place} (Herkunft)"), msg("{place} (Abgang)")


def account_facts(account: Account, names: Names) -> list[tuple[str, str]]:
    """All that identifies an account below its book and place: German labels and values."""
    return [
        (label, names.of(name, value))
        for name, label in DIMENSIONS.items()
        if (value := getattr(account, name))
    ]


@dataclass(frozen=True)
class FlowPicture:
    """The net flows of one book as nodes and ribbons."""

    nodes: list[Node]
    flows: list[Flow]


def picture(
    flows: Iterable[NetFlow],
    translate: Callable[[str], str],
    link: Callable[..., str],
) -> FlowPicture:
    """Flows of one book as nodes and ribbons, in the natural order of its places.

    ``translate`` takes a German label, ``link`` makes the address of the transfers between
    places. Places of origin and of exit are separate nodes, so that no flow is a circle.
    """
    net_flows = list(flows)
    keys = {flow: (_key(flow.source, "from"), _key(flow.target, "to")) for flow in net_flows}
    ribbons = [
        Flow(*keys[flow], flow.amount_cents, link(ort=flow.source, gegenort=flow.target))
        for flow in net_flows
    ]
    columns = ranked(_ORDER, ribbons)
    linked = {key for pair in keys.values() for key in pair}
    last = max((columns[key] for key in linked), default=0)
    nodes = []
    for key in (key for key in _ORDER if key in linked):
        place = Place(key.partition(":")[0])
        column = last if key.endswith(":to") else columns[key]
        kind = "danger" if place == Place.UNCOVERED else ""
        nodes.append(Node(key, _label(key, place, translate), column, link(ort=place), kind))
    return FlowPicture(nodes, ribbons)


_INNER = [place for place in Place if place not in COUNTER_PLACES]
_ORDER = [
    *(f"{place}:from" for place in COUNTER_PLACES),
    *map(str, _INNER),
    *(f"{place}:to" for place in COUNTER_PLACES),
]


def _key(place: Place, end: str) -> str:
    return f"{place}:{end}" if place in COUNTER_PLACES else str(place)


def _label(key: str, place: Place, translate: Callable[[str], str]) -> str:
    frame = CAME if key.endswith(":from") else WENT if key.endswith(":to") else "{place}"
    return translate(frame).format(place=translate(str(place.label)))
