"""From when the file of a case must be kept for its time."""

from typing import Any

from django.utils.timezone import localdate

from zielwerk.core.case_files import Closing
from zielwerk.core.cases import Case, Kind, kind_of
from zielwerk.rulebook.refusal import msg

CLOSED = msg("Abschluss des Vorgangs")


def closed_states(kind: Kind[Any]) -> list[str]:
    """The states of any of the paths from which no step leads on, but one that takes back."""
    tables = kind.known_tables
    states = {state for table in tables for state in table.labels}
    going = {state for table in tables for state in table.labels if not table.is_final(state)}
    return sorted(states - going)


def closing(case: Case) -> Closing:
    """From which day the file of a case is kept for its time; no query."""
    kind = kind_of(case)
    if kind.kept_from:
        return kind.kept_from(case)
    is_closed = case.state in closed_states(kind)
    return Closing(localdate(case.state_since) if is_closed else None, CLOSED)
