"""Parts of addresses: a programme year, the key of a regional body, which of its documents."""

import re

from django.conf import settings
from django.urls import register_converter
from django.urls.converters import StringConverter

from zielwerk.packs import loading as packs
from zielwerk.packs.folders import kept


class Ags(StringConverter):
    """The key of a regional body, as the programme's identifier says it."""

    regex = "[0-9A-Za-z]{1,12}"

    def to_python(self, value: str) -> str:
        if not _pattern(settings.PROGRAMME).fullmatch(value):
            raise ValueError(value)  # an address that does not exist
        return value


@kept
def _pattern(programme: str) -> re.Pattern[str]:
    return re.compile(packs.programme(programme).identifier.pattern, re.ASCII)


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
