"""`zielwerk agreement verify` and the process of its own in which files are checked."""

import json
import subprocess
import sys
import zlib
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from tests.signing.cast import (
    AUTHORITY,
    LATER,
    STRANGER,
    TRUSTED,
    prepared,
    signed_once,
    signed_twice,
)
from zielwerk.config import cli
from zielwerk.config.demo_authority import FILE, KEYS, keep, revoked
from zielwerk.rulebook.refusal import Refused
from zielwerk.signing.apart import packed, unpacked, verify
from zielwerk.signing.authorities import Authorities, folder, load
from zielwerk.signing.checking import examine
from zielwerk.signing.keys import Person, key_of
from zielwerk.signing.model import DEMONSTRATION, Result, said


@pytest.fixture
def trusted(tmp_path: Path) -> Path:
    place = tmp_path / "trusted"
    place.mkdir()
    (place / "root.pem").write_bytes(AUTHORITY.certificate.public_bytes(Encoding.PEM))
    (place / "other.der").write_bytes(STRANGER.certificate.public_bytes(Encoding.DER))
    (place / "lists.crl").write_bytes(revoked(AUTHORITY, {}, datetime.now(UTC)))
    (place / "README.md").write_text("Woher die Zertifikate sind.")
    return place


def called(*words: str) -> int:
    return cli.main(["agreement", "verify", *words])


def test_the_command_says_what_it_found(
    tmp_path: Path, trusted: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "agreement.pdf"
    file.write_bytes(signed_twice())
    assert called(str(file), "--authorities", str(trusted)) == 0
    assert capsys.readouterr().out.startswith("Gültig: ")
    assert called(str(file), "--authorities", str(trusted), "--lang", "en") == 0
    assert capsys.readouterr().out.startswith("Valid: ")
    assert called(str(file), "--json", "--authorities", str(trusted)) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["result"], found["hash"]) == ("valid", prepared().hash)
    first, second = found["signatures"]
    assert (
        first.items()
        >= {
            "name": "Dr. Erika Muster",
            "office": "Ministerin",
            "time": "2026-06-12T10:32:00+02:00",
            "covers_whole_document": False,
            "trusted": True,
        }.items()
    )
    assert second["covers_whole_document"]
    assert not any("Sperrliste" in one for one in found["sentences"])


@pytest.mark.parametrize(
    ("content", "result"),
    [
        (b"", "cannot be judged"),
        (b"PK\x03\x04", "cannot be judged"),
        (b"%PDF-1.7 garbage", "cannot be judged"),
        (prepared().pdf, "invalid"),
        (signed_twice()[:3000] + b"\0" + signed_twice()[3001:], "invalid"),
    ],
    ids=["empty", "zip", "garbage", "unsigned", "altered"],
)
def test_whatever_a_file_is_the_command_answers(
    content: bytes, result: str, tmp_path: Path, trusted: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "agreement.pdf"
    file.write_bytes(content)
    assert called(str(file), "--json", "--authorities", str(trusted)) == 1
    told = capsys.readouterr()
    assert told.err == ""
    found = json.loads(told.out)
    assert found["result"] == result
    assert found["sentences"]
    assert not any(one["trusted"] for one in found["signatures"])


def test_files_and_folders_that_are_not_there_are_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "agreement.pdf"
    assert called(str(file)) == 1
    assert str(file) in capsys.readouterr().err
    assert called(str(tmp_path)) == 1
    file.write_bytes(signed_twice())
    assert called(str(file), "--authorities", str(tmp_path / "nowhere")) == 1
    assert capsys.readouterr().err.endswith("nowhere gibt es nicht.\n")


def test_the_command_needs_neither_django_nor_a_programme(tmp_path: Path, trusted: Path) -> None:
    file = tmp_path / "agreement.pdf"
    file.write_bytes(signed_twice())
    program = (
        "import sys; from zielwerk.config import cli; code = cli.main(sys.argv[1:]);"
        "loaded = [name for name in ('django', 'pyhanko', 'zielwerk.packs.loading')"
        " if name in sys.modules]; print(loaded); sys.exit(code)"
    )
    surroundings = {"PATH": "", "ZIELWERK_DATA": str(tmp_path), "ZIELWERK_PROGRAMME": "none"}
    (tmp_path / "authorities").symlink_to(trusted)
    done = subprocess.run(
        [sys.executable, "-c", program, "agreement", "verify", str(file)],
        capture_output=True,
        text=True,
        env=surroundings,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_check_apart_says_the_same() -> None:
    wanted = {"kreis": "Moritz Anders"}
    for pdf in (signed_twice(), signed_once(), b"%PDF-1.4 \xff"):
        assert verify(pdf, TRUSTED, at=LATER) == examine(pdf, TRUSTED, at=LATER)
    told = verify(signed_twice(), TRUSTED, at=LATER, expected=wanted)
    assert told == examine(signed_twice(), TRUSTED, at=LATER, expected=wanted)


def test_a_verdict_is_the_same_after_its_way_from_one_process_to_another() -> None:
    verdict = examine(signed_twice(), TRUSTED, at=LATER)
    more = said("{a} {b} {c}", a=date(2026, 6, 12), b=LATER, c=3)
    verdict = replace(verdict, sentences=(*verdict.sentences, more))
    assert unpacked(json.loads(json.dumps(packed(verdict)))) == verdict


def test_a_check_that_takes_too_long_is_ended() -> None:
    verdict = verify(signed_twice(), TRUSTED, at=LATER, seconds=0)
    assert (verdict.result, verdict.sentences[0].params) == (Result.UNCLEAR, {"seconds": 0})


@pytest.fixture
def python(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What is started in place of Python."""
    program = tmp_path / "python"
    monkeypatch.setattr(sys, "executable", str(program))
    return program


def test_a_check_that_was_killed_judges_nothing_and_one_that_failed_is_a_fault(
    python: Path,
) -> None:
    python.write_text("#!/bin/sh\ncat > /dev/null\nkill -9 $$\n")
    python.chmod(0o700)
    assert verify(signed_twice(), TRUSTED, at=LATER).result is Result.UNCLEAR
    python.write_text("#!/bin/sh\ncat > /dev/null\necho what failed >&2\nexit 1\n")
    with pytest.raises(RuntimeError, match="what failed"):
        verify(signed_twice(), TRUSTED, at=LATER)


def test_a_file_that_grows_when_it_is_read_fills_no_memory() -> None:
    packer = zlib.compressobj(9)
    stream = b"".join(packer.compress(bytes(1_000_000)) for _ in range(1_000)) + packer.flush()
    head = b"%%PDF-1.5\n1 0 obj\n<< /Type /XRef /Size 900000000 /W [1 2 1] /Root 2 0 R"
    head += b" /Filter /FlateDecode /Length %d >>\nstream\n" % len(stream)
    pdf = head.replace(b"%%", b"%", 1) + stream + b"\nendstream\nendobj\nstartxref\n9\n%%EOF\n"
    assert len(pdf) < 2_000_000
    assert verify(pdf, TRUSTED, at=LATER, memory=700_000_000).result is Result.UNCLEAR


def test_the_folder_of_authorities(trusted: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known = load(trusted)
    assert len(known.certificates) == 2
    assert len(known.revocations) == 1
    assert load(trusted / "nowhere") == Authorities()
    monkeypatch.setenv("ZIELWERK_AUTHORITIES", str(trusted))
    assert folder() == trusted
    monkeypatch.delenv("ZIELWERK_AUTHORITIES")
    monkeypatch.setenv("ZIELWERK_DATA", str(trusted.parent))
    assert folder() == trusted.parent / "authorities"


@pytest.mark.parametrize("name", ["root.p12", "spoilt.pem", "spoilt.crl", "sub.pem"])
def test_what_is_no_certificate_is_refused_by_its_name(name: str, trusted: Path) -> None:
    odd = trusted / name
    if name == "sub.pem":
        odd.mkdir()
    else:
        odd.write_bytes(b"-----BEGIN CERTIFICATE-----\nMIIB\n")
    with pytest.raises(Refused) as refused:
        load(trusted)
    assert refused.value.refusals[0].params["file"] == str(odd)


def test_a_demo_has_an_authority_of_its_own_and_its_keys_are_its_owners_alone(
    tmp_path: Path,
) -> None:
    people = {"1": Person("Eva Beispiel", "Referatsleitung", "Ministerium " * 9)}
    keep(tmp_path, people, LATER)
    root, own = tmp_path / "authorities" / FILE, tmp_path / KEYS / "1.p12"
    made = own.read_bytes()
    keep(tmp_path, people, LATER)
    assert own.read_bytes() == made
    assert own.stat().st_mode & 0o077 == 0
    held = key_of(made, "")
    assert held.person.name == "Eva Beispiel"
    assert any(part.value == DEMONSTRATION for part in held.certificate.subject)
    (trusted,) = load(root.parent).certificates
    assert trusted != AUTHORITY.certificate.public_bytes(Encoding.DER)
