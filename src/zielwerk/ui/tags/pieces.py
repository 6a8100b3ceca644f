"""Small pieces: icons, badges, buttons, downloads, progress."""

from collections.abc import Mapping
from functools import cache
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

from django import template
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template import Context
from django.template.base import NodeList, Parser, Token
from django.template.defaultfilters import filesizeformat
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language_info, gettext

from zielwerk.core import once
from zielwerk.rulebook.refusal import msg
from zielwerk.ui.tags.values import language, number

register = template.Library()

# What a kind means, said to those who do not see its colour and icon.
KINDS = {
    "info": msg("Hinweis"),
    "success": msg("Erfolg"),
    "warning": msg("Warnung"),
    "danger": msg("Fehler"),
}
VARIANTS = {
    "primary": "kern-btn--primary",
    "secondary": "kern-btn--secondary",
    "tertiary": "kern-btn--tertiary",
    "danger": "kern-btn--primary zw-btn--danger",
}
NOTHING = mark_safe("")


class Steady(template.Node):
    """What is the same on every page of a language: drawn once in a process."""

    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist, self.drawn = nodelist, dict[str, SafeString]()

    def render(self, context: Context) -> SafeString:
        spoken = language()
        if spoken not in self.drawn:
            self.drawn[spoken] = self.nodelist.render(context)
        return self.drawn[spoken]


@register.tag
def steady(parser: Parser, _token: Token) -> Steady:
    """Content of the layout that depends on nothing but the language."""
    nodelist = parser.parse(("endsteady",))
    parser.delete_first_token()
    return Steady(nodelist)


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    return format_html('<span class="kern-icon kern-icon--{}" aria-hidden="true"></span>', name)


@register.simple_tag
def badge(text: str, kind: str = "neutral", icon_name: str = "") -> SafeString:
    """A status in words, with an icon."""
    assert kind in KINDS or kind == "neutral", kind
    name = icon_name or (kind if kind in KINDS else "")
    return format_html(
        '<span class="kern-badge kern-badge--{} kern-badge--small">{}'
        '<span class="kern-label kern-label--small">{}</span></span>',
        kind,
        icon(name) if name else NOTHING,
        text,
    )


@register.inclusion_tag("ui/demo_badge.html")
def demo_badge(explain: bool = False) -> dict[str, Any]:
    """The label of everything that was invented; ``explain=True`` opens to the reason."""
    return {"explain": explain}


def _button(
    tag: str, attributes: Mapping[str, Any], text: str, variant: str, icon_name: str
) -> SafeString:
    return format_html(
        '<{tag} class="kern-btn {variant}"{attributes}>{icon}'
        '<span class="kern-label">{text}</span></{tag}>',
        tag=tag,
        variant=VARIANTS[variant],
        attributes=_attributes(attributes),
        icon=icon(icon_name) if icon_name else NOTHING,
        text=text,
    )


def _attributes(values: Mapping[str, Any]) -> SafeString:
    return format_html_join("", ' {}="{}"', ((k, v) for k, v in values.items() if v != ""))


@register.simple_tag
def button(
    text: str,
    variant: str = "primary",
    icon: str = "",
    name: str = "",
    value: str = "",
    to: str = "",
) -> SafeString:
    """The button that sends the form around it, ``to`` another address than the form's own."""
    attributes = {"type": "submit", "name": name, "value": value, "formaction": to}
    return _button("button", attributes, text, variant, icon)


@register.simple_tag
def link_button(
    text: str, url: str, variant: str = "secondary", icon: str = "", about: str = ""
) -> SafeString:
    """A link that leads to the next thing to do.

    ``about`` is heard only: what tells it from the other links of its name.
    """
    if about:
        text = format_html('{}<span class="kern-sr-only">: {}</span>', text, about)
    return _button("a", {"href": url}, text, variant, icon)


@register.simple_tag
def dialog_button(
    text: str, dialog: str, url: str, variant: str = "secondary", icon: str = ""
) -> SafeString:
    """Opens the dialog of this id; without scripts it leads to the page that asks the same."""
    attributes = {"href": url, "data-dialog": dialog}
    return _button("a", attributes, text, variant, icon)


@register.simple_tag(takes_context=True)
def post_button(
    context: Context,
    text: str,
    url: str,
    variant: str = "secondary",
    icon: str = "",
    about: str = "",
    **hidden: Any,
) -> SafeString:
    """A button that does something at once; further arguments are sent along.

    ``about`` is heard only: what tells it from the other buttons of its name.
    """
    if about:
        text = format_html('{}<span class="kern-sr-only">: {}</span>', text, about)
    fields = format_html_join("", '<input type="hidden" name="{}" value="{}">', hidden.items())
    return format_html(
        '<form method="post" action="{}">{}{}{}</form>',
        url,
        tokens(context, url),
        fields,
        button(text, variant, icon),
    )


def tokens(context: Context, url: str = "") -> SafeString:
    """The hidden fields that prove a form was ours, and let it be done once only."""
    request = context["request"]
    fields = [("csrfmiddlewaretoken", get_token(request))]
    if token := once_token(request, url):
        fields.append((once.FIELD, token))
    return format_html_join("", '<input type="hidden" name="{}" value="{}">', fields)


def once_token(request: HttpRequest, url: str = "") -> str:
    """The token of a form that is sent to ``url``, by default to its own page.

    A form that comes back (to be corrected, to be confirmed) keeps the token it came with, so
    that however often one goes back in it, it is done once.
    """
    address = urlsplit(urljoin(request.path, url)).path
    sending = once.of(request)
    if sending and sending.address == address:
        return sending.token
    user = getattr(request, "user", None)
    return once.draw(user, address) if user is not None and user.is_authenticated else ""


@register.simple_tag(takes_context=True)
def once_address(context: Context, url: str) -> str:
    """An address for a button that sends a form elsewhere than the form itself goes."""
    token = once_token(context["request"], url)
    return f"{url}?{urlencode({once.FIELD: token})}" if token else url


@register.simple_tag
def download(
    text: str, url: str, kind: str = "PDF", size: int | None = None, language: str = "de"
) -> SafeString:
    """A link to a document that says its kind, size in bytes and language before it opens."""
    name = str(get_language_info(language)["name_translated"])
    about = ", ".join(filter(None, [kind, filesizeformat(size) if size else "", name]))
    return format_html(
        '<a class="kern-link zw-download" href="{}" hreflang="{}">{}<span>{} ({})</span></a>',
        url,
        language,
        icon("download"),
        text,
        about,
    )


@register.simple_tag
def progress(done: int, total: int, label: str) -> SafeString:
    """How much of something is done, in words and as a bar; without a total, that it runs."""
    if not total:
        return format_html(
            '<label class="kern-progress"><span class="kern-label">{}</span>'
            "<progress></progress></label>",
            label,
        )
    return format_html(
        '<label class="kern-progress"><span class="kern-label">{}: {}</span>'
        '<progress value="{}" max="{}"></progress></label>',
        label,
        gettext("{done} von {total} ({percent} %)").format(
            done=number(done), total=number(total), percent=done * 100 // total
        ),
        done,
        total,
    )
