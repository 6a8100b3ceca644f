"""Signatures in the file of a conclusion, made with keys of an authority for these tests."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from tests.rooms.conclusion import made
from tests.rooms.conclusion.made import SIGNED, Desk
from tests.rooms.money import AT
from zielwerk.conclusion import actions, queries
from zielwerk.conclusion.models import Conclusion, SignedFile
from zielwerk.config.demo_authority import Authority, issue, make_authority, store_of
from zielwerk.documents import queries as documents
from zielwerk.identity.models import User
from zielwerk.rulebook.signatures import places_of
from zielwerk.signing.apart import sign as sign_apart
from zielwerk.signing.keys import Key, Person

AUTHORITY = make_authority(AT)
STRANGER = make_authority(AT, "Eine andere Stelle")
KEYS: dict[tuple[str, int], Key] = {}


def trust(folder: Path, patch: pytest.MonkeyPatch, authority: Authority = AUTHORITY) -> None:
    """Let the folder of authorities hold this one alone."""
    folder.mkdir(exist_ok=True)
    pem = authority.certificate.public_bytes(Encoding.PEM)
    (folder / "stelle.pem").write_bytes(pem)
    patch.setenv("ZIELWERK_AUTHORITIES", str(folder))


def key(name: str, authority: Authority = AUTHORITY, office: str = "Landrätin") -> Key:
    """The key of a person, the same each time."""
    which = (name, id(authority))
    if which not in KEYS:
        KEYS[which] = issue(authority, Person(name, office, "Musterkreis"), AT)
    return KEYS[which]


def places(case: Conclusion) -> list[str]:
    return list(places_of(case.sides))


def newest(case: Conclusion) -> bytes:
    file = queries.newest(case)
    assert file
    return documents.text_of(file)


def prepared(case: Conclusion) -> str:
    ready = queries.prepared(case)
    assert ready
    return ready.file.sha256


def signed(
    case: Conclusion,
    place: str,
    by: Key,
    *,
    of: bytes = b"",
    moment: datetime = SIGNED - timedelta(minutes=5),
) -> bytes:
    """The newest file, or another, with one signature more."""
    pdf = of or newest(case)
    return sign_apart(pdf, place, store_of(by), prepared=prepared(case), moment=moment)


def keep(person: User, case: Conclusion, content: bytes) -> SignedFile:
    """Bring a file as its page does: examined first, then kept."""
    found = queries.examined(case, content, at=SIGNED)
    return actions.keep_signed(person, found, at=SIGNED)


def begun(desk: Desk) -> Conclusion:
    return made.begun(desk, "electronic")


def sign_all(desk: Desk, case: Conclusion, *, but: int = 0) -> None:
    """All sign in the file, one after the other, but for the last ``but`` of them."""
    there = places(case)
    for place, name in zip(there[: len(there) - but], made.NAMES, strict=False):
        person = desk.body if place.startswith("body") else desk.first
        keep(person, case, signed(case, place, key(name)))
    if any(side.rule.needs_resolution for side in case.sides):
        noted = actions.NewResolution(case, "Stadtrat", AT.date(), "12/2026")
        actions.resolve(desk.body, noted, at=SIGNED)
