"""What was done under a rule keeps it: all of it, and no other rules ever take its place."""

import json

import pytest
from pytest_django import Settings

from tests.rooms.money import AT, OFFICER, YEAR, enact, scenario
from tests.stage import signed_in
from zielwerk.allocation.models import Scenario
from zielwerk.config import world
from zielwerk.language import sentence
from zielwerk.packs import law
from zielwerk.packs import loading as packs
from zielwerk.packs.model import Year
from zielwerk.programme import actions, queries
from zielwerk.programme.models import RuleVersion
from zielwerk.rulebook.refusal import Refused

pytestmark = pytest.mark.django_db


def keep(programme: str, version: str, year: int = YEAR, **changes: object) -> RuleVersion:
    """Rules of an earlier version, as they were kept then."""
    rules = packs.load(programme, YEAR).model_dump(mode="json")
    return RuleVersion.objects.create(
        programme=programme,
        year=year,
        version=version,
        rules={**rules, "label": "wie es damals hieß", **changes},
        kept_at=AT,
    )


def refused(programme: str, version: str, year: int = YEAR) -> str:
    with pytest.raises(Refused) as caught:
        queries.rules(programme, year, version)
    return " ".join(sentence(why) for why in caught.value.refusals)


def test_the_whole_rule_set_is_kept_with_what_it_took_over_and_the_law(programme: str) -> None:
    version = actions.keep_rules(OFFICER, programme, YEAR, at=AT)
    kept = Year.model_validate_json(json.dumps(RuleVersion.objects.get(version=version).rules))
    today = packs.load(programme, YEAR)
    assert kept == today
    assert kept.measure_types[1].label  # 2026 states it nowhere itself
    assert kept.clauses
    rates = [one for one in kept.parameters if one.code == "base_rate"]
    assert rates == [
        one
        for one in law.parameters(today.programme.jurisdictions)
        if one.code == "base_rate" and one.valid_from and one.valid_from.year == YEAR
    ]


def test_they_outlive_the_pack_of_their_year(programme: str) -> None:
    keep(programme, "damals", 2019)
    assert queries.rules(programme, 2019, "damals").label == "wie es damals hieß"


def test_a_version_that_nobody_kept_is_refused_and_not_replaced_by_todays(programme: str) -> None:
    assert refused(programme, "nie") == (
        f"Die Regelfassung nie des Programmjahrs {YEAR} ist weder die heutige noch wurde sie"
        " festgehalten; was darunter geschah, ist ohne sie nicht zu sagen."
    )
    assert "Regelfassung nie des Programmjahrs 1999" in refused(programme, "nie", 1999)


def test_a_version_is_found_even_by_whoever_asked_before_it_was_kept(programme: str) -> None:
    assert refused(programme, "vorher")
    keep(programme, "vorher")
    assert queries.rules(programme, YEAR, "vorher").label == "wie es damals hieß"


def test_kept_rules_that_this_software_cannot_read_are_refused_and_not_completed(
    programme: str,
) -> None:
    keep(programme, "fremd", lottery=[])
    assert "kann sie nicht lesen" in refused(programme, "fremd")


def test_a_page_of_what_was_done_under_unknown_rules_says_so(
    programme: str, cast: world.Cast, settings: Settings
) -> None:
    settings.PROGRAMME = programme
    enact(programme)
    one = scenario(programme)
    Scenario.objects.filter(pk=one.pk).update(rule_version="nie")
    answer = signed_in(cast.officer).get(f"/arbeit/verteilung/{one.pk}")
    assert answer.status_code == 409
    assert f"Die Regelfassung nie des Programmjahrs {YEAR}" in answer.content.decode()
