"""The act of succession: what a predecessor holds passes to its successors, by stated shares.

Nothing is doubled and nothing is lost: each amount, fund by fund and place by place, is shared
out to the cent (largest remainder). What is uncovered passes on like what is there, and so does
the part that came before these books. A predecessor that goes on keeps its part, for which
nothing is booked. Declared by one person, decided by a second.

A notice is one act of an authority and is not shared out: with all that it commits it passes to
one successor, and stays frozen as it was issued. A sole successor takes every notice; of several
it is said for each notice which one takes it (:func:`heirs`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from zielwerk.rulebook.kinds import Account, Place
from zielwerk.rulebook.lifecycle import OWN_RULE, REASON, UNDO_DAYS, Lifecycle, Look, Step
from zielwerk.rulebook.money import split
from zielwerk.rulebook.planning import HELD, Booking, Fund, Standing
from zielwerk.rulebook.refusal import Refusal, msg, msgs

CODE = "succession"
"""The reason of the bookings, as booked."""


@dataclass(frozen=True)
class Passage:
    """The part of what ``source`` holds at a place of a fund that goes to ``target``, in cents.

    Below zero where the place is: what is uncovered, or came before these books.
    """

    fund: Fund
    place: Place
    source: str
    target: str
    cents: int

    @property
    def booking(self) -> Booking:
        """Its booking: what is below zero passes on the other way round."""
        ends = (Account(self.place, self.source), Account(self.place, self.target))
        giver, taker = ends if self.cents > 0 else ends[::-1]
        return Booking(CODE, giver, taker, abs(self.cents))


def passages(
    fund: Fund,
    standing: Standing,
    predecessors: Iterable[str],
    shares: Mapping[str, Fraction],
) -> tuple[Passage, ...]:
    """What passes on in a fund; ``shares`` are those of the successors, on any scale.

    A cent left over goes to the largest remainder; among equal ones to the successor that is
    declared first. Raises :class:`Refused` where no share is above zero.
    """
    successors = list(shares)
    passed = []
    for source in predecessors:
        holding = standing.of(source)
        for place in HELD:
            parts = split(getattr(holding, f"{place}_cents"), list(shares.values()))
            passed += [
                Passage(fund, place, source, target, cents)
                for target, cents in zip(successors, parts, strict=True)
                if cents and target != source
            ]
    return tuple(passed)


@dataclass(frozen=True, order=True)
class HeldNotice:
    """A notice of a predecessor: its number, its programme year, and whose it is."""

    number: str
    year: int
    ags: str


@dataclass(frozen=True, order=True)
class NoticePassage:
    """What a notice has committed of a fund, in cents, and to whom it passes with that.

    A notice without any commitment passes too, with 0 cents. ``target`` is ``source`` where it
    stays with a predecessor that goes on, and empty while nobody has said who takes it.
    """

    number: str
    fund: Fund
    source: str
    target: str
    cents: int

    @property
    def passes(self) -> bool:
        return self.target not in ("", self.source)


def heirs(
    notices: Iterable[HeldNotice], successors: Sequence[str], named: Mapping[str, str]
) -> dict[HeldNotice, str]:
    """Who takes each notice: the sole successor, else whom the declaration names for it.

    Empty where it names none, or nobody who succeeds.

    >>> notices = [HeldNotice("ZB-1", 2026, "06435"), HeldNotice("ZB-2", 2026, "06435")]
    >>> list(heirs(notices, ["06440"], {}).values())
    ['06440', '06440']
    >>> list(heirs(notices, ["06435", "06415"], {"ZB-1": "06415"}).values())
    ['06415', '']
    """
    sole = successors[0] if len(successors) == 1 else ""
    stated = {each: sole or named.get(each.number, "") for each in notices}
    return {each: ags if ags in successors else "" for each, ags in stated.items()}


def notice_passages(
    programme: str,
    taken_by: Mapping[HeldNotice, str],
    committed: Mapping[tuple[str, str, str], int],
) -> tuple[NoticePassage, ...]:
    """What passes with each notice; ``committed`` is in cents by its number, body and purpose.

    >>> notice = HeldNotice("ZB-1", 2026, "06435")
    >>> passed = notice_passages("aqb", {notice: "06415"}, {("ZB-1", "06435", ""): 70_00})
    >>> [(each.target, each.cents) for each in passed]
    [('06415', 7000)]
    """
    passed = []
    for notice, target in sorted(taken_by.items()):
        parts = {
            purpose: cents
            for (number, ags, purpose), cents in sorted(committed.items())
            if (number, ags) == (notice.number, notice.ags)
        }
        passed += [
            NoticePassage(
                notice.number, Fund(programme, notice.year, purpose), notice.ags, target, cents
            )
            for purpose, cents in (parts or {"": 0}).items()
        ]
    return tuple(passed)


def ratio(shares: Mapping[str, Fraction]) -> dict[str, Fraction]:
    """The shares as parts of one whole, whatever their scale."""
    whole = sum(shares.values())
    return {ags: share / whole for ags, share in shares.items()}


def moves(predecessors: Iterable[str], successors: Iterable[str]) -> bool:
    """Whether anything can pass on at all; not where one body goes on under the same key."""
    return len({*predecessors, *successors}) > 1


def touched(predecessors: Iterable[str], successors: Iterable[str]) -> set[Account]:
    """All accounts of a fund that a succession may book on."""
    bodies = {*predecessors, *successors}
    return {Account(place, ags) for ags in bodies for place in HELD}


class SuccessionState(StrEnum):
    """States of an act of succession."""

    DECLARED = "declared"
    COMPLETED = "completed"
    REJECTED = "rejected"
    DISCARDED = "discarded"


@dataclass(frozen=True)
class SuccessionFacts:
    """The facts for the guards of a decision.

    ``passages`` are what passes on now, ``notices`` the notices of the predecessors; ``is_changed``
    says that the predecessors do not hold any more what they held when it was declared.
    ``years_done`` are programme years for which the succession was carried out by another act,
    ``earlier`` the labels of successions that come first.
    """

    passages: Sequence[Passage]
    is_changed: bool = False
    years_done: tuple[int, ...] = ()
    earlier: tuple[str, ...] = ()
    notices: Sequence[NoticePassage] = ()


def passes_something(facts: SuccessionFacts) -> tuple[Refusal, ...]:
    """An act that moves nothing is none."""
    if facts.passages:
        return ()
    return (
        Refusal(
            "succession.nothing_passes",
            msg("Es gibt nichts zu übergeben: Kein Vorgänger hält Mittel, die übergehen."),
        ),
    )


def names_heirs(facts: SuccessionFacts) -> tuple[Refusal, ...]:
    """A notice is not shared out: where several succeed, one of them is named for each."""
    unnamed = dict.fromkeys(each.number for each in facts.notices if not each.target)
    return tuple(
        Refusal(
            "succession.no_heir",
            msg("Für den Bescheid {number} ist nicht angegeben, auf wen er übergeht."),
            {"number": number},
        )
        for number in unnamed
    )


def is_as_declared(facts: SuccessionFacts) -> tuple[Refusal, ...]:
    """The second person decides exactly what was declared."""
    if not facts.is_changed:
        return ()
    return (
        Refusal(
            "succession.changed",
            msg(
                "Seit der Erklärung haben sich Mittel oder Bescheide geändert, sodass anderes "
                "überginge. Bitte verwerfen oder ablehnen und neu erklären."
            ),
        ),
    )


def is_not_done(facts: SuccessionFacts) -> tuple[Refusal, ...]:
    """A succession is carried out once for a programme year."""
    return tuple(
        Refusal(
            "succession.done_already",
            msg("Für {year} ist diese Rechtsnachfolge schon vollzogen oder erklärt."),
            {"year": str(year)},
        )
        for year in facts.years_done
    )


def is_its_turn(facts: SuccessionFacts) -> tuple[Refusal, ...]:
    """Successions are carried out in the order of their days, else money would stay behind."""
    return tuple(
        Refusal(
            "succession.earlier_first",
            msg("Zuerst ist die frühere Rechtsnachfolge zu vollziehen: {label}."),
            {"label": label},
        )
        for label in facts.earlier
    )


SUCCESSION = Lifecycle(
    "succession",
    {SuccessionState.DECLARED},
    {
        SuccessionState.DECLARED: msg("erklärt"),
        SuccessionState.COMPLETED: msg("vollzogen"),
        SuccessionState.REJECTED: msg("abgelehnt"),
        SuccessionState.DISCARDED: msg("verworfen"),
    },
    (
        Step(
            verb="decide",
            sources={SuccessionState.DECLARED},
            target=SuccessionState.COMPLETED,
            by="succession.decide",
            label=msg("Entscheiden und buchen"),
            address="entscheiden",
            basis=OWN_RULE,
            done=msg("Vollzogen und gebucht: {number}, {label}."),
            asks=msg(
                "Was die Vorgänger halten, geht nach den erklärten Anteilen auf die Nachfolger "
                "über, und Bescheide mit allem, was sie binden: {label}. Das wird sofort gebucht "
                "und nicht zurückgenommen."
            ),
            guards=(passes_something, is_not_done, is_its_turn, names_heirs, is_as_declared),
            look=Look.PRIMARY,
            task=msgs(
                "erklärte Rechtsnachfolge ist zu entscheiden",
                "erklärte Rechtsnachfolgen sind zu entscheiden",
            ),
        ),
        Step(
            verb="reject",
            sources={SuccessionState.DECLARED},
            target=SuccessionState.REJECTED,
            by="succession.reject",
            label=msg("Ablehnen"),
            address="ablehnen",
            basis=OWN_RULE,
            done=msg("Abgelehnt: {number}, {label}. Kein Geld bewegt sich."),
            asks=msg(
                "Abgelehnt wird: {label}. Kein Geld bewegt sich. Das lässt sich nicht "
                "zurücknehmen, aber neu erklären."
            ),
            notes=REASON,
            is_against=True,
        ),
        Step(
            verb="discard",
            sources={SuccessionState.DECLARED},
            target=SuccessionState.DISCARDED,
            by="succession.discard",
            label=msg("Verwerfen"),
            address="verwerfen",
            basis=OWN_RULE,
            done=msg("Verworfen: {number}, {label}. Kein Geld bewegt sich."),
            asks=msg(
                "Verworfen wird: {label}. Kein Geld bewegt sich. Das lässt sich eine Zeit lang "
                "wiederherstellen, und jederzeit neu erklären."
            ),
            look=Look.TERTIARY,
            is_taking_back=True,
        ),
        Step(
            verb="restore",
            sources={SuccessionState.DISCARDED},
            target=SuccessionState.DECLARED,
            by="succession.restore",
            label=msg("Wiederherstellen"),
            address="wiederherstellen",
            basis=OWN_RULE,
            done=msg("Wiederhergestellt: {number}, {label}, wartet wieder auf die Entscheidung."),
            guards=(is_not_done,),
            is_undoing=True,
            within=UNDO_DAYS,
        ),
    ),
)
