"""The parts of a long page: the parts themselves, and the table of contents."""

import re
from html import unescape

from django import template
from django.template.defaultfilters import slugify
from django.utils.html import format_html, format_html_join, strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from zielwerk.language import German
from zielwerk.ui.tags.pieces import NOTHING
from zielwerk.ui.tags.values import LANG

register = template.Library()

MOST = 4  # headings that a page may have without a table of contents
# A heading of the page itself: those in cards, summaries and dialogs carry a class.
HEADING = re.compile(r"<h2(?![^>]*\sclass=)([^>]*)>(.*?)</h2>", re.DOTALL)
EASY = ' lang="de-simple"'  # around all that follows
NAMED = re.compile(r'\sid="([^"]*)"')


def _is_in_german(before: str) -> bool:
    """Whether the article that is open here is German, or the page in Leichte Sprache."""
    opened = before.rfind("<article")
    is_open = opened > before.rfind("</article")
    is_german = is_open and LANG in before[opened : before.find(">", opened)]
    return is_german or EASY in before


@register.simple_block_tag
def part(content: str, name: str) -> SafeString:
    """A part that pages of a kind have at the same place; nothing where it holds nothing."""
    whole = format_html('<div class="zw-part zw-flow" data-part="{}">{}</div>', name, content)
    return whole if content.strip() else NOTHING


@register.simple_block_tag
def contents(content: str) -> SafeString:
    """The page with a table of its contents in front, where it has many second headings."""
    entries: list[tuple[str, str]] = []

    def enter(heading: re.Match[str]) -> str:
        attributes, words = heading.groups()
        text = " ".join(unescape(strip_tags(words)).split())
        if LANG in words or _is_in_german(content[: heading.start()]):
            text = German(text)
        named = NAMED.search(attributes)
        anchor = named[1] if named else f"teil-{slugify(text)}"
        entries.append((anchor, text))
        return heading[0] if named else f'<h2 id="{anchor}"{attributes}>{words}</h2>'

    named = mark_safe(HEADING.sub(enter, content))  # noqa: S308 - escaped in its template
    if len(entries) <= MOST:
        return mark_safe(content)  # noqa: S308 - escaped in its template
    return format_html(
        '<nav class="zw-contents" aria-label="{label}"><details><summary>{label}</summary>'
        "<ol>{links}</ol></details></nav>{content}",
        label=gettext("Auf dieser Seite"),
        links=format_html_join("", '<li><a href="#{}">{}</a></li>', entries),
        content=named,
    )
