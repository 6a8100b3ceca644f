"""Texts that a spreadsheet would run as a formula: marked when written, bare when read."""

import re

# With blanks before the sign or not, and in both widths of East Asian writing.
_RUNS = r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r]"
_TO_MARK = re.compile(f"'*(?:{_RUNS})")
_MARKED = re.compile(f"'+(?:{_RUNS})")


def harmless(text: str) -> str:
    """The text with an apostrophe before it, if a spreadsheet would run it from a CSV file."""
    return f"'{text}" if _TO_MARK.match(text) else text


def bare(text: str) -> str:
    """The text as it was before :func:`harmless`."""
    return text[1:] if text.startswith("'") and _MARKED.match(text) else text
