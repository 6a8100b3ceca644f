"""Booking a changed agreement: the difference between what was agreed and what is agreed now."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from zielwerk.core.actions import action
from zielwerk.core.permissions import Actor
from zielwerk.ledger import queries
from zielwerk.ledger.actions.agreeing import record_agreed
from zielwerk.ledger.actions.booking import hold, post
from zielwerk.ledger.actions.consuming import authority_of, consume
from zielwerk.ledger.actions.postings import Agreed, Posting
from zielwerk.ledger.models import AccountKey, EntryCode, Place, Transfer
from zielwerk.rulebook import planning
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.refusal import Refusal, Refused, msg
from zielwerk.rulebook.tranche import UNKNOWN


@dataclass(frozen=True)
class Changed:
    """An agreement as it was and as it is now, of the same body and year.

    Day and file number are those of ``after``.
    """

    before: Agreed
    after: Agreed

    @property
    def ags(self) -> str:
        return self.after.ags

    @property
    def differences(self) -> dict[str, int]:
        """How much more (above zero) or less each recipient has, in cents by measure."""
        had, has = dict(self.before.wants), dict(self.after.wants)
        changes = {measure: has.get(measure, 0) - had.get(measure, 0) for measure in {**had, **has}}
        return {measure: cents for measure, cents in changes.items() if cents}

    @property
    def less(self) -> dict[str, int]:
        """How much less each recipient has, above zero."""
        return {measure: -cents for measure, cents in self.differences.items() if cents < 0}

    @property
    def more(self) -> Agreed | None:
        """What is agreed beside it, as an agreement of its own; None where nobody has more."""
        more = {measure: cents for measure, cents in self.differences.items() if cents > 0}
        if not more:
            return None
        measures = () if "" in more else tuple(more.items())
        cents = sum(more.values())
        return replace(self.after, amount_cents=cents, measures=measures, code=EntryCode.AMENDMENT)


@action("ledger.record")
def record_changed(actor: Actor, changed: Changed, *, at: datetime) -> list[Transfer]:
    """Book what a changed agreement names more or less than before.

    Less: agreed money first covers what is uncovered at the body, the rest is allocated again and
    no longer agreed; what was committed of it is released, with the authority it consumed. More:
    it takes allocated money as a first agreement does. Refused where what was agreed is no longer
    with the body.
    """
    booked: list[Transfer] = []
    if changed.less:
        booked = _record_less(actor, changed, at)
    if more := changed.more:
        booked += record_agreed(actor, more, at=at)
    return booked


def _record_less(actor: Actor, changed: Changed, at: datetime) -> list[Transfer]:
    general = AccountKey.planning(changed.after.fund, Place.AGREED, changed.ags)
    own = [
        key
        for key in queries.held([general])
        if key.place in (Place.AGREED, Place.ALLOCATED, Place.UNCOVERED)
    ]
    hold([*own, *authority_of(changed.after)])
    booked = post(actor, given_back(changed), at=at)
    return booked + consume(actor, changed.after, booked, at=at)


def given_back(changed: Changed) -> list[Posting]:
    """What every recipient that has less gives back, one after the other."""
    general = AccountKey.planning(changed.after.fund, Place.AGREED, changed.ags)
    balances: dict[AccountKey, int] = defaultdict(int)  # over all tranches
    for key, account in queries.held([general]).items():
        balances[key.of(UNKNOWN)] += account.balance_cents
    agreed = _in_order(changed.after, [key for key in balances if key.place == Place.AGREED])
    postings = []
    for measure, cents in changed.less.items():
        own = [key for key in agreed if key.measure == measure]
        has = [(replace(key, measure=""), balances[key]) for key in own]
        if (held := sum(each for _, each in has)) < cents:
            raise Refused(_gone(held, cents))
        uncovered = {fund: balances[replace(fund, place=Place.UNCOVERED)] for fund, _ in has}
        for fund, place, moved in planning.given_back(has, uncovered, cents):
            target = replace(fund, place=Place(place))
            balances[target] += moved
            postings.append(_posting(changed.after, replace(fund, measure=measure), target, moved))
    return postings


def _in_order(after: Agreed, own: Sequence[AccountKey]) -> Sequence[AccountKey]:
    """Where the body's agreed money is, in the order in which an agreement draws on it.

    What is meant for a purpose that it no longer names comes last: that is given back first.
    """
    named = [key for key in own if key.earmark in after.earmarks]
    other = [key for key in own if key.earmark and key.earmark not in after.earmarks]
    without = [key for key in own if not key.earmark]
    first, second = (without, named) if after.draws_first == "general" else (named, without)
    return [*sorted(first), *sorted(second), *sorted(other)]


def _posting(after: Agreed, source: AccountKey, target: AccountKey, cents: int) -> Posting:
    return Posting(source, target, cents, EntryCode.AMENDMENT, after.value_date, after.case)


def _gone(available: int, needed: int) -> Refusal:
    return Refusal(
        "ledger.not_agreed_here",
        msg(
            "Vereinbart sind hier nur noch {available}, weniger werden sollen es um {needed}. Was "
            "durch Rechtsnachfolge übergegangen ist, wird bei der Vorgängerin nicht mehr geändert."
        ),
        {"available": Cents(available), "needed": Cents(needed)},
    )
