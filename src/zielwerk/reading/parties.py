"""Who agrees, and for which year: the title page, checked against the rest of the text."""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from zielwerk.packs.model import Body, Programme, Year
from zielwerk.reading.expected import names, organisations
from zielwerk.reading.model import Found, Party
from zielwerk.reading.outline import Outline
from zielwerk.recognition.cleaning import Line, flow
from zielwerk.recognition.likeness import alike, find, fold, fold_traced, shape
from zielwerk.recognition.traced import Traced
from zielwerk.recognition.words import meant
from zielwerk.rulebook import membership
from zielwerk.rulebook.refusal import Refusal, Refused, msg

BY_LIKENESS = msg("Der Name ist nicht genau so geschrieben wie in der Liste.")
KIND_OPEN = msg("Im Text steht nicht eindeutig, ob der Landkreis oder die Stadt gemeint ist.")
ELSEWHERE_OTHER = msg("An anderer Stelle im Text scheint ein anderer Name zu stehen.")
NO_MINISTRY = msg("Der Name des Ministeriums ist nicht sicher zu lesen.")
YEAR_REPAIRED = msg("Die Jahreszahl enthielt Zeichen, die keine Ziffern sind.")
YEARS_DIFFER = msg("Im Text stehen verschiedene Jahre.")
YEAR_ELSEWHERE = msg("Die Jahreszahl steht nicht auf dem Titelblatt, sondern nur im Text.")

_TOWN = r"(?!\w*darmstadt)[a-zäöüß-]*stadt"  # also Landeshauptstadt, Universitätsstadt
_DISTRICT = re.compile(r"(?:land)?kreis(?:es|e)?\b|kreisausschu|landr[aä]t", re.IGNORECASE)
_CITY = re.compile(
    rf"\b(?:kreisfreien?|{_TOWN}|magistrats?|oberb[uüi]+rgermeister\w*)\b", re.IGNORECASE
)
_KIND_WORDS = re.compile(
    r"\b(?:dem|den|der|des|die|und|das|vertreten|durch|landkreise?s?|kreise?s?|kreisfreien?|"
    rf"{_TOWN}|magistrats?|kreisausschuss\w*|gebietskörperschaft)\b",
    re.IGNORECASE,
)
_JOINED_KIND = re.compile(r"(?<=Stadt)(?=[A-ZÄÖÜ])|(?<=[Ll]andkreis)(?=[A-ZÄÖÜ])")
_KIND_FORMS = ("Landkreis", "Landkreises", "Kreises", "Stadt", "kreisfreien", "Magistrat")
_AND = re.compile(
    r"\b[uüan][nu]d ?(?:de[mnr]|dern|dcm|dcr)(?:\b|(?=[A-ZÄÖÜ]))"
    r"|\b[uüan][nu]d (?=(?:Land)?[Kk]reis|Stadt)"
)
_REGION_END = re.compile(
    r"\bz[uü][rti] ?U|\bU(?:m|rn)setz|\b(?:zum|nachfolgend|nachstehend|im Folgenden|vertreten|"
    r"über|wird|im Rahmen)\b|\(|[,;]",
    re.IGNORECASE,
)
_NO_BODY = re.compile(r"minist|umsetz|budget|vereinbarung", re.IGNORECASE)
_STRONG = re.compile(r"^(\w+e)s\b")  # "dem Hessischen Ministerium"
_ARTICLE = re.compile(r"^(?:und )?(?:dem|der|den|des)\s+", re.IGNORECASE)


def folded_lines(these: Sequence[Line]) -> Traced:
    """Return running text of lines as it is compared."""
    return fold_traced(flow(these))


# --- the year -------------------------------------------------------------------------

_YEAR = re.compile(r"(?<![\w.,])[2Zz][0OoQ] ?[0-9OoQlIi|ZzSsB]{2}(?![\w])(?!\s?[.,]\d{3})")
LEAST_LIKE = 0.8  # below this a wording names no body of the list
_DIGIT = str.maketrans("OoQlIi|ZzSsB", "000111122558", " ")


@lru_cache(maxsize=8)
def _budget_year(short_name: str) -> re.Pattern[str]:
    """Match "Budget 2024", "Jahr 2024" and the same after the programme's short name."""
    return re.compile(
        rf"(?:budgets?|Jahr|{re.escape(short_name)})"
        r"\s+([2Zz][0OoQ][0-9OoQlIi|ZzSsB]{2})(?!\w)",
        re.IGNORECASE,
    )


def year(outline: Outline, programme: Programme, available: Collection[int]) -> Found[int]:
    """Return the programme year: the title page's, checked against "Budget 2024" in the text.

    Raises :class:`Refused` with ``reading.no_year`` or ``reading.year_without_pack``.
    """
    named = _budget_year(programme.short_name)
    votes = Counter(
        int(match[1].translate(_DIGIT))
        for section in outline.sections
        for match in named.finditer(flow(section.body).text)
    )
    title = flow(outline.header)
    written = list(_YEAR.finditer(title.text))
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


def _year_of_text(
    outline: Outline, named: re.Pattern[str], votes: Counter[int], available: Collection[int]
) -> Found[int]:
    if not votes:
        raise Refused(
            Refusal("reading.no_year", msg("Im Text steht nicht, für welches Jahr er gilt."))
        )
    read = votes.most_common(1)[0][0]
    for section in outline.sections:
        text = flow(section.body)
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


# --- the ministry ---------------------------------------------------------------------


def ministry(outline: Outline, pack: Year) -> Found[Party]:
    """Return the state's side. A wording the pack does not know is kept as it was read."""
    title = flow(outline.header)
    folded = fold_traced(title)
    best: tuple[float, str, tuple[int, int]] | None = None
    for name in names(pack, "ministry"):
        for wording in (name, _STRONG.sub(r"\1n", name)):
            hit = find(wording, folded, 0.8)
            if hit and (best is None or hit[0] > best[0]):
                start, end = folded.origin[hit[1]], folded.origin[hit[2] - 1] + 1
                best = hit[0], _nominative(name, pack), title.span(start, end)
    if best and best[0] >= 0.87:
        found = Found(Party("ministry", best[1]), best[2])
        if best[0] < 0.97:
            found = found.doubted(0.95 if best[0] >= 0.94 else 0.7, BY_LIKENESS)
        return found
    match = re.search(r"zwischen (?:dem|der) (.{5,160}?) und (?:dem|der)\b", title.text)
    if match is None:
        name = best[1] if best else organisations(pack, "ministry")[0].name
        return Found(Party("ministry", name), best[2] if best else (0, 0), 0.4, NO_MINISTRY)
    return Found(Party("ministry", match[1]), title.span(*match.span(1)), 0.4, NO_MINISTRY)


def _nominative(name: str, pack: Year) -> str:
    def bare(text: str) -> str:
        return fold(text.partition(" ")[2].replace("Ministeriums", "Ministerium"))

    known = [each.name for each in organisations(pack, "ministry")]
    return next((each for each in known if bare(name) == bare(each)), name)


# --- the regional body ----------------------------------------------------------------


@dataclass(frozen=True)
class Match:
    """How well a wording names a body: 0..1, and whether kind words agree (or say nothing)."""

    body: Body
    score: float
    kind_agrees: bool | None


def region(outline: Outline, pack: Year, bodies: Sequence[Body]) -> tuple[Found[Party], Body]:
    """Return the regional body, told by its name, its kind words and the rest of the text.

    Raises :class:`Refused` with ``reading.no_body``, ``reading.unknown_body`` or
    ``reading.body_not_valid``.
    """
    exist = membership.existing(bodies, pack.period)
    wordings = [(piece, _mended(piece.text)) for piece in _wordings(outline)]
    ranked = [(rank(text, exist, _kind(text)), piece, text) for piece, text in wordings]
    matches, wording, text = max(ranked, key=lambda one: one[0][0].score)
    best = matches[0]
    if best.score < LEAST_LIKE:
        raise Refused(_unknown(wordings[0][0].text, text, matches, bodies, pack.year))
    found = Found(_party(best.body), wording.span())
    if best.score < 0.995:
        found = found.doubted(0.93 if best.score >= 0.94 else 0.75, BY_LIKENESS)
    rivals = [match for match in matches[1:] if match.score > best.score - 0.08]
    if best.kind_agrees is None and any(
        other.body.kind.code != best.body.kind.code for other in rivals
    ):
        elsewhere = _kind_elsewhere(outline)
        if elsewhere not in (None, best.body.kind.code):
            best = next(other for other in rivals if other.body.kind.code == elsewhere)
            found = Found(_party(best.body), wording.span())
        found = found.doubted(0.6, KIND_OPEN)
    elif any(match.kind_agrees is not False for match in rivals):
        found = found.doubted(0.5, BY_LIKENESS)
    authority = _authority(names(pack, "authority"))
    return _checked_elsewhere(found, best.body, outline, exist, authority), best.body


def _differ(rivals: Sequence[Match], best: Match) -> bool:
    """Whether a rival is of another kind."""
    return any(rival.body.kind.code != best.body.kind.code for rival in rivals)


def _wordings(outline: Outline) -> list[Traced]:
    """Return what the title page may call the body: from "und dem" to "zur Umsetzung"."""
    title = flow(outline.header)
    pieces = []
    for match in _AND.finditer(title.text):
        start = match.end()
        end = _REGION_END.search(title.text, start + 3)
        pieces.append(title.part(start, end.start() if end else len(title)).strip(" -–—,"))
    pieces += [
        _stripped(line.flat)
        for line in outline.header
        if _DISTRICT.search(line.text) or _CITY.search(line.text)
    ]
    found = [piece for piece in pieces if piece.text and not _NO_BODY.search(piece.text)]
    if not found:
        raise Refused(
            Refusal(
                "reading.no_body",
                msg("Auf dem Titelblatt steht keine Gebietskörperschaft, mit der vereinbart wird."),
            )
        )
    return found


def _stripped(text: Traced) -> Traced:
    match = _ARTICLE.match(text.text)
    return text.part(match.end()) if match else text


def _kind(text: str) -> str | None:
    district, city = _DISTRICT.search(text), _CITY.search(text)
    if city and (not district or "kreisfrei" in text.lower()):
        return "independent_city"
    return "district" if district and not city else None


def _kind_elsewhere(outline: Outline) -> str | None:
    """Return the kind that signatures speak of, if they do."""
    text = " ".join(line.text for line in outline.signing)
    city = re.search(r"oberb.rgermeister|magistrat", text, re.IGNORECASE)
    district = re.search(r"landr[aä]t|kreisausschuss|kreisbeigeordnet", text, re.IGNORECASE)
    if bool(city) == bool(district):
        return None
    return "independent_city" if city else "district"


def core(name: str) -> str:
    """Return a body's name without the words for its kind, folded."""
    bare = fold(_KIND_WORDS.sub(" ", re.sub(r"\ba\. ?M\.?|\(Main\)", "am Main", name)))
    return bare or fold(name)


def rank(wording: str, bodies: Sequence[Body], kind: str | None) -> list[Match]:
    """Order bodies by how well a wording names them; a contradicting kind counts against."""
    matches = []
    asked, whole = core(wording), fold(wording)
    for body in bodies:
        score = max(_like(asked, core(name)) for name in (body.name, *body.variants))
        # With a damaged kind word only the whole wording can be compared, and only closely.
        full = max(
            _like(whole, fold(name)) for name in (body.name, f"{body.kind.label} {body.name}")
        )
        score = max(score, full if full >= 0.9 else 0)
        agrees = None if kind is None else kind == body.kind.code
        matches.append(Match(body, score - (0.3 if agrees is False else 0), agrees))
    return sorted(matches, key=lambda match: (-match.score, match.kind_agrees is not True))


def _like(one: str, other: str) -> float:
    return max(fuzz.ratio(one, other), fuzz.ratio(shape(one), shape(other)) - 2) / 100


def _unknown(
    found: str, mended: str, matches: Sequence[Match], bodies: Sequence[Body], year_read: int
) -> Refusal:
    everybody = rank(mended, bodies, _kind(mended))
    if everybody[0].score >= 0.9:
        return Refusal(
            "reading.body_not_valid",
            msg("{name} ist im Jahr {year} keine Gebietskörperschaft des Programms."),
            {"name": label(everybody[0].body), "year": year_read},
        )
    return Refusal(
        "reading.unknown_body",
        msg("„{found}“ ist keine bekannte Gebietskörperschaft. Am ähnlichsten sind: {similar}."),
        {"found": found[:120], "similar": tuple(label(match.body) for match in matches[:3])},
    )


def _party(body: Body) -> Party:
    return Party("region", body.name, str(body.kind.label), body.ags)


def _mended(wording: str) -> str:
    """Write misread words of a wording as they were meant, above all those for the kind."""
    words = []
    for word in _JOINED_KIND.sub(" ", wording).split():
        form = max(_KIND_FORMS, key=lambda kind: alike(kind, word))
        if len(word) > 4 and abs(len(form) - len(word)) < 2 and alike(form, word) >= 0.8:
            words.append(form)
        else:
            words.append(meant(word) or word)
    return " ".join(words)


def label(body: Body) -> str:
    """Return a body's name with its kind where the name alone would not tell."""
    if body.kind.code == "independent_city":
        return f"{body.name} ({body.kind.label})"
    return body.name if "kreis" in body.name.lower() else f"{body.kind.label} {body.name}"


def _checked_elsewhere(
    found: Found[Party],
    body: Body,
    outline: Outline,
    bodies: Sequence[Body],
    authority: re.Pattern[str],
) -> Found[Party]:
    """Compare with the clauses: they name the body again and again, and no other."""
    text = folded_lines([line for section in outline.sections for line in section.body])
    text = Traced(authority.sub("", text.text), text.origin)
    own = max(_count(name, text.text) for name in {core(n) for n in (body.name, *body.variants)})
    for other in bodies:
        name = core(other.name)
        if other.ags == body.ags or len(name) < 6 or name in core(body.name):
            continue
        if _count(name, text.text) > own:
            return found.doubted(0.5, ELSEWHERE_OTHER)
    if own == 0 and not found.certain and find(core(body.name), text, 0.9) is None:
        return found.doubted(0.6, found.reason)
    return found


@lru_cache(maxsize=8)
def _authority(names: tuple[str, ...]) -> re.Pattern[str]:
    """Match the authority's names (folded), whose town must not count as the name of a body."""
    parts = ((fold(kind), fold(town)) for kind, _, town in (one.rpartition(" ") for one in names))
    stems = ((kind[:-2] if len(kind) > 6 else kind, town) for kind, town in parts)
    return re.compile("|".join(f"{stem}[a-z]{{0,3}}{town}" for stem, town in stems))


def _count(name: str, folded: str) -> int:
    return folded.count(name) if name else 0
