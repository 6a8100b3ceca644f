"""A draft from its making to the text that both sides want, in every programme."""

import pytest
from django.conf import settings
from django.http import Http404

from tests.rooms.money import AT, YEAR
from tests.rooms.negotiation.made import (
    Table,
    answer_all,
    later,
    propose,
    renamed,
    sent,
    with_strategy,
)
from tests.stage import signed_in
from zielwerk.config.cli import main
from zielwerk.core.cases import ChangedMeanwhile
from zielwerk.core.jobs import Progress
from zielwerk.core.permissions import NotAllowed
from zielwerk.drafting.changes import AMOUNT, Change, ChangeKind
from zielwerk.language import sentence
from zielwerk.negotiation import actions, queries
from zielwerk.negotiation.actions import Decision, Edit, NewAnswer, NewComment, NewDraft
from zielwerk.negotiation.cases import DRAFTS
from zielwerk.negotiation.jobs import draft_year
from zielwerk.negotiation.models import DraftDocument
from zielwerk.rulebook.negotiation import DraftState
from zielwerk.rulebook.refusal import Refused


def test_a_draft_walks_to_the_text_that_both_sides_want(table: Table) -> None:
    with_strategy(table)
    draft = table.now()
    assert draft.state == DraftState.PREPARATION
    assert draft.turn == draft.drafting
    draft = sent(table)
    assert draft.turn == draft.answering == "body"
    proposal = propose(table.partner, table, renamed(table, "Team-Camp am See"))
    draft = actions.answer(table.partner, table.now(), at=later(1))
    assert (draft.state, draft.turn) == (DraftState.ANSWERED, draft.drafting)
    proposal = actions.accept_proposal(table.drafter, proposal, Decision(), at=later(2))
    assert proposal.made == 2
    assert "Team-Camp am See" in str(table.text.to_json())
    draft = actions.hand_over(table.drafter, table.now(), at=later(2))
    assert draft.turn == draft.answering
    answer_all(table, later(2))
    lifecycle = queries.lifecycle_of(draft)
    for stage in lifecycle.steps[1:]:
        if stage.act not in ("accept", "settle"):
            break
        draft = table.now()
        person = table.partner if stage.side == "body" else table.second
        draft = getattr(actions, stage.act)(person, draft, at=later(3))
    assert draft.state == DraftState.SETTLED
    assert draft.turn == ""
    assert draft.code == table.text.check_code


def test_nobody_but_its_side_sees_a_draft_that_is_not_sent(table: Table) -> None:
    with pytest.raises(Http404):
        DRAFTS.find(table.partner, settings.PROGRAMME, table.draft.pk)
    assert DRAFTS.find(table.drafter, settings.PROGRAMME, table.draft.pk)
    assert not queries.drafts(table.cast.provider, settings.PROGRAMME).exists()
    sent(table)
    assert DRAFTS.find(table.partner, settings.PROGRAMME, table.draft.pk)


def test_a_body_has_one_draft_of_a_year(table: Table) -> None:
    new = NewDraft(settings.PROGRAMME, YEAR, table.draft.ags)
    with pytest.raises(Refused, match="schon"):
        actions.draft(table.drafter, new, at=AT)
    actions.discard(table.drafter, table.now(), at=AT)
    again = actions.draft(table.drafter, new, at=AT)
    with pytest.raises(Refused, match="schon"):
        actions.restore(table.drafter, table.now(), at=AT)
    assert DraftDocument.objects.exclude(pk=again.pk).get().state == DraftState.DISCARDED


def test_a_version_that_changed_meanwhile_is_not_accepted(hessian: Table) -> None:
    sent(hessian)
    answer_all(hessian)
    seen = hessian.now()
    mine = propose(hessian.drafter, hessian, renamed(hessian, "Anders"))
    actions.accept_proposal(hessian.partner, mine, Decision(), at=AT)
    with pytest.raises(ChangedMeanwhile):
        actions.accept(hessian.partner, seen, at=AT)


def test_nothing_is_accepted_while_something_is_open(hessian: Table) -> None:
    sent(hessian)
    propose(hessian.drafter, hessian, renamed(hessian, "Anders"))
    with pytest.raises(Refused) as refused:
        actions.accept(hessian.partner, hessian.now(), at=AT)
    rules = {each.rule for each in refused.value.refusals}
    assert rules == {"negotiation.open_proposals", "negotiation.unanswered"}


def test_what_was_accepted_is_taken_back_or_opened_again_for_a_reason(hessian: Table) -> None:
    sent(hessian)
    answer_all(hessian)
    draft = actions.accept(hessian.partner, hessian.now(), at=AT)
    draft = actions.recall(hessian.partner, draft, at=AT)
    assert draft.turn == "body"
    draft = actions.accept(hessian.partner, draft, at=AT)
    with pytest.raises(Refused):
        actions.reopen(hessian.drafter, draft, at=AT)
    draft = actions.reopen(hessian.drafter, draft, note="Eine Zahl fehlt", at=AT)
    assert draft.turn == "body"
    draft = actions.accept(hessian.partner, draft, at=AT)
    draft = actions.settle(hessian.second, draft, at=AT)
    draft = actions.reopen(hessian.drafter, draft, note="Neue Zuweisung", at=AT)
    assert draft.turn == "body"
    assert [taken["stage"] for taken in draft.trail] == ["send"]
    page = signed_in(hessian.partner).get(f"/arbeit/entwuerfe/{draft.pk}").content.decode()
    assert "Eine Zahl fehlt" in page  # the other side reads why it is asked again
    assert "Neue Zuweisung" in page
    draft = actions.accept(hessian.partner, draft, at=AT)
    with pytest.raises(NotAllowed, match="andere Person"):
        actions.settle(hessian.drafter, draft, at=AT)
    draft = actions.settle(hessian.second, draft, at=AT)  # who settled what holds no more
    assert draft.state == DraftState.SETTLED


def test_a_move_can_be_taken_back_by_whoever_made_it(hessian: Table) -> None:
    sent(hessian)
    draft = actions.recall(hessian.drafter, hessian.now(), at=AT)
    assert draft.turn == "ministry"
    page = signed_in(hessian.partner).get(f"/arbeit/entwuerfe/{draft.pk}").content.decode()
    assert "Antwort liegt vor" not in page  # nobody answered
    with pytest.raises(Refused):
        actions.recall(hessian.partner, draft, at=AT)
    draft = actions.hand_over(hessian.drafter, draft, at=AT)
    draft = actions.answer(hessian.partner, draft, at=AT)
    draft = actions.recall(hessian.partner, draft, at=AT)
    assert draft.turn == "body"


def test_an_answer_that_came_another_way_says_who_gave_it_and_can_be_taken_back(
    hessian: Table,
) -> None:
    draft = sent(hessian)
    with pytest.raises(Refused, match="Es fehlt"):
        actions.note_answer(hessian.drafter, draft, at=AT)
    with pytest.raises(NotAllowed):
        actions.note_answer(hessian.partner, hessian.now(), note="Wir selbst", at=AT)
    told = "Frau Roth am 3.9. am Telefon: so nicht"
    draft = actions.note_answer(hessian.drafter, hessian.now(), note=told, at=AT)
    assert (draft.state, draft.turn) == (DraftState.ANSWERED, "ministry")
    page = signed_in(hessian.partner).get(f"/arbeit/entwuerfe/{draft.pk}").content.decode()
    assert told in page
    draft = actions.recall(hessian.partner, draft, at=AT)
    draft = actions.recall(hessian.drafter, draft, at=AT)
    draft = actions.end(hessian.drafter, draft, note="Kein Interesse", at=AT)
    assert draft.words[-1]["note"] == "Kein Interesse"


def test_ended_without_a_result_it_can_be_resumed(hessian: Table) -> None:
    sent(hessian)
    draft = actions.end(hessian.drafter, hessian.now(), note="Kein Interesse", at=AT)
    assert draft.turn == ""
    draft = actions.resume(hessian.drafter, draft, at=AT)
    assert draft.turn == "body"


def test_the_command_checks_the_version_that_is_negotiated(
    hessian: Table, capsys: pytest.CaptureFixture[str]
) -> None:
    where = [str(hessian.draft.year), hessian.draft.ags]
    sent(hessian)
    assert main(["agreement", "check", *where]) == 1
    answer_all(hessian)
    capsys.readouterr()
    assert main(["agreement", "check", *where]) == 0
    assert "Antwort: So gewollt." in capsys.readouterr().out


def test_an_answer_holds_for_the_question_that_was_asked(hessian: Table) -> None:
    sent(hessian)
    answer_all(hessian)
    on = AT.date()
    assert queries.Facts(hessian.now(), on).unanswered == 0
    left = next(one for one in queries.findings(hessian.now(), on) if one.key == "sum_of_measures")
    actions.open_node(
        hessian.drafter, NewComment(hessian.now(), AMOUNT, "Gesamtbetrag", "Mehr Geld"), at=AT
    )
    less = Change(ChangeKind.VALUE, AMOUNT, cents=hessian.now().amount_cents - 1_000_00)
    edit = Edit(hessian.now().version, "Gesamtbetrag", less)
    proposal = propose(hessian.drafter, hessian, edit)
    actions.accept_proposal(hessian.partner, proposal, Decision(), at=AT)
    now = next(one for one in queries.findings(hessian.now(), on) if one.key == left.key)
    assert sentence(now.said) != sentence(left.said)
    assert queries.Facts(hessian.now(), on).unanswered == 1  # it is another sum
    page = signed_in(hessian.partner).get(f"/arbeit/entwuerfe/{hessian.draft.pk}/pruefung")
    assert sentence(left.said) in page.content.decode()  # what was answered before stays to be read
    assert sentence(now.said) in page.content.decode()
    again = NewAnswer(hessian.now(), now.key, "Der Rest folgt im Herbst.")
    actions.answer_check(hessian.partner, again, at=AT)
    assert queries.Facts(hessian.now(), on).unanswered == 0


class Meanwhile(Progress):
    """While the drafts of a year are made, somebody else makes one of them."""

    def __init__(self, one: Table, ags: str) -> None:
        self.one, self.ags = one, ags

    def of(self, total: int) -> None:
        new = NewDraft(settings.PROGRAMME, YEAR, self.ags)
        actions.draft(self.one.second, new, at=AT)

    def step(self, message: str = "") -> None:
        """Nobody looks at how far it is."""


def test_the_drafts_of_a_year_are_made_beside_those_that_others_make(hessian: Table) -> None:
    programme, drafter = settings.PROGRAMME, hessian.drafter
    missing = queries.missing_drafts(drafter, programme, YEAR)
    told = draft_year(
        Meanwhile(hessian, missing[-1]), programme=programme, year=YEAR, user=drafter.audit_name
    )
    assert queries.missing_drafts(drafter, programme, YEAR) == []
    assert told["params"]["number"] == len(missing) - 1
