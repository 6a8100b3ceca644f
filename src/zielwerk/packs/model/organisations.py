"""Organisations that take part: ministries, granting authorities, courts."""

from typing import Literal

from zielwerk.packs.model.base import Ags, Code, Dated, Source, Text, Words

Competence = Literal["ministry", "authority", "court"]


class Organisation(Dated):
    """A ministry, a granting authority or a court, under one name for a time.

    An organisation that is renamed is a second entry of the same ``code``. ``variants`` are
    further spellings of its name, also inflected ones, ``offices`` those who sign for it. It is
    competent for the bodies in ``bodies``, and for those with one of the values in ``facts``; with
    neither for every body.
    """

    code: Code
    role: Competence
    name_en: str = ""
    name: Words
    short_name: Text = ""
    variants: tuple[Words, ...] = ()
    seat: Text
    offices: tuple[Words, ...] = ()
    bodies: tuple[Ags, ...] = ()
    facts: dict[str, tuple[str, ...]] = {}
    source: Source

    @property
    def brief(self) -> str:
        """What narrow places call it."""
        return self.short_name or self.name
