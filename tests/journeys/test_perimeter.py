"""Where several authorities share the state, each person sees exactly the bodies of hers."""

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import StringIO
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client, RequestFactory, override_settings
from django.urls import reverse
from django.utils import timezone

from tests import districts
from tests.stage import signed_in
from zielwerk.adjustments.actions import Move, declare
from zielwerk.adjustments.models import Adjustment
from zielwerk.agreements.models import Agreement
from zielwerk.allocation.models import BodyAllocation
from zielwerk.config import world
from zielwerk.config.cast import OPERATOR
from zielwerk.core import permissions
from zielwerk.core.develop import Queries
from zielwerk.desk import panels
from zielwerk.desk import queries as desk
from zielwerk.identity.actions import Enrolment, enrol
from zielwerk.identity.models import User
from zielwerk.ledger import actions as ledger
from zielwerk.ledger.models import AccountKey, Book, EntryCode, Place, Transfer
from zielwerk.measures.models import Measure
from zielwerk.notes.actions import NewNote, write
from zielwerk.packs import loading as packs
from zielwerk.programme.models import Party
from zielwerk.rulebook.adjustment import AdjustmentKind
from zielwerk.rulebook.planning import Fund
from zielwerk.rulebook.tasks import Asked
from zielwerk.ui.lists import LISTS, Listed

pytestmark = pytest.mark.django_db
SQLITE_ALONE = True  # who sees what is the same on every database
AT = datetime(2026, 7, 1, 9, 0, tzinfo=UTC)
PUBLIC = {"programme:bodies", "publication:editions", "identity:rights"}
"""Lists that are the same for everybody: what bodies there are, what was published, and who may
do what."""


@dataclass(frozen=True)
class State:
    """The world of the demo, and a person of each authority, by its code."""

    cast: world.Cast
    people: dict[str, User]

    def bodies(self, code: str) -> frozenset[str]:
        keys = self.people[code].perimeter.keys
        assert keys
        return keys


@pytest.fixture(scope="module")
def state(
    django_db_setup: None,
    django_db_blocker: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[State]:
    with (
        django_db_blocker.unblock(),  # type: ignore[attr-defined]
        districts.served(districts.write(tmp_path_factory.mktemp("packs"))),
        override_settings(PROGRAMME=districts.CODE),
        transaction.atomic(),
    ):
        reverse("desk:home")  # now every list is declared
        cast = world.build()
        people = {
            code: enrol(OPERATOR, person(code), at=timezone.now()) for code in districts.AUTHORITIES
        }
        state = State(cast, people)
        for code in people:
            waive(cast, min(state.bodies(code)))
        yield state
        transaction.set_rollback(True)


@pytest.fixture(params=sorted(districts.AUTHORITIES))
def code(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def person(code: str) -> Enrolment:
    return Enrolment(
        f"{code}@example.org", f"Eva {code}", "", "authority_approver", code, organisation_code=code
    )


def waive(cast: world.Cast, ags: str) -> None:
    reason = "Ein Kurs kommt nicht zustande"
    move = Move(AdjustmentKind.WAIVER, Fund(districts.CODE, 2026), ags, 1_000_00, reason)
    declare(cast.officer, move, at=AT)


def rows(who: User, route: str) -> list[Any]:
    request = RequestFactory().get("/")
    request.user = who
    return list(Listed(LISTS[route], request).rows)  # type: ignore[arg-type]


def keys_of(row: Any) -> set[str]:
    """The bodies that a row of any list is about."""
    if isinstance(row, Transfer):
        return {row.source.ags, row.target.ags} - {""}
    assert hasattr(row, "ags"), row
    return {row.ags} - {""}


def name_of(row: Any) -> tuple[Any, ...]:
    own = row.pk if hasattr(row, "pk") else row.ags  # a line about a body has no row of its own
    return (own, getattr(row, "relation", 0), getattr(row, "delivery", 0))


def file_rows(client: Client, address: str) -> list[dict[str, str]]:
    answer = client.get(address)
    assert answer.status_code == 200, address
    text = answer.getvalue().decode("utf-8-sig")  # type: ignore[attr-defined]
    return list(csv.DictReader(StringIO(text), delimiter=";"))


def test_the_four_share_all_bodies(state: State) -> None:
    parts = [state.bodies(code) for code in districts.AUTHORITIES]
    everybody = {body.ags for body in packs.bodies(districts.CODE)}
    assert sum(map(len, parts)) == len(everybody) == 27
    assert frozenset().union(*parts) == everybody


def test_every_list_has_exactly_the_rows_of_her_bodies(state: State, code: str) -> None:
    her, head, own = state.people[code], state.cast.head, state.bodies(code)
    note = write(her, NewNote(Adjustment.objects.filter(ags__in=own)[0], "gelesen"), at=AT)
    client, compared = signed_in(her), set()
    for route, listing in LISTS.items():
        if permissions.role_refusal(her, listing.look):
            assert client.get(reverse(route)).status_code == 403
            continue
        if route in PUBLIC:
            assert rows(her, route) == rows(head, route)
            continue
        if route == "notes:notes":
            assert rows(her, route) == [note]
            continue
        if route == "identity:people":
            assert {row.house for row in rows(her, route)} == {her.house}
            continue
        wanted = [row for row in rows(head, route) if keys_of(row) & own]
        found, named = Counter(map(name_of, rows(her, route))), Counter(map(name_of, wanted))
        assert found == named, route
        address = reverse(route)
        assert len(file_rows(client, f"{address}?export=csv")) == len(wanted), route
        assert client.get(address).context["listed"].total == len(wanted), route
        compared |= {route} if wanted else set()
    assert compared >= {
        "agreements:agreements",
        "allocation:allocations",
        "desk:measures",
        "ledger:transfers",
        "programme:parties",
    }


def test_what_is_of_another_district_does_not_exist(state: State, code: str) -> None:
    client, own = signed_in(state.people[code]), state.bodies(code)
    opened = []
    for model, route in (
        (BodyAllocation, "allocation:allocation"),
        (Adjustment, "adjustments:adjustment"),
        (Measure, "desk:delivery"),
    ):
        for thing in model.objects.order_by("ags", "pk")[::3]:
            answer = client.get(reverse(route, args=[thing.pk]))
            assert answer.status_code == (200 if thing.ags in own else 404), (route, thing.ags)
            opened.append(answer.status_code)
    for agreement in Agreement.objects.all():
        answer = client.get(f"/arbeit/vereinbarungen/{agreement.year}/{agreement.ags}")
        assert answer.status_code == (200 if agreement.ags in own else 404)
    for body in packs.bodies(districts.CODE):
        answer = client.get(reverse("programme:body", args=[body.ags]))
        assert answer.status_code == (200 if body.ags in own else 404)
    for party in Party.objects.prefetch_related("relations"):
        is_own = any(relation.ags in own for relation in party.relations.all())
        answer = client.get(reverse("programme:party", args=[party.pk]))
        assert answer.status_code == (200 if is_own else 404)
    for transfer in Transfer.objects.select_related("source", "target").order_by("pk")[::7]:
        answer = client.get(reverse("ledger:transfer", args=[transfer.pk]))
        assert answer.status_code == (200 if keys_of(transfer) & own else 404)
    assert {200, 404} == set(opened)


def test_a_search_finds_nothing_of_another_district(state: State, code: str) -> None:
    client, own = signed_in(state.people[code]), state.bodies(code)
    for agreement in Agreement.objects.all():
        for route in ("agreements:agreements", "desk:measures"):
            answer = client.get(reverse(route), {"suche": agreement.body_name})
            found = {row.ags for row in answer.context["listed"].rows}
            assert found <= own
            assert (agreement.ags in found) == (agreement.ags in own), route


def test_the_year_counts_and_sums_her_bodies_on_page_and_in_the_file(
    state: State, code: str
) -> None:
    client, own = signed_in(state.people[code]), state.bodies(code)
    today = timezone.localdate()
    for year in packs.years(districts.CODE):
        whole = desk.body_years(state.cast.head, districts.CODE, year, today)
        wanted = [row for row in whole if row.body.ags in own]
        hers = desk.body_years(state.people[code], districts.CODE, year, today)
        assert hers == wanted
        page = client.get(reverse("desk:year", args=[year]))
        assert page.context["summary"] == desk.summary(wanted)
        exported = file_rows(client, reverse("desk:year", args=[year]) + "?export=csv")
        assert [row["AGS"] for row in exported] == [row.body.ags for row in wanted]


def test_the_books_hold_her_bodies_money_and_no_other(state: State, code: str) -> None:
    client, own = signed_in(state.people[code]), state.bodies(code)
    address = reverse("ledger:places")
    grouped = within(file_rows(client, f"{address}?gruppe=ags&export=csv"))
    everything = file_rows(signed_in(state.cast.head), f"{address}?gruppe=ags&export=csv")
    assert grouped == [row for row in everything if row["AGS"] in own]
    sums = within(file_rows(client, f"{address}?export=csv"))
    for row in sums:
        parts = [one for one in grouped if (one["Buch"], one["Ort"]) == (row["Buch"], row["Ort"])]
        assert cents(row["Betrag"]) == sum(cents(one["Betrag"]) for one in parts)
    foreign = next(body.ags for body in packs.bodies(districts.CODE) if body.ags not in own)
    answer = client.get(f"{address}?ags={foreign}&export=csv")
    assert answer.status_code == 400  # no choice of hers


def within(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """The places of what she sees, without the row that says how much lies outside of it."""
    return [row for row in rows if row["Ort"] != "außerhalb der Auswahl"]


def cents(amount: str) -> int:
    return int(amount.replace(",", "").replace(".", ""))


def test_what_is_about_all_bodies_is_not_for_who_sees_some(state: State, code: str) -> None:
    answer = signed_in(state.people[code]).get(reverse("budget:budget"))
    assert answer.status_code == 403
    assert "betrifft alle Gebietskörperschaften" in answer.content.decode()
    desk_page = signed_in(state.people[code]).get(reverse("desk:home")).content.decode()
    assert reverse("budget:budget") not in desk_page


def test_nobody_books_for_a_body_of_another_district(state: State, code: str) -> None:
    own = state.bodies(code)
    foreign = next(body.ags for body in packs.bodies(districts.CODE) if body.ags not in own)
    for ags in (min(own), foreign, ""):
        fund = Fund(districts.CODE, 2026)
        posting = ledger.Posting(
            AccountKey(Book.PLANNING, Place.OUTSIDE, districts.CODE, fund.year, ags=ags),
            AccountKey(Book.PLANNING, Place.ALLOCATED, districts.CODE, fund.year, ags=ags),
            100,
            EntryCode.AGREEMENT,
            date(2026, 7, 1),
            "ZB-1",
        )
        for book in (ledger.post, ledger.record_facts):
            if ags in own:
                assert book(state.people[code], [posting], at=AT)
                continue
            with pytest.raises(permissions.OutOfScope):
                book(state.people[code], [posting], at=AT)


def test_notes_of_an_authority_stay_in_its_house(state: State) -> None:
    code, other = sorted(state.people)[:2]
    case = Adjustment.objects.filter(ags__in=state.bodies(code))[0]
    note = write(state.people[code], NewNote(case, "nur für uns"), at=AT)
    with pytest.raises(permissions.OutOfScope):
        write(state.people[other], NewNote(case, "fremd"), at=AT)
    colleague = enrol(OPERATOR, replaced(code), at=AT)
    page = reverse("notes:note", args=[note.pk])
    seen = {who: signed_in(state.people[who]).get(page).status_code for who in state.people}
    assert seen == {who: 200 if who == code else 404 for who in state.people}
    assert signed_in(colleague).get(page).status_code == 200
    assert signed_in(state.cast.head).get(page).status_code == 404


def replaced(code: str) -> Enrolment:
    return Enrolment(
        "k@example.org", "Kollegin", "", "authority_approver", "Bezirksamt", organisation_code=code
    )


def test_more_bodies_are_not_more_queries(state: State) -> None:
    fewer, more = sorted(state.people, key=lambda code: len(state.bodies(code)))[::3]
    asked: dict[str, list[int]] = {}
    for code in (fewer, more):
        client = signed_in(state.people[code])
        for address in (*map(reverse, LISTS), reverse("desk:home"), "/arbeit/jahr/2026"):
            for form in ("", "?export=csv"):
                if not form and code == fewer and is_empty(client, address):
                    break  # asks for nothing
                queries = Queries()
                with connection.execute_wrapper(queries):
                    answer = client.get(address + form)
                    assert answer.status_code in (200, 403)
                    assert answer.getvalue()
                asked.setdefault(address + form, []).append(sum(queries.seen.values()))
    assert len(state.bodies(fewer)) < len(state.bodies(more))
    both = {address: pair for address, pair in asked.items() if len(pair) == 2}
    assert len(both) > 8
    assert not {address: pair for address, pair in both.items() if pair[0] < pair[1]}


def is_empty(client: Client, address: str) -> bool:
    listed = (client.get(address).context or {}).get("listed")
    return listed is not None and not listed.total


def test_who_is_not_let_in_on_a_day_sees_nothing_at_all(state: State, code: str) -> None:
    stored = User.objects.get(pk=state.people[code].pk)
    with pytest.raises(RuntimeError, match="let in"):
        rows(stored, "agreements:agreements")


def test_each_row_of_the_year_asks_the_authority_of_its_body(state: State) -> None:
    year, day = world.demo_year(), date(2026, 11, 1)
    rows = desk.body_years(state.cast.head, districts.CODE, year, day)
    asking = set()
    for row in panels.rows(state.cast.head, districts.CODE, year, day, rows, {}):
        (code,) = (each for each in state.people if row.body_year.body.ags in state.bodies(each))
        for step in row.steps:
            if step.task.asked == (Asked.AUTHORITY,):
                assert step.asked == f"Bezirksamt {code}"
                asking.add(code)
    assert asking == set(state.people)
    page = signed_in(state.people["north"]).get(f"/arbeit/jahr/{year}").content.decode()
    assert "Bezirksamt north" in page
    assert "Bezirksamt south" not in page
