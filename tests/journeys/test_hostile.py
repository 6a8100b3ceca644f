"""What anybody may type into an address: never a fault of ours, on either database."""

from collections.abc import Iterator, Sequence
from itertools import cycle, islice
from typing import Any

import pytest
from django import forms
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.stage import signed_in
from zielwerk.agreements.models import Agreement
from zielwerk.core import exports, kept, once
from zielwerk.ui import addresses
from zielwerk.ui.lists.doors import LISTS

ODD = ("%ED%A0%80", "%E2%80%AE%F0%9F%98%80", "9" * 400, "-1", "31.02.0001", "'%22%3B--%0A²")
SENT = (b"a\0b", b"\xed\xa0\x80", b"x" * 10_000)
ROUNDS = 2  # of the odd values that each address is asked for, other names in each
OF_A_PART = ("%00", "9" * 30, "²", "%FF%0A%E2%80%AE")
# What addresses ask for beside the fields of forms.
NAMES = (
    *(addresses.AFTER, addresses.BEFORE, addresses.LAST, addresses.PAGE, addresses.SORT),
    *(kept.PARAMETER, once.FIELD, "next", "zeilen", "tag", "mit", "von", "about"),
)
PLAIN = {"year": "2024", "ags": "06435", "pk": "1", "ordinal": "", "address": "x"}
pytestmark = pytest.mark.django_db


def routes(resolver: Any = None, before: str = "/") -> Iterator[tuple[str, list[str]]]:
    """Every address with its parts in braces, and the names of the parts."""
    for each in (resolver or get_resolver()).url_patterns:
        whole = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from routes(each, whole)
        elif isinstance(each, URLPattern):
            names = list(each.pattern.converters)
            for name in names:
                kind = whole.rpartition(f"{name}>")[0].rpartition("<")[2]
                whole = whole.replace(f"<{kind}{name}>", f"{{{name}}}")
            yield whole, names


def fields() -> set[str]:
    """The names of the fields of all forms of the house."""
    found: set[str] = set()
    open_ones: list[Any] = [forms.BaseForm]
    while open_ones:
        kind = open_ones.pop()
        open_ones += kind.__subclasses__()
        found |= set(getattr(kind, "base_fields", ()))
    return found


def plain(names: list[str], **other: str) -> dict[str, str]:
    return {**dict.fromkeys(names, "1"), **PLAIN, **other}


def in_turn(names: Sequence[str], values: Sequence[str], first: int) -> list[tuple[str, str]]:
    """Each name with a value, beginning with another one from address to address."""
    turn = islice(cycle(values), first % len(values), None)
    return list(zip(names, turn, strict=False))


@pytest.fixture
def officer(main_kinzig: Agreement, cast: Any) -> Client:
    client = signed_in(cast.officer)
    client.raise_request_exception = False
    return client


def assert_no_fault(client: Client, address: str) -> None:
    answer = client.get(address)
    if getattr(answer, "streaming", False):
        assert list(answer) is not None  # what fails while it is sent fails here
    assert answer.status_code < 500, address


def test_an_odd_value_of_everything_that_is_asked_for(officer: Client) -> None:
    names = sorted({*NAMES, *fields()})
    for number, (route, parts) in enumerate(routes()):
        for turn in range(number, number + ROUNDS):
            asked = "&".join(f"{name}={odd}" for name, odd in in_turn(names, ODD, turn))
            assert_no_fault(officer, f"{route.format(**plain(parts))}?{asked}")


def test_an_odd_value_of_each_question_of_a_list_alone(officer: Client) -> None:
    assert LISTS
    for number, route in enumerate(LISTS):
        page = reverse(route)
        filters = officer.get(page).context.get("filters")
        names = [*NAMES, *(filters.fields if filters else ())]
        for name, odd in in_turn(names, ("%00", ODD[0]), number):
            assert_no_fault(officer, f"{page}?{name}={odd}&{exports.EXPORT}=csv")


def test_an_odd_part_of_an_address(officer: Client) -> None:
    for route, names in routes():
        for name in names:
            for odd in OF_A_PART:
                assert_no_fault(officer, route.format(**plain(names, **{name: odd})))


@pytest.mark.parametrize("odd", ["a\0b" * 12, "\0", "x" * 5000, "ä" * 32])
def test_an_odd_cookie(odd: str, main_kinzig: Agreement) -> None:
    for name in (settings.SESSION_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME, kept.COOKIE):
        for path in ("/", "/arbeit/", "/anmelden"):
            client = Client(raise_request_exception=False)
            client.cookies[name] = odd
            assert client.get(path).status_code < 500, (name, path)


def test_an_odd_value_that_is_sent(officer: Client) -> None:
    odd = [value.decode(errors="replace") for value in SENT]
    names = sorted({*NAMES, *fields()} - {once.FIELD})
    for number, (route, parts) in enumerate(routes()):
        address = route.format(**plain(parts))
        if address != "/abmelden":
            answer = officer.post(address, dict(in_turn(names, odd, number)))
            assert answer.status_code < 500, address
