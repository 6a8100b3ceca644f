"""From the text that stands to the agreement and its money, in every programme."""

import json

import pytest
from django.conf import settings
from django.db import DatabaseError, transaction
from django.test import RequestFactory

from tests.rooms.conclusion import made
from tests.rooms.conclusion.made import Desk
from tests.rooms.money import AT
from zielwerk.agreements import queries as agreements
from zielwerk.agreements.actions import Ask, annul, ask_annulment
from zielwerk.agreements.models import Agreement
from zielwerk.agreements.panels.planned import agreed
from zielwerk.conclusion import actions, queries
from zielwerk.conclusion.actions import NewConclusion, NewSigning, NewStrike
from zielwerk.conclusion.models import Conclusion, Signature, SigningDecision
from zielwerk.core.cases import ChangedMeanwhile
from zielwerk.core.models import AuditEntry
from zielwerk.core.permissions import NotAllowed
from zielwerk.ledger import queries as ledger
from zielwerk.measures.models import PlannedMeasure
from zielwerk.negotiation import actions as negotiation
from zielwerk.negotiation import queries as drafts
from zielwerk.negotiation.models import DraftDocument
from zielwerk.packs import loading as packs
from zielwerk.publication.letters import public_data
from zielwerk.rulebook.conclusion import ConclusionState
from zielwerk.rulebook.refusal import Refused
from zielwerk.rulebook.signatures import Signing, places_of


def rules(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {each.rule for each in refused.value.refusals}


def where(case: Conclusion) -> tuple[str, int, str]:
    return case.programme, case.year, case.ags


def test_all_sign_and_a_second_person_concludes(desk: Desk) -> None:
    """The agreement is there, with text and signatures, and its money has moved."""
    case = made.begun(desk)
    before = ledger.allocated_cents(*where(case)), ledger.agreed_cents(*where(case))
    assert before[0] >= case.amount_cents > 0
    made.sign(desk, case)
    case = actions.conclude(desk.second, made.checked(desk, case), at=made.SIGNED)
    assert case.state == ConclusionState.CONCLUDED
    agreement = case.agreement
    assert agreement
    assert agreement.concluded_as == case.file_number
    terms, text = agreement.content, queries.draft_text(case)
    assert terms.amount_cents == text.content.amount_cents == agreement.amount_cents
    assert [each.number for each in terms.clauses] == [each.number for each in text.clauses]
    assert len(terms.signatures) == len(places_of(case.sides))
    assert terms.signed_on == made.SIGNED.date()
    after = ledger.allocated_cents(*where(case)), ledger.agreed_cents(*where(case))
    assert after == (before[0] - case.amount_cents, before[1] + case.amount_cents)
    planned = list(agreement.agreed.values_list("planned", flat=True))
    assert planned == [each.id for each in text.content.measures]


def test_what_measures_receive_is_agreed_measure_by_measure(desk: Desk) -> None:
    case = made.concluded(desk)
    assert case.agreement
    amounts = list(case.agreement.agreed.values_list("amount_cents", flat=True))
    by_measure = packs.programme(settings.PROGRAMME).document.recipient == "measure"
    if by_measure:
        assert sum(cents or 0 for cents in amounts) == case.amount_cents
    else:
        assert set(amounts) == {None}


def test_one_act_leaves_one_entry_in_the_chain(desk: Desk) -> None:
    case = made.begun(desk)
    made.sign(desk, case)
    case = made.checked(desk, case)
    before = AuditEntry.objects.count()
    actions.conclude(desk.second, case, at=made.SIGNED)
    assert AuditEntry.objects.count() == before + 1


def test_nothing_is_concluded_with_a_signature_missing(desk: Desk) -> None:
    case = made.begun(desk)
    made.sign(desk, case, but=1)
    with pytest.raises(Refused) as refused:
        actions.check(desk.first, desk.now(), at=made.SIGNED)
    assert "conclusion.not_signed" in rules(refused)


def test_nobody_concludes_what_she_has_checked(desk: Desk) -> None:
    case = made.begun(desk)
    made.sign(desk, case)
    case = made.checked(desk, case)
    with pytest.raises(NotAllowed):
        actions.conclude(desk.first, case, at=made.SIGNED)
    assert not Agreement.objects.filter(concluded_as=case.file_number).exists()


def test_two_who_conclude_at_one_moment_make_one_agreement(hessian: Desk) -> None:
    case = made.begun(hessian)
    made.sign(hessian, case)
    case = made.checked(hessian, case)
    same = Conclusion.objects.get(pk=case.pk)
    actions.conclude(hessian.second, case, at=made.SIGNED)
    with pytest.raises(ChangedMeanwhile):
        actions.conclude(hessian.second, same, at=made.SIGNED)
    assert Agreement.objects.filter(concluded_as=case.file_number).count() == 1


def test_cut_off_between_agreement_and_books_nothing_has_happened(
    hessian: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if the process were killed there: after it both are there, or neither."""
    case = made.begun(hessian)
    made.sign(hessian, case)
    case = made.checked(hessian, case)
    before = ledger.allocated_cents(*where(case)), AuditEntry.objects.count()

    def cut_off(*_: object, **__: object) -> None:
        raise ConnectionResetError

    with monkeypatch.context() as cut:
        cut.setattr("zielwerk.ledger.actions.record_agreed", cut_off)
        with pytest.raises(ConnectionResetError):
            actions.conclude(hessian.second, case, at=made.SIGNED)
    assert not Agreement.objects.filter(concluded_as=case.file_number).exists()
    assert (ledger.allocated_cents(*where(case)), AuditEntry.objects.count()) == before
    again = actions.conclude(hessian.second, hessian.now(), at=made.SIGNED)
    assert again.state == ConclusionState.CONCLUDED


class TestBeginning:
    def test_a_text_that_does_not_stand_is_not_concluded(self, hessian: Desk) -> None:
        draft = negotiation.reopen(
            hessian.table.drafter, hessian.table.now(), note="Eine Zahl fehlt", at=AT
        )
        with pytest.raises(Refused) as refused:
            actions.begin(hessian.first, NewConclusion(draft, "paper"), at=AT)
        assert rules(refused) == {"conclusion.not_settled"}

    def test_a_page_from_before_it_was_opened_and_settled_again_is_refused(
        self, hessian: Desk
    ) -> None:
        seen, table = hessian.table.now(), hessian.table
        negotiation.reopen(table.drafter, table.now(), note="Eine Zahl fehlt", at=AT)
        made.settle(table, AT)
        with pytest.raises(ChangedMeanwhile):
            actions.begin(hessian.first, NewConclusion(seen, "paper"), at=AT)

    def test_a_draft_has_one_conclusion_under_way(self, desk: Desk) -> None:
        case = made.begun(desk)
        with pytest.raises(Refused) as refused:
            made.begun(desk)
        assert rules(refused) == {"conclusion.under_way"}
        assert queries.resting_on(desk.table.now()) == case.file_number

    def test_the_database_lets_no_second_one_in(self, hessian: Desk) -> None:
        case = made.begun(hessian)
        twin = Conclusion.objects.get(pk=case.pk)
        twin.pk, twin.file_number = None, "ABS-2026-9999"
        with pytest.raises(DatabaseError), transaction.atomic():
            twin.save()

    def test_measures_that_do_not_make_up_the_total_are_not_concluded(
        self, hessian: Desk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Where measures receive the money; as for what is recorded from paper."""
        draft = hessian.table.now()
        document = packs.programme(settings.PROGRAMME).document
        monkeypatch.setitem(document.__dict__, "recipient", "measure")
        with pytest.raises(Refused) as refused:
            actions.begin(hessian.first, NewConclusion(draft, "paper"), at=AT)
        assert rules(refused) == {"agreements.measure_amount"}

    def test_the_body_begins_none(self, desk: Desk) -> None:
        draft = desk.table.now()
        with pytest.raises(NotAllowed):
            actions.begin(desk.body, NewConclusion(draft, "paper"), at=AT)

    def test_what_is_needed_stays_as_it_was_when_it_began(self, hessian: Desk) -> None:
        case = made.begun(hessian)
        alone = Signing("body", ("Landrätin",), ("hand",), basis="Hauptsatzung")
        new = NewSigning(case.programme, case.ags, alone, "Vollmacht vom 1.2.2026")
        actions.decide_signing(hessian.body, new, at=AT)
        assert [len(side.places) for side in hessian.now().sides] == [1, 2]


class TestTheTextStays:
    def test_it_is_not_opened_while_it_is_signed(self, desk: Desk) -> None:
        case = made.begun(desk)
        with pytest.raises(Refused) as refused:
            negotiation.reopen(desk.table.drafter, desk.table.now(), note="Doch", at=AT)
        assert rules(refused) == {"negotiation.rests_on_it"}
        (refusal,) = refused.value.refusals
        assert refusal.params["number"] == case.file_number

    def test_abandoned_it_may_be_opened_and_is_not_resumed_then(self, desk: Desk) -> None:
        case = made.begun(desk)
        made.sign(desk, case)
        actions.abandon(desk.first, desk.now(), note="Eine Zahl fehlt", at=AT)
        draft = negotiation.reopen(desk.table.drafter, desk.table.now(), note="Zahl", at=AT)
        assert drafts.is_negotiated(draft) or draft.state == "preparation"
        with pytest.raises(Refused) as refused:
            actions.resume(desk.first, desk.now(), at=AT)
        assert rules(refused) == {"conclusion.other_text"}

    def test_abandoned_it_is_resumed_with_its_signatures(self, desk: Desk) -> None:
        case = made.begun(desk)
        made.sign(desk, case)
        actions.abandon(desk.first, desk.now(), note="Versehen", at=AT)
        actions.resume(desk.first, desk.now(), at=AT)
        case = made.checked(desk, desk.now())
        assert actions.conclude(desk.second, case, at=made.SIGNED).agreement

    def test_a_version_that_was_changed_past_everybody_is_not_concluded(
        self, hessian: Desk
    ) -> None:
        case = made.begun(hessian)
        made.sign(hessian, case)
        DraftDocument.objects.filter(pk=case.draft_id).update(digest="0" * 64)
        with pytest.raises(Refused) as refused:
            actions.check(hessian.first, hessian.now(), at=made.SIGNED)
        assert "conclusion.other_text" in rules(refused)

    def test_concluded_it_is_never_opened_again(self, desk: Desk) -> None:
        made.concluded(desk)
        with pytest.raises(Refused) as refused:
            negotiation.reopen(desk.table.drafter, desk.table.now(), note="Doch", at=AT)
        assert rules(refused) == {"negotiation.rests_on_it"}


class TestSigning:
    def test_each_side_enters_its_own(self, hessian: Desk) -> None:
        case = made.begun(hessian)
        ministry, body, *_ = places_of(case.sides).values()
        with pytest.raises(NotAllowed):
            actions.enter(hessian.body, made.new(case, ministry), at=made.SIGNED)
        with pytest.raises(NotAllowed):
            actions.enter(hessian.first, made.new(case, body), at=made.SIGNED)

    def test_what_came_by_post_is_entered_for_the_other_side_and_says_so(
        self, hessian: Desk
    ) -> None:
        case = made.begun(hessian)
        _, body, *_ = places_of(case.sides).values()
        made_here = actions.enter_for(hessian.first, made.new(case, body), at=made.SIGNED)
        assert made_here.is_for_other
        with pytest.raises(NotAllowed):
            actions.enter_for(hessian.body, made.new(case, body), at=made.SIGNED)

    def test_nobody_signs_twice(self, hessian: Desk) -> None:
        case = made.begun(hessian)
        _, first, second = places_of(case.sides).values()
        actions.enter(hessian.body, made.new(case, first, "Petra Muster"), at=made.SIGNED)
        with pytest.raises(Refused) as refused:
            actions.enter(hessian.body, made.new(case, second, "petra muster"), at=made.SIGNED)
        assert rules(refused) == {"conclusion.signs_twice"}

    def test_a_struck_signature_stays_and_is_given_anew(self, hessian: Desk) -> None:
        case = made.begun(hessian)
        *_, last = made.sign(hessian, case)
        with pytest.raises(Refused):
            actions.strike(hessian.body, NewStrike(last, " "), at=made.SIGNED)
        actions.strike(hessian.body, NewStrike(last, "Falsche Person"), at=made.SIGNED)
        with pytest.raises(Refused) as refused:
            actions.check(hessian.first, hessian.now(), at=made.SIGNED)
        assert rules(refused) == {"conclusion.not_signed"}
        place = places_of(case.sides)[last.place]
        again = actions.enter(hessian.body, made.new(case, place, "Otto Neu"), at=made.SIGNED)
        assert (again.take, Signature.objects.filter(place=last.place).count()) == (2, 2)
        case = actions.conclude(hessian.second, made.checked(hessian, case), at=made.SIGNED)
        assert case.agreement
        names = [each.name for each in case.agreement.content.signatures]
        assert names[-1] == "Otto Neu"
        assert last.name not in names

    def test_checked_it_takes_no_signature_and_loses_none(self, hessian: Desk) -> None:
        case = made.begun(hessian)
        *_, last = made.sign(hessian, case)
        made.checked(hessian, case)
        with pytest.raises(Refused) as refused:
            actions.strike(hessian.body, NewStrike(last, "Falsche Person"), at=made.SIGNED)
        assert rules(refused) == {"conclusion.not_collecting"}

    def test_a_signature_is_kept_for_good(self, hessian: Desk) -> None:
        case = made.begun(hessian)
        made.sign(hessian, case)
        rows = Signature.objects.filter(conclusion=case)
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(name="Jemand")
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.delete()

    @pytest.mark.parametrize("way", ["paper", "electronic"])
    def test_no_file_is_kept_unread(self, hessian: Desk, way: str) -> None:
        case = made.begun(hessian, way)
        for content, rule in ((b"PK\x03\x04", "no_pdf"), (b"%PDF-1.7", "unread")):
            new = actions.NewFile(case, "vertrag.pdf", content)
            with pytest.raises(Refused) as refused:
                actions.keep_file(hessian.body, new, at=made.SIGNED)
            assert rules(refused) == {f"conclusion.{rule}"}
        assert queries.files(case) == []


class TestWhoSigns:
    def test_what_was_decided_of_a_body_holds_from_then_on(self, hessian: Desk) -> None:
        """The signed agreement of 2024 bears one signature of the county: that is possible."""
        draft = hessian.table.now()
        one = Signing("body", ("Landrätin",), ("hand",), basis="Vollmacht")
        silent = NewSigning(draft.programme, draft.ags, one, "")
        with pytest.raises(Refused) as refused:
            actions.decide_signing(hessian.body, silent, at=AT)
        assert rules(refused) == {"conclusion.no_reason"}
        new = NewSigning(draft.programme, draft.ags, one, "So auch 2024 unterschrieben")
        actions.decide_signing(hessian.body, new, at=AT)
        case = made.begun(hessian)
        assert [len(side.places) for side in case.sides] == [1, 1]
        assert case.sides[1].decided
        kept = SigningDecision.objects.get()
        assert (kept.decided_by, kept.reason) == (hessian.body.audit_name, new.reason)

    def test_where_nobody_knows_how_a_body_signs_it_is_asked_first(
        self, hessian: Desk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        stated = queries.rule_of
        monkeypatch.setattr(
            "zielwerk.conclusion.queries.signing.rule_of",
            lambda programme, year, side, ags, day: (
                None if side == "body" else stated(programme, year, side, ags, day)
            ),
        )
        draft = hessian.table.now()
        with pytest.raises(Refused) as refused:
            actions.begin(hessian.first, NewConclusion(draft, "paper"), at=AT)
        assert rules(refused) == {"conclusion.unknown_signing"}
        one = Signing("body", ("Landrätin",), ("hand",))
        new = NewSigning(draft.programme, draft.ags, one, "Angabe des Kreises")
        actions.decide_signing(hessian.first, new, at=AT)
        assert made.begun(hessian).sides[1].rule.signers == ("Landrätin",)


def test_whoever_concluded_does_not_annul_it(hessian: Desk) -> None:
    case = made.concluded(hessian)
    assert case.agreement
    assert agreements.confirmed_by(case.agreement, hessian.second)
    assert not agreements.confirmed_by(case.agreement, hessian.first)


def test_annulled_the_text_may_be_opened_and_concluded_again(hessian: Desk) -> None:
    """Whoever concluded may ask; another person annuls, and the money is free again."""
    case = made.concluded(hessian)
    assert case.agreement
    before = ledger.agreed_cents(*where(case))
    ask = Ask(case.agreement, "Falsche Gebietskörperschaft")
    asked = ask_annulment(hessian.second, ask, at=made.SIGNED)
    with pytest.raises(NotAllowed):
        annul(hessian.second, asked, at=made.SIGNED)
    annul(hessian.first, asked, at=made.SIGNED)
    assert ledger.agreed_cents(*where(case)) == before - case.amount_cents
    assert queries.resting_on(hessian.table.now()) == ""
    again = made.begun(hessian)
    assert again.pk != case.pk
    made.sign(hessian, again)
    while again.state != "check":
        again = actions.check(hessian.first, again, at=made.SIGNED)
    assert actions.conclude(hessian.second, again, at=made.SIGNED).agreement


def test_what_is_published_says_that_it_was_concluded_here(hessian: Desk) -> None:
    case = made.concluded(hessian)
    assert case.agreement
    data = public_data(case.agreement)
    assert data["concluded_as"] == case.file_number
    said = json.dumps(data, ensure_ascii=False)
    assert not any(name in said for name in made.NAMES)
    assert [each["office"] for each in data["signatures"]] == [
        place.office for place in places_of(case.sides).values()
    ]


def test_the_page_of_a_plan_finds_what_was_agreed_by_its_number(hessian: Desk) -> None:
    case = made.concluded(hessian)
    assert case.agreement
    numbers = set(case.agreement.agreed.values_list("planned", flat=True))
    plans = PlannedMeasure.objects.filter(file_number__in=numbers)
    assert plans.count() == len(numbers) > 0
    renamed = plans.earliest("pk")
    renamed.title = "Ganz anders"
    request = RequestFactory().get("/")
    request.user = hessian.first
    found = agreed(request, renamed)
    assert found
    assert found[0] == case.agreement
