"""The redline of two versions of a text."""

from typing import Any

from django import template

from zielwerk.ui.redlines import Redline
from zielwerk.ui.tags.values import language

register = template.Library()


@register.inclusion_tag("ui/redline.html")
def redline(drawn: Redline) -> dict[str, Any]:
    """Sentences on what changed, each leading to its place in the wording beside them."""
    return {"redline": drawn, "is_foreign": language() != "de"}
