"""The fields in which the numbers of a key are typed: weights, percentages, amounts above zero."""

import re
from fractions import Fraction
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zielwerk.ui import figures
from zielwerk.ui.forms import MoneyField

MOST_PERCENT = 1000
_PERCENT = re.compile(r"[+-]?[0-9]{1,4}(?:[.,][0-9]{1,4})?", re.ASCII)
_WEIGHT = re.compile(r"[0-9]{1,6}(?:[.,][0-9]{1,6})?", re.ASCII)


def bare_number(value: Any) -> str:
    """What was typed, without a percent sign behind it and with a sign that computers know."""
    return str(value or "").replace(figures.MINUS, "-").strip().removesuffix("%").strip()


class WeightField(forms.Field):
    """A weight as a decimal number from zero, with comma or point; cleans to a fraction."""

    widget = forms.TextInput
    default_error_messages = {
        "invalid": _("Ein Gewicht ist eine Zahl ab null, zum Beispiel 40 oder 12,5."),
    }

    def __init__(self, **options: Any) -> None:
        attrs = {"class": "zw-short", "inputmode": "decimal", "autocomplete": "off"}
        options.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(**options)

    def to_python(self, value: Any) -> Fraction:
        text = bare_number(value) or "0"
        if not _WEIGHT.fullmatch(text):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return Fraction(text.replace(",", "."))


class PercentField(forms.Field):
    """A percentage with decimal comma or point, as a number or with ``%``; cleans to a fraction.

    With ``most`` it lies between zero and that; without, it has a sign.
    """

    default_error_messages = {
        "invalid": _("Ein Prozentsatz ist eine Zahl, zum Beispiel −5 oder 2,5."),
        "range": _("Möglich ist ein Prozentsatz von 0 bis {most}, zum Beispiel 10 oder 2,5."),
    }

    def __init__(self, *, most: int | None = None, **options: Any) -> None:
        self.most = most
        attrs = {"class": "zw-short", "inputmode": "text", "autocomplete": "off"}
        options.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(**options)

    def to_python(self, value: Any) -> Fraction | None:
        text = bare_number(value)
        if not text:
            return None
        percent = Fraction(text.replace(",", ".")) if _PERCENT.fullmatch(text) else None
        if self.most is not None and (percent is None or not 0 <= percent <= self.most):
            sentence = self.error_messages["range"].format(most=self.most)
            raise ValidationError(sentence, code="range")
        if percent is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return percent

    def prepare_value(self, value: Any) -> Any:
        return figures.plain(Fraction(value)) if isinstance(value, Fraction) else value


class PositiveMoneyField(MoneyField):
    """An amount above zero."""

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is not None and value <= 0:
            raise ValidationError(gettext("Der Betrag muss größer als null sein."), code="zero")
