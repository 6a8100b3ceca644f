"""The clauses as they were recognised: lines joined, words kept, what may be meant proposed."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zielwerk.reading.model import CERTAIN, Clause, Finding, Found, Proposal
from zielwerk.reading.outline import Section
from zielwerk.recognition.cleaning import flow, paragraphs, quotes
from zielwerk.recognition.columns import is_of_table
from zielwerk.recognition.condition import Condition
from zielwerk.recognition.likeness import alike, fold
from zielwerk.recognition.own import OwnWords
from zielwerk.recognition.strays import is_stamp
from zielwerk.recognition.traced import Traced
from zielwerk.recognition.words import TOKEN, doubtful, tokens, unknown_letters
from zielwerk.rulebook.refusal import msg

PROPOSED = msg("Wörter sehen nach Erkennungsfehlern aus; was gemeint sein kann, steht daneben.")
DAMAGED = msg("Im Text sind Wörter, die nach Erkennungsfehlern aussehen.")
HEADING_UNSURE = msg("Die Überschrift des Abschnitts ist nicht sicher zu erkennen.")

NOT_OF_IT = msg("Zwischen den Zeilen steht etwas, das nicht zum Wortlaut gehören muss.")
_LEAST_DOUBLED = 20  # letters of a line that does not come twice by chance
_STROKES = re.compile(r"(?<=[\s,/])(?=[IVXl1|]*[l1|])[IVXl1|]{2,5}(?=[\s,.;/]|$)(?![.,]\d)")


@dataclass(frozen=True)
class ReadClause:
    """A clause with the belief in its title and its text, and what may be meant instead."""

    title: Found[str]
    text: Found[str]
    number: str
    proposals: tuple[Proposal, ...]
    told: tuple[Finding, ...] = ()

    @property
    def value(self) -> Clause:
        """The plain value."""
        return Clause(self.number, self.title.value, self.text.value)


def clause(
    section: Section,
    region_name: str,
    state: Condition,
    listed: Sequence[Traced] = (),
    path: str = "",
) -> ReadClause:
    """Write a section's title and text word for word, and what a misread word may have been.

    ``listed`` is the running text of a section that is a list, one for each of its lines;
    ``path`` is where the clause stands in the reading.
    """
    title = quotes(_heading(section, region_name))
    blocks = [quotes(each) for each in listed or map(flow, paragraphs(section.body))]
    text = Traced.join(blocks, "\n")
    in_title = tuple(_proposals(title, state, f"{path}.title"))
    in_text = tuple(_proposals(text, state, f"{path}.text", is_list=bool(listed)))
    title_found = Found(title.text, title.span() if title.text else section.span)
    if not (section.sure and section.title_sure):
        title_found = title_found.doubted(0.7, HEADING_UNSURE)
    elif in_title or _is_damaged(title.text, state.own):
        title_found = title_found.doubted(0.6, DAMAGED)
    found = _believed(text.text, section, state, has_proposals=bool(in_text))
    told = () if listed else tuple(_told(section, state))
    if told:
        found = found.doubted(0.7, NOT_OF_IT)
    return ReadClause(title_found, found, section.name, (*in_title, *in_text), told)


def _told(section: Section, state: Condition) -> Iterator[Finding]:
    """Tell the lines that stand between or twice in the sentences of a clause; they stay in it."""
    before = ""
    for line in section.body if state.is_readable else ():
        text = line.text
        if is_of_table(text):
            continue
        if not line.is_page_number and is_stamp(text):
            asked = msg("Zwischen den Sätzen steht „{line}“: Ist das ein Stempel oder Vermerk?")
            yield Finding("reading.stray_line", asked, {"line": text}, "uncertain", section.name)
        elif len(text) > _LEAST_DOUBLED and fold(text) == before:
            asked = msg("Die Zeile „{line}“ steht zweimal: Gehört sie einmal in den Wortlaut?")
            yield Finding("reading.doubled_line", asked, {"line": text}, "uncertain", section.name)
            return  # where a page is doubled, one line of it is told
        before = fold(text)


def _believed(text: str, section: Section, state: Condition, *, has_proposals: bool) -> Found[str]:
    body = section.body
    span = (body[0].flat.span()[0], body[-1].flat.span()[1]) if body else section.span
    found = Found(text, span)
    if has_proposals:
        found = found.doubted(0.8, PROPOSED)
    elif _is_damaged(text, state.own):
        found = found.doubted(0.6, DAMAGED)
    unknown = sum(unknown_letters(word) for word in tokens(text) if word not in state.own)
    score = (1 - min(1.0, state.fault_rate)) ** unknown
    return found.doubted(score, DAMAGED) if score < CERTAIN else found


def _is_damaged(text: str, own: OwnWords) -> bool:
    return any(doubtful(word) for word in tokens(text) if word not in own and "§" not in word)


def _heading(section: Section, region_name: str) -> Traced:
    lines = list(section.title)
    if len(lines) != 2 or re.search(r"[-,]$|\b(?:des|der|und|für)$", lines[0].text):
        return flow(lines)
    if alike(lines[1].text, region_name) >= 0.8 or not lines[1].text[:1].isupper():
        return flow(lines)
    return Traced.join((flow([line]) for line in lines), " – ")


def _proposals(
    text: Traced, state: Condition, path: str, *, is_list: bool = False
) -> Iterator[Proposal]:
    """Yield the words that may have been others, each beside what it may have been.

    "SGB II, Ill" may be "SGB II, III"; "HMS!" may be the programme's "HMSI". In a list of names
    only what nobody would call a project is taken for a word of the dictionary.
    """
    meant_by = state.own.meant if is_list else state.own.proposed
    for match in TOKEN.finditer(text.text) if state.is_readable else ():
        strokes = _STROKES.match(text.text, match.start())
        is_numeral = strokes is not None and strokes.end() == match.end()
        meant = _numeral(match[0]) if is_numeral else meant_by(match[0])
        if meant is not None and meant != match[0]:
            yield Proposal(path, match.start(), match[0], meant, *text.span(*match.span()))


def _numeral(strokes: str) -> str | None:
    """The Roman numeral that strokes may be; a number of figures is none."""
    if "1" in strokes and not re.search(r"[IVX]", strokes):
        return None
    return re.sub("[l1|]", "I", strokes)
