"""Signing: one person after the other into the fields that were prepared (PAdES)."""

import io
from datetime import datetime
from typing import Any

from asn1crypto import x509 as asn1
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.content import PdfContent
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import BoxConstraints
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, Signer
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore

from zielwerk.rulebook.refusal import Refusal, Refused, msg
from zielwerk.signing.keys import Key, is_marked, is_same_signer, person_of, refuse_outdated
from zielwerk.signing.model import DEMONSTRATION, hash_of
from zielwerk.signing.revisions import (
    Found,
    certificate_of,
    fields_of,
    is_untouched,
    prepared_part,
    signed,
)
from zielwerk.signing.stamp import stamp

SPARE_BYTES = 2_000  # of a container beside certificates: the signature and what it says
TIMESTAMP_BYTES = 12_000


def sign(
    pdf: bytes,
    field: str,
    key: Key,
    *,
    prepared: str,
    moment: datetime,
    language: str = "de",
    clock: TimeStamper | None = None,
) -> bytes:
    """The file with one more signature; what was there stays as it is, byte for byte.

    ``prepared`` is the hash of the prepared file, ``clock`` a service that vouches for the time;
    without one the time is the signer's claim.

    Raises Refused for a certificate that is out of date, a field that is not there or signed, a
    person who signed already, and a file that is not the prepared one with intact signatures.
    """
    refuse_outdated(key.certificate, moment)
    reader, earlier = _read(pdf, prepared)
    fields = fields_of(reader)
    if field not in fields:
        raise Refused(Refusal("signing.no_field", _NO_FIELD, {"field": field}))
    person = person_of(key.certificate)
    for signature in earlier:
        certificate = certificate_of(signature)
        if signature.fq_name == field:
            params: dict[str, object] = {"name": person_of(certificate).name}
            raise Refused(Refusal("signing.field_signed", _FIELD_SIGNED, params))
        if is_same_signer(certificate, key.certificate):
            raise Refused(Refusal("signing.signer_twice", _TWICE, {"name": person.name}))
    writer = IncrementalPdfFileWriter.from_reader(reader)
    # pyHanko writes the metadata anew and so loses the marks of PDF/A and PDF/UA (its issue 755).
    writer._update_meta = lambda: None  # type: ignore[method-assign]
    picture = stamp(
        person,
        moment,
        _size(fields[field]),
        language=language,
        is_demonstration=is_marked(key.certificate, DEMONSTRATION),
    )
    signer = _AtMoment(_metadata(field, key), _Held(key), moment, clock, _Page.style(picture))
    made = io.BytesIO()
    signer.sign_pdf(
        writer, existing_fields_only=True, bytes_reserved=_container(key, clock), output=made
    )
    return made.getvalue()


def _read(pdf: bytes, prepared: str) -> tuple[PdfFileReader, list[Found]]:
    """The file and its signatures, where it is the prepared one with nothing but signatures."""
    try:
        reader = PdfFileReader(io.BytesIO(pdf))
        earlier = signed(reader)
        is_it = hash_of(prepared_part(pdf, reader, earlier)) == prepared
        is_sound = all(is_untouched(pdf, signature) for signature in earlier)
    except Exception as error:  # the reader of a spoilt file fails in many ways
        raise Refused(Refusal("signing.unreadable", _UNREADABLE)) from error
    if not is_it:
        raise Refused(Refusal("signing.other_version", _OTHER_VERSION))
    if not is_sound:
        raise Refused(Refusal("signing.altered", _ALTERED))
    return reader, earlier


def _size(field: Any) -> tuple[float, float]:
    left, bottom, right, top = map(float, field["/Rect"])
    return right - left, top - bottom


def _metadata(field: str, key: Key) -> PdfSignatureMetadata:
    is_edwards = isinstance(key.private, ed25519.Ed25519PrivateKey)  # it has a digest of its own
    return PdfSignatureMetadata(
        field_name=field,
        md_algorithm="sha512" if is_edwards else "sha256",
        subfilter=SigSeedSubFilter.PADES,
        name=key.person.name,
    )


def _container(key: Key, clock: TimeStamper | None) -> int:
    """The room for the signature in hexadecimal digits; it is written after the file is."""
    chain = (key.certificate, *key.chain)
    size = sum(len(one.public_bytes(Encoding.DER)) for one in chain) + SPARE_BYTES
    return 2 * (size + (TIMESTAMP_BYTES if clock else 0))


class _Held(Signer):
    """A key that was read and checked once; pyHanko's own reads it twice a signature."""

    def __init__(self, key: Key) -> None:
        certificate, *chain = (
            asn1.Certificate.load(one.public_bytes(Encoding.DER))
            for one in (key.certificate, *key.chain)
        )
        store = SimpleCertificateStore()
        store.register_multiple(chain)
        super().__init__(signing_cert=certificate, cert_registry=store, embed_roots=False)
        self.private = key.private

    async def async_sign_raw(
        self, data: bytes, digest_algorithm: str, dry_run: bool = False
    ) -> bytes:
        if isinstance(self.private, rsa.RSAPrivateKey):
            return self.private.sign(data, padding.PKCS1v15(), hashes.SHA256())
        if isinstance(self.private, ec.EllipticCurvePrivateKey):
            return self.private.sign(data, ec.ECDSA(hashes.SHA256()))
        return self.private.sign(data)


class _AtMoment(PdfSigner):
    """A signer that is told the time, and adds nothing but the signature."""

    def __init__(
        self,
        metadata: PdfSignatureMetadata,
        signer: Signer,
        moment: datetime,
        clock: TimeStamper | None,
        style: StaticStampStyle,
    ) -> None:
        super().__init__(metadata, signer, timestamper=clock, stamp_style=style)
        self.moment = moment

    def init_signing_session(
        self, pdf_out: BasePdfFileWriter, existing_fields_only: bool = False
    ) -> PdfSigningSession:
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self.moment
        return session

    def register_extensions(self, pdf_out: BasePdfFileWriter, *, md_algorithm: str) -> None:
        """Nothing: the prepared file says already what is needed, and keeps its version."""


class _Page(PdfContent):
    """The page of a small PDF as the picture in a field."""

    def __init__(self, pdf: bytes) -> None:
        super().__init__()
        self.pdf = pdf

    @classmethod
    def style(cls, pdf: bytes) -> StaticStampStyle:
        return StaticStampStyle(background=cls(pdf), border_width=0)

    def render(self) -> bytes:
        page = self._ensure_writer.import_page_as_xobject(PdfFileReader(io.BytesIO(self.pdf)))
        self.resources.xobject["/Stamp"] = page
        left, bottom, right, top = page.get_object()["/BBox"]
        self.box = BoxConstraints(width=abs(left - right), height=abs(bottom - top))
        return b"/Stamp Do"


_UNREADABLE = msg("Die Datei lässt sich nicht als PDF lesen; unterschrieben wird sie so nicht.")
_OTHER_VERSION = msg(
    "Diese Datei ist nicht die, die zur Unterschrift vorbereitet wurde; unterschrieben wird nur"
    " diese."
)
_ALTERED = msg(
    "Die Datei wurde nach einer Unterschrift geändert; unterschrieben wird sie so nicht."
)
_NO_FIELD = msg("Ein Feld „{field}“ wurde nicht vorbereitet.")
_FIELD_SIGNED = msg("In diesem Feld hat {name} schon unterschrieben.")
_TWICE = msg("{name} hat schon unterschrieben; niemand unterschreibt zweimal.")
