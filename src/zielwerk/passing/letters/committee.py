"""The draft for the organ that resolves: what is passed on, in a table by programme year.

It is a draft in own words: whoever puts it before the committee edits it. Sums of different
programme years are never added up.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from zielwerk.core import installation
from zielwerk.language import translate, value_text
from zielwerk.packs import loading as packs
from zielwerk.passing.queries import SurveyRow
from zielwerk.rulebook.refusal import msg
from zielwerk.typesetting import blocks as b
from zielwerk.typesetting.german import euro, text

TITLE = msg("Weiterleitung von Zuwendungen: Vorlage ({organ})")
PLAIN = msg("Weiterleitung von Zuwendungen: Beschlussvorlage")
DRAFT = msg("Entwurf, noch nicht beschlossen")
PROPOSED = msg("Vorschlag für den Beschluss")
RESOLVES = msg(
    "Der Stand der Weiterleitungen wird zur Kenntnis genommen. Der Weitergabe der unten genannten "
    "Beträge an die genannten Träger wird zugestimmt."
)
REASONS = msg("Begründung")
WHY = msg(
    "Die Bewilligungsbehörde hat der Gebietskörperschaft Mittel für die folgenden Maßnahmen "
    "bewilligt. Führt ein Träger eine Maßnahme durch, so gibt die Gebietskörperschaft das Geld "
    "mit den Nebenbestimmungen des Bescheids an ihn weiter; sie bleibt gegenüber der "
    "Bewilligungsbehörde verantwortlich. Stand: {day}."
)
MONEY = msg("Finanzielle Auswirkungen")
NO_OWN_MONEY = msg(
    "Weitergegeben werden allein bewilligte Mittel. Kofinanzierung aus anderen Quellen ist "
    "gesondert genannt."
)
OPEN_ROW = msg("noch nicht weitergegeben: {open}")


@dataclass(frozen=True)
class Sums:
    """The sums of a programme year, in cents."""

    granted: int
    passed: int
    spent: int
    other: int


def committee_draft(programme: str, rows: Sequence[SurveyRow], day: date) -> b.Document:
    """The draft over some rows of the survey, as a document."""
    names = sorted({row.body_name for row in rows})
    blocks: list[b.Block] = [
        b.Heading(2, translate(PROPOSED)),
        b.Paragraph(text(translate(RESOLVES))),
        b.Heading(2, translate(REASONS)),
        b.Paragraph(text(translate(WHY).format(day=value_text(day, "de")))),
        b.Heading(2, translate(MONEY)),
        b.Paragraph(text(translate(NO_OWN_MONEY))),
    ]
    for _, of_year in groupby(sorted(rows, key=lambda row: row.year), lambda row: row.year):
        blocks += _year(programme, list(of_year))
    line = installation.line()
    label = translate(DRAFT) + (f". {translate(line)}" if line else "")
    return b.Document(
        title=_title(programme, rows),
        subject=str(packs.programme(programme).name),
        author=", ".join(names),
        blocks=tuple(blocks),
        date=day,
        label=label,
    )


def _title(programme: str, rows: Sequence[SurveyRow]) -> str:
    """The title, with the organ that resolves for the bodies where that is one alone."""
    known = {body.ags: str(body.kind.organ) for body in packs.bodies(programme)}
    organs = {known.get(row.ags, "") for row in rows}
    if len(organs) == 1 and (organ := organs.pop()):
        return translate(TITLE).format(organ=organ)
    return translate(PLAIN)


def _year(programme: str, rows: list[SurveyRow]) -> Iterator[b.Block]:
    """A programme year: its rows, its sums."""
    year = rows[0].year
    label = str(packs.load(programme, year).label)
    sums = sums_of(rows)
    columns = (
        b.Column(translate(msg("Maßnahme")), share=2),
        b.Column(translate(msg("Träger")), share=2),
        b.Column(translate(msg("Bewilligt")), "amount"),
        b.Column(translate(msg("Weitergegeben")), "amount"),
        b.Column(translate(msg("Verausgabt")), "amount"),
        b.Column(translate(msg("Kofinanzierung")), "amount"),
        b.Column(translate(msg("Plätze")), "amount"),
    )
    foot = (
        text(translate(msg("Summe"))),
        text(""),
        *(text(euro(cents)) for cents in (sums.granted, sums.passed, sums.spent, sums.other)),
        text(""),
    )
    yield b.Heading(2, label)
    told, cells = set[tuple[int, str]](), []
    for row in rows:
        place = (row.notice_pk, row.measure)
        cells.append(_cells(row, is_first=place not in told))
        told.add(place)
    yield b.Table(label, columns, tuple(cells), foot)


def _cells(row: SurveyRow, *, is_first: bool) -> tuple[b.Inlines, ...]:
    """The cells of a row; what a measure is granted stands in its first one alone."""
    name = row.carrier or translate(OPEN_ROW).format(open=_euro(row.open_cents))
    return (
        text(row.title),
        text(name),
        text(euro(row.granted_cents) if is_first else ""),
        text(_euro(row.passed_cents)),
        text(_euro(row.spent_cents)),
        text(_euro(row.other_cents)),
        text("" if row.seats is None else str(row.seats)),
    )


def _euro(cents: int | None) -> str:
    return "" if cents is None else euro(cents)


def sums_of(rows: Iterable[SurveyRow]) -> Sums:
    """The sums of rows of one year; a measure with several Träger is granted once."""
    of = list(rows)
    granted = {(row.notice_pk, row.measure): row.granted_cents for row in of}
    return Sums(
        sum(granted.values()),
        sum(row.passed_cents or 0 for row in of),
        sum(row.spent_cents or 0 for row in of),
        sum(row.other_cents or 0 for row in of),
    )
