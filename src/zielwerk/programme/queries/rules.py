"""The rules that an act was done under, whatever the pack says today."""

import json
from functools import lru_cache

from django.db.models import QuerySet
from pydantic import ValidationError

from zielwerk.packs import loading as packs
from zielwerk.packs.model import Year
from zielwerk.programme.models import RuleVersion
from zielwerk.rulebook.budget import LATER_YEARS
from zielwerk.rulebook.refusal import Refusal, Refused, msg

_UNKNOWN = msg(
    "Die Regelfassung {version} des Programmjahrs {year} ist weder die heutige noch wurde sie"
    " festgehalten; was darunter geschah, ist ohne sie nicht zu sagen."
)
_UNREADABLE = msg(
    "Die Regelfassung {version} des Programmjahrs {year} ist festgehalten, aber diese Software"
    " kann sie nicht lesen."
)


def rules(programme: str, year: int, version: str) -> Year:
    """The rule-set of a programme year in this version: today's or the one that was kept.

    Raises Refused where it is neither, because other rules would be a wrong answer.
    """
    if (programme, year) in packs.available():
        today = packs.load(programme, year)
        if version == today.rule_version:
            return today
    return _kept(programme, year, version)


def has_purpose(rules: Year, earmark: str) -> bool:
    """Whether the rules know money for this purpose (Zweckbindung)."""
    return earmark in {each.code for each in rules.earmarks}


def later_years(rules: Year) -> int:
    """The number of later years over which a programme year may be paid, by its rules."""
    values = [parameter.value for parameter in rules.parameters if parameter.code == "budget_years"]
    return int(values[0]) - 1 if values and values[0].isdecimal() else LATER_YEARS


def rule_versions(programme: str, year: int) -> QuerySet[RuleVersion]:
    """The versions of a year's rules that were kept, oldest first; without the rules."""
    return RuleVersion.objects.filter(programme=programme, year=year).defer("rules")


@lru_cache(maxsize=64)
def _kept(programme: str, year: int, version: str) -> Year:
    params = {"version": version, "year": str(year)}
    kept_version = RuleVersion.objects.filter(
        programme=programme, year=year, version=version
    ).first()
    if kept_version is None:
        raise Refused(Refusal("programme.unknown_rules", _UNKNOWN, params))
    try:
        return Year.model_validate_json(json.dumps(kept_version.rules))
    except ValidationError as error:
        raise Refused(Refusal("programme.unreadable_rules", _UNREADABLE, params)) from error
