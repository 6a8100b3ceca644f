"""What pages show of files: the file of a case put together, and the way to it from its page."""

from zielwerk.filing.panels.file import case_file, sorts
from zielwerk.filing.panels.link import PARTS, url_of

__all__ = ["PARTS", "case_file", "sorts", "url_of"]
