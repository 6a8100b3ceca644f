"""A list drawn as a table, which a phone shows as cards.

Cards take away ``display: table``, and with it, in some browsers, the table from the
accessibility tree. So each part says its role, and each cell carries its column's name. The
parts of a column are made once, not once a row.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from zielwerk.rulebook.syllables import parted
from zielwerk.ui.tables import CROWDED
from zielwerk.ui.tags.values import escaped, words

HEAD = (
    '<thead class="kern-table__head" role="rowgroup"><tr class="kern-table__row" role="row">{}</tr>'
)
ROW = '<tr class="kern-table__row" role="row">'


@dataclass(frozen=True)
class Heading:
    """The heading of a column: its title, and the address that orders by it."""

    title: str
    url: str = ""
    order: str = ""  # "ascending" or "descending", where the list is ordered by it
    is_number: bool = False
    language: str = ""

    def html(self, *, is_crowded: bool = False) -> str:
        title = escaped(parted(self.title) if is_crowded else self.title)
        if self.url:
            title = f'<a class="zw-sort" href="{escaped(self.url)}">{title}</a>'
        order = f' aria-sort="{self.order}"' if self.order else ""
        return (
            f'<th class="kern-table__header{self.kind}" role="columnheader" scope="col"{order}>'
            f"{title}</th>"
        )

    @property
    def kind(self) -> str:
        return " amount" if self.is_number else ""

    def opening(self, *, is_first: bool) -> str:
        """How each of the column's cells begins."""
        language = f' lang="{self.language}"' if self.language else ""
        if is_first:
            return (
                f'<th class="kern-table__header{self.kind}" role="rowheader" scope="row"{language}>'
            )
        name = escaped(words(self.title))
        return (
            f'<td class="kern-table__cell{self.kind}" role="cell" data-column="{name}"{language}>'
        )


def head(headings: Sequence[Heading]) -> SafeString:
    is_crowded = len(headings) > CROWDED
    cells = "".join(heading.html(is_crowded=is_crowded) for heading in headings)
    return mark_safe(HEAD.format(cells) + "</thead>")  # noqa: S308 - escaped by each heading


def body(headings: Sequence[Heading], columns: Sequence[Iterable[str]]) -> SafeString:
    """The rows; ``columns`` are the cells of each column from the top down, as HTML."""
    openings = [heading.opening(is_first=not n) for n, heading in enumerate(headings)]
    closings = ["</th>", *["</td>"] * (len(headings) - 1)]
    drawn = [
        [f"{opening}{cell}{closing}" for cell in cells]
        for opening, cells, closing in zip(openings, columns, closings, strict=True)
    ]
    rows = "".join(f"{ROW}{''.join(cells)}</tr>" for cells in zip(*drawn, strict=True))
    return mark_safe(  # noqa: S308 - each cell is escaped
        f'<tbody class="kern-table__body" role="rowgroup">{rows}</tbody>'
    )


def foot(
    headings: Sequence[Heading], sums: Iterable[tuple[str, Sequence[SafeString | str]]]
) -> SafeString:
    """A row for each sum: what was added up, and the cells of the columns after the first."""
    openings = [heading.opening(is_first=not n) for n, heading in enumerate(headings)]
    rows = (
        f"{ROW}{openings[0]}{escaped(label)}</th>"
        + "".join(
            f"{opening}{escaped(cell)}</td>"
            for opening, cell in zip(openings[1:], cells, strict=True)
        )
        + "</tr>"
        for label, cells in sums
    )
    return mark_safe(  # noqa: S308 - each cell is escaped
        f'<tfoot class="kern-table__footer" role="rowgroup">{"".join(rows)}</tfoot>'
    )


def linked(contents: Sequence[str], urls: Sequence[str], whole: Callable[[int], str]) -> list[str]:
    """The contents of a column's cells as links; an empty address makes none.

    Links that read the same are completed by what ``whole`` says of their row.
    """
    again = Counter(content for content, url in zip(contents, urls, strict=True) if url)
    cells = []
    for place, (content, url) in enumerate(zip(contents, urls, strict=True)):
        more = whole(place) if again[content] > 1 else ""
        told = f'<span class="kern-sr-only">, {escaped(more)}</span>' if more else ""
        cells.append(f'<a href="{escaped(url)}">{content}{told}</a>' if url else content)
    return cells
