"""A procedure: the stages that a programme declares, made into the path that a case walks.

A programme says which stages there are, who takes them, what they rest on and what the last one
brings about. Code says the rest in a :class:`Frame`: where a case begins, the ways back and out,
the guards by name, and what it means to take the first stage, one in between and the last.
The state of a case is the code of the stage it has passed, after the last one its effect.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Protocol

from zielwerk.rulebook.alphabet import hyphenated
from zielwerk.rulebook.lifecycle import OWN_RULE, Guard, Lifecycle, Step
from zielwerk.rulebook.refusal import msg


class Stage(Protocol):
    """A stage as a programme declares it, see :class:`zielwerk.packs.model.Stage`."""

    @property
    def code(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def side(self) -> str: ...
    @property
    def four_eyes(self) -> bool: ...
    @property
    def notes(self) -> str: ...
    @property
    def basis(self) -> str: ...
    @property
    def deadline(self) -> str: ...
    @property
    def guards(self) -> Sequence[str]: ...
    @property
    def effect(self) -> str: ...


@dataclass(frozen=True)
class Declared:
    """A stage for a path that no programme declares: in tests, diagrams and worked examples."""

    code: str
    label: str
    state: str
    side: str = "ministry"
    four_eyes: bool = False
    notes: str = ""
    basis: str = ""
    deadline: str = ""
    guards: tuple[str, ...] = ()
    effect: str = "none"


@dataclass(frozen=True, eq=False)
class Frame:
    """The part of a procedure that is the same for every programme.

    ``initial`` is the state in which a case begins, ``labels`` are the states beside the
    stages' own. ``begin``, ``between`` and ``ends`` (by effect) are the steps of the first
    stage, of those in between and of the last; their verb is the act that takes them. With one
    stage alone that is the last. ``ways`` lead back, round and out: sources of :data:`UNDER_WAY`
    stand for every state between the first stage and the last, :data:`BEGUN` for the first of
    them, :data:`LATER` for the others; one that leads to :data:`BEGUN` leads to the beginning
    where there is one stage alone. A way whose side is :data:`WHOSE_TURN` is taken by the side
    that is asked for the next stage, :data:`FIRST` and :data:`SECOND` are the sides of the first
    two stages, :data:`LAST` is that of the last. A way from a state that no programme's stages
    lead to is left out. ``guards`` are the rules that a programme may name beside those that a
    step always asks. Where a case ``begins_with_stage``, that is taken in the moment in which the
    case is made: nothing leads out of the beginning but where a way leads back to it.
    """

    name: str
    initial: str
    labels: Mapping[str, str]
    ends: Mapping[str, Step]
    guards: Mapping[str, Guard]
    begin: Step | None = None
    between: Step | None = None
    ways: tuple[Step, ...] = ()
    begins_with_stage: bool = False

    def by(self, act: str) -> str:
        """The permission that an act asks for."""
        return self.acts[act]

    @property
    def acts(self) -> Mapping[str, str]:
        """The permission that each act asks for."""
        steps = (*self.ends.values(), *self.ways, self.begin, self.between)
        return {step.verb: step.by for step in steps if step}

    def lifecycle(self, stages: Sequence[Stage]) -> Lifecycle:
        """The path of a case through these stages; made once for the same ones."""
        return _lifecycle(self, tuple(stages))

    def made_of(self, stages: Sequence[Stage]) -> Lifecycle:
        """The path of a case through these stages, in their order.

        Raises ``ValueError`` for stages that no check of a pack would let through.
        """
        if not stages or stages[-1].effect not in self.ends:
            raise ValueError(f"{self.name}: the last stage brings about nothing")
        states = [stage.code for stage in stages[:-1]] + [stages[-1].effect]
        before = [self.initial, *states[:-1]]
        steps = [
            self._step(stage, place, len(stages), source, target)
            for place, (stage, source, target) in enumerate(
                zip(stages, before, states, strict=True)
            )
        ]
        turns = dict(zip((*before, states[-1]), (*stages, stages[-1]), strict=True))
        ways = [way for step in self.ways for way in self._ways(step, before[1:], turns)]
        ways = _reached(ways, {self.initial, *states})
        back = [way for way in ways if way.target == self.initial and not way.is_undoing]
        if self.begins_with_stage and not back:
            ways = [way for way in ways if self.initial not in {way.target, *way.sources}]
        reached = {way.target for way in ways}
        declared = {state: stage.state for state, stage in zip(states, stages, strict=True)}
        beside = {
            name: label
            for name, label in self.labels.items()
            if name != self.initial and name in reached
        }
        return Lifecycle(
            self.name,
            {self.initial},
            {self.initial: self.labels[self.initial], **declared, **beside},
            (*steps, *ways),
        )

    def _step(self, stage: Stage, place: int, count: int, source: str, target: str) -> Step:
        is_last = place == count - 1
        kind = self.ends[stage.effect] if is_last else (self.between if place else self.begin)
        if kind is None:
            raise ValueError(f"{self.name}: there can be no stage {stage.code!r} before the last")
        is_between = bool(place) and not is_last
        return replace(
            kind,
            verb=stage.code,
            act=kind.verb,
            sources={source},
            target=target,
            label=stage.label,
            address=address_of(stage.label) if is_between else kind.address,
            basis=stage.basis or OWN_RULE,
            guards=(*kind.guards, *(self.guards[name] for name in stage.guards)),
            side=stage.side,
            four_eyes=stage.four_eyes,
            notes=stage.notes,
            deadline=stage.deadline,
        )

    def _ways(
        self, step: Step, under_way: Sequence[str], turns: Mapping[str, Stage]
    ) -> Iterator[Step]:
        """A way back or out, once for each side that may take it; none without a source."""
        sources = set(step.sources)
        for mark, states in {
            UNDER_WAY: under_way,
            BEGUN: under_way[:1],
            LATER: under_way[1:],
        }.items():
            if mark in sources:
                sources = (sources - {mark}) | set(states)
        target = step.target
        if target == BEGUN:
            target = under_way[0] if under_way else self.initial
        if not sources:
            return
        step = replace(step, sources=sources, target=target)
        if step.side in PLACES:
            stages = list(turns.values())
            yield replace(step, side=stages[PLACES[step.side]].side)
        elif step.side == WHOSE_TURN:
            for side in dict.fromkeys(stage.side for stage in turns.values()):
                of_side = {source for source in sources if turns[source].side == side}
                if of_side:
                    yield replace(step, sources=of_side, side=side)
        else:
            yield step


def _reached(ways: Sequence[Step], states: set[str]) -> list[Step]:
    """The ways that begin in a state which stages or other ways lead to."""
    known, before = set(states), set[str]()
    while known != before:
        before = set(known)
        known |= {way.target for way in ways if way.sources & known}
    return [replace(way, sources=way.sources & known) for way in ways if way.sources & known]


@lru_cache(maxsize=256)
def _lifecycle(frame: Frame, stages: tuple[Stage, ...]) -> Lifecycle:
    return frame.made_of(stages)


NOTED_TO_STAY = msg(
    "Was hier vermerkt wird, steht danach bei {number} und wird nicht mehr geändert, nur mit "
    "einer Rückgabe verworfen."
)
"""What a stage between the first and the last asks before it is taken."""
TAKEN_BACK = msg(
    "{number} wartet dann auf niemanden mehr und kann geändert und neu vorgelegt werden. Das geht, "
    "solange niemand entschieden hat."
)
"""What whoever put a case forward is asked before she takes it back."""
UNDER_WAY = "*"
"""Among the sources of a way: every state after the first stage and before the last."""
BEGUN, LATER = "+", ">"
"""The state after the first stage, and every one after that and before the last."""
WHOSE_TURN = "*"
"""As the side of a way: whoever is asked for the next stage, after the last who took that."""
FIRST, SECOND, LAST = "1", "2", "-1"
"""As the side of a way: whoever takes the first stage, the second, or the last."""
PLACES = {FIRST: 0, SECOND: 1, LAST: -1}


def address_of(label: str) -> str:
    """The label of a stage as a word of addresses: "Beirat hören" is "beirat-hoeren"."""
    return hyphenated(label) or "stufe"
