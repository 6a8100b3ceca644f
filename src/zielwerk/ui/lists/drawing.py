"""A list drawn as a table, which a phone shows as cards.

Cards take away ``display: table``, and with it, in some browsers, the table from the
accessibility tree. So each part says its role, and each cell carries its column's name. The
parts of a column are made once, not once a row.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

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

    def html(self) -> str:
        title: str = conditional_escape(self.title)
        if self.url:
            title = format_html('<a class="zw-sort" href="{}">{}</a>', self.url, self.title)
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
        name = conditional_escape(self.title)
        return (
            f'<td class="kern-table__cell{self.kind}" role="cell" data-column="{name}"{language}>'
        )


@dataclass(frozen=True)
class Drawn:
    """A cell: what stands in it, where it leads, what stands behind it, what it is as text.

    ``whole`` completes the text of the link where another one in the column reads the same.
    """

    content: SafeString | str
    url: str = ""
    mark: SafeString | str = ""
    whole: str = ""


def head(headings: Sequence[Heading]) -> SafeString:
    cells = "".join(heading.html() for heading in headings)
    return mark_safe(HEAD.format(cells) + "</thead>")  # noqa: S308 - escaped by each heading


def body(headings: Sequence[Heading], columns: Sequence[Sequence[Drawn]]) -> SafeString:
    """The rows; ``columns`` are the cells of each column from the top down."""
    openings = [heading.opening(is_first=not n) for n, heading in enumerate(headings)]
    closings = ["</th>", *["</td>"] * (len(headings) - 1)]
    drawn = [list(_told_apart(cells)) for cells in columns]
    rows = (
        ROW
        + "".join(
            opening + cell + closing
            for opening, cell, closing in zip(openings, cells, closings, strict=True)
        )
        + "</tr>"
        for cells in zip(*drawn, strict=True)
    )
    return mark_safe(  # noqa: S308 - each cell is escaped
        f'<tbody class="kern-table__body" role="rowgroup">{"".join(rows)}</tbody>'
    )


def foot(
    headings: Sequence[Heading], sums: Iterable[tuple[str, Sequence[SafeString | str]]]
) -> SafeString:
    """A row for each sum: what was added up, and the cells of the columns after the first."""
    openings = [heading.opening(is_first=not n) for n, heading in enumerate(headings)]
    rows = (
        f"{ROW}{openings[0]}{conditional_escape(label)}</th>"
        + "".join(
            f"{opening}{conditional_escape(cell)}</td>"
            for opening, cell in zip(openings[1:], cells, strict=True)
        )
        + "</tr>"
        for label, cells in sums
    )
    return mark_safe(  # noqa: S308 - each cell is escaped
        f'<tfoot class="kern-table__footer" role="rowgroup">{"".join(rows)}</tfoot>'
    )


def _told_apart(cells: Sequence[Drawn]) -> Iterable[str]:
    """The cells of a column as HTML; links that read the same are completed."""
    again = Counter(str(cell.content) for cell in cells if cell.url)
    for cell in cells:
        html: str = conditional_escape(cell.content)
        if cell.url:
            if again[str(cell.content)] > 1 and cell.whole:
                html += format_html('<span class="kern-sr-only">, {}</span>', cell.whole)
            html = f'<a href="{conditional_escape(cell.url)}">{html}</a>'
        yield html + conditional_escape(cell.mark)
