"""What says who somebody is is sealed, and can be erased without breaking the chain."""

from datetime import UTC, datetime

import pytest

from tests.stage import AT, signed_in
from zielwerk.agreements.models import Agreement
from zielwerk.config import world
from zielwerk.config.cli import main
from zielwerk.core import audit
from zielwerk.identity import actions, queries
from zielwerk.identity.actions import Operator
from zielwerk.identity.models import User
from zielwerk.rulebook.refusal import Refused

OPERATOR = Operator("cli:test")
LATER = datetime(2026, 5, 4, 9, tzinfo=UTC)


@pytest.mark.parametrize("column", ["name", "email", "function"])
def test_another_name_for_somebody_is_found_out(cast: world.Cast, column: str) -> None:
    User.objects.filter(pk=cast.officer.pk).update(**{column: "someone.else@example.org"})
    assert {fault.rule for fault in audit.verify()} == {"audit.changed"}


def test_the_chain_survives_that_a_person_is_erased(
    cast: world.Cast, main_kinzig: Agreement
) -> None:
    name, address = cast.officer.name, cast.officer.email
    person = actions.erase(OPERATOR, cast.officer, at=LATER)
    assert list(audit.verify()) == []
    assert name not in str(User.objects.values())
    assert address not in str(User.objects.values())
    page = signed_in(cast.auditor).get("/arbeit/protokoll").content.decode()
    assert name not in page
    assert "gelöschte Person" in page
    acted = queries.acted([person.audit_name], cast.auditor)
    assert acted == {person.audit_name: f"{cast.officer.organisation}, gelöschte Person"}


def test_who_was_erased_no_longer_signs_in(cast: world.Cast) -> None:
    client = signed_in(cast.officer)
    actions.erase(OPERATOR, cast.officer, at=LATER)
    assert client.get("/arbeit/").status_code == 302


@pytest.mark.parametrize(
    "tampered",
    [
        {"seal_key": "", "name": "", "email": "1@erased.invalid", "function": ""},
        {"seal_key": ""},
    ],
)
def test_what_looks_erased_without_an_erasure_is_tampering(
    cast: world.Cast, tampered: dict[str, str]
) -> None:
    User.objects.filter(pk=cast.officer.pk).update(**tampered)
    assert {fault.rule for fault in audit.verify()} == {"audit.changed"}


def test_nobody_is_put_in_the_place_of_who_was_erased(cast: world.Cast) -> None:
    person = actions.erase(OPERATOR, cast.officer, at=LATER)
    User.objects.filter(pk=person.pk).update(name="Jemand Anderes")
    assert {fault.rule for fault in audit.verify()} == {"audit.changed"}


def test_nobody_is_erased_twice_and_only_the_operator_erases(cast: world.Cast) -> None:
    with pytest.raises(Refused):
        actions.erase(cast.head, cast.officer, at=AT)
    actions.erase(OPERATOR, cast.officer, at=LATER)
    with pytest.raises(Refused) as refused:
        actions.erase(OPERATOR, cast.officer, at=LATER)
    assert [one.rule for one in refused.value.refusals] == ["identity.erased"]


def test_erasing_from_the_command_line(
    cast: world.Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["person", "erase", "niemand@example.org"]) == 1
    assert main(["person", "erase", cast.officer.email]) == 0
    assert cast.officer.audit_name in capsys.readouterr().out
    assert User.objects.get(pk=cast.officer.pk).is_erased
