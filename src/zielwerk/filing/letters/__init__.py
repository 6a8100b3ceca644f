"""The file of a case as one PDF, and as a ZIP file with metadata and all that is in it."""

from zielwerk.filing.letters.package import package, pdf

__all__ = ["package", "pdf"]
