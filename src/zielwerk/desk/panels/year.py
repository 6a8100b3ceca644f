"""A programme year on its page, its map and in its file."""

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import get_language, gettext

from zielwerk.core import permissions
from zielwerk.desk.queries import BodyYear, StateGap, summary
from zielwerk.language import German, translate
from zielwerk.ledger import queries as ledger
from zielwerk.ledger.models import Place
from zielwerk.packs import competence
from zielwerk.packs import loading as packs
from zielwerk.packs.model import Body, Competence
from zielwerk.programme import queries as programmes
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.planning import Fund
from zielwerk.rulebook.refusal import msg
from zielwerk.rulebook.tasks import PROGRESS_LABELS, Asked, Progress, Task, Work
from zielwerk.strategy import queries as regional
from zielwerk.strategy.panels import line
from zielwerk.strategy.queries import Missing
from zielwerk.tables import Cell
from zielwerk.ui import bodies, figures, wording
from zielwerk.ui.charts import Tile
from zielwerk.ui.tags.values import weekday

KINDS = {
    Progress.NOTHING: "neutral",
    Progress.WAIVED: "neutral",
    Progress.ALLOCATED: "info",
    Progress.RECORDING: "info",
    Progress.RECORDED: "success",
    Progress.PUBLISHED: "success",
}
ON_TILES = {  # up to thirteen letters
    Progress.NOTHING: msg("offen"),
    Progress.WAIVED: msg("verzichtet"),
    Progress.ALLOCATED: msg("zugewiesen"),
    Progress.RECORDING: msg("Erfassung"),
    Progress.RECORDED: msg("erfasst"),
    Progress.PUBLISHED: msg("öffentlich"),
}


KEPT_ELSEWHERE = msg("wird noch außerhalb geführt")


@dataclass(frozen=True)
class Step:
    """A next task, with the names of the organisations that are asked, and since when.

    ``url`` is the door to it for the person who looks, empty where it is not hers to do.
    """

    task: Task
    asked: str
    since: date | None
    url: str


@dataclass(frozen=True)
class Row:
    """A body's year as a line of the table.

    ``url`` leads to its agreement, if there is one, ``books_url`` to where its money is.
    ``strategy`` is what it lacks of its strategy, None where nobody asks for one.
    """

    body_year: BodyYear
    name: str
    state: str
    kind: str
    steps: tuple[Step, ...]
    url: str
    given: str
    agreed: str
    difference: str
    books_url: str
    strategy: Missing | None = None

    @property
    def strategy_line(self) -> str:
        return line(self.strategy) if self.strategy else ""

    @property
    def strategy_brief(self) -> str:
        """What is missing without the names of whose it is, which stand below the line."""
        return self.strategy_line.partition(":")[0]

    @property
    def first(self) -> Step | None:
        return self.steps[0] if self.steps else None

    @property
    def door(self) -> Step | None:
        """The first task that the person who looks can do something about."""
        return next((step for step in self.steps if step.url), None)

    @property
    def without_door(self) -> str:
        """In place of a door: why there is none for the person who looks."""
        if not self.first:
            return ""
        if self.first.task.is_kept_elsewhere:
            return gettext(KEPT_ELSEWHERE)
        return gettext("liegt bei {organisation}").format(organisation=self.first.asked)


@dataclass(frozen=True)
class Gap:
    """What is uncovered at the state itself, for one purpose, with the transfers behind it."""

    state: str
    purpose: str
    cents: Cents
    url: str


def _address_of(route: str, year: int, known_on: date | None, **narrowed: str) -> str:
    """Where the money of a year's planning is told, as it was known on a past day, if any."""
    past = {"bekannt": f"{known_on:%d.%m.%Y}"} if known_on else {}
    query = {"buch": "planung", "programmjahr": year, **past, **narrowed}
    return f"{reverse(route)}?{urlencode(query)}"


def gaps(
    programme: str, year: int, found: Iterable[StateGap], known_on: date | None = None
) -> list[Gap]:
    """The gaps that no body's line shows; they are no part of the sums of the bodies."""
    return [
        Gap(
            wording.territory(),
            ", ".join(_of_gap(programme, year, gap)),
            gap.cents,
            _address_of(
                "ledger:transfers",
                year,
                known_on,
                ort=Place.UNCOVERED.value,
                ags=ledger.NONE,
                zweck=gap.earmark or ledger.NONE,
            ),
        )
        for gap in found
    ]


def _of_gap(programme: str, year: int, gap: StateGap) -> list[str]:
    purpose = str(programmes.purpose(Fund(programme, year, gap.earmark)))
    return [purpose, gettext("Verpflichtungen")] if gap.is_authority else [purpose]


@dataclass(frozen=True)
class Totals:
    """The sums of the lines shown, each of one kind of money."""

    given: str
    agreed: str
    difference: str


ROLES: dict[Asked, Competence] = {Asked.MINISTRY: "ministry", Asked.AUTHORITY: "authority"}


def organisations(programme: str, day: date, bodies: Iterable[Body]) -> dict[Asked, str]:
    """The organisations that can be asked for these bodies on a day, each name once."""
    of_bodies = [asked_of(programme, day, body) for body in bodies]
    names = {asked: dict.fromkeys(each[asked] for each in of_bodies) for asked in Asked}
    return {asked: _together(list(of_asked)) for asked, of_asked in names.items()}


def _together(names: Sequence[str]) -> str:
    """Names in a row; where one is German, the row says so."""
    if len(names) == 1:
        return names[0]
    row = ", ".join(names)
    return German(row) if any(isinstance(name, German) for name in names) else row


def asked_of(programme: str, day: date, body: Body) -> dict[Asked, str]:
    """Who can be asked for a body on a day: its ministry, itself, its granting authority."""
    known = packs.organisations(programme)
    names = {Asked.BODY: gettext("Gebietskörperschaft")}
    for asked, role in ROLES.items():
        office = competence.competent(known, role, day, body)
        names[asked] = office.brief if office else gettext(competence.ROLES[role])
    return names


def rows(
    user: Any,
    programme: str,
    year: int,
    day: date,
    body_years: Sequence[BodyYear],
    strategies: Mapping[str, Missing],
    known_on: date | None = None,
) -> list[Row]:
    """The lines of the table; ``known_on`` is the past day that their facts are of, if any."""
    euro = _euro(body_years)
    doors, document = _Doors(user, year), packs.programme(programme).document
    is_english = (get_language() or "de").startswith("en")
    books = _address_of("ledger:places", year, known_on, ags="")
    documents = document.plural_en if is_english else document.plural
    return [
        Row(
            body_year,
            bodies.short(body_year.body),
            _state(body_year, documents),
            KINDS[body_year.progress],
            tuple(
                Step(
                    task,
                    _asked_names(task, asked_of(programme, day, body_year.body)),
                    body_year.since.get(task.work),
                    doors.to(task, body_year),
                )
                for task in body_year.tasks
            ),
            _address(body_year, year),
            euro(body_year.facts.given_cents),
            euro(body_year.facts.agreed_cents),
            euro(body_year.facts.difference_cents),
            f"{books}{body_year.body.ags}" if body_year.facts.given_cents else "",
            strategies.get(body_year.body.ags),
        )
        for body_year in body_years
    ]


def _state(body_year: BodyYear, documents: str) -> str:
    """The progress, with how many documents the body has where that is more than one."""
    said = gettext(PROGRESS_LABELS[body_year.progress])
    return f"{said} ({body_year.documents} {documents})" if body_year.documents > 1 else said


def totals(body_years: Sequence[BodyYear]) -> Totals:
    euro, sums = _euro(body_years), summary(body_years)
    return Totals(euro(sums.given_cents), euro(sums.agreed_cents), euro(sums.difference_cents))


def _euro(body_years: Sequence[BodyYear]) -> Callable[..., str]:
    """Without cents where all amounts of the table are whole euros."""
    return figures.short_euro(
        cents
        for body_year in body_years
        for cents in (body_year.facts.given_cents, body_year.facts.agreed_cents)
    )


class _Doors:
    """Where a person does something about a task: addresses, by what her role may open."""

    def __init__(self, user: Any, year: int) -> None:
        self.user, self.year = user, year
        self.may = functools.cache(lambda name: not permissions.role_refusal(user, name))

    def to(self, task: Task, body_year: BodyYear) -> str:
        ags, of_year = body_year.body.ags, f"?jahr={self.year}"
        match task.work:
            case Work.COVER if self.may("adjustments.reallocate"):
                return reverse("adjustments:adjustments") + of_year
            case Work.ALLOCATE if self.may("allocation.draft"):
                return reverse("allocation:scenarios") + of_year
            case Work.REVIEW | Work.CONFIRM | Work.DISCARD if self.may("agreements.look_at_intake"):
                return reverse("agreements:intake", args=[body_year.intake])
            case Work.RECORD if self.may("agreements.begin"):
                return reverse("agreements:upload")
            case Work.PUBLISH if self.may("publication.look"):
                return reverse("desk:case", args=[self.year, ags, 1])
            case Work.SETTLE if self.user.ags and self.may("adjustments.waive"):
                return reverse("adjustments:waive")
        return ""


def _asked_names(task: Task, names: dict[Asked, str]) -> str:
    asked = [names[organisation] for organisation in task.asked]
    return asked[0] if len(asked) == 1 else ", ".join(asked)  # one alone stays German


def _address(body_year: BodyYear, year: int) -> str:
    return (
        reverse("desk:case", args=[year, body_year.body.ags, 1])
        if body_year.facts.is_recorded
        else ""
    )


def tiles(year: int, body_years: Sequence[BodyYear]) -> list[Tile]:
    """The map: each body's progress, 0 (no money) to 4 (published)."""
    on_map = [progress for progress in Progress if progress != Progress.WAIVED]
    return [
        Tile(
            *body_year.body.tile,
            short=bodies.short(body_year.body),
            name=bodies.official(body_year.body),
            value=on_map.index(body_year.progress) if body_year.progress in on_map else 0,
            text=gettext(ON_TILES[body_year.progress]),
            url=_address(body_year, year),
        )
        for body_year in body_years
        if body_year.body.tile
    ]


def headings(programme: str) -> list[str]:
    """The headings of the file; a programme without strategies has no column of them."""
    asks = regional.asks_for(programme)
    return [
        wording.key_heading(),
        gettext("Gebietskörperschaft"),
        gettext("Art"),
        gettext("Stand"),
        gettext("Zugewiesen"),
        wording.fitted("Vereinbart"),
        wording.fitted("Differenz"),
        gettext("Ungedeckt"),
        gettext("Maßnahmen"),
        gettext("Mit Durchführung"),
        gettext("Ausgabe"),
        gettext("Was ansteht"),
        gettext("Wer gefragt ist"),
        gettext("Nächste Frist"),
        gettext("Überfällig"),
        *([gettext("Was bei der Strategie fehlt")] if asks else []),
    ]


def cells(programme: str, rows: Sequence[Row], gaps: Iterable[Gap]) -> Iterator[list[Cell]]:
    """The rows of the file, one a body, in the order of :func:`headings`; then the state's gaps."""
    asks = regional.asks_for(programme)
    for row in rows:
        facts, steps = row.body_year.facts, row.steps
        organisations = dict.fromkeys(step.asked for step in steps)
        yield [
            *(
                row.body_year.body.ags,
                bodies.short(row.body_year.body),
                row.body_year.body.kind.label,
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
            *([row.strategy_line or None] if asks else []),
        ]
    for gap in gaps:
        lines: list[Cell] = [None, gap.state, None, gap.purpose, None, None, None, gap.cents]
        yield [*lines, *[None] * (len(headings(programme)) - len(lines))]


def _step_text(step: Step) -> str:
    label = translate(step.task.label, (get_language() or "de")[:2])
    if step.task.due is None:
        return label
    said = passed if step.task.came_too_late else until
    return f"{label} ({said(step.task.due)})"


def passed(day: date) -> str:
    return gettext("Frist war {day}").format(day=weekday(day))


def until(day: date) -> str:
    return gettext("bis {day}").format(day=weekday(day))
