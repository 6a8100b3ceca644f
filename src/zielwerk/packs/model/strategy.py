"""The regional strategy of a body, and the actors of a region who consent to it."""

from typing import Annotated, Literal

from pydantic import Field

from zielwerk.packs.model.base import Code, Dated, Labelled, Source, Text, Words


class RegionalStrategy(Labelled):
    """What a programme calls the strategies of its bodies, and what it asks of them.

    ``short`` is the word in narrow places, whose ``gender`` sentences need. It may be the
    precondition of funding or of an agreement. With ``consent`` every regional actor is to
    consent. ``reminder_days`` before its last day people are told that it runs out, and once
    more at each of the fewer days of ``reminded_again``: those of the body always, those of the
    ministry where ``reminded`` says so. ``drafted_for_bodies`` lets the ministry make a version
    for a body that sends paper. ``open_ended`` allows one whose end nobody knows.
    """

    label: Words  # Regionale Ausbildungs- und Arbeitsmarktstrategie
    plural_en: str = ""
    plural: Words
    short_en: str = ""
    short: Words  # Strategie
    gender: Literal["f", "m", "n"]
    precondition_of: Literal["none", "funding", "agreement"] = "none"
    consent: bool = False
    reminder_days: Annotated[int, Field(ge=0, le=3660)] = 90
    reminded_again: tuple[Annotated[int, Field(ge=0, le=3660)], ...] = ()
    reminded: tuple[Literal["body", "ministry"], ...] = ("body",)
    drafted_for_bodies: bool = True
    open_ended: bool = False
    source: Source


class RegionalActor(Labelled, Dated):
    """Whose consent to a strategy is wanted (regionaler Akteur): a legal area, business, a group.

    ``short`` is the word in narrow places. With ``per`` there is one for each value of that fact
    of the body, such as its regions.
    """

    code: Code
    short_en: str = ""
    short: Text = ""
    per: str = ""
    basis: Text = ""
    source: Source

    @property
    def brief(self) -> str:
        """What narrow places call it."""
        return self.short or self.label
