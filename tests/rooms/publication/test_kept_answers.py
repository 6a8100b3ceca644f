"""Public answers are kept by browsers, proxies and the server, and are never out of date."""

import gzip
import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings as product
from django.core.cache import cache
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from tests.stage import publish, signed_in, take_back
from zielwerk.agreements.models import Agreement
from zielwerk.config import world
from zielwerk.core import permissions
from zielwerk.core.develop import Queries
from zielwerk.ui import public

LIST = "/zielvereinbarungen"
ONE = f"{LIST}/2024/06435"
PUBLIC = [
    *("/", LIST, f"{LIST}?zeilen=50", f"{LIST}?suche=sprache", f"{LIST}?export=csv"),
    *(f"{LIST}?export=xlsx", f"{LIST}.json", f"{LIST}.csv", f"{LIST}/schema.json"),
    *(ONE, f"{ONE}.pdf", f"{ONE}.json", f"{ONE}.csv", f"{ONE}/leichte-sprache"),
    *("/barrierefreiheit", "/barrierefreiheit/rundgang", "/impressum", "/datenschutz"),
    *("/gebaerdensprache", "/leichte-sprache", "/leichte-sprache/barrierefreiheit"),
]
# Open to everybody and still not the same for everybody, or not to be kept.
OWN = {
    "ui:session",
    "ui:signed_in_again",
    "identity:sign_in",
    "identity:sign_in_demo",
    "identity:sign_out",
    "ui:health",
}
OWN |= {"ui:language", "identity:invitation", "identity:sign_in_by_passkey"}
OWN |= {"identity:to_provider", "account_login", "mfa_authenticate", "openid_connect_callback"}
OWN |= {"setup:begin", "setup:first_step", "messaging:calendar"}
OWN |= {"strategy:answer", "strategy:answer_document", "publication:check"}


@pytest.fixture
def kept(settings: Any) -> Iterator[Any]:
    """The memory in which the product keeps answers."""
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "LOCATION": "kept answers",
            "OPTIONS": {"MAX_ENTRIES": 30},
        }
    }
    cache.clear()
    yield cache
    cache.clear()


def content_of(answer: Any) -> bytes:
    """All of an answer, also of one that is streamed."""
    return bytes(answer.getvalue())


def number_kept() -> int:
    return len(cache._cache)  # type: ignore[attr-defined]


def routes(resolver: URLResolver, room: str = "") -> Iterator[tuple[str, Any]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{room}:{pattern.name}".lstrip(":"), pattern.callback
        else:
            yield from routes(pattern, pattern.namespace or room)


def test_every_route_for_everybody_says_whether_its_answer_is_the_same_for_everybody() -> None:
    open_to_all = {
        name: view
        for name, view in routes(get_resolver())
        if permissions.is_public(view.permission)
    }
    own = {name for name, view in open_to_all.items() if not hasattr(view, "is_public_answer")}
    assert own <= OWN
    assert {"publication:list", "publication:edition_pdf"} <= open_to_all.keys() - own
    unmarked = [
        name
        for name, view in routes(get_resolver())
        if hasattr(view, "is_public_answer") and not permissions.is_public(view.permission)
    ]
    assert unmarked == [], "what takes a permission is nobody else's"


@pytest.mark.parametrize("address", PUBLIC)
def test_who_only_reads_gets_no_cookie_and_may_keep_the_answer(
    kept: Any, client: Client, main_kinzig: Agreement, address: str
) -> None:
    for _ in range(2):  # as it is made, and as it was kept
        answer = client.get(address)
        assert answer.status_code == 200
        assert not answer.cookies
        assert b"csrfmiddlewaretoken" not in content_of(answer)
        assert answer["Cache-Control"] == "public, no-cache"
        vary = {name.strip() for name in answer["Vary"].split(",")}
        assert {"Cookie", "Accept-Language", "Accept-Encoding"} <= vary


@pytest.mark.parametrize("address", PUBLIC)
def test_who_has_the_answer_is_told_so_for_one_query(
    kept: Any, client: Client, main_kinzig: Agreement, address: str
) -> None:
    first = client.get(address)
    content_of(first)
    queries = Queries()
    with connection.execute_wrapper(queries):
        again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, content_of(again)) == (304, b"")
    assert again["ETag"] == first["ETag"]
    assert again["Vary"] == first["Vary"]
    assert queries.seen.total() == 1
    other = client.get(address, headers={"If-None-Match": 'W/"another", "and another"'})
    assert other.status_code == 200
    content_of(other)


@pytest.mark.parametrize("address", PUBLIC)
def test_a_compressed_answer_says_the_same(
    kept: Any, client: Client, main_kinzig: Agreement, address: str
) -> None:
    plain = client.get(address)
    whole = content_of(plain)
    for _ in range(2):
        packed = client.get(address, headers={"Accept-Encoding": "br, gzip"})
        is_text = packed["Content-Type"].startswith(("text/", "application/json"))
        assert (packed.get("Content-Encoding") == "gzip") == is_text
        sent = content_of(packed)
        content = gzip.decompress(sent) if is_text else sent
        if not address.endswith("xlsx"):  # a workbook says when it was made
            assert content == whole
        if not packed.streaming:
            assert int(packed["Content-Length"]) == len(sent)
        assert packed["ETag"] == plain["ETag"]


def test_what_is_published_or_withdrawn_shows_at_once(
    kept: Any, client: Client, cast: world.Cast, main_kinzig: Agreement
) -> None:
    name = "Main-Kinzig-Kreis"
    tags = []
    for shows in (True, False, True):
        for address in ("/", LIST, f"{LIST}.json", f"{LIST}.csv"):
            for _ in range(2):
                answer = client.get(address)
                told = ONE if address in ("/", LIST) else name  # a filter names every body
                assert (told in content_of(answer).decode()) == shows
        for address in (ONE, f"{ONE}.json", f"{ONE}.csv", f"{ONE}.pdf"):
            assert client.get(address).status_code == (200 if shows else 410)
        tags.append(answer["ETag"])
        if shows:
            take_back(cast.officer, cast.head, main_kinzig)
        else:
            publish(cast.officer, cast.head, main_kinzig, timezone.now())
    assert len(set(tags)) == 3
    again = client.get(f"{LIST}.csv", headers={"If-None-Match": tags[-1]})
    assert again.status_code == 200
    assert name not in content_of(again).decode()


def test_new_code_and_a_new_day_make_new_answers(
    kept: Any, client: Client, main_kinzig: Agreement, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = client.get(LIST)["ETag"]
    monkeypatch.setattr(public, "_edition", lambda: "another code")
    second = client.get(LIST)["ETag"]
    monkeypatch.setattr(timezone, "localdate", lambda: "2099-01-01")
    assert len({first, second, client.get(LIST)["ETag"]}) == 3


def test_each_language_and_each_host_has_an_answer_of_its_own(
    kept: Any, client: Client, main_kinzig: Agreement, settings: Any
) -> None:
    settings.ALLOWED_HOSTS = ["testserver", "other.example"]
    german = client.get(LIST)
    english = client.get(LIST, headers={"Accept-Language": "en"})
    assert b'<html lang="de"' in german.content
    assert b'<html lang="en"' in english.content
    assert german["ETag"] != english["ETag"]
    for host in ("testserver", "other.example"):
        data = client.get(f"{LIST}.json", headers={"Host": host})
        listed = json.loads(content_of(data))["agreements"]
        assert listed[0]["url"] == f"http://{host}{ONE}.json"
    refused = client.get(f"{LIST}.json", headers={"Host": "evil.example"})
    assert refused.status_code == 400


@pytest.mark.parametrize("address", PUBLIC)
def test_nothing_is_kept_for_or_of_whoever_is_signed_in(
    kept: Any, client: Client, cast: world.Cast, main_kinzig: Agreement, address: str
) -> None:
    officer = signed_in(cast.officer)
    private = officer.get(address)
    assert private["Cache-Control"] == "no-store"
    content_of(private)
    assert number_kept() == 0
    for_all = client.get(address)
    assert cast.officer.name not in content_of(for_all).decode(errors="replace")
    for _ in range(2):
        mine = officer.get(address, headers={"If-None-Match": for_all["ETag"]})
        assert mine.status_code == 200
        assert mine["Cache-Control"] == "no-store"
        content_of(mine)
        if mine["Content-Type"].startswith("text/html"):
            assert cast.officer.name in content_of(mine).decode()


@pytest.mark.parametrize(
    "address", ["/anmelden", "/gesund", "/nirgends", "/arbeit/", f"{LIST}/2020/06435"]
)
def test_what_is_not_marked_is_kept_by_nobody(
    kept: Any, client: Client, main_kinzig: Agreement, address: str
) -> None:
    answer = client.get(address)
    assert answer["Cache-Control"] == "no-store" or "no-store" in answer["Cache-Control"]
    assert number_kept() == 0


@pytest.mark.parametrize(
    "asked",
    [
        *("fremd=1", "suche=sprache", "jahr=2024&jahr=2023", "jahr=1066", "seite=0"),
        *("zeilen=50&", "&zeilen=50", "zeilen=%35%30", "sortierung=unsinn", "zeilen=50&fremd="),
        *("seite=1000", "massnahmeart=unsinn", "art=Bundesland", "jahr"),
    ],
)
def test_odd_addresses_are_answered_and_fill_no_memory(
    kept: Any, client: Client, main_kinzig: Agreement, asked: str
) -> None:
    assert client.get(f"{LIST}?{asked}").status_code == 200
    assert number_kept() == 0


def test_a_file_of_no_kind_is_refused_and_kept_by_nobody(
    kept: Any, client: Client, main_kinzig: Agreement
) -> None:
    assert client.get(f"{LIST}?export=exe").status_code == 400
    assert number_kept() == 0


def test_the_memory_has_an_end(kept: Any, client: Client, main_kinzig: Agreement) -> None:
    for year in range(2000, 2060):
        assert client.get(f"{LIST}?jahr={year}&art=Landkreis").status_code == 200
    assert 0 < number_kept() <= 30
    real = product.CACHES["default"]["OPTIONS"]["MAX_ENTRIES"] * public.LARGEST
    assert real <= 30_000_000, "bytes that answers may take in a process"


def test_the_language_is_chosen_without_a_token(client: Client, main_kinzig: Agreement) -> None:
    strict = Client(enforce_csrf_checks=True)
    chosen = strict.post("/sprache", {"language": "en", "next": LIST})
    assert (chosen.status_code, chosen["Location"]) == (302, LIST)
    assert set(chosen.cookies) == {"django_language"}
    assert chosen.cookies["django_language"]["samesite"] == "Lax"
    page = strict.get(LIST)
    assert b'<html lang="en"' in page.content
    assert not page.cookies


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, 302),
        ({"Origin": "http://testserver"}, 302),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
    ],
)
def test_another_site_cannot_choose_the_language(
    client: Client, db: None, headers: dict[str, str], status: int
) -> None:
    answer = client.post("/sprache", {"language": "en"}, headers=headers)
    assert answer.status_code == status
    assert ("django_language" in answer.cookies) == (status == 302)


def test_asked_for_its_head_only_an_answer_tells_its_length_and_sends_nothing(
    kept: Any, db: None
) -> None:
    application = WSGIHandler()
    for address in (LIST, LIST, f"{LIST}.json", "/anmelden"):  # made anew, then from the memory
        told: list[Any] = []
        environ = RequestFactory().head(address).environ
        parts = application(environ, lambda status, headers, told=told: told.append(headers))
        assert b"".join(parts) == b"", address
        assert int(dict(told[0]).get("Content-Length", "1")) > 0, address


@pytest.mark.parametrize("token", ["kaputt", "a" * 31, "ä"])
def test_a_broken_token_is_given_anew_with_an_answer_that_nobody_keeps(
    kept: Any, db: None, token: str
) -> None:
    Client().get(LIST)
    client = Client()
    client.cookies["csrftoken"] = token
    answer = client.get(LIST)
    assert answer.status_code == 200
    assert not (answer.cookies and "public" in answer["Cache-Control"])
    assert "csrftoken" in answer.cookies
    assert answer["Cache-Control"] == "no-store"
