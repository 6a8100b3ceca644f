"""A form filled in again with what was typed, beside what is so by now.

The door says what to fill in (:data:`current`); each field of the kit then takes its own.
See :mod:`zielwerk.core.kept`.
"""

import contextvars
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext


@dataclass
class Refill:
    """What was typed; ``compares`` where the present value is shown beside what differs.

    ``shown`` are the names that found their field on the page.
    """

    typed: QueryDict
    compares: bool
    shown: set[str] = field(default_factory=set)

    def is_for(self, form: forms.BaseForm) -> bool:
        """Whether the form is the one that had been sent: the page may have others."""
        names = (form.add_prefix(name) for name in form.fields)
        return not form.is_bound and any(name in self.typed for name in names)

    def lost(self, ignored: frozenset[str]) -> list[str]:
        """Names of what was typed and has no field on the page."""
        return [
            name
            for name, values in self.typed.lists()
            if name not in self.shown | ignored and any(values)
        ]


current: contextvars.ContextVar[Refill | None] = contextvars.ContextVar("refill", default=None)


def fill(bound: BoundField) -> str:
    """Put what was typed into a field; returns the value it has by now where that differs."""
    refill = current.get()
    widget = bound.field.widget
    if refill is None or widget.needs_multipart_form or not refill.is_for(bound.form):
        return ""
    name = bound.html_name
    is_ticked = isinstance(widget, forms.CheckboxInput | forms.CheckboxSelectMultiple)
    if name not in refill.typed and not is_ticked:
        return ""
    refill.shown.add(name)
    present = in_words(bound, bound.value())
    typed = widget.value_from_datadict(refill.typed, MultiValueDict(), name)
    bound.initial = typed  # an unbound field shows what it begins with
    differs = in_words(bound, typed) != present
    return (present or gettext("leer")) if refill.compares and differs else ""


def in_words(bound: BoundField, value: Any) -> str:
    """A value as people read it in the field."""
    if isinstance(bound.field.widget, forms.CheckboxInput):
        return gettext("angekreuzt") if value else gettext("nicht angekreuzt")
    if isinstance(bound.field, forms.ChoiceField):
        keys = {str(key) for key in value} if isinstance(value, list | tuple) else {str(value)}
        labels = dict(flat(bound.field.choices))
        return ", ".join(str(labels[key]) for key in labels if key in keys)
    text = "" if value is None else str(bound.field.prepare_value(value))
    return text.replace("\r\n", "\n").strip()


def flat(choices: Any) -> list[tuple[str, Any]]:
    """Choices without their groups, keys as they are sent."""
    pairs: list[tuple[str, Any]] = []
    for key, label in choices:
        pairs += flat(label) if isinstance(label, list | tuple) else [(str(key), label)]
    return pairs
