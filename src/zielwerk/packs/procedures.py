"""The stages of each procedure form one chain that ends with what the procedure is for."""

from collections.abc import Iterable, Sequence

from zielwerk.packs.faults import Place, Report
from zielwerk.packs.inheritance import Raw
from zielwerk.packs.model import Document, Stage
from zielwerk.rulebook.refusal import msg

Placed = Sequence[tuple[Place, Stage]]

EFFECTS: dict[str, tuple[str, ...]] = {
    "allocation": ("allocated",),
    "recording": ("agreed", "granted"),
    "adjustment": ("ordered",),
    "publication": ("published",),
    "strategy": ("in_force",),
    "negotiation": ("settled",),
    "conclusion": ("concluded",),
    "application": ("assessed",),
    "grant": ("issued",),
    "passing": ("passed_on",),
}
"""What the last stage of each procedure may bring about; no other stage brings anything about."""
NOT_EVERYWHERE = frozenset(
    {"strategy", "negotiation", "conclusion", "application", "grant", "passing"}
)
"""Procedures that a programme may be without."""
BY_ONE = frozenset({"strategy", "negotiation", "application", "grant", "passing"})
"""Procedures whose stages ask for no second person: no money moves, nothing is public for good.

Who drafts a notice issues it only below an amount that the programme names with the notice, and
who puts a pass-on forward brings it into force only below one that it names as a parameter.
"""
TAKERS: dict[str, tuple[str, ...]] = {
    "recording": ("ministry", "authority"),
    "adjustment": ("ministry", "authority"),
    "publication": ("ministry", "authority"),
    "conclusion": ("ministry", "authority"),
    "grant": ("ministry", "authority"),
    "passing": ("body",),
}
"""Who may take the stages of a procedure, where not everybody may."""
NEEDED: dict[str, tuple[str, ...]] = {
    "allocation": ("allocation_computed", "allocation_covered"),
    "publication": ("publication_without_names",),
    "strategy": ("strategy_free",),
    "negotiation": ("negotiation_decided",),
    "application": ("application_answered",),
    "conclusion": ("conclusion_signed", "conclusion_allocated", "conclusion_number"),
    "grant": ("grant_sound", "grant_covered"),
    "passing": ("passing_sound", "passing_checked", "passing_covered"),
}
"""What the last stage of a procedure has to ask, whatever its programme says besides."""
LEAST = {
    "allocation": 2,
    "recording": 2,
    "publication": 2,
    "conclusion": 2,
    "grant": 2,
    "passing": 2,
}
"""What nobody brings about on her own word alone has at least so many stages."""


def in_order(placed: Placed, deadlines: Iterable[str], report: Report) -> list[tuple[Place, Stage]]:
    """All stages by procedure, each in the order in which they follow each other."""
    known = tuple(deadlines)
    ordered: list[tuple[Place, Stage]] = []
    for procedure in EFFECTS:
        of_procedure = [each for each in placed if each[1].procedure == procedure]
        if not of_procedure and procedure in NOT_EVERYWHERE:
            continue
        if placed and not of_procedure:
            report.add(placed[0][0], "procedure", _MISSING, value=procedure)
            continue
        stages = chain(of_procedure, report)
        _check(procedure, stages, report)
        ordered += stages
    for place, stage in placed:
        if stage.deadline and stage.deadline not in known:
            params = {"value": stage.deadline, "choices": ", ".join(known) or "–"}
            report.add(place, "deadline", _UNKNOWN_DEADLINE, **params)
        for guard in stage.guards:
            if not guard.startswith(f"{stage.procedure}_"):
                report.add(place, "guards", _FOREIGN_GUARD, near=guard, value=guard)
    return ordered


def _check(procedure: str, stages: Placed, report: Report) -> None:
    """Only the last stage has an effect, one of the procedure; money needs a second person."""
    if not stages:
        return
    place, last = stages[-1]
    if last.effect not in EFFECTS[procedure]:
        choices = ", ".join(EFFECTS[procedure])
        report.add(place, "effect", _WRONG_EFFECT, value=last.effect, choices=choices)
    for guard in NEEDED.get(procedure, ()):
        if guard not in last.guards:
            report.add(place, "guards", _NO_GUARD, value=guard)
    for early, stage in stages[:-1]:
        if stage.effect != "none":
            report.add(early, "effect", _EARLY_EFFECT, value=stage.effect)
    for at, stage in stages:
        takers = TAKERS.get(procedure, (stage.side,))
        if stage.side not in takers:
            params = {"value": stage.side, "choices": ", ".join(takers)}
            report.add(at, "side", _WRONG_SIDE, **params)
    if len(stages) < LEAST.get(procedure, 1):
        report.add(place, "after", _TOO_FEW, value=procedure, least=LEAST[procedure])
    if procedure not in BY_ONE and not last.four_eyes:
        sentence = _ONE_RELEASES if procedure == "publication" else _ONE_PERSON
        report.add(place, "four_eyes", sentence)
    if procedure == "negotiation" and len(stages) > 1 and stages[0][1].side == stages[1][1].side:
        report.add(stages[1][0], "side", _SAME_SIDE, value=stages[1][1].side)


def check_document(stages: Sequence[Raw], document: Document, report: Report) -> None:
    """A notice of one side grants money, an agreement of several agrees on it.

    The stages are as a year states them, since it is the programme that states the document.
    """
    effect = "granted" if len(document.sides) == 1 else "agreed"
    for place, stage in stages:
        stated = stage.get("effect")
        if stated in EFFECTS["recording"] and stated != effect:
            params = {"value": stated, "sides": ", ".join(document.sides), "choices": effect}
            report.add(place, "effect", _OTHER_SIDES, **params)


def chain(placed: Placed, report: Report) -> list[tuple[Place, Stage]]:
    """The stages of one procedure in the order in which they follow each other.

    What breaks the chain becomes a fault: a code twice, an unknown step before, two
    beginnings, two steps after the same one, a circle. Then the order means nothing.
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
    return order


def _followers(
    placed: Placed, stages: dict[str, tuple[Place, Stage]], report: Report
) -> dict[str, tuple[Place, Stage]] | None:
    """The stage after each code ("" before the first); None where a fault was noted."""
    followers: dict[str, tuple[Place, Stage]] = {}
    sound = True
    for place, stage in placed:
        if stage.after and stage.after not in stages:
            choices = ", ".join(code for code in stages if code != stage.code) or "–"
            report.add(place, "after", _UNKNOWN, value=stage.after, choices=choices)
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


_TWICE = msg(
    "{file}, Zeile {line}, {field}: „{value}“ gibt es schon, zuerst in {first_file}, Zeile"
    " {first_line}."
)
_UNKNOWN = msg(
    "{file}, Zeile {line}, {field}: Einen Schritt „{value}“ gibt es nicht; möglich sind: {choices}."
)
_NO_GUARD = msg("{file}, Zeile {line}, {field}: Die letzte Stufe muss auch „{value}“ prüfen.")
_TWO_BEGINNINGS = msg(
    "{file}, Zeile {line}, {field}: Das Verfahren beginnt schon mit dem Schritt in"
    " {first_file}, Zeile {first_line}."
)
_TWO_AFTER = msg(
    "{file}, Zeile {line}, {field}: Auf „{value}“ folgt schon der Schritt in {first_file},"
    " Zeile {first_line}."
)
_CIRCLE = msg("{file}, Zeile {line}, {field}: Die Schritte laufen im Kreis: {circle}.")
_MISSING = msg("{file}, Zeile {line}, {field}: Das Verfahren „{value}“ hat keine Stufe.")
_UNKNOWN_DEADLINE = msg(
    "{file}, Zeile {line}, {field}: Eine Frist „{value}“ gibt es nicht; möglich sind: {choices}."
)
_FOREIGN_GUARD = msg("{file}, Zeile {line}, {field}: „{value}“ gehört zu einem anderen Verfahren.")
_WRONG_EFFECT = msg(
    "{file}, Zeile {line}, {field}: Die letzte Stufe bewirkt „{value}“; möglich sind: {choices}."
)
_WRONG_SIDE = msg(
    "{file}, Zeile {line}, {field}: Diese Stufe nimmt nicht „{value}“; möglich sind: {choices}."
)
_OTHER_SIDES = msg(
    "{file}, Zeile {line}, {field}: „{value}“ passt nicht zu den Seiten des Dokuments in"
    " programme.toml ({sides}); möglich ist: {choices}."
)
_EARLY_EFFECT = msg(
    "{file}, Zeile {line}, {field}: Nur die letzte Stufe bewirkt etwas, diese „{value}“."
)
_TOO_FEW = msg("{file}, Zeile {line}, {field}: „{value}“ braucht mindestens {least} Stufen.")
_SAME_SIDE = msg(
    "{file}, Zeile {line}, {field}: Wer den Entwurf übersendet, beantwortet ihn nicht selbst"
    " („{value}“)."
)
_ONE_PERSON = msg(
    "{file}, Zeile {line}, {field}: Geld bewegt nur eine zweite Person (four_eyes = true)."
)
_ONE_RELEASES = msg(
    "{file}, Zeile {line}, {field}: Öffentlich macht nur eine zweite Person (four_eyes = true)."
)
