"""Columns of texts that people typed or a pack says: German, whatever the language of the page."""

from typing import TYPE_CHECKING, Any

from django.db import models

from zielwerk.language import German

if TYPE_CHECKING:  # the classes take their types only there
    _Char = models.CharField[str, str]
    _Text = models.TextField[str, str]
else:
    _Char, _Text = models.CharField, models.TextField


class _OfData:
    """What is read from the column is :class:`~zielwerk.language.German`."""

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        return value and German(value)


class GermanField(_OfData, _Char):
    """A short text; for the database a column like any other."""

    def deconstruct(self) -> Any:
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs


class GermanTextField(_OfData, _Text):
    """A long text; for the database a column like any other."""

    def deconstruct(self) -> Any:
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs
