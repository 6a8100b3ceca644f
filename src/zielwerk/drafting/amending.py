"""What changes an agreed text: begun as its copy, and printed as what it changes and what holds.

The copy takes the text and its values. What belongs to the first one alone (signatures, days,
the signed file, what was published) is no part of a document, so that no copy can take it.
"""

from collections.abc import Iterator
from dataclasses import replace

from zielwerk.drafting.changes import EARMARK
from zielwerk.drafting.model import Amends, Document, Piece
from zielwerk.drafting.views import all_nodes, blocks
from zielwerk.rulebook.agreement import Form
from zielwerk.rulebook.redline import Change, Kind, redline
from zielwerk.typesetting import blocks as b

CHANGES, REST, WHOLE = "Was sich ändert", "Was weiter gilt", "Wortlaut, wie er danach gilt"
TABLE = "Bisher und neu"
PLACE, BEFORE, AFTER = "Stelle", "bisher", "neu"
NEW, GONE = "steht dort noch nicht", "entfällt"
NOTHING_CHANGES = "Bisher ist nichts geändert."
STARTS_FROM = "Geändert wird {number} in der Fassung mit dem Prüfzeichen {code}."
SIGNED_ON = "Geändert wird {number} vom {day} in der Fassung mit dem Prüfzeichen {code}."
RESTS_ON = "Die Änderung beruht auf: {basis}."
STAYS = "Alles, was hier nicht geändert ist, gilt unverändert weiter."
ENDS = (
    "Mit der letzten Unterschrift endet, was vereinbart war. Was danach noch gilt, steht im "
    "Wortlaut unten; darüber hinaus wird nichts mehr gefördert."
)
TAKES_ITS_PLACE = "Das Schriftstück tritt an die Stelle des bisherigen."


def begun(holds: Document, amends: Amends) -> Document:
    """The copy with which a change of a text that holds begins; nothing is changed in it yet."""
    return replace(holds, amends=amends)


def changes(before: Document, after: Document) -> list[Change]:
    """What a change does to a text, each thing once.

    A paragraph that only names a value which changed says nothing new: the value is told. Where
    something merely stands in another order nothing else is agreed. The amount of a purpose is a
    value, too, and not told again in the list of purposes.
    """
    worded = {each.id: (each.text, each.is_plain) for each in _pieces(before)}
    kept = {each.id for each in _pieces(after) if worded.get(each.id) == (each.text, each.is_plain)}
    told = redline(all_nodes(before), all_nodes(after))
    amounts = (each.node.id for each in told if each.node.id.startswith(EARMARK))
    kept |= {f"earmarks/{own.removeprefix(EARMARK)}" for own in amounts}
    return [each for each in told if each.kind is not Kind.MOVED and each.node.id not in kept]


def changing_blocks(before: Document, after: Document) -> tuple[b.Block, ...]:
    """The paper of a change: what it changes, what goes on, and the whole text as it then holds."""
    assert after.amends
    return (
        b.Heading(1, CHANGES),
        *(b.Paragraph((b.Text(each),)) for each in _about(after.amends)),
        _table(changes(before, after)),
        b.Heading(1, REST),
        b.Paragraph((b.Text(_rest(after.amends)),)),
        b.Heading(1, WHOLE),
        *blocks(after),
    )


def _pieces(document: Document) -> Iterator[Piece]:
    return (piece for clause in document.clauses for piece in clause.pieces)


def _about(amends: Amends) -> Iterator[str]:
    day = ".".join(reversed(amends.since.split("-")))
    sentence = SIGNED_ON if day else STARTS_FROM
    yield sentence.format(number=amends.file_number, code=amends.code, day=day)
    if amends.basis:
        yield RESTS_ON.format(basis=amends.basis)


def _rest(amends: Amends) -> str:
    sentences = {Form.END: ENDS, Form.ANEW: TAKES_ITS_PLACE}
    return sentences.get(Form(amends.form), STAYS)


def _table(changes: list[Change]) -> b.Block:
    if not changes:
        return b.Paragraph((b.Text(NOTHING_CHANGES),))
    rows = tuple(
        (
            (b.Text(each.node.label),),
            (b.Text(each.old.text if each.old else NEW),),
            (b.Text(each.new.text if each.new else GONE),),
        )
        for each in changes
    )
    columns = tuple(b.Column(title) for title in (PLACE, BEFORE, AFTER))
    return b.Table(TABLE, columns, rows)
