"""Boxes: tags with content."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from zielwerk.rulebook.refusal import msg
from zielwerk.ui.layout import HOME
from zielwerk.ui.tags.pieces import KINDS, NOTHING, badge, icon

register = template.Library()

OPEN = mark_safe(" open")
CURRENT_STEP = mark_safe(' aria-current="step"')
CURRENT_PAGE = mark_safe(' aria-current="page"')
STEPS = {"done": msg("erledigt"), "current": msg("aktueller Schritt"), "open": msg("offen")}


@register.simple_block_tag
def notice(content: str, kind: str, title: str, live: bool = True) -> SafeString:
    """A message box; ``live=False`` where it is always on the page."""
    role = ("alert" if kind in ("warning", "danger") else "status") if live else "note"
    body = format_html('<div class="kern-alert__body zw-flow">{}</div>', content)
    return format_html(
        '<div class="kern-alert kern-alert--{kind}" role="{role}"><div class="kern-alert__header">'
        '{icon}<p class="kern-title"><span class="kern-sr-only">{word}: </span>{title}</p>'
        "</div>{body}</div>",
        kind=kind,
        role=role,
        icon=icon(kind),
        word=gettext(KINDS[kind]),
        title=title,
        body=body if content.strip() else NOTHING,
    )


@register.simple_block_tag
def dialog(content: str, id: str, title: str) -> SafeString:  # noqa: A002 - HTML's word
    """A question over the page, opened by ``dialog_button``; ``content`` holds its buttons."""
    return format_html(
        '<dialog class="kern-dialog" id="{id}" aria-labelledby="{id}-titel">'
        '<header class="kern-dialog__header"><h2 class="kern-title" id="{id}-titel">{title}</h2>'
        '<form method="dialog"><button class="kern-btn kern-btn--tertiary">{icon}'
        '<span class="kern-label kern-sr-only">{close}</span></button></form></header>'
        '<div class="kern-dialog__body zw-flow">{content}</div></dialog>',
        id=id,
        title=title,
        icon=icon("close"),
        close=gettext("Schließen"),
        content=content,
    )


@register.simple_block_tag
def accordion(content: str, title: str, is_open: bool = False) -> SafeString:
    """A section that unfolds."""
    return format_html(
        '<details class="kern-accordion"{}><summary class="kern-accordion__header">'
        '<span class="kern-title kern-title--small">{}</span></summary>'
        '<div class="kern-accordion__body zw-flow">{}</div></details>',
        OPEN if is_open else NOTHING,
        title,
        content,
    )


@register.simple_block_tag
def card(content: str, title: str, url: str = "", preline: str = "", level: int = 2) -> SafeString:
    """A card of a set; with ``url`` the whole card is a link."""
    link = format_html('<a class="kern-link kern-link--stretched" href="{}">{}</a>', url, title)
    return format_html(
        '<article class="kern-card {active}"><div class="kern-card__container">'
        '<header class="kern-card__header">{preline}<h{level} class="kern-title">{title}</h{level}>'
        '</header><div class="kern-card__body zw-flow">{content}</div></div></article>',
        active="kern-card--active" if url else "",
        preline=format_html('<p class="kern-preline">{}</p>', preline) if preline else NOTHING,
        level=level,
        title=link if url else title,
        content=content,
    )


@register.simple_block_tag
def summary(
    content: str, title: str, url: str = "", action: str = "", level: int = 2
) -> SafeString:
    """A summary of one subject, with a link to change it."""
    link = format_html(
        '<a class="kern-link" href="{}">{}<span class="kern-sr-only">: {}</span></a>',
        url,
        action or gettext("Ändern"),
        title,
    )
    return format_html(
        '<section class="kern-summary"><div class="kern-summary__header">'
        '<h{level} class="kern-title">{title}</h{level}>{link}</div>'
        '<div class="kern-summary__body">{content}</div></section>',
        level=level,
        title=title,
        link=link if url else NOTHING,
        content=content,
    )


@register.simple_block_tag
def empty(content: str, title: str) -> SafeString:
    """The box in place of an empty list: the reason, and the next step."""
    return format_html(
        '<div class="zw-empty zw-flow"><p class="kern-title">{}</p>{}</div>', title, content
    )


@register.simple_block_tag
def facts(content: str) -> SafeString:
    """A list of terms and values, see ``fact``."""
    return format_html('<dl class="kern-description-list">{}</dl>', content)


@register.simple_block_tag
def fact(content: str, term: str) -> SafeString:
    return format_html(
        '<div class="kern-description-list-item"><dt class="kern-description-list-item__key">{}'
        '</dt><dd class="kern-description-list-item__value">{}</dd></div>',
        term,
        content,
    )


@register.simple_block_tag
def tasks(content: str) -> SafeString:
    """A list of what is to do, see ``task``."""
    return format_html('<ul class="kern-task-list__list">{}</ul>', content)


@register.simple_tag
def task(
    title: str, url: str = "", status: str = "", kind: str = "neutral", hint: str = ""
) -> SafeString:
    """One thing to do; without ``url`` it cannot be done yet."""
    link = format_html('<a class="kern-link kern-link--stretched" href="{}">{}</a>', url, title)
    name = link if url else format_html('<span class="kern-body">{}</span>', title)
    hint_line = format_html('<span class="zw-task__hint">{}</span>', hint) if hint else NOTHING
    return format_html(
        '<li class="kern-task-list__item"><div class="kern-task-list__title zw-task__title">{}{}'
        '</div><div class="kern-task-list__status">{}</div></li>',
        name,
        hint_line,
        badge(status, kind) if status else NOTHING,
    )


@register.simple_block_tag
def steps(content: str) -> SafeString:
    """A procedure in order: steps done, current and to come; see ``step``."""
    return format_html('<ol class="zw-steps">{}</ol>', content)


@register.simple_block_tag
def step(content: str, title: str, state: str = "open", when: str = "") -> SafeString:
    return format_html(
        '<li class="zw-step zw-step--{state}"{current}><div class="zw-step__text zw-flow">'
        '<p class="zw-step__title">{title} <span class="kern-sr-only">({word})</span></p>'
        "{when}{content}</div></li>",
        state=state,
        current=CURRENT_STEP if state == "current" else NOTHING,
        title=title,
        word=gettext(STEPS[state]),
        when=format_html('<p class="zw-step__when">{}</p>', when) if when else NOTHING,
        content=content,
    )


@register.simple_block_tag
def tabs(content: str, label: str) -> SafeString:
    """Several views of one thing, each an address of its own, see ``tab``."""
    return format_html('<nav class="zw-tabs" aria-label="{}"><ul>{}</ul></nav>', label, content)


@register.simple_tag
def tab(text: str, url: str, current: bool = False) -> SafeString:
    mark = CURRENT_PAGE if current else NOTHING
    return format_html('<li><a href="{}"{}>{}</a></li>', url, mark, text)


@register.simple_tag
def breadcrumb(*parts: str) -> SafeString:
    """The path to this page: label, address, label, address, …, label of this page."""
    ways = [(HOME, gettext("Startseite")), *zip(parts[1::2], parts[0::2], strict=False)]
    links = format_html_join("", '<li><a href="{}">{}</a></li>', ways)
    current = format_html('<li><span aria-current="page">{}</span></li>', parts[-1])
    return format_html(
        '<nav class="zw-breadcrumb" aria-label="{}"><ol>{}{}</ol></nav>',
        gettext("Sie sind hier"),
        links,
        current,
    )


@register.simple_block_tag
def actions(content: str) -> SafeString:
    """Buttons side by side, one below the other where there is no room."""
    return format_html('<div class="zw-actions">{}</div>', content)


@register.simple_block_tag
def cards(content: str) -> SafeString:
    """Cards side by side, as many as fit."""
    return format_html('<div class="zw-cards">{}</div>', content)
