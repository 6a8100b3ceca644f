"""A list declared once: its columns make page, cards, order, sums, CSV, XLSX and data.

``docs/handbook/ui-kit.md`` (Lists) says how one is declared.
"""

from zielwerk.ui.lists.columns import (
    FILE_NUMBER,
    INVENTED,
    INVENTED_BODY,
    KEY_OF_BODY,
    STATE,
    Column,
    amount,
    body,
    cents,
    invented,
    mark,
    muted,
    short_name,
    unbroken,
)
from zielwerk.ui.lists.doors import LISTS, door, file, of_cases, wrong
from zielwerk.ui.lists.listing import Filters, Listed, Listing
from zielwerk.ui.lists.sources import Summed

__all__ = [
    "FILE_NUMBER",
    "INVENTED",
    "INVENTED_BODY",
    "KEY_OF_BODY",
    "LISTS",
    "STATE",
    "Column",
    "Filters",
    "Listed",
    "Listing",
    "Summed",
    "amount",
    "body",
    "cents",
    "door",
    "file",
    "invented",
    "mark",
    "muted",
    "of_cases",
    "short_name",
    "unbroken",
    "wrong",
]
