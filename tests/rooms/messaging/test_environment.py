"""What the environment says of mail: a demo never sends, and an odd value ends the start."""

from pathlib import Path

import pytest

from zielwerk.config.environment import OddValue, mail_server
from zielwerk.config.mail_server import MailServer

FOLDER, SENDER = Path("/data"), "zielwerk@example.org"


def read(monkeypatch: pytest.MonkeyPatch, url: str, sender: str = SENDER, demo: bool = False):  # type: ignore[no-untyped-def]
    monkeypatch.setenv("ZIELWERK_SMTP_URL", url)
    monkeypatch.setenv("ZIELWERK_MAIL_FROM", sender)
    return mail_server(FOLDER, "foerderung.example.org", demo=demo)


def test_without_a_word_of_it_no_mail_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read(monkeypatch, "", "") is None


@pytest.mark.parametrize("url", ["", "smtp://u:p@mail.example.org"])
def test_a_demo_writes_files_whatever_is_said(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    server = read(monkeypatch, url, demo=True)
    assert (server.host, server.folder) == ("", FOLDER / "post")
    backend = server.in_settings()["EMAIL_BACKEND"]
    assert backend == "django.core.mail.backends.filebased.EmailBackend"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://mail.example.org", MailServer(SENDER, "mail.example.org", 587, is_starttls=True)),
        (
            "smtps://anna%40x:p%2Fq@mail.example.org",
            MailServer(SENDER, "mail.example.org", 465, "anna@x", "p/q", is_tls=True),
        ),
        ("smtp+plain://relay:2525", MailServer(SENDER, "relay", 2525)),
        ("smtp+plain://u:p@localhost", MailServer(SENDER, "localhost", 25, "u", "p")),
    ],
)
def test_the_scheme_says_how_it_is_encrypted(
    monkeypatch: pytest.MonkeyPatch, url: str, expected: MailServer
) -> None:
    assert read(monkeypatch, url) == expected


@pytest.mark.parametrize(
    ("url", "sender"),
    [
        ("mail.example.org", SENDER),
        ("http://mail.example.org", SENDER),
        ("smtp://", SENDER),
        ("smtp://mail:port", SENDER),
        ("smtp://mail/folder", SENDER),
        ("smtp+plain://u:secret@relay", SENDER),
        ("smtp://mail", ""),
        ("smtp://mail", "Zielwerk"),
        ("smtp://mail", "Zielwerk <z@example.org>"),
        ("smtp://mail", "z@example.org\nBcc: x@y"),
    ],
)
def test_an_odd_value_ends_the_start_and_a_password_is_not_said_again(
    monkeypatch: pytest.MonkeyPatch, url: str, sender: str
) -> None:
    with pytest.raises(OddValue, match="ZIELWERK_SMTP_URL") as ended:
        read(monkeypatch, url, sender)
    assert "secret" not in str(ended.value)
