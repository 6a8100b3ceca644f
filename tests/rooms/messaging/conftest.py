"""A real mail server in the test, which may be away, refuse, or put off."""

import socket
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.conf import settings as django_settings

from zielwerk.config.mail_server import MailServer

SENDER = "zielwerk@example.org"


@dataclass
class PostOffice:
    """The server: what it took, and how it answers each address or text."""

    server: MailServer
    taken: list[EmailMessage] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)  # by recipient
    answer_to_data: str = "250 OK"
    controller: Controller | None = None

    async def handle_RCPT(  # noqa: N802 - the library's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Any
    ) -> str:
        answer = self.answers.get(address, "250 OK")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(  # noqa: N802 - the library's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        if self.answer_to_data.startswith("250"):
            assert isinstance(envelope.content, bytes)
            self.taken.append(message_from_bytes(envelope.content, policy=policy.default))
        return self.answer_to_data

    def open(self) -> None:
        self.controller = Controller(self, hostname="127.0.0.1", port=self.server.port)
        self.controller.start()

    def close(self) -> None:
        if self.controller:
            self.controller.stop()
            self.controller = None

    @property
    def recipients(self) -> list[str]:
        return [str(message["To"]) for message in self.taken]


@pytest.fixture
def post_office(settings: Any) -> Iterator[PostOffice]:
    """A server to which mail goes from now on; it is open."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    office = PostOffice(MailServer(SENDER, "127.0.0.1", port))
    settings.MAIL = office.server
    for name, value in office.server.in_settings().items():
        setattr(settings, name, value)
    office.open()
    yield office
    office.close()


@pytest.fixture
def files(settings: Any, tmp_path: Any) -> Any:
    """A demo's mail, which becomes files."""
    server = replace(django_settings.MAIL, folder=tmp_path / "post")
    settings.MAIL = server
    for name, value in server.in_settings().items():
        setattr(settings, name, value)
    return tmp_path / "post"
