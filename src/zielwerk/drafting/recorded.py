"""A text that was recorded from paper as a document with ids, so that a change can start from it.

Paper has no slots. Where its wording names the total amount, and where it lists the measures, the
places are known again; values that no place was found for stand behind the wording, so that none
is lost and each can be talked about and changed.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from zielwerk.drafting.changes import AGREED, BLANK_LINE
from zielwerk.drafting.clauses import one_line
from zielwerk.drafting.content import Planned, content
from zielwerk.drafting.model import Clause, Content, Document, Entry, Measure, Piece, PieceKind
from zielwerk.packs.model import Body, Year
from zielwerk.rulebook.agreement import Clause as Signed
from zielwerk.rulebook.agreement import Terms

BULLETS = "•-*–"
VALUES, VALUES_TITLE = "werte", "Vereinbarte Werte"
AMOUNT_SAID = "Gesamtbetrag: {amount}"


def recorded(terms: Terms, rules: Year, body: Body, plans: Sequence[str], day: date) -> Document:
    """The document that recorded terms say; ``plans`` has for each measure its plan's number.

    It is empty where none is known.
    """
    said = _content(terms, rules, body, plans, day)
    total = _clause_of_total(terms, rules)
    clauses = tuple(
        _clause(at, each, said, at == total) for at, each in enumerate(terms.clauses, 1)
    )
    missing = tuple(_missing(clauses, said))
    if missing:
        clauses += (Clause(VALUES, "", VALUES_TITLE, missing),)
    return Document(said, clauses)


def _content(terms: Terms, rules: Year, body: Body, plans: Sequence[str], day: date) -> Content:
    types = {each.code: str(each.label) for each in rules.measure_types}
    measures = [
        Measure(
            plan or f"{AGREED}{number}",
            each.type,
            types.get(each.type, each.type),
            each.title,
            each.amount_cents,
            each.seats,
        )
        for number, (each, plan) in enumerate(zip(terms.measures, plans, strict=True), 1)
    ]
    named = {each.code: each.amount_cents for each in terms.earmarks}
    known = Planned(terms.amount_cents, named, (), (), meeting=terms.meeting)
    made = content(rules, body, known, day)
    frameworks = {each.label: each.code for each in made.frameworks}
    return replace(
        made,
        ministry=terms.ministry or made.ministry,
        granting_authority=terms.granting_authority or made.granting_authority,
        legal_areas=terms.legal_areas or made.legal_areas,
        measures=tuple(measures),
        frameworks=tuple(
            Entry(frameworks.get(label, f"{AGREED}{at}"), label)
            for at, label in enumerate(terms.frameworks, 1)
        ),
    )


def _clause_of_total(terms: Terms, rules: Year) -> int:
    """The place of the clause that names the total; 0 where none is known to.

    Another sum may be as large: the own share, a part that is all of it. So it is the clause that
    is headed as the programme heads the money, or has the number of that clause, and else the
    only one that names such a sum.
    """
    named = naming(terms.amount_cents)
    those = {at: each for at, each in enumerate(terms.clauses, 1) if named.search(each.text)}
    headings = [each.casefold() for each in rules.programme.reading.budget_headings]
    numbers = {each.number for each in rules.clauses if "amount" in each.slots}
    headed = [
        at for at, each in those.items() if any(word in each.title.casefold() for word in headings)
    ]
    numbered = [at for at, each in those.items() if each.number in numbers]
    alone = list(those) if len(those) == 1 else []
    return next(iter([*headed, *numbered, *alone]), 0)


def _clause(number: int, signed: Signed, said: Content, is_of_total: bool) -> Clause:
    """A clause of the paper; its id is its place. Only the total is written anew."""
    own = f"wortlaut-{number}"
    parts = [part for part in BLANK_LINE.split(signed.text) if part.strip()]
    pieces = [piece for at, part in enumerate(parts, 1) for piece in _pieces(own, at, part)]
    if is_of_total:
        pieces = _with_total(pieces, said.amount_cents)
    return Clause(own, signed.number, signed.title, tuple(_with_list(pieces, said)))


def _pieces(own: str, at: int, part: str) -> Iterator[Piece]:
    lines = [line.strip() for line in part.splitlines() if line.strip()]
    if all(line[0] in BULLETS and line[1:2].isspace() for line in lines):
        for item, line in enumerate(lines, 1):
            yield Piece(f"{own}/{at}.{item}", PieceKind.ITEM, _words(line[1:]), True)
    else:
        yield Piece(f"{own}/{at}", PieceKind.PARAGRAPH, _words(part), True)


def _words(text: str) -> str:
    return one_line(text).translate(BRACES)


def _with_total(pieces: Sequence[Piece], cents: int) -> list[Piece]:
    """The pieces with the slot of the total where they first name it, however it is written."""
    named = naming(cents)
    first = next((at for at, each in enumerate(pieces) if named.search(each.text)), None)
    return [
        replace(each, text=named.sub("{amount}", each.text, count=1)) if at == first else each
        for at, each in enumerate(pieces)
    ]


def naming(cents: int) -> re.Pattern[str]:
    """What names an amount in words: "1.600 Euro", "1.600,00 €", "1 600,-- EUR"."""
    euros, rest = divmod(cents, 100)
    grouped = f"{euros:,}".replace(",", r"[. \u00a0\u202f]?")
    decimals = rf",{rest:02d}" if rest else r"(?:,(?:00|-{1,2}|–))?"
    return re.compile(rf"(?<![\d.,]){grouped}{decimals}[ \u00a0](?:Euro|EUR|€)(?!\w)")


BRACES = str.maketrans({"{": "(", "}": ")"})
"""No paper of a programme has braces; recognition may see some, and a slot would be read there."""


def _with_list(pieces: Sequence[Piece], said: Content) -> Iterator[Piece]:
    """The pieces with the place of the measures where every one of them is listed by its title."""
    titles = {one_line(each.title) for each in said.measures}
    items = [at for at, each in enumerate(pieces) if each.text in titles]
    if not titles or {pieces[at].text for at in items} != titles:
        yield from pieces
        return
    types = {one_line(each.type_label) for each in said.measures}
    heads = [each.text.rstrip(":") in types for each in pieces]
    first = items[0] - (items[0] > 0 and heads[items[0] - 1])
    if any(at not in items and not heads[at] for at in range(first, items[-1] + 1)):
        yield from pieces
        return
    yield from pieces[:first]
    yield Piece(pieces[first].id, PieceKind.PLACE, "measures")
    yield from pieces[items[-1] + 1 :]


def _missing(clauses: Sequence[Clause], said: Content) -> Iterator[Piece]:
    """Places of the values that the wording has none for."""
    pieces = [piece for clause in clauses for piece in clause.pieces]
    if not any("{amount}" in piece.text for piece in pieces):
        yield Piece(f"{VALUES}/1", PieceKind.PARAGRAPH, AMOUNT_SAID)
    places = {piece.text for piece in pieces if piece.kind is PieceKind.PLACE}
    lists = (("measures", said.measures), ("earmarks", said.earmarks))
    for at, (slot, entries) in enumerate(lists, 2):
        if entries and slot not in places:
            yield Piece(f"{VALUES}/{at}", PieceKind.PLACE, slot)
