"""Parts of addresses: a programme year, the key of a regional body, which of its documents."""

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


class Further(StringConverter):
    """Which document of a body and year: nothing for its first one, "/2" for the second."""

    regex = "(?:/(?:[2-9]|[1-9][0-9]{1,3}))?"

    def to_python(self, value: str) -> int:  # type: ignore[override]
        return int(value.removeprefix("/") or 1)

    def to_url(self, value: int) -> str:  # type: ignore[override]
        return f"/{value}" if value > 1 else ""


def register() -> None:
    register_converter(Ags, "ags")
    register_converter(Year, "year")
    register_converter(Further, "further")
