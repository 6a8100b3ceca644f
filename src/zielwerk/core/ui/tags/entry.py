"""Forms, fields and their errors."""

from collections.abc import Mapping
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.forms.utils import flatatt
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from zielwerk.core.ui.tags.pieces import NOTHING, token
from zielwerk.core.ui.tags.values import lang, words

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


@register.simple_block_tag(takes_context=True)
def post(context: Context, content: str, url: str = "", upload: bool = False) -> SafeString:
    """A form that changes something. Without ``url`` it is sent to the page's own address.

    The browser's own bubbles are off: errors are told by the summary and at the fields.
    """
    return format_html(
        '<form method="post" class="zw-form" novalidate{}{}>{}{}</form>',
        format_html(' action="{}"', url) if url else NOTHING,
        mark_safe(' enctype="multipart/form-data"') if upload else NOTHING,
        token(context),
        content,
    )


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
    # Where the page begins is for its reader to say; a field never takes the focus.
    widget.attrs.pop("autofocus", None)
    return kind


@register.simple_tag
def option(choice: Mapping[str, Any]) -> SafeString:
    """An option of a select; German words on a page of another language say so."""
    return format_html(
        '<option value="{}"{}{}>{}</option>',
        choice["value"],
        flatatt(choice["attrs"]),
        lang(choice["label"]),
        words(choice["label"]),
    )


@register.inclusion_tag("ui/error_summary.html")
def error_summary(form: Any, also: Any = None) -> dict[str, Any]:
    """All errors of a form (and of a second one) with links to their fields; takes the focus.

    The layout draws it for the context's ``form``; a page calls it only for other forms.
    """
    wrong = [form for form in (form, also) if form and form.errors]
    general = [error for form in wrong for error in form.non_field_errors()]
    fields = [
        (target(field), field.label, error)
        for form in wrong
        for field in form
        for error in field.errors
    ]
    return {"general": general, "fields": fields}


def target(field: BoundField) -> str:
    """The id a link to the field leads to: of a group, its first choice."""
    choices = isinstance(field.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)
    return f"{field.auto_id}_0" if choices else field.id_for_label or field.auto_id
