"""What an application waits for, and what whoever hands it in has before her."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone

from zielwerk.funding import queries
from zielwerk.funding.models import Application, Question
from zielwerk.funding.panels.content import arithmetic, measure_rows, sums
from zielwerk.rulebook.application import Answers, ApplicationState
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.refusal import Said, msg

LATE = msg("Begründung der verspäteten Einreichung schreiben")
ANSWER = msg("Frage {number} wartet auf die Antwort der Gebietskörperschaft, bis {day}.")


def for_reason(
    case: Application, answers: Answers, on: date, *, may_write: bool
) -> Iterator[tuple[Said, str]]:
    """The way to the reason for coming late, where it is needed and missing."""
    is_draft = may_write and case.state == ApplicationState.DRAFT
    if is_draft and not answers.get("late_reason") and queries.late_days(case, on):
        yield Said(LATE), reverse("funding:head", args=[case.pk]) + "#id_late_reason"


def for_answers(
    case: Application, asked: Sequence[Question], *, may_answer: bool
) -> Iterator[tuple[Said, str]]:
    """The questions that the body has not answered yet."""
    for one in asked:
        if not hasattr(one, "closing"):
            page = reverse("funding:answer", args=[case.pk, one.number])
            url = page if may_answer else f"#frage-{one.number}"
            yield Said(ANSWER, {"number": one.number, "day": one.answer_by}), url


def handing_in(case: Application) -> tuple[str, dict[str, Any]]:
    """The page that asks before it is handed in: what is applied for, and how late it comes."""
    today, rules = timezone.localdate(), queries.rules_of(case)
    judged = queries.judged_now(case, today)
    context = {
        "case": case,
        "measures": list(measure_rows(case, judged, rules)),
        "sums": sums(judged, rules),
        "arithmetic": arithmetic(judged),
        "applied": Cents(judged.applied_cents),
        "cost": Cents(judged.read.application.cost_cents),
        "late_days": queries.late_days(case, today),
    }
    return "funding/handing_in.html", context
