"""Pages of files."""

from zielwerk.filing.views.files import case_file, package, pdf
from zielwerk.filing.views.offering import answer, offer, over

__all__ = ["answer", "case_file", "offer", "over", "package", "pdf"]
