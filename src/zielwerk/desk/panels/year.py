"""A programme year as its page, its map and its file show it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import get_language, gettext

from zielwerk.core.ui.charts import Tile
from zielwerk.desk.queries import BodyYear
from zielwerk.language import value_text
from zielwerk.packs import loading as packs
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.refusal import msg
from zielwerk.rulebook.tasks import PROGRESS_LABELS, Asked, Progress, Task
from zielwerk.tables import Cell

KINDS = {
    Progress.NOTHING: "neutral",
    Progress.ALLOCATED: "info",
    Progress.RECORDING: "info",
    Progress.RECORDED: "success",
    Progress.PUBLISHED: "success",
}
ON_TILES = {  # up to eleven letters
    Progress.NOTHING: msg("offen"),
    Progress.ALLOCATED: msg("zugewiesen"),
    Progress.RECORDING: msg("Erfassung"),
    Progress.RECORDED: msg("erfasst"),
    Progress.PUBLISHED: msg("öffentlich"),
}


@dataclass(frozen=True)
class Step:
    """Something that comes next, with the organisations that are asked by their names."""

    task: Task
    asked: str


@dataclass(frozen=True)
class Row:
    """A body's year, dressed for the table; ``url`` leads to its agreement, if there is one."""

    at: BodyYear
    state: str
    kind: str
    steps: tuple[Step, ...]
    url: str


def organisations(programme: str) -> dict[Asked, str]:
    """Who can be asked, by the names that the programme uses."""
    known = packs.programme(programme)
    return {
        Asked.MINISTRY: known.ministry_short,
        Asked.BODY: gettext("Gebietskörperschaft"),
        Asked.AUTHORITY: known.granting_authority,
    }


def rows(programme: str, year: int, found: Sequence[BodyYear]) -> list[Row]:
    names = organisations(programme)
    return [
        Row(
            one,
            gettext(PROGRESS_LABELS[one.progress]),
            KINDS[one.progress],
            tuple(Step(task, _named(task, names)) for task in one.tasks),
            _address(one, year),
        )
        for one in found
    ]


def _named(task: Task, names: dict[Asked, str]) -> str:
    return ", ".join(names[one] for one in task.asked)


def _address(one: BodyYear, year: int) -> str:
    return reverse("desk:case", args=[year, one.body.ags]) if one.facts.is_recorded else ""


def tiles(year: int, found: Sequence[BodyYear]) -> list[Tile]:
    """How far each body's year has come, 0 (nothing) to 4 (published), where it lies."""
    return [
        Tile(
            *one.body.tile,
            short=one.body.ags,
            name=one.body.name,
            value=list(Progress).index(one.progress),
            text=gettext(ON_TILES[one.progress]),
            url=_address(one, year),
        )
        for one in found
        if one.body.tile
    ]


def headings() -> list[str]:
    return [
        "AGS",
        gettext("Gebietskörperschaft"),
        gettext("Art"),
        gettext("Stand"),
        gettext("Zugewiesen"),
        gettext("Vereinbart"),
        gettext("Differenz"),
        gettext("Ungedeckt"),
        gettext("Maßnahmen"),
        gettext("Mit Durchführung"),
        gettext("Ausgabe"),
        gettext("Was ansteht"),
        gettext("Wer gefragt ist"),
        gettext("Nächste Frist"),
        gettext("Überfällig"),
    ]


def cells(shown: Sequence[Row]) -> Iterator[list[Cell]]:
    """The rows of the file, one a body, in the order of :func:`headings`."""
    for row in shown:
        facts, steps = row.at.facts, row.steps
        named = dict.fromkeys(step.asked for step in steps)
        yield [
            *(row.at.body.ags, row.at.body.name, gettext(row.at.body.kind), row.state),
            *(Cents(facts.given_cents), Cents(facts.agreed_cents)),
            *(Cents(facts.difference_cents), Cents(facts.uncovered_cents)),
            *(row.at.measures, row.at.carried_out, row.at.edition or None),
            *("; ".join(_said(step) for step in steps), "; ".join(named), row.at.due),
            gettext("ja") if row.at.is_late else gettext("nein"),
        ]


def _said(step: Step) -> str:
    label = gettext(step.task.label)
    return label if step.task.due is None else f"{label} ({until(step.task.due)})"


def until(day: date) -> str:
    return gettext("bis {day}").format(day=value_text(day, (get_language() or "de")[:2]))
