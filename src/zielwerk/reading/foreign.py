"""Papers of somebody else that look alike: in another language, of another state, law, programme.

Each check refuses with what the paper says of itself, so that the sentence can be verified.
"""

import re
from collections.abc import Iterable, Sequence

from zielwerk.packs.model import Organisation, Programme
from zielwerk.reading.kinds import plain
from zielwerk.reading.offices import giver
from zielwerk.recognition.cleaning import Line
from zielwerk.recognition.likeness import alike, find, fold, fold_traced
from zielwerk.recognition.traced import Traced
from zielwerk.rulebook.refusal import Refusal, Refused, msg

_ENGLISH = frozenset(
    ("the", "and", "of", "to", "for", "between", "with", "shall", "this", "by", "on", "are", "that")
)  # fmt: skip
_GERMAN = frozenset(
    ("der", "die", "das", "und", "des", "dem", "den", "von", "zu", "mit", "für", "im", "wird")
)  # fmt: skip
_LOOKED_AT = 20_000  # letters in which a language is told
_FEWEST = 8  # small words of a language that are no quotation
# The states of Germany, with how their offices are called.
_STATES = {
    "Baden-Württemberg": "baden-württembergisch", "Bayern": "bayerisch", "Berlin": "berlin",
    "Brandenburg": "brandenburgisch", "Bremen": "bremisch", "Hamburg": "hamburgisch",
    "Hessen": "hessisch", "Mecklenburg-Vorpommern": "mecklenburg-vorpommersch",
    "Niedersachsen": "niedersächsisch", "Nordrhein-Westfalen": "nordrhein-westfälisch",
    "Rheinland-Pfalz": "rheinland-pfälzisch", "Saarland": "saarländisch", "Sachsen": "sächsisch",
    "Sachsen-Anhalt": "sachsen-anhaltisch", "Schleswig-Holstein": "schleswig-holsteinisch",
    "Thüringen": "thüringisch",
}  # fmt: skip
_LAW = (
    r"§+ ?\d+ ?[a-z]?(?:,? ?(?:Abs|Absatz|Satz|Nr|Nummer)\.? ?\d+)*"
    r"(?: (?:i\. ?V\. ?m\.|und|des|der)[^.;]{0,40}?)?"
    r" (?:SGB ?[IVXl1]+|Sozialgesetzbuch\w*(?: [IVX\w]+)?|[A-ZÄÖÜ]\w*(?:gesetz|ordnung)\w*"
    r"|[A-Z]\w*G)\b"
)
_BASIS = re.compile(
    rf"(?:nach|gemäß|gem\.|auf der Grundlage(?: von| des)?|aufgrund(?: von| des)?|i\. ?S\. ?d\.|im "
    rf"Sinne(?: von| des)?)\s+(?P<law>{_LAW})"
)
_TARGETS = re.compile(r"[§$S&]{1,2} ?4[8B] ?b\b(?P<rest>.{0,60}?SGB ?[I1l!|]{2}(?![I1lV|]))?")
_PURPOSE = re.compile(
    r"(?:zur Umsetzung|im Rahmen|zur Durchführung|zur Förderung aus)\s+"
    r"(?:de[sr]m?|vo[nm]|aus dem)\s+"
    r"(?P<name>[^.;]{4,90})"
)
_AMOUNT = re.compile(r"\d(?:[.,' ]?\d)+ ?(?:€|Euro|EUR)", re.IGNORECASE)
_NEAR_MONEY = 260  # letters around an amount in which its sentence says what the money is
_SENTENCE = re.compile(r"(?<=[a-zäöüß)])[.;]\s+(?=[A-ZÄÖÜ§])|\n§")
_BEGINS = 3_000  # letters in which a paper says on what it rests
_BASICS = re.compile(r"(?:Ziele[n]? der )?Grundsicherung für Arbeitsuchende")


def refuse_language(these: Sequence[Line]) -> None:
    """Refuse an English text; a few English words in a German one are titles."""
    words = re.findall(r"[^\W\d_]+", " ".join(line.text for line in these)[:_LOOKED_AT].lower())
    english, german = (sum(word in small for word in words) for small in (_ENGLISH, _GERMAN))
    if english >= _FEWEST and english > 2 * german:
        raise Refused(
            Refusal(
                "reading.other_language",
                msg("Der Text ist auf Englisch; gelesen werden Schriftstücke auf Deutsch."),
            )
        )


def refuse_other_state(
    head: Traced, programme: Programme, organisations: Iterable[Organisation]
) -> None:
    """Refuse a paper whose title page has an office of another state and none of the own."""
    role = giver(programme)
    folded = fold_traced(head)
    names = (name for each in organisations if each.role == role for name in _spelled(each))
    if (
        any(find(name, folded, 0.87) for name in names)
        or fold(plain(programme.state)) in folded.text
    ):
        return
    for state, adjective in _STATES.items():
        named = re.search(
            rf"(?:\b(?:Land(?:es)?|Freistaat(?:e?s)?|Freien Hansestadt|Freien und Hansestadt)\s+"
            rf"{state}s?\b)|(?i:\b{adjective}\w*\s+(?:staats|landes)?minist\w*)",
            head.text,
        )
        if named and fold(state) != fold(plain(programme.state)):
            raise Refused(
                Refusal(
                    "reading.other_state",
                    msg(
                        "Das Schriftstück ist von einem anderen Land („{quote}“), nicht von {own}."
                    ),
                    {"quote": named[0], "own": plain(programme.state)},
                )
            )


def _spelled(organisation: Organisation) -> tuple[str, ...]:
    return (organisation.name, *organisation.variants)


def refuse_other_law(head: Traced, whole: Traced, programme: Programme) -> None:
    """Refuse an agreement of another law, which its title page cites as its basis.

    Target agreements after § 48b SGB II have the same name, partners and sections as those of a
    state's programme; they may cite it in their preamble only.
    """
    targets = _TARGETS.search(head.text)
    law = targets[0] if targets and targets["rest"] else ""
    if not law and not is_named(programme, head):
        begin = _TARGETS.search(whole.text, 0, _BEGINS)
        found = (
            _BASIS.search(head.text),
            begin if begin and begin["rest"] else None,
            _BASICS.search(head.text),
        )
        match = next(filter(None, found), None)
        law = " ".join((match.groupdict().get("law") or match[0]).split()) if match else ""
    if law:
        raise Refused(
            Refusal(
                "reading.other_law",
                msg(
                    "Das Schriftstück beruht auf einem anderen Gesetz („{law}“); zum Programm "
                    "„{programme}“ gehört es nicht."
                ),
                {"law": law, "programme": programme.name},
            )
        )


def refuse_other_programme(head: Traced, whole: Traced, programme: Programme) -> None:
    """Refuse what is for another programme and names this one in passing, or never.

    A paper of the programme names it on its title page, beside its money, or again and again.
    """
    if is_named(programme, head):
        return
    if (purpose := _PURPOSE.search(head.text)) and not _is_alike(purpose["name"], programme):
        raise Refused(_of(purpose["name"].strip(), programme))
    if not _is_for(programme, whole):
        quote = _quote(programme, whole)
        if quote:
            raise Refused(
                Refusal(
                    "reading.other_programme",
                    msg(
                        "Der Text nennt das Programm „{programme}“ nur nebenbei („{quote}“) und "
                        "ist kein Schriftstück dieses Programms."
                    ),
                    {"programme": programme.name, "quote": quote},
                )
            )


def refuse_known_programme(head: Traced, programme: Programme, others: Iterable[Programme]) -> None:
    """Refuse a paper whose title page names another programme that is known here, and not this."""
    if is_named(programme, head):
        return
    folded = fold_traced(head)
    for other in others:
        if other.code != programme.code and find(plain(other.name), folded, 0.9):
            raise Refused(_of(plain(other.name), programme))


def _of(named: str, programme: Programme) -> Refusal:
    return Refusal(
        "reading.other_programme",
        msg(
            "Das Schriftstück gehört zu einem anderen Programm („{named}“), nicht zum Programm "
            "„{programme}“."
        ),
        {"named": named, "programme": programme.name},
    )


def is_named(programme: Programme, text: Traced) -> bool:
    """Whether a text names the programme, by its name or its short one."""
    if find(plain(programme.name), fold_traced(text), 0.85):
        return True
    return re.search(rf"\b{re.escape(programme.short_name)}\b", text.text) is not None


def _is_alike(name: str, programme: Programme) -> bool:
    last = fold(plain(programme.name).split()[-1])
    return last in fold(name) or alike(name, plain(programme.name)) >= 0.7


def _is_for(programme: Programme, whole: Traced) -> bool:
    """Whether a text says that its money is the programme's, or names it more than once."""
    wanted = fold(plain(programme.name))
    short = re.findall(rf"\b{re.escape(programme.short_name)}\b", whole.text)
    if fold(whole.text).count(wanted) + len(short) > 1:
        return True
    for amount in _AMOUNT.finditer(whole.text):
        before = whole.text[max(0, amount.start() - _NEAR_MONEY) : amount.start()]
        start = amount.start() - len(_SENTENCE.split(before)[-1])
        behind = whole.text[amount.end() : amount.end() + _NEAR_MONEY]
        end = amount.end() + len(_SENTENCE.split(behind)[0])
        if is_named(programme, whole.part(start, end)):
            return True
    return False


def _quote(programme: Programme, whole: Traced) -> str:
    """The words in which a text names the programme, "" where it does not."""
    folded = fold_traced(whole)
    hit = find(plain(programme.name), folded, 0.85)
    if hit:
        start, end = folded.origin[hit[1]], folded.origin[hit[2] - 1] + 1
        return whole.text[max(0, start - 30) : end + 10].strip()
    match = re.search(rf".{{0,30}}\b{re.escape(programme.short_name)}\b.{{0,10}}", whole.text)
    return match[0].strip() if match else ""
