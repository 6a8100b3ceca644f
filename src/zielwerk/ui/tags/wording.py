"""The programme's own words in sentences."""

from django import template

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
