"""A redline as a page shows it: sentences, and beside them the wording with its marks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from zielwerk.rulebook import redline
from zielwerk.rulebook.redline import Change, Kind, Node, Op, Part
from zielwerk.rulebook.refusal import msg
from zielwerk.ui.tags.values import language, said

NOTHING = SafeString()
TAGS = {Op.DROP: "del", Op.ADD: "ins"}
SAID = {Op.DROP: msg("gestrichen:"), Op.ADD: msg("neu:")}


@dataclass(frozen=True)
class Passage:
    """A node as it is drawn; ``change`` and ``anchor`` are absent where it did not change."""

    label: str
    parts: tuple[Part, ...]
    change: Change | None = None
    anchor: str = ""

    @property
    def sentence(self) -> str:
        """What changed, in the language of the page."""
        assert self.change
        told = format_html_join("; ", "{}", ((said(one),) for one in redline.said(self.change)))
        return format_html("{}: {}", said(redline.place_of(self.change)), told)

    @property
    def wording(self) -> SafeString:
        """The wording with its marks, which are said to those who do not see them."""
        drawn, last = NOTHING, Op.KEEP
        spoken = "" if language() == "de" else format_html(' lang="{}"', language())
        for part in self.parts:
            if part.op is Op.KEEP:
                drawn = format_html("{}{}", drawn, part.text)
            else:
                between = " " if (last, part.op) == (Op.DROP, Op.ADD) else ""
                marked = format_html(
                    '<{tag}><span class="kern-sr-only"{spoken}>{said} </span>{text}</{tag}>',
                    tag=TAGS[part.op],
                    spoken=spoken,
                    said=gettext(SAID[part.op]),
                    text=part.text,
                )
                drawn = format_html("{}{}{}", drawn, between, marked)
            last = part.op
        return drawn

    @property
    def is_moved(self) -> bool:
        """Whether it stands elsewhere than before."""
        return self.change is not None and self.change.moved


@dataclass(frozen=True)
class Redline:
    """What ``{% redline %}`` draws; ``name`` tells several on one page apart."""

    passages: tuple[Passage, ...]

    @classmethod
    def of(
        cls, changes: Sequence[Change], nodes: Iterable[Node] = (), name: str = "stelle"
    ) -> "Redline":
        """The redline of changes: alone, or within ``nodes``, the whole new version."""
        numbers = {id(change): number for number, change in enumerate(changes, 1)}

        def passage(change: Change) -> Passage:
            parts = tuple(redline.shown(change.parts))
            anchor = f"{name}-{numbers[id(change)]}"
            return Passage(change.node.label, parts, change, anchor)

        every = list(nodes)
        if not every:
            return cls(tuple(map(passage, changes)))
        of_new = {change.new.id: change for change in changes if change.new}
        gone: dict[str, list[Change]] = {}
        for change in changes:
            if change.kind is Kind.REMOVED:
                gone.setdefault(change.leader.id if change.leader else "", []).append(change)
        passages = list(map(passage, gone.get("", ())))
        for node in every:
            change_of = of_new.get(node.id)
            kept = Passage(node.label, (Part(Op.KEEP, node.text),))
            passages.append(passage(change_of) if change_of else kept)
            passages += map(passage, gone.get(node.id, ()))
        return cls(tuple(passages))

    @property
    def changes(self) -> list[Passage]:
        """The passages that changed, in the order of the text."""
        return [passage for passage in self.passages if passage.change]

    def __bool__(self) -> bool:
        return bool(self.changes)
