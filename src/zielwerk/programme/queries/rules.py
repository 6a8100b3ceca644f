"""The rules that an act was done under, whatever the pack says today."""

import json
from functools import lru_cache

from django.db.models import QuerySet
from pydantic import ValidationError

from zielwerk.packs import loading as packs
from zielwerk.packs.kept import revive
from zielwerk.packs.model import Year
from zielwerk.programme.models import RuleVersion
from zielwerk.rulebook.budget import LATER_YEARS


def rules(programme: str, year: int, version: str) -> Year:
    """The rule-set of a programme year in this version.

    A version that nobody kept (what was recorded before versions were kept) is read from
    today's pack, the only one there is.
    """
    if (programme, year) in packs.available():
        today = packs.load(programme, year)
        if (
            version == today.rule_version
            or not rule_versions(programme, year).filter(version=version).exists()
        ):
            return today
    return _kept(programme, year, version) or packs.load(programme, year)


def later_years(rules: Year) -> int:
    """Over how many later years a programme year may be paid, by its rules."""
    said = [one.value for one in rules.parameters if one.code == "budget_years"]
    return int(said[0]) - 1 if said and said[0].isdecimal() else LATER_YEARS


def rule_versions(programme: str, year: int) -> QuerySet[RuleVersion]:
    """The versions of a year's rules that were kept, oldest first; without the rules."""
    return RuleVersion.objects.filter(programme=programme, year=year).defer("rules")


@lru_cache(maxsize=64)
def _kept(programme: str, year: int, version: str) -> Year | None:
    found = RuleVersion.objects.filter(programme=programme, year=year, version=version).first()
    if found is None:
        return None
    try:
        return Year.model_validate_json(json.dumps(found.rules))
    except ValidationError:  # kept by software that asked for less, or for other things
        return revive(found.rules, packs.load(programme, year))
