"""What kind of paper a text is and in which state: agreement, amendment, annulment; draft, copy.

A paper says so above its clauses, in a line of its own: "Entwurf", "Erste Änderung der
Zielvereinbarung 2024", "Abschrift". The word in a sentence says nothing of the paper.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from zielwerk.reading.marks import Marks
from zielwerk.reading.model import Doubt, Finding, Found
from zielwerk.recognition.cleaning import Line
from zielwerk.recognition.likeness import alike
from zielwerk.recognition.traced import Traced
from zielwerk.rulebook.refusal import Refusal, Refused, msg

AGREEMENT, NOTICE, AMENDMENT = "agreement", "notice", "amendment"
SIGNED, DRAFT, COPY, TEMPLATE = "signed", "draft", "copy", "template"

IS_AMENDMENT = msg("Das Schriftstück ändert ein anderes; es ist keines für sich.")
IS_DRAFT = msg("Das Schriftstück ist ein Entwurf.")
IS_TEMPLATE = msg("Das Schriftstück ist ein Muster.")
NOT_TO_SIGN = msg("Das Schriftstück sagt, dass es nicht unterschrieben oder nicht gültig ist.")
AMENDS = msg("Ein Satz des Schriftstücks ändert ein anderes Schriftstück.")
UNSIGNED = msg("Im Text steht kein Name und kein Datum einer Unterschrift.")

_ABOVE = 40  # lines there may be above the first clause
_LONGEST = 90  # letters of a line that may be a title; longer ones are prose
_LIKE = 0.85
_AMENDING = (
    "Änderung", "Änderungsvereinbarung", "Änderungsvertrag", "Änderungsbescheid", "Nachtrag",
    "Nachtragsvereinbarung", "Ergänzungsvereinbarung", "Ergänzung", "Fortschreibung",
    "Anpassungsvereinbarung",
)  # fmt: skip
_ANNULLING = (
    "Aufhebung", "Aufhebungsvereinbarung", "Aufhebungsvertrag", "Aufhebungsbescheid", "Widerruf",
    "Widerrufsbescheid", "Rücknahme", "Rücknahmebescheid", "Kündigung", "Rücktritt",
)  # fmt: skip
CHANGING = (*_AMENDING, *_ANNULLING)  # what changes or ends another paper
_DRAFTED = (
    "Entwurf", "Arbeitsentwurf", "Vorentwurf", "Vertragsentwurf", "Vereinbarungsentwurf",
    "Vorabfassung", "Entwurfsfassung", "Arbeitsfassung", "Diskussionsfassung",
    "Verhandlungsfassung", "Abstimmungsfassung",
)  # fmt: skip
_MODELS = (
    "Muster", "Mustertext", "Musterfassung", "Mustervereinbarung", "Musterzielvereinbarung",
    "Mustervertrag", "Musterbescheid", "Musterformular", "Musterexemplar", "Formulierungshilfe",
    "Leerformular", "Blankoformular", "Blanko", "Specimen",
)  # fmt: skip
_COPIED = ("Abschrift", "Kopie", "Durchschrift", "Zweitschrift", "Ablichtung")
# What may stand before the word that says it: "Erste", "2.", "Einvernehmliche", "Beglaubigte".
_BEFORE = re.compile(
    r"[\W\d_]*(?:(?:Nr|Nummer)\.? ?\d+|[^\W\d]+(?:e|er|es)\b)?[\W\d_]*", re.IGNORECASE
)
_TO = re.compile(r"Vereinbarung (?:zur|über die|über eine) ", re.IGNORECASE)
_SPACED = re.compile(r"(?:[^\W\d_] ){4,}[^\W\d_]")  # "E N T W U R F"
_REWORDED = re.compile(
    r"(?:erhält|erhalten) (?:die )?folgende (?:neue )?Fassung"
    r"|w(?:ird|erden) wie folgt (?:neu )?(?:geändert|gefasst|ergänzt)"
)
# "In § 4 wird der Betrag … durch … ersetzt", "wird von 90.000 Euro auf 80.000 Euro gesenkt".
_CHANGED = (
    r"(?:ersetzt|gestrichen|eingefügt|angefügt|ergänzt|geändert|neu gefasst|angepasst|erhöht"
    r"|angehoben|aufgestockt|gekürzt|verringert|vermindert|reduziert|gesenkt|herabgesetzt)\b"
)
_AMENDS = re.compile(
    rf"\bIn (?:§§? ?|Ziffer |Nummer |Nr\. |Abschnitt |Absatz |Abs\. |Satz )\d[^.;]{{0,90}}?"
    rf"\b(?:wird|werden)\b[^;]{{0,160}}?\b{_CHANGED}"
    r"|\b(?:wird|werden)\b[^;]{0,120}?\bdurch\b[^;]{0,120}?\bersetzt\b"
    rf"|\b(?:wird|werden)\b[^;]{{0,90}}?\bvon [^;]{{0,40}}?(?:Euro|EUR|€) auf [^;]{{0,40}}?"
    rf"(?:Euro|EUR|€) {_CHANGED}"
)
_ENDED = re.compile(
    r"(?:vereinbarung|bescheid)\b[^.]{0,90}?\b"
    r"(?:aufgehoben|widerrufen|zurückgenommen)\b",
    re.IGNORECASE,
)
_AS_AMENDED = re.compile(r"in der Fassung (?:der|des|vom)\b.{0,30}(?:Änderung|Nachtrag)")
# "Zielvereinbarung (Entwurf)", "… 2024 – Entwurf, Stand: 3. Mai"; "Entwurf vom 3. Mai, Seite 2".
_DRAFT_BEHIND = re.compile(
    r"[(\[–:,|-]\s*(?:\w+e[rs]? )?(?:[\w-]*entwurf"
    r"|(?:vorab|entwurfs|arbeits|diskussions|verhandlungs|abstimmungs)fassung)\b",
    re.IGNORECASE,
)
_DRAFT_FOOT = re.compile(
    r"\W*[\w-]*entwurf\W*|\W{0,9}[\w-]*entwurf\b.{0,12}\b(?:Stand|vom|Seite|Version|Nr)\b.{0,40}",
    re.IGNORECASE,
)
# "Zielvereinbarung (Muster)"; "Muster", "- Muster, Stand Mai 2024 -" above or below a page.
_MODEL_BEHIND = re.compile(
    r"[(\[–:|]\s*(?:muster(?:text|fassung|exemplar|formular)?|blanko|specimen)\b", re.IGNORECASE
)
_MODEL_FOOT = re.compile(
    r"\W*(?:muster|specimen|blanko)\b(?:\W*|.{0,40}\b(?:Stand|vom|Seite|Version|Nr)\b.{0,40})",
    re.IGNORECASE,
)
# A line of its own that says that nobody has signed, or is to.
_NOT_VALID = re.compile(
    r"\W*(?:\w{0,12}(?:Dokument|Exemplar|Fassung|Schriftstück|Text|Vereinbarung|Muster) )?(?:ist )?"
    r"(?:(?:noch )?nicht (?:zur|für die) (?:Unterschrift|Unterzeichnung|Zeichnung|Ausfertigung)"
    r"|(?:noch )?(?:nicht |un)(?:unterschrieben|unterzeichnet|gezeichnet|ausgefertigt|gültig)e?s?"
    r"|(?:rechtlich )?(?:un|nicht )(?:rechts)?verbindlich(?:e|es)?"
    r"|(?:nur )?zur (?:Abstimmung|Mitzeichnung|Anhörung|Ansicht|Durchsicht)"
    r"|nur zur (?:Information|Orientierung))"
    r"(?: (?:bestimmt|vorgesehen|gedacht|freigegeben|Fassung|Exemplar|Text))?\W*",
    re.IGNORECASE,
)
_TRANSCRIBED = re.compile(r"(?:^|\s)\(?gez\.(?=\s|[A-ZÄÖÜ])")


@dataclass(frozen=True)
class Paper:
    """A paper's kind and state, each with the line that says so.

    ``amending`` is the sentence by which a paper without such a title changes another one.
    """

    kind: Found[str]
    state: Found[str]
    amending: str = ""


def above(these: Sequence[Line], marks: Marks, is_preamble: Callable[[str], bool]) -> list[Line]:
    """The lines of a text above its preamble and its first section, where titles stand."""
    found = []
    for line in these[:_ABOVE]:
        mark = marks.match(line.text)
        if is_preamble(line.text) or (mark and mark.is_sure):
            break
        found.append(line)
    return found


def paper(
    printed: Sequence[Line],
    title: Sequence[Line],
    clauses: Sequence[Traced],
    signing: Sequence[Line],
    *,
    is_notice: bool,
) -> Paper:
    """Tell a paper's kind and state from what stands above, in and below its clauses.

    ``printed`` are all lines with the heads and feet of the pages, where "Entwurf" may stand.

    Raises :class:`Refused` with ``reading.annulment``: what is undone has no terms to read.
    """
    refuse_annulment(title, [text.text for text in clauses])
    kind, amending = Found(NOTICE if is_notice else AGREEMENT, (0, 0)), ""
    amended = (line for line in title if _AS_AMENDED.search(line.text))
    if line := titled(title, _AMENDING) or next(amended, None):
        kind = Found(AMENDMENT, line.flat.span(), 0.6, IS_AMENDMENT)
    elif any(_REWORDED.search(text.text) for text in clauses):
        kind = Found(AMENDMENT, (0, 0), 0.5, IS_AMENDMENT)
    elif sentence := next(filter(None, map(_amends, clauses)), None):
        kind, amending = Found(kind.value, sentence.span(), 0.6, AMENDS), sentence.text
    return Paper(kind, _state(printed, title, signing), amending)


def _amends(text: Traced) -> Traced | None:
    """The words by which a clause changes another paper."""
    match = _AMENDS.search(text.text)
    return text.part(*match.span()) if match else None


def _state(printed: Sequence[Line], title: Sequence[Line], signing: Sequence[Line]) -> Found[str]:
    for words, behind, foot, state, reason in (
        (_MODELS, _MODEL_BEHIND, _MODEL_FOOT, TEMPLATE, IS_TEMPLATE),
        (_DRAFTED, _DRAFT_BEHIND, _DRAFT_FOOT, DRAFT, IS_DRAFT),
    ):
        if line := titled(title, words) or _beside(title, behind) or _whole(printed, foot):
            return Found(state, line.flat.span(), 0.6, reason)
    if line := _whole(printed, _NOT_VALID):
        return Found(DRAFT, line.flat.span(), 0.6, NOT_TO_SIGN)
    if line := titled(title, _COPIED):
        return Found(COPY, line.flat.span())
    transcribed = [line for line in signing if _TRANSCRIBED.search(line.text)]
    return Found(COPY, transcribed[0].flat.span()) if transcribed else Found(SIGNED, (0, 0))


def unsigned(state: Found[str]) -> Found[str]:
    """The state of a paper whose text has neither a name nor a day of a signature."""
    return state.doubted(0.5, UNSIGNED) if state.value == SIGNED else state


def _beside(title: Sequence[Line], said: re.Pattern[str]) -> Line | None:
    """The line of a title that says something behind its words."""
    short = (line for line in title if len(line.text) <= _LONGEST)
    return next((line for line in short if said.search(line.text)), None)


def _whole(printed: Sequence[Line], said: re.Pattern[str]) -> Line | None:
    """The line that says nothing else, above or below a page or between its lines."""
    short = (line for line in printed if len(line.text) <= _LONGEST)
    return next((line for line in short if said.fullmatch(line.text)), None)


def titled(title: Sequence[Line], words: Sequence[str]) -> Line | None:
    """The line that is headed by one of the words, though letters of it be misread.

    "Erste Änderung der Zielvereinbarung", "- E N T W U R F -", "Entwnrf, Stand 3. Mai"; not
    "Grundlage ist der Entwurf des Haushalts.", which is a sentence.
    """
    return next((line for line in title if is_headed(line.text, words)), None)


def is_headed(text: str, words: Sequence[str]) -> bool:
    """Whether a line begins with one of the words, after what may stand before it."""
    if len(text) > 2 * _LONGEST:
        return False
    text = _SPACED.sub(lambda match: match[0].replace(" ", ""), text.strip())
    if len(text) > _LONGEST or text.endswith((";", ",")):
        return False
    starts = {_TO.sub("", text)}
    if match := _BEFORE.match(text):
        starts.add(text[match.end() :])
    firsts = {re.split(r"[\s,:;–(-]", start.lstrip(" -–—*|[("), maxsplit=1)[0] for start in starts}
    firsts = {first.strip("*|])") for first in firsts}
    return any(len(first) > 4 and alike(first, word) >= _LIKE for first in firsts for word in words)


def refuse_annulment(title: Sequence[Line], clauses: Sequence[str]) -> None:
    """Refuse a paper that ends another one: nothing of it is to be recorded as agreed."""
    line = titled(title, _ANNULLING)
    ended = next((match[0] for text in clauses if (match := _ENDED.search(text))), "")
    if line is None and not ended:
        return
    raise Refused(
        Refusal(
            "reading.annulment",
            msg(
                "Das Schriftstück ist eine Aufhebung („{quote}“): Es beendet ein anderes und "
                "nennt nichts, was zu erfassen wäre."
            ),
            {"quote": line.text if line else ended},
        )
    )


def doubts(found: Paper) -> Iterator[Doubt]:
    """Say in plain words what a paper is that is no signed agreement."""
    if found.kind.value == AMENDMENT:
        yield Doubt((), Finding(
            "reading.is_amendment",
            msg(
                "Das Schriftstück ist eine Änderung: Welches Schriftstück ändert es, und ist das "
                    "erfasst?"
            ),
            {}, "uncertain", "kind",
        ))  # fmt: skip
    if found.state.value == DRAFT and found.state.reason == NOT_TO_SIGN:
        yield Doubt((), Finding(
            "reading.not_to_sign",
            msg(
                "Das Schriftstück sagt, dass es nicht unterschrieben oder nicht gültig ist: Liegt "
                "die unterschriebene Fassung vor?"
            ),
            {}, "uncertain", "state",
        ))  # fmt: skip
    elif found.state.value == DRAFT:
        yield Doubt((), Finding(
            "reading.is_draft",
            msg("Das Schriftstück ist ein Entwurf: Liegt die unterschriebene Fassung vor?"),
            {}, "uncertain", "state",
        ))  # fmt: skip
    if found.amending:
        yield Doubt((), Finding(
            "reading.amends",
            msg(
                "„{sentence}“: Ändert das Schriftstück ein anderes, und ist das erfasst?"
            ),
            {"sentence": found.amending}, "uncertain", "kind",
        ))  # fmt: skip
    if found.state.value == TEMPLATE:
        yield Doubt((), Finding(
            "reading.is_template",
            msg("Das Schriftstück ist ein Muster: Liegt die unterschriebene Fassung vor?"),
            {}, "uncertain", "state",
        ))  # fmt: skip
    if found.state.reason == UNSIGNED:
        yield Doubt((), Finding(
            "reading.is_unsigned",
            msg(
                "Im Text steht kein Name und kein Datum einer Unterschrift: Liegt die "
                "unterschriebene Fassung vor?"
            ),
            {}, "uncertain", "state",
        ))  # fmt: skip
    if found.state.value == COPY:
        yield Doubt((), Finding(
            "reading.is_copy",
            msg("Das Schriftstück ist eine Abschrift: Stimmt sie mit dem Original überein?"),
            {}, "question", "state",
        ))  # fmt: skip
