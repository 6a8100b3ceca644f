"""What an agreement says in Leichte Sprache, and who gave it."""

from typing import Any

from zielwerk.packs import competence
from zielwerk.packs import loading as packs
from zielwerk.packs.easy import Easy
from zielwerk.packs.model import Year
from zielwerk.rulebook.money import format_euro


def easy_measures(
    data: dict[str, Any], words: Easy
) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The titles of measures by type, each type in lines of Leichte Sprache.

    A type of which the programme has no such words goes by its own label.
    """
    titles: dict[tuple[str, ...], list[str]] = {}
    for measure in data["measures"]:
        lines = words.measure_types.get(measure["type"]) or (measure["type_label"],)
        titles.setdefault(lines, []).append(measure["title"])
    return [(lines, tuple(of_type)) for lines, of_type in titles.items()]


def easy_amount(cents: int) -> str:
    """An amount in Leichte Sprache: "1.600.100 Euro", with cents only where there are some."""
    return format_euro(cents).removesuffix("\N{NO-BREAK SPACE}€").removesuffix(",00") + " Euro"


def easy_kind(data: dict[str, Any], words: Easy) -> tuple[str, ...]:
    """The kind of the body in Leichte Sprache; nothing where the programme has no such words."""
    kinds = packs.programme(data["programme"]).body_kinds
    codes = [kind.code for kind in kinds if kind.label == data["region"]["kind"]]
    return words.body_kinds.get(codes[0], ()) if codes else ()


def giver(data: dict[str, Any], rules: Year) -> str:
    """Who gave the document: its ministry, or the authority where the ministry is no side of it."""
    is_ministry = "ministry" in rules.programme.document.sides
    return str(data["ministry"] if is_ministry else data["granting_authority"])


def is_granted_by(data: dict[str, Any], rules: Year) -> bool:
    """Whether the document names an authority of which the programme tells."""
    authorities = competence.named(rules.organisations, "authority", rules.period)
    return data["granting_authority"] in {each.name for each in authorities}
