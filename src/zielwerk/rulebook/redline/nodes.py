"""Nodes of a document, how those of two versions are matched, and what became of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from zielwerk.rulebook.redline.alike import pairs_by_content
from zielwerk.rulebook.redline.matching import Pair, heaviest_rising
from zielwerk.rulebook.redline.parts import Op, Part, compared_words
from zielwerk.rulebook.redline.words import words


@dataclass(frozen=True)
class Node:
    """A piece of a document that is compared as a whole.

    ``id`` stays the same through all versions. ``kind`` is free ("clause", "item", "value").
    ``label`` names the place as people say it: "§ 4", "§ 5, Projekt 3"; what stands before the
    comma is the section. ``text`` is the wording.
    """

    id: str
    kind: str
    label: str
    text: str

    @property
    def section(self) -> str:
        """The clause that the node stands in: "§ 5" of "§ 5, Projekt 3"."""
        return self.label.partition(",")[0]


class Kind(StrEnum):
    """What became of a node. One that moved and changed is ``CHANGED``, see ``Change.moved``."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"


@dataclass(frozen=True)
class Change:
    """What became of one node.

    ``old`` or ``new`` is absent where it was added or removed. ``moved`` says that it stands
    elsewhere among its neighbours; money that changed is thus never hidden behind a move.
    ``leader`` and ``follower`` are the nodes of the new version behind and before which a moved
    node stands; a removed one would stand behind its ``leader``.
    """

    kind: Kind
    parts: tuple[Part, ...]
    old: Node | None = None
    new: Node | None = None
    moved: bool = False
    leader: Node | None = None
    follower: Node | None = None

    @property
    def node(self) -> Node:
        """The node as it is in the new version, or as it was in the old one."""
        node = self.new or self.old
        assert node
        return node


def redline(old: Sequence[Node], new: Sequence[Node]) -> list[Change]:
    """What differs, in the order of the new version; what was removed stands where it stood.

    Nodes are matched by id. Raises ``ValueError`` where two nodes of one version share an id.
    """
    before = {node.id: at for at, node in enumerate(old)}
    after = {node.id: at for at, node in enumerate(new)}
    if len(before) < len(old) or len(after) < len(new):
        raise ValueError("two nodes of one version have the same id")
    return _changes(old, new, [(i, after[id_]) for id_, i in before.items() if id_ in after])


def redline_by_content(old: Sequence[Node], new: Sequence[Node]) -> list[Change]:
    """The same where ids say nothing: equal texts are one node, then similar ones."""
    before, after = [node.text for node in old], [node.text for node in new]
    return _changes(old, new, pairs_by_content(before, after))


def _changes(old: Sequence[Node], new: Sequence[Node], pairs: Sequence[Pair]) -> list[Change]:
    origin = {j: i for i, j in pairs}
    moved = _moved(old, new, sorted(pairs))
    stayed = {i: j for i, j in pairs if j not in moved}
    removed = _removed(old, new, stayed, set(origin.values()))
    changes = list(removed.get(-1, ()))
    for j, node in enumerate(new):
        if j not in origin:
            changes.append(Change(Kind.ADDED, _whole(Op.ADD, node), new=node))
        elif change := _change(old[origin[j]], new, j, j in moved):
            changes.append(change)
        changes += removed.get(j, ())
    return changes


def _change(before: Node, new: Sequence[Node], j: int, moved: bool) -> Change | None:
    after = new[j]
    if before.text == after.text and not moved:
        return None
    old_words, new_words = words(before.text), words(after.text)
    same = old_words.keys == new_words.keys
    if same and not moved:
        return None
    return Change(
        Kind.MOVED if same else Kind.CHANGED,
        compared_words(old_words, new_words),
        before,
        after,
        moved,
        new[j - 1] if moved and j else None,
        new[j + 1] if moved and j + 1 < len(new) else None,
    )


def _whole(op: Op, node: Node) -> tuple[Part, ...]:
    return (Part(op, node.text),) if node.text else ()


def _moved(old: Sequence[Node], new: Sequence[Node], pairs: list[Pair]) -> set[int]:
    """Places in the new version of the fewest nodes whose move explains the new order.

    Of two ways that move as many nodes, the one that moves less text: an item, not its heading.
    """
    if [node.text for node in old] > [node.text for node in new]:
        # Equally short and light: both directions move the same nodes.
        flipped = sorted((j, i) for i, j in pairs)
        stayed = {j for j, _ in heaviest_rising(flipped, _weights(new, old, flipped))}
    else:
        stayed = {j for _, j in heaviest_rising(pairs, _weights(old, new, pairs))}
    return {j for _, j in pairs} - stayed


def _weights(one: Sequence[Node], other: Sequence[Node], pairs: Sequence[Pair]) -> list[int]:
    """A node counts more than any text."""
    return [A_NODE + len(one[i].text) + len(other[j].text) for i, j in pairs]


A_NODE = 1 << 40


def _removed(
    old: Sequence[Node], new: Sequence[Node], stayed: dict[int, int], matched: set[int]
) -> dict[int, list[Change]]:
    """Removed nodes by the place in the new version behind which they would stand."""
    at, found = -1, dict[int, list[Change]]()
    for i, node in enumerate(old):
        at = stayed.get(i, at)
        if i not in matched:
            leader = new[at] if at >= 0 else None
            change = Change(Kind.REMOVED, _whole(Op.DROP, node), old=node, leader=leader)
            found.setdefault(at, []).append(change)
    return found
