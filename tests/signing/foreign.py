"""What other programs and other people do to a file that somebody signed."""

import io
import re
from collections.abc import Callable
from datetime import datetime

import pikepdf
from asn1crypto import keys
from asn1crypto import x509 as asn1
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pikepdf import Array, Dictionary, Name, String
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from zielwerk.signing.keys import Key

Writer = IncrementalPdfFileWriter


def certificate_of(key: Key) -> asn1.Certificate:
    return asn1.Certificate.load(key.certificate.public_bytes(Encoding.DER))


def private_of(key: Key) -> keys.PrivateKeyInfo:
    return keys.PrivateKeyInfo.load(
        key.private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    )


def signer_of(key: Key) -> SimpleSigner:
    return SimpleSigner(certificate_of(key), private_of(key), SimpleCertificateStore())


def clock_of(key: Key, at: datetime) -> DummyTimeStamper:
    """A service that vouches for a time, the same always."""
    return DummyTimeStamper(certificate_of(key), private_of(key), fixed_dt=at)


def bare_sign(pdf: bytes, field: str, key: Key, box: SigFieldSpec | None = None) -> bytes:
    """As pyHanko signs by itself, now: the metadata anew, and a field of its own where told."""
    made = io.BytesIO()
    metadata = PdfSignatureMetadata(field_name=field, subfilter=SigSeedSubFilter.PADES)
    signer = PdfSigner(metadata, signer_of(key), new_field_spec=box)
    signer.sign_pdf(Writer(io.BytesIO(pdf)), output=made)
    return made.getvalue()


def appended(pdf: bytes, change: Callable[[Writer], None]) -> bytes:
    """The file with a further part, as somebody appends it who cannot sign."""
    writer = Writer(io.BytesIO(pdf))
    writer._update_meta = lambda: None  # type: ignore[method-assign]
    change(writer)
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def rewritten(pdf: bytes, change: Callable[[pikepdf.Pdf], None]) -> bytes:
    """The file written anew."""
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        change(document)
        document.save(made)
    return made.getvalue()


def _page(writer: Writer) -> generic.DictionaryObject:
    page: generic.DictionaryObject = writer.root["/Pages"]["/Kids"][-1].get_object()
    return page


def _field(writer: Writer, place: int) -> generic.DictionaryObject:
    field: generic.DictionaryObject = writer.root["/AcroForm"]["/Fields"][place].get_object()
    return field


def _stream(writer: Writer, content: bytes) -> generic.IndirectObject:
    box = generic.ArrayObject(map(generic.NumberObject, (0, 0, 400, 400)))
    entries = {
        generic.pdf_name("/Type"): generic.pdf_name("/XObject"),
        generic.pdf_name("/Subtype"): generic.pdf_name("/Form"),
        generic.pdf_name("/BBox"): box,
    }
    return writer.add_object(generic.StreamObject(entries, stream_data=content))


def replace_the_text(writer: Writer) -> None:
    """Replace: another content of the page."""
    page = _page(writer)
    page["/Contents"] = _stream(writer, b"0 0 100 100 re f")
    writer.update_container(page)


def overwrite_the_text(writer: Writer) -> None:
    """Replace: the same object with other content."""
    content = _page(writer).raw_get("/Contents")
    stream = content.get_object()
    stream._data = b"0 0 100 100 re f"
    stream._encoded_data = None
    writer.mark_update(content)


def cover_the_text(writer: Writer) -> None:
    """Hide: a note over the text."""
    page = _page(writer)
    note = generic.DictionaryObject(
        {
            generic.pdf_name("/Type"): generic.pdf_name("/Annot"),
            generic.pdf_name("/Subtype"): generic.pdf_name("/FreeText"),
            generic.pdf_name("/Rect"): generic.ArrayObject(
                map(generic.NumberObject, (70, 400, 500, 700))
            ),
            generic.pdf_name("/Contents"): generic.TextStringObject("9.999.999 Euro"),
            generic.pdf_name("/F"): generic.NumberObject(4),
        }
    )
    page["/Annots"].append(writer.add_object(note))
    writer.update_container(page["/Annots"])
    writer.update_container(page)


def add_a_page(writer: Writer) -> None:
    page = generic.DictionaryObject(_page(writer))
    pages = writer.root["/Pages"]
    pages["/Kids"].append(writer.add_object(page))
    pages["/Count"] = generic.NumberObject(int(pages["/Count"]) + 1)
    writer.update_container(pages["/Kids"])
    writer.update_container(pages)


def drop_a_page(writer: Writer) -> None:
    pages = writer.root["/Pages"]
    del pages["/Kids"][0]
    pages["/Count"] = generic.NumberObject(int(pages["/Count"]) - 1)
    writer.update_container(pages["/Kids"])
    writer.update_container(pages)


def change_the_stamp(writer: Writer) -> None:
    """Another picture in a field that is signed."""
    field = _field(writer, 0)
    field["/AP"] = generic.DictionaryObject(
        {generic.pdf_name("/N"): _stream(writer, b"0 0 100 100 re f")}
    )
    writer.update_container(field)


def move_an_empty_field(writer: Writer) -> None:
    """A field that may still be signed, made as large as the page."""
    field = _field(writer, 1)
    field["/Rect"] = generic.ArrayObject(map(generic.NumberObject, (0, 0, 595, 842)))
    writer.update_container(field)


def take_the_signature_out(writer: Writer) -> None:
    field = _field(writer, 0)
    del field["/V"]
    writer.update_container(field)


def layers(writer: Writer) -> None:
    """Hide: what is seen depends on a layer."""
    writer.root["/OCProperties"] = generic.DictionaryObject()
    writer.update_root()


def another_title(writer: Writer) -> None:
    """The metadata, whose title stands above the window."""
    reference = writer.root.raw_get("/Metadata")
    stream = reference.get_object()
    data = stream.data.replace(b"Zielvereinbarung", b"Zielverzichtung!")
    stream._data, stream._encoded_data = data, None
    writer.mark_update(reference)


CHANGES: tuple[Callable[[Writer], None], ...] = (
    replace_the_text,
    overwrite_the_text,
    cover_the_text,
    add_a_page,
    drop_a_page,
    change_the_stamp,
    take_the_signature_out,
    layers,
    another_title,
)


def with_a_text_field(pdf: bytes) -> bytes:
    """A paper with a field that one fills in, before it is prepared."""

    def add(document: pikepdf.Pdf) -> None:
        page = document.pages[0].obj
        field = document.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Widget,
                FT=Name.Tx,
                T=String("betrag"),
                TU=String("Betrag"),
                V=String("1.000 Euro"),
                Rect=Array([70, 20, 280, 40]),
                F=4,
                P=page,
            )
        )
        page.Annots = Array([field])
        document.Root.AcroForm = document.make_indirect(Dictionary(Fields=Array([field])))

    return rewritten(pdf, add)


def fill_in(writer: Writer) -> None:
    field = _field(writer, 0)
    field["/V"] = generic.TextStringObject("9.999 Euro")
    writer.update_container(field)


def with_a_note(pdf: bytes) -> bytes:
    """A paper whose first page points at an object of its own."""

    def point(document: pikepdf.Pdf) -> None:
        document.pages[0].obj.Note = document.make_indirect(Dictionary(Here=True))

    return rewritten(pdf, point)


def with_a_promise(pdf: bytes) -> bytes:
    """The same, pointing at an object that is not there: shown once it comes."""
    number = re.search(rb"/Note (\d+) 0 R", pdf)
    assert number
    return pdf.replace(number[0], b"/Note %s 0 R" % (b"9" * len(number[1])))


def keep_the_promise(writer: Writer) -> None:
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    promised = page.raw_get("/Note").reference
    writer.objects[(promised.generation, promised.idnum)] = generic.DictionaryObject(
        {generic.pdf_name("/Text"): generic.TextStringObject("9.999.999 Euro")}
    )
