"""The negotiation of a draft: its path, and whose turn it is.

One side drafts, the other answers; both comment and propose until the text stands. Neither the
law nor the programme says more of it than that an agreement is made between two (§ 54 HVwVfG),
so that the stages are data of the programme and the rest is a rule of this software.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Protocol

from zielwerk.rulebook.calendar import working_days
from zielwerk.rulebook.lifecycle import OWN_RULE, REASON, UNDO_DAYS, Look, Step
from zielwerk.rulebook.procedure import (
    BEGUN,
    FIRST,
    LATER,
    SECOND,
    UNDER_WAY,
    Declared,
    Frame,
)
from zielwerk.rulebook.refusal import Refusal, Said, msg, msgs
from zielwerk.rulebook.resting import nothing_rests_on_it


class DraftState(StrEnum):
    """States of a draft, beside those of the programme's stages."""

    PREPARATION = "preparation"
    ANSWERED = "answered"
    CALLED_BACK = "called_back"  # the drafting side has the move again, without an answer
    SETTLED = "settled"  # the effect of the last stage: both sides want this text
    ENDED = "ended"
    DISCARDED = "discarded"


# --- the two sides ------------------------------------------------------------------------


@dataclass(frozen=True)
class Sides:
    """Who drafts, and who answers; nobody does where one side alone makes the document."""

    drafting: str
    answering: str = ""

    def other(self, side: str) -> str:
        """The side across from one."""
        return self.answering if side == self.drafting else self.drafting

    def __contains__(self, side: object) -> bool:
        return bool(side) and side in (self.drafting, self.answering)


def sides_of(stages: Sequence[str]) -> Sides:
    """The sides, from those that take the stages in order; nobody where there are none."""
    first = stages[0] if stages else ""
    return Sides(first, next((side for side in stages if side != first), ""))


def waited(since: date, today: date, land: str) -> int:
    """For how many working days a move has been owed: none on the day on which it fell due."""
    return max(0, working_days(since, today, land))


def turn_said(turn: str, own: str, name: str, since: date, days: int) -> Said | None:
    """Whose turn it is, as it is said to one side: hers, or that of the other by ``name``.

    None where nobody is waited for. ``own`` is empty for whoever belongs to neither side.
    """
    if not turn:
        return None
    sentence = YOUR_TURN if turn == own else WE_WAIT if own else THEIR_TURN
    one, several = sentence
    return Said(one if days == 1 else several, {"name": name, "since": since, "days": days})


YOUR_TURN = msgs(
    "Sie sind am Zug, seit dem {since} (ein Arbeitstag).",
    "Sie sind am Zug, seit dem {since} ({days} Arbeitstage).",
)
WE_WAIT = msgs(
    "Wir warten auf {name}, seit dem {since} (ein Arbeitstag).",
    "Wir warten auf {name}, seit dem {since} ({days} Arbeitstage).",
)
THEIR_TURN = msgs(
    "Am Zug ist {name}, seit dem {since} (ein Arbeitstag).",
    "Am Zug ist {name}, seit dem {since} ({days} Arbeitstage).",
)


# --- the path -----------------------------------------------------------------------------


class DraftFacts(Protocol):
    """What the guards look at: open proposals, what the checks ask, another draft of the body.

    ``strategy`` is what the regional strategy lacks where the programme makes it a precondition,
    ``against`` what stands against changing now what the draft is to change.

    Each is asked for only by the guard that needs it.
    """

    @property
    def open_proposals(self) -> int: ...
    @property
    def unanswered(self) -> int: ...
    @property
    def other(self) -> str: ...
    @property
    def against(self) -> Sequence[Refusal]: ...
    @property
    def strategy(self) -> tuple[Said, ...]: ...


def nothing_is_open(facts: DraftFacts) -> tuple[Refusal, ...]:
    """A version is accepted once every proposal about it was decided."""
    number = facts.open_proposals
    if not number:
        return ()
    one, several = OPEN_PROPOSALS
    sentence = one if number == 1 else several
    return (Refusal("negotiation.open_proposals", sentence, {"number": number}),)


def everything_is_answered(facts: DraftFacts) -> tuple[Refusal, ...]:
    """What the checks ask is answered, and what is wrong is mended, before the text stands."""
    number = facts.unanswered
    if not number:
        return ()
    one, several = UNANSWERED
    sentence = one if number == 1 else several
    return (Refusal("negotiation.unanswered", sentence, {"number": number}),)


def nothing_else_is_drafted(facts: DraftFacts) -> tuple[Refusal, ...]:
    """A body has one draft of a year, and of what was agreed one change is under way."""
    if not facts.other:
        return tuple(facts.against)
    return (Refusal("negotiation.drafted_already", DRAFTED_ALREADY, {"number": facts.other}),)


def a_strategy_holds(facts: DraftFacts) -> tuple[Refusal, ...]:
    """Where a strategy is the precondition of an agreement, no text stands without one."""
    return tuple(
        Refusal("negotiation.no_strategy", NO_STRATEGY, {"lacking": said})
        for said in facts.strategy
    )


NO_STRATEGY = msg("Vorher kann der Text nicht feststehen: {lacking}.")
OPEN_PROPOSALS = msgs(
    "Über einen Vorschlag ist noch nicht entschieden.",
    "Über {number} Vorschläge ist noch nicht entschieden.",
)
UNANSWERED = msgs(
    "Bei der Prüfung ist noch eine Frage zu beantworten oder ein Fehler zu beheben.",
    "Bei der Prüfung sind noch {number} Fragen zu beantworten oder Fehler zu beheben.",
)
DRAFTED_ALREADY = msg("Für diese Gebietskörperschaft und dieses Jahr gibt es schon {number}.")

SEND = Step(
    verb="send",
    sources={DraftState.PREPARATION},
    target="send",
    by="negotiation.send",
    label=msg("Entwurf übersenden"),
    address="uebersenden",
    basis=OWN_RULE,
    done=msg("Übersandt: {number}, {name}, Fassung {version}. Am Zug ist die andere Seite."),
    asks=msg(
        "Ab jetzt sieht die andere Seite den Entwurf in Fassung {version}, und alle früheren "
        "Fassungen. Interne Kommentare sieht sie nie. Danach ändert sich der Text nur durch "
        "Vorschläge, die eine Seite macht und die andere annimmt."
    ),
    look=Look.PRIMARY,
    task=msgs("Entwurf ist zu übersenden", "Entwürfe sind zu übersenden"),
)
ACCEPT = Step(
    verb="accept",
    sources={"send"},
    target="accept",
    by="negotiation.accept",
    label=msg("Fassung annehmen"),
    address="annehmen",
    basis=OWN_RULE,
    done=msg("Angenommen: {number}, {name}, Fassung {version}, Prüfzeichen {code}."),
    asks=msg(
        "Angenommen wird genau Fassung {version} mit dem Prüfzeichen {code}. Ändert sie sich "
        "danach, gilt das nicht als angenommen."
    ),
    look=Look.PRIMARY,
    task=msgs("Entwurf ist zu beantworten", "Entwürfe sind zu beantworten"),
)
SETTLE = Step(
    verb="settle",
    sources={DraftState.PREPARATION},
    target=DraftState.SETTLED,
    by="negotiation.settle",
    label=msg("Text feststellen"),
    address="feststellen",
    basis=OWN_RULE,
    done=msg("Der Text steht: {number}, {name}, Fassung {version}, Prüfzeichen {code}."),
    asks=msg(
        "Damit steht der Text in Fassung {version} mit dem Prüfzeichen {code} fest. Wieder öffnen "
        "lässt er sich nur mit einem Grund, den die andere Seite liest."
    ),
    guards=(a_strategy_holds,),
    look=Look.PRIMARY,
    task=msgs("Angenommener Entwurf ist festzustellen", "Angenommene Entwürfe sind festzustellen"),
)
ANSWER = Step(
    verb="answer",
    sources={BEGUN},
    target=DraftState.ANSWERED,
    by="negotiation.answer",
    label=msg("Antwort abgeben"),
    address="antworten",
    basis=OWN_RULE,
    side=SECOND,
    done=msg("Antwort abgegeben: {number}, {name}. Am Zug ist die andere Seite."),
    look=Look.SECONDARY,
)
HAND_OVER = Step(
    verb="hand_over",
    sources={DraftState.ANSWERED},
    target=BEGUN,
    by="negotiation.hand_over",
    label=msg("Zur Antwort zurückgeben"),
    address="weitergeben",
    basis=OWN_RULE,
    side=FIRST,
    done=msg("Weitergegeben: {number}, {name}, Fassung {version}. Am Zug ist die andere Seite."),
    look=Look.PRIMARY,
    task=msgs(
        "Antwort zu einem Entwurf ist zu bearbeiten", "Antworten zu Entwürfen sind zu bearbeiten"
    ),
)
HAND_OVER_RECALLED = replace(
    HAND_OVER,
    sources={DraftState.CALLED_BACK},
    task=msgs(
        "Zurückgeholter Entwurf ist weiterzugeben", "Zurückgeholte Entwürfe sind weiterzugeben"
    ),
)
NOTE_ANSWER = Step(
    verb="note_answer",
    sources={BEGUN, DraftState.CALLED_BACK},
    target=DraftState.ANSWERED,
    by="negotiation.note_answer",
    label=msg("Antwort von anderem Weg eintragen"),
    address="antwort-eintragen",
    basis=OWN_RULE,
    side=FIRST,
    done=msg("Eingetragen: die Antwort zu {number}, {name}. Sie sind wieder am Zug."),
    asks=msg(
        "Die andere Seite hat am Telefon, per E-Mail, im Brief oder im Gespräch geantwortet. Sie "
        "liest, was Sie eintragen, und kann ihre Antwort zurückholen. Angenommen ist damit keine "
        "Fassung."
    ),
    notes=msg("Antwort der anderen Seite (wer, wann, auf welchem Weg, was)"),
    look=Look.TERTIARY,
)
RECALL = Step(
    verb="recall",
    sources={BEGUN},
    target=DraftState.CALLED_BACK,
    by="negotiation.recall",
    label=msg("Zug zurückholen"),
    address="zurueckholen",
    basis=OWN_RULE,
    side=FIRST,
    done=msg("Zurückgeholt: {number}, {name}. Sie sind wieder am Zug."),
    asks=msg(
        "Die andere Seite ist dann nicht mehr am Zug. Was sie schon gesehen, kommentiert und "
        "vorgeschlagen hat, bleibt."
    ),
    look=Look.TERTIARY,
    is_taking_back=True,
)
RECALL_ANSWER = replace(RECALL, sources={DraftState.ANSWERED}, target=BEGUN, side=SECOND)
RECALL_ACCEPTED = replace(RECALL_ANSWER, sources={LATER})
REOPEN = Step(
    verb="reopen",
    sources={LATER},
    target=BEGUN,
    by="negotiation.reopen",
    label=msg("Wieder öffnen"),
    address="oeffnen",
    basis=OWN_RULE,
    side=FIRST,
    done=msg("Wieder geöffnet: {number}, {name}. Angenommen ist keine Fassung mehr."),
    notes=REASON,
    look=Look.TERTIARY,
)
REOPEN_SETTLED = replace(
    REOPEN,
    sources={DraftState.SETTLED},
    side="",
    guards=(nothing_rests_on_it,),
    is_undoing=True,
)
END = Step(
    verb="end",
    sources={UNDER_WAY, DraftState.ANSWERED},
    target=DraftState.ENDED,
    by="negotiation.end",
    label=msg("Ohne Ergebnis beenden"),
    address="beenden",
    basis=OWN_RULE,
    side=FIRST,
    done=msg("Beendet ohne Ergebnis: {number}, {name}."),
    asks=msg(
        "{number} bleibt mit allen Fassungen, Vorschlägen und Kommentaren in den Akten. Wieder "
        "aufnehmen lässt sich das jederzeit."
    ),
    notes=REASON,
    is_against=True,
    look=Look.TERTIARY,
)
END_RECALLED = replace(END, sources={DraftState.CALLED_BACK}, is_against=False)
RESUME = Step(
    verb="resume",
    sources={DraftState.ENDED},
    target=BEGUN,
    by="negotiation.resume",
    label=msg("Wieder aufnehmen"),
    address="aufnehmen",
    basis=OWN_RULE,
    side=FIRST,
    done=msg("Wieder aufgenommen: {number}, {name}. Am Zug ist die andere Seite."),
    guards=(nothing_else_is_drafted,),
    is_undoing=True,
)
DISCARD = Step(
    verb="discard",
    sources={DraftState.PREPARATION},
    target=DraftState.DISCARDED,
    by="negotiation.discard",
    label=msg("Entwurf verwerfen"),
    address="verwerfen",
    basis=OWN_RULE,
    side=FIRST,
    done=msg("Verworfen: {number}, {name}."),
    asks=msg(
        "{number} wird aufgegeben und bleibt in den Akten. Eine Zeit lang lässt sich das "
        "wiederherstellen."
    ),
    look=Look.TERTIARY,
)
RESTORE = Step(
    verb="restore",
    sources={DraftState.DISCARDED},
    target=DraftState.PREPARATION,
    by="negotiation.restore",
    label=msg("Wiederherstellen"),
    address="wiederherstellen",
    basis=OWN_RULE,
    side=FIRST,
    done=msg("Wiederhergestellt: {number}, {name}."),
    guards=(nothing_else_is_drafted,),
    is_undoing=True,
    within=UNDO_DAYS,
)
NEGOTIATION = Frame(
    name="negotiation",
    initial=DraftState.PREPARATION,
    labels={
        DraftState.PREPARATION: msg("in Vorbereitung"),
        DraftState.ANSWERED: msg("Antwort liegt vor"),
        DraftState.CALLED_BACK: msg("zurückgeholt"),
        DraftState.ENDED: msg("ohne Ergebnis beendet"),
        DraftState.DISCARDED: msg("verworfen"),
    },
    begin=SEND,
    between=ACCEPT,
    ends={"settled": SETTLE},
    ways=(
        *(ANSWER, NOTE_ANSWER, HAND_OVER, HAND_OVER_RECALLED, RECALL, RECALL_ANSWER),
        *(RECALL_ACCEPTED, REOPEN, REOPEN_SETTLED, END, END_RECALLED, RESUME, DISCARD, RESTORE),
    ),
    guards={
        "negotiation_decided": nothing_is_open,
        "negotiation_answered": everything_is_answered,
    },
)
"""What of the negotiation of a draft is the same for every programme."""

DECIDED: frozenset[str] = frozenset({DraftState.SETTLED, DraftState.ENDED})
CLOSED: frozenset[str] = frozenset({DraftState.SETTLED, DraftState.ENDED, DraftState.DISCARDED})
SENT = Declared("send", msg("Entwurf übersenden"), msg("übersandt"))
ACCEPTED = Declared(
    "accept",
    msg("Fassung annehmen"),
    msg("angenommen"),
    "body",
    guards=("negotiation_decided", "negotiation_answered"),
)
FIXED = Declared(
    "settle",
    msg("Text feststellen"),
    msg("Text steht"),
    four_eyes=True,
    guards=("negotiation_decided", "negotiation_answered"),
    effect="settled",
)
AGREED = Declared(
    "agree",
    msg("Keine Einwände erheben"),
    msg("keine Einwände"),
    "body",
    guards=("negotiation_decided",),
    effect="settled",
)
ALONE = Declared("settle", msg("Text feststellen"), msg("Text steht"), effect="settled")
DRAFTED = NEGOTIATION.lifecycle((SENT, ACCEPTED, FIXED))
DRAFTED_AND_AGREED = NEGOTIATION.lifecycle((SENT, AGREED))
DRAFTED_ALONE = NEGOTIATION.lifecycle((ALONE,))
"""Worked examples: the body accepts, the ministry fixes; the body's word is the last; one alone."""
