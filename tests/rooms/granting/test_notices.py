"""A notice is drafted with the application, decided by two, issued with document and booking."""

from datetime import date

import pytest
from django.conf import settings
from django.db import DatabaseError, transaction
from django.utils.timezone import localdate

from tests.rooms.granting import made
from zielwerk.config.cast import Cast, walk
from zielwerk.core import audit
from zielwerk.core.cases import ChangedMeanwhile
from zielwerk.core.permissions import NotAllowed
from zielwerk.desk.queries import accord
from zielwerk.filing import queries as filing
from zielwerk.funding import actions as applications
from zielwerk.funding.actions import Reopened
from zielwerk.funding.models import Application
from zielwerk.granting import actions, queries
from zielwerk.granting.models import GrantedAmount, GrantNotice
from zielwerk.granting.queries import NoticeDraft
from zielwerk.ledger import queries as ledger
from zielwerk.packs import loading as packs
from zielwerk.rulebook.grant.course import GrantState
from zielwerk.rulebook.refusal import Refused


def rules_of(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [refusal.rule for refusal in refused.value.refusals]


def agrees() -> None:
    """Books and records agree, and the chain is whole."""
    assert list(ledger.faults()) == []
    assert list(accord.granted(settings.PROGRAMME)) == []
    assert list(audit.verify()) == []


def committed(notice: GrantNotice) -> int:
    return sum(ledger.committed(notice.programme, notice.year, notice.ags).values())


def test_the_end_of_the_examination_drafts_it_with_all_that_was_applied_for(people: Cast) -> None:
    application = made.assessed(people)
    [notice] = GrantNotice.objects.all()
    assert (notice.application, notice.state) == (application, GrantState.DRAFT)
    assert notice.amount_cents == notice.applied_cents == application.amount_cents
    rules = packs.load(settings.PROGRAMME, made.year())
    assert notice.file_number.startswith(rules.programme.prefix("grant"))
    assert sum(NoticeDraft.of(notice).amounts.values()) == notice.applied_cents


def test_it_is_issued_with_document_amounts_and_booking_in_one_act(people: Cast) -> None:
    notice = made.issued(people)
    assert notice.is_issued
    assert notice.document
    assert bytes(notice.document.content).startswith(b"%PDF-")
    rows = GrantedAmount.objects.filter(notice=notice)
    assert sum(row.cents for row in rows) == notice.amount_cents == committed(notice)
    assert made.stands(notice) == notice.amount_cents
    content = notice.content
    assert content
    assert content["amount_cents"] == notice.amount_cents
    assert content["rule_version"] == packs.load(settings.PROGRAMME, made.year()).rule_version
    assert content["remedy"]["at"]
    assert content["conditions"]
    agrees()


def test_nothing_is_issued_without_money_for_its_budget_year(people: Cast) -> None:
    made.strategy(people)
    notice = GrantNotice.objects.get(application=made.assessed(people))
    made.give(people, notice.applied_cents - 1)
    with pytest.raises(Refused) as refused:
        made.issued(people, notice)
    assert "grant.not_covered" in rules_of(refused)
    assert committed(notice) == 0


def test_whoever_grants_less_says_why_and_sees_what_it_does_to_each_measure(people: Cast) -> None:
    notice = made.drafted(people)
    notice = made.write(people, notice, made.lowered(notice, 1_000_00, reason=" "))
    with pytest.raises(Refused) as refused:
        made.issued(people, notice)
    assert rules_of(refused) == ["grant.no_reason_for_less"]
    notice = made.write(people, notice, made.lowered(notice, 0))
    [measure] = queries.applied(notice).measures(NoticeDraft.of(notice).amounts)
    assert measure.open_cents >= 1_000_00
    notice = made.issued(people, notice)
    assert notice.amount_cents == notice.applied_cents - 1_000_00 == committed(notice)
    assert notice.content
    assert notice.content["outcome"] == "partly"
    agrees()


def test_a_refusal_is_a_notice_without_money_and_with_a_reason(people: Cast) -> None:
    notice = made.drafted(people)
    nothing = dict.fromkeys(NoticeDraft.of(notice).amounts, 0)
    notice = made.write(people, notice, NoticeDraft(nothing, (), "Nicht förderfähig."))
    notice = made.issued(people, notice)
    assert notice.content
    assert notice.content["outcome"] == "refused"
    assert not GrantedAmount.objects.exists()
    assert committed(notice) == 0
    agrees()


def test_no_measure_gets_more_than_it_applied_for(people: Cast) -> None:
    notice = made.drafted(people)
    made.give(people, 10_000_00)
    notice = made.write(people, notice, made.lowered(notice, -1))
    with pytest.raises(Refused) as refused:
        made.issued(people, notice)
    assert "grant.above_applied" in rules_of(refused)


def test_whoever_put_it_forward_does_not_issue_it_from_the_amount_on(hesse: Cast) -> None:
    notice = made.drafted(hesse)
    head = made.head(hesse, notice)
    notice = actions.put_forward(head, notice, at=made.at(1))
    assert notice.needs_second
    with pytest.raises(NotAllowed) as refused:
        actions.issue(head, notice, at=made.at(1))
    assert rules_of(refused) == ["grant.four_eyes"]
    with pytest.raises(DatabaseError), transaction.atomic():
        GrantNotice.objects.filter(pk=notice.pk).update(issued_by=head.audit_name)


def test_two_who_issue_at_once_issue_it_once(hesse: Cast) -> None:
    notice = made.drafted(hesse)
    notice = actions.put_forward(made.clerk(hesse, notice), notice, at=made.at(1))
    seen = GrantNotice.objects.get(pk=notice.pk)
    actions.issue(made.head(hesse, notice), notice, at=made.at(1))
    with pytest.raises(ChangedMeanwhile):
        actions.issue(made.head(hesse, seen), seen, at=made.at(1))
    assert committed(notice) == notice.amount_cents


def test_what_was_issued_stays_for_good(hesse: Cast) -> None:
    notice = made.issued(hesse)
    with pytest.raises(ChangedMeanwhile):
        made.write(hesse, notice, NoticeDraft())
    row = GrantedAmount.objects.get()
    with pytest.raises(DatabaseError), transaction.atomic():
        GrantedAmount.objects.filter(pk=row.pk).update(cents=1)
    with pytest.raises(DatabaseError), transaction.atomic():
        row.delete()


def test_an_application_that_is_decided_stays_as_it_was_assessed(hesse: Cast) -> None:
    notice = made.issued(hesse)
    application = Application.objects.get(pk=notice.application_id)
    for verb, who in (
        (applications.reopen, made.clerk(hesse, notice)),
        (applications.withdraw, hesse.body),
    ):
        with pytest.raises(Refused) as refused:
            verb(who, application, note="Anders entschieden.", at=made.at(2))
        assert rules_of(refused) == ["grant.decided"]


def test_an_application_that_is_examined_again_takes_its_draft_with_it(hesse: Cast) -> None:
    notice = made.drafted(hesse)
    application = Application.objects.get(pk=notice.application_id)
    clerk = made.clerk(hesse, notice)
    applications.reopen(clerk, application, note="Noch eine Frage.", at=made.at(1))
    notice.refresh_from_db()
    assert notice.state == GrantState.DISCARDED
    application.refresh_from_db()
    application, _ = walk(hesse, application, made.at(2), made.PACE)
    again = GrantNotice.objects.exclude(pk=notice.pk).get()
    assert again.state == GrantState.DRAFT
    with pytest.raises(Refused) as refused:
        actions.restore(clerk, notice, at=made.at(3))
    assert rules_of(refused) == ["grant.other"]
    assert list(audit.verify()) == []


def test_what_was_issued_while_its_application_was_withdrawn_stays_issued(hesse: Cast) -> None:
    """Between the look at what rests on the application and giving its draft up."""
    notice = made.issued(hesse)
    application = Application.objects.get(pk=notice.application_id)
    with pytest.raises(Refused) as refused:
        actions.give_up_for(hesse.body, Reopened(application), at=made.at(2))
    assert rules_of(refused) == ["grant.decided"]
    notice.refresh_from_db()
    assert notice.is_issued
    agrees()


def test_where_a_draft_was_given_up_another_one_is_drafted_or_it_is_taken_up_again(
    hesse: Cast,
) -> None:
    notice = made.drafted(hesse)
    clerk = made.clerk(hesse, notice)
    notice = actions.discard(clerk, notice, at=made.at(1))
    notice = actions.restore(clerk, notice, at=made.at(1))
    notice = actions.discard(clerk, notice, at=made.at(1))
    application = Application.objects.get(pk=notice.application_id)
    again = actions.draft(clerk, actions.NewNotice(application), at=made.at(1))
    assert again.pk != notice.pk
    with pytest.raises(Refused) as refused:
        actions.draft(clerk, actions.NewNotice(application), at=made.at(1))
    assert rules_of(refused) == ["grant.other"]


def test_a_body_sees_what_was_issued_to_it_and_no_draft(people: Cast) -> None:
    notice = made.drafted(people)
    assert list(queries.notices(people.body, settings.PROGRAMME)) == []
    notice = made.issued(people, notice)
    assert list(queries.notices(people.body, settings.PROGRAMME)) == [notice]
    with pytest.raises(NotAllowed):
        actions.write(people.body, actions.WriteNotice(notice, NoticeDraft()), at=made.at())
    with pytest.raises(NotAllowed):
        actions.put_forward(people.provider, notice, at=made.at())


def test_the_document_names_the_court_of_the_body_and_each_norm(hesse: Cast) -> None:
    notice = made.issued(hesse)
    content = notice.content
    assert content
    assert content["remedy"] == {
        "kind": "suit",
        "months": 1,
        "at": "Verwaltungsgericht Frankfurt am Main",
        "seat": "Frankfurt am Main",
        "basis": content["remedy"]["basis"],
    }
    assert all(each["text"] and "{" not in each["text"] for each in content["conditions"])
    assert content["period"][0] >= f"{made.year()}-01-01"
    assert content["day"] == localdate(notice.issued_at).isoformat()


def test_the_file_of_a_notice_is_kept_from_when_its_use_is_to_be_proved(hesse: Cast) -> None:
    """Not from its issue: receipts are kept five years after the proof of use."""
    notice = made.drafted(hesse)
    assert filing.keeping_of(notice).until is None
    notice = made.issued(hesse, notice)
    assert notice.content
    last = max(map(int, notice.content["by_year"]))
    assert filing.keeping_of(notice).until == date(last + 1 + 5, 12, 31)
