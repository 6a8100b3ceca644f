"""Words, amounts and days as German documents write them."""

from datetime import date

from zielwerk.language import value_text
from zielwerk.rulebook.money import Cents
from zielwerk.typesetting import blocks as b


def paragraphs(words: str) -> list[str]:
    """The paragraphs of what somebody typed."""
    return [part.strip() for part in words.split("\n") if part.strip()]


def text(words: str) -> b.Inlines:
    """Words without any emphasis."""
    return (b.Text(words),)


def euro(cents: int) -> str:
    """An amount: "1.234,56 €"."""
    return value_text(Cents(cents), "de")


def day_text(iso: str) -> str:
    """A stored day; empty where there is none."""
    return value_text(date.fromisoformat(iso), "de") if iso else ""
