"""When a notice was made known, until when it can be contested, and when nobody can any more.

Every day is reckoned from what happened, never from another day that was reckoned and moved off
a weekend already. What was recorded is kept; the days follow from it and from the law, and are
reckoned anew when a receipt is recorded or a holiday learnt (:func:`changed_days`).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from zielwerk.rulebook.calendar import deemed_receipt, end_after, next_working_day
from zielwerk.rulebook.refusal import Refusal, msg


class Way(StrEnum):
    """How a notice reaches its recipient (Bekanntgabe)."""

    POST = "post"
    ELECTRONIC = "electronic"
    BY_HAND = "by_hand"
    FORMAL = "formal"


WAYS: Mapping[str, str] = {
    Way.POST: msg("mit einfacher Post"),
    Way.ELECTRONIC: msg("elektronisch"),
    Way.BY_HAND: msg("übergeben gegen Empfangsbekenntnis"),
    Way.FORMAL: msg("förmlich zugestellt"),
}
BY_FICTION = frozenset({Way.POST, Way.ELECTRONIC})
"""The ways in which receipt is deemed after some days (§ 41 Abs. 2 VwVfG)."""


class Remedy(StrEnum):
    """By what a notice is contested."""

    SUIT = "suit"
    OBJECTION = "objection"


REMEDIES: Mapping[str, str] = {Remedy.SUIT: msg("Klage"), Remedy.OBJECTION: msg("Widerspruch")}


class State(StrEnum):
    """How firm a notice is on a day."""

    SENT = "sent"
    OPEN = "open"
    CONTESTED = "contested"
    FINAL = "final"


STATES: Mapping[str, str] = {
    State.SENT: msg("noch nicht bekannt gegeben"),
    State.OPEN: msg("anfechtbar"),
    State.CONTESTED: msg("angefochten"),
    State.FINAL: msg("bestandskräftig"),
}


@dataclass(frozen=True)
class Delivery:
    """What happened with a notice, as it was recorded.

    ``sent`` is the day on which it was posted, sent or handed over, ``received`` the recorded
    receipt, ``instructed`` whether the instruction on remedies is there and right. ``waived`` is
    the day of a waiver of remedies (Rechtsbehelfsverzicht), ``contested`` that of a suit or
    objection, ``settled`` the day from which nobody can go on with it.
    """

    way: Way
    sent: date
    received: date | None = None
    instructed: bool = True
    waived: date | None = None
    contested: date | None = None
    settled: date | None = None


@dataclass(frozen=True)
class Law:
    """What the law and the pack say about it on the day of the notice.

    ``holidays`` is the state whose holidays count, empty for weekends alone. ``receipt_shifts``
    moves the day of the fiction off weekends, ``remedy_shifts`` the end of the period (§ 193 BGB,
    § 57 Abs. 2 VwGO). With ``earlier_receipt`` a recorded receipt counts even where it lies before
    the fiction's day; by § 41 Abs. 2 VwVfG only a later one does. ``assumed`` are the codes of
    days that rest on an assumption.
    """

    receipt_days: int
    remedy_months: int
    uninstructed_years: int = 1
    holidays: str = ""
    receipt_shifts: bool = False
    remedy_shifts: bool = True
    earlier_receipt: bool = False
    receipt_basis: str = ""
    remedy_basis: str = ""
    uninstructed_basis: str = ""
    assumed: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Period:
    """A period of the notice that runs from an event, such as the time to use money paid."""

    code: str
    label: str
    anchor: str
    length: int
    unit: str
    basis: str = ""
    shifts: bool = False
    assumed: bool = False


@dataclass(frozen=True)
class DatedDay:
    """A day that counts: what for, on what basis, and from which event it is reckoned.

    ``anchor`` is the code of that event, empty for what happened itself. ``plain`` is the day
    before it was moved off a weekend or holiday.
    """

    code: str
    label: str
    day: date
    basis: str = ""
    anchor: str = ""
    plain: date | None = None
    assumed: bool = False


@dataclass(frozen=True)
class Change:
    """A day that is another one than before; None where there was none, or is none now."""

    code: str
    label: str
    before: date | None
    after: date | None


def days_of(delivery: Delivery, law: Law, periods: Iterable[Period] = ()) -> tuple[DatedDay, ...]:
    """The days of a notice by code, in their order: ``sent``, ``received``, ``deemed``,
    ``notified``, ``remedy_until``, ``waived``, ``contested``, ``settled``, ``final``, and those of
    the periods whose event happened.
    """
    found = [*_known(delivery, law)]
    notified = next((each for each in found if each.code == "notified"), None)
    if notified:
        found.append(_remedy(delivery, law, notified.day))
    happened = {each.code: each.day for each in found if each.code in _EVENTS}
    if final := _final(delivery, found):
        found.append(final)
        happened["final"] = final.day
    found += _following(happened, periods, law)
    return tuple(sorted(found, key=lambda each: each.day))


def state_on(delivery: Delivery, law: Law, day: date) -> State:
    """How firm the notice is on a day."""
    by_code = {each.code: each.day for each in days_of(delivery, law)}
    notified, final = by_code.get("notified"), by_code.get("final")
    if notified is None or day < notified:
        return State.SENT
    if final and final <= day:
        return State.FINAL
    in_time = _contested_in_time(delivery, by_code["remedy_until"])
    return State.CONTESTED if in_time and in_time <= day else State.OPEN


def changed_days(before: Iterable[DatedDay], after: Iterable[DatedDay]) -> tuple[Change, ...]:
    """Each day that is another one now, because something was recorded or learnt later."""
    old, new = {each.code: each for each in before}, {each.code: each for each in after}
    return tuple(
        Change(code, (new.get(code) or old[code]).label, _day(old, code), _day(new, code))
        for code in dict.fromkeys((*old, *new))
        if _day(old, code) != _day(new, code)
    )


def why_not_recorded(delivery: Delivery, today: date) -> tuple[Refusal, ...]:
    """What cannot have happened: a receipt before sending, a day to come, an end without suit."""
    refusals = []
    for label, day in _dated(delivery):
        params = {"what": label, "day": day, "sent": delivery.sent}
        if day > today:
            refusals.append(Refusal("grant.day_to_come", _TO_COME, params))
        elif day < delivery.sent:
            refusals.append(Refusal("grant.before_sent", _BEFORE_SENT, params))
    if delivery.settled and not delivery.contested:
        refusals.append(Refusal("grant.settled_nothing", _NOTHING_TO_SETTLE))
    elif delivery.settled and delivery.contested and delivery.settled < delivery.contested:
        refusals.append(Refusal("grant.settled_early", _SETTLED_EARLY))
    return tuple(refusals)


def why_late(delivery: Delivery, law: Law) -> tuple[Refusal, ...]:
    """A suit or objection after the end of its period is recorded all the same, and marked."""
    until = next((d.day for d in days_of(delivery, law) if d.code == "remedy_until"), None)
    if until is None or delivery.contested is None or delivery.contested <= until:
        return ()
    params = {"day": delivery.contested, "until": until}
    return (Refusal("grant.contested_late", _LATE, params, law.remedy_basis),)


def _known(delivery: Delivery, law: Law) -> Iterator[DatedDay]:
    """What happened, the day of the fiction, and the one of both that counts."""
    yield DatedDay("sent", LABELS["sent"], delivery.sent)
    received, deemed = delivery.received, None
    if received:
        yield DatedDay("received", LABELS["received"], received)
    if delivery.way in BY_FICTION:
        plain = deemed_receipt(delivery.sent, law.receipt_days)
        day = next_working_day(plain, law.holidays, shift_weekend=law.receipt_shifts)
        assumed = "deemed" in law.assumed
        deemed = DatedDay(
            "deemed", LABELS["deemed"], day, law.receipt_basis, "sent", plain, assumed
        )
        yield deemed
    by_fiction = deemed and (
        received is None or (received < deemed.day and not law.earlier_receipt)
    )
    if deemed and by_fiction:
        basis, assumed = deemed.basis, deemed.assumed
        yield DatedDay("notified", LABELS["notified"], deemed.day, basis, "deemed", None, assumed)
    elif received:
        yield DatedDay("notified", LABELS["notified"], received, "", "received")
    for code in ("waived", "contested", "settled"):
        if day_of := getattr(delivery, code):
            yield DatedDay(code, LABELS[code], day_of)


def _remedy(delivery: Delivery, law: Law, notified: date) -> DatedDay:
    """Until when the notice can be contested: a month, or a year without right instruction."""
    if delivery.instructed:
        length, unit, basis = law.remedy_months, "months", law.remedy_basis
    else:
        length, unit, basis = law.uninstructed_years, "years", law.uninstructed_basis
    plain = end_after(notified, length, unit)
    day = next_working_day(plain, law.holidays, shift_weekend=law.remedy_shifts)
    assumed = bool(law.assumed & {"remedy_until", "deemed"})
    return DatedDay("remedy_until", LABELS["remedy_until"], day, basis, "notified", plain, assumed)


def _final(delivery: Delivery, found: Iterable[DatedDay]) -> DatedDay | None:
    """From when the notice is final (Bestandskraft): after the period, a waiver or a judgment."""
    by_code = {each.code: each for each in found}
    until = by_code.get("remedy_until")
    if until is None:
        return None
    contested = _contested_in_time(delivery, until.day)
    if delivery.waived:
        day, anchor, assumed = max(delivery.waived, by_code["notified"].day), "waived", False
    elif not contested:
        day, anchor, assumed = until.day + timedelta(days=1), "remedy_until", until.assumed
    elif delivery.settled:
        day, anchor, assumed = delivery.settled, "settled", False
    else:
        return None
    return DatedDay("final", LABELS["final"], day, "", anchor, None, assumed)


def _contested_in_time(delivery: Delivery, until: date) -> date | None:
    contested = delivery.contested
    return contested if contested and contested <= until else None


def _following(
    happened: Mapping[str, date], periods: Iterable[Period], law: Law
) -> Iterator[DatedDay]:
    for each in periods:
        if event := happened.get(each.anchor):
            plain = end_after(event, each.length, each.unit, law.holidays)
            day = next_working_day(plain, law.holidays, shift_weekend=each.shifts)
            yield DatedDay(each.code, each.label, day, each.basis, each.anchor, plain, each.assumed)


def _day(days: Mapping[str, DatedDay], code: str) -> date | None:
    return days[code].day if code in days else None


def _dated(delivery: Delivery) -> Iterator[tuple[str, date]]:
    for code in ("sent", "received", "waived", "contested", "settled"):
        if day := getattr(delivery, code):
            yield LABELS[code], day


_EVENTS = frozenset({"sent", "received", "notified"})
LABELS: Mapping[str, str] = {
    "sent": msg("Abgesandt"),
    "received": msg("Eingang festgehalten"),
    "deemed": msg("Gilt als bekannt gegeben"),
    "notified": msg("Bekannt gegeben"),
    "remedy_until": msg("Anfechtbar bis einschließlich"),
    "waived": msg("Verzicht auf den Rechtsbehelf"),
    "contested": msg("Rechtsbehelf eingelegt"),
    "settled": msg("Rechtsbehelf erledigt"),
    "final": msg("Bestandskräftig ab"),
}
_TO_COME = msg("{what}: Der {day} liegt in der Zukunft.")
_BEFORE_SENT = msg("{what}: Der {day} liegt vor dem Tag der Absendung ({sent}).")
_NOTHING_TO_SETTLE = msg("Erledigen kann sich nur ein Rechtsbehelf, der eingelegt wurde.")
_SETTLED_EARLY = msg("Der Rechtsbehelf kann sich nicht erledigt haben, bevor er eingelegt wurde.")
_LATE = msg("Der Rechtsbehelf vom {day} kam nach Ablauf der Frist ({until}).")
