"""A seal that was kept outside, compared in the browser."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.rooms.auditing.test_verifications import verified
from tests.stage import AT, signed_in
from zielwerk.config import world
from zielwerk.config.cast import OPERATOR
from zielwerk.config.cli import main
from zielwerk.core import audit, guards
from zielwerk.core.models import AuditEntry
from zielwerk.identity import actions as identity

COMPARE = "/arbeit/protokoll/siegel"


def enrol(number: int) -> None:
    person = identity.Enrolment(f"p{number}@example.org", "P", "", "ministry_editor", "X")
    identity.enrol(OPERATOR, person, at=AT)


def told(cast: world.Cast, seal: str, status: int = 200) -> str:
    answer = signed_in(cast.auditor).get(COMPARE, {"siegel": seal})
    assert answer.status_code == status
    return str(answer.content.decode())


def test_a_seal_as_the_command_prints_it_tells_what_was_there_and_what_came(
    cast: world.Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["audit", "seal"]) == 0
    kept = capsys.readouterr().out
    before = AuditEntry.objects.count()
    page = told(cast, kept)
    assert "Stimmt überein" in page
    assert "Seither ist nichts dazugekommen." in page
    for number in range(3):
        enrol(number)
    page = told(cast, kept)
    then, since = page.split("Was seither dazukam")
    assert f">{before}</dd>" in "".join(then.split())
    assert ">3</dd>" in "".join(since.split())
    assert f'href="/arbeit/protokoll?seit={before}"' in since
    assert "Person anlegen" in since
    assert "noch nicht" in then  # nobody computed the whole chain anew
    verified(cast.auditor)
    assert "zuletzt ganz nachgerechnet" in told(cast, kept)


def test_a_file_leads_to_an_address_that_can_be_shared(cast: world.Cast) -> None:
    client = signed_in(cast.auditor)
    file = client.get(f"{COMPARE}/datei")
    assert "attachment" in file["Content-Disposition"]
    sent = SimpleUploadedFile("siegel.txt", b"\xef\xbb\xbf" + file.content + b"\r\n")
    answer = client.post(COMPARE, {"datei": sent})
    assert answer.status_code == 302
    assert "Stimmt überein" in client.get(answer["Location"]).content.decode()


SEALS = [
    ("", "Das ist kein Siegel."),
    ("gestern", "Das ist kein Siegel."),
    ("12", "Das ist kein Siegel."),
    (":" + "a" * 64, "nicht die Nummer"),
    ("zwölf:" + "a" * 64, "nicht die Nummer"),
    ("1" * 30 + ":" + "a" * 64, "nicht die Nummer"),
    ("3:" + "a" * 63, "abgeschnitten: Eine Prüfsumme hat 64 Zeichen, hier sind es 63"),
    ("3:", "abgeschnitten"),
    ("3:" + "a" * 65, "zu lang"),
    ("3:" + "g" * 64, "0–9 und a–f"),
    ("3:" + "a" * 64 + "\n4:" + "b" * 64, "mehrere Siegel"),
]


@pytest.mark.parametrize(("seal", "sentence"), SEALS)
def test_what_is_no_seal_is_refused_with_its_reason(
    cast: world.Cast, seal: str, sentence: str
) -> None:
    assert sentence in told(cast, seal, 422)
    file = SimpleUploadedFile("siegel.txt", seal.encode())
    answer = signed_in(cast.auditor).post(COMPARE, {"datei": file})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_a_picture_in_place_of_a_seal_is_refused(cast: world.Cast) -> None:
    file = SimpleUploadedFile("bild.png", bytes(range(256)) * 100)
    assert signed_in(cast.auditor).post(COMPARE, {"datei": file}).status_code == 422


def test_upper_case_is_the_same_seal(cast: world.Cast) -> None:
    assert "Stimmt überein" in told(cast, str(audit.seal()).upper())


def test_a_foreign_a_later_and_a_mistyped_seal_are_told_apart(cast: world.Cast) -> None:
    head = audit.seal()
    assert "hat hier eine andere Prüfsumme" in told(cast, f"{head.entry}:{'a' * 64}")
    assert f"endet mit Eintrag {head.entry}" in told(cast, f"{head.entry + 7}:{'a' * 64}")
    moved = told(cast, f"{head.entry - 1}:{head.hash}")
    assert f"Diese Prüfsumme trägt Eintrag {head.entry}" in moved
    assert "Was damals im Protokoll stand" not in moved


def test_a_changed_entry_under_the_old_hash_is_found(cast: world.Cast) -> None:
    kept = audit.seal()
    guards.remove_all()
    AuditEntry.objects.filter(pk=kept.entry).update(actor="user:666")
    guards.install_all()
    assert "sagt aber etwas anderes als damals" in told(cast, str(kept))


def test_an_entry_that_is_gone_is_told(cast: world.Cast) -> None:
    kept = audit.seal()
    enrol(1)
    guards.remove_all()
    entry = AuditEntry.objects.get(pk=kept.entry)
    entry.seals.all().delete()
    entry.delete()
    guards.install_all()
    assert f"Eintrag {kept.entry}, den das Siegel nennt, fehlt" in told(cast, str(kept))


def test_the_seal_of_an_empty_log_is_one(cast: world.Cast) -> None:
    assert "Stimmt überein" in told(cast, f"0:{'0' * 64}")
    assert "Stimmt nicht überein" in told(cast, f"0:{'a' * 64}")
