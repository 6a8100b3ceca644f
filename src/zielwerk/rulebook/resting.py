"""A text on which something rests, such as the conclusion under which people sign it."""

from typing import Protocol

from zielwerk.rulebook.refusal import Refusal, msg


class Resting(Protocol):
    """What the guard looks at: the number of what rests on the text, empty where nothing does."""

    @property
    def resting(self) -> str: ...


def nothing_rests_on_it(facts: Resting) -> tuple[Refusal, ...]:
    """A text under which people sign stays as it is until that is given up."""
    if not facts.resting:
        return ()
    return (Refusal("negotiation.rests_on_it", RESTS_ON_IT, {"number": facts.resting}),)


RESTS_ON_IT = msg(
    "Auf diesem Text beruht {number}. Solange das gilt, bleibt er, wie er ist; ein Abschluss, der "
    "noch läuft, lässt sich vorher abbrechen."
)
