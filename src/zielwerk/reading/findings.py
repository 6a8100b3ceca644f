"""What a careful colleague would ask about an agreement, worded as questions.

A question is never a censure: "grundsätzlich ohne Altersbegrenzungen" allows exceptions,
and "U-25" may be the name of a team.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from zielwerk.packs.model import Earmark
from zielwerk.reading.marks import Marks
from zielwerk.reading.model import Clause, Finding, Found, Measure, NamedEarmark
from zielwerk.reading.signatures import Signatory
from zielwerk.recognition.likeness import find
from zielwerk.recognition.traced import Traced
from zielwerk.rulebook.lifecycle import Label
from zielwerk.rulebook.planned import names_age_group
from zielwerk.rulebook.refusal import msg

QUESTION, UNCERTAIN, ERROR = "question", "uncertain", "error"
SIDES = {
    "ministry": msg("das Ministerium"),
    "authority": msg("die Bewilligungsbehörde"),
    "region": msg("die Gebietskörperschaft"),
}

_OF_ALL_AGES = ("Altersbegrenzung", "Altersgrenze", "jeden Alters", "unabhängig vom Alter")
_FIGURE = re.compile(
    r"(?<![\w.,-])(?:\d|[lI|!]\.)[\dOolIbBS. ]{0,24}(?:,\d+)? ?"
    r"(?:%|Prozent|Plätze|Personen|Teilnehm\w+|Eintritte|Übergänge|"
    r"[EFB] ?[uün] ?[rn] ?[o0ec]\b|EUR|€)"
    r"|(?<![\w.,])\d{1,3}(?:\.\d{3})+(?![.\d])"  # an amount whose currency was lost
)


def signature_dates(signed: Sequence[Signatory]) -> Iterator[Finding]:
    """Ask for each date that is not there, not legible or not plausible."""
    for i, one in enumerate(signed):
        if i and one.date.span == signed[i - 1].date.span and one.date.span != (0, 0):
            continue  # a second signatory under the same line of place and date
        place, side = f"signatures[{i}].date", SIDES[one.party.value]
        if one.date.value is None and one.empty_date:
            yield Finding(
                "reading.date_missing",
                msg(
                    "Für die Unterschrift für {side} steht kein Datum im Text. Wann wurde "
                    "unterschrieben?"
                ),
                {"side": Label(side)}, UNCERTAIN, place,
            )  # fmt: skip
        elif one.date.value is None:
            yield Finding(
                "reading.date_illegible",
                msg(
                    "Das Datum der Unterschrift für {side} ist nicht lesbar („{raw}“). Welches "
                    "Datum steht auf dem Original?"
                ),
                {"side": Label(side), "raw": one.raw.value.split("\n")[0]}, UNCERTAIN, place,
            )  # fmt: skip
        elif one.date.score <= 0.4:
            yield Finding(
                "reading.date_implausible",
                msg(
                    "Das Datum der Unterschrift für {side}, {date}, liegt weit vom Programmjahr "
                    "entfernt. Ist es richtig gelesen?"
                ),
                {"side": Label(side), "date": one.date.value}, UNCERTAIN, place,
            )  # fmt: skip


def signature_names(signed: Sequence[Signatory], sides: Sequence[str]) -> Iterator[Finding]:
    """Ask who signed where one of the sides that sign or a name is missing."""
    for side in sides:
        words = SIDES[side]
        if not any(one.party.value == side for one in signed):
            yield Finding(
                "reading.signature_missing",
                msg("Im Text steht keine Unterschrift für {side}. Wer hat unterschrieben?"),
                {"side": words}, UNCERTAIN, "signatures",
            )  # fmt: skip
    for i, one in enumerate(signed):
        if one.name.value is None:
            yield Finding(
                "reading.name_illegible",
                msg("Der Name der Unterschrift für {side} ist nicht lesbar. Wer unterschrieb?"),
                {"side": SIDES[one.party.value]}, UNCERTAIN, f"signatures[{i}].name",
            )  # fmt: skip


def ages(measures: Sequence[Found[Measure]], folded: Traced) -> Iterator[Finding]:
    """Ask for the reason where a title names an age group, and the text wants no limit of age."""
    named = [(i, one) for i, one in enumerate(measures) if names_age_group(one.value.title)]
    if named and any(find(wording, folded, 0.85) for wording in _OF_ALL_AGES):
        for i, measure in named:
            yield Finding(
                "reading.age_group",
                msg(
                    "Der Titel „{title}“ nennt eine Altersgruppe, die Maßnahmen sind grundsätzlich "
                    "ohne Altersbegrenzungen: Was ist die Begründung?"
                ),
                {"title": measure.value.title}, QUESTION, f"measures[{i}].title",
            )  # fmt: skip


@lru_cache(maxsize=8)
def _cited(marks: Marks) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Match "§ 5 … Ziele", "Ziele nach § 5", "Eckdaten in § 4", whatever marks a section."""
    cite = rf"(?:{marks.reference}) ?(\d{{1,2}})"
    return (
        re.compile(rf"{cite}\s+(?:\w+\s+){{0,3}}Ziele?n?\b"),
        re.compile(rf"\bZiele?n?\b[^.§]{{0,40}}?(?:nach|in|gemäß|aus) {cite}"),
        re.compile(rf"{cite}[^.§]{{0,80}}?\bEckdaten\b|\bEckdaten\b[^.§]{{0,40}}?{cite}"),
    )


def goals_without_targets(
    clauses: Sequence[Clause], listing: str | None, marks: Marks
) -> Iterator[Finding]:
    """Ask what is measured where a clause refers to goals in a clause that lists titles."""
    goals_in, goals_of, _ = _cited(marks)
    by_number = {clause.number: clause for clause in clauses}
    for clause in clauses:
        match = goals_in.search(clause.text) or goals_of.search(clause.text)
        named = marks.name(int(match[1])) if match else ""
        if named in by_number and named == listing and not _FIGURE.search(by_number[named].text):
            yield Finding(
                "reading.goals_without_targets",
                msg(
                    "{place} verweist auf Ziele in {named}, dort stehen nur Titel von Maßnahmen: "
                    "Woran wird die Zielerreichung gemessen?"
                ),
                {"place": clause.number, "named": named}, QUESTION, clause.number,
            )  # fmt: skip
            return


def key_figures_missing(clauses: Sequence[Clause], marks: Marks) -> Iterator[Finding]:
    """Ask for the key figures where the clause they should stand in has one total only."""
    *_, figures_in = _cited(marks)
    by_number = {clause.number: clause for clause in clauses}
    for clause in clauses:
        match = figures_in.search(clause.text)
        named = marks.name(int(match[1] or match[2])) if match else ""
        figures = _FIGURE.findall(by_number[named].text) if named in by_number else ()
        if len(figures) == 1 and named != clause.number:
            yield Finding(
                "reading.key_figures_missing",
                msg(
                    "{place} verweist auf Eckdaten in {named}, dort steht nur ein Gesamtbetrag: "
                    "Welche Eckdaten sind gemeint?"
                ),
                {"place": clause.number, "named": named}, QUESTION, clause.number,
            )  # fmt: skip
            return


def earmarks_without_amount(
    named: Sequence[Found[NamedEarmark]], expected: Sequence[Earmark], place_of: Mapping[str, str]
) -> Iterator[Finding]:
    """Ask for the amount of each earmark that is named without one."""
    labels = {earmark.code: earmark.label for earmark in expected}
    for earmark in named:
        code = earmark.value.code
        if earmark.value.amount_cents is None:
            yield Finding(
                "reading.earmark_without_amount",
                msg(
                    "Die Zweckbindung „{label}“ ist ohne Betrag genannt: Wie hoch ist sie, und ist "
                    "sie im Gesamtbetrag enthalten?"
                ),
                {"label": labels[code]}, QUESTION, place_of.get(code, "earmarks"),
            )  # fmt: skip


def structure(
    *,
    clauses_complete: bool,
    measures: Sequence[Found[Measure]],
    measures_complete: bool,
    authority: bool,
) -> Iterator[Finding]:
    """Say which expected part was not found, or not surely."""
    if not clauses_complete:
        yield Finding(
            "reading.clauses_incomplete",
            msg("Die Abschnitte sind nicht lückenlos gezählt: Fehlt eine Seite?"),
            {}, UNCERTAIN, "clauses",
        )  # fmt: skip
    if not measures:
        yield Finding(
            "reading.no_measures",
            msg("Im Text wurde keine Maßnahme gefunden: Welche Maßnahmen sind vereinbart?"),
            {}, UNCERTAIN, "measures",
        )  # fmt: skip
    elif not measures_complete:
        yield Finding(
            "reading.measures_unsure",
            msg("Die Liste der Maßnahmen ist nicht eindeutig gegliedert: Sind alle Titel da?"),
            {}, UNCERTAIN, "measures",
        )  # fmt: skip
    if not authority:
        yield Finding(
            "reading.no_authority",
            msg("Im Text ist keine Bewilligungsbehörde genannt: Wer erlässt den Bescheid?"),
            {}, UNCERTAIN, "granting_authority",
        )  # fmt: skip
