"""The strategy of a programme, its procedure and its regional actors fit each other."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from zielwerk.packs.faults import Place, Report
from zielwerk.packs.inheritance import Raw
from zielwerk.packs.model import Programme
from zielwerk.rulebook.refusal import msg

PROCEDURE = "strategy"


def check_programme(programme: Programme, place: Place, report: Report) -> None:
    """Who asks for strategies says what their file numbers begin with, and nobody else does."""
    codes = {procedure.code for procedure in programme.procedures}
    if programme.strategy and PROCEDURE not in codes:
        report.add(place, "strategy", _NO_PREFIX)
    if PROCEDURE in codes and programme.strategy is None:
        report.add(place, "procedure", _NO_STRATEGY)
    if charter := programme.strategy:
        stages = (charter.reminder_days, *charter.reminded_again)
        if any(later >= before for before, later in pairwise(stages)):
            report.add(place, "reminded_again", _NOT_FEWER)


def check_year(tables: Mapping[str, Sequence[Raw]], programme: Programme, report: Report) -> None:
    """Stages and actors of a strategy stand where the programme has one; actors for known facts.

    The entries are as the year states them, since it is the programme that states the rest.
    """
    stages = [raw for raw in tables["stage"] if raw[1].get("procedure") == PROCEDURE]
    actors = tables["regional_actor"]
    if programme.strategy is None:
        for place, _ in (*stages, *actors):
            report.add(place, "code", _NO_STRATEGY)
    elif actors and not stages:
        report.add(actors[0][0], "code", _NO_STAGE)
    facts = [fact.code for fact in programme.body_facts]
    for place, actor in actors:
        if (fact := actor.get("per")) and fact not in facts:
            params = {"value": fact, "choices": ", ".join(facts) or "–"}
            report.add(place, "per", _NO_FACT, near=str(fact), **params)


_NO_PREFIX = msg(
    "{file}, Zeile {line}, {field}: Zu einer Strategie gehört das Verfahren „strategy“"
    " ([[procedure]] mit code und prefix)."
)
_NOT_FEWER = msg(
    "{file}, Zeile {line}, {field}: Noch einmal erinnert wird später: Jede Zahl ist kleiner als die"
    " davor, die erste kleiner als reminder_days."
)
_NO_STRATEGY = msg(
    "{file}, Zeile {line}, {field}: Das Programm kennt keine Strategie ([strategy] in"
    " programme.toml)."
)
_NO_STAGE = msg(
    "{file}, Zeile {line}, {field}: Regionale Akteure gibt es nur, wo das Verfahren „strategy“"
    " Stufen hat ([[stage]])."
)
_NO_FACT = msg(
    "{file}, Zeile {line}, {field}: Eine Angabe „{value}“ gibt es nicht ([[body_fact]]); möglich"
    " sind: {choices}."
)
