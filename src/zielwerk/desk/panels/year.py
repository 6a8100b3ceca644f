"""A programme year on its page, its map and in its file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import get_language, gettext

from zielwerk.core.ui import bodies
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
    """A next task, with the names of the organisations that are asked."""

    task: Task
    asked: str


@dataclass(frozen=True)
class Row:
    """A body's year with labels for the table; ``url`` leads to its agreement, if there is one."""

    body_year: BodyYear
    state: str
    kind: str
    steps: tuple[Step, ...]
    url: str


def organisations(programme: str) -> dict[Asked, str]:
    """The organisations that can be asked, by their names in the programme."""
    rules = packs.programme(programme)
    return {
        Asked.MINISTRY: rules.ministry_short,
        Asked.BODY: gettext("Gebietskörperschaft"),
        Asked.AUTHORITY: rules.granting_authority,
    }


def rows(programme: str, year: int, body_years: Sequence[BodyYear]) -> list[Row]:
    names = organisations(programme)
    return [
        Row(
            body_year,
            gettext(PROGRESS_LABELS[body_year.progress]),
            KINDS[body_year.progress],
            tuple(Step(task, _asked_names(task, names)) for task in body_year.tasks),
            _address(body_year, year),
        )
        for body_year in body_years
    ]


def _asked_names(task: Task, names: dict[Asked, str]) -> str:
    return ", ".join(names[organisation] for organisation in task.asked)


def _address(body_year: BodyYear, year: int) -> str:
    return (
        reverse("desk:case", args=[year, body_year.body.ags]) if body_year.facts.is_recorded else ""
    )


def tiles(year: int, body_years: Sequence[BodyYear]) -> list[Tile]:
    """The map: each body's progress, 0 (nothing) to 4 (published)."""
    return [
        Tile(
            *body_year.body.tile,
            short=bodies.brief(body_year.body),
            name=bodies.short(body_year.body),
            value=list(Progress).index(body_year.progress),
            text=gettext(ON_TILES[body_year.progress]),
            url=_address(body_year, year),
        )
        for body_year in body_years
        if body_year.body.tile
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


def cells(rows: Sequence[Row]) -> Iterator[list[Cell]]:
    """The rows of the file, one a body, in the order of :func:`headings`."""
    for row in rows:
        facts, steps = row.body_year.facts, row.steps
        organisations = dict.fromkeys(step.asked for step in steps)
        yield [
            *(
                row.body_year.body.ags,
                bodies.short(row.body_year.body),
                gettext(row.body_year.body.kind),
                row.state,
            ),
            *(Cents(facts.given_cents), Cents(facts.agreed_cents)),
            *(Cents(facts.difference_cents), Cents(facts.uncovered_cents)),
            *(row.body_year.measures, row.body_year.carried_out, row.body_year.edition or None),
            *(
                "; ".join(_step_text(step) for step in steps),
                "; ".join(organisations),
                row.body_year.due,
            ),
            gettext("ja") if row.body_year.is_late else gettext("nein"),
        ]


def _step_text(step: Step) -> str:
    label = gettext(step.task.label)
    return label if step.task.due is None else f"{label} ({until(step.task.due)})"


def until(day: date) -> str:
    return gettext("bis {day}").format(day=value_text(day, (get_language() or "de")[:2]))
