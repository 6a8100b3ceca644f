"""Pages of conclusions."""

from zielwerk.conclusion.views.conclusions import begin, conclusion, conclusions
from zielwerk.conclusion.views.deciding import signing
from zielwerk.conclusion.views.files import file, keep_file, text
from zielwerk.conclusion.views.signing import enter, resolve, strike

__all__ = [
    "begin",
    "conclusion",
    "conclusions",
    "enter",
    "file",
    "keep_file",
    "resolve",
    "signing",
    "strike",
    "text",
]
