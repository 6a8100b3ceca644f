"""Signing electronically on pages: shown first, kept when confirmed, in a demo by a press."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.journeys.pages import forms, press, visible
from tests.rooms.conclusion import electronic, made
from tests.rooms.conclusion.electronic import key, newest, places, signed
from tests.rooms.conclusion.made import Desk
from tests.rooms.conclusion.test_pages import html, page_of, seen
from tests.rooms.money import AT
from tests.stage import moved, signed_in
from zielwerk.conclusion import actions, queries
from zielwerk.conclusion.models import Signature, SignedFile
from zielwerk.config import demo_authority, world
from zielwerk.core import installation
from zielwerk.documents.models import StoredFile
from zielwerk.packs import loading as packs
from zielwerk.rulebook.conclusion import ConclusionState
from zielwerk.signing.keys import Person

SQLITE_ALONE = True  # what pages say is the same on every database


@pytest.fixture(autouse=True)
def _trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    electronic.trust(tmp_path / "stellen", monkeypatch)


def sent(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("unterschrieben.pdf", content, "application/pdf")


def confirming(page: str, at: str) -> dict[str, str]:
    """What the form that confirms a signed file sends."""
    (fields,) = (each.fields for each in forms(page, at) if "anhang" in each.fields)
    return dict(fields)


def test_a_signed_file_is_judged_first_and_kept_when_that_is_confirmed(hessian: Desk) -> None:
    case = electronic.begun(hessian)
    first, page = signed_in(hessian.first), page_of(case)
    assert first.get(f"{page}/datei.pdf").content == newest(case)
    content = signed(case, places(case)[0], key("Erika Beispiel"))
    before = StoredFile.objects.count()
    answer = first.post(f"{page}/exemplar", {"datei": sent(content)})
    assert answer.status_code == 200
    told = visible(answer.content.decode())
    assert "Gültig: Jede Unterschrift" in told
    assert "Erika Beispiel" in told
    assert "prüft diese Software nicht" in told
    assert StoredFile.objects.count() == before
    assert not Signature.objects.exists()
    fields = confirming(answer.content.decode(), f"{page}/exemplar")
    assert first.post(f"{page}/exemplar", fields).status_code == 302
    assert newest(case) == content
    assert first.get(f"{page}/datei.pdf").content == content
    told = seen(signed_in(hessian.body), page)
    assert "Wer unterschreiben sollte, und wen das Zertifikat nennt" in told
    assert first.post(f"{page}/exemplar", fields).status_code == 302  # sent twice, done once
    assert SignedFile.objects.count() == 1


def test_a_file_that_is_refused_says_why_beside_its_field(hessian: Desk) -> None:
    case = electronic.begun(hessian)
    first, page = signed_in(hessian.first), page_of(case)
    for content, sentence in (
        (b"PK\x03\x04", "kein PDF, sondern ein ZIP-Archiv"),
        (newest(case), "keine neue Unterschrift"),
    ):
        answer = first.post(f"{page}/exemplar", {"datei": sent(content)})
        assert answer.status_code == 422
        assert sentence in visible(answer.content.decode())
    assert not SignedFile.objects.exists()


def test_who_confirms_too_late_is_told_to_sign_the_newest_file(hessian: Desk) -> None:
    case = electronic.begun(hessian)
    body, page = signed_in(hessian.body), page_of(case)
    ministry, district, _ = places(case)
    content = signed(case, district, key("Petra Muster"))
    shown = body.post(f"{page}/exemplar", {"datei": sent(content)}).content.decode()
    fields = confirming(shown, f"{page}/exemplar")
    electronic.keep(hessian.first, case, signed(case, ministry, key("Erika Beispiel")))
    late = body.post(f"{page}/exemplar", fields)
    assert late.status_code == 422
    assert "unterschrieben von Erika Beispiel" in visible(late.content.decode())
    now = queries.newest(case)
    assert now
    torn = body.post(
        f"{page}/exemplar", {**fields, "grundlage": now.sha256, "anhang": "kein base64!"}
    )
    assert "nicht vollständig an" in visible(torn.content.decode())
    assert Signature.objects.count() == 1


def test_the_second_person_reads_the_verdict_before_she_concludes(hessian: Desk) -> None:
    case = electronic.begun(hessian)
    electronic.sign_all(hessian, case)
    case = made.checked(hessian, case)
    told = seen(signed_in(hessian.second), f"{page_of(case)}/abschliessen")
    assert "Was die unterschriebene Datei wert ist" in told
    assert "Gültig: Jede Unterschrift" in told
    done = actions.conclude(hessian.second, case, at=made.SIGNED)
    assert done.state == ConclusionState.CONCLUDED


def test_without_a_demo_the_page_explains_and_nobody_signs_on_it(
    hessian: Desk, settings: Any
) -> None:
    settings.DEMO = False
    hessian.first.is_demo = False
    hessian.first.save()
    case = electronic.begun(hessian)
    first, page = signed_in(hessian.first), page_of(case)
    assert "mit Ihrer eigenen Signatursoftware" in seen(first, page)
    assert "/unterschreiben" not in html(first, page)
    assert first.get(f"{page}/unterschreiben?stelle={places(case)[0]}").status_code == 404


@pytest.fixture
def demo(hessian: Desk, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A demo whose people have keys, and an authority of its own."""
    people = {
        str(each.pk): Person(each.name, str(each.function), "Vorführstelle")
        for each in (hessian.first, hessian.body)
    }
    demo_authority.keep(tmp_path, people, AT)
    settings.DEMO = True
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, data=tmp_path)
    monkeypatch.setenv("ZIELWERK_AUTHORITIES", str(tmp_path / "authorities"))
    monkeypatch.setattr(installation, "kind", lambda: installation.Kind.DEMO)
    return hessian


def test_in_a_demo_its_people_sign_by_a_press_and_read_that_it_binds_nobody(demo: Desk) -> None:
    case = electronic.begun(demo)
    page = page_of(case)
    ministry, district, third = places(case)
    for person, place in ((demo.first, ministry), (demo.body, district)):
        client = signed_in(person)
        assert "Vorführung, nicht gültig" in seen(client, page)
        door = f"{page}/unterschreiben?stelle={place}"
        assert f'href="{door}"' in html(client, page)
        assert "verpflichtet niemanden" in seen(client, door)
        press(client, door, f"{page}/unterschreiben")
    rows = queries.signatures(case)
    assert [each.name for each in rows] == [demo.first.name, demo.body.name]
    told = signed_in(demo.body).post(f"{page}/unterschreiben?stelle={third}")
    assert told.status_code == 422
    assert "niemand unterschreibt zweimal" in visible(told.content.decode())
    verdict = queries.verdict_of(case)
    assert verdict
    assert any("Vorführung" in one.msgid or "vorführ" in one.msgid for one in verdict.sentences)


def test_in_a_demo_nobody_signs_for_the_other_side(demo: Desk) -> None:
    case = electronic.begun(demo)
    door = f"{page_of(case)}/unterschreiben?stelle={places(case)[0]}"
    assert signed_in(demo.body).get(door).status_code == 404


def test_another_body_does_not_see_the_file(hessian: Desk) -> None:
    case = electronic.begun(hessian)
    there = packs.bodies_in(world.HESSE, case.year)
    other = next(body.ags for body in there if body.ags != case.ags)
    stranger = signed_in(moved(hessian.body, other))
    assert stranger.get(f"{page_of(case)}/datei.pdf").status_code == 404
    assert stranger.get(f"{page_of(case)}/exemplar").status_code == 404
