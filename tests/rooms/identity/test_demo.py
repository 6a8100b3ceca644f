"""The demo: who may sign in as whom, and what ends with it."""

from typing import Any

import pytest

from tests.stage import signed_in
from zielwerk.config.serve import greet
from zielwerk.identity.models import User

pytestmark = pytest.mark.django_db


def test_the_end_of_a_demo_ends_its_sessions(main_kinzig: Any, cast: Any, settings: Any) -> None:
    client = signed_in(cast.officer)
    assert client.get("/arbeit/").status_code == 200
    settings.DEMO = False
    assert client.get("/arbeit/").status_code == 302
    assert "/anmelden" in client.get("/arbeit/")["Location"]


def test_whoever_is_no_demo_person_stays_signed_in(cast: Any, settings: Any) -> None:
    User.objects.filter(pk=cast.officer.pk).update(is_demo=False)
    client = signed_in(cast.officer)
    settings.DEMO = False
    assert client.get("/arbeit/").status_code == 200


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5"])
def test_a_demo_that_others_reach_says_what_that_opens(
    host: str, cast: Any, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    greet(host, 8000)
    assert "ohne Passwort" in capsys.readouterr().err
    settings.DEMO = False
    greet(host, 8000)
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_a_demo_for_this_machine_says_nothing_of_others(
    host: str, cast: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    greet(host, 8000)
    assert capsys.readouterr().err == ""
