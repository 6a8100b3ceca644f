"""The conclusion of what was negotiated: what is missing until it may be concluded, and its path.

Signing alone moves no money: the last stage does, with a second person.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import Protocol

from zielwerk.rulebook.lifecycle import OWN_RULE, REASON, Look, Step
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.procedure import NOTED_TO_STAY, TAKEN_BACK, UNDER_WAY, Declared, Frame
from zielwerk.rulebook.recording import FOUR_EYES
from zielwerk.rulebook.refusal import Refusal, msg, msgs
from zielwerk.rulebook.signatures import (
    FORMS_OF,
    Form,
    Given,
    Needed,
    counting,
    places_of,
    same_person,
)


class ConclusionState(StrEnum):
    """States of a conclusion, beside those of the programme's stages."""

    SIGNING = "signing"
    CONCLUDED = "concluded"  # the effect of the last stage
    ABANDONED = "abandoned"


OVER: frozenset[str] = frozenset({ConclusionState.CONCLUDED, ConclusionState.ABANDONED})
"""The states of a conclusion that is no longer under way."""


class ConclusionFacts(Protocol):
    """The facts for the guards of a conclusion; each is asked for only where it is needed.

    ``digest`` is that of the text that both sides approved when it was begun, ``text_digest``
    that of the draft now, empty once it does not stand. ``resolution`` says whether the organ's
    is noted. ``recorded`` of at most ``per_year`` documents (0: any number) the body has for
    the year; ``allocated_cents`` were given to it and not promised yet. What ``is_change`` changes
    an agreement over ``before_cents``. ``other`` is the number
    of another conclusion that the same draft has, under way or done.
    """

    @property
    def needed(self) -> Sequence[Needed]: ...
    @property
    def given(self) -> Sequence[Given]: ...
    @property
    def digest(self) -> str: ...
    @property
    def text_digest(self) -> str: ...
    @property
    def resolution(self) -> bool: ...
    @property
    def amount_cents(self) -> int: ...
    @property
    def allocated_cents(self) -> int: ...
    @property
    def is_change(self) -> bool: ...
    @property
    def before_cents(self) -> int: ...
    @property
    def recorded(self) -> int: ...
    @property
    def per_year(self) -> int: ...
    @property
    def body_name(self) -> str: ...
    @property
    def year(self) -> int: ...
    @property
    def other(self) -> str: ...


def missing(facts: ConclusionFacts) -> tuple[Refusal, ...]:
    """All that is missing before it may be concluded, one sentence each."""
    refusals = list(text_stands(facts))
    there = counting(facts.needed, facts.given, facts.digest)
    for each in facts.needed:
        refusals += [
            Refusal("conclusion.not_signed", NOT_SIGNED, {"side": each.name, "office": one.office})
            for one in each.places
            if one.id not in there
        ]
        by_hand = [
            there[one.id]
            for one in each.places
            if one.id in there and there[one.id].form == Form.HAND
        ]
        if each.rule.needs_seal and by_hand and not any(one.has_seal for one in by_hand):
            refusals.append(Refusal("conclusion.no_seal", NO_SEAL, {"side": each.name}))
        if each.rule.needs_resolution and not facts.resolution:
            refusals.append(Refusal("conclusion.no_resolution", NO_RESOLUTION, {"side": each.name}))
    return tuple(refusals)


def why_not_entered(
    facts: ConclusionFacts, new: Given, way: str, signed_on: date, first: date, today: date
) -> tuple[Refusal, ...]:
    """Every reason why a signature cannot be entered; ``first`` is the day of the text."""
    refusals = []
    place = places_of(facts.needed).get(new.place)
    if place is None:
        return (Refusal("conclusion.no_such_place", NO_SUCH_PLACE),)
    if new.form not in place.forms or new.form not in FORMS_OF[way]:
        refusals.append(Refusal("conclusion.wrong_form", WRONG_FORM, {"office": place.office}))
    there = counting(facts.needed, facts.given, facts.digest)
    if new.place in there:
        params = {"office": place.office, "name": there[new.place].name}
        refusals.append(Refusal("conclusion.signed_already", SIGNED_ALREADY, params))
    for other in there.values():
        if other.place != new.place and same_person(other.name, new.name):
            refusals.append(Refusal("conclusion.signs_twice", SIGNS_TWICE, {"name": new.name}))
    if signed_on > today:
        refusals.append(Refusal("conclusion.in_future", IN_FUTURE))
    elif signed_on < first:
        refusals.append(Refusal("conclusion.before_text", BEFORE_TEXT, {"day": first}))
    return tuple(refusals)


def why_file_fails(
    *, is_valid: bool, is_prepared_one: bool, signed: Collection[str], counting: Collection[str]
) -> tuple[Refusal, ...]:
    """Why the signed file does not carry a conclusion.

    It must be valid, be the one that was prepared, and be signed in the very places whose
    electronic signatures count: ``signed`` are those of the file.
    """
    refusals = []
    if not is_valid:
        refusals.append(Refusal("conclusion.file_not_valid", FILE_NOT_VALID))
    if not is_prepared_one:
        refusals.append(Refusal("conclusion.other_file", OTHER_FILE))
    if set(signed) != set(counting):
        refusals.append(Refusal("conclusion.file_differs", FILE_DIFFERS))
    return tuple(refusals)


def why_scan_not_kept(
    *, belonging: int, is_of_other: bool, stops: bool, says_why: bool
) -> tuple[Refusal, ...]:
    """Why the scan of a signed copy is not kept.

    One of another document, of which no page is ``belonging``, never is. Where something else
    ``stops``, such as a page that is missing, whoever keeps it says why, and both sides read it.
    """
    if is_of_other and not belonging:
        return (Refusal("conclusion.other_scan", OTHER_SCAN),)
    if stops and not says_why:
        return (Refusal("conclusion.scan_unexplained", SCAN_UNEXPLAINED),)
    return ()


# --- guards -------------------------------------------------------------------------------


def text_stands(facts: ConclusionFacts) -> tuple[Refusal, ...]:
    """What is signed is what both sides approved, and they have not opened it again."""
    if facts.text_digest == facts.digest:
        return ()
    return (Refusal("conclusion.other_text", OTHER_TEXT),)


def nothing_else_is_concluded(facts: ConclusionFacts) -> tuple[Refusal, ...]:
    """A draft has one conclusion under way."""
    if not facts.other:
        return ()
    return (Refusal("conclusion.under_way", UNDER_WAY_ALREADY, {"number": facts.other}),)


def money_is_there(facts: ConclusionFacts) -> tuple[Refusal, ...]:
    """No more is promised than was allocated to the body and is not promised yet.

    Of a change that is what it promises beside what was promised already.
    """
    more_cents = facts.amount_cents - facts.before_cents
    if more_cents <= max(facts.allocated_cents, 0):
        return ()
    params = {"allocated": Cents(max(facts.allocated_cents, 0)), "amount": Cents(more_cents)}
    sentence = MORE_NOT_ALLOCATED if facts.is_change else NOT_ALLOCATED
    return (Refusal("conclusion.not_allocated", sentence, params),)


def within_number(facts: ConclusionFacts) -> tuple[Refusal, ...]:
    """A body has so many documents a year; a change of one is no further one."""
    if facts.is_change or not facts.per_year or facts.recorded < facts.per_year:
        return ()
    params = {"body": facts.body_name, "year": str(facts.year)}
    return (Refusal("conclusion.exists", EXISTS, params),)


FILE_NOT_VALID = msg("Auf die Unterschriften in der neuesten Datei ist kein Verlass.")
OTHER_FILE = msg("Diese Datei ist nicht die, die für diesen Abschluss vorbereitet wurde.")
FILE_DIFFERS = msg("In der neuesten Datei stehen andere Unterschriften, als hier zählen.")
OTHER_SCAN = msg("Keine Seite dieser Datei gehört zu diesem Abschluss; so wird sie nicht abgelegt.")
SCAN_UNEXPLAINED = msg(
    "Es fehlt, warum das Exemplar so abgelegt werden soll. Beide Seiten lesen es."
)
FROM_THE_FILE = msg(
    "Eine elektronische Signatur wird nicht eingetragen. Sie kommt aus der Datei, in der sie steht."
)
NOT_SIGNED = msg("Es fehlt die Unterschrift für {side}: {office}.")
NO_SEAL = msg("Auf dem, was für {side} unterschrieben ist, fehlt das Dienstsiegel.")
NO_RESOLUTION = msg("Der Beschluss, auf den sich {side} stützt, ist noch nicht vermerkt.")
OTHER_TEXT = msg(
    "Der Text steht nicht mehr so, wie er gebilligt wurde. Bitte brechen Sie diesen Abschluss ab "
    "und beginnen Sie mit dem neuen Text."
)
UNDER_WAY_ALREADY = msg("Zu diesem Entwurf gibt es schon den Abschluss {number}.")
NOT_ALLOCATED = msg(
    "Zugewiesen und noch nicht zugesagt sind {allocated}, zugesagt werden {amount}."
)
MORE_NOT_ALLOCATED = msg(
    "Zugewiesen und noch nicht zugesagt sind {allocated}, zusätzlich zugesagt werden {amount}."
)
EXISTS = msg("Für {body} gibt es {year} schon so viele Schriftstücke, wie das Programm vorsieht.")
NO_SUCH_PLACE = msg("Diese Stelle für eine Unterschrift gibt es nicht.")
WRONG_FORM = msg("In dieser Form wird dort nicht unterschrieben: {office}.")
SIGNED_ALREADY = msg(
    "Dort hat schon {name} unterschrieben: {office}. Ist das falsch, streichen Sie es zuerst."
)
SIGNS_TWICE = msg(
    "{name} hat schon an anderer Stelle unterschrieben; jede Stelle füllt jemand anders."
)
IN_FUTURE = msg("Der Tag der Unterschrift liegt in der Zukunft.")
BEFORE_TEXT = msg(
    "Den Text gibt es erst seit dem {day}; vorher kann ihn niemand unterschrieben haben."
)

# --- the path -----------------------------------------------------------------------------

CHECK = Step(
    verb="check",
    sources={ConclusionState.SIGNING},
    target="check",
    by="conclusion.check",
    label=msg("Unterschriften prüfen"),
    address="pruefen",
    basis=OWN_RULE,
    done=msg("Geprüft: {number}, {name} {year}. Eine zweite Person schließt ab."),
    look=Look.PRIMARY,
    task=msgs("Abschluss wartet auf Unterschriften", "Abschlüsse warten auf Unterschriften"),
)
NOTE = Step(
    verb="note",
    sources={"check"},
    target="note",
    by="conclusion.note",
    label=msg("Zwischenschritt vermerken"),
    address="vermerken",
    basis=OWN_RULE,
    done=msg("Vermerkt bei {number}, {name} {year}."),
    asks=NOTED_TO_STAY,
    look=Look.PRIMARY,
    task=msgs(
        "geprüfter Abschluss wartet auf den nächsten Schritt",
        "geprüfte Abschlüsse warten auf den nächsten Schritt",
    ),
)
CONCLUDE = Step(
    verb="conclude",
    sources={"check"},
    target=ConclusionState.CONCLUDED,
    by="conclusion.conclude",
    label=msg("Abschließen"),
    address="abschliessen",
    basis=FOUR_EYES,
    done=msg("Abgeschlossen: {number}, {name} {year}, {amount}."),
    asks=msg(
        "Damit ist Fassung {version} mit dem Prüfzeichen {code} geschlossen, und {amount} gelten "
        "für {name} im Programmjahr {year} als zugesagt. Danach ändert das nur noch eine Änderung "
        "oder, wo es ein Irrtum war, eine Aufhebung durch zwei Personen."
    ),
    look=Look.PRIMARY,
    task=msgs("geprüfter Abschluss ist abzuschließen", "geprüfte Abschlüsse sind abzuschließen"),
)
SEND_BACK = Step(
    verb="send_back",
    sources={UNDER_WAY},
    target=ConclusionState.SIGNING,
    by="conclusion.send_back",
    label=msg("Zurückgeben"),
    address="zurueckgeben",
    basis=OWN_RULE,
    done=msg("Zurückgegeben: {number}, {name} {year}. Unterschriften werden wieder eingeholt."),
    notes=REASON,
    is_against=True,
)
TAKE_BACK = Step(
    verb="take_back",
    sources={UNDER_WAY},
    target=ConclusionState.SIGNING,
    by="conclusion.take_back",
    label=msg("Prüfung zurücknehmen"),
    address="zuruecknehmen",
    basis=OWN_RULE,
    done=msg("Zurückgenommen: {number}, {name} {year}. Unterschriften werden wieder eingeholt."),
    asks=TAKEN_BACK,
    look=Look.TERTIARY,
    is_quiet=True,
    is_taking_back=True,
)
ABANDON = Step(
    verb="abandon",
    sources={ConclusionState.SIGNING},
    target=ConclusionState.ABANDONED,
    by="conclusion.abandon",
    label=msg("Abschluss abbrechen"),
    address="abbrechen",
    basis=OWN_RULE,
    done=msg("Abgebrochen: {number}, {name} {year}."),
    asks=msg(
        "{number} bleibt mit allen Unterschriften in den Akten. Danach lässt sich der Text wieder "
        "öffnen; steht er noch, lässt sich der Abschluss auch wieder aufnehmen."
    ),
    notes=REASON,
    look=Look.TERTIARY,
)
ABANDON_CHECKED = replace(ABANDON, sources={UNDER_WAY}, is_against=True)
RESUME = Step(
    verb="resume",
    sources={ConclusionState.ABANDONED},
    target=ConclusionState.SIGNING,
    by="conclusion.resume",
    label=msg("Wieder aufnehmen"),
    address="aufnehmen",
    basis=OWN_RULE,
    done=msg("Wieder aufgenommen: {number}, {name} {year}."),
    guards=(text_stands, nothing_else_is_concluded),
    is_undoing=True,
)
CONCLUSION = Frame(
    name="conclusion",
    initial=ConclusionState.SIGNING,
    labels={
        ConclusionState.SIGNING: msg("Unterschriften werden eingeholt"),
        ConclusionState.ABANDONED: msg("abgebrochen"),
    },
    begin=CHECK,
    between=NOTE,
    ends={"concluded": CONCLUDE},
    ways=(SEND_BACK, TAKE_BACK, ABANDON, ABANDON_CHECKED, RESUME),
    guards={
        "conclusion_signed": missing,
        "conclusion_allocated": money_is_there,
        "conclusion_number": within_number,
    },
)
"""What of the conclusion's procedure is the same for every programme."""

EVERYTHING = ("conclusion_signed", "conclusion_allocated", "conclusion_number")
CHECKED = Declared("check", CHECK.label, msg("Unterschriften geprüft"), guards=EVERYTHING[:1])
NOTED = Declared("note", NOTE.label, msg("vermerkt"), notes=msg("Was vermerkt wird"))
DONE = Declared(
    "conclude",
    CONCLUDE.label,
    msg("abgeschlossen"),
    four_eyes=True,
    guards=EVERYTHING,
    effect="concluded",
)
CONCLUDED_BY_TWO = CONCLUSION.lifecycle((CHECKED, DONE))
CONCLUDED_AFTER_A_NOTE = CONCLUSION.lifecycle((CHECKED, NOTED, DONE))
"""Worked examples: checked by one and concluded by another; with something noted between."""
