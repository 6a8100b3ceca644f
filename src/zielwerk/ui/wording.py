"""The programme's own words: what it calls its document, the key of its bodies, itself.

The software says "Gebietskörperschaft" and "Schlüssel", which are true of every programme; where
a page says more, it takes the word from here, or in a template from ``frame.programme``. They are
German texts of the data with an English wording. It also says "Vereinbarung": where a programme
grants its money by a notice instead, :func:`fit` gives what a page says of notices.
"""

from typing import Any

from django.conf import settings
from django.utils.translation import ngettext

from zielwerk.language import German, translate
from zielwerk.packs import loading as packs
from zielwerk.packs.model import Programme
from zielwerk.ui.notices import NOTICES, SEVERAL
from zielwerk.ui.tags.values import language, words

# Masculine and neuter by the feminine form.
INFLECTED: dict[str, dict[str, tuple[str, str]]] = {
    "nominative": {"eine": ("ein", "ein"), "die": ("der", "das"), "diese": ("dieser", "dieses")},
    "accusative": {"eine": ("einen", "ein"), "die": ("den", "das"), "diese": ("diesen", "dieses")},
    "dative": {"der": ("dem", "dem"), "jeder": ("jedem", "jedem")},
}


def programme() -> Programme:
    """The programme that this installation serves."""
    return packs.programme(settings.PROGRAMME)


def key() -> str:
    """The short name of the key that tells bodies apart: "AGS"."""
    return programme().identifier.label


def key_heading() -> str:
    """The same as the heading of a file's column, in the person's language."""
    return words(key())


def said(msgid: str) -> German:
    """A German msgid with the programme's word for its documents in the slot ``{documents}``."""
    plural = programme().document.plural
    english = translate(msgid, "en").format(documents=translate(plural, "en"))
    return German(msgid.format(documents=plural), english)


def of_document(feminine: str, case: str = "nominative") -> str:
    """An article as the gender of the document's name takes it, given in the feminine.

    ``of_document("diese", "accusative")`` is "diesen" where the programme has a Bescheid.
    """
    gender = programme().document.gender
    return feminine if gender == "f" else INFLECTED[case][feminine]["mn".index(gender)]


def territory() -> str:
    """What the giver of the money is in general: "Land"."""
    return programme().territory


def fit(msgid: str) -> str:
    """A msgid that speaks of agreements, or what is said of notices in its place.

    :func:`zielwerk.language.translate` asks it of every msgid; a text that Django's ``gettext``
    or ``{% translate %}`` would say is said by :func:`fitted` or ``{% fitted %}``.
    """
    return NOTICES[msgid] if msgid in NOTICES and packs.grants(settings.PROGRAMME) else msgid


def fitted(msgid: str, **values: Any) -> str:
    """A sentence about the programme's documents, in the person's language, its slots filled.

    It must be one of those that have two wordings, so that none is asked for in vain.
    """
    assert msgid in NOTICES, f"no wording for notices: {msgid}"
    said_as = translate(msgid, language())
    return said_as.format(**values) if values else said_as


def fitted_number(pair: tuple[str, str], number: int) -> str:
    """The singular or the plural of a phrase about the programme's documents."""
    return ngettext(*(SEVERAL[pair] if packs.grants(settings.PROGRAMME) else pair), number)
