"""The proof to take along, verified by its own script in another Python, and by another verifier.

The script runs as auditors run it: with Python alone, isolated from everything that is installed.
"""

import ast
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_django import DjangoDbBlocker

from tests.rooms.auditing.another_verifier import is_sound
from tests.rooms.auditing.tampered_proof import (
    TAMPERINGS,
    Files,
    lines,
    put,
    rehash,
    resign,
)
from tests.stage import AT, signed_in
from zielwerk.auditing.letters import verify
from zielwerk.config import world, world_money
from zielwerk.core.models import AuditEntry
from zielwerk.identity.models import User
from zielwerk.ledger.models import Transfer

pytestmark = pytest.mark.django_db
SCRIPT = Path(verify.__file__)
CASE = "ZV-2024-0001"


def taken(client: Client, case: str = "") -> bytes:
    answer = client.get("/arbeit/protokoll/nachweis/datei", {"akte": case})
    assert answer["Content-Type"] == "application/zip"
    return b"".join(answer.streaming_content)  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def packages(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[tuple[dict[str, bytes], list[str]]]:
    """A proof of the whole log and one of a case, and the seals at every entry."""
    with django_db_blocker.unblock(), transaction.atomic():
        cast = world.enrol_cast()
        world_money.authorise(cast.officer, "aqb_hessen", 2024)
        for terms in [world.main_kinzig(), *world.invented()][:2]:
            world.record_and_publish(cast, terms, False, AT)
        client = signed_in(cast.auditor)
        entries = AuditEntry.objects.order_by("pk").values_list("pk", "hash")
        seals = [f"{number}:{digest}" for number, digest in entries]
        yield {"whole": taken(client), "case": taken(client, CASE)}, seals
        transaction.set_rollback(True)


def verified(content: bytes, folder: Path, *more: str, script: Path = SCRIPT) -> Any:
    """What the script says of a package: its exit code and its words."""
    file = folder / "nachweis.zip"
    file.write_bytes(content)
    command = [sys.executable, "-I", str(script), str(file), *more]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    return done


def files_of(content: bytes) -> Files:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(files: Files) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return file.getvalue()


# --- what is sound ------------------------------------------------------------------------


@pytest.mark.parametrize("scope", ["whole", "case"])
@pytest.mark.parametrize(
    ("language", "said"), [("de", "Der Nachweis ist unversehrt"), ("en", "The proof is sound")]
)
def test_a_proof_is_sound_from_the_archive_and_unpacked(
    packages: Any, tmp_path: Path, scope: str, language: str, said: str
) -> None:
    content = packages[0][scope]
    done = verified(content, tmp_path, "--lang", language)
    assert (done.returncode, done.stderr) == (0, "")
    assert said in done.stdout
    assert is_sound(content)
    for name, file in files_of(content).items():
        (tmp_path / name).write_bytes(file)
    (tmp_path / "nachweis.zip").unlink()
    own = [sys.executable, "-I", str(tmp_path / "verify.py"), "--lang", language]
    assert subprocess.run(own, capture_output=True, check=False, cwd="/").returncode == 0


def test_the_script_is_what_goes_along_and_needs_the_standard_library_of_3_9_alone(
    packages: Any,
) -> None:
    files = files_of(packages[0]["whole"])
    assert files["verify.py"] == SCRIPT.read_bytes()
    tree = ast.parse(files["verify.py"], feature_version=(3, 9))
    imported = {
        name
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert {name.partition(".")[0] for name in imported} <= sys.stdlib_module_names
    assert imported.isdisjoint({"socket", "ssl", "http", "urllib", "subprocess", "ctypes"})
    assert "verify.py" in files["LIESMICH.txt"].decode()
    assert "verify.py" in files["README.txt"].decode()


def test_the_proof_of_the_whole_is_complete(packages: Any) -> None:
    files, seals = files_of(packages[0]["whole"]), packages[1]
    entries = lines(files, "entries.jsonl")
    assert [f"{one['number']}:{one['hash']}" for one in entries] == seals
    assert files["seal.txt"].decode() == f"{seals[-1]}\n"
    figures = json.loads(files["manifest.json"])["figures"]
    assert figures["entries"] == len(seals)
    assert figures["records"]["transfer"] == Transfer.objects.count()
    assert sum(one["number"] for one in figures["bookings"].values()) == Transfer.objects.count()


def test_the_proof_of_a_case_holds_its_own_seals_and_goes_up_to_the_seal(packages: Any) -> None:
    files, seals = files_of(packages[0]["case"]), packages[1]
    manifest = json.loads(files["manifest.json"])
    assert manifest["scope"] == {"case": CASE}
    assert files["seal.txt"].decode() == f"{seals[-1]}\n"
    booked = Transfer.objects.filter(case=CASE)
    own = sum(one["number"] for one in manifest["figures"]["bookings"].values())
    assert own == booked.count() > 0
    cents = sum(one["cents"] for one in manifest["figures"]["bookings"].values())
    assert cents == sum(booked.values_list("amount_cents", flat=True))
    sealed = {seal["entry"] for seal in lines(files, "seals.jsonl")}
    assert (
        sealed == set(manifest["sealed"]) < {one["number"] for one in lines(files, "entries.jsonl")}
    )


@pytest.mark.parametrize("scope", ["whole", "case"])
def test_there_is_no_person_in_it_but_by_her_number(packages: Any, scope: str) -> None:
    text = b"\n".join(
        content
        for name, content in files_of(packages[0][scope]).items()
        if name not in ("verify.py", "LIESMICH.txt", "README.txt")
    ).decode()
    people = list(User.objects.values_list("name", "email"))
    assert people
    for name, email in people:
        assert name not in text
        assert email not in text


# --- kept seals ---------------------------------------------------------------------------


def test_every_seal_ever_kept_is_found_in_the_proof(packages: Any, tmp_path: Path) -> None:
    seals = packages[1]
    for seal in (seals[0], seals[len(seals) // 2], seals[-1], f"0:{'0' * 64}"):
        done = verified(packages[0]["whole"], tmp_path, "--seal", seal)
        assert done.returncode == 0, (seal, done.stderr)
        assert "stimmt mit Ihrem Siegel überein" in done.stdout
    file = tmp_path / "siegel.txt"
    file.write_text(f"{seals[3]}\n")
    assert verified(packages[0]["whole"], tmp_path, "--seal", str(file)).returncode == 0


@pytest.mark.parametrize(
    ("seal", "code"),
    [
        (f"3:{'a' * 64}", 1),
        (f"99999:{'a' * 64}", 1),
        (f"0:{'a' * 64}", 1),
        ("3:abc", 2),
        ("gestern", 2),
    ],
)
def test_a_seal_that_does_not_fit_is_told(
    packages: Any, tmp_path: Path, seal: str, code: int
) -> None:
    done = verified(packages[0]["whole"], tmp_path, "--seal", seal)
    assert done.returncode == code
    assert done.stderr


def test_a_seal_from_before_a_case_began_cannot_be_compared(packages: Any, tmp_path: Path) -> None:
    done = verified(packages[0]["case"], tmp_path, "--seal", packages[1][0])
    assert done.returncode == 2
    assert "beginnt erst mit Eintrag" in done.stderr


def test_who_rewrites_everything_is_found_by_a_kept_seal_alone(
    packages: Any, tmp_path: Path
) -> None:
    files = files_of(packages[0]["whole"])
    entries = lines(files, "entries.jsonl")
    entries[4]["actor"] = "user:666"
    for before, entry in zip([None, *entries], entries, strict=False):
        entry["previous"] = before["hash"] if before else "0" * 64
        rehash(entry)
    put(files, "entries.jsonl", entries)
    files["seal.txt"] = f"{entries[-1]['number']}:{entries[-1]['hash']}\n".encode()
    resign(files, "seal.txt")
    content = packed(files)
    assert verified(content, tmp_path).returncode == 0
    assert is_sound(content)
    kept = packages[1][-1]
    assert verified(content, tmp_path, "--seal", kept).returncode == 1
    assert not is_sound(content, kept)
    assert verified(content, tmp_path, "--seal", packages[1][2]).returncode == 0  # from before it


# --- what is not sound --------------------------------------------------------------------


@pytest.mark.parametrize("scope", ["whole", "case"])
@pytest.mark.parametrize("tamper", TAMPERINGS)
def test_every_kind_of_tampering_is_found_by_both_verifiers(
    packages: Any, tmp_path: Path, scope: str, tamper: Callable[[Files], None]
) -> None:
    files = files_of(packages[0][scope])
    tamper(files)
    content = packed(files)
    done = verified(content, tmp_path, "--lang", "en")
    assert done.returncode == 1, done.stdout
    assert "NOT sound" in done.stderr
    assert not is_sound(content)


def test_of_a_case_another_number_in_the_manifest_does_not_fit_its_figures(
    packages: Any, tmp_path: Path
) -> None:
    files = files_of(packages[0]["case"])
    manifest = json.loads(files["manifest.json"])
    manifest["scope"] = {"case": "ZV-2024-0002"}
    files["manifest.json"] = json.dumps(manifest).encode()
    assert verified(packed(files), tmp_path).returncode == 1


def test_seals_in_another_order_show_nothing_as_it_once_was(packages: Any, tmp_path: Path) -> None:
    """Each entry still has its own seals; but of two of one record the older would count."""
    files = files_of(packages[0]["whole"])
    seals = lines(files, "seals.jsonl")
    put(files, "seals.jsonl", sorted(seals, key=lambda seal: -seal["entry"]))
    content = packed(files)
    assert verified(content, tmp_path).returncode == 1
    assert not is_sound(content)


ODD_SCOPES = {
    "money left out": {"kinds": ["account"]},
    "no kinds": {"kinds": 5},
    "seals left out of a whole": {"sealed": []},
    "a number for a list": {"scope": {"case": CASE}, "sealed": 5},
    "neither whole nor a case": {"scope": {}},
    "no text": {"scope": {"case": None}, "sealed": []},
    "no case": {"scope": {"case": ""}, "sealed": []},
    "another scope": {"scope": {"year": "2024"}, "sealed": []},
}


@pytest.mark.parametrize("odd", ODD_SCOPES)
def test_nothing_can_be_left_out_of_a_whole(packages: Any, tmp_path: Path, odd: str) -> None:
    files = files_of(packages[0]["whole"])
    manifest = json.loads(files["manifest.json"]) | ODD_SCOPES[odd]
    files["manifest.json"] = json.dumps(manifest).encode()
    done = verified(packed(files), tmp_path)
    assert done.returncode == 2
    assert "manifest.json" in done.stderr
    assert not is_sound(packed(files))


@pytest.mark.parametrize(
    ("scope", "said"), [("whole", "Scope: the whole log"), ("case", f"Scope: case {CASE}.")]
)
def test_whoever_verifies_reads_what_the_proof_is_of(
    packages: Any, tmp_path: Path, scope: str, said: str
) -> None:
    assert said in verified(packages[0][scope], tmp_path, "--lang", "en").stdout


@settings(max_examples=25)
@given(data=st.data())
def test_no_single_byte_can_be_changed_unseen(packages: Any, data: st.DataObject) -> None:
    """Our verifier called as a function, for many bytes; the one of the handbook beside it."""
    files = files_of(packages[0]["case"])
    name = data.draw(st.sampled_from(["entries.jsonl", "seals.jsonl", "records.jsonl", "seal.txt"]))
    place = data.draw(st.integers(0, len(files[name]) - 1))
    changed = bytearray(files[name])
    changed[place] ^= data.draw(st.integers(1, 255))
    files[name] = bytes(changed)
    if data.draw(st.booleans()):
        resign(files, name)
    content = packed(files)
    assert exit_code(content) in (1, 2), (name, place)
    assert not is_sound(content)


def exit_code(content: bytes) -> int:
    """What the script's own code says of a package; run in this process, it is quicker."""
    package = verify.Package.__new__(verify.Package)
    package.archive = zipfile.ZipFile(io.BytesIO(content))
    found = verify.Verification(package)
    try:
        found.run(None)
    except verify.UNREADABLE:
        return verify.UNUSABLE
    return verify.UNSOUND if found.faults else verify.SOUND


# --- what is no proof at all --------------------------------------------------------------


@pytest.mark.parametrize("name", ["entries.jsonl", "seals.jsonl", "records.jsonl", "seal.txt"])
def test_without_one_of_its_files_nothing_can_be_verified(
    packages: Any, tmp_path: Path, name: str
) -> None:
    files = files_of(packages[0]["whole"])
    del files[name]
    done = verified(packed(files), tmp_path)
    assert done.returncode == 2
    assert f"{name} ist nicht dabei" in done.stderr
    assert not is_sound(packed(files))


@pytest.mark.parametrize("manifest", [b"", b"[]", b"{", b'{"format": "zielwerk-proof/9"}'])
def test_another_manifest_is_no_proof(packages: Any, tmp_path: Path, manifest: bytes) -> None:
    files = files_of(packages[0]["whole"])
    files["manifest.json"] = manifest
    assert verified(packed(files), tmp_path).returncode == 2


@pytest.mark.parametrize("content", [b"", b"PK", b"Nummer;Zeitpunkt\n", b"PK\x03\x04" + b"\0" * 99])
def test_another_file_is_no_proof(tmp_path: Path, content: bytes) -> None:
    assert verified(content, tmp_path).returncode == 2


def test_half_of_an_archive_and_a_broken_one_are_no_proof(packages: Any, tmp_path: Path) -> None:
    content = packages[0]["whole"]
    assert verified(content[: len(content) // 2], tmp_path).returncode == 2
    broken = bytearray(content)
    broken[200] ^= 0xFF
    assert verified(bytes(broken), tmp_path).returncode in (1, 2)


def test_a_path_that_is_not_there_and_a_wrong_call(tmp_path: Path) -> None:
    for more in ([str(tmp_path / "nichts.zip")], ["--nichts"]):
        command = [sys.executable, "-I", str(SCRIPT), *more]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 2
        assert "Traceback" not in done.stderr
