"""The text of a draft with what was said at each place of it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from urllib.parse import urlencode

from django.urls import reverse

from zielwerk.drafting.changes import is_fixed, measure_node, target_node
from zielwerk.drafting.model import Document, PieceKind
from zielwerk.drafting.targets import OF_YEAR
from zielwerk.drafting.views import all_nodes, measure_words, nodes, nothing, values
from zielwerk.negotiation.models import DraftDocument
from zielwerk.rulebook.redline import Node


@dataclass(frozen=True)
class Place:
    """A place of the text: its words, how much was said there, and the door to it.

    ``beside`` is what page and print say above it: the type of a measure, the title of what a
    target is about.
    """

    node: Node
    url: str
    proposals: int = 0
    shared: int = 0
    internal: int = 0
    is_fixed: bool = False
    is_opened: bool = False
    beside: str = ""
    words: str = ""

    @property
    def label(self) -> str:
        return self.node.label

    @property
    def text(self) -> str:
        """Its words; of a measure without its type, which stands beside them."""
        return self.words or self.node.text

    @property
    def is_item(self) -> bool:
        return self.node.kind == "item"

    @property
    def is_silent(self) -> bool:
        """Whether nothing was said there."""
        return not (self.proposals or self.shared or self.internal)


@dataclass(frozen=True)
class Section:
    """A clause: its heading, and its places in order."""

    heading: Place
    places: list[Place] = field(default_factory=list)


def place_url(draft: DraftDocument, node: str, route: str = "negotiation:place") -> str:
    """The address of a page about one place of a draft."""
    return f"{reverse(route, args=[draft.pk])}?{urlencode({'stelle': node})}"


def label_of(document: Document, node: str) -> str:
    """What people call a place; empty where the document has none of the id."""
    return next((each.label for each in all_nodes(document) if each.id == node), "")


def value_places(
    draft: DraftDocument, document: Document, said: Mapping[str, Mapping[str, int]]
) -> list[Place]:
    """The values that stand in the text."""
    place = _places(draft, document, said)
    return [place(node) for node in values(document)]


def sections(
    draft: DraftDocument, document: Document, said: Mapping[str, Mapping[str, int]]
) -> list[Section]:
    """The text, clause by clause; a list without entries says so, as the document does."""
    found: list[Section] = []
    place = _places(draft, document, said)
    rest = iter(nodes(document))
    for clause in document.clauses:
        section = Section(place(next(rest)))
        for piece in clause.pieces:
            number = 1
            if piece.kind is PieceKind.PLACE:
                number = len(getattr(document.content, piece.text))
                if not number:
                    section.places.append(Place(Node("", "item", "", nothing(piece.text)), ""))
            section.places.extend(place(node) for node in islice(rest, number))
        found.append(section)
    return found


def runs(section: Section) -> Iterator[tuple[bool, list[Place]]]:
    """The places of a clause as paragraphs and lists."""
    run: list[Place] = []
    for place in section.places:
        if run and run[-1].is_item != place.is_item:
            yield run[0].is_item, run
            run = []
        run.append(place)
    if run:
        yield run[0].is_item, run


def _places(
    draft: DraftDocument, document: Document, said: Mapping[str, Mapping[str, int]]
) -> Callable[[Node], Place]:
    """How a node of the document becomes a place."""
    content = document.content
    titles = {"": OF_YEAR} | {each.id: each.title for each in content.measures}
    words = {measure_node(each): measure_words(each) for each in content.measures}
    beside = {measure_node(each): each.type_label for each in content.measures}
    beside |= {target_node(each): titles.get(each.measure, "") for each in content.targets}

    def place(node: Node) -> Place:
        counts = said.get(node.id, {})
        return Place(
            node,
            place_url(draft, node.id),
            counts.get("proposals", 0),
            counts.get("shared", 0),
            counts.get("internal", 0),
            is_fixed=node.kind != "clause" and is_fixed(document, node.id),
            is_opened=node.id in draft.opened,
            beside=beside.get(node.id, ""),
            words=words.get(node.id, ""),
        )

    return place
