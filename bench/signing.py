"""Signing a paper and checking it, beside pyHanko alone with the same key and stamp, same run.

Times are the processor's, so that a busy machine spoils none; that of a whole process is a clock's.
The peer does what a caller of pyHanko would: no look at what is signed, no stamp of its own making.
"""

import io
import os
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator import ValidationContext
from tests.signing.foreign import certificate_of, signer_of
from tests.typesetting.examples import agreement

from bench.timing import process, python
from zielwerk.config.demo_authority import Authority, issue, make_authority
from zielwerk.signing.authorities import Authorities
from zielwerk.signing.checking import examine
from zielwerk.signing.fields import prepare
from zielwerk.signing.keys import Key, Person
from zielwerk.signing.model import Place, Prepared
from zielwerk.signing.signing import sign
from zielwerk.signing.stamp import stamp
from zielwerk.typesetting.pdf import render

NOW = datetime(2026, 6, 12, 8, 32, tzinfo=UTC)
SIZE = (210.0, 60.0)
PLACES = tuple(
    Place(name, -1, (left, 80, left + SIZE[0], 80 + SIZE[1]), f"Unterschrift {name}")
    for name, left in (("land", 70), ("kreis", 310))
)
PEOPLE = (Person("Dr. Erika Muster", "Ministerin", "Land"), Person("Max Beispiel", "", "Kreis"))
TIMES = 9
PAGES = 1650  # clauses that make more than 500 pages


def run() -> list[tuple[str, ...]]:
    authority = make_authority(NOW)
    trusted = Authorities((authority.certificate.public_bytes(Encoding.DER),))
    paper = prepare(render(agreement(clauses=7)), PLACES)
    rows: list[tuple[str, ...]] = []
    for kind, keys in (("EC P-256", ec_keys(authority)), ("RSA 3072", rsa_keys(authority))):
        once = signed(paper, keys, 1)
        for name, before, place in (("first", paper.pdf, 0), ("second", once, 1)):
            rows.append(beside(f"{kind}, the {name} signature", paper, before, keys[place], place))
    both = signed(paper, ec_keys(authority), 2)
    peer = spent(lambda: validated(both, authority))
    ours = spent(lambda: examine(both, trusted, at=NOW))
    long = prepare(render(agreement(clauses=PAGES)), PLACES)
    thick = signed(long, ec_keys(authority), 2)
    return [
        *rows,
        (
            "a paper is set and prepared",
            f"{spent(lambda: prepare(render(agreement(7)), PLACES)):.0f} ms",
        ),
        ("both signatures are checked", f"{ours:.0f} ms", f"pyHanko alone {peer:.0f} ms"),
        ("`agreement verify`, whole process", *whole(both, trusted), "< 3 s"),
        (
            "500 pages with both signatures are checked",
            f"{spent(lambda: examine(thick, trusted, at=NOW), 3) / 1000:.1f} s",
            f"pyHanko alone: {outcome(lambda: validated(thick, authority))}",
            "< 10 s",
        ),
    ]


def beside(
    name: str, paper: Prepared, before: bytes, key: Key, place: int
) -> tuple[str, str, str, str]:
    """Ours and the peer's in turn, so that both meet the same machine."""
    field = PLACES[place].name
    picture = stamp(key.person, NOW, SIZE)
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        Path(file.name).write_bytes(picture)
        ours, peer = in_turn(
            lambda: sign(before, field, key, prepared=paper.hash, moment=NOW),
            lambda: bare(before, field, key, file.name),
        )
    ratio = ours / peer
    return name, f"{ours:.0f} ms", f"pyHanko alone {peer:.0f} ms: {ratio:.2f} times", "< 1.2 times"


def bare(pdf: bytes, field: str, key: Key, picture: str) -> bytes:
    made = io.BytesIO()
    metadata = PdfSignatureMetadata(
        field_name=field, subfilter=SigSeedSubFilter.PADES, md_algorithm="sha256"
    )
    style = StaticStampStyle.from_pdf_file(picture, border_width=0)
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    PdfSigner(metadata, signer_of(key), stamp_style=style).sign_pdf(writer, output=made)
    return made.getvalue()


def validated(pdf: bytes, authority: Authority) -> None:
    """What pyHanko's own validation costs."""
    root = certificate_of(Key(authority.certificate, authority.private))
    for signature in PdfFileReader(io.BytesIO(pdf)).embedded_signatures:
        context = ValidationContext(trust_roots=[root], allow_fetching=False, moment=NOW)
        assert validate_pdf_signature(signature, context).bottom_line


def outcome(work: Callable[[], object]) -> str:
    """What becomes of a work that may fail."""
    try:
        return f"{spent(work, 1) / 1000:.1f} s"
    except (RecursionError, AssertionError) as error:
        return type(error).__name__


def ec_keys(authority: Authority) -> list[Key]:
    return [issue(authority, person, NOW) for person in PEOPLE]


def rsa_keys(authority: Authority) -> list[Key]:
    privates = [rsa.generate_private_key(public_exponent=65537, key_size=3072) for _ in PEOPLE]
    return [
        issue(authority, person, NOW, private=private)
        for person, private in zip(PEOPLE, privates, strict=True)
    ]


def signed(paper: Prepared, keys: list[Key], count: int) -> bytes:
    pdf = paper.pdf
    for place, key in list(zip(PLACES, keys, strict=True))[:count]:
        pdf = sign(pdf, place.name, key, prepared=paper.hash, moment=NOW)
    return pdf


def whole(pdf: bytes, trusted: Authorities) -> tuple[str, str]:
    """The command as people call it, beside a Python that does nothing."""
    with tempfile.TemporaryDirectory() as folder:
        file, known = Path(folder) / "agreement.pdf", Path(folder) / "known"
        known.mkdir()
        file.write_bytes(pdf)
        (known / "root.der").write_bytes(trusted.certificates[0])
        words = ("agreement", "verify", str(file), "--authorities", str(known))
        command = python("-m", "zielwerk.config", *words)
        return (
            f"{process(command, 3):.0f} ms",
            f"python -c pass: {process(python('-c', 'pass')):.0f} ms"
            f" (load {os.getloadavg()[0]:.0f} on {os.cpu_count()} cores)",
        )


def in_turn(*works: Callable[[], object]) -> list[float]:
    """The least processor time of each in ms."""
    rounds = [[spent(work, 1) for work in works] for _ in range(TIMES)]
    return [min(each) for each in zip(*rounds, strict=True)]


def spent(work: Callable[[], object], times: int = TIMES) -> float:
    """The least processor time of several runs in ms."""

    def once() -> float:
        began = time.process_time()
        work()
        return (time.process_time() - began) * 1000

    return min(once() for _ in range(times))
