"""Acts on the state's budget: from its draft to the end of its year."""

import json
from collections.abc import Mapping
from datetime import date
from urllib.parse import parse_qs, urlsplit

from tests.journeys import pages
from tests.journeys.year.acts.tables import bring_in
from tests.journeys.year.model import Line
from tests.journeys.year.walk import Walk, confirm, form_at, written
from zielwerk.budget import actions as budget
from zielwerk.packs import loading as packs

BASIS = "Haushaltsgesetz und Erlass des Finanzministeriums"


def appropriate(walk: Walk, verb: str, line: Line, cents: int, **more: str) -> str:
    """Enter a verb of the budget: the form, what would be booked, and yes to that; its number."""
    client, door = walk.officer, f"/arbeit/haushalt/{verb}"
    typed = {
        "year": str(line.year),
        **chosen(form_at(client, door), line),
        "amount": written(cents),
        "value_date": f"{max(walk.now.date(), date(line.year, 1, 1)):%d.%m.%Y}",
        "basis": BASIS,
    }
    there = confirm(client, door, {**typed, **more})
    return parse_qs(urlsplit(there).query)["akte"][0]


def chosen(form: pages.Form, line: Line) -> dict[str, str]:
    """A line as the form takes it: chosen where the books know it, else made new."""
    known = code_of(line)
    if known in form.choices["line"]:
        return {"line": known}
    new = {"budget_line": line.code, "source": line.source, "earmark": line.earmark}
    return {"line": "new", **new}


def code_of(line: Line) -> str:
    return json.dumps(list(line[1:]), ensure_ascii=False)


def draft(walk: Walk, line: Line, cents: int) -> None:
    appropriate(walk, "veranschlagen", line, cents)
    walk.notes.estimate(line, cents)


def go_on_provisionally(walk: Walk, line: Line, cents: int) -> None:
    appropriate(walk, "vorlaeufig", line, cents)
    walk.notes.provide_provisionally(line, cents)


def enact(walk: Walk, line: Line, cents: int) -> None:
    appropriate(walk, "inkraftsetzen", line, cents)
    walk.notes.enact(line, cents)


def authorise(walk: Walk, line: Line, due: int, cents: int) -> None:
    appropriate(walk, "ermaechtigen", line, cents, due_year=str(due))
    walk.notes.authorise(line, due, cents)


def supplement(walk: Walk, line: Line, cents: int) -> None:
    appropriate(walk, "nachtrag", line, cents)
    walk.notes.supplement(line, cents)


def cut(walk: Walk, line: Line, cents: int) -> None:
    appropriate(walk, "kuerzen", line, cents)
    walk.notes.cut(line, cents)


def block(walk: Walk, line: Line, cents: int) -> None:
    appropriate(walk, "sperren", line, cents)
    walk.notes.block(line, cents)


def release(walk: Walk, line: Line, cents: int) -> None:
    appropriate(walk, "freigeben", line, cents)
    walk.notes.release(line, cents)


def cut_authority(walk: Walk, line: Line, due: int, cents: int) -> None:
    appropriate(walk, "ermaechtigung-kuerzen", line, cents, due_year=str(due))
    walk.notes.cut_authority(line, due, cents)


def block_authority(walk: Walk, line: Line, due: int, cents: int) -> None:
    appropriate(walk, "ermaechtigung-sperren", line, cents, due_year=str(due))
    walk.notes.block_authority(line, due, cents)


def release_authority(walk: Walk, line: Line, due: int, cents: int) -> None:
    appropriate(walk, "ermaechtigung-freigeben", line, cents, due_year=str(due))
    walk.notes.release_authority(line, due, cents)


def redeem_from(walk: Walk, line: Line, due: int, payer: Line, cents: int) -> None:
    """Another line pays what one had promised that is gone."""
    door = "/arbeit/haushalt/einloesen"
    typed = {
        "consumed": f"{line.year}:{due}:{code_of(line)}",
        "line": code_of(payer),
        "amount": written(cents),
        "value_date": f"{walk.now:%d.%m.%Y}",
        "basis": "im Haushaltsplan umbenannt",
    }
    confirm(walk.officer, door, typed)
    walk.notes.redeem_from(line, due, payer, cents)


def supplement_by_mistake(walk: Walk, line: Line, cents: int) -> None:
    """Entered twice as much as was meant, and taken back by two persons."""
    first = len(walk.notes.journal)
    number = appropriate(walk, "nachtrag", line, cents)
    walk.notes.supplement(line, cents)
    last = len(walk.notes.journal)
    door = "/arbeit/haushalt/berichtigungen/neu"
    said = {"vorgang": number, "begruendung": "doppelt gebucht"}
    page = pages.press(walk.officer, door, door, **said)
    pages.take(walk.at_desk(walk.cast.head), page, "bestaetigen")
    walk.notes.undo(first, last)


def consume(walk: Walk, line: Line, due: int, cents: int) -> None:
    """A notice outside these books promises money of a later year; there is no page for it."""
    of = budget.Line(walk.programme, *line)
    used = budget.Consumption(of, due, cents, walk.now.date(), f"Altbestand-{line.year}")
    budget.consume(walk.cast.officer, used, at=walk.now)
    walk.notes.consume(line, due, cents)


def close_year(walk: Walk, year: int, carried: Mapping[tuple[Line, int], int]) -> None:
    """Close a budget year with consents, typed beside what the page says is left."""
    typed = {"basis": "Erlass zum Jahresabschluss"}
    for number, (line, serves, _) in enumerate(walk.notes.left(year)):
        if consented := carried.get((line, serves)):
            typed[f"consent{number}"] = written(consented)
    confirm(walk.officer, f"/arbeit/haushalt/{year}/abschliessen", typed)
    walk.notes.close_year(year, carried)


def bring_in_draft(walk: Walk, amounts: Mapping[Line, int]) -> None:
    """Next year's draft comes as a table."""
    rows: list[list[object]] = [
        ["Art", "Haushaltsjahr", "Haushaltsstelle", "Mittelherkunft", "Zweckbindung", "Betrag"]
    ]
    for line, cents in amounts.items():
        rules = packs.load(walk.programme, line.year)
        source = next(one.label for one in rules.money_sources if one.code == line.source)
        purposes = [one.label for one in rules.earmarks if one.code == line.earmark]
        purpose = purposes[0] if purposes else ""
        rows.append(["Entwurf", line.year, line.code, source, purpose, written(cents)])
        walk.notes.estimate(line, cents)
    day = f"01.01.{next(iter(amounts)).year}"
    bring_in(walk, "haushalt", rows, value_date=day, basis="Haushaltsentwurf")
