"""The path of a publication: from what was prepared to what everybody may read, or could.

Which stages there are is the programme's own data: one has its ministry put forward, another its
granting authority; a second person releases. What a stage means is declared here. What must come
down comes down by one press; whether it stays down is for a second person to say.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from zielwerk.rulebook.lifecycle import OWN_RULE, REASON, UNDO_DAYS, Label, Look, Step
from zielwerk.rulebook.procedure import (
    LAST,
    NOTED_TO_STAY,
    TAKEN_BACK,
    UNDER_WAY,
    WHOSE_TURN,
    Declared,
    Frame,
)
from zielwerk.rulebook.refusal import Refusal, msg, msgs


class EditionState(StrEnum):
    """States of a publication, beside those of the programme's stages."""

    PREPARED = "prepared"
    PUBLISHED = "published"  # the effect of the last stage
    HELD = "held"  # down at once, until a second person has decided
    WITHDRAWN = "withdrawn"
    DISCARDED = "discarded"


@dataclass(frozen=True)
class EditionFacts:
    """The facts for the guards: names of signatories that stand in what would be public.

    ``other`` is the file number of another edition of the agreement that is public or on its way.
    ``unsigned`` are the sides (German msgids) that have not signed by the day ``on``,
    ``not_before`` the day before which nothing may be public. ``undecided`` is of how many places
    that may tell of a person nobody said whether they become public.
    """

    names: tuple[str, ...] = ()
    other: str = ""
    unsigned: tuple[str, ...] = ()
    not_before: date | None = None
    on: date | None = None
    undecided: int = 0


def is_without_names(facts: EditionFacts) -> tuple[Refusal, ...]:
    """Offices become public, names of persons do not."""
    sentence = msg(
        "Der Name „{name}“ steht im öffentlichen Teil (Amt, Ort, Maßnahme oder Wortlaut). "
        "Veröffentlicht werden Ämter, keine Namen; bitte schwärzen Sie die Stelle oder "
        "berichtigen Sie die Erfassung."
    )
    return tuple(Refusal("publication.name", sentence, {"name": name}) for name in facts.names)


def all_have_signed(facts: EditionFacts) -> tuple[Refusal, ...]:
    """Nothing is published before every side has signed."""
    sentence = msg(
        "Eine Unterschrift fehlt oder trägt einen späteren Tag: {side}. Veröffentlicht wird "
        "erst, wenn alle unterschrieben haben."
    )
    return tuple(
        Refusal("publication.unsigned", sentence, {"side": Label(side)}) for side in facts.unsigned
    )


def embargo_is_over(facts: EditionFacts) -> tuple[Refusal, ...]:
    """Nothing is public before the day that whoever put it forward has set."""
    if facts.not_before is None or facts.on is None or facts.on >= facts.not_before:
        return ()
    sentence = msg("Die Sperrfrist läuft: Öffentlich werden darf das erst ab {day}.")
    return (Refusal("publication.embargo", sentence, {"day": facts.not_before}),)


def persons_are_decided(facts: EditionFacts) -> tuple[Refusal, ...]:
    """Whatever may tell of a person was looked at by whoever asks for the release."""
    if not facts.undecided:
        return ()
    sentence = msg(
        "Stellen, die eine Person nennen könnten, ohne Entscheidung: {number}. Entscheiden Sie "
        "zu jeder, ob sie geschwärzt wird."
    )
    return (Refusal("publication.undecided", sentence, {"number": facts.undecided}),)


ALWAYS = (all_have_signed, persons_are_decided)
"""What every programme asks before something is put forward, and before it is public."""


def nothing_else_is_under_way(facts: EditionFacts) -> tuple[Refusal, ...]:
    """Of an agreement one edition is public or on its way there."""
    if not facts.other:
        return ()
    sentence = msg(
        "Inzwischen ist {number} veröffentlicht, dazu vorgelegt oder vorläufig nicht öffentlich."
    )
    return (Refusal("publication.other_edition", sentence, {"number": facts.other}),)


PROPOSE = Step(
    verb="propose",
    sources={EditionState.PREPARED},
    target="propose",
    by="publication.propose",
    label=msg("Zur Veröffentlichung vorlegen"),
    address="vorlegen",
    basis=OWN_RULE,
    done=msg("Zur Veröffentlichung vorgelegt: {name} {year}, {number}."),
    guards=ALWAYS,
    look=Look.PRIMARY,
    task=msgs(
        "zurückgegebene Veröffentlichung ist neu vorzulegen oder zu verwerfen",
        "zurückgegebene Veröffentlichungen sind neu vorzulegen oder zu verwerfen",
    ),
)
CONSULT = Step(
    verb="consult",
    sources={"propose"},
    target="consult",
    by="publication.consult",
    label=msg("Anhörung vermerken"),
    address="anhoerung",
    basis=OWN_RULE,
    done=msg("Vermerkt bei {number}: {name} {year}."),
    asks=NOTED_TO_STAY,
    look=Look.PRIMARY,
    task=msgs(
        "vorgelegte Veröffentlichung wartet auf die nächste Stufe",
        "vorgelegte Veröffentlichungen warten auf die nächste Stufe",
    ),
)
PUBLISH = Step(
    verb="publish",
    sources={EditionState.PREPARED},
    target=EditionState.PUBLISHED,
    by="publication.publish",
    label=msg("Veröffentlichen"),
    address="veroeffentlichen",
    basis=OWN_RULE,
    done=msg("Veröffentlicht: {name} {year}, Ausgabe {edition}."),
    asks=msg(
        "Öffentlich wird genau, was in {number} vorgelegt ist, als Seite, PDF und offene Daten. "
        "Zurückziehen lässt sich das; was bis dahin gelesen oder kopiert ist, bleibt es."
    ),
    guards=(*ALWAYS, embargo_is_over),
    look=Look.PRIMARY,
    task=msgs(
        "vorgelegte Veröffentlichung wartet auf die Freigabe",
        "vorgelegte Veröffentlichungen warten auf die Freigabe",
    ),
)
SEND_BACK = Step(
    verb="send_back",
    sources={UNDER_WAY},
    target=EditionState.PREPARED,
    by="publication.send_back",
    label=msg("Zurückgeben"),
    address="zurueckgeben",
    basis=OWN_RULE,
    side=WHOSE_TURN,
    done=msg("Zurückgegeben: {number}, {name} {year}. Öffentlich ist nichts geworden."),
    notes=REASON,
    is_against=True,
)
TAKE_BACK = Step(
    verb="take_back",
    sources={UNDER_WAY},
    target=EditionState.PREPARED,
    by="publication.take_back",
    label=msg("Vorlage zurücknehmen"),
    address="zuruecknehmen",
    basis=OWN_RULE,
    done=msg("Zurückgenommen: {number}, {name} {year}. Öffentlich ist nichts geworden."),
    asks=TAKEN_BACK,
    look=Look.TERTIARY,
    is_quiet=True,
    is_taking_back=True,
)
DISCARD = Step(
    verb="discard",
    sources={EditionState.PREPARED},
    target=EditionState.DISCARDED,
    by="publication.discard",
    label=msg("Verwerfen"),
    address="verwerfen",
    basis=OWN_RULE,
    side=WHOSE_TURN,
    done=msg("Verworfen: {number}, {name} {year}. Öffentlich ist nichts geworden."),
    asks=msg(
        "{number} wird aufgegeben und bleibt in den Akten. Eine Zeit lang lässt sich das "
        "wiederherstellen; eine neue Veröffentlichung kann jederzeit begonnen werden."
    ),
    look=Look.TERTIARY,
)
RESTORE = Step(
    verb="restore",
    sources={EditionState.DISCARDED},
    target=EditionState.PREPARED,
    by="publication.restore",
    label=msg("Wiederherstellen"),
    address="wiederherstellen",
    basis=OWN_RULE,
    done=msg("Wiederhergestellt: {number}, {name} {year}. Öffentlich ist nichts geworden."),
    guards=(nothing_else_is_under_way,),
    is_undoing=True,
    within=UNDO_DAYS,
)
WITHDRAW = Step(
    verb="withdraw",
    sources={EditionState.PUBLISHED},
    target=EditionState.HELD,
    by="publication.withdraw",
    label=msg("Veröffentlichung zurückziehen"),
    address="zurueckziehen",
    basis=OWN_RULE,
    side=LAST,
    done=msg(
        "Nicht mehr öffentlich: {name} {year}, Ausgabe {edition}. Ob das so bleibt, entscheidet "
        "eine zweite Person."
    ),
    asks=msg(
        "Die öffentliche Seite, die PDF-Datei und die Daten sind sofort nicht mehr abrufbar; unter "
        "ihrer Adresse steht, seit wann. Eine zweite Person bestätigt das oder veröffentlicht die "
        "Ausgabe wieder. Der Grund bleibt in den Akten, ebenso die Ausgabe."
    ),
    notes=REASON,
    is_undoing=True,
)
CONFIRM_WITHDRAWAL = Step(
    verb="confirm_withdrawal",
    sources={EditionState.HELD},
    target=EditionState.WITHDRAWN,
    by="publication.confirm_withdrawal",
    label=msg("Zurückziehen bestätigen"),
    address="zurueckziehen-bestaetigen",
    basis=OWN_RULE,
    side=LAST,
    done=msg("Zurückgezogen: {name} {year}, Ausgabe {edition}."),
    asks=msg(
        "Ausgabe {edition} bleibt zurückgezogen; das lässt sich nicht zurücknehmen. Eine neue "
        "kann jederzeit vorgelegt werden."
    ),
    look=Look.PRIMARY,
    task=msgs(
        "zurückgezogene Veröffentlichung ist zu bestätigen oder wieder zu veröffentlichen",
        "zurückgezogene Veröffentlichungen sind zu bestätigen oder wieder zu veröffentlichen",
    ),
)
REINSTATE = Step(
    verb="reinstate",
    sources={EditionState.HELD},
    target=EditionState.PUBLISHED,
    by="publication.reinstate",
    label=msg("Wieder veröffentlichen"),
    address="wieder-veroeffentlichen",
    basis=OWN_RULE,
    side=LAST,
    done=msg("Wieder veröffentlicht: {name} {year}, Ausgabe {edition}."),
    asks=msg(
        "Ausgabe {edition} steht danach wieder unter ihrer Adresse, wie sie war. Im Verlauf steht, "
        "von wann bis wann sie nicht öffentlich war."
    ),
    notes=REASON,
    is_against=True,
)
PUBLICATION = Frame(
    name="edition",
    initial=EditionState.PREPARED,
    labels={
        EditionState.PREPARED: msg("vorbereitet"),
        EditionState.HELD: msg("vorläufig nicht öffentlich"),
        EditionState.WITHDRAWN: msg("zurückgezogen"),
        EditionState.DISCARDED: msg("verworfen"),
    },
    begin=PROPOSE,
    between=CONSULT,
    ends={"published": PUBLISH},
    ways=(
        SEND_BACK,
        TAKE_BACK,
        DISCARD,
        RESTORE,
        WITHDRAW,
        CONFIRM_WITHDRAWAL,
        REINSTATE,
    ),
    guards={"publication_without_names": is_without_names},
    begins_with_stage=True,
)
"""What of the procedure of publishing is the same for every programme."""

GUARDS = ("publication_without_names",)
PUT_FORWARD = Declared(
    "propose", PROPOSE.label, msg("zur Veröffentlichung vorgelegt"), "authority", guards=GUARDS
)
HEARD = Declared("consult", CONSULT.label, msg("angehört"), notes=msg("Ergebnis der Anhörung"))
AT_ONCE = Declared(
    "publish", PUBLISH.label, msg("veröffentlicht"), guards=GUARDS, effect="published"
)
RELEASED = Declared(
    "release",
    msg("Freigeben"),
    msg("veröffentlicht"),
    four_eyes=True,
    guards=GUARDS,
    effect="published",
)
EDITION = PUBLICATION.lifecycle((AT_ONCE,))
EDITION_WITH_RELEASE = PUBLICATION.lifecycle((PUT_FORWARD, RELEASED))
EDITION_WITH_HEARING = PUBLICATION.lifecycle((PUT_FORWARD, HEARD, RELEASED))
"""Worked examples: a second person releases, perhaps after a hearing; by rules that were kept
from before, one press publishes."""
