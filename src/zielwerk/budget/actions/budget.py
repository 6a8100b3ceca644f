"""The state's budget for the programme: appropriations and commitment authority.

Every verb keeps two books at once: the money that the authorisation permits and the money
that the planning may share out, by programme year and purpose. Their sums stay equal
(``queries.gaps``). Money of a budget serves the programme year of the same number, unless it
pays for authority that an earlier programme year consumed, or was carried over from one.
"""

from datetime import datetime

from zielwerk.budget.actions.lines import (
    Entry,
    account_of,
    consumed_for,
    is_enacted,
    new_bookings,
    redeem,
)
from zielwerk.core.actions import action
from zielwerk.core.permissions import Actor
from zielwerk.ledger.models import EntryCode, Place, Transfer
from zielwerk.rulebook import budget
from zielwerk.rulebook.refusal import Refusal, Refused, msg


@action("budget.book")
def estimate(actor: Actor, entry: Entry, *, at: datetime) -> list[Transfer]:
    """Enter the estimate of the draft budget; nothing may be allocated from it."""
    bookings = new_bookings(entry, at)
    bookings.decide(
        EntryCode.APPROPRIATION,
        account_of(entry.line, Place.OUTSIDE),
        account_of(entry.line, Place.DRAFT),
        entry.amount_cents,
    )
    return bookings.book(actor, at)


@action("budget.book")
def provide_provisionally(actor: Actor, entry: Entry, *, at: datetime) -> list[Transfer]:
    """Enter the part of the draft that provisional budget management releases.

    It keeps running obligations going; new money is allocated only from a budget in force.
    """
    bookings = new_bookings(entry, at)
    bookings.decide(
        EntryCode.PROVISION,
        account_of(entry.line, Place.DRAFT),
        account_of(entry.line, Place.PROVISIONAL),
        entry.amount_cents,
    )
    return bookings.book(actor, at)


@action("budget.book")
def enact(actor: Actor, entry: Entry, *, at: datetime) -> list[Transfer]:
    """The budget is in force with this amount, whatever the draft said; once for a line.

    Authority that earlier programme years consumed and that falls due now is redeemed in the
    same transaction: it burdens the new money, so that never both count.
    """
    bookings, line = new_bookings(entry, at), entry.line
    if is_enacted(line, Place.APPROPRIATED):
        raise Refused(IN_FORCE_ALREADY)
    outside, appropriated = account_of(line, Place.OUTSIDE), account_of(line, Place.APPROPRIATED)
    drafts = {
        place: bookings.held(account_of(line, place)) for place in (Place.PROVISIONAL, Place.DRAFT)
    }
    there: dict[str, int] = {
        place: max(held.there(bookings.day), 0) for place, held in drafts.items()
    }
    from_drafts, from_outside = budget.enacted(there, entry.amount_cents)
    for place, held in drafts.items():
        key, cents = account_of(line, place), from_drafts.get(place, 0)
        bookings.decide(EntryCode.ENACTMENT, key, appropriated, cents)
        for on_day, part in bookings.on_its_days(key, held.cents - cents):
            on_day.decide(EntryCode.ENACTMENT, key, outside, part)
    bookings.decide(EntryCode.ENACTMENT, outside, appropriated, from_outside)
    bookings.cover_first(appropriated, entry.amount_cents)
    bookings.make_good(appropriated, entry.amount_cents)
    for key, cents in consumed_for(line):
        redeem(bookings, key, cents, [(appropriated, cents)])
    return bookings.book(actor, at)


IN_FORCE_ALREADY = Refusal(
    "budget.in_force_already",
    msg(
        "Für diese Haushaltsstelle ist der Haushalt schon in Kraft. Was hinzukommt, ist ein "
        "Nachtrag, was wegfällt, eine Kürzung."
    ),
)


@action("budget.book")
def supplement(actor: Actor, entry: Entry, *, at: datetime) -> list[Transfer]:
    """A supplementary budget gives more; what the line lacks is covered first."""
    bookings, line = new_bookings(entry, at), entry.line
    supplementary = account_of(line, Place.SUPPLEMENTARY)
    outside = account_of(line, Place.OUTSIDE)
    bookings.decide(EntryCode.SUPPLEMENT, outside, supplementary, entry.amount_cents)
    bookings.cover_first(supplementary, entry.amount_cents)
    bookings.make_good(supplementary, entry.amount_cents)
    for key, cents in consumed_for(line):  # where the line's first money comes by a supplement
        redeem(bookings, key, cents, [(supplementary, cents)])
    return bookings.book(actor, at)
