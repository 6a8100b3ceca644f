"""The list of planned measures."""

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from zielwerk.language import German
from zielwerk.measures.queries.words import Words
from zielwerk.rulebook.lifecycle import Label
from zielwerk.rulebook.planned import PLANNED as PLANNED_STATES
from zielwerk.rulebook.planned import PlannedState
from zielwerk.rulebook.refusal import msg
from zielwerk.ui import lists
from zielwerk.ui.lists import FILE_NUMBER, KEY_OF_BODY, STATE, Column
from zielwerk.ui.tags.pieces import badge


def title(title: str, number: str, _pk: int, _count: int, _state: str) -> str:
    """The title; of a measure without one its file number."""
    return title or number


def word(table: str, code: str, programme: str, year: int) -> German | None:
    return Words(programme, year).said(table, code) if code else None


def open_reviews(count: int, state: str) -> int | None:
    """How many details that were taken over ask to be looked at; none of what was given up."""
    return None if state == PlannedState.DROPPED else count or None


def review_mark(count: int, state: str) -> SafeString | str:
    """The same as a mark."""
    number = open_reviews(count, state)
    return badge(gettext("zu prüfen: {count}").format(count=number), "warning") if number else ""


PLANNED = (
    Column(
        "title",
        msg("Maßnahme"),
        ("title", "file_number", "pk", "review_count", "state"),
        value=title,
        url=lambda title, number, pk, count, state: reverse("measures:planned", args=[pk]),
        mark=lambda title, number, pk, count, state: review_mark(count, state),
        tells=("body_name", "year", "file_number"),
        sort=("title_key",),
        language="de",
    ),
    FILE_NUMBER,
    KEY_OF_BODY,
    lists.body(of="ags"),
    Column("year", msg("Programmjahr")),
    Column(
        "type",
        msg("Maßnahmeart"),
        ("type", "programme", "year"),
        value=lambda code, programme, year: word("measure_types", code, programme, year),
        sort=(),  # a code has another word in another year
        language="de",
    ),
    Column(
        "earmark",
        msg("Zweckbindung"),
        ("earmark", "programme", "year"),
        value=lambda code, programme, year: (
            word("earmarks", code, programme, year) or Label(msg("ohne Zweckbindung"))
        ),
        sort=(),
        language="de",
        is_file_only=True,  # one filters by it; on the page the row would not fit
    ),
    Column("seats", msg("Plätze"), is_number=True, is_file_only=True),
    lists.amount("cost_cents", msg("Geplante Kosten")),
    lists.amount("programme_cents", msg("Davon aus dem Programm")),
    STATE,
    Column(  # to name the sums that are kept apart by it
        "is_pursued",
        msg("Wird weiter geplant"),
        labels={True: msg("weiter geplant"), False: PLANNED_STATES.labels[PlannedState.DROPPED]},
        is_data_only=True,
    ),
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
