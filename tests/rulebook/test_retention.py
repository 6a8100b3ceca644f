"""How long a file is kept: to the day, and what is told before."""

from datetime import date

from zielwerk.rulebook.retention import Keeping

CLOSED = Keeping("Abschluss", date(2026, 3, 12), 5, "Nr. 1", is_assumed=True)


def test_the_years_run_from_the_end_of_the_year_in_which_it_was_closed() -> None:
    assert CLOSED.until == date(2031, 12, 31)
    assert not CLOSED.is_over(date(2031, 12, 31))
    assert CLOSED.is_over(date(2032, 1, 1))
    assert Keeping("Abschluss", date(2026, 1, 1), 5).until == date(2031, 12, 31)
    assert Keeping("Abschluss", date(2026, 12, 31), 5).until == date(2031, 12, 31)


def test_nothing_is_offered_while_it_runs_or_where_no_rule_says_how_long() -> None:
    running = Keeping("Abschluss", None, 5)
    unruled = Keeping("Abschluss", date(2026, 3, 12), None)
    for keeping in (running, unruled):
        assert keeping.until is None
        assert not keeping.is_over(date(2999, 1, 1))
        assert keeping.refusals("A-1", date(2999, 1, 1))
    [refusal] = CLOSED.refusals("A-1", date(2031, 12, 31))
    assert refusal.params == {"number": "A-1", "until": date(2031, 12, 31)}
    assert CLOSED.refusals("A-1", date(2032, 1, 1)) == []
