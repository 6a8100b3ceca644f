"""The path of an allocation scenario, from the first trial to the decision by two persons.

Which stages lie between is the programme's own data: one lets the second person decide at
once, another hears an advisory board before. The steps themselves are declared here.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from zielwerk.rulebook.allocation import Distribution
from zielwerk.rulebook.lifecycle import OWN_RULE, Lifecycle, Look, Step
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.planning import Standing
from zielwerk.rulebook.refusal import Refusal, msg, msgs

BASIS_CHANGED = Refusal(
    "allocation.basis_changed",
    msg(
        "Seit der Vorlage haben sich Grundlagen geändert, sodass andere Beträge herauskämen. "
        "Bitte geben Sie das Szenario zurück und lassen Sie es neu vorlegen."
    ),
)


class ScenarioState(StrEnum):
    """States of an allocation scenario."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    CONSULTED = "consulted"
    DECIDED = "decided"
    DISCARDED = "discarded"


@dataclass(frozen=True)
class ScenarioFacts:
    """The facts for the guards: why the scenario cannot be computed, and the money it takes.

    ``needed_cents`` is what the decision takes from what is free beyond what it gives back,
    ``free_cents`` what is free; ``in_force`` whether the budget act covers the year,
    ``changes`` how many bodies' amounts change, ``strangers`` who has money and no place in
    the distribution. ``read`` is what all of this comes from, None where nothing can be computed.
    """

    refusals: tuple[Refusal, ...] = ()
    needed_cents: int = 0
    free_cents: int = 0
    in_force: bool = True
    changes: int = 1
    strangers: tuple[str, ...] = ()
    read: tuple[Distribution, Standing] | None = None


def is_computed(facts: ScenarioFacts) -> tuple[Refusal, ...]:
    """Only what can be computed can be put forward."""
    return facts.refusals


def is_covered(facts: ScenarioFacts) -> tuple[Refusal, ...]:
    """Money is allocated only as far as the budget in force provides it."""
    if facts.refusals or facts.needed_cents <= max(facts.free_cents, 0):
        return ()
    slots = {"needed": Cents(facts.needed_cents), "free": Cents(max(facts.free_cents, 0))}
    if not facts.in_force:
        return (
            Refusal(
                "allocation.budget_reservation",
                msg(
                    "Das Szenario steht unter Haushaltsvorbehalt: Der Haushalt ist nicht in "
                    "Kraft. Gebraucht werden {needed}, frei sind {free}."
                ),
                slots,
            ),
        )
    return (
        Refusal(
            "allocation.not_covered",
            msg("Frei sind {free}, die Entscheidung braucht {needed}."),
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


LABELS = {
    ScenarioState.DRAFT: msg("in Arbeit"),
    ScenarioState.PROPOSED: msg("zur Entscheidung vorgelegt"),
    ScenarioState.CONSULTED: msg("angehört"),
    ScenarioState.DECIDED: msg("entschieden"),
    ScenarioState.DISCARDED: msg("verworfen"),
}
STAGES = {"propose": ScenarioState.PROPOSED, "consult": ScenarioState.CONSULTED}


def counts_everybody(facts: ScenarioFacts) -> tuple[Refusal, ...]:
    """Money of a body that the year no longer has would be shared out a second time."""
    sentence = msg(
        "AGS {ags} hat noch Mittel dieses Programmjahrs, gehört aber nicht zur Verteilung. "
        "Bitte klären Sie das zuerst durch Verzicht oder Deckung."
    )
    return tuple(
        Refusal("allocation.money_elsewhere", sentence, {"ags": ags}) for ags in facts.strangers
    )


COMPUTABLE = (is_computed, changes_something, counts_everybody)


PROPOSE = Step(
    verb="propose",
    sources={ScenarioState.DRAFT},
    target=ScenarioState.PROPOSED,
    by="allocation.propose",
    label=msg("Zur Entscheidung vorlegen"),
    address="vorlegen",
    basis=OWN_RULE,
    done=msg("Vorgelegt: {number} „{name}“, {total} für {year}."),
    guards=COMPUTABLE,
    look=Look.PRIMARY,
)
CONSULT = Step(
    verb="consult",
    sources={ScenarioState.PROPOSED},
    target=ScenarioState.CONSULTED,
    by="allocation.consult",
    label=msg("Anhörung vermerken"),
    address="anhoerung",
    basis=OWN_RULE,
    done=msg("Anhörung vermerkt: {number} „{name}“."),
    asks=msg(
        "Das Ergebnis der Anhörung steht danach bei {number} und wird nicht mehr geändert, nur "
        "mit einer Rückgabe verworfen. Entscheiden kann dann eine zweite Person."
    ),
    task=msgs(
        "vorgelegtes Verteilszenario wartet auf die Anhörung",
        "vorgelegte Verteilszenarien warten auf die Anhörung",
    ),
    due="application",
    is_due_assumed=True,
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
        "Akten und lässt sich wiederherstellen."
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
)
SEND_BACK = Step(
    verb="send_back",
    sources={ScenarioState.PROPOSED, ScenarioState.CONSULTED},
    target=ScenarioState.DRAFT,
    by="allocation.send_back",
    label=msg("Zurückgeben"),
    address="zurueckgeben",
    basis=OWN_RULE,
    done=msg("Zurückgegeben: {number} „{name}“ ist wieder in Arbeit."),
)
DECIDE = Step(
    verb="decide",
    sources={ScenarioState.PROPOSED, ScenarioState.CONSULTED},
    target=ScenarioState.DECIDED,
    by="allocation.decide",
    label=msg("Entscheiden und buchen"),
    address="entscheiden",
    basis=OWN_RULE,
    done=msg("Entschieden und gebucht: {total} für {year} nach {number} „{name}“."),
    asks=msg(
        "{total} werden nach {number} für {year} zugewiesen und gebucht; jede Körperschaft sieht "
        "ihren Betrag. Das wird nicht zurückgenommen, nur durch eine neue Entscheidung geändert."
    ),
    guards=(*COMPUTABLE, is_covered),
    look=Look.PRIMARY,
    task=msgs(
        "vorgelegtes Verteilszenario ist zu entscheiden",
        "vorgelegte Verteilszenarien sind zu entscheiden",
    ),
    due="application",
    is_due_assumed=True,
)


def lifecycle(stages: Sequence[str] = ("propose", "decide")) -> Lifecycle:
    """The table of steps of a programme whose stages are these, in their order.

    ``stages`` begins with ``propose`` and ends with ``decide``; ``consult`` may lie between.
    """
    put_forward = [STAGES[stage] for stage in stages if stage in STAGES]
    heard = (CONSULT,) if "consult" in stages else ()
    steps = (
        PROPOSE,
        *heard,
        DISCARD,
        RESTORE,
        replace(SEND_BACK, sources=set(put_forward)),
        replace(DECIDE, sources={put_forward[-1]}),
    )
    states = {ScenarioState.DRAFT, ScenarioState.DECIDED, ScenarioState.DISCARDED, *put_forward}
    labels = {state: label for state, label in LABELS.items() if state in states}
    return Lifecycle("scenario", {ScenarioState.DRAFT}, labels, steps)


SCENARIO = lifecycle()
SCENARIO_WITH_HEARING = lifecycle(("propose", "consult", "decide"))
