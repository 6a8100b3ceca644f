"""Signatures: who must sign for a side, in which form, and which signature fills which place.

A written agreement of a city needs the hands of two and the seal (§ 71 (2) HGO); elsewhere one
signature is enough, or text. So the rule is data of the programme, or decided once for a body
where the data do not know it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any, Self

from zielwerk.rulebook.refusal import msg


class Form(StrEnum):
    """How somebody signs: by hand, with a qualified electronic signature, in text form."""

    HAND = "hand"
    QUALIFIED = "qualified"
    TEXT = "text"


FORMS: Mapping[str, str] = {
    Form.HAND: msg("von Hand"),
    Form.QUALIFIED: msg("mit qualifizierter elektronischer Signatur"),
    Form.TEXT: msg("in Textform"),
}


class Way(StrEnum):
    """The way on which the signatures are got: on paper, or in the file itself."""

    PAPER = "paper"
    ELECTRONIC = "electronic"


WAYS: Mapping[str, str] = {Way.PAPER: msg("auf Papier"), Way.ELECTRONIC: msg("elektronisch")}
FORMS_OF: Mapping[str, frozenset[str]] = {
    Way.PAPER: frozenset({Form.HAND, Form.TEXT}),
    Way.ELECTRONIC: frozenset({Form.QUALIFIED, Form.TEXT}),
}
"""The forms that each way allows, as far as the rule does."""


@dataclass(frozen=True)
class Signing:
    """How one side signs.

    ``signers`` are the offices in their order, one signature each, ``forms`` those that are
    allowed. ``needs_seal`` where what is signed by hand bears the seal, ``needs_resolution``
    where an organ resolves first. Up to ``current_business_cents`` it is current business
    (0: never): then the first of them signs alone, in any form, without seal and resolution.
    """

    side: str
    signers: tuple[str, ...]
    forms: tuple[str, ...]
    needs_seal: bool = False
    needs_resolution: bool = False
    current_business_cents: int = 0
    basis: str = ""
    is_assumed: bool = False

    def of(self, amount_cents: int) -> Self:
        """The rule for an amount: what is current business is signed by one, in any form."""
        if not 0 < amount_cents <= self.current_business_cents:
            return self
        return replace(
            self,
            signers=self.signers[:1],
            forms=tuple(each.value for each in Form),
            needs_seal=False,
            needs_resolution=False,
        )


@dataclass(frozen=True)
class Place:
    """A place for a signature: ``body/2`` is the second one of the body, with its office."""

    id: str
    side: str
    office: str
    forms: tuple[str, ...]
    needs_seal: bool


@dataclass(frozen=True)
class Needed:
    """What one side must do, frozen when its conclusion was begun.

    ``name`` is what the side is called. ``decided`` says that somebody decided the rule for
    it, ``is_current_business`` that the exception for small amounts was applied.
    """

    name: str
    rule: Signing
    decided: bool = False
    is_current_business: bool = False

    @property
    def side(self) -> str:
        return self.rule.side

    @property
    def places(self) -> tuple[Place, ...]:
        """One place for each signer, in their order."""
        rule = self.rule
        return tuple(
            Place(f"{rule.side}/{number}", rule.side, office, rule.forms, rule.needs_seal)
            for number, office in enumerate(rule.signers, 1)
        )

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Undo :meth:`to_json`; unknown keys are a bug and raise."""
        lists = {name: tuple(data["rule"][name]) for name in ("signers", "forms")}
        return cls(**{**data, "rule": Signing(**{**data["rule"], **lists})})


def needed_of(name: str, rule: Signing, amount_cents: int, *, decided: bool = False) -> Needed:
    """What a side must do for an amount, by its rule."""
    applied = rule.of(amount_cents)
    return Needed(name, applied, decided, is_current_business=applied is not rule)


def ways_of(needed: Iterable[Needed]) -> tuple[str, ...]:
    """The ways on which every side can sign."""
    rules = [each.rule for each in needed]
    return tuple(
        way.value for way in Way if all(FORMS_OF[way].intersection(rule.forms) for rule in rules)
    )


@dataclass(frozen=True)
class Given:
    """A signature that was entered: for which place, by whom, how, on which text."""

    place: str
    name: str
    form: str
    digest: str
    has_seal: bool = False
    is_struck: bool = False


def places_of(needed: Iterable[Needed]) -> dict[str, Place]:
    """All places of all sides, in order."""
    return {place.id: place for each in needed for place in each.places}


def counting(needed: Iterable[Needed], given: Iterable[Given], digest: str) -> dict[str, Given]:
    """For each place that is filled, the signature that fills it.

    One counts that was not struck out, on this very text, in a form that the place allows, by
    somebody who fills no other place. The first of a place counts.
    """
    places = places_of(needed)
    found: dict[str, Given] = {}
    for each in given:
        place = places.get(each.place)
        if place is None or each.is_struck or each.digest != digest:
            continue
        if each.form not in place.forms or each.place in found:
            continue
        if any(same_person(each.name, other.name) for other in found.values()):
            continue
        found[each.place] = each
    return found


def same_person(one: str, other: str) -> bool:
    """Whether two names are of one person, as far as names can say."""
    return " ".join(one.casefold().split()) == " ".join(other.casefold().split())
