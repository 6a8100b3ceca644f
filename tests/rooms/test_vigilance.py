"""Changes past the log, stale and foreign objects, who may what, and what the log says."""

import re
from dataclasses import replace
from datetime import date

import pytest
from pytest_django import Settings

from tests.rooms.money import (
    AT,
    HEAD,
    MILLION,
    OFFICER,
    YEAR,
    bodies,
    decided,
    draft,
    enact,
    enter_needs,
    key,
    put_forward,
    scenario,
)
from tests.stage import signed_in
from zielwerk.adjustments import actions as adjustments
from zielwerk.adjustments.models import Adjustment
from zielwerk.allocation import actions as allocation
from zielwerk.allocation.actions import Start
from zielwerk.allocation.models import IndicatorData, Scenario
from zielwerk.budget import actions as budget
from zielwerk.budget.actions import Authority, Consumption, Line
from zielwerk.budget.forms import line_code
from zielwerk.config import world
from zielwerk.core import audit
from zielwerk.core.models import AuditEntry
from zielwerk.identity.actions import Operator
from zielwerk.imports import actions as imports
from zielwerk.imports.actions import Incoming
from zielwerk.imports.models import TableImport
from zielwerk.ledger import queries as books
from zielwerk.ledger.models import Book, Place, Transfer
from zielwerk.packs import loading as packs
from zielwerk.programme import queries as programmes
from zielwerk.programme.actions import NewParty, NewRelation, enter_party
from zielwerk.programme.models import Party
from zielwerk.rulebook.adjustment import AdjustmentKind
from zielwerk.rulebook.planning import Fund
from zielwerk.rulebook.refusal import Refused

pytestmark = pytest.mark.django_db

LINE = "0806 684 71"
AUTHORITY = Operator("user:201", frozenset({"authority"}))


def declared(programme: str, cents: int = 100, place: int = 0) -> Adjustment:
    """Free money for one body, declared by the officer."""
    ags = bodies(programme)[place].ags
    move = adjustments.Move(
        AdjustmentKind.REALLOCATION, Fund(programme, YEAR), ags, cents, "Mehrbedarf"
    )
    return adjustments.declare(OFFICER, move, at=AT)


def given_to(programme: str, ags: str) -> int:
    return programmes.standing(Fund(programme, YEAR)).bodies[ags].total_cents


def source(programme: str) -> str:
    return packs.load(programme, YEAR).money_sources[0].code


def rules_of(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {one.rule for one in refused.value.refusals}


class TestPastTheLog:
    """What was changed past the log is not acted on, and stays visible to the proof."""

    def test_a_move_so_changed_is_neither_decided_nor_rejected(self, programme: str) -> None:
        enact(programme)
        decided(programme)
        one = declared(programme)
        other = bodies(programme)[1].ags
        Adjustment.objects.filter(pk=one.pk).update(amount_cents=MILLION, ags=other)
        for act in (adjustments.decide, adjustments.reject):
            with pytest.raises(Refused) as refused:
                act(HEAD, one, at=AT)
            assert rules_of(refused) == {"cases.tampered"}
        assert programmes.standing(Fund(programme, YEAR)).free_cents == 3 * MILLION
        assert list(audit.verify()) != []

    def test_another_name_for_who_declared_it_does_not_let_her_decide(self, programme: str) -> None:
        enact(programme)
        decided(programme)
        one = declared(programme)
        Adjustment.objects.filter(pk=one.pk).update(declared_by="user:7")
        one.refresh_from_db()
        with pytest.raises(Refused) as refused:
            adjustments.decide(OFFICER, one, at=AT)
        assert rules_of(refused) == {"cases.tampered"}

    def test_a_party_so_changed_gets_no_new_relations(self, programme: str) -> None:
        first, second = (one.ags for one in bodies(programme)[:2])
        new = NewParty(programme, "Träger e. V.", "provider", [NewRelation(first)])
        party = enter_party(OFFICER, new, at=AT)
        Party.objects.filter(pk=party.pk).update(is_invented=True, entered_by="user:666")
        with pytest.raises(Refused) as refused:
            enter_party(OFFICER, replace(new, relations=[NewRelation(second)]), at=AT)
        assert rules_of(refused) == {"programme.tampered_party"}
        assert list(audit.verify()) != []

    def test_a_table_so_changed_is_neither_written_nor_given_up(self, programme: str) -> None:
        heading = "Art;Haushaltsjahr;Haushaltsstelle;Mittelherkunft;Betrag"
        label = packs.load(programme, YEAR).money_sources[0].label
        table = f"{heading}\nNachtrag;{YEAR};{LINE};{label};1,00\n".encode()
        options = {"basis": "Nachtrag", "value_date": f"{YEAR}-01-01"}
        sent = imports.receive(
            OFFICER, Incoming("budget", programme, YEAR, "h.csv", table, options), at=AT
        )
        TableImport.objects.filter(pk=sent.pk).update(options={**options, "basis": "Gefälligkeit"})
        for act in (imports.write, imports.discard):
            with pytest.raises(Refused) as refused:
                act(OFFICER, sent, at=AT)
            assert rules_of(refused) == {"cases.tampered"}
        assert not Transfer.objects.exists()
        TableImport.objects.filter(pk=sent.pk).update(options=options)
        assert imports.write(OFFICER, sent, at=AT).state == "written"  # it was only the change


class TestWhatTheLogSays:
    def test_reallocating_and_rejecting_are_told_apart(self, programme: str) -> None:
        enact(programme)
        one = declared(programme)
        said = AuditEntry.objects.latest("pk").verb
        adjustments.reject(HEAD, one, note="So nicht", at=AT)
        assert (said, AuditEntry.objects.latest("pk").verb) == (
            "adjustments.reallocate",
            "adjustments.reject",
        )

    def test_what_was_not_shown_is_not_booked(
        self, cast: world.Cast, programme: str, settings: Settings
    ) -> None:
        """Between the look and the deed a colleague commits money that burdens this budget."""
        settings.PROGRAMME = programme
        officer, address = signed_in(cast.officer), "/arbeit/haushalt/inkraftsetzen"
        earlier = Line(programme, YEAR - 1, LINE, source(programme))
        day = date(YEAR - 1, 1, 1)
        budget.authorise(HEAD, Authority(earlier, YEAR, 400_00, day, "Gesetz"), at=AT)
        said = {
            "year": str(YEAR),
            "line": line_code(earlier),
            "amount": "1.000,00",
            "value_date": f"01.01.{YEAR}",
            "basis": "Haushaltsgesetz",
        }
        shown = officer.post(address, said).content.decode()
        (seen,) = re.findall(r'name="gezeigt" value="(\w+)"', shown)
        budget.consume(HEAD, Consumption(earlier, YEAR, 400_00, day, "ZB-1"), at=AT)
        entries = AuditEntry.objects.count()
        answer = officer.post(address, {**said, "gezeigt": seen})
        assert "Die Bücher haben sich inzwischen geändert" in answer.content.decode()
        assert books.account_balances(book=Book.AUTHORISATION, place=Place.BURDENED) == []
        assert not programmes.is_in_force(Fund(programme, YEAR))
        assert AuditEntry.objects.count() == entries


class TestForeignAndStale:
    def test_needs_of_another_programme_are_no_basis(self, programme: str) -> None:
        (other,) = {"aqb_hessen", "lotsenfonds_nordmark"} - {programme}
        foreign: IndicatorData = enter_needs(other)
        with pytest.raises(Refused) as refused:
            scenario(programme, data=foreign)
        assert rules_of(refused) == {"allocation.foreign_data"}
        one = scenario(programme)
        with pytest.raises(Refused) as refused:
            allocation.keep(OFFICER, one, draft(programme, foreign, MILLION), at=AT)
        assert rules_of(refused) == {"allocation.foreign_data"}

    def test_a_scenario_over_nothing_is_not_begun(self, programme: str) -> None:
        with pytest.raises(Refused) as refused:
            scenario(programme, 0)
        assert rules_of(refused) == {"programme.amount_not_positive"}
        assert not Scenario.objects.exists()

    def test_a_limit_in_half_percents_still_gives_whole_cents(self, programme: str) -> None:
        for year in (YEAR - 1, YEAR):
            enact(programme, year=year)
        first = draft(programme, enter_needs(programme, YEAR - 1), 27 * MILLION)
        last = allocation.begin(OFFICER, Start(Fund(programme, YEAR - 1), first), at=AT)
        before = allocation.decide(HEAD, put_forward(last), at=AT).result
        limited = key(programme, max_change_percent=30.5)
        one = decided(programme, 27 * MILLION, key=limited)
        assert {type(cents) for cents in one.result.values()} == {int}
        assert sum(one.result.values()) == 27 * MILLION
        changed = [one.result[ags] / cents for ags, cents in before.items() if cents]
        assert all(0.695 <= change <= 1.305 for change in changed)
        assert list(audit.verify()) == []
