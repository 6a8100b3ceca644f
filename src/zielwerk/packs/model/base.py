"""The grain of a pack's data: typed values, entries, their sources and their validity."""

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationInfo

from zielwerk.language import German


def _worded(text: str, info: ValidationInfo) -> German:
    """A text for people, with the English wording from the field before it."""
    return German(text, info.data.get(f"{info.field_name}_en", ""))


Ags = Annotated[str, Field(pattern=r"^[0-9A-Za-z]{1,12}$")]  # what a body's identifier may be
Code = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_ ]{0,59}$")]
Slug = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{1,39}$")]  # part of an address
Prefix = Annotated[str, Field(pattern=r"^[A-Z]{1,6}$")]  # of file numbers
TilePlace = Annotated[int, Field(ge=0, le=99)]
Jurisdiction = Annotated[str, Field(pattern=r"^[a-z_]+$")]  # a file of law, bund or hessen
Text = Annotated[str, AfterValidator(_worded)]  # German, for people
Amount = Annotated[int, Field(ge=0, le=10**15)]  # in cents; what any database column holds
Words = Annotated[  # a text that is not empty
    str, StringConstraints(strip_whitespace=True, min_length=1), AfterValidator(_worded)
]
Lines = Annotated[tuple[Words, ...], Field(min_length=1)]  # of an address, of a text
Email = Annotated[str, Field(pattern=r"^[^@\s<>\"]+@[^@\s<>\"]+\.[A-Za-z]{2,}$")]
Telephone = Annotated[str, Field(pattern=r"^\+?[0-9][0-9 /-]{4,}$")]
Url = Annotated[str, Field(pattern=r"^https://[^\s<>\"]+$")]


class Entry(BaseModel):
    """Base of all pack data: frozen, no unknown field, no silent conversion of types."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Dated(Entry):
    """An entry with a validity; both days inclusive, an absent one is open."""

    valid_from: date | None = None
    valid_until: date | None = None


class Labelled(Entry):
    """An entry with a label; ``label_en`` is what English pages call it, where somebody said so."""

    label_en: str = ""
    label: Text


class Source(Entry):
    """The source of a fact of the pack; ``assumed`` marks facts that no public source states."""

    text: Text
    assumed: bool = False


class LawSource(Entry):
    """The norm that states a value; ``day`` is the day of the text that is cited.

    ``assumed`` marks what no public source states; only that may lack its day.
    """

    citation: Text  # § 247 BGB
    text: Text = ""
    day: date | None = None
    assumed: bool = False
