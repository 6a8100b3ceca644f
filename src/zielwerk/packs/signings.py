"""Who signs fits the programme: its sides, its kinds of bodies, and what is concluded in it."""

from collections.abc import Mapping, Sequence

from zielwerk.packs.checks import UNKNOWN
from zielwerk.packs.faults import Place, Report
from zielwerk.packs.inheritance import Raw
from zielwerk.packs.model import Programme
from zielwerk.rulebook.refusal import msg

PROCEDURE = "conclusion"


def check_year(
    tables: Mapping[str, Sequence[Raw]], programme: Programme, head: Place, report: Report
) -> None:
    """Where documents are concluded it is known who signs for whoever is no body.

    How a body signs may be unknown: then it is asked for once. The entries are as the year
    states them, since it is the programme that states the document.
    """
    sides = programme.document.sides
    kinds = [kind.code for kind in programme.body_kinds]
    for place, entry in tables["signing"]:
        side, kind = entry.get("side"), entry.get("body_kind", "")
        if side not in sides:
            report.add(place, "side", _NO_SIDE, value=side, choices=", ".join(sides))
        if kind and side != "body":
            report.add(place, "body_kind", _NO_KIND)
        elif kind and kind not in kinds:
            params = {"value": kind, "choices": ", ".join(kinds) or "–"}
            report.add(place, "body_kind", UNKNOWN, near=str(kind), **params)
    stages = [place for place, entry in tables["stage"] if entry.get("procedure") == PROCEDURE]
    if not stages:
        return
    if not any(entry.get("procedure") == "negotiation" for _, entry in tables["stage"]):
        report.add(stages[0], "procedure", _NOT_NEGOTIATED)
    known = {entry.get("side") for _, entry in tables["signing"]}
    for side in sides:
        if side != "body" and side not in known:
            report.add(head, "signing", _NOBODY_SIGNS, value=side)


_NO_SIDE = msg(
    "{file}, Zeile {line}, {field}: „{value}“ unterschreibt das Schriftstück nicht; möglich sind:"
    " {choices}."
)
_NO_KIND = msg(
    '{file}, Zeile {line}, {field}: Eine Art gibt es nur bei Gebietskörperschaften (side = "body").'
)
_NOT_NEGOTIATED = msg(
    "{file}, Zeile {line}, {field}: Abgeschlossen wird nur, worüber verhandelt wurde: Das Verfahren"
    " „negotiation“ hat keine Stufe."
)
_NOBODY_SIGNS = msg(
    "{file}, Zeile {line}, {field}: Wer für „{value}“ unterschreibt, fehlt ([[signing]])."
)
