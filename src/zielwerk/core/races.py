"""Races that the database decides: of two who do the same at one moment, one is told.

A room declares in ``models.RACES`` the constraints that such a race can break. Every other
broken constraint is a fault of ours, and nobody is told that somebody else was quicker.
"""

from typing import Any

from django.db import DatabaseError, IntegrityError

from zielwerk.rulebook.refusal import Refusal, msg

LOST_RACE = Refusal(
    "core.lost_race",
    msg(
        "Jemand anderes war im selben Augenblick schneller. "
        "Bitte laden Sie die Seite neu und prüfen Sie den Stand."
    ),
)
RACES: dict[str, Refusal] = {}  # part of a constraint's name or message -> its sentence
# Two transactions that wait for each other, or saw each other's change (PostgreSQL).
_OVERTAKEN = ("40001", "40P01")
_UNIQUE_STATE, _UNIQUE_NAME = "23505", "SQLITE_CONSTRAINT_UNIQUE"


def lost(error: DatabaseError) -> Refusal | None:
    """What is told to whoever lost a race; None where an error is none."""
    if getattr(error.__cause__, "sqlstate", None) in _OVERTAKEN:
        return LOST_RACE
    if not isinstance(error, IntegrityError):
        return None
    broken = _broken(error)
    return next((refusal for part, refusal in RACES.items() if part in broken), None)


def is_taken(error: IntegrityError) -> bool:
    """Whether what had to be unique was there already."""
    cause = error.__cause__
    state = getattr(cause, "sqlstate", None) or getattr(cause, "sqlite_errorname", None)
    return state in (_UNIQUE_STATE, _UNIQUE_NAME)


def _broken(error: IntegrityError) -> str:
    """The constraint's name, or a guard's word; never the data, in which a name may stand."""
    said: Any = getattr(error.__cause__, "diag", None)
    if said is None:
        return str(error)  # SQLite names columns and constraints only
    return str(said.constraint_name or said.message_primary or "")
