"""Acts on one notice: what refuses them, what they do to the money, and what stands on a day.

The notice and its acts are appended, never edited. What is in force on a day is the notice with
the acts that count by then, as far as they were known (:func:`stands`): an act may count from a
day before it was recorded. An assessment names the act that it starts from, its baseline.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from zielwerk.rulebook.calendar import end_after
from zielwerk.rulebook.grant.amounts import Amounts, Place, added, whole
from zielwerk.rulebook.grant.grounds import GROUNDS
from zielwerk.rulebook.grant.paths import PATHS, Kind, Path, Reach
from zielwerk.rulebook.lifecycle import Label
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.refusal import Refusal, msg

NOTHING: Amounts = MappingProxyType({})


@dataclass(frozen=True)
class Notice:
    """A notice: its number, the day from which it counts, its amounts; whether a final one was
    reserved (Vorbehalt des Schlussbescheids).
    """

    number: str
    day: date
    amounts: Amounts
    recorded: date
    reserved: bool = False


@dataclass(frozen=True)
class Act:
    """An act on a notice: what it changes by place, from which day, and when it was recorded."""

    number: str
    kind: Kind
    day: date
    changes: Amounts
    recorded: date
    reach: Reach | None = None


@dataclass(frozen=True)
class Standing:
    """What is in force on a day, and the act that it rests on; nothing before the notice."""

    day: date
    amounts: Mapping[Place, int]
    baseline: str = ""
    baseline_day: date | None = None

    @property
    def cents(self) -> int:
        return whole(self.amounts)


@dataclass(frozen=True)
class Facts:
    """What an act on a notice would rest on.

    ``changes`` are signed, by place; ``drawn`` what was paid out by place. ``heard`` is the day on
    which the hearing ended, ``unheard`` the reason for none (§ 28 Abs. 2, 3). ``ground`` is one of
    :data:`~zielwerk.rulebook.grant.grounds.GROUNDS`, ``discretion`` the recorded weighing.
    ``known`` is the day on which the authority knew all facts, ``deceit`` that the recipient
    deceived it, which lifts the year. ``event`` and ``evidence`` are the outward event and its
    proof. ``asked`` is the day on which the body released money, asked or agreed.
    """

    day: date
    changes: Amounts = field(default_factory=lambda: NOTHING)
    drawn: Amounts = field(default_factory=lambda: NOTHING)
    effective: date | None = None
    reach: Reach | None = None
    heard: date | None = None
    unheard: str = ""
    ground: str = ""
    discretion: str = ""
    known: date | None = None
    deceit: bool = False
    event: date | None = None
    evidence: str = ""
    asked: date | None = None
    law: str = "VwVfG"

    @property
    def counts_from(self) -> date:
        """The day from which it would count."""
        return self.effective or self.day


@dataclass(frozen=True)
class MoneyEffect:
    """What an act does to the money, by place.

    ``added`` is committed anew, ``released`` goes back uncommitted, ``claimed`` was paid out and
    is claimed back: a new claim, never free again by itself.
    """

    added: Mapping[Place, int] = field(default_factory=dict)
    released: Mapping[Place, int] = field(default_factory=dict)
    claimed: Mapping[Place, int] = field(default_factory=dict)


def stands(notice: Notice, acts: Sequence[Act], on: date, known: date | None = None) -> Standing:
    """What is in force on a day, as far as it was known on another; by default all that is known.

    Acts that count from the same day follow in the order in which they were recorded.
    """
    if on < notice.day or not _is_known(notice, known):
        return Standing(on, {})
    standing = Standing(on, dict(notice.amounts), notice.number, notice.day)
    for act in _in_order(act for act in acts if act.day <= on and _is_known(act, known)):
        amounts = added(standing.amounts, act.changes)
        standing = Standing(on, amounts, act.number, act.day)
    return standing


def clock_ends(known: date, years: int = 1) -> date:
    """The last day for a withdrawal or revocation (§ 48 Abs. 4, § 49 Abs. 3 Satz 2 VwVfG).

    From the knowledge of all facts that justify it. By this day the act has to be made known
    (§ 43 Abs. 1), not only issued. It is not moved off a weekend: whoever is in time by this day
    is so either way.
    """
    return end_after(known, years, "years")


def effect(kind: Kind, held: Amounts, facts: Facts) -> MoneyEffect:
    """What the act would do to the money of a notice that holds ``held``.

    What is taken lies first in what was not paid out; the rest is claimed where the kind reaches
    money paid out. Where it does not, :func:`why_not` refuses it.
    """
    more, released, claimed = {}, {}, {}
    for place, change in facts.changes.items():
        if change > 0:
            more[place] = change
        undrawn = max(held.get(place, 0) - facts.drawn.get(place, 0), 0)
        back = min(max(-change, 0), undrawn)
        if back:
            released[place] = back
        if (rest := -change - back) > 0 and _reaches_paid(PATHS[kind], facts):
            claimed[place] = rest
    return MoneyEffect(more, released, claimed)


def why_not(
    kind: Kind, facts: Facts, notice: Notice, acts: Sequence[Act] = (), clock_years: int = 1
) -> tuple[Refusal, ...]:
    """What speaks against an act on a notice with these acts so far, each with its sentence."""
    path, held = PATHS[kind], stands(notice, acts, facts.counts_from).amounts
    checks: tuple[Callable[[], Iterator[Refusal]], ...] = (
        lambda: _amounts(path, facts, notice, acts),
        lambda: _days(path, facts, notice),
        lambda: _paid(path, facts, held),
        lambda: _procedure(path, facts),
        lambda: _ground(path, facts),
        lambda: _clock(path, facts, clock_years),
        lambda: _grounds(path, facts, notice, acts),
    )
    return tuple(refusal for check in checks for refusal in check())


def _amounts(path: Path, facts: Facts, notice: Notice, acts: Sequence[Act]) -> Iterator[Refusal]:
    """The amount moves where the kind allows, and no place ever falls below zero."""
    params: dict[str, object] = {"act": path.label}
    changes = [cents for cents in facts.changes.values() if cents]
    if path.sign == "none" and changes:
        yield Refusal("grant.no_amount", _NO_AMOUNT, params)
    if path.sign in ("less", "more") and not changes:
        yield Refusal("grant.changes_nothing", _CHANGES_NOTHING, params)
    if path.sign == "less" and any(cents > 0 for cents in changes):
        yield Refusal("grant.only_less", _ONLY_LESS, params)
    if path.sign == "more" and any(cents < 0 for cents in changes):
        yield Refusal("grant.only_more", _ONLY_MORE, params)
    if facts.counts_from < notice.day:
        yield Refusal("grant.before_notice", _BEFORE_NOTICE, params | {"day": notice.day})
        return
    act = Act("", path.kind, facts.counts_from, facts.changes, facts.day)
    days = sorted({facts.counts_from, *(a.day for a in acts if a.day > facts.counts_from)})
    for day in days:
        below = [p for p, c in stands(notice, [*acts, act], day).amounts.items() if c < 0]
        for measure, year in below:
            place = {"measure": measure, "year": str(year), "day": day}
            yield Refusal("grant.act_below_zero", _BELOW_ZERO, params | place)
        if below:
            return


def _days(path: Path, facts: Facts, notice: Notice) -> Iterator[Refusal]:
    """It counts from its day or from one before; nothing it rests on is older than the notice."""
    params: dict[str, object] = {"act": path.label}
    if facts.counts_from > facts.day:
        yield Refusal("grant.counts_later", _COUNTS_LATER, params | {"day": facts.counts_from})
    for day in (facts.heard, facts.known, facts.event, facts.asked):
        if day and day < notice.day:
            yield Refusal("grant.older_than_notice", _OLDER, params | {"day": day})


def _paid(path: Path, facts: Facts, held: Amounts) -> Iterator[Refusal]:
    """Money paid out is left alone by a kind that does not reach it."""
    if _reaches_paid(path, facts):
        return
    after = added(held, facts.changes)
    for (measure, year), drawn in facts.drawn.items():
        too_little = facts.changes.get((measure, year), 0) < 0
        if too_little and after.get((measure, year), 0) < drawn:
            params = {
                "act": path.label,
                "measure": measure,
                "year": str(year),
                "drawn": Cents(drawn),
            }
            yield Refusal("grant.paid_out", _PAID_OUT, params, path.basis_in(facts.law))


def _procedure(path: Path, facts: Facts) -> Iterator[Refusal]:
    """The hearing and the weighing that a court would ask for."""
    params: dict[str, object] = {"act": path.label}
    is_less = any(cents < 0 for cents in facts.changes.values())
    needs = path.hearing == "always" or (path.hearing == "if_less" and is_less)
    if needs and not facts.heard and not facts.unheard.strip():
        yield Refusal("grant.not_heard", _NOT_HEARD, params, f"§ 28 {facts.law}")
    if facts.heard and facts.heard > facts.day:
        yield Refusal(
            "grant.hearing_open", _HEARING_OPEN, {"day": facts.heard}, f"§ 28 {facts.law}"
        )
    if path.discretion and not facts.discretion.strip():
        yield Refusal(
            "grant.no_discretion", _NO_DISCRETION, params, f"§ 39 Abs. 1 Satz 3 {facts.law}"
        )
    if path.reach and facts.reach is None:
        yield Refusal("grant.no_reach", _NO_REACH, params, path.basis_in(facts.law))
    if path.reach and facts.reach is Reach.PAST and facts.counts_from >= facts.day:
        yield Refusal("grant.no_past_day", _NO_PAST_DAY, params, path.basis_in(facts.law))
    if path.reach and facts.reach is Reach.FUTURE and facts.counts_from < facts.day:
        yield Refusal("grant.day_is_past", _DAY_IS_PAST, params, path.basis_in(facts.law))


def _ground(path: Path, facts: Facts) -> Iterator[Refusal]:
    """One of the law's grounds, and no effect for the past that it does not carry."""
    grounds = GROUNDS.get(path.kind)
    if not grounds:
        return
    ground = grounds.get(facts.ground)
    if ground is None:
        yield Refusal("grant.no_ground", _NO_GROUND, {"act": path.label}, path.basis_in(facts.law))
    elif facts.reach is Reach.PAST and not ground.past:
        params: dict[str, object] = {"act": path.label, "ground": Label(ground.label)}
        yield Refusal("grant.ground_for_future", _FUTURE_ONLY, params, ground.basis_in(facts.law))


def _clock(path: Path, facts: Facts, years: int) -> Iterator[Refusal]:
    """A year from knowledge, except after deceit (§ 48 Abs. 4 Satz 2)."""
    if not path.year:
        return
    basis = f"{_CLOCKS[path.kind]} {facts.law}"
    if facts.known is None:
        yield Refusal("grant.knowledge_unknown", _NO_KNOWLEDGE, {"act": path.label}, basis)
    elif facts.known > facts.day:
        yield Refusal("grant.known_later", _KNOWN_LATER, {"day": facts.known}, basis)
    elif not facts.deceit and facts.day > (end := clock_ends(facts.known, years)):
        params = {"act": path.label, "known": facts.known, "end": end}
        yield Refusal("grant.year_over", _YEAR_OVER, params, basis)


def _grounds(path: Path, facts: Facts, notice: Notice, acts: Sequence[Act]) -> Iterator[Refusal]:
    """The event, the reservation, the wish of the body; and what ends the notice for good."""
    params: dict[str, object] = {"act": path.label}
    if path.event and (facts.event is None or not facts.evidence.strip()):
        yield Refusal("grant.no_event", _NO_EVENT, params, path.basis_in(facts.law))
    if facts.event and facts.event > facts.day:
        yield Refusal(
            "grant.event_to_come", _EVENT_TO_COME, {"day": facts.event}, path.basis_in(facts.law)
        )
    is_less = any(cents < 0 for cents in facts.changes.values())
    if facts.asked is None and (path.wish == "always" or (path.wish == "if_less" and is_less)):
        yield Refusal("grant.not_asked", _WISHES[path.kind], params)
    if path.reserved and not notice.reserved:
        yield Refusal("grant.not_reserved", _NOT_RESERVED, params | {"number": notice.number})
    final = next((act for act in acts if act.kind is Kind.FINAL), None)
    if final and path.kind in _NOT_AFTER_FINAL:
        yield Refusal("grant.after_final", _AFTER_FINAL, params | {"number": final.number})
    if path.kind is Kind.REFUSAL:
        yield Refusal("grant.refuse_granted", _REFUSE_GRANTED, {"number": notice.number})


def why_not_refused(reason: str, law: str = "VwVfG") -> tuple[Refusal, ...]:
    """An application is refused with a reason, and only where no notice answers it."""
    return () if reason.strip() else (Refusal("grant.no_reason", _NO_REASON, {}, f"§ 39 {law}"),)


def _reaches_paid(path: Path, facts: Facts) -> bool:
    return path.claims and (not path.reach or facts.reach is Reach.PAST)


def _is_known(each: Act | Notice, known: date | None) -> bool:
    return known is None or each.recorded <= known


def _in_order(acts: Iterable[Act]) -> list[Act]:
    """By the day from which they count; of one day as they were recorded (sorting is stable)."""
    return sorted(sorted(acts, key=lambda act: act.recorded), key=lambda act: act.day)


_CLOCKS: Mapping[Kind, str] = {
    Kind.WITHDRAWAL: "§ 48 Abs. 4",
    Kind.REVOCATION: "§ 49 Abs. 2 Satz 2, Abs. 3 Satz 2, § 48 Abs. 4",
}
"""Where the law sets the year of each."""
_NOT_AFTER_FINAL = frozenset({Kind.FINAL, Kind.SUPPLEMENT, Kind.AMENDMENT, Kind.RELEASE})
_NO_AMOUNT = msg("{act}: Ein Betrag ändert sich dabei nicht.")
_CHANGES_NOTHING = msg("{act}: Es fehlt, welcher Betrag sich ändert.")
_ONLY_LESS = msg("{act}: Damit kann kein Betrag steigen. Mehr Geld gibt ein Ergänzungsbescheid.")
_ONLY_MORE = msg("{act}: Damit kann kein Betrag sinken.")
_BEFORE_NOTICE = msg("{act}: Das kann nicht vor dem Bescheid gelten ({day}).")
_BELOW_ZERO = msg(
    "{act}: Für {measure} bliebe im Haushaltsjahr {year} am {day} weniger als nichts."
)
_PAID_OUT = msg(
    "{act}: Für {measure} sind im Haushaltsjahr {year} schon {drawn} ausgezahlt. Darunter führen "
    "nur eine Rücknahme oder ein Widerruf für die Vergangenheit, eine auflösende Bedingung oder "
    "der vorbehaltene Schlussbescheid."
)
_NOT_HEARD = msg(
    "{act}: Vorher ist anzuhören. Es fehlt der Tag, an dem die Anhörung endete, oder der Grund, "
    "aus dem von ihr abgesehen wird."
)
_HEARING_OPEN = msg("Die Anhörung läuft noch bis zum {day}.")
_NO_DISCRETION = msg("{act}: Es fehlt, wie das Ermessen ausgeübt wurde.")
_NO_GROUND = msg("{act}: Es fehlt der Grund, den das Gesetz dafür nennt.")
_FUTURE_ONLY = msg("{act}: Für die Vergangenheit trägt dieser Grund nicht: {ground}.")
_NO_REACH = msg("{act}: Es fehlt, ob sie für die Vergangenheit oder für die Zukunft wirkt.")
_NO_KNOWLEDGE = msg(
    "{act}: Es fehlt der Tag, an dem die Behörde alle Tatsachen kannte. Mit ihm beginnt die "
    "Jahresfrist."
)
_KNOWN_LATER = msg("Der Tag der Kenntnis ({day}) liegt in der Zukunft.")
_YEAR_OVER = msg(
    "{act}: Die Jahresfrist seit der Kenntnis am {known} endete am {end}; bis dahin "
    "war sie bekannt zu geben."
)
_NO_EVENT = msg(
    "{act}: Es braucht ein Ereignis von außen mit seinem Tag und einem Beleg. Dass die Behörde "
    "etwas neu bewertet, ist keines."
)
_EVENT_TO_COME = msg("Das Ereignis ({day}) ist noch nicht eingetreten.")
_WISHES: Mapping[Kind, str] = {
    Kind.RELEASE: msg(
        "Frei gemeldet wird nur, was die Gebietskörperschaft selbst nicht mehr braucht."
    ),
    Kind.SUPPLEMENT: msg("{act}: Es fehlt der Tag, an dem die Empfängerin darum gebeten hat."),
    Kind.AMENDMENT: msg(
        "{act}: Weniger wird es damit nur mit Zustimmung der Empfängerin. Es fehlt ihr Tag; ohne "
        "sie führen dahin Rücknahme oder Widerruf."
    ),
}
_COUNTS_LATER = msg("{act}: Das gilt spätestens mit dem Tag des Erlasses, nicht erst am {day}.")
_OLDER = msg("{act}: Worauf das beruht, ist nicht älter als der Bescheid ({day}).")
_NO_PAST_DAY = msg("{act}: Für die Vergangenheit braucht es einen Tag, der vorbei ist.")
_DAY_IS_PAST = msg("{act}: Für die Zukunft wirkt das nicht ab einem Tag, der schon vorbei ist.")
_NOT_RESERVED = msg("{act}: {number} behält keinen Schlussbescheid vor.")
_AFTER_FINAL = msg("{act}: Mit dem Schlussbescheid {number} steht der Betrag fest.")
_REFUSE_GRANTED = msg(
    "Über diesen Antrag ist mit {number} schon entschieden; abgelehnt werden kann er nicht mehr."
)
_NO_REASON = msg("Eine Ablehnung braucht eine Begründung.")
