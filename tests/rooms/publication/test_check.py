"""Everybody may ask what the signatures of a PDF are worth; nothing is kept, nothing given away."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests import worlds
from tests.journeys.pages import visible
from tests.rooms.conclusion import electronic, made
from tests.rooms.conclusion.electronic import key, newest, places, signed
from tests.rooms.conclusion.made import Desk
from zielwerk.conclusion import actions, queries
from zielwerk.config import world
from zielwerk.documents.models import StoredFile
from zielwerk.language import sentence
from zielwerk.rulebook.throttle import OF_CHECKS
from zielwerk.signing import authorities
from zielwerk.signing.apart import verify

SQLITE_ALONE = True  # the database is asked for next to nothing here

PAGE = "/pruefen"


@pytest.fixture
def desk(db: None, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    electronic.trust(tmp_path / "stellen", monkeypatch)
    memory = "django.core.cache.backends.locmem.LocMemCache"
    settings.CACHES = {"default": {"BACKEND": memory, "LOCATION": str(tmp_path)}}
    return worlds.put(made.desk)


def asked(content: bytes, status: int = 200) -> str:
    """What the page says of a file, to somebody who is not signed in."""
    file = SimpleUploadedFile("vertrag.pdf", content, "application/pdf")
    answer = Client().post(PAGE, {"datei": file})
    assert answer.status_code == status
    return answer.content.decode()


def test_it_says_the_sentences_of_the_command_and_keeps_nothing(desk: Desk) -> None:
    case = electronic.begun(desk)
    content = signed(case, places(case)[0], key("Erika Beispiel"))
    before = StoredFile.objects.count()
    with CaptureQueriesContext(connection) as queried:
        told = visible(asked(content))
    assert not [each for each in queried if each["sql"].startswith(("INSERT", "UPDATE"))]
    assert StoredFile.objects.count() == before
    verdict = verify(content, authorities.load(authorities.folder()), at=made.SIGNED)
    for one in verdict.sentences:
        assert " ".join(sentence(one, "de").split()) in told


def test_what_cannot_be_judged_is_said(desk: Desk) -> None:
    assert "ZIP-Archiv" in visible(asked(b"PK\x03\x04"))
    assert "kein PDF" in visible(asked(b"Guten Tag"))
    assert "nicht unterschrieben" in visible(asked(newest(electronic.begun(desk))))
    nothing = Client().post(PAGE, {})
    assert nothing.status_code == 422


def test_what_is_not_public_is_not_given_away(desk: Desk) -> None:
    """Before it is concluded, and after, until it is published, the answer is the same."""
    case = electronic.begun(desk)
    electronic.sign_all(desk, case)
    content = newest(case)
    before = visible(asked(content))
    actions.conclude(desk.second, made.checked(desk, case), at=made.SIGNED)
    assert visible(asked(content)) == before
    assert case.file_number not in before


def test_what_is_public_is_named_with_its_page(desk: Desk) -> None:
    case = electronic.begun(desk)
    electronic.sign_all(desk, case)
    first = queries.files(case)[-1].file
    case = actions.conclude(desk.second, made.checked(desk, case), at=made.SIGNED)
    assert case.agreement
    world.publish(desk.table.cast, case.agreement, timezone.now())
    page = asked(newest(case))
    assert "Byte für Byte" in visible(page)
    assert f"/{case.year}/{case.ags}" in page
    half = visible(asked(bytes(StoredFile.objects.get(pk=first.pk).content)))
    assert "nicht die Datei mit allen Unterschriften" in half


def test_one_network_does_not_ask_for_ever(desk: Desk) -> None:
    for _ in range(OF_CHECKS.most):
        asked(b"PK\x03\x04")
    assert "zu viel geprüft" in visible(asked(b"PK\x03\x04", 429))


def test_the_form_needs_no_script_and_has_a_token(desk: Desk) -> None:
    page = Client().get(PAGE).content.decode()
    assert "csrfmiddlewaretoken" in page
    assert 'enctype="multipart/form-data"' in page
    strict = Client(enforce_csrf_checks=True)
    file = SimpleUploadedFile("vertrag.pdf", b"%PDF-", "application/pdf")
    assert strict.post(PAGE, {"datei": file}).status_code == 403
