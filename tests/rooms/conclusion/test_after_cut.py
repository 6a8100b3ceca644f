"""A cut hits what was agreed: one click drafts the changes; money moves between two bodies."""

from dataclasses import replace

import pytest
from django.urls import reverse

from tests.journeys.pages import press, visible
from tests.rooms.conclusion import amended, made
from tests.rooms.conclusion.made import Desk
from tests.stage import signed_in
from zielwerk.agreements import actions as recording
from zielwerk.agreements.actions import HandEntry
from zielwerk.agreements.models import Agreement
from zielwerk.core import jobs
from zielwerk.core.models import Job
from zielwerk.drafting.changes import AMOUNT, Change, ChangeKind
from zielwerk.ledger import actions as ledger
from zielwerk.ledger import queries as books
from zielwerk.ledger.models import Place
from zielwerk.negotiation import actions as negotiation
from zielwerk.negotiation import queries as drafts
from zielwerk.negotiation.actions import Edit, NewPair
from zielwerk.negotiation.models import DraftDocument
from zielwerk.packs import loading as packs
from zielwerk.rulebook.refusal import Refused

CUT_CENTS = 1_000_00


def cut(desk: Desk, of: Agreement) -> None:
    """Of what is agreed a part is no longer covered: more was promised than was given."""
    spare = books.allocated_cents(of.programme, of.year, of.ags)
    more = ledger.Agreed(
        of.programme, of.year, of.ags, spare + CUT_CENTS, made.SIGNED.date(), "KUERZUNG"
    )
    ledger.record_agreed(desk.first, more, at=made.SIGNED)


def test_what_a_cut_hit_is_listed_with_what_is_left(desk: Desk) -> None:
    first = amended.agreement(desk)
    assert drafts.hit_by_cut(desk.first, first.programme, first.year) == []
    cut(desk, first)
    (hit,) = drafts.hit_by_cut(desk.first, first.programme, first.year)
    assert (hit.agreement, hit.uncovered_cents) == (first, CUT_CENTS)
    assert hit.left_cents == first.amount_cents - CUT_CENTS
    assert hit.draft is None


def test_one_click_drafts_a_change_for_each(desk: Desk) -> None:
    """The page says what it will do; the job does it once, however often it runs."""
    first = amended.agreement(desk)
    cut(desk, first)
    client = signed_in(desk.table.drafter)
    door = reverse("negotiation:amend_after_cut", args=[first.year])
    page = client.get(door)
    assert page.status_code == 200
    assert first.file_number in page.content.decode()
    form, name = amended.wish(first).form, desk.table.drafter.audit_name
    place = page.context["form"].fields["grundlage"].choices[-1][0]
    answer = press(client, door, door, art=form, grundlage=place)
    assert answer.startswith("/arbeit/auftrag/")
    assert Job.objects.filter(kind="negotiation.amend_after_cut").count() == 1
    params = {"programme": first.programme, "year": first.year, "user": name}
    params |= {"form": form, "basis": place}
    for _ in range(2):
        jobs.KINDS["negotiation.amend_after_cut"](_Watched(), **params)
    (draft,) = DraftDocument.objects.filter(amends=first)
    assert drafts.newest(draft).content.amount_cents == first.amount_cents - CUT_CENTS
    assert draft.file_number in client.get(door).content.decode()


class _Watched:
    """The progress of a job that nobody watches."""

    def of(self, total: int) -> None: ...

    def step(self, name: str = "") -> None: ...


def test_concluded_it_covers_what_was_uncovered(desk: Desk) -> None:
    """Nothing is allocated again: the money was not there any more."""
    first = amended.agreement(desk)
    cut(desk, first)
    spare = books.allocated_cents(first.programme, first.year, first.ags)
    (hit,) = drafts.hit_by_cut(desk.first, first.programme, first.year)
    wish = replace(amended.wish(first, total=hit.left_cents), less=hit.uncovered)
    amended.concluded(amended.drafted(desk, wish))
    lacking = books.account_balances(
        place=Place.UNCOVERED, programme=first.programme, programme_year=first.year, ags=first.ags
    )
    assert sum(cents for _, cents in lacking) == 0
    assert books.allocated_cents(first.programme, first.year, first.ags) == spare
    assert drafts.hit_by_cut(desk.first, first.programme, first.year) == []


def test_a_pair_names_each_other_and_no_more_is_given_than_there_is(hessian: Desk) -> None:
    first = amended.agreement(hessian)
    other = _of_another_body(hessian, first)
    new = NewPair(first, other, 500_00, "§ 4 Haushaltsmittel")
    gives = negotiation.amend_pair(hessian.table.drafter, new, at=made.SIGNED)
    gets = DraftDocument.objects.get(takes_from=gives)
    assert (gives.amends, gets.amends) == (first, other)
    amounts = [drafts.newest(each).content.amount_cents for each in (gives, gets)]
    assert amounts == [first.amount_cents - 500_00, other.amount_cents + 500_00]
    pages = [
        signed_in(hessian.table.drafter).get(reverse("negotiation:draft", args=[each.pk]))
        for each in (gives, gets)
    ]
    assert gets.file_number in pages[0].content.decode()
    assert gives.file_number in pages[1].content.decode()


def test_a_pair_says_where_one_does_not_give_what_the_other_gets(hessian: Desk) -> None:
    """One side is changed afterwards: both pages say both amounts, until one is given up."""
    first = amended.agreement(hessian)
    other = _of_another_body(hessian, first)
    drafter = hessian.table.drafter
    new = NewPair(first, other, 500_00, "§ 4 Haushaltsmittel")
    gives = negotiation.amend_pair(drafter, new, at=made.SIGNED)
    gets = DraftDocument.objects.get(takes_from=gives)
    told = "Die eine Änderung gibt 100,00\u00a0€ ab, die andere erhält 500,00\u00a0€."

    def pages() -> list[str]:
        client = signed_in(drafter)
        doors = (reverse("negotiation:draft", args=[each.pk]) for each in (gives, gets))
        return [visible(client.get(door).content.decode()) for door in doors]

    assert not any("passt nicht zusammen" in page for page in pages())
    change = Change(ChangeKind.VALUE, AMOUNT, cents=first.amount_cents - 100_00)
    edit = Edit(gives.version, "Gesamtbetrag", change)
    gives = negotiation.edit(drafter, gives, edit, at=made.SIGNED)
    assert all(visible(told) in page for page in pages())
    negotiation.discard(drafter, gives, at=made.SIGNED)
    assert not any("passt nicht zusammen" in page for page in pages())


@pytest.mark.parametrize(("cents", "rule"), [(0, "nothing_moves"), (10**15, "too_much")])
def test_a_pair_of_nothing_or_of_too_much_is_refused(hessian: Desk, cents: int, rule: str) -> None:
    first = amended.agreement(hessian)
    other = _of_another_body(hessian, first)
    with pytest.raises(Refused) as refused:
        negotiation.amend_pair(
            hessian.table.drafter, NewPair(first, other, cents, "§ 4"), at=made.SIGNED
        )
    assert {each.rule for each in refused.value.refusals} == {f"negotiation.{rule}"}
    assert not DraftDocument.objects.filter(amends__isnull=False).exists()


def _of_another_body(desk: Desk, first: Agreement) -> Agreement:
    """An agreement of another body, recorded from paper."""
    there = packs.bodies_in(first.programme, first.year)
    ags = next(body.ags for body in there if body.ags != first.ags)
    name = next(body.name for body in there if body.ags == ags)
    terms = replace(first.content, ags=ags, body_name=name, amount_cents=900_00)
    intake = recording.begin_by_hand(
        desk.first, HandEntry(terms, "Original auf Papier"), at=made.SIGNED
    )
    intake = recording.accept(desk.first, intake, at=made.SIGNED)
    found = recording.confirm(desk.second, intake, at=made.SIGNED).agreement
    assert found
    return found
