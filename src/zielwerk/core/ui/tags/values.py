"""Values written in the person's language."""

from datetime import date, datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import get_language

from zielwerk.language import sentence, translate, value_text
from zielwerk.rulebook.money import Cents

register = template.Library()


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
    """A refusal or finding as its sentence, a German msgid translated, any other value as text."""
    if hasattr(value, "msgid"):
        return sentence(value, language())
    is_text = isinstance(value, str)
    return translate(value, language()) if is_text else value_text(value, language())
