"""What somebody would note on paper of applications, notices, acts and pass-ons, and reckon along.

Plain values and sums, no code of the product: what may be done now, and what stands then.
Amounts are cents by place, a measure and a budget year.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

Place = tuple[str, int]
Amounts = Mapping[Place, int]
UNDER_WAY = ("hand_in", "confirm")
LESS = ("release", "withdrawal", "revocation", "reduction", "lapse")
MORE = ("supplement",)
NOT_AFTER_FINAL = ("final", "supplement", "amendment", "release")


def total(amounts: Amounts) -> int:
    return sum(amounts.values())


def summed(every: Iterable[Amounts]) -> dict[Place, int]:
    """All of them together; places that come to nothing are gone."""
    sums: dict[Place, int] = defaultdict(int)
    for amounts in every:
        for place, cents in amounts.items():
            sums[place] += cents
    return {place: cents for place, cents in sums.items() if cents}


def by_year(amounts: Amounts) -> dict[int, int]:
    sums: dict[int, int] = defaultdict(int)
    for (_, year), cents in amounts.items():
        sums[year] += cents
    return dict(sums)


@dataclass(eq=False)
class Body:
    """A body: what it was given by budget year, and all that is its own."""

    ags: str
    given: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    applications: list["Application"] = field(default_factory=list)
    notices: list["Notice"] = field(default_factory=list)
    acts: list["Act"] = field(default_factory=list)
    passes: list["Pass"] = field(default_factory=list)
    today: date = date.min

    @property
    def pursues(self) -> bool:
        return any(one.state not in ("withdrawn", "discarded") for one in self.applications)

    def committed(self, year: int) -> int:
        """What notices with all their acts bind of a budget year."""
        return sum(by_year(one.stands()).get(year, 0) for one in self.notices)

    def free(self, year: int) -> int:
        """What is free of a budget year; below zero where money behind a commitment was taken."""
        return self.given[year] - self.committed(year)

    def uncovered(self, year: int) -> int:
        return max(-self.free(year), 0)

    def covers(self, changes: Amounts) -> bool:
        """Whether there is money for what is granted more, with what is released beside it."""
        more = {place: cents for place, cents in changes.items() if cents > 0}
        less = by_year({place: -cents for place, cents in changes.items() if cents < 0})
        return all(
            cents <= max(self.free(year) + less.get(year, 0), 0)
            for year, cents in by_year(more).items()
        )


@dataclass(eq=False)
class Application:
    """What a body applied for; ``said`` is what stands in it, ``sent`` what was handed in last."""

    body: Body
    pk: int
    applied: Amounts
    state: str = "draft"
    submission: int = 0
    said: int = 0
    sent: int = 0
    asked: list[int] = field(default_factory=list)
    open: list[int] = field(default_factory=list)
    is_settled: bool = False

    @property
    def is_examined(self) -> bool:
        return self.state in UNDER_WAY

    @property
    def notice(self) -> "Notice | None":
        """The notice that decides about it, drafted or issued."""
        own = (one for one in self.body.notices if one.application is self)
        return next((one for one in own if one.state != "discarded"), None)

    def can_be_written(self) -> bool:
        return self.state == "draft" or (self.is_examined and bool(self.open))

    def can_be_handed_in(self) -> bool:
        """Nobody applies for more than was allocated."""
        given = sum(self.body.given.values())
        return self.state == "draft" and total(self.applied) <= given

    def can_be_answered(self) -> bool:
        return self.is_examined and bool(self.open)

    def can_be_assessed(self) -> bool:
        return self.state == "confirm" and not self.open and self.is_settled

    def can_be_reopened(self) -> bool:
        return self.state == "assessed" and (not self.notice or self.notice.state == "draft")

    def can_be_withdrawn(self) -> bool:
        is_decided = self.notice is not None and self.notice.state == "issued"
        return self.state in (*UNDER_WAY, "assessed") and not is_decided

    def can_be_restored(self) -> bool:
        return self.state == "discarded" and not self.body.pursues

    def hand_in(self) -> None:
        self.state, self.sent, self.is_settled = "hand_in", self.said, False
        self.submission += 1

    def answer(self) -> None:
        self.open.pop(0)
        if self.said != self.sent:
            self.sent = self.said
            self.submission += 1

    def withdraw_question(self) -> None:
        self.open.pop(0)
        if self.is_examined and not self.open:
            self.said = self.sent

    def give_notice_up(self) -> None:
        if self.notice:
            self.notice.state = "discarded"


@dataclass(eq=False)
class Notice:
    """A decision about an application; from its day on ``amounts`` are granted."""

    application: Application
    pk: int
    name: str
    submission: int
    amounts: Amounts
    has_reason: bool = False
    is_reserved: bool = False
    state: str = "draft"
    day: date = date.max
    acts: list["Act"] = field(default_factory=list)

    @property
    def body(self) -> Body:
        return self.application.body

    @property
    def is_issued(self) -> bool:
        return self.state == "issued"

    def counting(self, day: date = date.max, known: date = date.max) -> list["Act"]:
        """Its acts that count on a day, as far as they were known on another, in their order."""
        there = [one for one in self.acts if one.counts_from <= day and one.issued_on <= known]
        return sorted(there, key=lambda one: (one.counts_from, one.issued_on))

    def stands(self, day: date = date.max, known: date = date.max) -> dict[Place, int]:
        if not self.is_issued or min(day, known) < self.day:
            return {}
        return summed([self.amounts, *(one.changes for one in self.counting(day, known))])

    def baseline(self, day: date) -> str:
        """The name of what is in force on a day."""
        return [self.name, *(one.name for one in self.counting(day))][-1]

    def is_sound(self) -> bool:
        """It fits what was applied for, and says why where it grants less."""
        applied = self.application.applied
        of_measures: dict[str, int] = defaultdict(int)
        for amounts, sign in ((applied, 1), (self.amounts, -1)):
            for (measure, _), cents in amounts.items():
                of_measures[measure] += sign * cents
        return (
            self.application.state == "assessed"
            and self.application.submission == self.submission
            and (self.has_reason or total(self.amounts) >= total(applied))
            and (not total(self.amounts) or min(of_measures.values()) >= 0)
        )

    def can_be_put_forward(self) -> bool:
        return self.state == "draft" and self.is_sound() and self.body.covers(self.amounts)

    def can_be_issued(self) -> bool:
        return self.state == "put_forward" and self.is_sound() and self.body.covers(self.amounts)

    def can_be_restored(self) -> bool:
        return self.state == "discarded" and self.application.notice is None

    def can_be_changed(self) -> bool:
        return self.is_issued and bool(total(self.amounts))

    def under_way(self) -> set[str]:
        own = (one for one in self.body.acts if one.notice is self)
        return {one.kind for one in own if one.state in ("draft", "put_forward")}


@dataclass(eq=False)
class Act:
    """A change of a notice: what it changes by place, from which day; None: that of its issue."""

    notice: Notice
    kind: str
    pk: int
    name: str
    changes: Amounts = field(default_factory=dict)
    from_day: date | None = None
    written_on: str = ""
    is_written: bool = False
    state: str = "draft"
    counts_from: date = date.max
    issued_on: date = date.max

    @property
    def is_release(self) -> bool:
        return self.kind == "release"

    @property
    def body(self) -> Body:
        return self.notice.body

    def is_sound(self) -> bool:
        moved = [cents for cents in self.changes.values() if cents]
        if not self.is_written or (self.kind in (*LESS, *MORE) and not moved):
            return False
        if any(cents > 0 for cents in moved) and self.kind in LESS:
            return False
        if any(cents < 0 for cents in moved) and self.kind in MORE:
            return False
        if self.kind == "final" and not self.notice.is_reserved:
            return False
        is_over = any(one.kind == "final" for one in self.notice.acts)
        if is_over and self.kind in NOT_AFTER_FINAL:
            return False
        day = self.from_day or self.body.today
        is_newest = self.written_on in ("", self.notice.baseline(day))
        return is_newest and not self.is_below_zero(day)

    def is_below_zero(self, day: date) -> bool:
        """Whether a place would have less than nothing from its day on."""
        later = [one.counts_from for one in self.notice.acts if one.counts_from > day]
        return any(
            cents < 0
            for each in (day, *later)
            for cents in summed([self.notice.stands(each), self.changes]).values()
        )

    def can_be_put_forward(self) -> bool:
        return self.state == "draft" and self.is_sound() and self.body.covers(self.changes)

    def can_be_issued(self) -> bool:
        return self.state == "put_forward" and self.is_sound() and self.body.covers(self.changes)

    def can_be_restored(self) -> bool:
        return self.state == "discarded" and self.kind not in self.notice.under_way()

    def issue(self, day: date) -> None:
        self.state, self.issued_on, self.counts_from = "issued", day, self.from_day or day
        self.notice.acts.append(self)


@dataclass(eq=False)
class Pass:
    """What of a measure is passed on, in cents by budget year; perhaps in the place of another.

    It begins as own delivery, which needs nothing else.
    """

    notice: Notice
    measure: str
    pk: int
    amounts: Mapping[int, int]
    changes: "Pass | None" = None
    state: str = "draft"
    spent: dict[int, int] = field(default_factory=dict)
    """What was spent by budget year; one for the whole chain."""

    @property
    def body(self) -> Body:
        return self.notice.body

    @property
    def counts(self) -> bool:
        return self.state in ("passed_on", "ended")

    def later(self) -> "list[Pass]":
        """What took its place, or is about to."""
        own = (one for one in self.body.passes if one.changes is self)
        return [one for one in own if one.state != "discarded"]

    def taken(self) -> Mapping[int, int]:
        """What of the grant nobody else can have."""
        if self.state == "passed_on":
            return self.amounts
        return {year: min(cents, self.spent.get(year, 0)) for year, cents in self.amounts.items()}

    def rest(self) -> dict[int, int]:
        """What is left of its measure without it and what it takes the place of."""
        return left(self.notice, self.measure, (self, self.changes))

    def has_its_place(self) -> bool:
        if self.changes is None:
            return True
        return self.changes.state == "passed_on" and self.changes.later() in ([], [self])

    def is_covered(self) -> bool:
        rest = self.rest()
        return all(cents <= max(rest.get(year, 0), 0) for year, cents in self.amounts.items())

    def is_sound(self) -> bool:
        is_some = sum(self.amounts.values()) > 0
        return is_some and self.has_its_place() and self.is_covered()

    def can_be_put_forward(self) -> bool:
        return self.state == "draft" and self.is_sound()

    def can_be_concluded(self) -> bool:
        return self.state == "put_forward" and self.is_sound()

    def can_be_restored(self) -> bool:
        return self.state == "discarded" and self.has_its_place()

    def can_be_changed(self) -> bool:
        return self.state == "passed_on" and not self.later()

    def can_be_resumed(self) -> bool:
        return self.state == "ended" and self.has_its_place() and self.is_covered()

    def can_be_spent(self) -> bool:
        return self.counts and any(self.amounts.values())


def left(notice: Notice, measure: str, without: Iterable[Pass | None] = ()) -> dict[int, int]:
    """What a notice grants a measure today and nobody got, by budget year; perhaps below zero."""
    rest: dict[int, int] = defaultdict(int)
    for (key, year), cents in notice.stands(notice.body.today).items():
        if key == measure:
            rest[year] += cents
    for one in notice.body.passes:
        is_of = one.notice is notice and one.measure == measure and one not in without
        if is_of and one.counts and not any(later.counts for later in one.later()):
            for year, cents in one.taken().items():
                rest[year] -= cents
    return dict(rest)
