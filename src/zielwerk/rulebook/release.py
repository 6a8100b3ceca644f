"""The release of a programme year's rules: proposed by one person, decided by another.

A new year is a draft: nothing is done under its rules before two persons have looked at what
differs from the year before. A release is of one version; changed rules are a draft again.
"""

from dataclasses import dataclass
from enum import StrEnum

from zielwerk.rulebook.lifecycle import OWN_RULE, REASON, Lifecycle, Look, Step
from zielwerk.rulebook.refusal import Refusal, msg, msgs


class ReleaseState(StrEnum):
    """States of the release of a programme year."""

    PROPOSED = "proposed"
    RELEASED = "approved"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class ReleaseFacts:
    """``version`` is what was proposed, ``today`` what the pack says now, "" for nothing."""

    version: str
    today: str


def is_of_today(facts: ReleaseFacts) -> tuple[Refusal, ...]:
    """Released is what was looked at, not what was changed meanwhile."""
    if facts.version == facts.today:
        return ()
    params = {"version": facts.version, "today": facts.today or "–"}
    return (Refusal("programme.rules_changed", _CHANGED, params),)


_CHANGED = msg(
    "Die Regeln haben sich seit dem Vorschlag geändert (vorgeschlagen: {version}, heute: {today})."
    " Geben Sie den Vorschlag zurück; dann kann die neue Fassung vorgeschlagen werden."
)
RELEASE = Lifecycle(
    "release",
    {ReleaseState.PROPOSED},
    {
        ReleaseState.PROPOSED: msg("vorgeschlagen"),
        ReleaseState.RELEASED: msg("freigegeben"),
        ReleaseState.RETURNED: msg("zurückgegeben"),
        ReleaseState.WITHDRAWN: msg("zurückgezogen"),
    },
    (
        Step(
            verb="release",
            sources={ReleaseState.PROPOSED},
            target=ReleaseState.RELEASED,
            by="programme.release",
            label=msg("Regeln freigeben"),
            address="freigeben",
            basis=OWN_RULE,
            done=msg("Freigegeben: die Regeln des Programmjahrs {year} ({number})."),
            asks=msg(
                "Freigegeben werden die Regeln des Programmjahrs {year} in der Fassung {version}."
                " Danach kann unter ihnen gehandelt werden. Das lässt sich nicht zurücknehmen;"
                " geänderte Regeln werden neu freigegeben."
            ),
            guards=(is_of_today,),
            look=Look.PRIMARY,
            task=msgs(
                "Freigabe eines Programmjahrs ist zu entscheiden",
                "Freigaben von Programmjahren sind zu entscheiden",
            ),
        ),
        Step(
            verb="send_back",
            sources={ReleaseState.PROPOSED},
            target=ReleaseState.RETURNED,
            by="programme.send_back",
            label=msg("Zurückgeben"),
            address="zurueckgeben",
            basis=OWN_RULE,
            done=msg(
                "Zurückgegeben: die Regeln des Programmjahrs {year} ({number}). Sie bleiben ein"
                " Entwurf und können neu vorgeschlagen werden."
            ),
            notes=REASON,
            is_against=True,
        ),
        Step(
            verb="withdraw",
            sources={ReleaseState.PROPOSED},
            target=ReleaseState.WITHDRAWN,
            by="programme.withdraw_release",
            label=msg("Vorschlag zurückziehen"),
            address="zurueckziehen",
            basis=OWN_RULE,
            done=msg(
                "Zurückgezogen: die Regeln des Programmjahrs {year} ({number}). Sie bleiben ein"
                " Entwurf und können neu vorgeschlagen werden."
            ),
            asks=msg(
                "Die Regeln des Programmjahrs {year} bleiben ein Entwurf und können jederzeit neu"
                " vorgeschlagen werden."
            ),
            look=Look.TERTIARY,
            is_quiet=True,
            is_taking_back=True,
        ),
    ),
)
