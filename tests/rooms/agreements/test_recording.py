"""Recording an agreement that was concluded on paper."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from tests.stage import AT
from zielwerk.agreements import actions
from zielwerk.agreements.actions import HandEntry, Received, Review
from zielwerk.agreements.models import Agreement, Intake
from zielwerk.config import world
from zielwerk.core import audit, guards
from zielwerk.core.models import AuditEntry, AuditSeal
from zielwerk.core.permissions import NotAllowed
from zielwerk.ledger import queries as ledger
from zielwerk.ledger.models import Book, Place, Transfer
from zielwerk.measures.models import Measure
from zielwerk.rulebook.agreement import Measure as NamedMeasure
from zielwerk.rulebook.agreement import differences
from zielwerk.rulebook.refusal import Refused

TERMS = world.main_kinzig()


def received(content: bytes = b"ein Text", doubts: tuple[str, ...] = ()) -> Received:
    return Received("text.txt", content, TERMS, {"evidence": {}}, doubts)


def rules(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [refusal.rule for refusal in refused.value.refusals]


def accepted(cast: world.Cast) -> Intake:
    intake = actions.begin(cast.officer, received(), at=AT)
    return actions.accept(cast.officer, intake, at=AT)


def test_two_people_record_an_agreement_with_its_measures_and_money(cast: world.Cast) -> None:
    intake = actions.confirm(cast.head, accepted(cast), at=AT)
    agreement = intake.agreement
    assert agreement
    assert agreement.amount_cents == 160_010_000
    assert agreement.file_number == "ZV-2024-0001"
    titles = [agreed.measure.title for agreed in agreement.agreed.select_related("measure")]
    assert titles == [measure.title for measure in TERMS.measures]
    places = {one.place: one.balance_cents for one in ledger.places(cast.head)}
    assert {place: cents for place, cents in places.items() if cents} == {
        Place.OPENING: -160_010_000,
        Place.AGREED: 160_010_000,
    }


def test_a_missing_allocation_becomes_a_labelled_opening_entry(cast: world.Cast) -> None:
    actions.confirm(cast.head, accepted(cast), at=AT)
    opening, agreed = Transfer.objects.order_by("pk")
    assert (opening.code, opening.get_code_display()) == ("opening", "Eröffnungsbuchung")
    assert (agreed.source.place, agreed.target.place) == (Place.ALLOCATED, Place.AGREED)
    assert {opening.case, agreed.case} == {"ZV-2024-0001"}
    assert agreed.source.book == Book.PLANNING


def test_unknown_dates_stay_unknown_and_the_money_counts_from_the_day_it_was_recorded(
    cast: world.Cast,
) -> None:
    agreement = actions.confirm(cast.head, accepted(cast), at=AT).agreement
    assert agreement
    assert [one.date for one in agreement.content.signatures] == [None, None]
    assert Transfer.objects.latest("pk").value_date == AT.date()


def test_money_counts_from_the_last_signature_where_all_are_dated(cast: world.Cast) -> None:
    first, second = TERMS.signatures
    dated = replace(
        TERMS, signatures=(replace(first, date="2024-07-17"), replace(second, date="2024-07-29"))
    )
    world.record_and_publish(cast, dated, False, AT)
    assert Transfer.objects.latest("pk").value_date.isoformat() == "2024-07-29"


def test_who_accepted_cannot_confirm(cast: world.Cast) -> None:
    own = actions.accept(cast.head, actions.begin(cast.head, received(), at=AT), at=AT)
    with pytest.raises(NotAllowed) as refused:
        actions.confirm(cast.head, own, at=AT)
    assert rules(refused) == ["agreements.four_eyes"]
    with pytest.raises(NotAllowed) as refused:
        actions.confirm(cast.officer, own, at=AT)
    assert rules(refused) == ["core.role"]
    assert not Agreement.objects.exists()


def test_the_database_itself_refuses_one_person_in_both_parts(cast: world.Cast) -> None:
    intake = accepted(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Intake.objects.filter(pk=intake.pk).update(confirmed_by=cast.officer.audit_name)


@pytest.mark.parametrize("person", ["authority", "body", "provider", "auditor"])
def test_only_the_ministry_records(cast: world.Cast, person: str) -> None:
    with pytest.raises(NotAllowed):
        actions.begin(getattr(cast, person), received(), at=AT)
    assert not Intake.objects.exists()
    assert not AuditEntry.objects.filter(verb="agreements.begin").exists()


def test_doubts_must_be_settled_before_accepting(cast: world.Cast) -> None:
    intake = actions.begin(cast.officer, received(doubts=("year", "budget_cents")), at=AT)
    with pytest.raises(Refused) as refused:
        actions.accept(cast.officer, intake, at=AT)
    assert rules(refused) == ["agreements.open_doubts"]
    looked_at = Review(TERMS, ["year", "budget_cents"], intake.revision)
    intake = actions.review(cast.officer, intake, looked_at, at=AT)
    assert actions.accept(cast.officer, intake, at=AT).state == "accept"


def test_corrections_are_kept_and_what_was_read_too(cast: world.Cast) -> None:
    intake = actions.begin(cast.officer, received(), at=AT)
    terms = replace(TERMS, measures=(NamedMeasure("qualification", "Neu"), *TERMS.measures[1:]))
    intake = actions.review(cast.officer, intake, Review(terms, [], intake.revision), at=AT)
    intake = actions.accept(cast.officer, intake, at=AT)
    actions.confirm(cast.head, intake, at=AT)
    assert Measure.objects.order_by("position").first().title == "Neu"  # type: ignore[union-attr]


def test_two_reviewers_do_not_overwrite_each_other(cast: world.Cast) -> None:
    intake = actions.begin(cast.officer, received(), at=AT)
    actions.review(cast.officer, intake, Review(TERMS, [], intake.revision), at=AT)
    with pytest.raises(Refused) as refused:
        actions.review(cast.head, intake, Review(TERMS, [], intake.revision), at=AT)
    assert rules(refused) == ["cases.changed_meanwhile"]


def test_the_same_file_is_recognised_by_its_content(cast: world.Cast) -> None:
    actions.begin(cast.officer, received(), at=AT)
    with pytest.raises(Refused) as refused:
        actions.begin(cast.head, replace(received(), name="anders.txt"), at=AT)
    assert rules(refused) == ["agreements.same_file"]
    assert Intake.objects.count() == 1


def test_a_discarded_file_may_be_read_again(cast: world.Cast) -> None:
    intake = actions.begin(cast.officer, received(), at=AT)
    actions.discard(cast.officer, intake, at=AT)
    again = actions.begin(cast.officer, received(), at=AT)
    assert again.source == intake.source


def test_another_text_is_kept_as_a_source_and_overwrites_nothing(
    cast: world.Cast, main_kinzig: Agreement
) -> None:
    other = replace(TERMS, amount_cents=1)
    intake = actions.begin(cast.officer, replace(received(), terms=other), at=AT)
    with pytest.raises(Refused) as refused:
        actions.accept(cast.officer, intake, at=AT)
    assert rules(refused) == ["agreements.exists"]
    assert [one.place for one in differences(main_kinzig.content, other)] == ["Betrag"]
    kept = actions.keep(cast.officer, intake, at=AT)
    assert (kept.state, kept.agreement) == ("kept", main_kinzig)
    main_kinzig.refresh_from_db()
    assert main_kinzig.amount_cents == 160_010_000
    assert Transfer.objects.count() == 2


def test_a_recorded_agreement_cannot_be_changed_in_the_database(main_kinzig: Agreement) -> None:
    for attack in (
        lambda: Agreement.objects.update(amount_cents=1),
        lambda: main_kinzig.agreed.all().delete(),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            attack()


def test_two_open_recordings_of_one_body_end_in_one_agreement(cast: world.Cast) -> None:
    first = actions.begin(cast.officer, received(b"eins"), at=AT)
    second = actions.begin(cast.officer, received(b"zwei"), at=AT)
    first, second = (actions.accept(cast.officer, one, at=AT) for one in (first, second))
    actions.confirm(cast.head, first, at=AT)
    with pytest.raises(Refused) as refused:
        actions.confirm(cast.head, second, at=AT)
    assert rules(refused) == ["agreements.exists"]
    assert Agreement.objects.count() == 1
    assert sum(one.balance_cents for one in ledger.places(cast.head)) == 0


def test_each_step_leaves_one_audit_entry_and_the_chain_vouches_for_the_agreement(
    cast: world.Cast,
) -> None:
    before = AuditEntry.objects.count()
    actions.confirm(cast.head, accepted(cast), at=AT)
    verbs = list(AuditEntry.objects.filter(pk__gt=before).values_list("verb", flat=True))
    assert verbs == ["agreements.begin", "agreements.accept", "agreements.confirm"]
    assert list(audit.verify()) == []


def test_an_agreement_entered_past_the_actions_is_found_out(main_kinzig: Agreement) -> None:
    Agreement.objects.create(
        file_number="X",
        programme="aqb_hessen",
        year=2024,
        ags="06411",
        body_name="Darmstadt",
        amount_cents=5,
        terms=TERMS.to_json(),
        rule_version="x",
        recorded_at=datetime(2024, 1, 1, tzinfo=UTC),
    )
    assert {fault.rule for fault in audit.verify()} == {"audit.changed"}


def test_an_agreement_keeps_the_rule_version_it_was_made_under(main_kinzig: Agreement) -> None:
    assert main_kinzig.rule_version == world.packs.load("aqb_hessen", 2024).rule_version


def test_by_hand_without_a_text(cast: world.Cast) -> None:
    intake = actions.begin_by_hand(cast.officer, HandEntry(TERMS, "Brief"), at=AT)
    assert (intake.source, intake.open_doubts()) == (None, [])


def test_nobody_confirms_what_was_not_on_the_page(cast: world.Cast) -> None:
    seen = accepted(cast)
    changed = actions.send_back(cast.officer, seen, note="Bitte prüfen", at=AT)
    dearer = replace(TERMS, amount_cents=900_000_000)
    changed = actions.review(cast.officer, changed, Review(dearer, [], changed.revision), at=AT)
    actions.accept(cast.officer, changed, at=AT)
    with pytest.raises(Refused) as refused:
        actions.confirm(cast.head, seen, at=AT)
    assert rules(refused) == ["cases.changed_meanwhile"]
    assert not Agreement.objects.exists()


def test_what_was_changed_past_the_chain_is_not_confirmed(cast: world.Cast) -> None:
    intake = accepted(cast)
    dearer = replace(TERMS, amount_cents=900_000_000)
    Intake.objects.filter(pk=intake.pk).update(terms=dearer.to_json())
    with pytest.raises(Refused) as refused:
        actions.confirm(cast.head, intake, at=AT)
    assert rules(refused) == ["cases.tampered"]


@pytest.mark.parametrize(
    ("statement", "thing"),
    [
        ("UPDATE agreements_intake SET accepted_by = 'user:9'", "intake"),
        ("UPDATE documents_storedfile SET content = %s", "file"),
        ("UPDATE identity_post SET valid_from = '2020-01-01'", "post"),
        ("UPDATE publication_edition SET amount_cents = 1", "edition"),
        ("UPDATE publication_edition SET is_invented = NOT is_invented", "edition"),
        ("UPDATE measures_measure SET title = 'x'", "measure"),
        ("UPDATE agreements_agreement SET body_name = 'x'", "agreement"),
        ("DELETE FROM agreements_agreedmeasure", "agreement"),
    ],
)
def test_whoever_changes_the_database_by_hand_is_found_out(
    cast: world.Cast, main_kinzig: Agreement, statement: str, thing: str
) -> None:
    guards.remove_all()
    with connection.cursor() as cursor:
        cursor.execute(statement, [b"A"] if "%s" in statement else None)
    guards.install_all()
    faults = [fault for fault in audit.verify() if fault.rule == "audit.changed"]
    assert faults
    assert all(str(fault.params["thing"]).startswith(thing) for fault in faults)


def test_a_seal_that_hangs_on_no_entry_convinces_nobody(main_kinzig: Agreement) -> None:
    guards.remove_all()
    Agreement.objects.update(amount_cents=77_700)
    forged = Agreement.objects.get()
    name, digest = audit.sealed(forged)
    newest = AuditEntry.objects.latest("pk")
    AuditSeal.objects.create(entry=newest, subject=name, digest=digest)
    guards.install_all()
    assert "audit.broken" in {fault.rule for fault in audit.verify()}


def test_guards_that_were_taken_down_are_missed(main_kinzig: Agreement) -> None:
    guards.remove_all()
    assert {fault.rule for fault in audit.verify()} == {"audit.guard"}
