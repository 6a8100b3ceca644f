"""A plain table dressed so that it stays a table where it is drawn as cards.

Cards take away ``display: table``, and with it, in some browsers, the table from the
accessibility tree. So each part says its role, and each cell carries its column's name
(drawn as text on a phone, not read twice). Done in one pass over the finished rows: a page
of rows needs no template for each cell.
"""

import re

from zielwerk.rulebook.syllables import parted
from zielwerk.ui.figures import whole_euros

HEAD = re.compile(r"<thead\b.*?</thead>", re.DOTALL)
HEADING = re.compile(r"<th\b([^>]*)>(.*?)</th>", re.DOTALL)
MARKUP = re.compile(r"<[^>]*>")
# White space after a part's begin goes: a cell in which a template's conditions leave nothing
# else is empty, and is drawn as such.
PART = re.compile(r"<(thead|tbody|tfoot|tr|th|td)\b([^>]*)>\s*")
CLASS = re.compile(r'\sclass="([^"]*)"')
SPAN = re.compile(r'\scolspan="(\d+)"')
GROUPS = ("thead", "tbody", "tfoot")
TEXT = re.compile(r">([^<>]+)<")
CROWDED = 8  # columns; with more of them long words of headings may be parted


def dressed(rows: str) -> str:
    """The inside of a table element with roles, classes and the names of the columns.

    Amounts of a column lose their cents where all are whole euros. Where there are many columns,
    long words of headings may be parted between their syllables, and nowhere else.
    """
    head = HEAD.search(rows)
    headings = HEADING.findall(head[0]) if head else []
    names = [" ".join(MARKUP.sub(" ", text).split()).replace('"', "&quot;") for _, text in headings]
    classes = [_classes(attributes) for attributes, _ in headings]
    if head and len(headings) > CROWDED:
        narrow = TEXT.sub(lambda found: f">{parted(found[1])}<", head[0])
        rows = rows[: head.start()] + narrow + rows[head.end() :]
    columns: dict[int, list[int]] = {}  # the pieces that hold a column's cells
    pieces: list[str] = []
    column, in_head, end = 0, False, 0

    def dress(part: re.Match[str]) -> str:
        nonlocal column, in_head
        tag, attributes = part[1], part[2]
        if tag in GROUPS:
            in_head = tag == "thead"
            name = {"thead": "head", "tbody": "body", "tfoot": "footer"}[tag]
            return _tag(tag, attributes, f"kern-table__{name}", 'role="rowgroup"')
        if tag == "tr":
            column = 0
            return _tag(tag, attributes, "kern-table__row", 'role="row"')
        place = column
        span = SPAN.search(attributes)
        column += int(span[1]) if span else 1
        if in_head:
            return _tag(tag, attributes, "kern-table__header", 'role="columnheader" scope="col"')
        inherited = classes[place] if place < len(classes) else ""
        columns.setdefault(place, []).append(len(pieces) + 2)
        if tag == "th":
            heading_classes = f"kern-table__header {inherited}"
            return _tag(tag, attributes, heading_classes, 'role="rowheader" scope="row"')
        name = f' data-column="{names[place]}"' if place < len(names) else ""
        return _tag(tag, attributes, f"kern-table__cell {inherited}", f'role="cell"{name}')

    for part in PART.finditer(rows):
        pieces += [rows[end : part.start()], dress(part)]
        end = part.end()
    pieces.append(rows[end:])
    for place, cells in columns.items():
        if place < len(classes) and "amount" in classes[place].split():
            for cell, text in zip(cells, whole_euros([pieces[n] for n in cells]), strict=True):
                pieces[cell] = text
    return "".join(pieces)


def _classes(attributes: str) -> str:
    match = CLASS.search(attributes)
    return match[1] if match else ""


def _tag(tag: str, attributes: str, classes: str, extra: str) -> str:
    written, rest = _classes(attributes), CLASS.sub("", attributes)
    return f'<{tag} class="{" ".join([*classes.split(), *written.split()])}" {extra}{rest}>'
