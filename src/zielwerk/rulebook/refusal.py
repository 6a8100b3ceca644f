"""Refusals: a rule, a sentence and its legal basis.

The rulebook knows no language and no door. A refusal therefore carries a German message
identifier with named slots and the values for them; the door that answers a person
translates the sentence and formats the values.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

_NOTHING: Mapping[str, object] = MappingProxyType({})


def msg(sentence: str) -> str:
    """Mark a German sentence for translation without translating it."""
    return sentence


def msgs(singular: str, plural: str) -> tuple[str, str]:
    """Mark the singular and plural of a German phrase for translation."""
    return singular, plural


@dataclass(frozen=True)
class Said:
    """A sentence that is told: a German msgid with named slots, and their values.

    The values are those that a :class:`Refusal` may have.
    """

    msgid: str
    params: Mapping[str, object] = field(default_factory=lambda: _NOTHING)


@dataclass(frozen=True)
class Refusal:
    """One reason why a verb is not possible now.

    ``rule`` is a stable dotted name (``agreements.four_eyes``), ``msgid`` a German sentence
    with ``{named}`` slots marked by :func:`msg`, ``params`` the values of the slots
    (text, whole numbers, dates, :class:`~zielwerk.rulebook.money.Cents`, or a
    :class:`~zielwerk.rulebook.lifecycle.Label` that is itself translated), ``basis`` the
    legal source as people cite it, empty where the rule is one of the software.
    """

    rule: str
    msgid: str
    params: Mapping[str, object] = field(default_factory=lambda: _NOTHING)
    basis: str = ""


class Refused(Exception):  # noqa: N818 - a refusal is an answer of the world, not an error
    """Raised where a verb is refused; carries one refusal or several."""

    def __init__(self, *refusals: Refusal) -> None:
        assert refusals
        super().__init__(*(refusal.msgid for refusal in refusals))
        self.refusals = refusals
