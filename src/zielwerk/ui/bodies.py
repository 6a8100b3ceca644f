"""A regional body on every page: one short name, its kind and key where people ask for them.

What takes ``of`` takes whatever is of a body: its key (AGS), a body of the programme, or a row
with its key.
"""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString

from zielwerk.core.words import body_of
from zielwerk.language import German
from zielwerk.packs import loading as packs
from zielwerk.packs import naming
from zielwerk.ui import wording


def short(of: Any) -> German:
    """The short name: for options, charts, messages, titles, cells of a file."""
    if isinstance(of, str):
        return German(naming.short(settings.PROGRAMME, of))
    return German(body_of(of)) if hasattr(of, "programme") else short(of.ags)


def shown(of: Any) -> SafeString:
    """The short name on a page, marked as German where the page is not."""
    return format_html("{}", short(of))


def brief(of: Any) -> str:
    """The name for a place as narrow as a tile: "MKK", "KS Stadt"."""
    name = _name(of)
    return name.brief if name else short(of)


def official(of: Any) -> German:
    """The official name with the kind, and the key: "Landkreis Kassel, AGS 06633"."""
    name = _name(of)
    ags = of if isinstance(of, str) else of.ags
    said = filter(None, (name.official if name else short(of), ags and f"{wording.key()} {ags}"))
    return German(", ".join(said))


def beside(of: Any) -> German:
    """What the short name leaves out of the official one, and the key.

    "Landkreis Kassel, AGS 06633" beside "Kassel Land", "kreisfreie Stadt, AGS 06412" beside
    "Frankfurt am Main".
    """
    name, whole = short(of), official(of)
    if not whole.startswith((f"{name} (", f"{name},")):
        return whole
    return German(whole[len(name) :].lstrip(" (,").replace(")", "", 1))


def kind(of: Any) -> str:
    """The kind's name; empty where the programme has no such body."""
    name = _name(of)
    return name.kind.label if name else ""


def kinds() -> list[tuple[str, Any]]:
    """The kinds of bodies that the programme has, as options; what is sent is their label."""
    declared = packs.programme(settings.PROGRAMME).body_kinds
    return [(str(kind.label), kind.label) for kind in declared]


def kind_called(label: str) -> German:
    """A kind by the label under which it was written down, with what the programme says of it."""
    declared = packs.programme(settings.PROGRAMME).body_kinds
    kind = next((kind.label for kind in declared if kind.label == label), label)
    return kind if isinstance(kind, German) else German(kind)


def choices(keys: Iterable[str] | None = None) -> list[tuple[str, Any]]:
    """The bodies of these keys, or all, as options in the order of their names."""
    names = naming.names(settings.PROGRAMME)
    return [(ags, short(ags)) for ags in naming.in_order(settings.PROGRAMME, keys or names)]


def _name(of: Any) -> naming.BodyName | None:
    ags = of if isinstance(of, str) else of.ags
    return naming.names(getattr(of, "programme", settings.PROGRAMME)).get(ags)
