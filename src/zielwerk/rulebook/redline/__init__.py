"""The redline: what differs between two versions of a document, node by node and word by word.

A document is a sequence of nodes: a clause, a paragraph, a list item, a value in a slot. Five
sentences hold:

1. Nodes are matched by id, or by content where a text has no ids. A place in a file, a line or a
   number never matters.
2. What moved is a move. As few nodes as possible are said to have moved.
3. Words are compared inside one node only. Amounts, dates, names with hyphens and citations are
   atoms: they change as a whole.
4. What is kept and added gives the new text to the letter, what is kept and dropped the old one.
5. Both directions tell the same: what one adds, the other drops.

White space is layout. It is in the parts, so that the fourth sentence holds; a node that differs
in nothing else is unchanged.

What does not hold: the parts are not the shortest possible. They are those a person reads well.
"""

from zielwerk.rulebook.redline.nodes import Change, Kind, Node, redline, redline_by_content
from zielwerk.rulebook.redline.paragraphs import clause_nodes, paragraph_nodes
from zielwerk.rulebook.redline.parts import Op, Part, compared, shown
from zielwerk.rulebook.redline.sentences import place_of, replaced, said, told

__all__ = [
    "Change",
    "Kind",
    "Node",
    "Op",
    "Part",
    "clause_nodes",
    "compared",
    "paragraph_nodes",
    "place_of",
    "redline",
    "redline_by_content",
    "replaced",
    "said",
    "shown",
    "told",
]
