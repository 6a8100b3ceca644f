"""The programme's own words: what it calls its document, the key of its bodies, itself.

The software says "Vereinbarung", "Gebietskörperschaft" and "Schlüssel", which are true of every
programme; where a page says more, it takes the word from here, or in a template from
``frame.programme``. They are German texts of the data with an English wording.
"""

from django.conf import settings

from zielwerk.packs import loading as packs
from zielwerk.packs.model import Programme
from zielwerk.ui.tags.values import words


def programme() -> Programme:
    """The programme that this installation serves."""
    return packs.programme(settings.PROGRAMME)


def key() -> str:
    """The short name of the key that tells bodies apart: "AGS"."""
    return programme().identifier.label


def key_heading() -> str:
    """The same as the heading of a file's column, in the person's language."""
    return words(key())


def territory() -> str:
    """What the giver of the money is in general: "Land"."""
    return programme().territory
