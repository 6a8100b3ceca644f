"""Targets of whole years: those of a body, the list, and one of them."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from zielwerk.language import German
from zielwerk.measures import queries
from zielwerk.measures.models import OverallTarget
from zielwerk.measures.panels.lists import open_reviews, review_mark, word
from zielwerk.measures.panels.planned import TargetRow, target_rows
from zielwerk.measures.queries.words import Words
from zielwerk.rulebook.refusal import msg
from zielwerk.rulebook.target import KINDS, Target, TargetKind
from zielwerk.ui import lists
from zielwerk.ui.lists import FILE_NUMBER, KEY_OF_BODY, STATE, Column
from zielwerk.ui.tags.values import language


def overall_rows(
    programme: str, year: int, ags: str
) -> Iterator[tuple[OverallTarget, TargetRow, str]]:
    """The targets of a body for a year, how each reads, and what is to review; one query."""
    words, found = Words(programme, year), list(queries.targets_of(programme, year, ags))
    rows = target_rows([each.target for each in found], words)
    marks = [review_mark(each.review_count, each.state) for each in found]
    yield from zip(found, rows, marks, strict=True)


def heading(overall: OverallTarget) -> SafeString:
    """A target as its page is called: its number, and what it aims at, in whose language it is."""
    target = overall.target
    aim = Words(overall.programme, overall.year).aim(target, language())
    is_typed = target.kind == TargetKind.WORDS and bool(target.words)
    number = gettext("Ziel {number}").format(number=overall.position)
    return format_html("{}: {}", number, German(aim) if is_typed else aim)


def aim(
    content: Mapping[str, Any], programme: str, year: int, pk: int, count: int, state: str
) -> German:
    """What a target aims at, as the list says it."""
    return German(Words(programme, year).aim(Target.from_json(content)))


def of_baseline(part: str) -> Any:
    """A part of the baseline; none where nothing was before."""
    return lambda content: (content.get("baseline") or {}).get(part)


OVERALL = (
    Column(
        "target",
        msg("Ziel"),
        ("content", "programme", "year", "pk", "review_count", "state"),
        value=aim,
        url=lambda content, programme, year, pk, count, state: reverse(
            "measures:overall_target", args=[pk]
        ),
        mark=lambda content, programme, year, pk, count, state: review_mark(count, state),
        tells=("body_name", "year", "position"),
        sort=(),
        language="de",
    ),
    FILE_NUMBER,
    KEY_OF_BODY,
    lists.body(of="ags"),
    Column("year", msg("Programmjahr")),
    Column("position", msg("Nummer"), is_number=True),
    Column("kind", msg("Art des Ziels"), labels=dict(KINDS)),
    Column(
        "indicator",
        msg("Messgröße"),
        ("indicator", "programme", "year"),
        value=lambda code, programme, year: word("target_indicators", code, programme, year),
        sort=(),
        language="de",
        is_file_only=True,
    ),
    Column(
        "subgroup",
        msg("Zielgruppe"),
        ("subgroup", "programme", "year"),
        value=lambda code, programme, year: word("target_groups", code, programme, year),
        sort=(),
        language="de",
        is_file_only=True,
    ),
    Column("value", msg("Zielwert"), is_number=True),
    Column(
        "baseline_year",
        msg("Jahr des Ausgangswerts"),
        ("content",),
        value=of_baseline("year"),
        sort=(),
        is_number=True,
        is_file_only=True,
    ),
    Column(
        "baseline_value",
        msg("Höhe des Ausgangswerts"),
        ("content",),
        value=of_baseline("value"),
        sort=(),
        is_number=True,
        is_file_only=True,
    ),
    Column(
        "baseline_source",
        msg("Quelle des Ausgangswerts"),
        ("content",),
        value=of_baseline("source"),
        sort=(),
        is_file_only=True,
    ),
    Column(
        "has_no_baseline",
        msg("Kein Ausgangswert"),
        ("content",),
        value=lambda content: msg("ja") if content.get("has_no_baseline") else None,
        sort=(),
        is_file_only=True,
    ),
    Column(
        "assumption",
        msg("Annahme"),
        ("content",),
        value=lambda content: content.get("assumption") or None,
        sort=(),
        is_file_only=True,
    ),
    Column(
        "data_source",
        msg("Datenquelle"),
        ("content",),
        value=lambda content: content.get("data_source") or None,
        sort=(),
        is_file_only=True,
    ),
    STATE,
    Column(
        "review_count",
        msg("Zu prüfen"),
        ("review_count", "state"),
        value=open_reviews,
        sort=(),  # one filters by it
        is_number=True,
        is_file_only=True,
    ),
)
