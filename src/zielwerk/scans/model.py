"""What is known of a scanned file: its pages, the codes on them, the text that lies in them."""

from dataclasses import dataclass
from enum import StrEnum

from zielwerk.scans.codes import Code


class Origin(StrEnum):
    """Where the text of a page comes from.

    ``WRITTEN`` is what one sees. ``RECOGNISED`` lies in the file beside a picture of the page: some
    program read it off, perhaps wrongly, and nothing keeps the picture from showing otherwise.
    """

    NONE = "none"
    WRITTEN = "written"
    RECOGNISED = "recognised"


@dataclass(frozen=True)
class Reading:
    """The text of a page and where it comes from."""

    text: str = ""
    origin: Origin = Origin.NONE


@dataclass(frozen=True)
class Found:
    """A code of ours, and by how many degrees the page lies
    turned to the right: 0, 90, 180 or 270."""

    code: Code
    turned: int


@dataclass(frozen=True)
class Page:
    """One page of a file. ``others`` are codes that are not ours, such as a sender's."""

    codes: tuple[Found, ...] = ()
    others: int = 0
    is_blank: bool = False
    reading: Reading = Reading()


@dataclass(frozen=True)
class Scan:
    """A file as it was read, page by page, in its own order."""

    pages: tuple[Page, ...]
