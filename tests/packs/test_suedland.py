"""The third programme that ships, invented: what it has that the others have not."""

from collections import Counter
from datetime import date

from zielwerk.packs import competence, loading, naming

KBS = "kreisbudget_suedland"


def test_its_44_bodies_are_of_three_kinds_and_two_pairs_share_a_name() -> None:
    bodies = loading.bodies_in(KBS, 2026)
    kinds = Counter(body.kind.code for body in bodies)
    assert kinds == {"city_county": 9, "county": 34, "region": 1}
    names = naming.names(KBS)
    assert [names[ags].short for ags in ("SL102", "SL111", "SL202", "SL211")] == [
        *("Arlingen Stadt", "Arlingen Land", "Neckelheim Stadt", "Neckelheim Land"),
    ]
    assert names["SL311"].official == "Region Seeufer"
    assert names["SL118"].official == "Drei-Quellen-Kreis (Landkreis)"


def test_a_body_that_is_renamed_within_a_year_is_one_body_under_two_names() -> None:
    change = loading.successions(KBS)[-1]
    day = change.day
    assert (change.kind, day) == ("renaming", date(2026, 4, 1))
    names = {body.name for body in loading.bodies_in(KBS, 2026) if body.ags == change.successors[0]}
    assert names == {"Landkreis Moosried-Tann"}
    assert len(loading.bodies_in(KBS, 2026)) == len(loading.bodies_in(KBS, 2025)) == 44


def test_each_body_has_the_authority_and_the_court_of_its_district() -> None:
    rules = loading.load(KBS, 2026)
    for body in loading.bodies_in(KBS, 2026):
        authority = competence.competent(rules.organisations, "authority", rules.begins, body)
        court = competence.competent(rules.organisations, "court", rules.begins, body)
        assert authority
        assert court
        assert authority.name == f"Bezirksregierung {body.facts['district']}"
        assert court.seat == authority.seat
    assert competence.competent(rules.organisations, "authority", rules.begins) is None


def test_its_year_runs_from_october_to_september() -> None:
    for year in (2025, 2026):
        rules = loading.load(KBS, year)
        assert (rules.begins, rules.ends) == (date(year - 1, 10, 1), date(year, 9, 30))


def test_its_procedures_go_through_two_hearings_a_resolution_and_a_release() -> None:
    rules = loading.load(KBS, 2026)
    stages = {
        procedure.code: [
            (stage.side, bool(stage.notes)) for stage in rules.procedure(procedure.code)
        ]
        for procedure in rules.programme.procedures
    }
    ministry, authority = ("ministry", False), ("authority", False)
    assert stages == {
        "allocation": [ministry, ("ministry", True), ("ministry", True), ministry],
        "recording": [authority, ("authority", True), authority],
        "adjustment": [ministry],  # an authority never gives its own bodies the state's money
        "publication": [authority, ministry],
        "strategy": [("body", False), ("authority", True), ministry],
        "negotiation": [authority, ("body", False), authority],
        "conclusion": [authority, ("authority", True), authority],
        "application": [("body", False), ("ministry", True), authority],
        "grant": [authority, ("ministry", True), authority],
        "passing": [("body", False), ("body", True), ("body", False)],
    }
    document = rules.programme.document
    assert (document.sides, document.per_year) == (("authority",), 0)
    assert document.recipient == "measure"
