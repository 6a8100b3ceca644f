"""What is said of a file, in true sentences, whatever it is."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pikepdf
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from pyhanko.sign.timestamps import DummyTimeStamper

from tests.signing.cast import (
    AUTHORITY,
    ERIKA,
    KREIS,
    LAND,
    LATER,
    MAX,
    NOW,
    PLACES,
    STRANGER,
    TRUSTED,
    key,
    paper,
    prepared,
    signed_once,
    signed_twice,
)
from tests.signing.foreign import bare_sign, clock_of, rewritten
from tests.typesetting.examples import DATA
from zielwerk.config.demo_authority import issue, revoked
from zielwerk.language import sentence
from zielwerk.rulebook.refusal import Said
from zielwerk.signing.authorities import Authorities
from zielwerk.signing.checking import examine
from zielwerk.signing.fields import prepare
from zielwerk.signing.keys import Person
from zielwerk.signing.kinds import MOST_BYTES
from zielwerk.signing.model import Later, Result, Verdict, hash_of
from zielwerk.signing.signing import sign


def told(verdict: Verdict, language: str = "de") -> str:
    return "\n".join(sentence(one, language) for one in verdict.sentences)


def judged(pdf: bytes, authorities: Authorities = TRUSTED, at: datetime = LATER) -> Verdict:
    return examine(pdf, authorities, at=at)


def test_a_paper_that_both_signed_is_valid_and_says_who_and_when() -> None:
    verdict = judged(signed_twice())
    assert (verdict.result, verdict.is_complete) == (Result.VALID, True)
    assert verdict.hash == prepared().hash
    assert [(one.name, one.hash) for one in verdict.embedded] == [("daten.json", hash_of(DATA))]
    first, second = verdict.signatures
    assert (first.name, first.office, first.organisation) == (
        "Dr. Erika Muster",
        "Ministerin",
        "Land Hessen",
    )
    assert (first.time, second.time) == (NOW, LATER)
    assert (first.covers_whole_document, first.later) == (False, Later.SIGNATURES)
    assert (second.covers_whole_document, second.later) == (True, Later.NOTHING)
    assert first.trusted
    assert second.trusted
    assert not first.time_is_proven
    said = told(verdict)
    assert "Gültig" in said
    assert "nach eigener Angabe am 12.06.2026, 10:32 Uhr" in said
    assert "seitdem kamen nur Unterschriften hinzu" in said
    assert "zur Vorführung gemacht und verpflichtet niemanden" in said
    assert "keine aktuelle Sperrliste" in said
    assert "12 June 2026, 10:32" in told(verdict, "en")


def test_a_paper_that_one_signed_is_valid_so_far_and_says_who_is_missing() -> None:
    verdict = judged(signed_once())
    assert (verdict.result, verdict.is_complete) == (Result.VALID, False)
    assert verdict.missing == (PLACES[1].label,)
    assert PLACES[1].label in told(verdict)


def test_a_paper_that_nobody_signed_is_not_valid() -> None:
    for pdf in (prepared().pdf, paper()):
        verdict = judged(pdf)
        assert (verdict.result, verdict.hash) == (Result.INVALID, hash_of(pdf))
        assert "nicht unterschrieben" in told(verdict)
    assert len(judged(prepared().pdf).missing) == 2


def encrypted(password: str) -> bytes:
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(signed_twice())) as document:
        document.save(made, encryption=pikepdf.Encryption(user=password, owner="geheim"))
    return made.getvalue()


@pytest.mark.parametrize(
    ("pdf", "words"),
    [
        (b"", "ist leer"),
        (b" \n\n ", "ist leer"),
        (b"PK\x03\x04" + b"\0" * 500, "ZIP-Archiv"),
        (b"GIF89a" + b"\xff" * 500, "ist kein PDF"),
        (b"<html>", "ist kein PDF"),
        (b"%PDF-1.7\n" + b"\0\xff" * 5000, "beschädigt"),
        (b"%PDF-1.7\nstartxref\n9\n%%EOF\n", "beschädigt"),
        (b"%PDF-" + b"9" * 100_000, "beschädigt"),
        (b"%PDF-1.7\n" + b"[" * 50_000, "beschädigt"),
        (bytes(MOST_BYTES + 1), "ist leer"),
        (b"%PDF-" + bytes(MOST_BYTES), "größer als 50 Megabyte"),
        (signed_twice()[:-2000], "beschädigt"),
        (signed_twice()[2000:], "ist kein PDF"),
        (encrypted(""), "verschlüsselt"),
        (encrypted("wort"), "verschlüsselt"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_read_is_said_so(pdf: bytes, words: str) -> None:
    verdict = judged(pdf.lstrip(b"\0") if words == "ist leer" else pdf)
    assert (verdict.result, verdict.signatures, verdict.hash) == (Result.UNCLEAR, (), "")
    assert words in told(verdict)


def test_an_unknown_authority_is_not_taken_at_its_word() -> None:
    stranger = key(MAX, STRANGER)
    pdf = sign(signed_once(), KREIS, stranger, prepared=prepared().hash, moment=LATER)
    verdict = judged(pdf)
    assert verdict.result is Result.UNCLEAR
    assert [one.trusted for one in verdict.signatures] == [True, False]
    assert [one.is_intact for one in verdict.signatures] == [True, True]
    assert "Das Zertifikat von Max Beispiel kommt von keiner Prüfstelle" in told(verdict)
    nobody = judged(signed_twice(), Authorities())
    assert nobody.result is Result.UNCLEAR
    assert told(nobody).count("keine Prüfstelle hinterlegt") == 1


def service(at: datetime) -> DummyTimeStamper:
    """A service that vouches for the time."""
    private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    person = Person("Zeitdienst", "", "")
    return clock_of(issue(AUTHORITY, person, NOW, private=private, is_clock=True), at)


def test_an_expired_certificate_is_good_only_where_the_time_is_proven() -> None:
    short = issue(AUTHORITY, ERIKA, NOW, life=timedelta(days=1))
    pdf = sign(prepared().pdf, LAND, short, prepared=prepared().hash, moment=NOW)
    assert judged(pdf, at=NOW).result is Result.VALID
    verdict = judged(pdf)
    assert verdict.result is Result.UNCLEAR
    assert not verdict.signatures[0].trusted
    assert "ist abgelaufen" in told(verdict)
    clock = service(NOW)
    question = {"prepared": prepared().hash, "moment": NOW, "clock": clock}
    proven = judged(sign(prepared().pdf, LAND, short, **question))  # type: ignore[arg-type]
    assert proven.result is Result.VALID
    assert proven.signatures[0].time_is_proven
    assert "hat am 12.06.2026, 10:32 Uhr unterschrieben." in told(proven)


def test_a_time_out_of_the_certificate_is_not_believed() -> None:
    early = NOW - timedelta(days=400)
    old = issue(AUTHORITY, ERIKA, early, life=timedelta(days=100))
    pdf = bare_sign(prepared().pdf, LAND, old)  # a program that does not look at the certificate
    verdict = judged(pdf, at=datetime.now(UTC))
    assert verdict.result is Result.INVALID
    assert "unterschrieben wurde am" in told(verdict)


def test_a_time_to_come_is_not_believed() -> None:
    verdict = judged(signed_once(), at=NOW - timedelta(hours=1))
    assert verdict.result is Result.UNCLEAR
    assert "das ist noch nicht" in told(verdict)


def test_a_revoked_certificate_does_not_hold() -> None:
    day = NOW - timedelta(hours=1)
    withdrawn = revoked(AUTHORITY, {day: key()}, LATER - timedelta(hours=1))
    verdict = judged(signed_twice(), replace(TRUSTED, revocations=(withdrawn,)))
    assert verdict.result is Result.INVALID
    assert "Das Zertifikat von Dr. Erika Muster wurde am 12.06.2026, 09:32 Uhr gesperrt" in told(
        verdict
    )
    other = revoked(AUTHORITY, {day: key(Person("Wer anders", "", ""))}, LATER)
    sound = judged(signed_twice(), replace(TRUSTED, revocations=(other,)))
    assert sound.result is Result.VALID
    assert "Sperrliste" not in told(sound)
    forged = revoked(replace(STRANGER, certificate=AUTHORITY.certificate), {day: key()}, LATER)
    assert judged(signed_twice(), replace(TRUSTED, revocations=(forged,))).result is Result.VALID


def test_what_was_revoked_later_was_good_where_the_time_is_proven() -> None:
    listed = revoked(AUTHORITY, {NOW + timedelta(hours=1): key()}, LATER)
    lists = replace(TRUSTED, revocations=(listed,))
    claimed = judged(signed_once(), lists)
    assert claimed.result is Result.UNCLEAR
    assert "sagt nur die Unterschrift selbst" in told(claimed)
    question = {"prepared": prepared().hash, "moment": NOW, "clock": service(NOW)}
    proven = sign(prepared().pdf, LAND, key(), **question)  # type: ignore[arg-type]
    assert judged(proven, lists).result is Result.VALID


def test_one_person_cannot_stand_for_both_sides() -> None:
    second = issue(AUTHORITY, ERIKA, NOW)  # another key of hers, by a program that does not ask
    for other in (key(), second):
        verdict = judged(bare_sign(signed_once(), KREIS, other), at=datetime.now(UTC))
        assert verdict.result is Result.INVALID
        assert "Dr. Erika Muster hat zweimal unterschrieben" in told(verdict)


def test_somebody_else_in_a_persons_field_is_told() -> None:
    wanted = {LAND: "dr.  erika MUSTER", KREIS: "Moritz Anders"}
    verdict = examine(signed_twice(), TRUSTED, at=LATER, expected=wanted)
    assert verdict.result is Result.INVALID
    assert "sollte Moritz Anders unterschreiben; unterschrieben hat Max Beispiel" in told(verdict)
    right = {LAND: "Dr. Erika Muster", KREIS: "Max Beispiel"}
    assert examine(signed_twice(), TRUSTED, at=LATER, expected=right).result is Result.VALID


def test_a_certificate_for_clocks_signs_no_agreement() -> None:
    clock = issue(AUTHORITY, ERIKA, NOW, is_clock=True)
    verdict = judged(sign(prepared().pdf, LAND, clock, prepared=prepared().hash, moment=NOW))
    assert verdict.result is Result.UNCLEAR
    assert "nicht dazu bestimmt" in told(verdict)


def test_another_version_has_another_hash() -> None:
    other = prepare(paper(2), PLACES)
    signed = sign(other.pdf, LAND, key(), prepared=other.hash, moment=NOW)
    verdict = judged(signed)
    assert (verdict.result, verdict.hash) == (Result.VALID, other.hash)
    assert verdict.hash != prepared().hash


def test_what_was_written_anew_is_not_what_was_signed() -> None:
    def nothing(document: pikepdf.Pdf) -> None:
        """As a viewer saves a file."""

    assert judged(rewritten(signed_twice(), nothing)).result is not Result.VALID


def test_a_name_obeys_no_screen_and_fills_no_slot() -> None:
    own = key(Person("Eva\x1b[31m {name}\u202e", "{0}", "Land"))
    verdict = judged(sign(prepared().pdf, LAND, own, prepared=prepared().hash, moment=NOW))
    assert verdict.result is Result.VALID
    assert all(one.isprintable() for one in verdict.signatures[0].name)
    assert "{name}" in told(verdict)


def test_five_hundred_pages_are_judged() -> None:
    long = prepare(paper(1650), PLACES)
    once = sign(long.pdf, LAND, key(), prepared=long.hash, moment=NOW)
    pdf = sign(once, KREIS, key(MAX), prepared=long.hash, moment=LATER)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert len(document.pages) > 500
    verdict = judged(pdf)
    assert (verdict.result, verdict.hash) == (Result.VALID, long.hash)


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_sentence_stands_in_both_languages(language: str) -> None:
    verdicts: tuple[Callable[[], Verdict], ...] = (
        lambda: judged(signed_twice()),
        lambda: judged(signed_once(), Authorities()),
        lambda: judged(b""),
    )
    for verdict in verdicts:
        for one in verdict().sentences:
            assert isinstance(one, Said)
            german = sentence(one, "de")
            assert (sentence(one, language) == german) is (language == "de")
