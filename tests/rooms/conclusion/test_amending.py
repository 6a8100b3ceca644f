"""What was agreed is changed: copied, changed place by place, signed, and its money moves."""

from dataclasses import fields, replace

import pytest
from django.conf import settings
from django.test import RequestFactory
from django.urls import reverse

from tests.journeys.pages import press, visible
from tests.rooms.conclusion import amended, made
from tests.rooms.conclusion.made import Desk
from tests.stage import signed_in
from zielwerk.agreements import actions as recording
from zielwerk.agreements import queries as agreements
from zielwerk.agreements.actions import (
    Ask,
    HandEntry,
    NewChange,
    Review,
    annul,
    ask_annulment,
    begin_change,
)
from zielwerk.agreements.models import Agreement
from zielwerk.agreements.panels.planned import agreed
from zielwerk.conclusion import actions, queries
from zielwerk.drafting.amending import changes
from zielwerk.drafting.changes import AMOUNT, FRESH, Change, ChangeKind, measure_node
from zielwerk.drafting.model import Content, Document, Measure
from zielwerk.ledger import queries as ledger
from zielwerk.measures.models import PlannedMeasure
from zielwerk.negotiation import actions as negotiation
from zielwerk.negotiation import letters
from zielwerk.negotiation import queries as drafts
from zielwerk.negotiation.actions import Edit
from zielwerk.packs import loading as packs
from zielwerk.rulebook.agreement import Clause, Form, Terms
from zielwerk.rulebook.agreement import Measure as Measured
from zielwerk.rulebook.money import format_euro
from zielwerk.rulebook.refusal import Refused
from zielwerk.typesetting.pdf import render

LESS_CENTS = 1_000_00


def rules(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {each.rule for each in refused.value.refusals}


def money(of: Agreement) -> tuple[int, int]:
    where = of.programme, of.year, of.ags
    return ledger.allocated_cents(*where), ledger.agreed_cents(*where)


def test_a_smaller_amount_is_agreed_and_the_rest_is_allocated_again(desk: Desk) -> None:
    """Worked example, in every programme: 1,000 € less, by an amendment or a notice."""
    first = amended.agreement(desk)
    before = money(first)
    other = amended.drafted(desk, amended.wish(first, total=first.amount_cents - LESS_CENTS))
    assert [each.number for each in drafts.versions(other.table.now())] == [2, 1]
    case = amended.concluded(other)
    second = case.agreement
    assert second
    assert (second.amends_id, second.version, second.basis) == (first.pk, 2, "§ 4 Haushaltsmittel")
    assert second.amount_cents == first.amount_cents - LESS_CENTS
    assert agreements.newest(first) == second
    assert money(first) == (before[0] + LESS_CENTS, before[1] - LESS_CENTS)
    assert list(ledger.disagreements(settings.PROGRAMME)) == []


def test_more_is_agreed_where_it_was_allocated(desk: Desk) -> None:
    first = amended.agreement(desk)
    spare, agreed = money(first)
    if not spare:  # all of it is agreed: first less, so that there is something
        less = amended.drafted(desk, amended.wish(first, total=first.amount_cents - LESS_CENTS))
        now = amended.concluded(less).agreement
        assert now
        first, (spare, agreed) = now, money(first)
    more = amended.drafted(desk, amended.wish(first, total=first.amount_cents + spare))
    amended.concluded(more)
    assert money(first) == (0, agreed + spare)


def test_no_more_is_promised_than_was_allocated(desk: Desk) -> None:
    first = amended.agreement(desk)
    spare, _ = money(first)
    wish = amended.wish(first, total=first.amount_cents + spare + 1)
    other = amended.drafted(desk, wish)
    found = {each.key for each in drafts.findings(other.table.now(), amended.LATER.date())}
    assert "allocation" in found


def test_what_measures_receive_is_spread_over_them(desk: Desk) -> None:
    first = amended.agreement(desk)
    total = first.amount_cents - LESS_CENTS
    text = amended.drafted(desk, amended.wish(first, total=total)).table.text
    amounts = [each.amount_cents for each in text.content.measures]
    if packs.programme(settings.PROGRAMME).document.recipient == "measure":
        assert sum(cents or 0 for cents in amounts) == total == text.content.amount_cents
    else:
        assert set(amounts) == {None}


def test_a_copy_takes_the_text_and_nothing_of_the_first_conclusion(hessian: Desk) -> None:
    """No signature, no day, no signed file, no publication; each field of the text, though."""
    first = amended.agreement(hessian)
    holds = drafts.text_that_holds(first)
    draft = amended.drafted(hessian, amended.wish(first)).table.now()
    copy = drafts.newest(draft)
    assert {each.name for each in fields(Document)} == {"content", "clauses", "amends"}
    assert (copy.content, copy.clauses) == (holds.content, holds.clauses)
    assert changes(holds, copy) == []
    own = {each.name for each in fields(Content)}
    assert not own & {"signatures", "signed_on", "signed_file", "published_at"}
    assert copy.amends
    assert copy.amends.file_number == first.file_number
    assert not queries.of_draft(draft).exists()
    assert draft.amends == first


def test_an_unchanged_copy_is_no_change(hessian: Desk) -> None:
    other = amended.drafted(hessian, amended.wish(amended.agreement(hessian)))
    found = {each.key for each in drafts.findings(other.table.now(), amended.LATER.date())}
    assert "changes_nothing" in found
    with pytest.raises(Refused) as refused:
        amended.settled(other)
    assert rules(refused) == {"negotiation.unanswered"}


def _own(text: Document) -> list[Change]:
    """A change of every part of a text that its content and clauses have."""
    first, *_ = text.content.measures
    fresh = Measure(f"{FRESH}1", first.type, first.type_label, "Werkstatt am Abend", places=4)
    if first.amount_cents is not None:
        fresh = replace(fresh, amount_cents=0)
    return [
        Change(ChangeKind.MEASURE, measure_node(first), measure=replace(first, title="Anders")),
        Change(ChangeKind.ADD, measure_node(fresh), measure=fresh),
    ]


def test_every_field_of_the_terms_goes_through_change_and_conclusion(desk: Desk) -> None:
    """What was changed is changed, all else is what it was, field by field."""
    first = amended.agreement(desk)
    other = amended.drafted(desk, amended.wish(first))
    for change in _own(other.table.text):
        edit = Edit(other.table.now().version, "Maßnahme", change)
        negotiation.edit(other.table.drafter, other.table.now(), edit, at=amended.LATER)
    second = amended.concluded(other).agreement
    assert second
    before, after = first.content, second.content
    same = {each.name for each in fields(Terms)} - {"measures", "signatures", "clauses"}
    assert {name: getattr(after, name) for name in same} == {
        name: getattr(before, name) for name in same
    }
    titles = [each.title for each in after.measures]
    assert {"Anders", "Werkstatt am Abend"} <= set(titles)
    assert len(titles) == len(before.measures) + 1
    assert len(after.signatures) == len(before.signatures)
    kept = {each.measure_id for each in first.agreed.all()}
    assert len(kept & {each.measure_id for each in second.agreed.all()}) == len(kept) - 1


def test_a_measure_keeps_its_plan_where_one_before_it_goes(hessian: Desk) -> None:
    """Accounts keep their places; plans go by the text, in which what follows moves up."""
    first = amended.agreement(hessian)
    other = amended.drafted(hessian, amended.wish(first))
    gone, *stay = other.table.text.content.measures
    edit = Edit(1, "Maßnahme", Change(ChangeKind.DROP, measure_node(gone)))
    negotiation.edit(other.table.drafter, other.table.now(), edit, at=amended.LATER)
    second = amended.concluded(other).agreement
    assert second
    assert list(second.agreed.values_list("planned", flat=True)) == [each.id for each in stay]
    request = RequestFactory().get("/")
    request.user = hessian.first
    plan = PlannedMeasure.objects.get(file_number=stay[0].id)
    plan.title = "Heute anders genannt"
    found = agreed(request, plan)
    assert found
    assert (found[0], found[1].title) == (second, stay[0].title)


OWN = "Der Landkreis gibt 777 Euro dazu."


@pytest.mark.parametrize(("wording", "left"), [("", 777_00), ("Er gibt nichts dazu.", None)])
def test_what_no_drafted_text_has_a_place_for_holds_on(
    hessian: Desk, wording: str, left: int | None
) -> None:
    """Own share, place and goal of a measure of a paper hold on, unless the wording drops them."""
    known = hessian.table.text.content
    kind = known.measures[0].type
    terms = replace(
        queries.terms_of(hessian.table.text, ()),
        own_share_cents=777_00,
        measures=(Measured(kind, "Kochkurs", place="Hanau", target="alle lernen kochen"),),
        clauses=(Clause("§ 4", "Mittel", OWN),),
    )
    entry = HandEntry(terms, "Original auf Papier")
    intake = recording.begin_by_hand(hessian.first, entry, at=made.SIGNED)
    intake = recording.accept(hessian.first, intake, at=made.SIGNED)
    first = recording.confirm(hessian.second, intake, at=made.SIGNED).agreement
    assert first
    other = amended.drafted(hessian, amended.wish(first, total=first.amount_cents - LESS_CENTS))
    if wording:
        (place, *_) = (piece.id for piece in other.table.text.clauses[0].pieces)
        edit = Edit(2, "§ 4", Change(ChangeKind.WORDING, place, wording))
        negotiation.edit(other.table.drafter, other.table.now(), edit, at=amended.LATER)
    second = amended.concluded(other).agreement
    assert second
    assert second.content.own_share_cents == left
    (measure,) = second.content.measures
    assert (measure.place, measure.target) == ("Hanau", "alle lernen kochen")


def test_only_what_the_programme_names_is_amended(desk: Desk) -> None:
    data = packs.programme(settings.PROGRAMME).amendment
    assert data
    other = amended.drafted(desk, amended.wish(amended.agreement(desk)))
    draft = other.table.now()
    change = Change(ChangeKind.VALUE, "value/meeting", text="Treffen im Frühjahr")
    edit = Edit(draft.version, "Umsetzungsbesprechung", change)
    if "names" in data.may_change:
        negotiation.edit(other.table.drafter, draft, edit, at=amended.LATER)
    else:
        with pytest.raises(Refused) as refused:
            negotiation.edit(other.table.drafter, draft, edit, at=amended.LATER)
        assert rules(refused) == {"amendment.not_of_amendments"}


def test_a_text_is_changed_by_one_draft_at_a_time(hessian: Desk) -> None:
    first = amended.agreement(hessian)
    amended.drafted(hessian, amended.wish(first))
    with pytest.raises(Refused) as refused:
        amended.drafted(hessian, amended.wish(first))
    assert rules(refused) == {"agreements.change_drafted"}
    paper = NewChange(first, Form.AMENDMENT, "§ 4", 1, "Papier vom 3. März")
    with pytest.raises(Refused) as recorded:
        begin_change(hessian.first, paper, at=amended.LATER)
    assert rules(recorded) == {"agreements.change_drafted"}


def test_what_was_given_up_is_not_taken_up_beside_another_change(hessian: Desk) -> None:
    """A paper is being recorded, later it holds: both are said, and no second change lives."""
    first = amended.agreement(hessian)
    other = amended.drafted(hessian, amended.wish(first))
    negotiation.discard(other.table.drafter, other.table.now(), at=amended.LATER)
    paper = NewChange(first, Form.AMENDMENT, "§ 4", 1, "Papier vom 3. März")
    intake = begin_change(hessian.first, paper, at=amended.LATER)
    with pytest.raises(Refused) as refused:
        negotiation.restore(other.table.drafter, other.table.now(), at=amended.LATER)
    assert rules(refused) == {"agreements.change_open"}
    left = replace(intake.content, amount_cents=first.amount_cents - LESS_CENTS)
    review = Review(left, (), intake.revision)
    intake = recording.review(hessian.first, intake, review, at=amended.LATER)
    intake = recording.accept(hessian.first, intake, at=amended.LATER)
    recording.confirm(hessian.second, intake, at=amended.LATER)
    with pytest.raises(Refused) as refused:
        negotiation.restore(other.table.drafter, other.table.now(), at=amended.LATER)
    assert rules(refused) == {"agreements.newer_version"}


def test_a_change_of_what_no_longer_holds_is_not_concluded(hessian: Desk) -> None:
    """It was annulled meanwhile: the reason is said, nothing is booked."""
    first = amended.agreement(hessian)
    other = amended.settled(
        amended.drafted(hessian, amended.wish(first, total=first.amount_cents - LESS_CENTS))
    )
    case = made.begun(other)
    made.sign(other, case)
    case = made.checked(other, case)
    asked = ask_annulment(hessian.second, Ask(first, "Falscher Kreis"), at=amended.LATER)
    able = agreements.deciders(first, asked.asked_by, amended.LATER.date())
    annul(able[0], asked, at=amended.LATER)
    before = money(first)
    with pytest.raises(Refused) as refused:
        actions.conclude(other.second, case, at=amended.LATER)
    assert rules(refused) == {"conclusion.superseded"}
    assert money(first) == before


def test_the_text_of_an_annulled_change_is_named_where_the_next_one_would_begin(
    hessian: Desk,
) -> None:
    first = amended.agreement(hessian)
    wish = amended.wish(first, total=first.amount_cents - LESS_CENTS)
    other = amended.drafted(hessian, wish)
    second = amended.concluded(other).agreement
    assert second
    asked = ask_annulment(hessian.second, Ask(second, "Kein Nachtrag"), at=amended.LATER)
    able = agreements.deciders(second, asked.asked_by, amended.LATER.date())
    annul(able[0], asked, at=amended.LATER)
    client, case = signed_in(hessian.first), reverse("desk:case", args=first.address)
    door = f'href="{reverse("negotiation:draft", args=[other.table.now().pk])}"'
    page = client.get(case).content.decode()
    said = "Eine Änderung ist aufgehoben, ihr Text steht noch."
    assert said in page
    assert door in page[page.index(said) :].partition("</p>")[0]
    draft = negotiation.reopen(
        other.table.drafter, other.table.now(), note="Die Änderung ist aufgehoben", at=amended.LATER
    )
    negotiation.end(other.table.drafter, draft, note="Kein Nachtrag", at=amended.LATER)
    page = client.get(case).content.decode()
    assert said not in page
    assert "Änderung entwerfen" in page


def test_a_retitled_measure_is_called_a_new_one(hessian: Desk) -> None:
    first = amended.agreement(hessian)
    held = drafts.text_that_holds(first).content.measures[0]
    other = replace(held, title="Ganz anders genannt")
    wish = amended.wish(first, Change(ChangeKind.MEASURE, measure_node(held), measure=other))
    draft = amended.drafted(hessian, wish).table.now()
    client = signed_in(hessian.first)
    page = visible(client.get(reverse("negotiation:draft", args=[draft.pk])).content.decode())
    said = "zählt eine Maßnahme vom Abschluss an als neue, die bisherige entfällt:"
    assert f"{said} {held.title} → Ganz anders genannt" in page


def test_an_ending_leaves_what_remains(hessian: Desk) -> None:
    """Both end it before its time: nothing is agreed any more, the money is allocated again."""
    first = amended.agreement(hessian)
    before = money(first)
    other = amended.drafted(hessian, amended.wish(first, total=0, form=Form.END))
    second = amended.concluded(other).agreement
    assert second
    assert (second.form, second.amount_cents) == (Form.END, 0)
    assert money(first) == (before[0] + first.amount_cents, 0)
    assert list(ledger.disagreements(settings.PROGRAMME)) == []


def test_a_termination_by_one_side_is_recorded_from_its_paper(hessian: Desk) -> None:
    first = amended.agreement(hessian)
    before = money(first)
    paper = NewChange(first, Form.TERMINATION, "§ 60 HVwVfG", 1, "Schreiben vom 3. März")
    intake = begin_change(hessian.first, paper, at=amended.LATER)
    left = replace(intake.content, amount_cents=0)
    review = Review(left, (), intake.revision)
    intake = recording.review(hessian.first, intake, review, at=amended.LATER)
    intake = recording.accept(hessian.first, intake, at=amended.LATER)
    second = recording.confirm(hessian.second, intake, at=amended.LATER).agreement
    assert second
    assert (second.form, second.amount_cents) == (Form.TERMINATION, 0)
    assert money(first) == (before[0] + first.amount_cents, 0)


def test_what_is_printed_says_what_changes_and_what_holds(hessian: Desk) -> None:
    first = amended.agreement(hessian)
    other = amended.drafted(hessian, amended.wish(first, total=first.amount_cents - LESS_CENTS))
    draft = other.table.now()
    paper = letters.document(draft, drafts.version(draft))
    assert "Nachtrag 1" in paper.title
    assert render(paper).startswith(b"%PDF")
    (told,) = changes(drafts.text_that_holds(first), drafts.newest(draft))
    assert told.node.id == AMOUNT


def euros(cents: int) -> str:
    """Whole euros as pages write them."""
    return format_euro(cents).removesuffix(",00\u00a0€")


def test_whoever_concludes_reads_what_moves_and_the_case_tells_it(desk: Desk) -> None:
    """Cause and effect stand on one page, before and after."""
    first = amended.agreement(desk)
    allocated, agreed = money(first)
    other = amended.drafted(desk, amended.wish(first, total=first.amount_cents - LESS_CENTS))
    case = made.begun(amended.settled(other))
    made.sign(other, case)
    case = made.checked(other, case)
    client = signed_in(desk.second)
    door = f"{reverse('conclusion:conclusion', args=[case.pk])}/abschliessen"
    page = visible(client.get(door).content.decode())
    for cents in (allocated, allocated + LESS_CENTS, agreed, agreed - LESS_CENTS, LESS_CENTS):
        assert f" {euros(cents)} €" in page, page
    assert "Gesamtbetrag" in page
    press(client, door, door)
    assert money(first) == (allocated + LESS_CENTS, agreed - LESS_CENTS)
    told = visible(client.get(reverse("desk:case", args=first.address)).content.decode())
    assert other.table.draft.file_number in told
    assert euros(first.amount_cents - LESS_CENTS) in told
