"""What is good once is so also where several show it at the same moment."""

from collections import Counter
from datetime import timedelta
from functools import partial

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.utils import timezone

from tests.rooms.conftest import Together
from tests.rooms.identity.entering import (
    AT,
    OPERATOR,
    code_at,
    enrolled,
    recovery_codes,
    send,
    with_app,
)
from zielwerk.core import audit
from zielwerk.core.models import AuditEntry
from zielwerk.identity import actions
from zielwerk.identity.actions import NewAccess
from zielwerk.identity.models import User
from zielwerk.rulebook.refusal import Refusal, Refused

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("real")]
SEVERAL = 6
LATER = AT + timedelta(hours=1)


def anna() -> User:
    person = enrolled("anna@example.org", "Anna Weiß", "ministry_steering")
    with_app(person, AT)
    return actions.renew_codes(person, person, at=AT)


def test_one_link_sets_one_password(together: Together) -> None:
    def prepared() -> tuple[User, str]:
        person = anna()
        return person, actions.invite(OPERATOR, person, at=AT).partition("=")[2]

    ((person, key),) = together([prepared])

    def redeemed(number: int) -> bool:
        new = NewAccess(person, key, make_password(f"das Wort Nummer {number}"))
        try:
            return bool(actions.redeem(person, new, at=AT))
        except Refused:
            return False

    done = together([partial(redeemed, number) for number in range(SEVERAL)])
    assert Counter(done) == {True: 1, False: SEVERAL - 1}

    def left() -> tuple[bool, int, list[Refusal]]:
        word = f"das Wort Nummer {done.index(True)}"
        entries = AuditEntry.objects.filter(verb="identity.redeem").count()
        is_hers = User.objects.get(pk=person.pk).check_password(word)
        return is_hers, entries, list(audit.verify())

    assert together([left]) == [(True, 1, [])]


def test_one_code_lets_in_once(together: Together) -> None:
    def prepared() -> tuple[User, str]:
        person = anna()
        return person, recovery_codes(person)[0]

    ((person, spare),) = together([prepared])
    for code in (code_at(LATER), spare):
        used = together([partial(actions.use_code, person, code, LATER)] * SEVERAL)
        assert len([factor for factor in used if factor]) == 1


def test_guessing_in_parallel_gets_no_more_tries(together: Together) -> None:
    together([anna])
    answers = together([lambda: send(Client(), word="falsch").status_code] * 8)
    assert Counter(answers)[422] <= 5
    for _ in range(5 - Counter(answers)[422]):
        together([lambda: send(Client(), word="falsch")])
    assert together([lambda: send(Client()).status_code]) == [429]


def test_two_recoveries_leave_one_good_link(together: Together) -> None:
    (person,) = together([anna])
    links = together([partial(actions.recover, OPERATOR, person, at=timezone.now())] * 2)
    statuses = together([lambda link=link: Client().get(link).status_code for link in links])
    assert sorted(statuses) == [200, 410]
