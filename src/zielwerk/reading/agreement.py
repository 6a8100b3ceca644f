"""Reading an agreement: the one entrance of this floor."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from types import MappingProxyType

from zielwerk.packs.model import Body, Organisation, Programme, Year
from zielwerk.reading import (
    budget,
    doubled,
    findings,
    measures,
    papers,
    parties,
    references,
    resolutions,
    signatures,
)
from zielwerk.reading.clauses import HEADING_UNSURE, ReadClause, clause
from zielwerk.reading.compared import Read, compare
from zielwerk.reading.earmarks import BY_LIKENESS
from zielwerk.reading.earmarks import earmarks as named_earmarks
from zielwerk.reading.expected import clause_number, headings, wordings
from zielwerk.reading.heads import MISSING
from zielwerk.reading.kinds import kinds
from zielwerk.reading.known import Known
from zielwerk.reading.measures import Listed
from zielwerk.reading.model import (
    Doubt,
    Evidence,
    Finding,
    Found,
    Meeting,
    NamedEarmark,
    Party,
    Reading,
    T,
)
from zielwerk.reading.offices import is_of_one_side, signing
from zielwerk.reading.outline import Outline, is_preamble, outline
from zielwerk.reading.roles import roles
from zielwerk.reading.schema import schema
from zielwerk.reading.suitability import (
    MOST_CHARACTERS,
    MOST_LINES,
    Foreign,
    refuse_cut_off,
    refuse_other,
    refuse_shapeless,
    refuse_size,
    too_many_lines,
)
from zielwerk.recognition.cleaning import Line, characters, flow, lines
from zielwerk.recognition.condition import Condition, condition
from zielwerk.recognition.lessons import Lessons
from zielwerk.recognition.likeness import find, fold_traced
from zielwerk.recognition.own import own_words
from zielwerk.recognition.pages import without_running_heads
from zielwerk.recognition.source import decode
from zielwerk.recognition.traced import Quotes
from zielwerk.rulebook.membership import existing
from zielwerk.rulebook.refusal import Refused, msg

__all__ = ["MOST_CHARACTERS", "Finding", "Reading", "decode", "read", "schema"]

# What is said of a measure by where it stands in the reading.
MEASURE_PATHS = {"amount": "amount_cents", "seats": "seats", "place": "place", "target": "target"}
NO_LESSONS = Lessons()
INCOMPLETE = msg("Es ist nicht sicher, dass die Aufzählung vollständig ist.")


def read(
    text: str,
    *,
    programme: Programme,
    bodies: Sequence[Body],
    organisations: Sequence[Organisation],
    years: Collection[int],
    load: Callable[[int], Year],
    others: Sequence[Programme] = (),
    house: Callable[[int, str], Known] | None = None,
    lessons: Lessons = NO_LESSONS,
) -> Reading:
    """Read the text of one signed agreement, or of one notice where the programme has notices.

    ``years`` are the programme years there is a pack for, ``load`` gives the pack of one of
    them, ``bodies`` and ``organisations`` all there are at any time. ``others`` are further
    programmes, told when a paper is theirs; ``house`` says what is known of a year and a body;
    ``lessons`` are what earlier corrections taught.
    Raises :class:`Refused` with ``reading.empty``, ``reading.too_long``,
    ``reading.other_language``, ``reading.other_state``, ``reading.other_law``,
    ``reading.other_programme``, ``reading.other_document``, ``reading.no_agreement``,
    ``reading.annulment``, ``reading.cut_off``, ``reading.two_agreements``,
    ``reading.no_sections``, ``reading.no_year``, ``reading.year_without_pack``,
    ``reading.no_body``, ``reading.unknown_body``, ``reading.body_not_valid`` or
    ``reading.no_amount``.
    """
    refuse_size(text)
    shape = headings(programme)
    received = lines(characters(text))
    printed = doubled.once(received)
    all_lines = without_running_heads(printed, text)
    if len(all_lines) > MOST_LINES:
        raise Refused(too_many_lines(len(all_lines)))
    title = papers.above(printed, shape.marks, lambda line: is_preamble(line, shape))
    refuse_other(all_lines, title, programme, shape.marks, Foreign(others, organisations))
    parts = outline(all_lines, shape, signing(programme, organisations))
    refuse_shapeless(parts, all_lines, programme, shape.marks)
    told = _order(parts, all_lines, is_twice=len(printed) < len(received))
    paper = papers.paper(
        printed,
        title,
        [part.text for part in parts.sections],
        parts.signing,
        is_notice=is_of_one_side(programme),
    )
    year = parties.year(parts, programme, years)
    pack = load(year.value)
    if paper.kind.value != papers.AMENDMENT:
        refuse_cut_off(parts, pack)
    region, body = parties.region(parts, pack, bodies, kinds(programme, bodies))
    own = own_words(wordings(pack, bodies)).taught(lessons)
    state = condition((part.text.text for part in parts.sections), own)
    known = house(year.value, body.ags) if house else Known()
    return _Assembly(text, programme, pack, parts, state, paper, known, told).reading(
        year, parties.giver(parts, pack, body), region, body, bodies
    )


def _order(parts: Outline, these: Sequence[Line], *, is_twice: bool) -> tuple[Finding, ...]:
    """What is told of pages that are doubled or swapped."""
    found = list(doubled.doubled(these)) or list(doubled.misplaced(parts.order))
    return (doubled.same_twice(), *found) if is_twice else tuple(found)


class _Assembly:
    """Puts the readings of the parts together and keeps the evidence of each."""

    def __init__(
        self,
        text: str,
        programme: Programme,
        pack: Year,
        parts: Outline,
        state: Condition,
        paper: papers.Paper,
        known: Known,
        told: Sequence[Finding],
    ) -> None:
        self.told = told
        self.text, self.quotes = text, Quotes(text)
        self.paper, self.known = paper, known
        self.programme, self.pack, self.parts, self.state = programme, pack, parts, state
        self.passage = references.Passage.of(parts)
        self.evidence: dict[str, Evidence] = {}

    def note(self, path: str, found: Found[T] | None) -> T | None:
        """Keep the evidence of a value under its path and return the value."""
        if found is None:
            self.evidence[path] = Evidence(0, 0, "", 0.3, False, MISSING)
            return None
        start, end = self.quotes.widen(found.span)
        quote = self.quotes.quote((start, end))
        self.evidence[path] = Evidence(start, end, quote, found.score, found.certain, found.reason)
        return found.value

    def reading(
        self,
        year: Found[int],
        giver: Found[Party],
        region: Found[Party],
        body: Body,
        bodies: Sequence[Body],
    ) -> Reading:
        """Read all parts; the title page has been read already."""
        self._title_page(year, giver, region)
        listed = self._measures()
        words = roles(self.programme, self.pack.earmarks)
        amount = budget.budget(self.parts, self.pack, listed.stated)
        self.note("budget_cents", amount.found)
        own_share = self.note("own_share_cents", budget.own_share(self.parts, words))
        authority = self.note("granting_authority", self._authority(giver, body))
        frameworks, frameworks_complete = self._frameworks()
        areas, areas_complete = references.legal_areas(self.passage, self.pack.legal_areas)
        taken = [measure.span for measure, _ in listed.measures]
        earmarks = named_earmarks(self.parts, self.pack.earmarks, words, amount.found.value, taken)
        meeting = self.note("meeting", self._meeting())
        signed = self._signatures((body, *bodies))
        written = self._clauses(region.value.name, listed)
        questions = self._findings(signed, listed, written, earmarks, authority)
        named = self._list("frameworks", frameworks, frameworks_complete)
        legal_areas = self._list("legal_areas", areas, areas_complete)
        purposes = self._list("earmarks", earmarks, self._all_earmarks(earmarks))
        read = Read(
                self.pack, self.parts, existing(bodies, self.pack.period), self.paper, year, giver,
                region, body, amount, listed, earmarks, signed, words, self.quotes, self.known,
            )  # fmt: skip
        texts = [part.text for part in self.parts.sections]
        texts += resolutions.around_signatures(self.parts.signing)
        resolved = resolutions.resolution(texts, self.programme, self.pack.period)
        resolution = self.note("resolution", resolved)
        doubts = self._compared(read)
        return Reading(
            programme=self.programme.code,
            year=year.value,
            kind=self.paper.kind.value,
            state=self.paper.state.value,
            parties=(giver.value, region.value),
            budget_cents=amount.found.value,
            budget_readings=tuple(dict.fromkeys(one.value for one in amount.readings)),
            own_share_cents=own_share,
            granting_authority=authority,
            frameworks=named,
            legal_areas=legal_areas,
            earmarks=purposes,
            measures=tuple(measure.value for measure, _ in listed.measures),
            meeting=meeting,
            resolution=resolution,
            signatures=tuple(one.value for one in signed),
            clauses=tuple(one.value for one in written),
            findings=(*(one.finding for one in doubts), *questions),
            evidence=MappingProxyType(self.evidence),
            proposals=tuple(one for each in written for one in each.proposals),
        )

    def _compared(self, read: Read) -> list[Doubt]:
        """Doubt every value that something contradicts."""
        doubts = compare(read)
        for doubt in doubts:
            for path in doubt.paths:
                was = self.evidence[path]
                if was.certain or doubt.score < was.score:
                    self.evidence[path] = replace(
                        was, score=doubt.score, certain=False, reason=doubt.reason
                    )
        return doubts

    def _title_page(self, year: Found[int], giver: Found[Party], region: Found[Party]) -> None:
        self.note("programme", self._programme())
        self.note("kind", self.paper.kind)
        self.note("state", self.paper.state)
        self.note("year", year)
        for path, party in (("parties[0]", giver), ("parties[1]", region)):
            self.note(f"{path}.name", party)
        for name in ("kind", "ags"):
            self.note(f"parties[1].{name}", region)

    def _authority(self, giver: Found[Party], body: Body) -> Found[str] | None:
        """Who grants the money; an authority that signs does so itself."""
        if giver.value.role == "authority":
            return Found(giver.value.name, giver.span, giver.score, giver.reason)
        return references.granting_authority(self.passage, self.pack, body)

    def _meeting(self) -> Found[Meeting | None] | None:
        """The meeting that is agreed on; nobody asks for one where the programme has none."""
        found = references.meeting(self.passage, self.programme.meeting)
        if found:
            return Found(found.value, found.span, found.score, found.reason)
        return None if self.programme.meeting else Found(None, (0, 0))

    def _programme(self) -> Found[str]:
        """Find the programme's name on the title page, else in the text."""
        for these in (
            self.parts.header,
            [line for part in self.parts.sections for line in part.body],
        ):
            text = flow(these)
            folded = fold_traced(text)
            hit = find(self.programme.name, folded, 0.85)
            if hit:
                start, end = folded.origin[hit[1]], folded.origin[hit[2] - 1] + 1
                return Found(self.programme.code, text.span(start, end), max(hit[0], 0.9))
        return Found(self.programme.code, (0, 0), 0.5, BY_LIKENESS)

    def _list(self, path: str, found: Sequence[Found[T]], complete: bool) -> tuple[T, ...]:
        """Note the items of a list and whether the list is surely complete."""
        for i, one in enumerate(found):
            self.note(f"{path}[{i}]", one)
        span = (found[0].span[0], found[0].span[1]) if found else (0, 0)
        self.note(
            path, Found(None, span) if complete and found else Found(None, span, 0.6, INCOMPLETE)
        )
        return tuple(one.value for one in found)

    def _frameworks(self) -> tuple[list[Found[str]], bool]:
        """Take the preamble's frameworks; other clauses count only where it has none."""
        preamble = references.Passage.of(self.parts, (0,))
        found = references.frameworks(preamble, self.pack.frameworks, self.state)
        if found:
            return found, not references.further_quotes(preamble, found)
        return references.frameworks(self.passage, self.pack.frameworks, self.state), False

    def _all_earmarks(self, found: Sequence[Found[NamedEarmark]]) -> bool:
        """Whether no further earmark of the pack may be named in damaged letters."""
        codes = {one.value.code for one in found}
        return not any(
            references.perhaps_named(self.passage, (earmark.label, *earmark.cues))
            for earmark in self.pack.earmarks
            if earmark.code not in codes
        )

    def _measures(self) -> Listed:
        types = self.pack.measure_types
        usual = clause_number(self.pack, "measures")
        section = measures.section_of(self.parts, types, usual)
        priced = self.programme.document.recipient == "measure"
        others = [part.text for part in self.parts.sections if part is not section]
        listed = measures.measures(section, types, self.state, priced=priced, elsewhere=others)
        for i, (measure, kind) in enumerate(listed.measures):
            self.note(f"measures[{i}].type", kind)
            self.note(f"measures[{i}].title", measure)
        for i, details in enumerate(listed.details):
            for name, path in MEASURE_PATHS.items():
                found = getattr(details, name)
                if found is None and name in ("amount", "seats"):
                    found = Found(None, (0, 0))  # nothing beside the title, nor in a sentence
                if found is not None:
                    self.note(f"measures[{i}].{path}", found)
        span = listed.section.head if listed.section else (0, 0)
        found = Found(None, span) if listed.complete else Found(None, span, 0.6, INCOMPLETE)
        self.note("measures", found)
        return listed

    def _signatures(self, bodies: Sequence[Body]) -> Sequence[signatures.Signatory]:
        signed = signatures.signatures(self.parts, self.pack, bodies, self.state)
        for i, one in enumerate(signed):
            for name in ("party", "name", "office", "place", "date", "raw", "acting"):
                self.note(f"signatures[{i}].{name}", getattr(one, name))
        if not any(one.name.value or not one.empty_date for one in signed):
            self.paper = replace(self.paper, state=papers.unsigned(self.paper.state))
            self.note("state", self.paper.state)
        return signed

    def _clauses(self, region_name: str, listed: Listed) -> list[ReadClause]:
        written = [
            clause(
                part,
                region_name,
                self.state,
                listed.blocks if part is listed.section else (),
                f"clauses[{i}]",
            )
            for i, part in enumerate(self.parts.sections)
        ]
        for i, (one, part) in enumerate(zip(written, self.parts.sections, strict=True)):
            number = Found(one.number, part.head)
            sure = number if part.sure else number.doubted(0.7, HEADING_UNSURE)
            self.note(f"clauses[{i}].number", sure)
            self.note(f"clauses[{i}].title", one.title)
            self.note(f"clauses[{i}].text", one.text)
        span = self.parts.sections[0].head if written else (0, 0)
        complete = self.parts.complete and all(part.sure for part in self.parts.sections)
        complete &= not any(one.severity == findings.UNCERTAIN for one in self.told)
        self.note("clauses", Found(None, span) if complete else Found(None, span, 0.6, INCOMPLETE))
        return written

    def _findings(
        self,
        signed: Sequence[signatures.Signatory],
        listed: Listed,
        written: Sequence[ReadClause],
        earmarks: Sequence[Found[NamedEarmark]],
        authority: str | None,
    ) -> tuple[Finding, ...]:
        clauses = [one.value for one in written]
        marks = headings(self.programme).marks
        titles = [measure for measure, _ in listed.measures]
        listing = listed.section.name if listed.section and titles else None
        places = {one.value.code: self._place_of(one) for one in earmarks}
        return (
            *findings.signature_dates(signed),
            *findings.signature_names(signed, signing(self.programme, ()).sides),
            *findings.ages(titles, self.passage.folded),
            *findings.goals_without_targets(clauses, listing, marks),
            *findings.key_figures_missing(clauses, marks),
            *listed.told,
            *(told for one in written for told in one.told),
            *findings.earmarks_without_amount(earmarks, self.pack.earmarks, places),
            *self.told,
            *findings.structure(
                clauses_complete=self.parts.complete or bool(self.told),
                measures=titles,
                measures_complete=listed.complete,
                authority=authority is not None,
            ),
        )

    def _place_of(self, found: Found[NamedEarmark]) -> str:
        """Return the clause a value stands in."""
        for part in self.parts.sections:
            if part.span[0] <= found.span[0] <= part.span[1]:
                return part.name
        return "earmarks"
