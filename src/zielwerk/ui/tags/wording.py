"""The programme's own words in sentences."""

from typing import Any

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

from zielwerk.ui import wording

register = template.Library()


@register.filter
def of_programme(msgid: str) -> str:
    """A msgid with the programme's word in its slot: ``"Erfasste {documents}"``."""
    return wording.said(msgid)


@register.filter
def of_document(feminine: str, case: str = "nominative") -> str:
    """An article before the name of the document: "diese Vereinbarung", "dieser Bescheid"."""
    return wording.of_document(feminine, case)


@register.simple_block_tag
def fit(content: str, **values: Any) -> SafeString:
    """A sentence about agreements, or what it says where the programme has notices.

    ``{% fit amount=cents|euro %}Vereinbarter Betrag: {amount}{% endfit %}``
    """
    filled = {name: conditional_escape(value) for name, value in values.items()}
    return SafeString(wording.fitted(" ".join(content.split()), **filled))
