"""Hesse in 2028: everything changes within the year, and what was done before stays as it was."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.journeys.programmes import HESSE
from tests.packs.hesse_2028 import (
    AFTER,
    AQB,
    BEFORE,
    CHANGE,
    DIVIDED,
    MERGED,
    NEW_EARMARK,
    NEW_TYPE,
    PARTED,
    UNITED,
    add_2028,
    copy_of_hesse,
)
from tests.stage import signed_in
from zielwerk.agreements import actions as agreements
from zielwerk.agreements.forms import ReviewForm
from zielwerk.agreements.models import Agreement, Intake
from zielwerk.allocation import actions as allocation
from zielwerk.allocation import queries as allocations
from zielwerk.allocation.actions import Draft, Needs, Start
from zielwerk.allocation.forms.scenario import key_of_pack
from zielwerk.allocation.models import Scenario
from zielwerk.allocation.panels.marks import marks_of
from zielwerk.budget import actions as budget
from zielwerk.config import world
from zielwerk.ledger import queries as books
from zielwerk.packs import folders
from zielwerk.packs import loading as packs
from zielwerk.programme import queries as programmes
from zielwerk.rulebook.agreement import Measure, Signature, Terms
from zielwerk.rulebook.planning import Fund
from zielwerk.rulebook.refusal import Refused
from zielwerk.succession import actions as successions
from zielwerk.succession.actions import Declaration

YEAR, MILLION = 2028, 1_000_000_00
MARCH, MAY, AUGUST = (datetime(YEAR, month, 14, 9, 0, tzinfo=UTC) for month in (3, 5, 8))
FUND = Fund(AQB, YEAR)
pytestmark = pytest.mark.django_db


@pytest.fixture
def root(tmp_path: Path) -> Iterator[Path]:
    """An installation with Hesse as it ships, and 2027."""
    folders.use(copy_of_hesse(tmp_path))
    yield tmp_path
    folders.use(None)


@pytest.fixture
def people(root: Path, cast: world.Cast) -> world.Cast:
    """The people of the demo, in an installation to which 2028 is added."""
    add_2028(root)
    folders.forget()
    return cast


def rules_refused(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {refusal.rule for refusal in refused.value.refusals}


# --- the past ---------------------------------------------------------------------------


def told(years: list[int]) -> dict[str, object]:
    """All that the public reads of these years, and the rules that stand behind it."""
    public, said = Client(), dict[str, object]()
    for agreement in Agreement.objects.filter(year__in=years):
        page = f"/zielvereinbarungen/{agreement.year}/{agreement.ags}"
        for address in (page, f"{page}.json", f"{page}.csv", f"{page}/leichte-sprache"):
            said[address] = public.get(address).getvalue()
        pdf = pypdfium2.PdfDocument(BytesIO(public.get(f"{page}.pdf").getvalue()))
        said[f"{page}.pdf"] = [sheet.get_textpage().get_text_range() for sheet in pdf]
        said[f"{page}: Fassung"] = agreement.rule_version
    said |= {f"{year}": packs.load(AQB, year).rule_version for year in range(2023, 2028)}
    return said


def test_what_is_added_for_2028_changes_nothing_that_was_told_before(
    root: Path, cast: world.Cast
) -> None:
    at = datetime(2027, 9, 2, 9, 0, tzinfo=UTC)
    world.record_and_publish(cast, world.main_kinzig(), False, at)
    for year in (2025, 2026, 2027):
        terms = Terms(
            **world.frame(AQB, year, DIVIDED),  # type: ignore[arg-type]
            amount_cents=MILLION,
            measures=(Measure("qualification", "Pflegehilfe"),),
            signatures=(
                Signature("ministry", None, "Staatsministerin", "Wiesbaden"),
                Signature("region", None, "Landrat", "Hanau"),
            ),
        )
        world.record_and_publish(cast, terms, True, at)
    years = [2024, 2025, 2026, 2027]
    before = told(years)
    assert sum(address.endswith(".pdf") for address in before) == len(years)
    add_2028(root)
    folders.forget()
    assert packs.years(AQB)[0] == YEAR
    assert told(years) == before


# --- agreements -------------------------------------------------------------------------


def text_of(ministry: str, day: str) -> bytes:
    """The example's text as it might be signed in 2028."""
    text = HESSE.file.read_text().replace("2024", str(YEAR))
    before = "Hessischen Ministerium für Arbeit, Integration, Jugend und Soziales"
    assert before in text
    text = text.replace(before, ministry.replace("Hessisches", "Hessischen", 1))
    text = text.replace(f"24. Juni {YEAR}", day).replace("2-?. o/. 2h", day)
    return text.encode()


def read_in(people: world.Cast, content: bytes) -> Intake:
    file = SimpleUploadedFile("text.txt", content, "text/plain")
    signed_in(people.officer).post("/arbeit/erfassungen/neu", {"file": file})
    return Intake.objects.latest("pk")


@pytest.mark.parametrize(
    ("ministry", "day", "is_after"),
    [(BEFORE, "2. Mai 2028", False), (AFTER, "14. August 2028", True)],
)
def test_an_agreement_names_the_ministry_of_its_day_and_offers_the_kinds_of_its_day(
    people: world.Cast, ministry: str, day: str, is_after: bool
) -> None:
    intake = read_in(people, text_of(ministry, day))
    assert intake.year == YEAR
    assert intake.content.ministry == ministry
    form = ReviewForm(intake, user=people.officer, today=date(YEAR, 12, 1))
    offered = {code for code, _ in form.fields["measures[0].type"].choices}  # type: ignore[attr-defined]
    earmarks = {code for code, _ in form.fields["earmarks"].choices}  # type: ignore[attr-defined]
    assert ((NEW_TYPE in offered), (NEW_EARMARK in earmarks)) == (is_after, is_after)
    assert offered >= {"qualification", "staff_training"}


def by_hand(day: date, kind: str) -> agreements.HandEntry:
    terms = Terms(
        **world.frame(AQB, YEAR, "06440"),  # type: ignore[arg-type]
        amount_cents=MILLION,
        measures=(Measure(kind, "Netzwerktechnik"),),
        signatures=(Signature("ministry", None, "Staatsministerin", date=day.isoformat()),),
    )
    return agreements.HandEntry(terms, "Brief", False)


def test_a_kind_that_begins_in_july_is_refused_for_what_was_signed_before(
    people: world.Cast,
) -> None:
    early = agreements.begin_by_hand(people.officer, by_hand(MAY.date(), NEW_TYPE), at=AUGUST)
    with pytest.raises(Refused) as refused:
        agreements.accept(people.officer, early, at=AUGUST)
    assert rules_refused(refused) == {"agreements.measure_type"}
    late = agreements.begin_by_hand(people.officer, by_hand(CHANGE, NEW_TYPE), at=AUGUST)
    late = agreements.accept(people.officer, late, at=AUGUST)
    late = agreements.confirm(people.head, late, at=AUGUST)
    assert late.agreement
    page = signed_in(people.officer).get(f"/arbeit/vereinbarungen/{YEAR}/06440").content.decode()
    assert "Einstieg in digitale Berufe" in page


# --- allocation -------------------------------------------------------------------------


def needs(people: world.Cast, earmark: str = "") -> Needs:
    codes = [indicator.code for indicator in packs.load(AQB, YEAR).indicators]
    values = {
        body.ags: {code: Fraction(1000 + 7 * place) for code in codes}
        for place, body in enumerate(packs.bodies_in(AQB, YEAR))
        if body.ags not in (UNITED, PARTED)
    }
    return Needs(AQB, YEAR, "Statistik", date(2027, 6, 30), values)


def begun(people: world.Cast, at: datetime, *, of: date, earmark: str = "") -> Scenario:
    """A scenario with the key that the rules of a day have."""
    data = allocation.enter_indicators(people.officer, needs(people), at=at)
    keys = {key.earmark: key for key in packs.load(AQB, YEAR).on(of).allocation_keys}
    key = key_of_pack(keys[""], keys[""].rounding_cents, keys[""].method_in(YEAR))
    draft = Draft("Verteilung", "", 27 * MILLION + 12_345_67, key, data)
    return allocation.begin(people.officer, Start(replace(FUND, earmark=earmark), draft), at=at)


def enact(people: world.Cast) -> None:
    line = budget.Line(AQB, YEAR, "0806 684 71", "state")
    entry = budget.Entry(line, 30 * MILLION, date(YEAR, 1, 1), "Haushaltsgesetz")
    budget.enact(people.officer, entry, at=datetime(YEAR, 1, 10, 9, 0, tzinfo=UTC))


def decided(people: world.Cast, at: datetime) -> Scenario:
    case = allocation.propose(people.officer, begun(people, at, of=at.date()), at=at)
    return allocation.decide(people.head, case, at=at)


def test_what_is_decided_in_march_and_in_august_is_rounded_as_then(people: world.Cast) -> None:
    enact(people)
    for at, unit in ((MARCH, 100_00), (AUGUST, 1_000_00)):
        case = decided(people, at)
        amounts = [given.amount_cents for given in case.allocations.all()]
        assert not [cents for cents in amounts if cents % unit]
        assert 0 < case.end_cents - sum(amounts) < unit
        assert not marks_of(case, allocations.rules_of(case)).is_own_key


def test_a_key_of_june_that_is_put_forward_in_august_is_told_as_ones_own(
    people: world.Cast,
) -> None:
    enact(people)
    case = begun(people, datetime(YEAR, 6, 20, 9, 0, tzinfo=UTC), of=date(YEAR, 6, 20))
    assert not marks_of(case, allocations.rules_of(case)).is_own_key
    case = allocation.propose(people.officer, case, at=AUGUST)
    assert marks_of(case, allocations.rules_of(case)).is_own_key


def test_a_purpose_is_refused_before_its_day(people: world.Cast) -> None:
    with pytest.raises(Refused) as refused:
        begun(people, MAY, of=MAY.date(), earmark=NEW_EARMARK)
    assert rules_refused(refused) == {"programme.earmark_not_on_day"}
    assert begun(people, AUGUST, of=AUGUST.date(), earmark=NEW_EARMARK).earmark == NEW_EARMARK


# --- who is a body ----------------------------------------------------------------------


def carried_out(people: world.Cast, code: str, shares: dict[str, str], at: datetime) -> None:
    succession = next(each for each in packs.successions(AQB) if each.code == code)
    said = Declaration(AQB, succession, [YEAR], shares, "Vereinbarung der Beteiligten")
    act = successions.declare(people.officer, said, at=at)
    successions.decide(people.head, act, at=at)


def test_no_cent_is_lost_over_a_merger_and_a_split(people: world.Cast) -> None:
    enact(people)
    decided(people, MARCH)
    before = dict(programmes.standing(FUND).totals)
    assert set(MERGED) <= before.keys()
    assert not {UNITED, PARTED} & before.keys()
    carried_out(people, "odenwaldvorland_2028", {UNITED: "1"}, AUGUST)
    merged = {ags: cents for ags, cents in programmes.standing(FUND).totals.items() if cents}
    assert merged[UNITED] == sum(before[ags] for ags in MERGED)
    assert not set(MERGED) & merged.keys()
    later = datetime(YEAR, 10, 4, 9, 0, tzinfo=UTC)
    carried_out(people, "ried_2028", {DIVIDED: "2", PARTED: "1"}, later)
    after = {ags: cents for ags, cents in programmes.standing(FUND).totals.items() if cents}
    assert after[DIVIDED] + after[PARTED] == before[DIVIDED]
    assert 0 <= after[DIVIDED] - 2 * after[PARTED] <= 2
    assert sum(after.values()) == sum(before.values())
    untouched = before.keys() - {*MERGED, DIVIDED}
    assert {ags: after[ags] for ags in untouched} == {ags: before[ags] for ags in untouched}
    assert list(books.faults()) == []


def test_who_shares_changes_with_the_act_and_all_are_bodies_of_the_year(
    people: world.Cast,
) -> None:
    def sharing(*done: str) -> set[str]:
        return {body.ags for body in packs.bodies_sharing(AQB, YEAR, frozenset(done))}

    everybody = {body.ags for body in packs.bodies_in(AQB, YEAR)}
    assert everybody >= {*MERGED, UNITED, DIVIDED, PARTED}
    assert everybody - sharing() == {UNITED, PARTED}
    assert everybody - sharing("odenwaldvorland_2028") == {*MERGED, PARTED}
    assert everybody - sharing("odenwaldvorland_2028", "ried_2028") == set(MERGED)
