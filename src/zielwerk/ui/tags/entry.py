"""Forms, fields and their errors."""

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from django import forms, template
from django.forms.boundfield import BoundField
from django.forms.utils import flatatt
from django.template import Context
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from zielwerk.core import kept
from zielwerk.ui import refill
from zielwerk.ui.tags.pieces import NOTHING, tokens
from zielwerk.ui.tags.values import lang, words

register = template.Library()

CONTROLS = (
    (forms.CheckboxInput, "check"),
    (forms.CheckboxSelectMultiple, "checks"),
    (forms.RadioSelect, "radios"),
    (forms.Select, "select"),
    (forms.ClearableFileInput, "file"),
)
CLASSES = {
    "check": "kern-form-check__checkbox",
    "checks": "kern-form-check__checkbox",
    "radios": "kern-form-check__radio",
    "select": "kern-form-input__select",
}
INPUT = "kern-form-input__input"
BLANK = ("", "–", "---------")  # how an empty choice looks that says nothing


@register.simple_block_tag(takes_context=True)
def post(context: Context, content: str, url: str = "", upload: bool = False) -> SafeString:
    """A form that changes something. Without ``url`` it is sent to the page's own address.

    The browser's own bubbles are off: errors are told by the summary and at the fields. What is
    typed is not lost where it comes too late: see ``form_foot``.
    """
    return format_html(
        '<form method="post" class="zw-form" novalidate{}{}{}>{}{}{}</form>',
        format_html(' action="{}"', url) if url else NOTHING,
        mark_safe(' enctype="multipart/form-data"') if upload else NOTHING,
        mark_safe(" data-typed") if is_typed_in(context) else NOTHING,
        tokens(context, url),
        content,
        form_foot(context),
    )


@register.simple_tag(takes_context=True)
def form_foot(context: Context, *, is_marked: bool = True) -> SafeString:
    """The end of a form that people fill in: for whom it was drawn, until when it may be sent,
    and the other language. With scripts only the first is needed.

    A form whose fields stand in the address says in the addresses of its posting buttons for
    whom it was drawn, see ``mark_query``; any other never says it in an address.
    """
    frame = context["frame"]
    if not frame.person:
        return NOTHING
    proofs = _proofs(frame)
    asked = urlencode({"next": frame.page, **({} if is_marked else proofs)})
    to_language = f"{reverse('ui:language')}?{asked}"
    foot = render_to_string("ui/form_foot.html", {"frame": frame, "to_language": to_language})
    hidden = format_html_join("", '<input type="hidden" name="{}" value="{}">', proofs.items())
    return format_html("{}{}", hidden, foot) if is_marked else foot


@register.simple_tag(takes_context=True)
def mark_query(context: Context) -> str:
    """For whom a form was drawn, as a part of an address to which it posts."""
    return urlencode(_proofs(context["frame"]))


def _proofs(frame: Any) -> dict[str, str]:
    """For whom a form is drawn, and what it is filled in with again."""
    again = {kept.PARAMETER: frame.kept.key} if frame.kept else {}
    return {kept.MARK: kept.mark(frame.person.audit_name), **again}


def is_typed_in(context: Context) -> bool:
    """Whether the form holds more than the page began with, from its first moment on."""
    return context["request"].method == "POST" or refill.current.get() is not None


@register.simple_tag
def control(field: BoundField) -> str:
    """The kind of control that a field is drawn as; sets the widget's classes."""
    widget = field.field.widget
    kind = next((name for widget_type, name in CONTROLS if isinstance(widget, widget_type)), "text")
    dressed = CLASSES.get(kind, INPUT)
    classes = widget.attrs.get("class", "")
    if dressed not in classes.split():
        marked = f"{dressed} {dressed}--error" if field.errors else dressed
        widget.attrs["class"] = f"{marked} {classes}".strip()
    # Where the page begins is for its reader to say; only what is wrong with it takes the focus.
    if "aria-invalid" not in widget.attrs:
        widget.attrs.pop("autofocus", None)
    field.present = present = refill.fill(field)  # type: ignore[attr-defined]
    if present:
        described = f"{field.aria_describedby or ''} {field.auto_id}_present".strip()
        widget.attrs["aria-describedby"] = described
    return kind


@register.simple_tag
def choice_groups(field: BoundField) -> list[tuple[str, list[Any]]]:
    """The boxes of a field in their groups; those of no group stand under no name."""
    boxes, groups = iter(field), list[tuple[str, list[Any]]]()
    for key, label in field.field.choices:  # type: ignore[attr-defined]
        is_group = isinstance(label, list | tuple)
        name, number = (key, len(label)) if is_group else ("", 1)
        if is_group or not groups or groups[-1][0]:
            groups.append((name, []))
        groups[-1][1].extend(islice(boxes, number))
    return groups


@register.simple_tag
def option(choice: Mapping[str, Any]) -> SafeString:
    """An option of a select; German words on a page of another language say so."""
    return format_html(
        '<option value="{}"{}{}>{}</option>',
        str(choice["value"]),  # the words of a pack are markup where they are shown
        flatatt(choice["attrs"]),
        lang(choice["label"]),
        words(choice["label"]),
    )


@register.simple_tag
def requirement(field: BoundField) -> str:
    """When a field may stay empty, in words; nothing where it never may.

    A form says in ``conditions`` what must be given instead. A select whose empty choice has a
    name of its own is always answered.
    """
    conditions = getattr(field.form, "conditions", {})
    if field.name in conditions:
        return str(conditions[field.name])
    if field.field.required or _answers_when_empty(field.field):
        return ""
    return gettext("freiwillig")


def _answers_when_empty(field: forms.Field) -> bool:
    choices: Any = field.choices if isinstance(field, forms.ChoiceField) else ()
    return any(key == "" and str(label) not in BLANK for key, label in choices)


@register.simple_tag(takes_context=True)
def faulty_forms(context: Context) -> list[forms.BaseForm]:
    """Every form of the page with errors, whatever it is called in the context."""
    values: Iterable[Any] = context.flatten().values()
    # By type, since to ask a lazy value for its class is to make it: the token would set a cookie.
    forms_by_id = {
        id(form): form
        for value in values
        for form in (value if issubclass(type(value), list | tuple) else (value,))
        if issubclass(type(form), forms.BaseForm) and form.errors
    }
    return list(forms_by_id.values())


@register.inclusion_tag("ui/error_summary.html", takes_context=True)
def error_summary(context: Context) -> dict[str, Any]:
    """All errors of the page with links to their fields; takes the focus. The layout draws it.

    ``refusals`` in the context are sentences that belong to no field.
    """
    wrong = faulty_forms(context)
    general = [error for form in wrong for error in form.non_field_errors()]
    fields = [
        (target(field), named(field), error)
        for form in wrong
        for field in form
        for error in field.errors
    ]
    refusals: Iterable[str] = context.get("refusals") or ()
    return {"general": [*refusals, *general], "fields": fields}


def named(field: BoundField) -> str:
    """The field's label with the name of its group, so that it is clear by itself."""
    group = getattr(field.field, "group", "")
    return f"{group}: {field.label}" if group else str(field.label)


def target(field: BoundField) -> str:
    """The id a link to the field leads to: of a group, its first choice."""
    choices = isinstance(field.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)
    return f"{field.auto_id}_0" if choices else field.id_for_label or field.auto_id
