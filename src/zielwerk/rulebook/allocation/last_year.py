"""What counts as a body's amount of the year before: a rule that no public text states.

It stands beside every new amount and is what the greatest change is measured against.
"""

from collections.abc import Mapping, Sequence
from typing import Literal

from zielwerk.rulebook.refusal import msg

LastYear = Literal["held", "first_decided", "last_decided"]

LAST_YEAR_LABELS: Mapping[LastYear, str] = {
    "held": msg("was im Programmjahr davor in den Büchern zugewiesen ist"),
    "first_decided": msg("was für das Programmjahr davor zuerst entschieden wurde"),
    "last_decided": msg("was für das Programmjahr davor zuletzt entschieden wurde"),
}


def last_year_amounts(
    rule: LastYear, held: Mapping[str, int], decisions: Sequence[Mapping[str, int]]
) -> dict[str, int]:
    """The amount of the year before of each body that has one, in cents by AGS.

    ``held`` is what the books say, ``decisions`` what was decided, the first one first. A body
    over which nobody decided has what the books say.
    """
    if rule == "held":
        return dict(held)
    amounts = dict(held)
    for decided in decisions if rule == "last_decided" else reversed(decisions):
        amounts |= decided
    return amounts
