"""Values written in the person's language."""

import html
from datetime import date, datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from zielwerk.language import German, sentence, translate, value_text
from zielwerk.rulebook.lifecycle import Label
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.weekday import weekday_of

register = template.Library()
LANG = mark_safe(' lang="de"')


def language() -> Any:
    """The language of the page, ``de`` or ``en``."""
    return (get_language() or "de")[:2]


@register.filter
def euro(cents: int | None) -> str:
    """Cents as an amount; nothing for an unknown one."""
    return "" if cents is None else value_text(Cents(cents), language())


@register.filter
def day(value: date | str | None) -> str:
    """A day, also one written as ISO text; of a moment, the day in Germany."""
    if isinstance(value, str):
        value = date.fromisoformat(value) if value else None
    if isinstance(value, datetime):
        value = timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return "" if value is None else value_text(value, language())


@register.filter
def weekday(value: date | None) -> str:
    """A day with its day of the week, as deadlines are said."""
    if value is None:
        return ""
    name = translate(weekday_of(value), language())
    return f"{name}, {value_text(value, language())}"


@register.filter
def moment(value: datetime | None) -> str:
    """A day with its time."""
    if value is None:
        return ""
    return value_text(timezone.localtime(value) if timezone.is_aware(value) else value, language())


@register.filter
def number(value: float | None) -> str:
    return "" if value is None else number_format(value, force_grouping=True)


@register.filter
def said(value: Any) -> str:
    """A refusal or finding as its sentence, a German msgid translated, any other value as text.

    A text without a translation is one of the data.
    """
    if hasattr(value, "msgid"):
        return _sentence(value)
    if isinstance(value, German):
        return value
    if isinstance(value, tuple | list):
        return format_html_join(", ", "{}", ((said(item),) for item in value))
    if not isinstance(value, str):
        return value_text(value, language())
    said_as = translate(value, language())
    return said_as if said_as != value else german(value)


def _sentence(message: Any) -> str:
    """A sentence whose German texts say on a page of another language that they are German."""
    if language() == "de" or not message.params:
        return sentence(message, language())
    texts = {name: _marked(value) for name, value in message.params.items()}
    return format_html(escape(translate(message.msgid, language())), **texts)


def _marked(value: Any) -> str:
    """A value of a sentence, of a list each of its items."""
    if isinstance(value, tuple | list):
        return format_html_join(", ", "{}", ((_marked(item),) for item in value))
    is_text = type(value) is str or isinstance(value, German)
    return german(value) if is_text else value_text(value, language())


@register.filter
def german(value: Any) -> Any:
    """A text of the data as an element's content: a page in another language says it is German.

    For what does not know by itself that it is German: a text from a form, a file, a sum of
    several. Whatever is no plain text stays as it is.
    """
    is_plain = isinstance(value, str) and not isinstance(value, SafeString | Label | German)
    return German(value) if is_plain else value


@register.filter
def words(value: Any) -> str:
    """A text without markup, for attributes, options and pictures; see ``lang``."""
    is_worded = isinstance(value, German | Label)
    return translate(value, language()) if is_worded else str(value)


@register.filter
def lang(value: Any) -> SafeString:
    """The attribute of an element around German ``words`` on a page of another language."""
    is_foreign = isinstance(value, German) and value.is_foreign(language())
    return LANG if is_foreign else SafeString()


def escaped(text: Any) -> str:
    """As Django escapes: for what is drawn many times on a page and is never lazy."""
    return str(text.__html__()) if hasattr(text, "__html__") else html.escape(str(text))


def worded(text: str) -> str:
    """A text whose words are counted: those that will be drawn."""
    is_drawn_in_german = not isinstance(text, German) or text.is_foreign(language())
    return text if is_drawn_in_german else words(text)
