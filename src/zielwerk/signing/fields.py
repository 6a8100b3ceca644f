"""Fields for signatures, made before anybody signs.

A field that comes later would break the signatures that are there, and those that signing programs
add are unknown to screen readers. So each place is tagged, has a label that is read out, and locks
the file when it is signed: from then on only further signatures may be added.
"""

import io
from collections.abc import Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from zielwerk.rulebook.refusal import Refusal, Refused, msg
from zielwerk.signing.model import Place, Prepared, hash_of

PRINTED_AND_LOCKED = 4 + 128
SIGNATURES_EXIST, APPEND_ONLY = 1, 2
ONLY_FORMS = 2  # what may change after a signature: fields that are there may be filled
# That signatures are of the kind of EN 319 142 (PAdES); said now, so that signing need not add it.
_OF_PADES = Dictionary(Type=Name.DeveloperExtensions, BaseVersion=Name("/1.7"), ExtensionLevel=1)


def prepare(pdf: bytes, places: Sequence[Place]) -> Prepared:
    """The file with one empty field a place; the same file and places give the same bytes.

    Raises Refused for what is no tagged PDF, is encrypted or signed, and ValueError for places
    that a caller made wrongly: none, two of one name, off the page, or over one another.
    """
    with _opened(pdf) as document:
        _check(document, places)
        for place in places:
            _add(document, place)
        document.Root.Extensions = Dictionary(ESIC=_OF_PADES)
        made = io.BytesIO()
        document.save(
            made,
            preserve_pdfa=True,
            deterministic_id=True,
            fix_metadata_version=False,  # else it writes the metadata in words of its own
            object_stream_mode=pikepdf.ObjectStreamMode.preserve,
        )
    return Prepared(made.getvalue(), hash_of(made.getvalue()))


def _opened(pdf: bytes) -> pikepdf.Pdf:
    try:
        document = pikepdf.open(io.BytesIO(pdf))
    except pikepdf.PdfError as error:  # a password is asked for, or it is no PDF at all
        raise Refused(Refusal("signing.no_document", _NO_DOCUMENT)) from error
    if document.is_encrypted:
        raise Refused(Refusal("signing.no_document", _NO_DOCUMENT))
    if Name.StructTreeRoot not in document.Root:
        raise Refused(Refusal("signing.untagged", _UNTAGGED))
    if any(field.get(Name.FT) == Name.Sig for field in _fields(document)):
        raise Refused(Refusal("signing.prepared", _PREPARED))
    return document


def _fields(document: pikepdf.Pdf) -> list[pikepdf.Object]:
    form = document.Root.get(Name.AcroForm, Dictionary())
    return list(form.get(Name.Fields, Array()))


def _check(document: pikepdf.Pdf, places: Sequence[Place]) -> None:
    names = [place.name for place in places]
    if not names or len(set(names)) < len(names) or not all(map(_is_name, names)):
        raise ValueError(f"each field needs a name of its own without dots: {names}")
    if unlabelled := [place.name for place in places if not place.label.strip()]:
        raise ValueError(f"fields without a label: {unlabelled}")
    known = {str(field.get(Name.T, "")) for field in _fields(document)}
    if taken := known.intersection(names):
        raise ValueError(f"fields of these names are there: {taken}")
    count = len(document.pages)
    taken_up: list[tuple[int, tuple[float, float, float, float]]] = []
    for place in places:
        page = place.page - 1 if place.page > 0 else count + place.page
        if place.page == 0 or not 0 <= page < count:
            raise ValueError(f"{place.name}: there are {count} pages, none is {place.page}")
        if not _lies_on(document.pages[page], place.rectangle):
            raise ValueError(f"{place.name} does not lie on page {place.page}")
        if any(page == other and _overlap(place.rectangle, area) for other, area in taken_up):
            raise ValueError(f"{place.name} lies over another field")
        taken_up.append((page, place.rectangle))


def _is_name(name: str) -> bool:
    return bool(name.strip()) and "." not in name


def _lies_on(page: pikepdf.Page, area: tuple[float, float, float, float]) -> bool:
    left, bottom, right, top = map(float, page.mediabox)
    return left <= area[0] < area[2] <= right and bottom <= area[1] < area[3] <= top


def _overlap(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    beside = one[2] <= other[0] or other[2] <= one[0]
    return not (beside or one[3] <= other[1] or other[3] <= one[1])


def _add(document: pikepdf.Pdf, place: Place) -> None:
    page = document.pages[place.page - 1 if place.page > 0 else place.page].obj
    key, numbers = _next_key(document.Root.StructTreeRoot)
    widget = document.make_indirect(_widget(document, place, page, key))
    element = document.make_indirect(_element(document, place, page, widget))
    _append(_parent(document), Name.K, element)
    numbers.append(key)
    numbers.append(element)
    if Name.Annots not in page:
        page.Annots = Array()
    page.Annots.append(widget)
    page.Tabs = Name.S
    if Name.AcroForm not in document.Root:
        document.Root.AcroForm = document.make_indirect(Dictionary(Fields=Array()))
    document.Root.AcroForm.Fields.append(widget)
    document.Root.AcroForm.SigFlags = SIGNATURES_EXIST + APPEND_ONLY


def _widget(
    document: pikepdf.Pdf, place: Place, page: pikepdf.Object, key: int
) -> pikepdf.Dictionary:
    left, bottom, right, top = place.rectangle
    empty = document.make_stream(
        b"",
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array([0, 0, right - left, top - bottom]),
    )
    lock = Dictionary(
        Type=Name.SigFieldLock,
        Action=Name.Include,
        Fields=Array([String(place.name)]),
        P=ONLY_FORMS,
    )
    return Dictionary(
        Type=Name.Annot,
        Subtype=Name.Widget,
        FT=Name.Sig,
        T=String(place.name),
        TU=String(place.label),
        Contents=String(place.label),
        Rect=Array(place.rectangle),
        F=PRINTED_AND_LOCKED,
        P=page,
        StructParent=key,
        AP=Dictionary(N=empty),
        Lock=document.make_indirect(lock),
    )


def _element(
    document: pikepdf.Pdf, place: Place, page: pikepdf.Object, widget: pikepdf.Object
) -> pikepdf.Dictionary:
    return Dictionary(
        Type=Name.StructElem,
        S=Name.Form,
        P=_parent(document),
        Pg=page,
        Alt=String(place.label),
        Lang=String(place.language),
        K=Dictionary(Type=Name.OBJR, Obj=widget, Pg=page),
    )


def _parent(document: pikepdf.Pdf) -> pikepdf.Object:
    """The element that holds the whole document."""
    top = document.Root.StructTreeRoot.K
    return top[0] if isinstance(top, Array) else top


def _append(holder: pikepdf.Object, key: pikepdf.Name, item: pikepdf.Object) -> None:
    there = holder.get(key)
    if isinstance(there, Array):
        there.append(item)
    else:
        holder[key] = Array([item] if there is None else [there, item])


def _next_key(tree: pikepdf.Object) -> tuple[int, pikepdf.Object]:
    """A free key of the tree of parents, taken, and the list that it goes to."""
    leaf = tree.ParentTree
    while Name.Nums not in leaf:
        leaf = leaf.Kids[-1]
    numbers = leaf.Nums
    used = [int(numbers[place]) for place in range(0, len(numbers), 2)]
    key = max([int(tree.get(Name.ParentTreeNextKey, 0)), *(number + 1 for number in used)])
    tree.ParentTreeNextKey = key + 1
    if Name.Limits in leaf:
        leaf.Limits[1] = key
    return key, numbers


_NO_DOCUMENT = msg("Für Unterschriften vorbereiten lässt sich nur ein lesbares PDF ohne Kennwort.")
_UNTAGGED = msg(
    "Das PDF sagt Vorlesesoftware nicht, wie es aufgebaut ist; so wird es nicht zur Unterschrift"
    " vorbereitet."
)
_PREPARED = msg("Das PDF hat schon Felder für Unterschriften; vorbereitet wird es nur einmal.")
