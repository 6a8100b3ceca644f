"""Closing a budget year, once: what is booked are the figures that were foreseen."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from django.utils import timezone

from zielwerk.budget import queries
from zielwerk.budget.actions.foreseeing import Consent, LineEnd, foreseen_closing, tidy
from zielwerk.budget.actions.lines import Bookings, account_of, lock_budget, refuse_closed
from zielwerk.core.actions import action
from zielwerk.core.file_numbers import next_number
from zielwerk.core.permissions import Actor
from zielwerk.ledger.models import EntryCode, Place, Transfer
from zielwerk.rulebook.refusal import Refusal, Refused, msg
from zielwerk.rulebook.writing import says_something


@action("budget.book")
def close_year(
    actor: Actor,
    programme: str,
    budget_year: int,
    consents: Sequence[Consent],
    basis: str,
    *,
    at: datetime,
) -> list[Transfer]:
    """Close a budget year: paid money is spent, money with a consent is carried over.

    The rest lapses, and with it the year's unused authority; planning loses as much. Drafts
    that never came into force drop out. Once only; a wrong closing is taken back as a whole by
    a correction.
    """
    lock_budget()
    refusals = why_not_closed(programme, budget_year, timezone.localdate(at).year)
    if refusals := refusals + _odd(budget_year, consents, basis):
        raise Refused(*refusals)
    foreseen = foreseen_closing(programme, budget_year, consents)
    if foreseen.refusals:
        raise Refused(*foreseen.refusals)
    bookings = Bookings(
        next_number(f"HH-{budget_year}"), date(budget_year, 12, 31), basis.strip()[:500]
    )
    bookings.look_at(foreseen.accounts)
    for key, cents in foreseen.dropping:
        for on_day, part in bookings.on_its_days(key, cents):
            on_day.decide(EntryCode.LAPSE, key, replace(key, place=Place.LAPSED), part)
            if key.place == Place.PERMITTED:
                on_day.provide(key, -part)
    for cover in foreseen.covers:
        for on_day, part in bookings.on_its_days(cover.source, cover.amount_cents):
            on_day.decide(EntryCode.COVER, cover.source, cover.gap, part)
            if cover.source.programme_year != cover.gap.programme_year:
                on_day.provide(cover.source, -part)
                on_day.provide(cover.gap, part)
    for end in foreseen.ends:
        _close_line(bookings, end)
    return bookings.book(actor, at)


def _close_line(bookings: Bookings, end: LineEnd) -> None:
    """Close one line for one programme year, each part when it counts: that may be later."""
    account = replace(account_of(end.line, Place.APPROPRIATED), programme_year=end.programme_year)
    later = replace(account, budget_year=end.line.budget_year + 1, place=Place.CARRIED_OVER)
    days: dict[EntryCode, dict[date, int]] = defaultdict(lambda: defaultdict(int))
    for code, parts, target in (
        (EntryCode.EXPENDITURE, end.closing.spent, replace(account, place=Place.EXPENDED)),
        (EntryCode.CARRY_OVER, end.closing.carried, later),
        (EntryCode.LAPSE, end.closing.lapsed, replace(account, place=Place.LAPSED)),
    ):
        for place, cents in parts:
            key = replace(account, place=Place(place))
            for on_day, part in bookings.on_its_days(key, cents):
                on_day.decide(code, key, target, part)
                days[code][on_day.day] += part
    for day, cents in days[EntryCode.CARRY_OVER].items():
        bookings.since(day).exchange(EntryCode.CARRY_OVER, account, later, cents)
    for day, cents in days[EntryCode.LAPSE].items():
        bookings.since(day).provide(account, -cents)


def why_not_closed(programme: str, budget_year: int, at_year: int) -> list[Refusal]:
    """Why a budget year cannot be closed in a year, whatever is consented to."""
    refusals: list[Refusal] = []
    try:
        refuse_closed(programme, budget_year)
    except Refused as refused:
        refusals += refused.refusals
    params = {"year": str(budget_year)}
    if at_year <= budget_year:
        sentence = msg("Das Haushaltsjahr {year} ist noch nicht zu Ende.")
        refusals.append(Refusal("budget.year_runs", sentence, params))
    for earlier in queries.open_before(programme, budget_year):
        sentence = msg("Zuerst ist das Haushaltsjahr {earlier} abzuschließen.")
        refusals.append(Refusal("budget.earlier_open", sentence, {"earlier": str(earlier)}))
    return refusals


def _odd(budget_year: int, consents: Sequence[Consent], basis: str) -> list[Refusal]:
    refusals = []
    if not says_something(basis):
        sentence = msg("Worauf die Buchung beruht, muss angegeben sein.")
        refusals.append(Refusal("budget.no_basis", sentence))
    lines = {(tidy(consent.line), consent.programme_year) for consent in consents}
    if len(lines) < len(consents) or any(
        consent.amount_cents <= 0 or consent.line.budget_year != budget_year for consent in consents
    ):
        sentence = msg(
            "Je Haushaltsstelle und Programmjahr gibt es eine Einwilligung über einen Betrag."
        )
        refusals.append(Refusal("budget.odd_consent", sentence))
    return refusals
