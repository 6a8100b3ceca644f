"""Two workers at the same moment, and a clock that is set back: everything once."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from tests.rooms.messaging.conftest import PostOffice
from tests.rooms.messaging.telling import entered_by
from tests.stage import AT
from zielwerk.agreements import actions as agreements
from zielwerk.config.cast import Cast
from zielwerk.core.models import AuditEntry
from zielwerk.messaging import jobs
from zielwerk.messaging.actions import outbox, sweeping, telling
from zielwerk.messaging.models import Mail, Notice

pytestmark = pytest.mark.django_db(transaction=True)
Together = Callable[[Sequence[Callable[[], Any]]], list[Any]]
MAILS = 8


@pytest.fixture
def much(cast: Cast, post_office: PostOffice) -> None:
    """Much to tell and to send."""
    for number in range(MAILS):
        intake = agreements.accept(cast.officer, entered_by(cast.officer), at=AT)
        agreements.send_back(cast.head, intake, note="Der Betrag fehlt", at=AT)
        outbox.mail(cast.head, Mail.Kind.DIGEST, f"digest {number}", AT).save()


def test_two_workers_tell_everybody_once(cast: Cast, much: None, together: Together) -> None:
    read = together([lambda: telling.tell_all(AT)] * 2)
    [counted] = together([lambda: (AuditEntry.objects.count(), Notice.objects.count())])
    assert sum(read) == counted[0]
    [again] = together([lambda: (telling.tell_all(AT), Notice.objects.count())])
    assert again == (0, counted[1])


def test_two_workers_send_every_mail_once(
    cast: Cast, much: None, post_office: PostOffice, together: Together
) -> None:
    sent = together([lambda: jobs.send_waiting(AT)] * 2)
    assert sum(sent) == len(post_office.taken) == MAILS
    assert len({str(one["Message-ID"]) for one in post_office.taken}) == MAILS


def test_two_workers_make_ready_one_digest_each(cast: Cast, much: None, together: Together) -> None:
    together([lambda: sweeping.sweep(AT)] * 2)
    [made] = together([lambda: list(Mail.objects.values_list("person", "once"))])
    assert len(made) == len(set(made))
    assert any("digest 2024-09-03" in once for _, once in made)


def test_a_clock_that_is_set_back_doubles_nothing(cast: Cast, much: None) -> None:
    digests = Mail.objects.filter(once__contains="digest 2024-09-03")
    for hour in (12, 11, 10, 12, 13):
        at = AT.replace(hour=hour)
        sweeping.sweep(at)
        telling.tell_all(at)
        assert digests.filter(person=cast.head).count() == 1
    assert (
        Notice.objects.filter(person=cast.officer, subject__startswith="intake:").count() == MAILS
    )
