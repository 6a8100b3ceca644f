"""Proposals: what two people do at once, what is fixed, what came another way."""

from dataclasses import replace

import pytest
from django.conf import settings

from tests.rooms.money import AT
from tests.rooms.negotiation.made import (
    Table,
    answer_all,
    later,
    measure,
    propose,
    renamed,
    sent,
)
from tests.stage import signed_in
from zielwerk.core.permissions import NotAllowed
from zielwerk.drafting.changes import (
    AMOUNT,
    Change,
    ChangeKind,
    is_fixed,
    measure_node,
    piece_of,
    templated,
    words_of,
)
from zielwerk.drafting.model import PieceKind
from zielwerk.drafting.views import nodes, plain
from zielwerk.measures import actions as planning
from zielwerk.measures import queries as measures
from zielwerk.measures.actions import Revision
from zielwerk.negotiation import actions, queries
from zielwerk.negotiation.actions import (
    Decision,
    Edit,
    NewComment,
    NewProposal,
    Otherwise,
    Told,
    seen_of,
)
from zielwerk.negotiation.models import Proposal, Version
from zielwerk.rulebook.proposals import ProposalState
from zielwerk.rulebook.redline import redline
from zielwerk.rulebook.refusal import Refused


def fixed_piece(one: Table) -> str:
    """The first paragraph that only an opening makes negotiable."""
    found = (node.id for node in nodes(one.text) if piece_of(one.text, node.id))
    return next(node for node in found if is_fixed(one.text, node))


def open_piece(one: Table) -> str:
    found = (node.id for node in nodes(one.text) if piece_of(one.text, node.id))
    return next(node for node in found if not is_fixed(one.text, node))


def reworded(one: Table, node: str, more: str) -> Edit:
    piece = piece_of(one.text, node)
    assert piece
    change = Change(ChangeKind.WORDING, node, text=f"{piece.text} {more}")
    return Edit(one.now().version, node, change)


def dropped(one: Table, node: str) -> Edit:
    return Edit(one.now().version, node, Change(ChangeKind.DROP, node))


def test_a_fixed_place_is_changed_only_once_it_was_opened(table: Table) -> None:
    sent(table)
    node = fixed_piece(table)
    with pytest.raises(Refused, match="fest"):
        propose(table.partner, table, reworded(table, node, "Und mehr."))
    opening = NewComment(table.now(), node, "§ 1", "Was fehlt Ihnen hier?")
    with pytest.raises(NotAllowed):
        actions.open_node(table.partner, opening, at=AT)
    actions.open_node(table.drafter, opening, at=AT)
    propose(table.partner, table, reworded(table, node, "Und mehr."))
    other = next(
        n.id
        for n in nodes(table.text)
        if n.id != node and is_fixed(table.text, n.id) and piece_of(table.text, n.id)
    )
    with pytest.raises(Refused, match="fest"):  # exactly that one was opened
        propose(table.partner, table, reworded(table, other, "Und mehr."))
    closing = replace(opening, draft=table.now(), text="Das reicht")
    actions.close_node(table.drafter, closing, at=AT)
    with pytest.raises(Refused, match="fest"):
        propose(table.partner, table, reworded(table, node, "Noch mehr."))


def test_two_proposals_for_one_place_are_a_conflict_that_a_person_decides(table: Table) -> None:
    sent(table)
    first = propose(table.partner, table, renamed(table, "Camp am See"))
    second = propose(table.partner, table, renamed(table, "Camp am Fluss"))
    with pytest.raises(Refused, match="Vorschlag"):
        actions.accept_proposal(table.drafter, first, Decision(), at=AT)
    chosen = Decision(over=frozenset({second.number}))
    actions.accept_proposal(table.drafter, first, chosen, at=AT)
    second.refresh_from_db()
    assert (second.state, second.overtaken_by) == (ProposalState.OVERTAKEN, first.number)
    assert table.now().open_proposals == 0
    assert "Camp am See" in plain(table.text)
    with pytest.raises(Refused, match="überholt"):
        actions.accept_proposal(table.drafter, second, Decision(), at=AT)


def test_a_proposal_for_what_another_one_removed_says_so(table: Table) -> None:
    sent(table)
    node = measure(table)
    late = renamed(table, "Camp am See")
    out = propose(table.partner, table, dropped(table, node))
    actions.accept_proposal(table.drafter, out, Decision(), at=AT)
    with pytest.raises(Refused, match="nicht mehr"):
        propose(table.partner, table, replace(late, seen=seen_of(None)))
    with pytest.raises(Otherwise):
        propose(table.partner, table, late)


def test_both_sides_editing_one_number_never_overwrite_each_other(hessian: Table) -> None:
    sent(hessian)
    for side in (hessian.drafter, hessian.partner):
        opening = NewComment(hessian.now(), AMOUNT, "Gesamtbetrag", "Geht weniger?")
        if side is hessian.drafter:
            actions.open_node(side, opening, at=AT)
    base = hessian.now().version
    before = hessian.text.content.amount_cents

    def amount(cents: int) -> Edit:
        return Edit(base, "Gesamtbetrag", Change(ChangeKind.VALUE, AMOUNT, cents=cents))

    less, more = amount(before - 100_00), amount(before + 100_00)
    one = propose(hessian.partner, hessian, less)
    actions.accept_proposal(hessian.drafter, one, Decision(), at=AT)
    with pytest.raises(Otherwise) as otherwise:
        propose(hessian.drafter, hessian, more)
    assert otherwise.value.document.content.amount_cents == before - 100_00
    again = replace(more, seen=seen_of(before - 100_00))
    propose(hessian.drafter, hessian, again)


def test_a_long_text_that_changed_at_its_end_is_another_one() -> None:
    text = "a" * 5000
    assert seen_of(text) == seen_of(text)
    assert seen_of(text) != seen_of(f"{text}b")


def test_two_people_of_one_side_editing_a_draft_see_both_texts(hessian: Table) -> None:
    node = open_piece(hessian)
    mine, hers = reworded(hessian, node, "Erstens."), reworded(hessian, node, "Zweitens.")
    actions.edit(hessian.second, hessian.now(), hers, at=AT)
    with pytest.raises(Otherwise) as otherwise:
        actions.edit(hessian.drafter, hessian.now(), mine, at=AT)
    assert "Zweitens." in words_of(otherwise.value.document, node)
    elsewhere = renamed(hessian, "Camp am See")
    actions.edit(hessian.drafter, hessian.now(), replace(elsewhere, base=1), at=AT)
    assert hessian.now().version == 3


def test_every_version_is_kept_and_none_is_changed(hessian: Table) -> None:
    sent(hessian)
    for title in ("Eins", "Zwei", "Drei"):
        one = propose(hessian.partner, hessian, renamed(hessian, title))
        actions.accept_proposal(hessian.drafter, one, Decision(), at=AT)
    rows = list(Version.objects.filter(draft=hessian.draft).order_by("number"))
    assert [row.number for row in rows] == [1, 2, 3, 4]
    titles = [row.document.content.measures[0].title for row in rows]
    assert titles[1:] == ["Eins", "Zwei", "Drei"]
    assert [row.digest for row in rows] == [row.document.hash for row in rows]


def test_the_other_side_decides_and_a_no_has_a_reason(table: Table) -> None:
    sent(table)
    one = propose(table.partner, table, renamed(table, "Camp am See"))
    with pytest.raises(Refused, match="andere Seite"):
        actions.accept_proposal(table.partner, one, Decision(), at=AT)
    with pytest.raises(Refused, match="dagegen"):
        actions.reject_proposal(table.drafter, one, Decision(), at=AT)
    actions.reject_proposal(table.drafter, one, Decision("Zu teuer"), at=AT)
    with pytest.raises(Refused, match="schon entschieden"):
        actions.accept_proposal(table.drafter, one, Decision(), at=AT)
    two = propose(table.partner, table, renamed(table, "Camp am Fluss"))
    with pytest.raises(Refused, match="wer ihn gemacht hat"):
        actions.withdraw_proposal(table.drafter, two, Decision(), at=AT)
    actions.withdraw_proposal(table.partner, two, Decision(), at=AT)
    assert table.now().open_proposals == 0


def test_what_came_by_telephone_says_who_said_it_when(table: Table) -> None:
    sent(table)
    edit = renamed(table, "Camp am See")
    by_phone = Told("telephone", "Frau Berg, Kreis", AT.date())
    with pytest.raises(Refused, match="wer es wann"):
        actions.propose(
            table.drafter, NewProposal(table.now(), edit, "", replace(by_phone, by=" ")), at=AT
        )
    late = replace(by_phone, on=later(1).date())
    with pytest.raises(Refused, match="vor uns"):
        actions.propose(table.drafter, NewProposal(table.now(), edit, "", late), at=AT)
    one = actions.propose(table.drafter, NewProposal(table.now(), edit, "", by_phone), at=AT)
    assert one.side == "body"  # it is the other side's, who told it
    actions.accept_proposal(table.drafter, one, Decision(), at=AT)
    row = Proposal.objects.get(pk=one.pk)
    assert (row.told_by, row.by) == ("Frau Berg, Kreis", table.drafter.audit_name)


def test_a_value_is_changed_where_it_stands_and_not_in_a_sentence(hessian: Table) -> None:
    document = hessian.text
    found = next(
        piece
        for clause in document.clauses
        for piece in clause.pieces
        if "{year}" in piece.text and piece.kind is PieceKind.PARAGRAPH
    )
    words = words_of(document, found.id)
    assert templated(document, found, f"{words} Gut so.") == f"{found.text} Gut so."
    with pytest.raises(Refused, match="bei den Werten"):
        templated(document, found, words.replace("2026", "2027"))
    with pytest.raises(Refused, match="Klammern"):
        templated(document, found, words + " {amount}")


def test_nothing_is_proposed_before_it_is_sent_or_once_it_was_accepted(hessian: Table) -> None:
    with pytest.raises(Refused, match="nicht verhandelt"):
        propose(hessian.drafter, hessian, renamed(hessian, "Anders"))
    sent(hessian)
    with pytest.raises(Refused, match="nicht mehr in Vorbereitung"):
        actions.edit(hessian.drafter, hessian.now(), renamed(hessian, "Anders"), at=AT)


def test_a_new_measure_and_a_dropped_one(table: Table) -> None:
    sent(table)
    first = table.text.content.measures[0]
    new = replace(first, id="neu-1", title="Werkstatt")
    changes = (
        Change(ChangeKind.ADD, "measures/neu-1", measure=new),
        Change(ChangeKind.DROP, measure(table)),
    )
    for change in changes:
        one = propose(table.partner, table, Edit(table.now().version, "Neu", change))
        actions.accept_proposal(table.drafter, one, Decision(), at=AT)
    assert "Werkstatt" in plain(table.text)
    assert first.id not in [each.id for each in table.text.content.measures]
    with pytest.raises(Refused, match="schon"):
        propose(table.partner, table, Edit(table.now().version, "Neu", changes[0]))


def added(one: Table) -> Edit:
    text = "Erstens.\n\nZweitens."
    change = Change(ChangeKind.ADD, "eigene-1", title="Barrierefreiheit", text=text)
    return Edit(one.now().version, "Neue Ergänzung", change)


def test_a_body_adds_clauses_of_its_own_where_the_programme_lets_it(table: Table) -> None:
    sent(table)
    if settings.PROGRAMME == "kreisbudget_suedland":
        with pytest.raises(Refused, match="sieht das Programm nicht vor"):
            propose(table.partner, table, added(table))
        return
    one = propose(table.partner, table, added(table))
    actions.accept_proposal(table.drafter, one, Decision(), at=AT)
    assert "Ergänzung 1\nBarrierefreiheit" in plain(table.text)
    assert table.text.clauses[-1].is_own


def test_an_addition_and_the_answers_show_in_next_years_draft(hessian: Table) -> None:
    sent(hessian)
    one = propose(hessian.partner, hessian, added(hessian))
    actions.accept_proposal(hessian.drafter, one, Decision(), at=AT)
    answer_all(hessian)
    year, ags = hessian.draft.year, hessian.draft.ags
    left = queries.last_year("aqb_hessen", year + 1, ags)
    assert left.draft == hessian.draft
    assert [clause.title for clause in left.own] == ["Barrierefreiheit"]
    following = hessian.now()
    following.year = year + 1
    kept = queries.answers_of_last_year(following, [])
    assert {row.answer for row in kept.values()} == {"So gewollt."}


def test_next_years_draft_says_nothing_that_both_sides_did_not_know(hessian: Table) -> None:
    year, ags = hessian.draft.year, hessian.draft.ags
    actions.edit(hessian.drafter, hessian.now(), added(hessian), at=AT)
    assert queries.last_year("aqb_hessen", year + 1, ags) == queries.LastYear()  # it was never sent
    draft = sent(hessian)
    assert queries.last_year("aqb_hessen", year + 1, ags).own
    actions.end(hessian.drafter, draft, note="Kein Interesse", at=AT)
    assert queries.last_year("aqb_hessen", year + 1, ags) == queries.LastYear(draft)


def test_what_changed_of_the_plans_is_proposed_with_one_click(table: Table) -> None:
    sent(table)
    with pytest.raises(Refused, match="stehen so im Entwurf"):
        actions.propose_plans(table.partner, table.now(), at=AT)
    one, other = measures.plans_of(settings.PROGRAMME, table.draft.year, table.draft.ags)
    plan = replace(one.plan, title="Camp am See")
    planning.revise(table.partner, one, Revision(one.version, plan), at=AT)
    planning.drop(table.partner, other, note="Kein Bedarf", at=AT)
    actions.propose_plans(table.partner, table.now(), at=AT)
    kinds = [row.what.kind for row in queries.open_proposals(table.now())]
    assert kinds == [ChangeKind.MEASURE, ChangeKind.DROP]
    with pytest.raises(Refused, match="schon vorgeschlagen"):
        actions.propose_plans(table.partner, table.now(), at=AT)


def test_whoever_decides_sees_that_a_measure_becomes_another_type(table: Table) -> None:
    sent(table)
    old = table.text.content.measures[0]
    new = replace(old, type="other", type_label="Etwas anderes")
    change = Change(ChangeKind.MEASURE, measure_node(old), measure=new)
    one = propose(table.partner, table, Edit(1, "Maßnahme 1", change))
    assert "Etwas anderes" in one.words_after
    assert "Etwas anderes" not in one.words_before
    first = table.text
    actions.accept_proposal(table.drafter, one, Decision(), at=AT)
    (found,) = redline(nodes(first), nodes(table.text))
    assert found.node.id == measure_node(old)
    page = signed_in(table.drafter).get(f"/arbeit/entwuerfe/{table.draft.pk}/vergleich")
    assert "Diese beiden Fassungen sind gleich" not in page.content.decode()


def test_a_blank_line_parts_the_paragraphs_of_an_addition(hessian: Table) -> None:
    door = f"/arbeit/entwuerfe/{hessian.draft.pk}/aendern?stelle=eigene"
    typed = {"title": "Teilhabe", "text": "Erstens.\r\n\r\nZweitens.\r\n \r\nDrittens."}
    assert signed_in(hessian.drafter).post(door, typed).status_code == 302
    said = [piece.text for piece in hessian.text.clauses[-1].pieces]
    assert said == ["Erstens.", "Zweitens.", "Drittens."]


def test_an_addition_has_no_slots_of_its_own(hessian: Table) -> None:
    sent(hessian)
    change = Change(ChangeKind.ADD, "eigene-1", title="Geld", text="Wir bekommen {amount}.")
    with pytest.raises(Refused, match="Geschweifte Klammern"):
        propose(hessian.partner, hessian, Edit(1, "Neue Ergänzung", change))
