"""The path of an allocation scenario, from the first trial to the decision by two persons.

Which stages there are is the programme's own data: one lets the second person decide at once,
another hears an advisory board before. What a stage means is declared here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from zielwerk.rulebook.allocation import Distribution
from zielwerk.rulebook.lifecycle import OWN_RULE, REASON, UNDO_DAYS, Look, Step
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.planning import NOTHING_NEEDED, Needed, Standing
from zielwerk.rulebook.procedure import NOTED_TO_STAY, TAKEN_BACK, UNDER_WAY, Declared, Frame
from zielwerk.rulebook.refusal import Refusal, msg, msgs
from zielwerk.rulebook.tranche import FreeMoney, Tranche, free_said

BASIS_CHANGED = Refusal(
    "allocation.basis_changed",
    msg(
        "Seit der Vorlage haben sich Grundlagen geändert, sodass andere Beträge herauskämen. "
        "Bitte geben Sie das Szenario zurück und lassen Sie es neu vorlegen."
    ),
)


class ScenarioState(StrEnum):
    """States of an allocation scenario, beside those of the programme's stages."""

    DRAFT = "draft"
    DECIDED = "allocated"  # the effect of the last stage
    DISCARDED = "discarded"


@dataclass(frozen=True)
class Reading:
    """What a scenario comes to and rests on: amounts, the standing, last year's by AGS."""

    distribution: Distribution
    standing: Standing
    last_year: Mapping[str, int]


@dataclass(frozen=True)
class ScenarioFacts:
    """The facts for the guards: why the scenario cannot be computed, and the money it takes.

    ``needed`` is what the decision takes from what is free beyond what it gives back, by its
    terms, ``free_cents`` what is free, ``tranches`` of which kind; ``in_force`` whether the
    budget act covers the year,
    ``changes`` how many bodies' amounts change, ``strangers`` the names of bodies with money
    and no place in the distribution. ``read`` is what all of this comes from, None where nothing
    can be computed; where amounts put forward would no longer come out, it is there beside the
    refusal.
    """

    refusals: tuple[Refusal, ...] = ()
    needed: Needed = NOTHING_NEEDED
    free_cents: int = 0
    tranches: Mapping[Tranche, FreeMoney] = field(default_factory=dict)
    in_force: bool = True
    changes: int = 1
    strangers: tuple[str, ...] = ()
    read: Reading | None = None

    @property
    def needed_cents(self) -> int:
        return self.needed.cents


def is_computed(facts: ScenarioFacts) -> tuple[Refusal, ...]:
    """Only what can be computed can be put forward."""
    return facts.refusals


def is_covered(facts: ScenarioFacts) -> tuple[Refusal, ...]:
    """Money is allocated only as far as the budget in force provides it.

    What is uncovered or came before these books is made good first, and is not free.
    """
    if facts.refusals or facts.needed.only_frees or facts.needed_cents <= facts.free_cents:
        return ()
    slots = {
        "needed": Cents(max(facts.needed_cents, 0)),
        "free": free_said(facts.tranches) or Cents(facts.free_cents),
    }
    if not facts.in_force:
        return (
            Refusal(
                "allocation.budget_reservation",
                msg(
                    "Das Szenario steht unter Haushaltsvorbehalt: Der Haushalt ist nicht in "
                    "Kraft. Gebraucht werden, alle Mittelarten zusammen, {needed}; frei sind "
                    "{free}."
                ),
                slots,
            ),
        )
    return (
        Refusal(
            "allocation.not_covered",
            msg("Frei sind {free}; die Entscheidung braucht, alle Mittelarten zusammen, {needed}."),
            slots,
        ),
    )


def changes_something(facts: ScenarioFacts) -> tuple[Refusal, ...]:
    """A decision that moves nothing is none."""
    if facts.refusals or facts.changes:
        return ()
    return (
        Refusal(
            "allocation.nothing_changes",
            msg("Alle Körperschaften haben schon genau diese Beträge."),
        ),
    )


def counts_everybody(facts: ScenarioFacts) -> tuple[Refusal, ...]:
    """Money of a body that the year no longer has would be shared out a second time."""
    sentence = msg(
        "{body} hat noch Mittel dieses Programmjahrs, gehört aber nicht zur Verteilung. "
        "Bitte klären Sie das zuerst durch Verzicht oder Deckung."
    )
    return tuple(
        Refusal("allocation.money_elsewhere", sentence, {"body": name}) for name in facts.strangers
    )


PROPOSE = Step(
    verb="propose",
    sources={ScenarioState.DRAFT},
    target="propose",
    by="allocation.propose",
    label=msg("Zur Entscheidung vorlegen"),
    address="vorlegen",
    basis=OWN_RULE,
    done=msg("Vorgelegt: {number} „{name}“, {total} für {year}."),
    look=Look.PRIMARY,
)
CONSULT = Step(
    verb="consult",
    sources={"propose"},
    target="consult",
    by="allocation.consult",
    label=msg("Anhörung vermerken"),
    address="anhoerung",
    basis=OWN_RULE,
    done=msg("Vermerkt bei {number} „{name}“."),
    asks=NOTED_TO_STAY,
    task=msgs(
        "vorgelegtes Verteilszenario wartet auf die Anhörung",
        "vorgelegte Verteilszenarien warten auf die Anhörung",
    ),
)
DISCARD = Step(
    verb="discard",
    sources={ScenarioState.DRAFT},
    target=ScenarioState.DISCARDED,
    by="allocation.discard",
    label=msg("Verwerfen"),
    address="verwerfen",
    basis=OWN_RULE,
    done=msg("Verworfen: {number} „{name}“."),
    asks=msg(
        "Das Szenario {number} „{name}“ ({total} für {year}) wird aufgegeben. Es bleibt in den "
        "Akten und lässt sich eine Zeit lang wiederherstellen."
    ),
    look=Look.TERTIARY,
)
RESTORE = Step(
    verb="restore",
    sources={ScenarioState.DISCARDED},
    target=ScenarioState.DRAFT,
    by="allocation.restore",
    label=msg("Wiederherstellen"),
    address="wiederherstellen",
    basis=OWN_RULE,
    done=msg("Wiederhergestellt: {number} „{name}“ ist wieder in Arbeit."),
    is_undoing=True,
    within=UNDO_DAYS,
)
SEND_BACK = Step(
    verb="send_back",
    sources={UNDER_WAY},
    target=ScenarioState.DRAFT,
    by="allocation.send_back",
    label=msg("Zurückgeben"),
    address="zurueckgeben",
    basis=OWN_RULE,
    done=msg("Zurückgegeben: {number} „{name}“ ist wieder in Arbeit."),
    notes=REASON,
    is_against=True,
)
TAKE_BACK = Step(
    verb="take_back",
    sources={UNDER_WAY},
    target=ScenarioState.DRAFT,
    by="allocation.take_back",
    label=msg("Vorlage zurücknehmen"),
    address="zuruecknehmen",
    basis=OWN_RULE,
    done=msg("Zurückgenommen: {number} „{name}“ ist wieder in Arbeit."),
    asks=TAKEN_BACK,
    look=Look.TERTIARY,
    is_quiet=True,
    is_taking_back=True,
)
DECIDE = Step(
    verb="decide",
    sources={"propose"},
    target=ScenarioState.DECIDED,
    by="allocation.decide",
    label=msg("Entscheiden und buchen"),
    address="entscheiden",
    basis=OWN_RULE,
    done=msg(
        "Entschieden nach {number} „{name}“: Die Körperschaften haben für {year} jetzt zusammen "
        "{given}. Gebucht ist für jede der Unterschied zu dem, was sie bisher hatte."
    ),
    asks=msg(
        "Nach {number} haben die Körperschaften für {year} danach zusammen {given}; gebucht wird "
        "für jede der Unterschied zu bisher, und jede sieht ihren Betrag. Das wird nicht "
        "zurückgenommen, nur durch eine neue Entscheidung geändert."
    ),
    look=Look.PRIMARY,
    task=msgs(
        "vorgelegtes Verteilszenario ist zu entscheiden",
        "vorgelegte Verteilszenarien sind zu entscheiden",
    ),
)
ALLOCATION = Frame(
    name="scenario",
    initial=ScenarioState.DRAFT,
    labels={
        ScenarioState.DRAFT: msg("in Arbeit"),
        ScenarioState.DISCARDED: msg("verworfen"),
    },
    begin=PROPOSE,
    between=CONSULT,
    ends={"allocated": DECIDE},
    ways=(DISCARD, RESTORE, SEND_BACK, TAKE_BACK),
    guards={
        "allocation_computed": is_computed,
        "allocation_changes_something": changes_something,
        "allocation_counts_everybody": counts_everybody,
        "allocation_covered": is_covered,
    },
)
"""What of the allocation's procedure is the same for every programme."""

COMPUTABLE = ("allocation_computed", "allocation_changes_something", "allocation_counts_everybody")
PUT_FORWARD = Declared(
    "propose", PROPOSE.label, msg("zur Entscheidung vorgelegt"), guards=COMPUTABLE
)
HEARD = Declared("consult", CONSULT.label, msg("angehört"), notes=msg("Ergebnis der Anhörung"))
DECIDED = Declared(
    "decide",
    DECIDE.label,
    msg("entschieden"),
    four_eyes=True,
    guards=(*COMPUTABLE, "allocation_covered"),
    effect="allocated",
)
SCENARIO = ALLOCATION.lifecycle((PUT_FORWARD, DECIDED))
SCENARIO_WITH_HEARING = ALLOCATION.lifecycle((PUT_FORWARD, HEARD, DECIDED))
"""Worked examples: the second person decides at once, or after a hearing."""
