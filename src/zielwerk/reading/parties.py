"""Who agrees, and for which year: the title page, checked against the rest of the text."""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from zielwerk.packs import competence
from zielwerk.packs.model import Body, Organisation, Programme, Year
from zielwerk.packs.naming import official
from zielwerk.reading import mentions
from zielwerk.reading.expected import names, organisations
from zielwerk.reading.kinds import Kinds, spellings
from zielwerk.reading.model import Found, Party
from zielwerk.reading.offices import giver as giving_side
from zielwerk.reading.offices import is_of_one_side
from zielwerk.reading.outline import MONTHS, Outline
from zielwerk.reading.places import Place
from zielwerk.recognition.cleaning import Line, flow
from zielwerk.recognition.likeness import find, fold, fold_traced, shape
from zielwerk.recognition.traced import Traced
from zielwerk.rulebook import membership
from zielwerk.rulebook.refusal import Refusal, Refused, msg

BY_LIKENESS = msg("Der Name ist nicht genau so geschrieben wie in der Liste.")
KIND_OPEN = msg("Im Text steht nicht eindeutig, welche Art von Gebietskörperschaft gemeint ist.")
ELSEWHERE_OTHER = msg("An anderer Stelle im Text scheint ein anderer Name zu stehen.")
NO_GIVER = msg("Es ist nicht sicher zu lesen, wer das Geld gibt.")
OTHER_GIVER = msg("Für diese Gebietskörperschaft ist eine andere Stelle zuständig.")
YEAR_REPAIRED = msg("Die Jahreszahl enthielt Zeichen, die keine Ziffern sind.")
YEARS_DIFFER = msg("Im Text stehen verschiedene Jahre.")
YEAR_ELSEWHERE = msg("Die Jahreszahl steht nicht auf dem Titelblatt, sondern nur im Text.")

_TO = re.compile(r"\b(?:An|[Ff]ür|[Gg]egenüber) (?:de[mnr]|die|das)\b")
_REGION_END = re.compile(
    r"\bz[uü][rti] ?U|\bU(?:m|rn)setz|\b(?:zum|zur|als|nachfolgend|nachstehend|im Folgenden|"
    r"vertreten|über|wird|im Rahmen)\b|\(|[,;]",
    re.IGNORECASE,
)
_NO_BODY = re.compile(r"minist|umsetz|vereinbarung|bescheid", re.IGNORECASE)
_LONGEST = 160  # letters of what a body may be called
_STRONG = re.compile(r"^(\w+e)s\b")  # "dem Hessischen Ministerium"
_ARTICLE = re.compile(r"^(?:(?:und|an|für) )?(?:dem|der|den|des|die|das)\s+", re.IGNORECASE)


def folded_lines(these: Sequence[Line]) -> Traced:
    """Return running text of lines as it is compared."""
    return fold_traced(flow(these))


# --- the year -------------------------------------------------------------------------

_YEAR = re.compile(r"(?<![\w.,])[2Zz][0OoQ] ?[0-9OoQlIi|ZzSsB]{2}(?![\w])(?!\s?[.,]\d{3})")
_DATED = re.compile(rf"\d\. ?(?:{'|'.join(MONTHS)}) $", re.IGNORECASE)
_SURELY = 0.97  # another line of the first page that names a body as surely as this is a doubt
_ADDRESS = re.compile(
    r"(?:\d{5}|gerichts?)[a-z]{3,30}"
)  # folded: "66111 …", "Verwaltungsgericht …"
_LEAST_TOLD = 6  # letters of a name that is looked for in running text
LEAST_LIKE = 0.8  # below this a wording names no body of the list
_DIGIT = str.maketrans("OoQlIi|ZzSsB", "000111122558", " ")


@lru_cache(maxsize=8)
def _named_year(words: tuple[str, ...]) -> re.Pattern[str]:
    """Match "Budget 2024", "Jahr 2024" and the same after the programme's own words."""
    return re.compile(
        rf"(?:budgets?|Jahr|{'|'.join(map(re.escape, words))})"
        r"\s+([2Zz][0OoQ][0-9OoQlIi|ZzSsB]{2})(?!\w)",
        re.IGNORECASE,
    )


def year(outline: Outline, programme: Programme, available: Collection[int]) -> Found[int]:
    """Return the programme year: the title page's, checked against "Budget 2024" in the text.

    On the page of a notice only the year after a word of the programme is meant, not a date's.

    Raises :class:`Refused` with ``reading.no_year`` or ``reading.year_without_pack``.
    """
    own = (programme.short_name, programme.name.split()[-1], str(programme.document.label))
    named = _named_year(own)
    votes = Counter(
        int(match[1].translate(_DIGIT))
        for section in outline.sections
        for match in named.finditer(section.text.text)
    )
    title = flow(outline.header)
    written = [match for match in _YEAR.finditer(title.text) if not _is_date(title.text, match)]
    if is_of_one_side(programme):
        spans = {match.span(1) for match in named.finditer(title.text)}
        written = [match for match in written if match.span() in spans]
    years = {int(match[0].translate(_DIGIT)) for match in written}
    if not written:
        return _year_of_text(outline, named, votes, available)
    match = written[0]
    read = int(match[0].translate(_DIGIT))
    found = Found(read, title.span(*match.span()))
    if not match[0].isdigit():
        found = found.doubted(0.95 if votes[read] > 1 else 0.7, YEAR_REPAIRED)
    if len(years) > 1 or (votes and votes.most_common(1)[0][0] != read):
        found = found.doubted(0.5, YEARS_DIFFER)
    if votes and found.value not in available:
        usual, count = votes.most_common(1)[0]
        if count > 1 and usual in available and not votes[read]:
            found = Found(usual, found.span, 0.5, YEARS_DIFFER)
    return _with_pack(found, available)


def _is_date(text: str, year: re.Match[str]) -> bool:
    return _DATED.search(text, max(0, year.start() - 20), year.start()) is not None


def _year_of_text(
    outline: Outline, named: re.Pattern[str], votes: Counter[int], available: Collection[int]
) -> Found[int]:
    if not votes:
        raise Refused(
            Refusal("reading.no_year", msg("Im Text steht nicht, für welches Jahr er gilt."))
        )
    read = votes.most_common(1)[0][0]
    for section in outline.sections:
        text = section.text
        for match in named.finditer(text.text):
            if int(match[1].translate(_DIGIT)) == read:
                found = Found(read, text.span(*match.span(1)), 0.6, YEAR_ELSEWHERE)
                return _with_pack(found, available)
    raise AssertionError("a vote comes from the text")


def _with_pack(found: Found[int], available: Collection[int]) -> Found[int]:
    if found.value in available:
        return found
    raise Refused(
        Refusal(
            "reading.year_without_pack",
            msg("Für das Jahr {year} liegt kein Regelwerk vor. Vorhanden sind: {available}."),
            {"year": found.value, "available": tuple(sorted(available))},
        )
    )


# --- who gives the money --------------------------------------------------------------


def giver(outline: Outline, pack: Year, body: Body) -> Found[Party]:
    """Return the side that gives the money. A wording the pack does not know is kept as read."""
    role = giving_side(pack.programme)
    title = flow(outline.header)
    folded = fold_traced(title)
    best: tuple[float, Organisation, tuple[int, int]] | None = None
    for organisation in organisations(pack, role):
        for name in (organisation.name, *organisation.variants):
            for wording in (name, _STRONG.sub(r"\1n", name)):
                hit = find(wording, folded, 0.8)
                if hit and (best is None or hit[0] > best[0]):
                    start, end = folded.origin[hit[1]], folded.origin[hit[2] - 1] + 1
                    best = hit[0], organisation, title.span(start, end)
    if best and best[0] >= 0.87:
        found = Found(Party(role, best[1].name), best[2])
        if best[0] < 0.97:
            found = found.doubted(0.95 if best[0] >= 0.94 else 0.7, BY_LIKENESS)
        return found if competence.covers(best[1], body) else found.doubted(0.6, OTHER_GIVER)
    match = re.search(r"zwischen (?:dem|der) (.{5,160}?) und (?:dem|der)\b", title.text)
    if match is None:
        known = best[1] if best else organisations(pack, role, body)[0]
        return Found(Party(role, known.name), best[2] if best else (0, 0), 0.4, NO_GIVER)
    return Found(Party(role, match[1]), title.span(*match.span(1)), 0.4, NO_GIVER)


# --- the regional body ----------------------------------------------------------------


@dataclass(frozen=True)
class Match:
    """How well a wording names a body: 0..1, and whether kind words agree (or say nothing)."""

    body: Body
    score: float
    kind_agrees: bool | None


def region(
    outline: Outline, pack: Year, bodies: Sequence[Body], words: Kinds
) -> tuple[Found[Party], Body]:
    """Return the regional body, told by its name, its kind words and the rest of the text.

    Raises :class:`Refused` with ``reading.no_body``, ``reading.unknown_body`` or
    ``reading.body_not_valid``.
    """
    exist = membership.existing(bodies, pack.period)
    pieces = _wordings(outline, pack, words)
    title = flow(outline.header)
    if not pieces:
        return _searched(title, exist, pack, words, _nobody())
    wordings = [(piece, words.mended(piece.text)) for piece in pieces]
    ranked = [(rank(text, exist, words), piece, text) for piece, text in wordings]
    matches, wording, text = max(ranked, key=lambda one: one[0][0].score)
    best = matches[0]
    if best.score < LEAST_LIKE:
        unknown = _unknown(wordings[0][0].text, text, matches, bodies, pack.year, words)
        named = title if is_of_one_side(pack.programme) else wordings[0][0]
        return _searched(named, exist, pack, words, unknown)
    found = Found(_party(best.body), wording.span())
    if best.score < 0.995:
        found = found.doubted(0.93 if best.score >= 0.94 else 0.75, BY_LIKENESS)
    rivals = [match for match in matches[1:] if match.score > best.score - 0.08]
    if best.kind_agrees is None and any(
        other.body.kind.code != best.body.kind.code for other in rivals
    ):
        elsewhere = words.signed(" ".join(line.text for line in outline.signing))
        elsewhere = elsewhere or _kind_of_clauses(outline, [best, *rivals], words)
        if elsewhere and best.body.kind.code not in elsewhere:
            best = next((o for o in rivals if o.body.kind.code in elsewhere), best)
            found = Found(_party(best.body), wording.span())
        found = found.doubted(0.6, KIND_OPEN)
    elif any(match.kind_agrees is not False for match in rivals):
        found = found.doubted(0.5, BY_LIKENESS)
    sure = {first.body.ags for (first, *_), _, _ in ranked if first.score >= _SURELY}
    if sure - {best.body.ags}:
        found = found.doubted(0.5, ELSEWHERE_OTHER)
    return _checked_elsewhere(found, best.body, outline, exist, words, pack), best.body


def _wordings(outline: Outline, pack: Year, words: Kinds) -> list[Traced]:
    """Return what the title page may call the body, the likeliest first.

    In an agreement from "und dem" to "zur Umsetzung", in a notice after "An den" or "für die".
    """
    title = flow(outline.header)
    is_notice = is_of_one_side(pack.programme)
    begins = _TO if is_notice else words.begins
    pieces = []
    for match in begins.finditer(title.text):
        start = match.end()
        end = _REGION_END.search(title.text, start + 3, start + _LONGEST)
        pieces.append(title.part(start, end.start() if end else start + _LONGEST).strip(" -–—,"))
    lines = [_stripped(line.flat) for line in outline.header if words.names_kind(line.text)]
    pieces = [*lines, *pieces] if is_notice else [*pieces, *lines]
    return [piece for piece in pieces if piece.text and not _is_other(piece.text, pack)]


def _searched(
    text: Traced, exist: Sequence[Body], pack: Year, words: Kinds, refusal: Refusal
) -> tuple[Found[Party], Body]:
    """The one body that a damaged text names anywhere, in doubt; refused where there is none."""
    known = mentions.names(None, exist, pack, words)
    named = mentions.bodies_named(Place("", text), known)
    if len(named) != 1:
        raise Refused(refusal)
    body = next(body for body in exist if body.ags == named[0].value)
    return Found(_party(body), named[0].span, 0.6, BY_LIKENESS), body


def _nobody() -> Refusal:
    return Refusal(
        "reading.no_body",
        msg("Auf der ersten Seite steht keine Gebietskörperschaft, für die es gilt."),
    )


def _is_other(text: str, pack: Year) -> bool:
    """Whether a wording names the programme or who gives the money, and no body."""
    programme = pack.programme
    if _NO_BODY.search(text):
        return True
    folded = fold(text)
    last = fold(programme.name.split()[-1])
    givers = (fold(name) for name in names(pack, giving_side(programme)))
    return last in folded or folded.startswith(tuple(givers))


def _stripped(text: Traced) -> Traced:
    match = _ARTICLE.match(text.text)
    return text.part(match.end()) if match else text


def rank(wording: str, bodies: Sequence[Body], words: Kinds) -> list[Match]:
    """Order bodies by how well a wording names them; a contradicting kind counts against."""
    matches = []
    meant, asked, whole = words.named(wording), words.core(wording), fold(wording)
    for body in bodies:
        score = max(_like(asked, words.core(name)) for name in spellings(body))
        # With a damaged kind word only the whole wording can be compared, and only closely.
        full = max(
            _like(whole, fold(name)) for name in (body.name, f"{body.kind.label} {body.name}")
        )
        score = max(score, full if full >= 0.9 else 0)
        agrees = body.kind.code in meant if meant else None
        matches.append(Match(body, score - (0.3 if agrees is False else 0), agrees))
    return sorted(matches, key=lambda match: (-match.score, match.kind_agrees is not True))


def _like(one: str, other: str) -> float:
    return max(fuzz.ratio(one, other), fuzz.ratio(shape(one), shape(other)) - 2) / 100


def _unknown(
    found: str,
    mended: str,
    matches: Sequence[Match],
    bodies: Sequence[Body],
    year_read: int,
    words: Kinds,
) -> Refusal:
    everybody = rank(mended, bodies, words)
    if everybody[0].score >= 0.9:
        return Refusal(
            "reading.body_not_valid",
            msg("{name} ist im Jahr {year} keine Gebietskörperschaft des Programms."),
            {"name": official(everybody[0].body), "year": year_read},
        )
    return Refusal(
        "reading.unknown_body",
        msg("„{found}“ ist keine bekannte Gebietskörperschaft. Am ähnlichsten sind: {similar}."),
        {"found": found[:120], "similar": tuple(official(match.body) for match in matches[:3])},
    )


def _party(body: Body) -> Party:
    return Party("region", body.name, str(body.kind.label), body.ags)


def _checked_elsewhere(
    found: Found[Party],
    body: Body,
    outline: Outline,
    bodies: Sequence[Body],
    words: Kinds,
    pack: Year,
) -> Found[Party]:
    """Compare with the clauses: they name the body again and again, and no other."""
    text = folded_lines([line for section in outline.sections for line in section.body])
    offices = tuple(name for each in pack.organisations for name in (each.name, *each.variants))
    text = Traced(_authority(offices).sub("", text.text), text.origin)
    core = words.core(body.name)
    own = max(_count(name, text.text) for name in {words.core(n) for n in spellings(body)})
    if is_of_one_side(pack.programme):
        own += 1  # a notice says "Sie" and names it in its address
        text = Traced(_ADDRESS.sub("", text.text), text.origin)
    for other in bodies:
        name = words.core(other.name)
        if other.ags == body.ags:
            continue
        if name == core:
            if _named_as(other, name, words, text.text) > _named_as(body, name, words, text.text):
                return found.doubted(0.5, ELSEWHERE_OTHER)
        elif len(name) >= _LEAST_TOLD and name not in core and _count(name, text.text) > own:
            return found.doubted(0.5, ELSEWHERE_OTHER)
    if own == 0 and not found.certain and find(core, text, 0.9) is None:
        return found.doubted(0.6, found.reason)
    return found


def _kind_of_clauses(outline: Outline, rivals: Sequence[Match], words: Kinds) -> frozenset[str]:
    """The kind that the clauses put before the name; nothing where they name none or several."""
    text = folded_lines([line for section in outline.sections for line in section.body]).text
    named = {
        rival.body.kind.code
        for rival in rivals
        if _named_as(rival.body, words.core(rival.body.name), words, text)
    }
    return frozenset(named if len(named) == 1 else ())


def _named_as(body: Body, core: str, words: Kinds, text: str) -> int:
    """How often a text names a body together with its kind."""
    return len(words.of_kind(body.kind.code, core).findall(text))


@lru_cache(maxsize=8)
def _authority(names: tuple[str, ...]) -> re.Pattern[str]:
    """Match the offices' names (folded), whose town must not count as the name of a body."""
    parts = ((fold(kind), fold(town)) for kind, _, town in (one.rpartition(" ") for one in names))
    stems = ((kind[:-2] if len(kind) > 6 else kind, town) for kind, town in parts)
    return re.compile("|".join(f"{stem}[a-z]{{0,3}}{town}" for stem, town in stems if stem))


def _count(name: str, folded: str) -> int:
    return folded.count(name) if name else 0
