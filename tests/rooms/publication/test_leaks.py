"""What is not public shows nowhere: every public address answers as if it were not there."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.stage import AT, take_down
from zielwerk.agreements.models import Agreement
from zielwerk.config import world
from zielwerk.publication import actions, queries
from zielwerk.publication.models import Edition

SLOTS = {"year": 2024, "ags": "06435", "ordinal": 1}
LIST = "/zielvereinbarungen"
QUERIES = (
    *("zeilen=50", "suche=main-kinzig", "suche=team-camp", "suche=06435", "jahr=2024"),
    *("art=Landkreis", "massnahmeart=training_preparation", "sortierung=-vereinbarter-betrag"),
)


def public_addresses() -> Iterator[str]:
    """Every address whose answer is the same for everybody, of one body where it names one."""
    for name, pattern, view in routes(get_resolver()):
        slots = set(pattern.pattern.converters)
        if hasattr(view, "is_public_answer") and slots <= set(SLOTS):
            yield reverse(name, kwargs={slot: SLOTS[slot] for slot in slots})
    for query in QUERIES:
        yield f"{LIST}?{query}"
        for file in (".json?", ".csv?", "?export=csv&", "?export=xlsx&"):
            yield LIST + file + query


def routes(resolver: URLResolver, room: str = "") -> Iterator[tuple[str, URLPattern, Any]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{room}:{pattern.name}".lstrip(":"), pattern, pattern.callback
        else:
            yield from routes(pattern, pattern.namespace or room)


def answers() -> dict[str, tuple[int, bytes]]:
    """What every public address answers somebody who is nobody, in German and in English."""
    told = {}
    for address in sorted(set(public_addresses())):
        for language in ("de", "en"):
            answer: Any = Client().get(address, headers={"Accept-Language": language})
            told[f"{language} {address}"] = (answer.status_code, content(answer.getvalue()))
    return told


def content(sent: bytes) -> bytes:
    """What is said; a workbook also tells when it was made."""
    if not sent.startswith(b"PK"):
        return sent
    with zipfile.ZipFile(io.BytesIO(sent)) as workbook:
        sheets = [name for name in workbook.namelist() if "docProps" not in name]
        return b"".join(workbook.read(name) for name in sheets)


DOWN = {"held", "withdrawn"}


def states(cast: world.Cast, agreement: Agreement) -> Iterator[str]:
    """The edition of an agreement in each state in which it is not public."""
    edition = actions.begin(cast.authority, agreement, at=AT)
    yield edition.state
    edition = actions.consult(cast.authority, edition, note="Keine Einwände.", at=AT)
    yield edition.state
    edition = actions.send_back(cast.head, edition, note="Bitte prüfen", at=AT)
    yield edition.state
    edition = actions.discard(cast.authority, edition, at=AT)
    yield edition.state
    edition = actions.begin(cast.authority, agreement, at=AT)
    edition = actions.consult(cast.authority, edition, note="Keine Einwände.", at=AT)
    actions.publish(cast.head, edition, actions.typeset(edition, AT), at=AT)
    edition = take_down(cast.officer, agreement)
    yield edition.state
    actions.confirm_withdrawal(cast.head, edition, at=AT)
    yield "withdrawn"


@pytest.mark.usefixtures("with_hearing")
def test_nothing_that_is_not_public_changes_a_public_answer(
    cast: world.Cast, recorded: Agreement
) -> None:
    world.record_and_publish(cast, world.invented()[0], True, AT)
    before = answers()
    assert len(before) > 60
    assert before[f"de {LIST}"][0] == 200
    assert before[f"de {LIST}/2024/06435"][0] == 404
    passed = []
    for state in states(cast, recorded):
        passed.append(state)
        after = answers()
        changed = {name for name in before if before[name] != after[name]}
        # What was public and came down is gone, and says so; of the rest nothing shows.
        own = {name for name in before if f"{LIST}/2024/06435" in name}
        news = {name for name in before if name.endswith(".atom")}
        assert changed == (own | news if state in DOWN else set()), state
        assert {after[name][0] for name in changed - news} <= {410}
        assert queries.current_editions().count() == 1
    expected = {"propose", "hear", "prepared", "discarded", *DOWN}
    assert set(passed) == expected
    left = {*Edition.objects.values_list("state", flat=True)}
    assert left == {"discarded", "withdrawn", "published"}


@pytest.mark.parametrize("kind", ["", ".json", ".csv", ".pdf", "/leichte-sprache"])
def test_what_is_public_is_found_at_each_of_its_addresses(
    main_kinzig: Agreement, kind: str
) -> None:
    address = f"{LIST}/2024/06435{kind}"
    assert address in set(public_addresses())
    assert Client().get(address).status_code == 200
