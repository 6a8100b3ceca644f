"""The regional strategy of a body: its path, the days on which it holds, and what it lacks.

An agreement of 2024 (§ 2) rests its money on a regional strategy that is updated regularly and
agreed with the actors of the region. Which actors these are, whether each must consent, and which
stages a version passes is the programme's own data.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from zielwerk.rulebook.lifecycle import OWN_RULE, REASON, UNDO_DAYS, Look, Step
from zielwerk.rulebook.procedure import (
    NOTED_TO_STAY,
    TAKEN_BACK,
    UNDER_WAY,
    WHOSE_TURN,
    Declared,
    Frame,
)
from zielwerk.rulebook.refusal import Refusal, Said, msg, msgs

DAY = timedelta(days=1)


class StrategyState(StrEnum):
    """States of a version, beside those of the programme's stages."""

    DRAFT = "draft"
    IN_FORCE = "in_force"  # the effect of the last stage; on which days it holds is asked apart
    WITHDRAWN = "withdrawn"
    DISCARDED = "discarded"


# --- the days on which a version holds ----------------------------------------------------


@dataclass(frozen=True)
class Validity:
    """The days for which a version was made, and since when it holds no more.

    ``valid_until`` None: its end is unknown. ``ended_on`` is the first day on which it does not
    hold any longer, since another took its place or it was withdrawn.
    """

    number: str
    valid_from: date
    valid_until: date | None = None
    ended_on: date | None = None

    @property
    def last_day(self) -> date | None:
        """The last day on which it holds; before its first one where it never does."""
        ends = [self.valid_until, self.ended_on and self.ended_on - DAY]
        return min((day for day in ends if day), default=None)

    def holds_on(self, day: date) -> bool:
        """Whether it holds on a day, its ends included."""
        return self.valid_from <= day <= (self.last_day or date.max)

    def meets(self, other: "Validity") -> bool:
        """Whether there is a day on which both would hold."""
        first = max(self.valid_from, other.valid_from)
        return first <= min(self.last_day or date.max, other.last_day or date.max)


def replaced_by(new: Validity, others: Iterable[Validity]) -> tuple[Validity, ...]:
    """The versions in force that end the day before ``new`` begins: those it meets.

    On no day two versions of a body hold.
    """
    return tuple(one for one in others if one.meets(new) and one.valid_from < new.valid_from)


def in_the_way(new: Validity, others: Iterable[Validity]) -> tuple[Validity, ...]:
    """The versions in force that keep ``new`` from coming into force.

    They begin on its first day or later, while it would hold: it cannot end them before they
    begin, so they are withdrawn first, or it is made for other days.
    """
    return tuple(one for one in others if one.meets(new) and one.valid_from >= new.valid_from)


def ends_on(first: date, withdrawn: date) -> date:
    """The first day on which a withdrawn version holds no more: none before its first day."""
    return max(first, withdrawn)


# --- what a body lacks, in one line -------------------------------------------------------


@dataclass(frozen=True)
class Rules:
    """What a programme says of its strategies: its word for one, whose gender it has.

    ``reminder_days`` before the last day of a version people are told that it runs out, and
    again at each of ``reminded_again``, which are fewer days.
    """

    word: str = "Strategie"
    gender: str = "f"
    reminder_days: int = 90
    reminded_again: tuple[int, ...] = ()


@dataclass(frozen=True)
class InForce:
    """A version that holds, and the names of those whose consent it lacks."""

    validity: Validity
    lacking: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()


@dataclass(frozen=True)
class BodyStrategies:
    """All that counts of a body's strategies on a day.

    ``in_force`` holds on the day, ``coming`` begins next. ``gone_on`` is the last day of a body
    that exists no more, ``ended`` the last day of the version that held last, ``under_way`` the
    number of the version that is being made.
    """

    in_force: InForce | None = None
    coming: Validity | None = None
    ended: date | None = None
    gone_on: date | None = None
    under_way: str = ""


def missing(known: BodyStrategies, on: date, rules: Rules) -> tuple[Said, ...]:
    """What a body lacks on a day, as the parts of one line; nothing where all is there.

    A body that exists no more lacks nothing that anybody could bring: only that is said.
    """
    if known.gone_on:
        return (Said(GONE, {"day": known.gone_on}),)
    if known.in_force is None:
        return (_nothing(known, rules),)
    return (*consents(known.in_force), *_runs_out(known, on, rules))


def _nothing(known: BodyStrategies, rules: Rules) -> Said:
    params: dict[str, object] = {"word": rules.word}
    kind = "f" if rules.gender == "f" else "mn"
    if known.coming:
        return Said(NOT_YET[kind], {**params, "day": known.coming.valid_from})
    if known.ended:
        return Said(NO_MORE[kind], {**params, "day": known.ended})
    return Said(NONE[kind], params)


def consents(in_force: InForce) -> Iterable[Said]:
    """Whose consent a version lacks, whether it holds or is on its way."""
    if in_force.lacking:
        yield Said(LACKING, {"names": in_force.lacking})
    if in_force.refused:
        yield Said(REFUSED, {"names": in_force.refused})


def _runs_out(known: BodyStrategies, on: date, rules: Rules) -> Iterable[Said]:
    """That the version runs out soon, unless the next one begins the day after."""
    assert known.in_force
    last = known.in_force.validity.last_day
    if last is None or (last - on).days > rules.reminder_days:
        return
    if known.coming is None and known.under_way:
        yield Said(RUNS_OUT_UNDER_WAY, {"day": last, "number": known.under_way})
    elif known.coming is None:
        yield Said(RUNS_OUT, {"day": last})
    elif known.coming.valid_from > last + DAY:
        yield Said(RUNS_OUT_BEFORE, {"day": last, "next": known.coming.valid_from})


def due_day(known: BodyStrategies, on: date, rules: Rules) -> date | None:
    """Until when another version is to be in force: the last day, once it is near."""
    parts = list(_runs_out(known, on, rules)) if known.in_force and not known.gone_on else []
    day = parts[0].params["day"] if parts else None
    assert day is None or isinstance(day, date)
    return day


COMPLETE = msg("vollständig")
NONE = {"f": msg("keine {word} in Kraft"), "mn": msg("kein {word} in Kraft")}
NOT_YET = {
    "f": msg("keine {word} in Kraft, erst wieder ab {day}"),
    "mn": msg("kein {word} in Kraft, erst wieder ab {day}"),
}
NO_MORE = {
    "f": msg("keine {word} in Kraft, zuletzt bis {day}"),
    "mn": msg("kein {word} in Kraft, zuletzt bis {day}"),
}
LACKING = msg("Zustimmung fehlt: {names}")
REFUSED = msg("Zustimmung verweigert: {names}")
RUNS_OUT = msg("läuft am {day} aus")
RUNS_OUT_UNDER_WAY = msg("läuft am {day} aus, {number} ist in Arbeit")
RUNS_OUT_BEFORE = msg("läuft am {day} aus, danach erst wieder ab {next}")
GONE = msg("Gebietskörperschaft bestand bis {day}")


# --- the path -----------------------------------------------------------------------------


@dataclass(frozen=True)
class StrategyFacts:
    """The facts for the guards of a version.

    ``blanks`` are the msgids of what it does not say yet, ``lacking`` and ``refused`` the names of
    those whose consent is open, ``in_the_way`` the versions that keep it from coming into force.
    ``other`` is the number of another version that is being made.
    """

    blanks: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    in_the_way: tuple[Validity, ...] = ()
    gone_on: date | None = None
    other: str = ""


def is_whole(facts: StrategyFacts) -> tuple[Refusal, ...]:
    """A version says at least one priority and has its document."""
    return tuple(Refusal("strategy.blank", blank) for blank in facts.blanks)


def is_consented(facts: StrategyFacts) -> tuple[Refusal, ...]:
    """Everybody whose consent is wanted has given it."""
    lacking = (Refusal("strategy.lacking", LACKS, {"names": facts.lacking}),)
    refused = (Refusal("strategy.refused", IS_REFUSED, {"names": facts.refused}),)
    return (*(lacking if facts.lacking else ()), *(refused if facts.refused else ()))


def is_free(facts: StrategyFacts) -> tuple[Refusal, ...]:
    """No other version begins within its days, and there is the body."""
    others = tuple(
        Refusal("strategy.in_the_way", IN_THE_WAY, {"number": one.number, "day": one.valid_from})
        for one in facts.in_the_way
    )
    gone = Refusal("strategy.body_gone", BODY_GONE, {"day": facts.gone_on})
    return (*others, *((gone,) if facts.gone_on else ()))


def nothing_else_is_drafted(facts: StrategyFacts) -> tuple[Refusal, ...]:
    """Of a body one version is made at a time."""
    if not facts.other:
        return ()
    return (Refusal("strategy.other_draft", OTHER_DRAFT, {"number": facts.other}),)


def out_of_order(valid_from: date, valid_until: date | None) -> tuple[Refusal, ...]:
    """A version ends on its first day at the earliest."""
    if valid_until is None or valid_from <= valid_until:
        return ()
    return (Refusal("strategy.reversed", REVERSED, {"first": valid_from, "last": valid_until}),)


NO_PRIORITY = msg("Es fehlt mindestens ein Schwerpunkt.")
NO_DOCUMENT = msg("Es fehlt das Schriftstück.")
LACKS = msg("Es fehlt die Zustimmung von: {names}.")
IS_REFUSED = msg("Die Zustimmung verweigert haben: {names}.")
IN_THE_WAY = msg(
    "{number} ist schon in Kraft gesetzt und gilt ab {day}. Eine andere Fassung kann nur vorher "
    "enden oder später beginnen; oder {number} wird zuerst zurückgezogen."
)
BODY_GONE = msg("Die Gebietskörperschaft besteht seit dem {day} nicht mehr.")
OTHER_DRAFT = msg("An {number} wird schon gearbeitet. Führen Sie diese Fassung weiter.")
REVERSED = msg("Sie endet am {last}, bevor sie am {first} beginnt.")

SUBMIT = Step(
    verb="submit",
    sources={StrategyState.DRAFT},
    target="submit",
    by="strategy.submit",
    label=msg("Vorlegen"),
    address="vorlegen",
    basis=OWN_RULE,
    done=msg("Vorgelegt: {number}, {name}, Fassung {version}."),
    asks=msg(
        "{number} kann danach nicht mehr geändert werden, bis sie zurückgegeben oder "
        "zurückgenommen wird. Zustimmungen lassen sich weiter einholen."
    ),
    look=Look.PRIMARY,
    task=msgs(
        "Entwurf einer Strategie ist fertigzustellen und vorzulegen",
        "Entwürfe von Strategien sind fertigzustellen und vorzulegen",
    ),
)
NOTE = Step(
    verb="note",
    sources={"submit"},
    target="note",
    by="strategy.note",
    label=msg("Zwischenschritt vermerken"),
    address="vermerken",
    basis=OWN_RULE,
    done=msg("Vermerkt bei {number}: {name}, Fassung {version}."),
    asks=NOTED_TO_STAY,
    look=Look.PRIMARY,
    task=msgs(
        "vorgelegte Strategie wartet auf die nächste Stufe",
        "vorgelegte Strategien warten auf die nächste Stufe",
    ),
)
PUT_IN_FORCE = Step(
    verb="put_in_force",
    sources={StrategyState.DRAFT},
    target=StrategyState.IN_FORCE,
    by="strategy.put_in_force",
    label=msg("In Kraft setzen"),
    address="in-kraft-setzen",
    basis=OWN_RULE,
    done=msg("In Kraft gesetzt: {number}, {name}, Fassung {version}, ab {from}."),
    asks=msg(
        "{number} gilt ab {from} und steht danach fest. Eine Fassung, die an diesem Tag gilt, "
        "endet am Tag davor, auch wenn sie für länger gedacht war. Zurückziehen lässt sich das nur "
        "mit einem Grund."
    ),
    look=Look.PRIMARY,
    task=msgs(
        "vorgelegte Strategie ist in Kraft zu setzen",
        "vorgelegte Strategien sind in Kraft zu setzen",
    ),
)
SEND_BACK = Step(
    verb="send_back",
    sources={UNDER_WAY},
    target=StrategyState.DRAFT,
    by="strategy.send_back",
    label=msg("Zurückgeben"),
    address="zurueckgeben",
    basis=OWN_RULE,
    side=WHOSE_TURN,
    done=msg("Zurückgegeben: {number}, {name}. In Kraft ist sie nicht."),
    notes=REASON,
    is_against=True,
)
TAKE_BACK = Step(
    verb="take_back",
    sources={UNDER_WAY},
    target=StrategyState.DRAFT,
    by="strategy.take_back",
    label=msg("Vorlage zurücknehmen"),
    address="zuruecknehmen",
    basis=OWN_RULE,
    done=msg("Zurückgenommen: {number}, {name}. In Kraft ist sie nicht."),
    asks=TAKEN_BACK,
    look=Look.TERTIARY,
    is_quiet=True,
    is_taking_back=True,
)
DISCARD = Step(
    verb="discard",
    sources={StrategyState.DRAFT},
    target=StrategyState.DISCARDED,
    by="strategy.discard",
    label=msg("Entwurf verwerfen"),
    address="verwerfen",
    basis=OWN_RULE,
    side=WHOSE_TURN,
    done=msg("Verworfen: {number}, {name}. Zustimmungen dazu bleiben in den Akten."),
    asks=msg(
        "{number} wird aufgegeben und bleibt in den Akten, mit den Zustimmungen dazu. Offene Links "
        "gelten dann nicht mehr. Eine Zeit lang lässt sich das wiederherstellen."
    ),
    look=Look.TERTIARY,
)
RESTORE = Step(
    verb="restore",
    sources={StrategyState.DISCARDED},
    target=StrategyState.DRAFT,
    by="strategy.restore",
    label=msg("Wiederherstellen"),
    address="wiederherstellen",
    basis=OWN_RULE,
    done=msg("Wiederhergestellt: {number}, {name}."),
    guards=(nothing_else_is_drafted,),
    is_undoing=True,
    within=UNDO_DAYS,
)
WITHDRAW = Step(
    verb="withdraw",
    sources={StrategyState.IN_FORCE},
    target=StrategyState.WITHDRAWN,
    by="strategy.withdraw",
    label=msg("Zurückziehen"),
    address="zurueckziehen",
    basis=OWN_RULE,
    side=WHOSE_TURN,
    done=msg("Zurückgezogen: {number}, {name}. Sie gilt ab heute nicht mehr."),
    asks=msg(
        "{number} gilt ab heute nicht mehr; für die Tage davor galt sie. Eine frühere Fassung lebt "
        "nur wieder auf, wenn diese noch nicht begonnen hatte. Offene Links gelten dann nicht mehr."
    ),
    notes=msg("Grund"),
    is_undoing=True,
)
STRATEGY = Frame(
    name="strategy",
    initial=StrategyState.DRAFT,
    labels={
        StrategyState.DRAFT: msg("in Arbeit"),
        StrategyState.WITHDRAWN: msg("zurückgezogen"),
        StrategyState.DISCARDED: msg("verworfen"),
    },
    begin=SUBMIT,
    between=NOTE,
    ends={"in_force": PUT_IN_FORCE},
    ways=(SEND_BACK, TAKE_BACK, DISCARD, RESTORE, WITHDRAW),
    guards={
        "strategy_whole": is_whole,
        "strategy_consented": is_consented,
        "strategy_free": is_free,
    },
)
"""What of the procedure of a regional strategy is the same for every programme."""

ENDS: Sequence[str] = (StrategyState.WITHDRAWN, StrategyState.DISCARDED)
SUBMITTED = Declared(
    "submit", msg("Einreichen"), msg("eingereicht"), "body", guards=("strategy_whole",)
)
HEARD = Declared("hear", msg("Behörde hören"), msg("gehört"), "authority", notes=msg("Ergebnis"))
TAKEN_NOTE_OF = Declared(
    "take_note",
    msg("Zur Kenntnis nehmen"),
    msg("in Kraft gesetzt"),
    guards=("strategy_free",),
    effect="in_force",
)
ADOPTED = Declared(
    "adopt",
    msg("Beschließen"),
    msg("beschlossen"),
    "body",
    guards=("strategy_whole", "strategy_free"),
    effect="in_force",
)
VERSION = STRATEGY.lifecycle((SUBMITTED, TAKEN_NOTE_OF))
VERSION_WITH_HEARING = STRATEGY.lifecycle((SUBMITTED, HEARD, TAKEN_NOTE_OF))
VERSION_ADOPTED = STRATEGY.lifecycle((ADOPTED,))
"""Worked examples: the ministry takes note, after a hearing or at once; or the body decides."""
