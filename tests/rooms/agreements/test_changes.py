"""What was agreed changes by a record of its own, and a mistaken record is annulled by two."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests import worlds
from tests.rooms.money import AT, EURO, HEAD, MILLION, OFFICER, YEAR, bodies, decided, enact
from tests.stage import publish, signed_in
from zielwerk.adjustments import actions as adjustments
from zielwerk.agreements import actions, queries
from zielwerk.agreements.actions import Ask, HandEntry, NewChange, Review
from zielwerk.agreements.models import Agreement, Annulment, Intake
from zielwerk.config import world
from zielwerk.core import audit
from zielwerk.core.permissions import NotAllowed
from zielwerk.identity.actions import Operator
from zielwerk.ledger import actions as ledger
from zielwerk.ledger import queries as books
from zielwerk.ledger.cli import check
from zielwerk.ledger.models import Transfer
from zielwerk.programme import queries as programmes
from zielwerk.publication import actions as publication
from zielwerk.publication import letters
from zielwerk.publication import queries as editions
from zielwerk.rulebook.adjustment import AdjustmentKind
from zielwerk.rulebook.agreement import Form, Measure, Signature, Terms
from zielwerk.rulebook.planning import Fund, Holding
from zielwerk.rulebook.refusal import Refused

pytestmark = pytest.mark.django_db
THIRD = Operator("user:109", frozenset({"ministry"}))
LITTLE = 100_000 * EURO
SIGNED = f"{YEAR}-01-20"


@pytest.fixture
def year(settings: Any, programme: str) -> str:
    """A programme whose year has 27 million decided."""
    settings.PROGRAMME = programme
    enact(programme, 27 * MILLION)
    decided(programme, 27 * MILLION)
    return programme


def own(programme: str) -> str:
    return bodies(programme)[-1].ags


def terms(programme: str, cents: int) -> Terms:
    kind = world.packs.load(programme, YEAR).measure_types[0].code
    frame = world.frame(programme, YEAR, own(programme))
    measures = (Measure(kind, "Kurs"), Measure(kind, "Werkstatt"))
    return Terms(**frame, amount_cents=cents, measures=measures, signatures=signed())  # type: ignore[arg-type]


def signed() -> tuple[Signature, ...]:
    """All sides have signed, whatever the programme has of them."""
    return tuple(
        Signature(party, None, "Leitung", "Hier", SIGNED)
        for party in ("ministry", "region", "authority")
    )


def holding(programme: str) -> Holding:
    return programmes.standing(Fund(programme, YEAR)).of(own(programme))


def recorded(programme: str, cents: int) -> Agreement:
    entry = HandEntry(terms(programme, cents), "Original auf Papier")
    intake = actions.begin_by_hand(OFFICER, entry, at=AT)
    return finished(intake)


def finished(intake: Intake) -> Agreement:
    intake = actions.confirm(HEAD, actions.accept(OFFICER, intake, at=AT), at=AT)
    assert intake.agreement
    return intake.agreement


def new(agreement: Agreement, number: int = 1, **other: Any) -> NewChange:
    basis = {"basis": "§ 4 Mittel", "source_note": "Nachtrag auf Papier", **other}
    return NewChange(agreement, Form.AMENDMENT, number=number, **basis)


def begun(
    agreement: Agreement, cents: int, number: int = 1, *, is_signed: bool = False, **other: Any
) -> Intake:
    intake = actions.begin_change(OFFICER, new(agreement, number, **other), at=AT)
    content = replace(intake.content, amount_cents=cents)
    if is_signed:
        content = replace(content, signatures=signed())
    return actions.review(OFFICER, intake, Review(content, [], intake.revision), at=AT)


def changed(agreement: Agreement, cents: int, number: int = 1, **other: Any) -> Agreement:
    return finished(begun(agreement, cents, number, **other))


def agree(programme: str) -> bool:
    differ = list(books.disagreements(programme))
    return differ == [] and list(books.faults()) == []


def rules(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [refusal.rule for refusal in refused.value.refusals]


def annulled(record: Agreement, person: Operator = THIRD) -> Annulment:
    asked = actions.ask_annulment(OFFICER, Ask(record, "falsche Körperschaft"), at=AT)
    return actions.annul(person, asked, at=AT)


def test_a_change_has_its_own_number_and_names_what_it_rests_on(year: str) -> None:
    first = recorded(year, 3 * LITTLE)
    second = changed(first, 2 * LITTLE)
    assert second.file_number == f"{first.file_number}-0001"
    assert (second.amends, second.version, second.basis) == (first, 2, "§ 4 Mittel")
    assert [each.amount_cents for each in queries.history(second)] == [3 * LITTLE, 2 * LITTLE]
    assert queries.agreement(OFFICER, *first.address) == second
    assert list(queries.agreements(OFFICER)) == [second]
    assert agree(year)
    assert list(audit.verify()) == []


def test_a_change_inherits_neither_signatures_nor_files_nor_day(year: str) -> None:
    first = recorded(year, 3 * LITTLE)
    intake = begun(first, 2 * LITTLE)
    assert {(each.name, each.office, each.date) for each in intake.content.signatures} == {
        (None, None, None)
    }
    assert intake.source is None
    second = finished(intake)
    assert second.content.signed_on is None
    assert first.content.signed_on is not None
    assert list(queries.sources(second)) == [intake]
    booked = Transfer.objects.filter(case=second.file_number)
    assert {each.value_date for each in booked} == {AT.date()}


def test_less_is_allocated_again_and_only_then_can_be_waived(year: str) -> None:
    has = holding(year).allocated_cents
    first = recorded(year, has)
    move = adjustments.Move(AdjustmentKind.WAIVER, Fund(year, YEAR), own(year), LITTLE, "weniger")
    with pytest.raises(Refused) as refused:
        adjustments.declare(OFFICER, move, at=AT)
    assert rules(refused) == ["adjustments.exceeds", "adjustments.is_agreed"]
    changed(first, has - LITTLE)
    assert holding(year) == Holding(LITTLE, has - LITTLE)
    adjustments.decide(HEAD, adjustments.declare(OFFICER, move, at=AT), at=AT)
    assert holding(year) == Holding(0, has - LITTLE)
    assert agree(year)


def test_more_takes_what_is_allocated_and_beyond_it_is_uncovered(year: str) -> None:
    has = holding(year).allocated_cents
    first = recorded(year, has - LITTLE)
    second = changed(first, has)
    assert holding(year) == Holding(0, has)
    changed(second, has + LITTLE, 2)
    assert holding(year) == Holding(0, has + LITTLE, -LITTLE)
    assert agree(year)


def test_after_a_cut_it_is_concluded_anew_for_what_is_there(year: str) -> None:
    has = holding(year).allocated_cents
    first = recorded(year, has)
    decided(year, 20 * MILLION)
    cut = -holding(year).uncovered_cents
    assert cut > 0
    assert agree(year)
    changed(first, has - cut)
    assert holding(year) == Holding(0, has - cut)
    assert agree(year)


def test_what_changes_words_alone_books_nothing(year: str) -> None:
    first = recorded(year, 3 * LITTLE)
    intake = actions.begin_change(OFFICER, new(first), at=AT)
    kept, dropped = intake.content.measures
    measures = (kept, Measure(dropped.type, "Neu"))
    review = Review(replace(intake.content, measures=measures), [], intake.revision)
    second = finished(actions.review(OFFICER, intake, review, at=AT))
    assert not Transfer.objects.filter(case=second.file_number).exists()
    places = list(second.agreed.values_list("position", "measure__title"))
    assert places == [(1, "Kurs"), (3, "Neu")]
    assert second.agreed.get(position=1).measure == first.agreed.get(position=1).measure
    assert agree(year)


def test_of_two_changes_begun_from_one_version_one_is_recorded(year: str) -> None:
    first = recorded(year, 3 * LITTLE)
    begun(first, 2 * LITTLE)
    with pytest.raises(Refused) as refused:
        begun(first, LITTLE)
    assert rules(refused) == ["agreements.change_open"]
    finished(Intake.objects.get(amends=first))
    with pytest.raises(Refused) as refused:
        begun(first, LITTLE)
    assert rules(refused) == ["agreements.newer_version"]


@pytest.mark.parametrize(
    ("other", "rule"),
    [
        ({"number": 2}, "agreements.number_gap"),
        ({"basis": " "}, "agreements.no_basis"),
        ({"source_note": ""}, "agreements.no_source"),
    ],
)
def test_what_is_missing_is_asked_for(year: str, other: dict[str, Any], rule: str) -> None:
    first = recorded(year, 3 * LITTLE)
    with pytest.raises(Refused) as refused:
        actions.begin_change(OFFICER, new(first, **{"number": 1, **other}), at=AT)
    assert rules(refused) == [rule]


def test_a_number_may_be_left_out_for_a_reason_and_none_twice(year: str) -> None:
    first = recorded(year, 3 * LITTLE)
    second = changed(first, 2 * LITTLE, 2, gap_reason="Nachtrag 1 wurde nie geschlossen")
    assert second.version == 3
    with pytest.raises(Refused) as refused:
        begun(second, LITTLE, 2)
    assert rules(refused) == ["agreements.number_taken"]


def test_a_change_is_of_the_same_body_and_year(year: str) -> None:
    intake = begun(recorded(year, 3 * LITTLE), 2 * LITTLE)
    other = replace(intake.content, ags=bodies(year)[0].ags)
    with pytest.raises(Refused) as refused:
        actions.review(OFFICER, intake, Review(other, [], intake.revision), at=AT)
    assert rules(refused) == ["agreements.other_body"]


def test_an_annulled_record_stays_on_file_and_leaves_the_books_as_they_were(year: str) -> None:
    before = holding(year)
    first = recorded(year, before.allocated_cents + LITTLE)
    assert annulled(first).state == "annulled"
    assert holding(year) == before
    assert not queries.agreements(OFFICER).exists()
    assert queries.agreement(OFFICER, *first.address) == first
    again = recorded(year, LITTLE)
    assert again.address == first.address
    assert agree(year)
    assert list(audit.verify()) == []


def test_a_record_is_not_annulled_by_one_person_nor_by_who_confirmed_it(year: str) -> None:
    first = recorded(year, LITTLE)
    asked = actions.ask_annulment(THIRD, Ask(first, "falsch"), at=AT)
    for person in (THIRD, HEAD):
        with pytest.raises(NotAllowed) as refused:
            actions.annul(person, asked, at=AT)
        assert rules(refused) == ["agreements.four_eyes"]
    assert holding(year).agreed_cents == LITTLE
    actions.annul(OFFICER, asked, at=AT)
    assert holding(year).agreed_cents == 0


def test_changes_are_annulled_from_the_newest_back(year: str) -> None:
    first = recorded(year, 3 * LITTLE)
    second = changed(first, 2 * LITTLE)
    with pytest.raises(Refused) as refused:
        annulled(first)
    assert rules(refused)[0] == "agreements.rests_on_it"
    annulled(second)
    assert queries.agreement(OFFICER, *first.address) == first
    assert holding(year).agreed_cents == 3 * LITTLE
    third = changed(first, LITTLE)
    assert (third.version, third.take) == (2, 2)
    assert agree(year)


def test_a_record_whose_money_went_on_is_changed_and_not_annulled(year: str) -> None:
    has = holding(year).allocated_cents
    second = changed(recorded(year, has), has - LITTLE)
    move = adjustments.Move(AdjustmentKind.WAIVER, Fund(year, YEAR), own(year), LITTLE, "weniger")
    waiver = adjustments.decide(HEAD, adjustments.declare(OFFICER, move, at=AT), at=AT)
    with pytest.raises(Refused) as refused:
        annulled(second)
    assert rules(refused) == ["ledger.insufficient", "agreements.moved_since"]
    assert refused.value.refusals[1].params["numbers"] == waiver.file_number


def test_the_edition_of_a_change_supersedes_the_one_before_and_annulling_it_brings_it_back(
    year: str,
) -> None:
    first = recorded(year, 3 * LITTLE)
    old = publish(OFFICER, HEAD, first, AT)
    second = changed(first, 2 * LITTLE, is_signed=True)
    assert editions.edition(*first.address) == old  # until the change is published, too
    assert list(editions.never_published(OFFICER)) == [second]
    later = AT + timedelta(hours=1)
    published = publish(OFFICER, HEAD, second, later)
    assert (published.number, published.amount_cents) == (2, 2 * LITTLE)
    assert editions.edition(*first.address) == published
    assert editions.superseded_edition(*first.address, 1) == old
    said = [(each["number"], each["amount_cents"]) for each in published.document["changes"]]
    assert said == [(0, 3 * LITTLE), (1, 2 * LITTLE)]
    asked = actions.ask_annulment(OFFICER, Ask(second, "kein Nachtrag"), at=later)
    actions.annul(THIRD, asked, at=later)
    published.refresh_from_db()
    assert (published.state, published.withdrawn_because) == ("withdrawn", "kein Nachtrag")
    assert editions.edition(*first.address) == old
    assert list(audit.verify()) == []


def test_what_is_annulled_is_public_no_more(year: str) -> None:
    first = recorded(year, 3 * LITTLE)
    publish(OFFICER, HEAD, first, AT)
    annulled(first)
    assert not editions.current_editions().exists()
    with pytest.raises(Refused):
        publication.begin(OFFICER, first, at=AT)
    assert letters.public_data(first)["changes"] == []


def test_what_is_booked_past_the_records_is_found_with_body_year_and_both_figures(
    year: str, capsys: pytest.CaptureFixture[str]
) -> None:
    first = recorded(year, 3 * LITTLE)
    assert check([]) == 0
    ledger.reverse_case(THIRD, first.file_number, "am Vorgang vorbei", at=AT)
    (found,) = books.disagreements(year)
    assert (found.year, found.ags) == (YEAR, own(year))
    assert (found.said_cents, found.booked_cents) == (3 * LITTLE, 0)
    assert check([]) == 1
    said = capsys.readouterr().err
    assert f"{YEAR}: Vereinbart sind nach den Vorgängen 300.000,00" in said
    assert "nach den Büchern 0,00" in said


def test_the_desk_of_the_ministry_leads_to_what_differs(year: str) -> None:
    people = worlds.put(world.enrol_cast)
    first = recorded(year, 3 * LITTLE)
    head = signed_in(people.head)
    assert "Vorgängen und Büchern" not in head.get("/arbeit/").content.decode()
    ledger.reverse_case(THIRD, first.file_number, "am Vorgang vorbei", at=AT)
    desk = head.get("/arbeit/").content.decode()
    assert "Abweichung zwischen Vorgängen und Büchern ist zu klären" in desk
    assert 'href="/arbeit/abgleich"' in desk
    assert "300.000,00" in head.get("/arbeit/abgleich").content.decode()
    assert "/arbeit/abgleich" not in signed_in(people.body).get("/arbeit/").content.decode()
    assert signed_in(people.body).get("/arbeit/abgleich").status_code == 403
