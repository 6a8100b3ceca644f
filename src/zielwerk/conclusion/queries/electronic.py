"""The file that is signed electronically: the newest state of it, and what a sent one is worth."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.conf import settings

from zielwerk.conclusion.models import Conclusion, PreparedFile, SignatureVerdict, SignedFile
from zielwerk.conclusion.queries.conclusions import counting, signatures
from zielwerk.core import installation
from zielwerk.core.permissions import Actor
from zielwerk.documents import queries as documents
from zielwerk.documents.models import StoredFile
from zielwerk.rulebook.conclusion import OTHER_FILE, why_file_fails
from zielwerk.rulebook.refusal import Refusal, Refused, Said, msg
from zielwerk.rulebook.signatures import Form, Way
from zielwerk.signing import authorities as folder
from zielwerk.signing.apart import unpacked, verify
from zielwerk.signing.authorities import Authorities
from zielwerk.signing.model import DEMO_KEYS, Result, Signature, Verdict

MOST_ADDED = 1_500_000
"""Bytes that signatures may add at once: what is sent with the form that confirms them."""


@dataclass(frozen=True)
class Examined:
    """A signed file that may be kept: ``base`` is the newest one, to which ``added`` was added.

    ``new`` are the signatures that it has more, each in its field.
    """

    conclusion: Conclusion
    base: StoredFile
    added: bytes
    verdict: Verdict
    authorities: Authorities
    new: tuple[Signature, ...]

    @property
    def ags(self) -> str:
        return self.conclusion.ags

    @property
    def content(self) -> bytes:
        return documents.text_of(self.base) + self.added


@dataclass(frozen=True)
class Judgement:
    """What the newest file is worth now, and why it does not carry the conclusion, if so."""

    file: StoredFile
    verdict: Verdict
    authorities: Authorities
    reasons: tuple[Refusal, ...]


def prepared(conclusion: Conclusion) -> PreparedFile | None:
    """The file with fields for signatures; None on paper, or where text form is all."""
    rows = PreparedFile.objects.filter(conclusion=conclusion, conclusion__way=Way.ELECTRONIC)
    return rows.select_related("file").defer("file__content").first()


def newest(conclusion: Conclusion) -> StoredFile | None:
    """The file to be signed next: the one that was signed last, or the prepared one."""
    ready = prepared(conclusion)
    if ready is None:
        return None
    rows = SignedFile.objects.filter(conclusion=conclusion).order_by("pk")
    last = rows.select_related("file").defer("file__content").last()
    return last.file if last else ready.file


def examined(conclusion: Conclusion, content: bytes, *, at: datetime) -> Examined:
    """What a file that was sent is worth, as the newest file with more signatures.

    Raises Refused with every reason; nothing is kept here.
    """
    ready, base = prepared(conclusion), newest(conclusion)
    assert ready
    assert base
    trusted = folder.load(folder.folder())
    verdict = verify(content, trusted, at=at)
    before = documents.text_of(base)
    if not content.startswith(before):
        raise Refused(*_why_not_newest(conclusion, ready, content, verdict))
    if len(content) - len(before) > MOST_ADDED:
        params = {"most": MOST_ADDED // 1000}
        raise Refused(Refusal("conclusion.file_added_much", ADDED_MUCH, params))
    if content == before or not verdict.signatures:
        raise Refused(Refusal("conclusion.nothing_new", NOTHING_NEW))
    if verdict.result is not Result.VALID or verdict.hash != ready.file.sha256:
        raise Refused(*_as_refusals(verdict.sentences))
    known = last_fields(conclusion)
    new = tuple(each for each in verdict.signatures if each.field not in known)
    if not new:
        raise Refused(Refusal("conclusion.nothing_new", NOTHING_NEW))
    return Examined(conclusion, base, content[len(before) :], verdict, trusted, new)


def _why_not_newest(
    conclusion: Conclusion, ready: PreparedFile, content: bytes, verdict: Verdict
) -> tuple[Refusal, ...]:
    """Why a file is not the newest one with something added."""
    earlier = [documents.text_of(each.file) for each in _signed(conclusion)]
    first = documents.text_of(ready.file)
    if content == first or content in earlier:
        return (Refusal("conclusion.older_file", OLDER),)
    if content.startswith(first):
        last = verdict_of(conclusion)
        names = ", ".join(each.name for each in last.signatures) if last else ""
        return (Refusal("conclusion.signed_older_file", SIGNED_OLDER, {"names": names}),)
    if verdict.hash == ready.file.sha256 or not verdict.signatures:
        return _as_refusals(verdict.sentences)
    return (Refusal("conclusion.other_file", OTHER_FILE), *_as_refusals(verdict.sentences[1:]))


def _signed(conclusion: Conclusion) -> Sequence[SignedFile]:
    return list(SignedFile.objects.filter(conclusion=conclusion).select_related("file"))


def _as_refusals(sentences: Sequence[Said]) -> tuple[Refusal, ...]:
    return tuple(Refusal("conclusion.verdict", one.msgid, one.params) for one in sentences)


def verdict_row(conclusion: Conclusion) -> SignatureVerdict | None:
    """What was found last of the signed file."""
    return SignatureVerdict.objects.filter(conclusion=conclusion).order_by("pk").last()


def verdict_of(conclusion: Conclusion) -> Verdict | None:
    """The same as a verdict."""
    row = verdict_row(conclusion)
    return unpacked(row.verdict) if row else None


def last_fields(conclusion: Conclusion) -> Collection[str]:
    """The fields that were signed in the newest file."""
    verdict = verdict_of(conclusion)
    return {each.field for each in verdict.signatures} if verdict else set()


def judged(conclusion: Conclusion, *, at: datetime) -> Judgement | None:
    """What the newest file is worth now; None where nothing is signed in a file."""
    ready, file = prepared(conclusion), newest(conclusion)
    there = counting(conclusion, signatures(conclusion))
    places = {each.place for each in there if each.form == Form.QUALIFIED}
    if ready is None or file is None or (file == ready.file and not places):
        return None
    trusted = folder.load(folder.folder())
    verdict = verify(documents.text_of(file), trusted, at=at)
    reasons = why_file_fails(
        is_valid=verdict.result is Result.VALID,
        is_prepared_one=verdict.hash == ready.file.sha256,
        signed={each.field for each in verdict.signatures},
        counting=places,
    )
    return Judgement(file, verdict, trusted, reasons)


def concluded_as(prepared_hash: str) -> Conclusion | None:
    """The conclusion for which a file of this hash was prepared, if it led to an agreement."""
    rows = Conclusion.objects.filter(prepared__file__sha256=prepared_hash, way=Way.ELECTRONIC)
    return rows.filter(agreement__isnull=False).select_related("agreement").first()


def is_newest(conclusion: Conclusion, content: bytes) -> bool:
    """Whether a file is, byte for byte, the newest one of a conclusion."""
    file = newest(conclusion)
    return file is not None and file.sha256 == sha256(content).hexdigest()


def demo_key(actor: Actor) -> bytes | None:
    """The key of a person of the demo, with which she signs on the page; None elsewhere."""
    number = getattr(actor, "pk", None)
    if not (settings.DEMO and getattr(actor, "is_demo", False) and number):
        return None
    if installation.kind() != installation.Kind.DEMO:
        return None
    file = settings.ENVIRONMENT.data / DEMO_KEYS / f"{number}.p12"
    return file.read_bytes() if file.is_file() else None


OLDER = msg("Diese Datei liegt hier schon, und seither kam nichts hinzu.")
SIGNED_OLDER = msg(
    "Inzwischen liegt eine neuere Datei vor, unterschrieben von {names}. Laden Sie die neueste "
    "Datei herunter und unterschreiben Sie diese; Ihre Unterschrift unter der älteren lässt sich "
    "nicht übertragen."
)
NOTHING_NEW = msg("In dieser Datei steht keine neue Unterschrift.")
ADDED_MUCH = msg("Mit der Unterschrift kamen mehr als {most} Kilobyte hinzu; das ist zu viel.")
