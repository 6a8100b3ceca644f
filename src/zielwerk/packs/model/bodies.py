"""Regional bodies: their kinds, their identifier, their facts, and who succeeds whom."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from zielwerk.packs.model.base import (
    Ags,
    Code,
    Dated,
    Labelled,
    Source,
    Text,
    TilePlace,
    Words,
)


class Identifier(Labelled):
    """The identifier by which bodies are told apart, such as the AGS.

    ``label`` is its short name, ``name`` its whole one. ``pattern`` is a regular expression
    that every key meets: digits and letters, at most twelve.
    """

    label: Words  # AGS
    name_en: str = ""
    name: Words  # Amtlicher Gemeindeschlüssel
    pattern: Annotated[str, Field(min_length=1, max_length=80)]


class BodyKind(Labelled, Dated):
    """A kind of regional body (Landkreis, kreisfreie Stadt, Region, Bezirk).

    ``word`` is put behind a short name that a body of another kind has too ("Kassel Land").
    ``cues`` are the words, in any inflection, by which texts name the kind beside a name,
    ``offices`` those that sign for such a body, ``organ`` the organ that resolves for it.
    """

    code: Code
    plural_en: str = ""
    plural: Words
    word: Text = ""
    cues: tuple[Words, ...] = ()
    offices: tuple[Words, ...] = ()
    organ_en: str = ""
    organ: Text = ""
    source: Source


class FactChoice(Labelled):
    """A value that a fact of a body may have."""

    code: Words


class BodyFact(Labelled, Dated):
    """A fact that is kept of every body (Regierungsbezirk, Form des Jobcenters).

    Without ``choices`` its value is a text of one's own; with ``many`` a body may have several.
    ``basis`` is the norm that it rests on.
    """

    code: Code
    choices: tuple[FactChoice, ...] = ()
    many: bool = False
    basis: Text = ""
    source: Source


class Body(Dated):
    """A regional body (Gebietskörperschaft) by its identifier.

    ``name`` is the name without its kind where the law names it so ("Main-Kinzig-Kreis",
    "Landkreis Kassel", "Kassel"); ``variants`` are further spellings seen in documents.
    ``short_name`` is what pages call it, without its kind even where two share it: then
    :mod:`zielwerk.packs.naming` adds the kind. ``abbreviations`` are what people write and
    search for in its place ("MKK"), first the one for places that are narrow.
    ``valid_from``/``valid_until`` (inclusive) bound its existence as such a body.
    ``facts`` are its values of the declared facts. ``tile`` is its place (column, row from 0) in
    a tile map. ``assumed`` names the fields and facts whose value no public source states.
    """

    ags: Ags
    name: Text
    short_name: Text
    abbreviations: tuple[str, ...] = ()
    kind: BodyKind  # in the file its code
    seat: Text
    facts: dict[str, Text | tuple[Text, ...]] = {}
    variants: tuple[str, ...] = ()
    tile: tuple[TilePlace, TilePlace] | None = None
    assumed: tuple[str, ...] = ()
    source: Source

    def __repr__(self) -> str:
        return f"<Body {self.ags} {self.name}>"


class Succession(Labelled):
    """What becomes of bodies on ``day``: a merger, a split, a renaming, a change of territory.

    ``predecessors`` are the bodies as they were until the day before, ``successors`` those that
    take their place; a body that goes on stands on both sides. ``shares`` are the parts of a
    predecessor's rights that go to each successor, on any scale; empty where nobody has said
    them yet: then those who carry the succession out state them. From ``day`` the figures of all
    of them are not comparable with earlier ones, but of a ``renaming``; ``text`` says so.
    """

    code: Code
    kind: Literal["merger", "split", "renaming", "change"]
    day: date
    predecessors: Annotated[tuple[Ags, ...], Field(min_length=1)]
    successors: Annotated[tuple[Ags, ...], Field(min_length=1)]
    shares: dict[str, Annotated[int, Field(gt=0, le=10**12)]] = {}
    text_en: str = ""
    text: Words
    source: Source

    @property
    def is_break(self) -> bool:
        """Whether figures before and after it cannot be compared."""
        return self.kind != "renaming"

    def touches(self, ags: str) -> bool:
        """Whether it changes the body."""
        return ags in self.predecessors or ags in self.successors

    def others(self, ags: str) -> tuple[str, ...]:
        """The other bodies that take part."""
        both = dict.fromkeys((*self.predecessors, *self.successors))
        return tuple(key for key in both if key != ags)


def fact_codes(fact: BodyFact, facts: Mapping[str, str | tuple[str, ...]]) -> tuple[str, ...]:
    """A body's values of a fact; none where it has none."""
    return values_of(facts, fact.code)


def values_of(facts: Mapping[str, str | tuple[str, ...]], code: str) -> tuple[str, ...]:
    """A body's values of the fact of this code; none where it has none."""
    value = facts.get(code, ())
    return (value,) if isinstance(value, str) else value


def fact_texts(fact: BodyFact, facts: Mapping[str, str | tuple[str, ...]]) -> tuple[str, ...]:
    """The same in words for people."""
    labels: dict[str, str] = {choice.code: choice.label for choice in fact.choices}
    return tuple(labels.get(code, code) for code in fact_codes(fact, facts))
