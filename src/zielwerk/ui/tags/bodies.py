"""Regional bodies by their names."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from zielwerk.ui import bodies
from zielwerk.ui.tags.values import said

register = template.Library()


@register.simple_tag
def body(of: Any, url: str = "", official: bool = False) -> SafeString:
    """The short name of a body, given as its key or as what has one.

    ``url`` makes it a link, ``official`` puts beside it what the official name says more, and
    the key.
    """
    name = bodies.shown(of)
    if url:
        name = format_html('<a href="{}">{}</a>', url, name)
    if not official:
        return name
    return format_html('{}<span class="zw-muted">, {}</span>', name, bodies.beside(of))


@register.filter
def body_name(of: Any) -> str:
    """The short name as plain text, for sentences and titles."""
    return bodies.short(of)


@register.filter
def body_kind(of: Any) -> str:
    """The kind of a body."""
    return said(bodies.kind(of))


@register.filter
def kind_called(label: str) -> str:
    """A kind of body by the label that a document gives it."""
    return bodies.kind_called(label)
