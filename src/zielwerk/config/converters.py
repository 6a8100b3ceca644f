"""Parts of addresses: a programme year and the key of a regional body."""

from django.urls import register_converter
from django.urls.converters import StringConverter


class Ags(StringConverter):
    """The key of a regional body (AGS): five digits."""

    regex = "[0-9]{5}"


class Year(StringConverter):
    """A programme year: four digits."""

    regex = "[12][0-9]{3}"

    def to_python(self, value: str) -> int:  # type: ignore[override]
        return int(value)


def register() -> None:
    register_converter(Ags, "ags")
    register_converter(Year, "year")
