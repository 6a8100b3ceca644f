"""The receipt of what was handed in: what was applied for, readable, with number and time."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.timezone import localdate, localtime

from zielwerk.core import installation
from zielwerk.funding import queries
from zielwerk.funding.models import Application, Paper
from zielwerk.funding.queries import Judged, Referred
from zielwerk.funding.queries.words import LABELS, Words
from zielwerk.language import sentence, translate, value_text
from zielwerk.packs.model import Year
from zielwerk.rulebook.alphabet import hyphenated
from zielwerk.rulebook.application import AppliedMeasure, Read
from zielwerk.rulebook.refusal import msg
from zielwerk.typesetting import blocks as b
from zielwerk.typesetting.german import euro, text

RECEIPT = msg("Eingangsbestätigung")
ABOUT = msg("Zu diesem Antrag")
HANDED_IN = msg("Eingereicht am")
CAME = msg("Zuerst eingereicht am; dieser Tag zählt für die Frist")
NUMBER = msg("Einreichung")
DIGEST = msg("Prüfsumme des Inhalts (SHA-256)")
APPLIED = msg("Beantragt")
COST = msg("Kosten insgesamt")
PAPERS = msg("Anlagen")
LATE = msg("Nach der Frist eingereicht")
NO_PAPERS = msg("Keine Anlagen.")
ELSEWHERE = msg("Was es an anderer Stelle gibt, zählt mit und wird nicht noch einmal verlangt:")
NOT_THERE = msg("noch nicht da")
CATEGORY, SOURCE, YEAR, AMOUNT = (
    msg("Kostenart"),
    msg("Finanzierungsquelle"),
    msg("Haushaltsjahr"),
    msg("Betrag"),
)
COSTS_OF = msg("Kosten: {title}")
INCOMES_OF = msg("Finanzierung: {title}")
COMMITS_NOTHING = msg(
    "Diese Bestätigung sagt, dass der Antrag eingegangen ist, und mit welchem Inhalt. Bewilligt "
    "ist damit nichts; Geld gibt es nur durch Bescheid."
)


def content_of(answers: Mapping[str, str], papers: Sequence[Paper]) -> dict[str, Any]:
    """What is handed in, as data: every answer that says something, and the papers."""
    return {
        "answers": {place: text for place, text in sorted(answers.items()) if text},
        "papers": [
            {"code": paper.code, "name": str(paper.name), "sha256": paper.file.sha256}
            for paper in papers
        ],
    }


def receipt(
    application: Application,
    judged: Judged,
    papers: Sequence[Paper],
    digest: str,
    number: int,
    late_days: int,
    late_reason: str,
    at: datetime,
) -> b.Document:
    """The receipt of a submission, in German: the body's own copy of what it applied for."""
    rules = queries.rules_of(application)
    found, applied = judged.read, judged.read.application
    words = Words(rules)
    own = [each.code for each in rules.cost_sources if each.of_programme]
    moment = f"{value_text(localtime(at), 'de')} Uhr"
    facts = [
        ("Aktenzeichen", application.file_number),
        (translate(NUMBER), str(number)),
        (translate(HANDED_IN), moment),
        *_came(application, at),
        ("Antragstellerin", str(application.body_name)),
        (translate(APPLIED), euro(applied.income_from(own))),
        (translate(COST), euro(applied.cost_cents)),
        (translate(DIGEST), digest),
    ]
    if late_days:
        facts.append((translate(LATE), "1 Tag" if late_days == 1 else f"{late_days} Tage"))
        facts.append((translate(LABELS["late_reason"]), late_reason))
    line = installation.line()
    label = f"{translate(RECEIPT)} vom {value_text(localdate(at), 'de')}"
    return b.Document(
        title=f"Antrag: {application.body_name} {application.year}",
        subject=f"{rules.programme.name} {application.year}",
        author=str(application.body_name),
        date=localdate(at),
        file_number=application.file_number,
        label=f"{label}. {translate(line)}" if line else label,
        blocks=(
            b.Notice("info", translate(RECEIPT), text(translate(COMMITS_NOTHING))),
            b.Facts(translate(ABOUT), tuple((name, text(value)) for name, value in facts)),
            *_head(applied, words),
            *(block for each in applied.measures for block in _measure(each, found, words, rules)),
            *_reasons(judged),
            *_papers(papers, {each.code: each.label for each in rules.application_attachments}),
            *_elsewhere(queries.referred(application, rules, localdate(at))),
        ),
    )


def _came(application: Application, at: datetime) -> Iterator[tuple[str, str]]:
    """The day that counts for the deadline, where it is an earlier one."""
    day = queries.came_on(application)
    if day and day != localdate(at):
        yield translate(CAME), value_text(day, "de")


def _head(applied: Any, words: Words) -> Iterator[b.Block]:
    rows = tuple(_rows(words.head(applied)))
    if rows:
        yield b.Facts(translate(msg("Allgemeine Angaben")), rows)


def _measure(each: AppliedMeasure, found: Read, words: Words, rules: Year) -> Iterator[b.Block]:
    """A measure: what it is, what it costs and who pays."""
    title = each.title or translate(msg("Maßnahme ohne Titel"))
    yield b.Heading(2, title)
    rows = tuple(_rows(words.measure(each, found.texts)))
    if rows:
        yield b.Facts(title, rows)
    costs = [(words.german("cost_categories", c.category), c.year, c.cents) for c in each.costs]
    incomes = [(words.german("cost_sources", i.source), i.year, i.cents) for i in each.incomes]
    for caption, first, lines in ((COSTS_OF, CATEGORY, costs), (INCOMES_OF, SOURCE, incomes)):
        if lines:
            yield _table(translate(caption).format(title=title), translate(first), lines)


def _reasons(judged: Judged) -> Iterator[b.Block]:
    """What the body was asked for a reason, with the reason that it gave."""
    rows = tuple(
        (sentence(each.said), text(judged.reason_of(each)))
        for each in judged.findings
        if judged.reason_of(each)
    )
    if rows:
        yield b.Facts(translate(msg("Begründungen")), rows)


def _table(caption: str, first: str, lines: Sequence[tuple[str, int, int]]) -> b.Table:
    columns = (
        b.Column(first),
        b.Column(translate(YEAR)),
        b.Column(translate(AMOUNT), "amount"),
    )
    rows = tuple((text(label), text(str(year)), text(euro(cents))) for label, year, cents in lines)
    total = sum(cents for *_, cents in lines)
    return b.Table(caption, columns, rows, (text("Summe"), text(""), text(euro(total))))


def _papers(papers: Sequence[Paper], labels: Mapping[str, str]) -> Iterator[b.Block]:
    yield b.Heading(2, translate(PAPERS))
    if not papers:
        yield b.Paragraph(text(translate(NO_PAPERS)))
        return
    yield b.BulletList(
        tuple(
            text(f"{labels[paper.code]}: {paper.name} (SHA-256 {paper.file.sha256})")
            for paper in papers
        )
    )


def _elsewhere(referred: Sequence[Referred]) -> Iterator[b.Block]:
    """The papers that are not sent, each with the number under which it is."""
    if referred:
        yield b.Paragraph(text(translate(ELSEWHERE)))
        yield b.BulletList(
            tuple(text(f"{each.label}: {each.number or translate(NOT_THERE)}") for each in referred)
        )


def _rows(pairs: Iterable[tuple[str, object]]) -> Iterator[tuple[str, b.Inlines]]:
    """What is said, in German; what is not said is left out."""
    for label, value in pairs:
        if value:
            shown = translate(value) if isinstance(value, str) else value_text(value, "de")
            yield translate(label), text(shown)


def file_name(application: Application, number: int) -> str:
    """The name of a receipt: "antrag-2026-06440-ant-2026-0001-einreichung-1.pdf"."""
    name = f"antrag-{application.year}-{application.ags}-{hyphenated(application.file_number)}"
    return f"{name}-einreichung-{number}.pdf"
