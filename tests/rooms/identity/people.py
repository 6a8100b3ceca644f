"""People of tests: enrolled by the operator, in one role."""

from datetime import UTC, datetime

import pytest

from zielwerk.identity import actions, queries
from zielwerk.identity.actions import Enrolment, Operator
from zielwerk.identity.models import House, User
from zielwerk.rulebook.refusal import Refused

OPERATOR = Operator("cli:test")
AT = datetime(2026, 5, 4, 9, tzinfo=UTC)
MINISTRY, AUDITOR = House("ministry"), House("auditor")


def enrolled(key: str, role: str, house: House) -> User:
    new = Enrolment(
        f"{key}@example.org",
        key.title(),
        "",
        role,
        f"Haus {house.side}",
        house.ags,
        house.organisation_code,
        house.party,
    )
    return actions.enrol(OPERATOR, new, at=AT)


def body(ags: str) -> House:
    return House("body", ags=ags)


def rules(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [one.rule for one in refused.value.refusals]


def authority() -> House:
    return House("authority", next(iter(queries.authorities())))
