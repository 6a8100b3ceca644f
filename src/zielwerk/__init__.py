"""Zielwerk runs a public funding programme by target agreements."""

__version__ = "0.1.0"
