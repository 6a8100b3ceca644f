"""Who signs in these tests, and what."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache

from cryptography.hazmat.primitives.serialization import Encoding

from tests.typesetting.examples import agreement
from zielwerk.config.demo_authority import Authority, issue, make_authority
from zielwerk.signing.authorities import Authorities
from zielwerk.signing.fields import prepare
from zielwerk.signing.keys import Key, Person
from zielwerk.signing.model import Place, Prepared
from zielwerk.signing.signing import sign
from zielwerk.typesetting.pdf import render

NOW = datetime(2026, 6, 12, 8, 32, tzinfo=UTC)
LATER = NOW + timedelta(days=3)
AUTHORITY = make_authority(NOW)
STRANGER = make_authority(NOW, "Eine andere Stelle")
ERIKA = Person("Dr. Erika Muster", "Ministerin", "Land Hessen")
MAX = Person("Max Beispiel", "Landrat", "Main-Kinzig-Kreis")
LAND, KREIS = "land", "kreis"
PLACES = (
    Place(LAND, -1, (70, 80, 280, 140), "Unterschrift für das Land, Ministerin Dr. Erika Muster"),
    Place(KREIS, -1, (310, 80, 520, 140), "Signature of the district administrator", "en"),
)
TRUSTED = Authorities((AUTHORITY.certificate.public_bytes(Encoding.DER),))


@cache
def key(person: Person = ERIKA, authority: Authority = AUTHORITY) -> Key:
    return issue(authority, person, NOW)


@cache
def paper(clauses: int = 1) -> bytes:
    return render(agreement(clauses=clauses))


@cache
def prepared() -> Prepared:
    return prepare(paper(), PLACES)


@cache
def signed_once() -> bytes:
    return sign(prepared().pdf, LAND, key(), prepared=prepared().hash, moment=NOW)


@cache
def signed_twice() -> bytes:
    return sign(signed_once(), KREIS, key(MAX), prepared=prepared().hash, moment=LATER)


def changed(place: Place, **what: object) -> Place:
    return replace(place, **what)  # type: ignore[arg-type]
