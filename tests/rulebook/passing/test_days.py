"""The Träger's own clock."""

from datetime import date

from zielwerk.rulebook.passing.days import Due, Event, is_running, next_due, wrong_proof
from zielwerk.rulebook.passing.ways import Due as PaperDue
from zielwerk.rulebook.passing.ways import Paper, Way, open_papers

LAST, OF_BODY = date(2026, 12, 31), date(2027, 4, 30)


def test_the_traeger_proves_before_the_body_does() -> None:
    assert not list(wrong_proof(date(2027, 4, 29), LAST, OF_BODY))
    [refusal] = wrong_proof(OF_BODY, LAST, OF_BODY)
    assert refusal.rule == "passing.proof_too_late"
    assert refusal.params == {"day": OF_BODY, "of_body": OF_BODY}


def test_nobody_proves_before_the_measure_is_over() -> None:
    assert [r.rule for r in wrong_proof(LAST, LAST, OF_BODY)] == ["passing.proof_too_early"]
    assert [r.rule for r in wrong_proof(None, LAST, OF_BODY)] == ["passing.no_proof_day"]


def test_a_day_that_is_not_known_bounds_nothing() -> None:
    assert not list(wrong_proof(date(2030, 1, 1), None, None))


def test_what_comes_next_is_the_nearest_day_and_a_proof_stays_due() -> None:
    instalment = Due(date(2026, 4, 1), Event.INSTALMENT)
    proof = Due(date(2027, 2, 28), Event.PROOF)
    assert next_due([proof, instalment], date(2026, 4, 1)) == instalment
    assert next_due([proof, instalment], date(2026, 4, 2)) == proof
    assert next_due([proof, instalment], date(2027, 3, 1)) == proof
    assert next_due([instalment], date(2026, 4, 2)) is None


def test_a_programme_year_runs_until_the_body_has_to_prove() -> None:
    begins, ends = date(2026, 1, 1), LAST
    assert is_running(begins, OF_BODY, ends, OF_BODY)
    assert not is_running(begins, OF_BODY, ends, date(2027, 5, 1))
    assert not is_running(begins, OF_BODY, ends, date(2025, 12, 31))
    assert is_running(begins, None, ends, ends)
    assert not is_running(begins, None, ends, date(2027, 1, 1))


def test_papers_are_missing_from_the_day_after_they_are_due() -> None:
    plan, report = Paper("plan", "Plan"), Paper("report", "Bericht", PaperDue.PROOF)
    way = Way("contract", "Vertrag", papers=(plan, report))
    begun, due = date(2026, 3, 1), date(2027, 2, 28)

    def late(there: list[str], on: date) -> list[tuple[str, bool]]:
        return [(o.paper.code, o.is_late) for o in open_papers(way, there, begun, due, on)]

    assert late([], begun) == [("plan", False), ("report", False)]
    assert late([], date(2026, 3, 2)) == [("plan", True), ("report", False)]
    assert late(["plan"], due) == [("report", False)]
    assert late(["plan"], date(2027, 3, 1)) == [("report", True)]
    assert late(["plan", "report"], date(2030, 1, 1)) == []
    assert [o.is_late for o in open_papers(way, [], None, None, date(2030, 1, 1))] == [False, False]
