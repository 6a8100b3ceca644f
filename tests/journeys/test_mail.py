"""A real worker that sends to a real server and is killed while it does."""

import os
import secrets
import signal
import socket
import subprocess
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from email import message_from_bytes
from threading import Event
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.programs import PROGRAM
from tests.served import World, own_database

PEOPLE = 6
KILLED_AT = (1, 4)  # at so many mails that the server has taken as a whole
INVITE = """
from django.utils import timezone
from zielwerk.identity import actions
from zielwerk.identity.actions import Enrolment, Operator
from zielwerk.messaging.models import MailChoice
operator, now = Operator("cli:test"), timezone.now()
for number in range({people}):
    new = Enrolment(f"p{{number}}@example.org", "P", "", "ministry_editor", "Ministerium")
    person = actions.enrol(operator, new, at=now)
    # Whatever the day and the hour: nothing but her invitation is sent to her.
    MailChoice.objects.create(
        person=person, actions="none", information="none", has_reminders=False
    )
    actions.invite(operator, person, True, at=now)
"""
# Whoever took a mail up is given a quarter of an hour; here it is over at once.
LATER = """
from django.utils import timezone
from zielwerk.messaging.models import Mail
Mail.objects.filter(state="waiting").update(next_at=timezone.now())
"""
STATES = """
from zielwerk.messaging.models import Mail
print(",".join(Mail.objects.order_by("pk").values_list("state", flat=True)))
"""


@dataclass
class Deadly:
    """A server that takes a mail as a whole and kills who sends it before it says so."""

    taken: list[tuple[str, str]] = field(default_factory=list)  # recipient and Message-ID
    all_taken: Event = field(default_factory=Event)
    killed: Event = field(default_factory=Event)
    worker: int = 0

    async def handle_DATA(  # noqa: N802 - the library's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        assert isinstance(envelope.content, bytes)
        message: Any = message_from_bytes(envelope.content)
        self.taken.append((envelope.rcpt_tos[0], message["Message-ID"]))
        if len(self.taken) in KILLED_AT:
            os.kill(self.worker, signal.SIGKILL)
            self.killed.set()
        if len(set(self.taken)) == PEOPLE:
            self.all_taken.set()
        return "250 OK"


def test_a_worker_that_is_killed_while_it_sends_loses_no_mail_and_doubles_only_that_one() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    office = Deadly()
    controller = Controller(office, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        with tempfile.TemporaryDirectory(prefix="zielwerk-mail-") as folder:
            world = installation(folder, port)
            world.command("prepare")
            world.shell(INVITE.format(people=PEOPLE))
            for _ in KILLED_AT:
                office.killed.clear()
                process = subprocess.Popen([PROGRAM, "worker"], env=world.surroundings)
                office.worker = process.pid
                office.killed.wait()
                assert process.wait() == -signal.SIGKILL
            world.shell(LATER)
            with world.running("worker") as office.worker:
                office.all_taken.wait()
            assert world.shell(STATES) == ",".join(["sent"] * PEOPLE)
    finally:
        controller.stop()
    times = Counter(office.taken)
    assert len(times) == PEOPLE  # each address under one Message-ID
    assert sum(times.values()) == PEOPLE + len(KILLED_AT)
    assert max(times.values()) == 2


def installation(folder: str, port: int) -> World:
    """A real installation, no demo."""
    return World(
        {
            **os.environ,
            "ZIELWERK_DATA": folder,
            "ZIELWERK_DATABASE_URL": own_database(),
            "ZIELWERK_SECRET_KEY": secrets.token_urlsafe(40),
            "ZIELWERK_DEMO": "0",
            "ZIELWERK_SMTP_URL": f"smtp+plain://127.0.0.1:{port}",
            "ZIELWERK_MAIL_FROM": "zielwerk@example.org",
            "DJANGO_SETTINGS_MODULE": "zielwerk.config.settings",
        }
    )
