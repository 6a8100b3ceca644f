"""How forms are drawn, and the fields people type amounts and days into."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from html import escape
from pathlib import Path
from types import MappingProxyType
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import DjangoTemplates
from django.forms.utils import flatatt
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from zielwerk.language import German, translate, value_text
from zielwerk.rulebook.lifecycle import Label
from zielwerk.rulebook.money import MOST_TYPED, Cents, format_euro, parse_euro
from zielwerk.rulebook.refusal import Refused
from zielwerk.rulebook.writing import day_out_of_reach, is_within_reach, written
from zielwerk.ui.tags.values import LANG, language, said


class FormRenderer(DjangoTemplates):
    """Draws forms and fields with the UI kit's templates; the tags are loaded already."""

    form_template_name = "ui/form.html"
    field_template_name = "ui/field.html"

    @cached_property
    def engine(self) -> Any:
        own = Path(__file__).parent / "templates" / "widgets"  # before Django's
        widgets = Path(forms.__file__).parent / "templates"
        builtins = ["django.templatetags.i18n", "zielwerk.ui.templatetags.ui"]
        options = {"builtins": builtins}
        params = {"APP_DIRS": True, "DIRS": [own, widgets], "NAME": "forms", "OPTIONS": options}
        return self.backend(params)


MOST_PASSWORD = 256  # characters; to hash more would take long


def in_group(field: forms.Field, group: Any) -> None:
    """Name the group that a field stands in: its label and its errors then say it, too."""
    if str(group) != str(field.label):
        field.group = group  # type: ignore[attr-defined]


def add_refusals(
    form: forms.BaseForm, refused: Refused, fields: Mapping[str, str] = MappingProxyType({})
) -> None:
    """Say why the form is refused, at the field that a refusal is about: ``fields`` by rule.

    What is about no field of this form stands above it.
    """
    for refusal in refused.refusals:
        name = fields.get(refusal.rule)
        form.add_error(name if name in form.fields else None, said(refusal))


class QuickSelect(forms.Select):
    """A select drawn without one template per option: for lists that must be fast."""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        keys, spoken = {str(key) for key in self.format_value(value)}, language()
        options = "".join(
            f'<option value="{escape(str(key))}"{" selected" if str(key) in keys else ""}'
            f"{_worded(label, spoken)}</option>"
            for key, label in self.choices
        )
        flat = flatatt(self.build_attrs(self.attrs, {"name": name, **(attrs or {})}))
        return mark_safe(f"<select{flat}>{options}</select>")  # noqa: S308 - escaped piece by piece


def _worded(label: Any, spoken: str) -> str:
    """What follows in an option after its attributes: German words say so where they are."""
    is_foreign = isinstance(label, German) and label.is_foreign(spoken)
    words = translate(label, spoken) if isinstance(label, German | Label) else str(label)
    return f"{LANG if is_foreign else ''}>{escape(words)}"


class TextField(forms.CharField):
    """A text by the rule for all texts (:mod:`~zielwerk.rulebook.writing`), as in tables.

    What nobody sees is empty; so a reason made of it is none.
    """

    def to_python(self, value: Any) -> str:
        try:
            return written(super().to_python(value) or "")
        except Refused as refused:
            sentences = [said(refusal) for refusal in refused.refusals]
            raise ValidationError(sentences, code="invalid") from refused

    def has_changed(self, initial: Any, data: Any) -> bool:
        """What was read from a paper and comes back composed was not corrected."""
        before = initial() if callable(initial) else initial
        try:
            return super().has_changed(self.to_python(before), data)
        except ValidationError:
            return super().has_changed(before, data)


class PasswordField(forms.CharField):
    """A password, taken as it was typed and never shown again."""

    def __init__(self, *, is_new: bool = False, **options: Any) -> None:
        remembered = "new-password" if is_new else "current-password"
        options.setdefault("widget", forms.PasswordInput(attrs={"autocomplete": remembered}))
        super().__init__(strip=False, max_length=MOST_PASSWORD, **options)


class DayField(forms.DateField):
    """A day typed as people write it: 24.12.2025, or 2025-12-24."""

    default_error_messages = {
        "invalid": _("Bitte einen Tag wie 24.12.2025 angeben."),
    }

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", _("Zum Beispiel 24.12.2025"))
        options.setdefault("input_formats", ["%d.%m.%Y", "%d.%m.%y", "%Y-%m-%d"])
        options.setdefault("widget", forms.TextInput(attrs={"class": "zw-short"}))
        super().__init__(**options)

    def to_python(self, value: Any) -> date | None:
        day = super().to_python(value)
        if day is not None and not is_within_reach(day):
            refusal = day_out_of_reach(str(value).strip())
            raise ValidationError(said(refusal), code="out_of_reach")
        return day

    def prepare_value(self, value: Any) -> Any:
        return value_text(value) if isinstance(value, date) else value


class MoneyField(forms.Field):
    """A euro amount as people write it, German or English; cleans to cents."""

    widget = forms.TextInput

    def __init__(self, *, negative: bool = False, **options: Any) -> None:
        self.negative = negative
        options.setdefault("help_text", _("In Euro, zum Beispiel 1.600.100,00"))
        attrs = {"class": "zw-money", "inputmode": "decimal"}
        options.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(**options)

    def to_python(self, value: Any) -> Cents | None:
        if value in self.empty_values:
            return None
        try:
            return parse_euro(value, negative=self.negative, most=MOST_TYPED)
        except Refused as refused:
            sentences = [said(refusal) for refusal in refused.refusals]
            raise ValidationError(sentences, code="invalid") from refused

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, int):
            return value
        return format_euro(value, "en" if get_language() == "en" else "de")
