"""The path a case walks, as data: states, and the steps between them.

A :class:`Lifecycle` is one declared table. Buttons, API, permissions, deadlines and diagrams
are read from it; it decides what is possible and does nothing itself. States and verbs are
strings (a ``StrEnum`` is fine), stable because they are stored; their labels are German.
"""

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self

from zielwerk.rulebook.refusal import Refusal, Refused, msg

# A rule that a step must meet: the facts of the case, whatever its room calls facts, in;
# every reason against the step out, none where it may be.
Guard = Callable[[Any], tuple[Refusal, ...]]


class Label(str):
    """A German msgid among the params of a refusal: the door translates it before use.

    A text of the data that has an English wording of its own keeps it.
    """

    english: str = ""

    def __new__(cls, text: str) -> Self:
        made = super().__new__(cls, text)
        if english := getattr(text, "english", ""):
            made.english = english
        return made


def english_of(text: str) -> str:
    """The English wording that a text of the data brings with it; empty where it has none."""
    return getattr(text, "english", "")


REASON = msg("Grund")
"""What a step asks for that is against whoever put the case forward."""
UNDO_DAYS = "undo_days"
"""The programme's parameter: for how many days what was discarded can be restored."""
OWN_RULE = msg("eigene Regel der Software")
"""The basis of a step without a known legal source; shown in place of one."""


class Look(StrEnum):
    """The look of a step's button: asked for, possible, or the end of a case."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    TERTIARY = "tertiary"


@dataclass(frozen=True, kw_only=True)
class Step:
    """One verb that leads from any of ``sources`` to ``target``.

    ``by`` names the permission it takes; it is written here and nowhere else. ``label`` is the
    German msgid of its button, ``address`` the German word for it in addresses, ``basis`` the
    legal source or :data:`OWN_RULE`. ``guards`` are what must hold besides.

    ``task`` says, for one case and for several, what a case waits for while somebody is asked
    to take the step; without it the step is possible, and nobody is asked. ``due`` names the
    day until which it is to be taken: a column of the case, or a day of the programme year (of
    :class:`~zielwerk.rulebook.tasks.Deadlines`); ``is_due_assumed`` says that no source names
    that day: wherever it is shown, it is called an assumption. ``is_quiet`` does not offer it
    at all while a guard refuses it.

    ``done`` is the German msgid that says what was done once the step is taken. ``asks`` says
    what will happen and what cannot be undone: a step with it is asked for on a page of its
    own before it is taken. Both have slots, see :class:`~zielwerk.core.cases.Kind`.
    ``act`` names the function that takes it, where that is not the verb: stages that a programme
    declares are taken by few functions. ``side`` is the role that takes it, empty where the
    permission says so alone; with ``four_eyes`` nobody takes it who took an earlier stage.
    ``notes`` asks for a text, in the words of its label. ``deadline`` is the code of a
    deadline of the programme.
    ``is_undoing`` marks the way back out of a state that nobody has to leave: such a state is
    final all the same; ``within`` is the code of the programme's parameter that says for how many
    days that way is open. ``is_against`` marks a step against whoever put the case forward: it
    asks for the reason, and she is told. ``is_taking_back`` is her own way back, before anybody
    decides.
    """

    verb: str
    sources: AbstractSet[str]
    target: str
    by: str
    label: str
    address: str
    basis: str
    done: str
    asks: str = ""
    guards: tuple[Guard, ...] = ()
    look: Look = Look.SECONDARY
    task: tuple[str, str] | None = None
    due: str = ""
    is_due_assumed: bool = False
    is_quiet: bool = False
    is_undoing: bool = False
    within: str = ""
    is_against: bool = False
    is_taking_back: bool = False
    act: str = ""
    side: str = ""
    four_eyes: bool = False
    notes: str = ""
    deadline: str = ""

    @property
    def taken_by(self) -> str:
        """The name of the function that takes the step."""
        return self.act or self.verb

    def __post_init__(self) -> None:
        object.__setattr__(self, "sources", frozenset(self.sources))


@dataclass(frozen=True, eq=False)
class Lifecycle:
    """A table of steps over labelled states, checked when it is declared.

    ``labels`` declares the states in their natural order, each with its German msgid;
    ``initial`` are those in which a case may begin. Raises ``ValueError`` naming the fault:
    a state without label, a state nothing leads to, a step from nowhere, a step without label,
    address, basis or a sentence of what was done, a verb that leads two ways from one state, a
    verb that asks for two permissions, or an address that two verbs share.
    """

    name: str
    initial: AbstractSet[str]
    labels: Mapping[Any, str]  # keys are strings; Any lets a table of a StrEnum in
    steps: Sequence[Step]

    def __post_init__(self) -> None:
        self._check_states()
        self._check_steps()

    def _check_states(self) -> None:
        if not self.initial:
            raise ValueError(f"{self.name}: no initial state")
        states = set(self.initial).union(*({*step.sources, step.target} for step in self.steps))
        for state in sorted(states | set(self.labels)):
            if not self.labels.get(state):
                raise ValueError(f"{self.name}: state {state!r} has no label or is unknown")
        reached, following = set[str](), set(self.initial)
        while following:
            reached |= following
            following = {step.target for step in self.steps if step.sources & reached} - reached
        if lost := sorted(set(self.labels) - reached):
            raise ValueError(f"{self.name}: nothing leads to state {', '.join(lost)}")

    def _check_steps(self) -> None:
        steps: set[tuple[str, str]] = set()
        for step in self.steps:
            for name in ("label", "sources", "address", "basis", "by", "done"):
                if not getattr(step, name):
                    raise ValueError(f"{self.name}: verb {step.verb!r} has no {name}")
            if step.is_against and not step.notes:
                raise ValueError(f"{self.name}: verb {step.verb!r} is against somebody, unreasoned")
            for source in sorted(step.sources):
                if (step.verb, source) in steps:
                    raise ValueError(
                        f"{self.name}: verb {step.verb!r} leads two ways from state {source!r}"
                    )
                steps.add((step.verb, source))
        for name, word in (("by", "permission"), ("address", "address")):
            if len({(step.verb, getattr(step, name)) for step in self.steps}) > len(self.verbs):
                raise ValueError(f"{self.name}: a verb has more than one {word}")
        if len({step.address for step in self.steps}) < len(self.verbs):
            raise ValueError(f"{self.name}: two verbs share an address")

    @property
    def verbs(self) -> Mapping[str, Step]:
        """The first step of each verb: its permission, label and address are those of all."""
        return {step.verb: step for step in reversed(self.steps)}

    def by(self, act: str) -> str:
        """The permission that an act asks for."""
        return next(step.by for step in self.steps if step.taken_by == act)

    def at(self, address: str) -> str:
        """The verb that an address names, empty where none does."""
        return next((step.verb for step in self.steps if step.address == address), "")

    def possible(self, state: str) -> tuple[Step, ...]:
        """The steps that lead out of a state, in the order declared; guards are not asked."""
        self._known(state)
        return tuple(step for step in self.steps if state in step.sources)

    def is_final(self, state: str) -> bool:
        """Whether no step leads out of the state, but perhaps one that undoes what led there."""
        return all(step.is_undoing for step in self.possible(state))

    def step(self, state: str, verb: str) -> Step | None:
        """The step of a verb in a state, None where the verb is not possible there.

        A verb that the table does not have at all is a fault of the caller: ``ValueError``.
        """
        self._known_verb(verb)
        return next((step for step in self.possible(state) if step.verb == verb), None)

    def refusals(self, state: str, verb: str, facts: Any = None) -> tuple[Refusal, ...]:
        """Every reason why the verb is not possible now; empty where it is."""
        step = self.step(state, verb)
        if step is None:
            return (
                Refusal(
                    "lifecycle.not_in_this_state",
                    msg("„{verb}“ ist im Stand „{state}“ nicht möglich."),
                    {"verb": Label(self.verbs[verb].label), "state": Label(self.labels[state])},
                ),
            )
        return tuple(refusal for guard in step.guards for refusal in guard(facts))

    def after(self, state: str, verb: str, facts: Any = None) -> str:
        """The state after the verb; raises :class:`Refused` with all reasons at once."""
        refusals = self.refusals(state, verb, facts)
        step = self.step(state, verb)
        if refusals or step is None:
            raise Refused(*refusals)
        return step.target

    def mermaid(self, label: Callable[[str], str] = lambda msgid: msgid) -> str:
        """The table as a Mermaid state diagram; ``label`` translates the labels."""
        ids = {state: f"s{number}" for number, state in enumerate(self.labels, 1)}
        lines = ["stateDiagram-v2"]
        lines += [f'    state "{_text(label(self.labels[s]))}" as {ids[s]}' for s in ids]
        lines += [f"    [*] --> {ids[state]}" for state in ids if state in self.initial]
        lines += [
            f"    {ids[state]} --> {ids[step.target]} : {_text(label(step.label))}"
            for state in ids
            for step in self.possible(state)
        ]
        lines += [f"    {ids[state]} --> [*]" for state in ids if self.is_final(state)]
        return "\n".join(lines) + "\n"

    def _known(self, state: str) -> None:
        if state not in self.labels:
            raise ValueError(f"{self.name}: unknown state {state!r}")

    def _known_verb(self, verb: str) -> None:
        if verb not in self.verbs:
            raise ValueError(f"{self.name}: unknown verb {verb!r}")


# Characters that end a label in Mermaid's grammar, as its own entity codes.
_ENTITIES = str.maketrans({"#": "#35;", '"': "#quot;", ":": "#58;", ";": "#59;", "\n": " "})


def _text(label: str) -> str:
    return label.translate(_ENTITIES)
