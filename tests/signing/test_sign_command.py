"""`zielwerk agreement sign`: whoever has a key file signs a prepared PDF with it."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12

from tests.signing.cast import AUTHORITY, KREIS, LAND, MAX, NOW, TRUSTED, prepared
from zielwerk.config import cli
from zielwerk.config.demo_authority import issue, store_of
from zielwerk.signing.apart import verify
from zielwerk.signing.keys import Key, Person

PASSWORD = "geheim und lang"
HER = issue(AUTHORITY, Person("Erika Muster", "Ministerin", "Land Hessen"), NOW)
HIS = issue(AUTHORITY, MAX, NOW)


def store(key: Key, password: str) -> bytes:
    how = BestAvailableEncryption(password.encode())
    return pkcs12.serialize_key_and_certificates(b"x", key.private, key.certificate, None, how)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "vertrag.pdf").write_bytes(prepared().pdf)
    (tmp_path / "her.p12").write_bytes(store(HER, PASSWORD))
    (tmp_path / "his.p12").write_bytes(store_of(HIS))
    (tmp_path / "kennwort").write_text(f"{PASSWORD}\n")
    return tmp_path


def called(folder: Path, file: str, key: str, field: str, *more: str) -> int:
    words = ("agreement", "sign", str(folder / file), "--key", str(folder / key))
    return cli.main([*words, "--field", field, *more])


def test_two_sign_one_after_the_other_and_the_file_is_valid(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    secret = ("--password-file", str(folder / "kennwort"))
    assert called(folder, "vertrag.pdf", "her.p12", LAND, *secret) == 0
    once = "vertrag-unterschrieben.pdf"
    assert once in capsys.readouterr().out
    assert called(folder, once, "his.p12", KREIS, "--out", str(folder / "beide.pdf")) == 0
    made = (folder / "beide.pdf").read_bytes()
    verdict = verify(made, TRUSTED, at=HIS.certificate.not_valid_after_utc)
    assert {one.name for one in verdict.signatures} == {"Erika Muster", MAX.name}
    assert verdict.hash == prepared().hash
    assert (folder / "vertrag.pdf").read_bytes() == prepared().pdf


def test_the_password_is_asked_for_and_not_shown(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def typed(prompt: str) -> str:
        asked.append(prompt)
        return PASSWORD

    monkeypatch.setattr("zielwerk.signing.cli.getpass", typed)
    assert called(folder, "vertrag.pdf", "her.p12", LAND) == 0
    assert asked == ["Kennwort des Schlüssels: "]
    told = capsys.readouterr()
    assert PASSWORD not in told.out + told.err


@pytest.mark.parametrize(
    ("file", "key", "field", "sentence"),
    [
        ("vertrag.pdf", "his.p12", "nirgends", "Ein Feld „nirgends“ wurde nicht vorbereitet."),
        ("vertrag.pdf", "kennwort", LAND, "Die Datei enthält keinen Schlüssel"),
        ("his.p12", "his.p12", LAND, "kein PDF"),
        ("fehlt.pdf", "his.p12", LAND, "kann nicht gelesen werden"),
    ],
)
def test_what_cannot_be_signed_is_said_and_nothing_is_written(
    file: str,
    key: str,
    field: str,
    sentence: str,
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("zielwerk.signing.cli.getpass", lambda _: "falsch")
    before = sorted(folder.iterdir())
    assert called(folder, file, key, field) == 1
    assert sentence in capsys.readouterr().err
    assert sorted(folder.iterdir()) == before


def test_no_file_is_replaced(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = ("--out", str(folder / "his.p12"))
    before = (folder / "his.p12").read_bytes()
    assert called(folder, "vertrag.pdf", "his.p12", LAND, *out) == 1
    assert "wird nicht überschrieben" in capsys.readouterr().err
    assert (folder / "his.p12").read_bytes() == before
