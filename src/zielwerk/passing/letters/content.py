"""What a pass-on says, as data: put together once, when it comes into force, and kept for good.

The conditions are those of the notice that may be passed on, in the words in which it was issued,
under the rules of the notice.
"""

from datetime import date
from typing import Any

from zielwerk.core import installation
from zielwerk.granting.letters.document import MONTH, OBJECTION
from zielwerk.granting.models import GrantNotice
from zielwerk.language import translate
from zielwerk.packs import loading as packs
from zielwerk.packs.model import Body
from zielwerk.passing import queries
from zielwerk.passing.models import PassOn
from zielwerk.rulebook.passing.checks import CHECKS, Check
from zielwerk.rulebook.passing.ways import DOCUMENTS, Document, Way


def content_of(case: PassOn, day: date) -> dict[str, Any]:
    """All that a pass-on of a day says; ``label`` is what its document is called."""
    draft, rules, way = queries.PassDraft.of(case), queries.rules_of(case), queries.way_of(case)
    assert way  # nothing comes into force without one
    issued: dict[str, Any] = case.notice.content or {}
    return {
        "number": case.file_number,
        "day": day.isoformat(),
        "way": way.code,
        "way_label": str(way.label),
        "document": way.document.value,
        "label": DOCUMENTS[way.document],
        "programme": str(rules.programme.name),
        "year": case.year,
        "year_label": str(rules.label),
        "rule_version": case.rule_version,
        "notice": {
            "number": case.notice.file_number,
            "day": case.notice.issued_on.isoformat() if case.notice.issued_on else "",
            "authority": issued.get("authority", {}).get("name", ""),
        },
        "body": {"name": str(case.body_name), "ags": case.ags, "seat": _seat(case)},
        "party": str(case.carrier) if case.party_id else "",
        "measure": {
            "key": case.measure,
            "title": str(case.title),
            "last_day": case.last_day.isoformat() if case.last_day else "",
        },
        "purpose": draft.purpose,
        "remedy": draft.remedy if way.document is Document.NOTICE else "",
        "amount_cents": draft.cents,
        "by_year": {str(year): cents for year, cents in sorted(draft.amounts.items()) if cents},
        "instalments": [[each.day.isoformat(), each.cents] for each in draft.instalments],
        "other_cents": draft.other_cents,
        "seats": draft.seats,
        "proof_due": draft.proof_due.isoformat() if draft.proof_due and way.proof else "",
        "papers": [{"label": str(each.label), "due": each.due.value} for each in way.papers],
        "checks": list(_checks(way, draft)),
        "conditions": inherited(case) if way.inherits else [],
        "changes": case.changes.file_number if case.changes else "",
        "line": installation.line(),
        "is_invented": case.is_invented,
    }


def inherited(case: PassOn) -> list[dict[str, Any]]:
    """The conditions of the notice that go along, in the words in which it was issued."""
    issued: dict[str, Any] = case.notice.content or {}
    return [dict(each) for each in issued.get("conditions", []) if each.get("inherits")]


def _checks(way: Way, draft: queries.PassDraft) -> Any:
    for check in way.checks:
        rule, answer = CHECKS[Check(check)], draft.checks.get(check)
        outcome = rule.outcomes.get(answer.outcome) if answer else None
        if answer and outcome:
            yield {
                "label": rule.label,
                "outcome": outcome.label,
                "basis": outcome.basis,
                "reason": answer.reason,
            }


def usual_remedy(notice: GrantNotice) -> str:
    """The objection to the body that passes on by notice (§§ 68, 70 VwGO), for a draft to begin
    with: the body's own law may know another. Empty where its seat is not known.
    """
    seat = _seat(notice)
    said = translate(OBJECTION).format(period=translate(MONTH), at=notice.body_name, seat=seat)
    return said if seat else ""


def _seat(case: PassOn | GrantNotice) -> str:
    bodies: dict[str, Body] = {
        body.ags: body for body in packs.bodies_in(case.programme, case.year)
    }
    body = bodies.get(case.ags)
    return str(body.seat) if body else ""
