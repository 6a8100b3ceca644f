"""Whether a text can be an agreement of the programme at all, and a whole one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from zielwerk.packs.model import Organisation, Programme, Year
from zielwerk.reading.expected import last_clause
from zielwerk.reading.foreign import (
    is_named,
    refuse_known_programme,
    refuse_language,
    refuse_other_law,
    refuse_other_programme,
    refuse_other_state,
)
from zielwerk.reading.marks import Marks
from zielwerk.reading.offices import is_of_one_side
from zielwerk.reading.outline import Outline
from zielwerk.reading.papers import CHANGING, is_headed
from zielwerk.recognition.cleaning import Line, flow
from zielwerk.recognition.likeness import find, fold, fold_traced
from zielwerk.recognition.source import empty
from zielwerk.recognition.traced import Traced
from zielwerk.rulebook.lifecycle import Label
from zielwerk.rulebook.refusal import Refusal, Refused, msg

MOST_CHARACTERS = 300_000  # about a hundred pages; an agreement has five
MOST_LINES = 4_000
_TITLE_LINES = 25
_OTHER_TITLE = re.compile(
    r"(?:Zuwendungs|Änderungs|Widerrufs|Rückforderungs|Bewilligungs|Festsetzungs)?bescheid"
    r"|Presse(?:mitteilung|information)|Medieninformation|Rechnung|(?:Förder)?antrag|Protokoll"
    r"|Vermerk|Mittelabruf|Verwendungsnachweis|(?:Ziel|Förder|Verwaltungs)vereinbarung"
    r"|(?:Zuwendungs|Weiterleitungs|Kooperations)vertrag",
    re.IGNORECASE,
)
# Titles of papers about an agreement, whatever follows on their line.
_ABOUT_TITLE = re.compile(
    r"\W*(?P<title>(?:Presse|Medien)(?:mitteilung|information|dienst|notiz|erklärung)"
    r"|\w*vorlage"
    r"|Drucksache|Niederschrift|Tagesordnung)\b.{0,60}",
    re.IGNORECASE,
)
# Lines that only papers about an agreement have, wherever they stand.
_ABOUT = re.compile(
    r"\W*(?P<word>Beratungsfolge|Beschluss(?:vorschlag|entwurf|empfehlung)"
    r"|Finanzielle Auswirkungen|Pressekontakt|Pressestelle)\s*(?::.{0,80}|)"
)
_GIVERS = re.compile(  # folded
    r"ministeri|senat|staatskanzlei|regierung|prasidi|behorde|direktion|landesamt|investitionsbank"
)


@dataclass(frozen=True)
class Foreign:
    """Whom else a paper may be of: the programmes there are, and all organisations of the own."""

    programmes: Sequence[Programme]
    organisations: Sequence[Organisation]


def refuse_size(text: str) -> None:
    """Refuse nothing at all, and far more than an agreement has."""
    if not text.strip("\ufeff \t\r\n\f\v\u00a0\u00ad\u200b"):
        raise Refused(empty())
    if len(text) > MOST_CHARACTERS:
        raise Refused(too_long(len(text)))


def too_long(characters_found: int) -> Refusal:
    """The refusal of a text that is longer than what is read."""
    return Refusal(
        "reading.too_long",
        msg("Der Text ist mit {found} Zeichen zu lang; gelesen werden bis zu {limit}."),
        {"found": characters_found, "limit": MOST_CHARACTERS},
    )


def too_many_lines(lines_found: int) -> Refusal:
    """The refusal of a text of more lines than are read."""
    return Refusal(
        "reading.too_long",
        msg("Der Text ist mit {found} Zeilen zu lang; gelesen werden bis zu {limit}."),
        {"found": lines_found, "limit": MOST_LINES},
    )


def refuse_other(
    all_lines: Sequence[Line],
    title: Sequence[Line],
    programme: Programme,
    marks: Marks,
    others: Foreign,
) -> None:
    """Ask for enough signs of a document of this programme before reading on."""
    refuse_language(all_lines)
    head = flow(title)
    refuse_known_programme(head, programme, others.programmes)
    _refuse_titled(all_lines, programme.document.label)
    _refuse_about(all_lines, programme.document.label)
    text = "\n".join(line.text for line in all_lines[:MOST_LINES])
    whole = Traced.whole(text)
    folded = fold_traced(whole)
    signs = {
        programme.name: is_named(programme, whole),
        programme.document.label: find(programme.document.label, folded, 0.85) is not None,
        **_sides(folded.text, programme),
        SECTIONS: marks.begun([line.text for line in all_lines[:MOST_LINES]]) > 1,
        AMOUNT: bool(re.search(r"\d[.,' ]?\d ?(?:€|eur)", text, re.IGNORECASE)),
    }
    if sum(signs.values()) > 2:
        refuse_other_law(head, whole, programme)
        refuse_other_state(head, programme, others.organisations)
        refuse_other_programme(head, whole, programme)
    if signs[programme.name] and sum(signs.values()) >= 3:
        return
    raise Refused(_no_agreement(programme, *(sign for sign, there in signs.items() if not there)))


def _sides(folded: str, programme: Programme) -> dict[str, bool]:
    is_named = _GIVERS.search(folded) is not None
    if is_of_one_side(programme):
        return {ISSUER: is_named}
    return {PARTIES: is_named and "zwischen" in folded}


def _no_agreement(programme: Programme, *missing: str) -> Refusal:
    return Refusal(
        "reading.no_agreement",
        msg("Der Text ist kein Schriftstück dieses Programms ({document}). Es fehlen: {missing}."),
        {
            "document": programme.document.label,
            "missing": tuple(Label(sign) for sign in missing),
        },
    )


def _refuse_about(these: Sequence[Line], own_name: str) -> None:
    """Refuse what is about an agreement, though it may hold one: a council paper, a press note."""
    for line in these:
        if len(line.text) < 110 and (match := _ABOUT.fullmatch(line.text)):
            raise Refused(
                Refusal(
                    "reading.other_document",
                    msg(
                        "Erwartet wird: {document}. Der Text ist eine Vorlage oder eine Mitteilung "
                        "darüber („{word}“)."
                    ),
                    {"document": own_name, "word": match["word"]},
                )
            )


def _refuse_titled(these: Sequence[Line], own_name: str) -> None:
    """Refuse what names itself as another kind of document before it begins."""
    spaced = " ?".join(map(re.escape, own_name))  # blanks may have got into it
    own_title = re.compile(rf"(?:\W|Entwurf)*{spaced}\b(?: \S+){{0,8}}$", re.IGNORECASE)
    is_notice = fold(own_name).endswith("bescheid")
    for line in these[:_TITLE_LINES]:
        if own_title.match(line.text) or (is_notice and is_headed(line.text, CHANGING)):
            return
        match = _OTHER_TITLE.fullmatch(line.text) or _ABOUT_TITLE.fullmatch(line.text)
        if match and not fold(own_name).endswith(fold(match[0])):
            raise Refused(
                Refusal(
                    "reading.other_document",
                    msg("Erwartet wird: {document}. Der Text ist überschrieben mit „{title}“."),
                    {"document": own_name, "title": match[0][:80]},
                )
            )


def refuse_shapeless(
    parts: Outline, these: Sequence[Line], programme: Programme, marks: Marks
) -> None:
    """Refuse a text without clauses: line breaks lost, cut off, or another document."""
    if any(part.number for part in parts.sections):
        return
    text = " ".join(line.text for line in these)
    if len(marks.cited(text)) > 3:
        raise Refused(
            Refusal(
                "reading.no_sections",
                msg(
                    "Im Text sind keine Abschnitte ({first}, {second} …) am Zeilenanfang zu "
                    "erkennen. Bitte den Text mit seinen Zeilenumbrüchen angeben."
                ),
                {"first": marks.name(1), "second": marks.name(2)},
            )
        )
    if any(fold(line.text) == "zwischen" for line in these):
        raise Refused(_cut_off(these[-1].text))
    raise Refused(_no_agreement(programme, SECTIONS))


def refuse_cut_off(parts: Outline, year: Year) -> None:
    """Refuse a text that ends before its signatures, in an early clause or in a sentence.

    A text that ends in one of the year's last two clauses is read; that nobody signed is then
    asked.
    """
    last = parts.sections[-1]
    body = [line.text for line in last.body]
    whole = any(text.endswith(".") for text in body)
    if not parts.signing and (last.number < last_clause(year) - 1 or not whole):
        raise Refused(_cut_off(body[-1] if body else last.name))


def _cut_off(ending: str) -> Refusal:
    return Refusal(
        "reading.cut_off",
        msg(
            "Der Text bricht vor den Unterschriften ab; er endet mit „{ending}“. Bitte den Text "
            "vollständig angeben."
        ),
        {"ending": ending[-80:]},
    )


PARTIES = msg("die Vereinbarungspartner")
ISSUER = msg("die ausstellende Stelle")
SECTIONS = msg("die Abschnitte")
AMOUNT = msg("ein Betrag in Euro")
