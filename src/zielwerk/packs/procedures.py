"""The steps of a procedure form one chain: no gap, no fork, no circle."""

from collections.abc import Sequence

from zielwerk.packs.faults import Place, Report
from zielwerk.packs.model import Stage
from zielwerk.rulebook.refusal import msg

Placed = Sequence[tuple[Place, Stage]]

FIRST, LAST = "propose", "decide"


def chain(placed: Placed, report: Report) -> list[tuple[Place, Stage]]:
    """The stages of one procedure in the order in which they follow each other.

    What breaks the chain becomes a fault: a code twice, an unknown step before, two
    beginnings, two steps after the same one, a circle, another first or last step than the
    procedure has. Then the order means nothing.
    """
    by_code: dict[str, tuple[Place, Stage]] = {}
    for place, stage in placed:
        earlier, _ = by_code.setdefault(stage.code, (place, stage))
        if earlier is not place:
            report.add(place, "code", _TWICE, value=stage.code, **earlier.as_first("code"))
            return []
    followers = _followers(placed, by_code, report)
    if followers is None:
        return []
    order: list[tuple[Place, Stage]] = []
    code = ""
    while code in followers:
        order.append(followers[code])
        code = order[-1][1].code
    if len(order) < len(placed):
        _tell_circle(placed, order, report)
        return []
    if order:
        _check_ends(order, report)
    return order


def _followers(
    placed: Placed, stages: dict[str, tuple[Place, Stage]], report: Report
) -> dict[str, tuple[Place, Stage]] | None:
    """The stage after each code ("" before the first); None where a fault was noted."""
    followers: dict[str, tuple[Place, Stage]] = {}
    sound = True
    for place, stage in placed:
        if stage.after and stage.after not in stages:
            report.add(place, "after", _UNKNOWN, value=stage.after)
            sound = False
        earlier, _ = followers.setdefault(stage.after, (place, stage))
        if earlier is not place:
            sentence = _TWO_AFTER if stage.after else _TWO_BEGINNINGS
            report.add(place, "after", sentence, value=stage.after, **earlier.as_first("code"))
            sound = False
    return followers if sound else None


def _tell_circle(placed: Placed, order: Placed, report: Report) -> None:
    """Each stage has one before it and none two after it, so what is not reached goes round."""
    reached = {stage.code for _, stage in order}
    before: dict[str, str] = {
        stage.code: stage.after for _, stage in placed if stage.code not in reached
    }
    place, start = next((place, stage) for place, stage in placed if stage.code not in reached)
    circle: list[str] = [start.code]
    while before[circle[0]] != start.code:
        circle.insert(0, before[circle[0]])
    report.add(place, "after", _CIRCLE, circle=" → ".join((*circle[-1:], *circle)))


def _check_ends(order: Placed, report: Report) -> None:
    (first, beginning), (last, end) = order[0], order[-1]
    if beginning.code != FIRST:
        report.add(first, "code", _WRONG_FIRST, value=beginning.code, wanted=FIRST)
    if end.code != LAST:
        report.add(last, "code", _WRONG_LAST, value=end.code, wanted=LAST)


_TWICE = msg(
    "{file}, Zeile {line}, {field}: „{value}“ gibt es schon, zuerst in {first_file}, Zeile"
    " {first_line}."
)
_UNKNOWN = msg("{file}, Zeile {line}, {field}: Einen Schritt „{value}“ gibt es nicht.")
_TWO_BEGINNINGS = msg(
    "{file}, Zeile {line}, {field}: Das Verfahren beginnt schon mit dem Schritt in"
    " {first_file}, Zeile {first_line}."
)
_TWO_AFTER = msg(
    "{file}, Zeile {line}, {field}: Auf „{value}“ folgt schon der Schritt in {first_file},"
    " Zeile {first_line}."
)
_CIRCLE = msg("{file}, Zeile {line}, {field}: Die Schritte laufen im Kreis: {circle}.")
_WRONG_FIRST = msg(
    "{file}, Zeile {line}, {field}: Der erste Schritt ist „{value}“, er muss „{wanted}“ sein."
)
_WRONG_LAST = msg(
    "{file}, Zeile {line}, {field}: Der letzte Schritt ist „{value}“, er muss „{wanted}“ sein."
)
