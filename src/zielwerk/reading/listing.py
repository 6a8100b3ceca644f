"""The items of a list of measures: which lines begin one, go on with one, or are none."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from zielwerk.reading.details import GIVEN_UP, Details, divided, gives_up, of_row
from zielwerk.reading.model import Finding, Found
from zielwerk.reading.titles import WRAPPED
from zielwerk.recognition.amounts import amounts
from zielwerk.recognition.bullets import Bullet
from zielwerk.recognition.cleaning import Line, flow
from zielwerk.recognition.columns import Row
from zielwerk.recognition.likeness import fold
from zielwerk.recognition.strays import is_day, is_stray
from zielwerk.recognition.traced import Traced
from zielwerk.rulebook.refusal import msg

NO_HEADING = msg("Über der Maßnahme steht keine bekannte Maßnahmenart.")
COLUMNS = msg("In der Zeile ist eine Lücke: Vielleicht stehen zwei Spalten nebeneinander.")

_NOTHING = re.compile(
    r"\W*(?:kein(?:e|er)?|entfällt|nicht (?:vorgesehen|belegt))?"
    r"(?:(?<=\w) (?:Maßnahmen?|Projekte?))?\W*",
    re.IGNORECASE,
)
CONNECTS = re.compile(
    r"(?:\b(?<!/)(?<!/-)(?:und|oder|mit|für|in|im|ins|der|die|das|den|dem|des|von|vom|zu|zum|zur|auf|aus|bei|am|"
    r"an|nach|ohne|ein|eine|einen|einer|durch|über|unter|als|bis|sowie|Das|Die|Der|Ein|Eine|Mit|Für|Im|In)|[-–—&,:/(]|(?<!\w)\+)$"
)
_TOTAL = re.compile(
    r"\W*(?:Gesamt(?:summe|betrag|kosten|budget|volumen|mittel|förderung|zahl)?|Summen?|Insgesamt"
    r"|Zusammen|Total)(?: (?:der|aller) (?:Maßnahmen|Projekte|Beträge|Mittel))?(?!\w)"
    r"[\W\d_]*(?:(?:Euro|EUR|Plätze|TN|Teilnehm\w+|Personen|Maßnahmen|Projekte|und|mit|bei)\b"
    r"[\W\d_]*)*",
    re.IGNORECASE,
)  # and nothing but numbers: "Zusammen wachsen" is a measure
_GAP = re.compile(r"\S {6,}\S")  # wider than a tab
_UNCERTAIN = "uncertain"
UNDER_NONE: Found[str | None] = Found(None, (0, 0), 0.3, NO_HEADING)


@dataclass
class Item:
    """A title in the making: its lines or its row of a table, its type, and what is doubtful."""

    type: Found[str | None]
    lines: list[Traced]
    at: int = 0
    doubts: list[str] = field(default_factory=list)
    row: Row | None = None

    @property
    def text(self) -> str:
        """All that stands in its lines or its row."""
        if self.row:
            return " | ".join((self.row.title.text, *(cell.text for _, cell in self.row.cells)))
        return flow(self.lines).text

    def divided(self, *, priced: bool) -> tuple[Traced, Details]:
        """The title and what stands beside it."""
        return of_row(self.row) if self.row else divided(flow(self.lines), priced=priced)


@dataclass
class Listing:
    """The items of a list as its lines are gone through, and what of them is told."""

    body: Sequence[Line]
    marks: Sequence[Bullet]
    rows: Mapping[int, Row | None]
    heads: Mapping[int, tuple[Found[str | None], int]]  # of a heading: its type, its lines
    priced: bool
    usual: str  # the kind of most marks
    width: int  # of the longest line
    bulleted: bool
    type: Found[str | None] = UNDER_NONE
    making: list[Item] = field(default_factory=list)
    told: list[Finding] = field(default_factory=list)
    total: Found[int] | None = None
    started: bool = False
    dropped: bool = False  # what follows is said to be given up
    complete: bool = True

    @classmethod
    def of(
        cls,
        body: Sequence[Line],
        marks: Sequence[Bullet],
        rows: Mapping[int, Row | None],
        heads: Mapping[int, tuple[Found[str | None], int]],
        *,
        priced: bool,
    ) -> "Listing":
        """Go through the lines of a list."""
        kinds = Counter(mark.kind for mark in marks if mark.length)
        usual = next(iter(kinds.most_common(1)), ("",))[0]
        width = max((len(line.text) for line in body), default=0)
        bulleted = bool(kinds) or any(rows.values())
        listing = cls(body, marks, rows, heads, priced, usual, width, bulleted)
        at = 0
        while at < len(body):
            known = len(listing.making)
            at += listing._step(at)
            for item in listing.making[known:] if listing.dropped else ():
                item.doubts.insert(0, GIVEN_UP)
        listing.making = [item for item in listing.making if item.lines or item.row]
        return listing

    def _step(self, at: int) -> int:
        """Go through one line, or through those of a heading."""
        if at in self.heads:
            self.type, count = self.heads[at]
            self.dropped = False
            self.started = True
            self.making.append(Item(self.type, [], at + count))
            return count
        text = self.body[at].flat.part(self.marks[at].length).strip()
        if self._is_none(at, text):
            return 1
        if row := self.rows.get(at):
            self.started = True
            doubts = [WRAPPED] if row.is_wrapped else []
            self.making.append(Item(row.type or self.type, [], at, doubts, row))
        elif self.marks[at].length and (self.started or self.marks[at].sure):
            self._begin(at, text)
        elif self.started and self.making:
            self._go_on(Item(self.type, [text], at))
        return 1

    def _is_none(self, at: int, text: Traced) -> bool:
        """Whether a line names no measure: names of columns, "keine", a total, a stamp."""
        if at in self.rows and self.rows[at] is None:
            return True
        if self.started and _NOTHING.fullmatch(text.text):
            return True  # a type without a measure: "keine", "entfällt", a dash
        if self.started and _TOTAL.fullmatch(text.text) and self._is_total(at, text):
            return True
        line = self.body[at].text
        is_item = self.marks[at].length or at in self.rows
        if self.started and (is_day(line) or (not is_item and is_stray(line))):
            self._tell(
                "reading.stray_line",
                msg("Zwischen den Maßnahmen steht „{line}“: Ist das ein Stempel oder Vermerk?"),
                line,
            )
            return True
        if not is_item and line.endswith(":") and gives_up(line):
            self.dropped = True
            return True
        if self.started and self.making and self._is_doubled(at):
            self._tell(
                "reading.doubled_line",
                msg("Die Zeile „{line}“ steht zweimal: Ist es eine Maßnahme oder sind es zwei?"),
                text.text,
            )
            return True
        return False

    def _is_total(self, at: int, text: Traced) -> bool:
        row = self.rows.get(at)
        if row and (stated := of_row(row)[1].amount) and stated.value is not None:
            self.total = Found(stated.value, stated.span)
            return True
        found = amounts(text) or amounts(Traced.join((text, text.part(len(text))), " Euro"))
        if len(found) != 1 or found[0].cents is None:
            return False
        self.total = Found(found[0].cents, found[0].text.span())
        return True

    def _is_doubled(self, at: int) -> bool:
        """Whether a line says word for word what the item before it says."""
        last = self.making[-1]
        same = at > 0 and fold(self.body[at].text) == fold(self.body[at - 1].text)
        return same and last.at in (at - 1, last.at) and len(last.lines) <= 1 and last.at < at

    def _tell(self, rule: str, msgid: str, line: str) -> None:
        self.complete = False
        if not any(one.rule == rule and one.params["line"] == line for one in self.told):
            self.told.append(Finding(rule, msgid, {"line": line}, _UNCERTAIN, "measures"))

    def _begin(self, at: int, text: Traced) -> None:
        """Begin an item with a mark; one of another kind may be the second line of a title."""
        self.started = True
        mark = self.marks[at]
        item = Item(self.type, [text], at)
        if mark.kind != self.usual or not mark.sure:
            item.doubts.append(WRAPPED)
            if self.making:
                self.making[-1].doubts.append(WRAPPED)
        if _GAP.search(self.body[at].wide.text.lstrip()[mark.length + 3 :]):
            item.doubts.append(COLUMNS)
        self.making.append(item)

    def _go_on(self, new: Item) -> None:
        """Take a line without a mark: to the title before it, or as a title."""
        closes = self.priced or (not self.bulleted and amounts(new.lines[0]))
        if closes and self._by_amount(new):
            return
        before, text = self.making[-1], new.lines[0]
        if self.bulleted:
            new.doubts.append(WRAPPED)
        if not before.lines:
            self.making.append(new)
            self.complete &= not self.bulleted
            return
        last = before.lines[-1].text
        if CONNECTS.search(last) or text.text[:1].islower() or text.text[:1] in "-–—+&(":
            before.lines.append(text)
            return
        room = self.width - len(last) - 1  # a first word that would have fitted begins anew
        before.doubts.append(WRAPPED)
        if self.bulleted and len(text.text.split()[0]) > room - 4 and len(last) > 0.6 * self.width:
            before.lines.append(text)
        else:
            self.complete = False
            self.making.append(new)

    def _by_amount(self, new: Item) -> bool:
        """Add a line by the amounts, one of which closes every item; False where none tells."""
        lines, found = self.making[-1].lines, amounts(new.lines[0])
        if lines and not amounts(flow(lines)) and found:
            lines.append(new.lines[0])
            return True
        if found and (not lines or amounts(lines[-1])):
            self.making.append(new)
            return True
        return False
