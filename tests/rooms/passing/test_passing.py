"""A grant is passed on: drafted, checked, brought into force by the head, changed, ended."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from tests.rooms.funding.made import words_of
from tests.rooms.passing import made
from zielwerk.config.cast import Cast
from zielwerk.core import audit
from zielwerk.core.cases import ChangedMeanwhile
from zielwerk.core.permissions import NotAllowed, OutOfScope
from zielwerk.granting.models import GrantNotice
from zielwerk.packs import passing as packs
from zielwerk.passing import actions, queries
from zielwerk.passing.actions import NewPassOn, NewSpent, Writing
from zielwerk.passing.models import PassedAmount, PassOn
from zielwerk.passing.panels.beside import days
from zielwerk.passing.queries import PassDraft
from zielwerk.rulebook.passing.course import PassState
from zielwerk.rulebook.passing.ways import Document
from zielwerk.rulebook.refusal import Refused


def rules_of(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [refusal.rule for refusal in refused.value.refusals]


def test_it_begins_with_what_nobody_has_got_yet(people: Cast) -> None:
    notice = made.issued(people)
    case = made.begun(people, notice)
    assert case.file_number.startswith(queries.rules_of(case).programme.prefix("passing"))
    assert case.amount_cents == notice.amount_cents
    assert case.rule_version == notice.rule_version
    due = packs.proof_of_provider(queries.rules_of(case), case.last_day)
    assert case.proof_due in (due, None)


def test_the_head_brings_it_into_force_with_document_and_amounts_in_one_act(people: Cast) -> None:
    case = made.concluded(people)
    assert case.state == PassState.IN_FORCE
    assert case.document
    assert bytes(case.document.content).startswith(b"%PDF-")
    rows = PassedAmount.objects.filter(pass_on=case)
    assert {row.budget_year: row.cents for row in rows} == PassDraft.of(case).amounts
    assert case.content
    assert case.content["rule_version"] == case.notice.rule_version
    assert list(audit.verify()) == []


def test_whoever_wrote_the_amounts_does_not_bring_them_into_force(hesse: Cast) -> None:
    case = made.begun(hesse)
    head, draft = made.head(hesse), made.whole(case, made.party(hesse))
    case = actions.write(head, Writing(case, draft), at=made.at(1))
    case = actions.put_forward(hesse.body, case, at=made.at(2))
    assert case.needs_second
    with pytest.raises(NotAllowed) as refused:
        actions.conclude(head, case, at=made.at(3))
    assert rules_of(refused) == ["passing.four_eyes"]


def test_the_paper_of_the_traeger_has_one_day_of_proof(hesse: Cast) -> None:
    """The condition that goes along names the day of the body; the Träger has one of its own."""
    case = made.concluded(hesse)
    assert case.content
    assert case.document
    words = words_of(bytes(case.document.content)).replace("\u00ad", "")
    (proof,) = (each for each in case.content["conditions"] if each["code"] == "proof")
    own = packs.proof_of_provider(queries.rules_of(case), case.last_day)
    body = packs.proof_of_body(queries.rules_of(case), case.last_day)
    assert own
    assert body
    assert f"bis zum {own:%d.%m.%Y}" in words
    assert f"{body:%d.%m.%Y}" in proof["text"]
    assert "an dem Tag, der oben genannt ist" in words


def test_what_the_body_may_have_to_give_back_it_can_claim_from_the_traeger(hesse: Cast) -> None:
    case = made.concluded(hesse)
    codes = {each["code"] for each in case.content["conditions"]} if case.content else set()
    assert {"revocation", "reduction", "late_use"} <= codes


def test_the_instruction_on_remedies_begins_whole(hesse: Cast) -> None:
    """§ 58 Abs. 1 VwGO: which remedy, with whom, where, and within what time."""
    said = PassDraft.of(made.begun(hesse)).remedy
    for part in ("Widerspruch", "einem Monat nach seiner Bekanntgabe", hesse.body.organisation):
        assert part in said


def test_the_conditions_that_may_be_passed_on_go_along_word_by_word(people: Cast) -> None:
    case = made.concluded(people)
    issued = case.notice.content
    assert issued
    assert case.content
    inherited = [each for each in issued["conditions"] if each["inherits"]]
    assert inherited
    assert case.content["conditions"] == inherited
    others = {each["code"] for each in issued["conditions"] if not each["inherits"]}
    assert others.isdisjoint(each["code"] for each in case.content["conditions"])


def test_never_more_than_the_notice_grants(people: Cast) -> None:
    notice = made.issued(people)
    first = made.concluded(people, made.drafted(people, notice, cents=10_000_00))
    rest = notice.amount_cents - first.amount_cents
    second = made.begun(people, notice)
    assert second.amount_cents == rest  # what is left is what it begins with
    draft = made.whole(second, made.another(people))
    year = next(iter(draft.amounts))
    second = made.written(people, second, replace(draft, amounts={year: rest + 1}))
    with pytest.raises(Refused) as refused:
        actions.put_forward(people.body, second, at=made.at(1))
    assert rules_of(refused) == ["passing.too_much"]
    second = made.written(people, second, draft)
    assert made.concluded(people, second).state == PassState.IN_FORCE
    assert not any(queries.left_of(notice, second.measure, made.at().date()).values())


def test_what_was_free_when_it_was_put_forward_is_looked_at_again(people: Cast) -> None:
    """Two wait for the head; together they would be more than the notice grants."""
    notice = made.issued(people)
    waiting = [made.drafted(people, notice), made.drafted(people, notice, made.another(people))]
    waiting = [actions.put_forward(people.body, each, at=made.at(1)) for each in waiting]
    between = queries.rules_of(waiting[0]).procedure("passing")[1:-1]
    done = list(waiting)
    for stage in between:
        done = [
            actions.note(made.head(people), each, note=stage.label, at=made.at(1)) for each in done
        ]
    actions.conclude(made.head(people), done[0], at=made.at(2))
    with pytest.raises(Refused) as refused:
        actions.conclude(made.head(people), done[1], at=made.at(2))
    assert "passing.too_much" in rules_of(refused)


def test_nothing_comes_into_force_unchecked_or_with_a_late_proof(hesse: Cast) -> None:
    case = made.drafted(hesse)
    draft = PassDraft.of(case)
    case = made.written(hesse, case, replace(draft, checks={}))
    with pytest.raises(Refused) as refused:
        actions.put_forward(hesse.body, case, at=made.at(1))
    assert set(rules_of(refused)) == {"passing.not_checked"}
    of_body = packs.proof_of_body(queries.rules_of(case), case.last_day)
    case = made.written(hesse, case, replace(draft, proof_due=of_body))
    with pytest.raises(Refused) as refused:
        actions.put_forward(hesse.body, case, at=made.at(1))
    assert rules_of(refused) == ["passing.proof_too_late"]


def test_own_delivery_needs_no_document_no_check_and_no_proof(people: Cast) -> None:
    case = made.concluded(people, made.drafted(people, document=Document.NONE))
    assert case.document is None
    assert case.party is None
    assert str(case.carrier) == str(case.body_name)
    assert case.proof_due is None
    assert case.content
    assert case.content["conditions"] == []
    assert PassedAmount.objects.filter(pass_on=case).exists()


def test_whoever_puts_it_forward_does_not_decide_from_an_amount_on(hesse: Cast) -> None:
    head = made.head(hesse)
    notice = made.issued(hesse)
    small = made.drafted(hesse, notice, cents=9_999_99)
    assert not small.needs_second
    small = actions.put_forward(head, small, at=made.at(1))
    assert actions.conclude(head, small, at=made.at(1)).state == PassState.IN_FORCE
    large = made.drafted(hesse, notice, made.another(hesse), cents=10_000_00)
    large = actions.put_forward(head, large, at=made.at(1))
    with pytest.raises(NotAllowed):
        actions.conclude(head, large, at=made.at(1))
    with pytest.raises(NotAllowed):
        actions.conclude(hesse.body, large, at=made.at(1))  # coordination never decides


def test_what_is_in_force_is_never_written_in_again(hesse: Cast) -> None:
    case = made.concluded(hesse)
    with pytest.raises(ChangedMeanwhile):
        actions.write(hesse.body, Writing(case, PassDraft.of(case)), at=made.at(2))
    row = PassedAmount.objects.get(pass_on=case)
    with pytest.raises(DatabaseError), transaction.atomic():
        PassedAmount.objects.filter(pk=row.pk).update(cents=1)


def test_a_change_takes_the_place_of_the_old_one_and_counts_once(hesse: Cast) -> None:
    notice = made.issued(hesse)
    old = made.concluded(hesse, made.drafted(hesse, notice, cents=20_000_00))
    new = made.changed(hesse, old)
    assert new.file_number.startswith(f"{old.file_number}")
    assert (new.changes, new.origin) == (old, old)
    assert new.document is None  # a copy takes no signed file, no day
    assert new.content is None
    with pytest.raises(Refused) as refused:
        made.changed(hesse, old)
    assert rules_of(refused) == ["passing.changed_already"]
    draft = PassDraft.of(new)
    new = made.written(hesse, new, replace(draft, amounts={made.year(): notice.amount_cents}))
    new = made.concluded(hesse, new, days=3)
    assert list(queries.counting(notice)) == [new]
    assert [day.subject for day in days(notice.programme, made.at().date())] == [
        audit.reference(new)
    ]
    old.refresh_from_db()
    assert old.state == PassState.IN_FORCE  # what was is told as it was
    with pytest.raises(Refused) as refused:
        actions.end(made.head(hesse), old, note="Der Kurs entfällt", at=made.at(4))
    assert rules_of(refused) == ["passing.changed"]


def test_a_change_keeps_the_traeger_whose_papers_its_chain_holds(hesse: Cast) -> None:
    """Another one would read, and write over, what was entered of the first."""
    case = made.changed(hesse, made.concluded(hesse))
    for other in (made.another(hesse).pk, None):
        with pytest.raises(Refused) as refused:
            made.written(hesse, case, replace(PassDraft.of(case), party=other))
        assert rules_of(refused) == ["passing.other_party"]
    case.refresh_from_db()
    assert case.party_id == made.party(hesse).pk


def test_what_is_ended_keeps_what_was_spent_and_gives_the_rest_free(hesse: Cast) -> None:
    notice = made.issued(hesse)
    case = made.concluded(hesse, made.drafted(hesse, notice))
    spent = NewSpent(case, made.year(), made.at(2).date(), 5_000_00)
    actions.note_spent(hesse.body, spent, at=made.at(2))
    case = actions.end(made.head(hesse), case, note="Der Kurs entfällt", at=made.at(3))
    left = queries.left_of(notice, case.measure, made.at().date())
    assert sum(left.values()) == notice.amount_cents - 5_000_00
    # Somebody else gets the rest; then there is no way back.
    other = made.concluded(hesse, made.drafted(hesse, notice, made.another(hesse)))
    with pytest.raises(Refused) as refused:
        actions.resume(made.head(hesse), case, at=made.at(4))
    assert "passing.too_much" in rules_of(refused)
    actions.end(made.head(hesse), other, note="Doch nicht", at=made.at(5))
    assert actions.resume(made.head(hesse), case, at=made.at(6)).state == PassState.IN_FORCE


def test_each_way_out_of_a_draft_leads_back(hesse: Cast) -> None:
    case = made.drafted(hesse)
    case = actions.put_forward(hesse.body, case, at=made.at(1))
    case = actions.take_back(hesse.body, case, at=made.at(1))
    case = actions.put_forward(hesse.body, case, at=made.at(1))
    case = actions.send_back(made.head(hesse), case, note="Der Zweck fehlt", at=made.at(1))
    case = actions.discard(hesse.body, case, at=made.at(1))
    case = actions.restore(hesse.body, case, at=made.at(2))
    assert (case.state, case.amount_cents) == (PassState.DRAFT, case.notice.amount_cents)


def test_only_its_own_body_passes_on_and_only_to_those_who_belong_to_it(hesse: Cast) -> None:
    notice = made.issued(hesse)
    measure = made.begun(hesse, notice).measure
    for person in (hesse.officer, hesse.authority, hesse.provider, hesse.auditor):
        with pytest.raises(NotAllowed):
            actions.draft(person, NewPassOn(notice, measure), at=made.at())
    case = made.begun(hesse, notice)
    stranger = replace(PassDraft.of(case), party=10**6)
    with pytest.raises(Refused) as refused:
        made.written(hesse, case, stranger)
    assert rules_of(refused) == ["passing.no_such_party"]


def test_nothing_is_passed_on_of_a_notice_that_is_not_issued(hesse: Cast) -> None:
    notice = made.granted.drafted(hesse)
    with pytest.raises(Refused) as refused:
        actions.draft(hesse.body, NewPassOn(notice, "1"), at=made.at())
    assert rules_of(refused) == ["passing.not_issued"]


def test_the_database_refuses_what_the_rules_refuse(hesse: Cast) -> None:
    case = made.drafted(hesse)
    case.state = PassState.IN_FORCE
    with pytest.raises(DatabaseError), transaction.atomic():
        case.save()
    case.refresh_from_db()
    case.concluded_by = case.put_forward_by
    with pytest.raises(DatabaseError), transaction.atomic():
        case.save()


def test_a_neighbour_does_not_even_learn_that_it_is_there(hesse: Cast) -> None:
    case = made.concluded(hesse)
    PassOn.objects.filter(pk=case.pk).update(ags="06440")
    moved = PassOn.objects.get(pk=case.pk)
    new = NewSpent(moved, made.year(), made.at().date(), 1)
    with pytest.raises(OutOfScope):
        actions.note_spent(hesse.body, new, at=made.at(2))
    assert isinstance(case.notice, GrantNotice)
    assert made.at() - timedelta(days=1) < made.at()
