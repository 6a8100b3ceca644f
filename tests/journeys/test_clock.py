"""A clock that is set back by an hour between two acts: nothing is lost, nothing done twice."""

from datetime import timedelta
from itertools import count

import pytest
from django.contrib.auth.hashers import make_password
from pytest_django import Settings

from tests.rooms.identity.people import OPERATOR, enrolled
from tests.rooms.messaging.telling import entered_by
from tests.stage import AT, take_back
from zielwerk.agreements import actions as agreements
from zielwerk.agreements.models import Agreement
from zielwerk.config.cast import Cast
from zielwerk.config.world import publish
from zielwerk.core import audit
from zielwerk.core.models import AuditEntry
from zielwerk.identity import actions as identity
from zielwerk.identity.actions import NewAccess
from zielwerk.identity.models import House
from zielwerk.ledger import queries as ledger
from zielwerk.publication.models import Edition
from zielwerk.rulebook.refusal import Refused

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def test_acts_keep_their_order_and_the_books_are_true(cast: Cast) -> None:
    """Each act an hour before the one that it follows: the chain goes by numbers, not by hours."""
    earlier = (AT - HOUR * number for number in count(1))
    intake = agreements.accept(cast.officer, entered_by(cast.officer), at=next(earlier))
    intake = agreements.send_back(cast.head, intake, note="Der Betrag fehlt", at=next(earlier))
    intake = agreements.accept(cast.officer, intake, at=next(earlier))
    agreement = agreements.confirm(cast.head, intake, at=next(earlier)).agreement
    assert agreement
    publish(cast, agreement, next(earlier))
    take_back(cast.officer, cast.head, agreement, next(earlier))
    assert list(ledger.faults()) == []
    assert list(audit.verify()) == []
    assert Agreement.objects.count() == Edition.objects.count() == 1
    verbs = list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs.index("agreements.confirm") < verbs.index("publication.withdraw")


def test_a_link_is_good_once_whatever_the_clock_says(settings: Settings, db: None) -> None:
    settings.DEMO = False
    person = enrolled("neu", "ministry_editor", House("ministry"))
    key = identity.invite(OPERATOR, person, at=AT).partition("=")[2]
    new = NewAccess(person, key, make_password("das erste Wort davon"))
    identity.redeem(person, new, at=AT)
    for at in (AT - HOUR, AT + HOUR):
        with pytest.raises(Refused):
            identity.redeem(person, new, at=at)
