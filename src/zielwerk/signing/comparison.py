"""Two states of one file: whether the later one has nothing but further signatures.

Every object of the earlier state must be in the later one as it was. Only a field that was empty
may have got a signature and its picture, which is drawn within the field. What is new elsewhere is
not reached from anywhere, unless the earlier state pointed at what it did not have yet; that is
how a document can be made to be changed, and counts as a change.

pyHanko's own comparison knows more cases, but follows each chain of objects to its end, and fails
at a document of some hundred pages.
"""

import io
import re
from collections.abc import Iterator

import pikepdf
from pikepdf import Dictionary, Name, Object, Stream

Id = tuple[int, int]

_REFERENCE = re.compile(rb"(\d+) (\d+) R\b")
_OF_SIGNING = frozenset({"/V", "/AP"})
# What a program says of itself, and where it keeps what proves certificates: nothing one sees.
_OF_THE_FILE = frozenset({"/Version", "/Extensions", "/DSS"})


def has_only_more_signatures(before: bytes, after: bytes) -> bool:
    """Whether a file differs from an earlier state by signatures in fields that were there."""
    try:
        with _opened(before) as old, _opened(after) as new:
            return _is_kept(old, new) and not _is_promised(old, new)
    except pikepdf.PdfError:  # one of them cannot be read as it stands
        return False


def _is_kept(old: pikepdf.Pdf, new: pikepdf.Pdf) -> bool:
    """Whether all that was there is there as it was, and reading begins where it did."""
    root = old.Root.objgen
    return _beginning(old) == _beginning(new) and all(
        _said(one) == _said(other)
        or _is_signed(one, other)
        or (one.objgen == root and _is_same(one, other, _OF_THE_FILE))
        for one, other in ((one, new.get_object(one.objgen)) for one in old.objects)
    )


def _is_promised(old: pikepdf.Pdf, new: pikepdf.Pdf) -> bool:
    """Whether something came that the earlier state pointed at before it was there."""
    there = {one.objgen for one in old.objects}
    came = {one.objgen for one in new.objects} - there
    return any(not came.isdisjoint(_references(one)) for one in old.objects)


def _opened(content: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(content), attempt_recovery=False)


def _said(one: Object) -> bytes:
    """All that an object says, but for what its references lead to."""
    if isinstance(one, Stream):
        return one.stream_dict.unparse(resolved=True) + b"\n" + one.read_raw_bytes()
    return one.unparse(resolved=True)


def _references(one: Object) -> Iterator[Id]:
    said = (one.stream_dict if isinstance(one, Stream) else one).unparse(resolved=True)
    return ((int(found[1]), int(found[2])) for found in _REFERENCE.finditer(said))


def _is_signed(old: Object, new: Object) -> bool:
    """Whether an empty field for a signature became a signed one, and that is all."""
    is_field = isinstance(old, Dictionary) and isinstance(new, Dictionary)
    if not is_field or old.get(Name.FT) != Name.Sig or Name.V in old or Name.V not in new:
        return False
    return _is_same(old, new, _OF_SIGNING)


def _is_same(old: Object, new: Object, but: frozenset[str]) -> bool:
    """Whether two dictionaries say the same, some keys left out."""
    return _entries(old, but) == _entries(new, but)


def _entries(one: Object, but: frozenset[str]) -> dict[str, bytes]:
    return {
        key: value.unparse() if isinstance(value, Object) else repr(value).encode()
        for key, value in one.items()
        if key not in but
    }


def _beginning(document: pikepdf.Pdf) -> tuple[bytes, bytes]:
    """Where reading a file begins."""
    trailer = document.trailer
    info = trailer.get(Name.Info)
    return trailer.Root.unparse(), info.unparse() if isinstance(info, Object) else b""
