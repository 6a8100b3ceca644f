"""Developing: each request with its queries, on this machine only."""

import logging

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from zielwerk.config import environment, serve, shell
from zielwerk.config.world import Cast
from zielwerk.core.develop import QueryLog, is_this_machine
from zielwerk.identity.models import User
from zielwerk.rulebook.refusal import Refused

ELSEWHERE = "192.0.2.7"


def page(request: HttpRequest) -> HttpResponse:
    """A page that asks for each of three persons, and once for how many there are."""
    for number in (1, 2, 3):
        User.objects.filter(pk=number).first()
    User.objects.count()
    return HttpResponse("done")


@pytest.mark.django_db
def test_a_request_logs_its_queries_and_marks_the_repeated(
    rf: RequestFactory, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "zielwerk.develop"):
        QueryLog(page)(rf.get("/arbeit/zeile%0Azwei"))
    (line,) = [record.getMessage() for record in caplog.records]
    assert line.startswith("GET /arbeit/zeile%0Azwei 200 ")
    assert "4 queries" in line
    assert line.count(" | ") == 1
    assert '| 3x SELECT "identity_user"' in line
    assert "\n" not in line
    assert connection.execute_wrappers == []


def test_development_answers_nobody_but_this_machine(rf: RequestFactory) -> None:
    answer = QueryLog(page)(rf.get("/", REMOTE_ADDR=ELSEWHERE))
    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("address", "is_here"),
    [("127.0.0.1", True), ("::1", True), ("localhost", True)]
    + [(other, False) for other in (ELSEWHERE, "0.0.0.0", "::", "example.org", "")],
)
def test_this_machine_is_its_loopback(address: str, is_here: bool) -> None:
    assert is_this_machine(address) is is_here


def test_development_is_not_served_to_others() -> None:
    with pytest.raises(Refused) as refused:
        serve.serve(["--reload", "--host", "0.0.0.0"])
    assert [one.rule for one in refused.value.refusals] == ["serve.development"]


def test_development_goes_with_no_other_host_and_no_tls(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZIELWERK_DEVELOP", "1")
    monkeypatch.setenv("ZIELWERK_HOSTS", "foerderung.example.org")
    assert environment.read_environment().hosts == ("localhost", "127.0.0.1", "[::1]")
    monkeypatch.setenv("ZIELWERK_HTTPS", "1")
    with pytest.raises(environment.OddValue, match="ZIELWERK_DEVELOP"):
        environment.read_environment()


def test_nothing_of_development_is_on_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ZIELWERK_DEVELOP", raising=False)
    assert environment.read_environment().develop is False


def test_the_shell_has_the_rooms_and_the_people_at_hand(cast: Cast) -> None:
    names = shell.at_hand()
    assert names["people"]["officer"] == cast.officer
    assert names["identity"].queries.anybody()
    assert names["agreements"].actions.accept
