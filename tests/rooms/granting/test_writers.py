"""Sixteen people at once draft, write, issue, amend and pass on: nothing twice, nothing by half."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from random import Random
from typing import Any

import pytest
from django.conf import settings
from django.db.models import Sum

from tests.journeys.applied import coordinator
from tests.rooms.conftest import Together
from tests.rooms.granting import made
from tests.rooms.passing import made as passed
from zielwerk.config import world, world_strategy
from zielwerk.config.cast import OPERATOR, Cast
from zielwerk.core import audit, file_numbers
from zielwerk.core.audit import reference
from zielwerk.core.models import AuditSeal
from zielwerk.core.permissions import NotAllowed
from zielwerk.desk.queries import accord
from zielwerk.funding import actions as funding
from zielwerk.funding.models import Application
from zielwerk.granting import actions, queries
from zielwerk.granting.actions import Batch, NewAct, NewNotice, WriteAct, WriteNotice
from zielwerk.granting.models import GrantAct, GrantedAmount, GrantNotice
from zielwerk.granting.queries import ActDraft, NoticeDraft
from zielwerk.identity.actions import Enrolment, enrol
from zielwerk.identity.models import User
from zielwerk.identity.queries import let_in
from zielwerk.ledger import queries as books
from zielwerk.ledger.models import Book, Place
from zielwerk.packs import loading as packs
from zielwerk.passing import actions as passing
from zielwerk.passing import queries as passes
from zielwerk.rulebook.grant.course import GrantState
from zielwerk.rulebook.grant.together import code_of
from zielwerk.rulebook.passing.course import PassState
from zielwerk.rulebook.refusal import Refused

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS, BODIES = 16, 4
SHORT, LONG = 6, 60
"""How many verbs each of them tries."""
OVER = 4_000_00
"""What each body has beyond what it applied for, in cents: supplements compete for it."""


@pytest.fixture(autouse=True)
def hesse(settings: Any) -> None:
    settings.PROGRAMME = "aqb_hessen"


def answered(work: Callable[[], object]) -> str:
    """What a person would get: "done", or the rule by which she was refused."""
    try:
        work()
    except Refused as refused:
        return refused.refusals[0].rule
    except NotAllowed as refused:
        return str(refused.args[0])
    return "done"


def prepared() -> list[Cast]:
    """Bodies whose applications are assessed, one decided; each has a little more money."""
    cast, acting = world.enrol_cast(), []
    for body in packs.bodies_in(settings.PROGRAMME, made.year())[:BODIES]:
        acting.append(world_strategy.cast_of(cast, coordinator(body.ags)))
        notice = made.drafted(acting[-1])
        made.give(acting[-1], OVER, ags=notice.ags)
    made.issued(acting[0], GrantNotice.objects.earliest("pk"))
    return acting


class Writer:
    """Somebody who does now this, now that, with whatever there is at the moment."""

    def __init__(self, casts: list[Cast], seed: int) -> None:
        self.casts, self.dice, self.at = casts, Random(seed), made.at(2)

    def works(self, times: int) -> Counter[str]:
        verbs = [self.notice, self.act, self.act, self.begin, self.application, self.all_together]
        answers: Counter[str] = Counter()
        for _ in range(times):
            work = self.dice.choice(verbs)
            for step in work():
                answers[f"{work.__name__}: {answered(step)}"] += 1
        return answers

    @property
    def clerk(self) -> User:
        return self.casts[0].pair("authority", self.casts[0].body.ags)[0]

    @property
    def head(self) -> User:
        return self.casts[0].pair("authority", self.casts[0].body.ags)[1]

    def some(self, *states: str) -> GrantNotice | None:
        rows = list(GrantNotice.objects.filter(state__in=states))
        return self.dice.choice(rows) if rows else None

    def notice(self) -> Iterator[Callable[[], object]]:
        """A notice is written, put forward, issued, given back, given up, taken up again."""
        if one := self.some("draft", "put_forward", "discarded"):
            clerks = {
                "draft": (self.write, actions.put_forward, actions.discard),
                "put_forward": (actions.take_back,),
                "discarded": (actions.restore,),
            }
            yield partial(self.dice.choice(clerks[one.state]), self.clerk, one, at=self.at)
        if one := self.some("put_forward"):
            verb = self.dice.choice((actions.issue, actions.send_back))
            yield partial(verb, self.head, one, note="Geprüft.", at=self.at)

    def write(self, actor: User, one: GrantNotice, **when: Any) -> object:
        draft = replace(NoticeDraft.of(one), reason="Wie besprochen.")
        return actions.write(actor, WriteNotice(one, draft), **when)

    def all_together(self) -> Iterator[Callable[[], object]]:
        """Whatever waits is issued at once."""
        rows = tuple(GrantNotice.objects.filter(state="put_forward"))
        batch = Batch(rows, code_of(queries.entries_of(rows)))
        yield partial(actions.issue_together, self.head, batch, at=self.at)

    def application(self) -> Iterator[Callable[[], object]]:
        """An application is examined again and assessed again, or its notice drafted anew."""
        one = self.dice.choice(list(Application.objects.all()))
        verbs = {"hand_in": funding.note, "confirm": funding.assess, "assessed": funding.reopen}
        yield partial(verbs[one.state], self.clerk, one, note="Noch einmal.", at=self.at)
        yield partial(actions.draft, self.clerk, NewNotice(one), at=self.at)

    def begin(self) -> Iterator[Callable[[], object]]:
        """An act begins on a notice that was issued: more for its first place, or less."""
        if one := self.some("issued"):
            kind = self.dice.choice(("supplement", "amendment", "lapse"))
            new = NewAct(one, kind, self.changes(one, kind))
            yield partial(actions.change, self.clerk, new, at=self.at)
            body = next(each.body for each in self.casts if each.body.ags == one.ags)
            new = NewAct(one, "", self.changes(one, "lapse"))
            yield partial(actions.release, body, new, at=self.at)

    def changes(self, one: GrantNotice, kind: str) -> ActDraft:
        place = self.dice.choice(list(queries.applied(one).amounts))
        cents = self.dice.randint(1, OVER // 2) * (1 if kind == "supplement" else -1)
        day = self.at.date()
        given = {"event": day, "evidence": "Schreiben", "asked": day}
        return ActDraft({place: cents}, reason="Wie besprochen.", **given)  # type: ignore[arg-type]

    def act(self) -> Iterator[Callable[[], object]]:
        """An act is written, put forward, issued, given up or taken up again."""
        rows = list(GrantAct.objects.exclude(state=GrantState.ISSUED))
        if not rows:
            return
        one = self.dice.choice(rows)
        if one.state == "put_forward":
            yield partial(actions.issue, self.head, one, at=self.at)
            return
        verbs = {"draft": (actions.put_forward, self.write_act, actions.discard)}
        verb = self.dice.choice(verbs.get(one.state, (actions.restore,)))
        yield partial(verb, self.clerk, one, at=self.at)

    def write_act(self, actor: User, one: GrantAct, **when: Any) -> object:
        draft = self.changes(one.notice, one.kind)
        return actions.write_act(actor, WriteAct(one, draft), **when)


def test_whatever_sixteen_do_at_once_no_grant_is_doubled_and_every_book_agrees(
    together: Together, pytestconfig: pytest.Config
) -> None:
    times = LONG if pytestconfig.getoption("--exhaustive") else SHORT
    [casts] = together([prepared])
    writers = [Writer(casts, seed) for seed in range(WRITERS)]
    answers = sum(together([partial(writer.works, times) for writer in writers]), Counter[str]())

    def left() -> None:
        issued = [*GrantNotice.objects.filter(state=GrantState.ISSUED)]
        assert issued, answers
        for notice in issued:
            is_true(notice)
        for cast in casts:
            is_covered(cast.body.ags)
        assert [*books.faults(), *audit.verify(), *file_numbers.faults()] == []
        assert list(accord.granted(settings.PROGRAMME)) == []

    together([left])


def is_true(notice: GrantNotice) -> None:
    """Issued once, it and each of its acts; committed is what they grant, place by place."""
    own = Application.objects.get(pk=notice.application_id)
    assert own.state == "assessed", "what is decided stays as it was assessed"
    acts = [*GrantAct.objects.filter(notice=notice, state=GrantState.ISSUED)]
    for case in (notice, *acts):
        entries = AuditSeal.objects.filter(
            subject=reference(case), entry__verb__in=("granting.issue", "granting.issue_together")
        )
        assert entries.count() == 1
        assert case.document
        rows = GrantedAmount.objects.filter(notice=notice, act=None if case == notice else case)
        assert case.amount_cents == (rows.aggregate(Sum("cents"))["cents__sum"] or 0)
    stands = queries.stands(notice, made.at(90).date()).amounts
    assert all(cents > 0 for cents in stands.values())
    booked: Counter[tuple[str, int]] = Counter()
    for key, cents in books.committed(notice.programme, notice.year, notice.ags).items():
        booked[key.measure.rpartition("/")[2], key.tranche.year] += cents
    assert dict(booked) == dict(stands)


def is_covered(ags: str) -> None:
    free = books.uncommitted(settings.PROGRAMME, made.year(), ags)
    assert all(cents >= 0 for cents in free.values())
    gaps = books.account_balances(book=Book.COMMITMENT, place=Place.UNCOVERED, ags=ags)
    assert not any(cents for _, cents in gaps)


def test_of_sixteen_who_pass_on_the_same_money_at_once_so_many_do_as_there_is(
    together: Together,
) -> None:
    """Each wants a little less than a third of what the measure has: three fit."""

    def waiting() -> list[tuple[User, Any]]:
        cast = world.enrol_cast()
        notice = made.issued(cast)
        third = notice.amount_cents * 3 // 10
        cases = [passed.drafted(cast, notice, cents=third) for _ in range(WRITERS)]
        put = [passing.put_forward(cast.body, case, at=passed.at(1)) for case in cases]
        return [(passed.head(cast), case) for case in put]

    [cases] = together([waiting])
    answers = together(
        [
            partial(answered, partial(passing.conclude, head, case, at=passed.at(2)))
            for head, case in cases
        ]
    )
    assert Counter(answers) == {"done": 3, "passing.too_much": WRITERS - 3}

    def left() -> dict[int, int]:
        notice = GrantNotice.objects.get()
        counting = passes.counting(notice)
        assert all(case.document for case in counting)
        assert {case.state for case in counting} == {PassState.IN_FORCE}
        return passes.left_of(notice, counting[0].measure, passed.at(2).date())

    [rest] = together([left])
    assert all(cents >= 0 for cents in rest.values())


def test_two_officers_who_approve_at_once_issue_it_once(together: Together) -> None:
    """One of two persons who press the button at the same moment issues it; the other is told."""

    def waiting() -> tuple[list[User], GrantNotice]:
        cast = world.enrol_cast()
        notice = made.drafted(cast)
        notice = actions.put_forward(made.clerk(cast, notice), notice, at=made.at(1))
        head = made.head(cast, notice)
        return [head, deputy(head)], notice

    [(officers, notice)] = together([waiting])
    works = [partial(actions.issue, officer, notice, at=made.at(2)) for officer in officers]
    answers = Counter(together([partial(answered, work) for work in works]))
    assert answers == {"done": 1, "cases.changed_meanwhile": 1}
    together([lambda: is_true(GrantNotice.objects.get())])


def deputy(head: User) -> User:
    """Another person of the same authority who issues notices."""
    house = ("authority_approver", "Behörde", "", head.organisation_code)
    new = Enrolment("vertretung@example.org", "Eva Holm", "Dezernatsleitung", *house)
    return let_in(enrol(OPERATOR, new, at=made.at(-99)), made.at().date())


def test_what_is_issued_while_it_is_withdrawn_is_the_one_or_the_other(
    together: Together,
) -> None:
    """A body withdraws its application while the officer issues the notice about it."""

    def waiting() -> tuple[User, User, GrantNotice, Application]:
        cast = world.enrol_cast()
        notice = made.drafted(cast)
        notice = actions.put_forward(made.clerk(cast, notice), notice, at=made.at(1))
        application = Application.objects.get(pk=notice.application_id)
        return cast.body, made.head(cast, notice), notice, application

    [(body, head, notice, application)] = together([waiting])
    works = [
        partial(actions.issue, head, notice, at=made.at(2)),
        partial(funding.withdraw, body, application, note="Kein Träger.", at=made.at(2)),
    ]
    answers = together([partial(answered, work) for work in works])
    assert sorted(answer == "done" for answer in answers) == [False, True]

    def left() -> None:
        one = GrantNotice.objects.get()
        assert one.is_issued == (answers[0] == "done")
        if one.is_issued:
            is_true(one)
        else:
            assert (one.state, one.document) == ("discarded", None)
        assert list(accord.granted(settings.PROGRAMME)) == []

    together([left])
