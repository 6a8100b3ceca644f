"""From a message identifier with slots to a sentence a person reads. Needs no Django.

German sentences are the identifiers; other languages come from the catalogues compiled
from ``locale/<language>/LC_MESSAGES/django.po``.
"""

import gettext
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from html import escape
from pathlib import Path
from typing import Protocol, Self

from zielwerk.rulebook.lifecycle import Label, english_of
from zielwerk.rulebook.money import Cents, format_euro
from zielwerk.rulebook.refusal import Said

CATALOGUES = Path(__file__).resolve().parent / "locale"
MONTHS_EN = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@dataclass
class Page:
    """The language of the page that is drawn; the doors put theirs here at the start.

    ``fit`` gives the msgid that is true of the programme for one that is true of most.
    """

    language: Callable[[], str] = lambda: "de"
    fit: Callable[[str], str] = lambda msgid: msgid


PAGE = Page()


class Markup(str):
    """A text that is HTML already: whoever escapes it again leaves it as it is."""

    __slots__ = ()

    def __html__(self) -> str:
        return self


class German(str):
    """A text of the data: German, perhaps with an English wording of the same.

    A page draws it in its own language where it can, and else says that it is German. Anywhere
    else it is the German text.
    """

    english: str = ""

    def __new__(cls, text: str, english: str = "") -> Self:
        made = super().__new__(cls, text)
        if english:
            made.english = english
        return made

    def is_foreign(self, language: str) -> bool:
        """Whether people who read ``language`` get the German words."""
        return language != "de" and not self.english and any(map(str.islower, self))

    def wording(self, language: str) -> str:
        """The words for people who read ``language``."""
        return self.english if self.english and language == "en" else str(self)

    def __html__(self) -> str:
        language = PAGE.language()
        text = escape(self.wording(language))
        return Markup(f'<span lang="de">{text}</span>' if self.is_foreign(language) else text)


class Sayable(Protocol):
    """A refusal, a finding: anything with a message and its values."""

    @property
    def msgid(self) -> str: ...
    @property
    def params(self) -> Mapping[str, object]: ...


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation("django", CATALOGUES, [language], fallback=True)


def translate(msgid: str, language: str = "de") -> str:
    """A German msgid in ``language``; a text of the data in its own wording for it."""
    if isinstance(msgid, German):
        return msgid.wording(language)
    if language == "en" and (english := english_of(msgid)):
        return english
    msgid = PAGE.fit(msgid)
    return msgid if language == "de" or not msgid else catalogue(language).gettext(msgid)


def sentence(message: Sayable, language: str = "de") -> str:
    """The sentence in ``language``, its values formatted as people of that language write."""
    values = {name: value_text(value, language) for name, value in message.params.items()}
    return translate(message.msgid, language).format(**values)


def value_text(value: object, language: str = "de") -> str:
    """Euro cents, dates and lists in the language's format; a label is translated, text is not."""
    if isinstance(value, Cents):
        return format_euro(value, "en" if language == "en" else "de")
    if isinstance(value, datetime):
        return f"{value_text(value.date(), language)}, {value:%H:%M}"
    if isinstance(value, date):
        if language == "en":
            return f"{value.day} {MONTHS_EN[value.month - 1]} {value.year}"
        return f"{value:%d.%m.%Y}"
    if isinstance(value, Label | German):
        return translate(value, language)
    if isinstance(value, str):
        return value
    if isinstance(value, Said):
        return sentence(value, language)
    if isinstance(value, tuple | list):
        return ", ".join(value_text(item, language) for item in value)
    return str(value)
