"""A body's programme years side by side, and the list of all bodies by one figure."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext

from zielwerk.agreements.models import Agreement
from zielwerk.core import cases, permissions
from zielwerk.core.permissions import may_see
from zielwerk.desk.forms.years import COUNTS, Figure, count, is_told, money
from zielwerk.desk.forms.years import FORM_WORDS as FORMS
from zielwerk.desk.forms.years import WORDS as MONEY
from zielwerk.desk.panels.season import season_rows, word
from zielwerk.desk.queries import BodyYears
from zielwerk.language import German
from zielwerk.measures.models import OverallTarget
from zielwerk.packs import loading as packs
from zielwerk.rulebook.continuity import STANDINGS, Item, Standing, Thread
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.refusal import msg
from zielwerk.rulebook.target import KINDS, TargetKind
from zielwerk.tables import Cell
from zielwerk.ui import lists, wording
from zielwerk.ui.lists import KEY_OF_BODY, Column
from zielwerk.ui.lists.columns import cents, shown
from zielwerk.ui.tags.values import said, weekday, words

LOOKS = {
    Standing.CAME: "success",
    Standing.STAYED: "neutral",
    Standing.CAME_BACK: "info",
    Standing.WENT: "warning",
}


@dataclass(frozen=True)
class Entry:
    """What stands in a cell: a figure or a text, where it comes from, and what is said beside.

    ``mark`` is a badge of a ``look``. A link is called by its ``line`` and ``year`` as well, since
    one figure or word stands in many cells, and by a ``number`` where a cell has it twice.
    """

    worth: Cell
    url: str = ""
    beside: str = ""
    mark: str = ""
    look: str = ""
    line: Any = ""
    year: int = 0
    number: int = 0

    @property
    def text(self) -> Any:
        return self.worth if isinstance(self.worth, str) else shown(self.worth)

    @property
    def plain(self) -> str:
        """All of it as the text of a file's cell."""
        parts = (words(self.text) if self.worth is not None else "", self.mark, self.beside)
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True)
class Line:
    """A line of a part: what it is, and what each year has of it."""

    label: Any
    cells: Sequence[Sequence[Entry]]

    @property
    def is_figure(self) -> bool:
        """Whether each year has one figure and nothing else."""
        entries = [entry for cell in self.cells for entry in cell]
        return bool(entries) and not any(isinstance(entry.worth, str) for entry in entries)


@dataclass(frozen=True)
class Part:
    """A part of the page: its title, its lines, and a sentence where it has none."""

    code: str
    title: Any
    lines: Sequence[Line]
    empty: str = ""

    @property
    def is_figures(self) -> bool:
        """Whether its lines are figures alone, which stand below each other."""
        return all(line.is_figure for line in self.lines)


def parts(user: Any, found: BodyYears, today: date) -> list[Part]:
    """All parts of a body's page, in their order."""
    lines = (_money(found), _standing(user, found, today), _figures(user, found), _measures(found))
    funds, stand, figures, measures = ([_named(each, found.years) for each in of] for of in lines)
    return [
        Part("geld", gettext("Mittel"), funds, NO_MONEY),
        Part("stand", gettext("Stand"), stand),
        Part("zahlen", gettext("Plätze und Ziele"), figures, NO_FIGURES),
        Part("massnahmen", gettext("Maßnahmen"), measures, NO_MEASURES),
    ]


def _named(line: Line, years: Sequence[int]) -> Line:
    """The line with what tells each of its links from every other of the page."""
    cells = [
        [
            replace(one, line=line.label, year=year, number=_again(cell, place))
            for place, one in enumerate(cell)
        ]
        for year, cell in zip(years, line.cells, strict=True)
    ]
    return replace(line, cells=cells)


def _again(cell: Sequence[Entry], place: int) -> int:
    """The how manieth of the same text a cell's entry is; 0 of the first."""
    before = sum(each.worth == cell[place].worth for each in cell[:place])
    return before + 1 if before else 0


NO_MONEY = msg("In keinem Jahr ist hier etwas verbucht.")
NO_FIGURES = msg("Für kein Jahr ist etwas geplant.")
NO_MEASURES = msg("Für kein Jahr ist eine Maßnahme genannt.")


def _line(
    found: BodyYears, figure: Figure, values: Mapping[tuple[str, int], int]
) -> Iterator[Line]:
    """A figure of the books or of the plans; none where no year has one."""
    ags = found.body.ags
    if not any((ags, year) in values for year in found.years):
        return
    cells: list[list[Entry]] = []
    for year in found.years:
        value = values.get((ags, year))
        told = [] if value is None else [_told(figure, value, figure.url(ags, year))]
        cells.append(told)
    yield Line(figure.label, cells)


def _told(figure: Figure, value: int, url: str) -> Entry:
    return Entry(Cents(value) if figure.is_money else value, url)


def _money(found: BodyYears) -> Iterator[Line]:
    for what in MONEY:
        for form in FORMS:
            if is_told(what, form):
                yield from _line(found, money(what, form), found.money.get((what, form), {}))


# --- what holds, and what is due ------------------------------------------------------------


def _standing(user: Any, found: BodyYears, today: date) -> Iterator[Line]:
    """Strategy, agreement, check code, publication and the next move of each year."""
    charter = packs.programme(settings.PROGRAMME).strategy
    if charter and found.strategies:
        yield Line(
            German(charter.short, charter.short_en),
            [
                [_strategy(one) for one in found.strategies.get(year, ())]
                or [Entry(None, beside=gettext("keine"))]
                for year in found.years
            ],
        )
    agreed = [found.agreements.get(year, ()) for year in found.years]
    if any(agreed):
        yield Line(
            wording.fitted("Vereinbarung"),
            [[_agreement(one) for one in of_year] for of_year in agreed],
        )
        codes = [list(_codes(found, of_year)) for of_year in agreed]
        if any(codes):
            yield Line(gettext("Prüfzeichen"), codes)
        yield Line(gettext("Veröffentlicht"), [list(_editions(found, each)) for each in agreed])
    yield Line(
        gettext("Was ansteht"), [list(_due(user, found, year, today)) for year in found.years]
    )


def _strategy(one: Any) -> Entry:
    ends = one.last_day
    days = gettext("gilt bis {day}").format(day=said(ends)) if ends else ""
    return Entry(German(one.title), reverse("strategy:strategy", args=[one.pk]), days)


def _agreement(one: Agreement) -> Entry:
    url = reverse("desk:case", args=[one.year, one.ags, one.ordinal])
    version = gettext("Fassung {number}").format(number=one.version) if one.version > 1 else ""
    how = gettext("hier geschlossen") if one.concluded_as else gettext("erfasst")
    return Entry(one.file_number, url, ", ".join(filter(None, (version, how))))


def _codes(found: BodyYears, of_year: Sequence[Agreement]) -> Iterator[Entry]:
    for one in of_year:
        if case := found.conclusions.get(one.pk):
            yield Entry(case.code, reverse("conclusion:conclusion", args=[case.pk]))


def _editions(found: BodyYears, of_year: Sequence[Agreement]) -> Iterator[Entry]:
    for one in of_year:
        if edition := found.editions.get(one.pk):
            url = reverse("publication:edition", args=[one.year, one.ags, one.ordinal])
            text = gettext("Ausgabe {number}").format(number=edition.number)
            yield Entry(
                text, url, said(edition.published_at.date()) if edition.published_at else ""
            )


def _due(user: Any, found: BodyYears, year: int, today: date) -> Iterator[Entry]:
    """At which stage the year is, who owes the move and until when."""
    if year not in found.seasons:
        return
    seasons, one = found.seasons[year]
    (row,) = season_rows(user, year, seasons, [one], today)
    url = row.url or reverse("desk:season", args=[year])
    beside = [gettext("am Zug: {who}").format(who=words(row.who))] if one.owed else []
    if one.due:
        beside.append(gettext("bis {day}").format(day=weekday(one.due)))
    late = (gettext("überfällig"), "danger") if one.is_late else ("", "")
    yield Entry(word(row.stage), url, ", ".join(beside), *late)


# --- figures, targets, measures -------------------------------------------------------------


def _figures(user: Any, found: BodyYears) -> Iterator[Line]:
    for code in COUNTS:
        yield from _line(found, count(code), found.counts.get(code, {}))
    labels: dict[tuple[str, str, str], Any] = {}
    cells: dict[tuple[str, str, str], dict[int, list[Entry]]] = {}
    for year in found.years:
        for one in found.targets.get(year, ()):
            key = (one.kind, one.indicator, one.subgroup)
            labels[key] = _target_label(one)
            cells.setdefault(key, {}).setdefault(year, []).append(_target(one))
    for key, of_years in cells.items():
        yield Line(labels[key], [of_years.get(year, []) for year in found.years])


def _target_label(one: OverallTarget) -> Any:
    """What a target counts, and of whom; one in words is called so."""
    rules = packs.load(one.programme, one.year)
    if one.kind == TargetKind.WORDS:
        return gettext(KINDS[TargetKind.WORDS])
    indicator = next((each for each in rules.target_indicators if each.code == one.indicator), None)
    group = next((each for each in rules.target_groups if each.code == one.subgroup), None)
    label = words(indicator.label) if indicator else one.indicator
    whole = gettext("Ziel: {indicator}").format(indicator=label)
    return f"{whole}, {words(group.label)}" if group else whole


def _target(one: OverallTarget) -> Entry:
    url = reverse(cases.kind_of(one).page, args=[one.pk])
    if one.kind == TargetKind.WORDS:
        return Entry(German(one.wording), url)
    return Entry(one.value if one.value is not None else gettext(KINDS[TargetKind(one.kind)]), url)


def _measures(found: BodyYears) -> Iterator[Line]:
    known = found.named & set(found.years)
    for thread in found.threads:
        standings = thread.standings(known)
        cells = [_thread_cell(found, thread, year, standings.get(year)) for year in found.years]
        if any(cells):
            yield Line(German(thread.title), cells)


def _thread_cell(
    found: BodyYears, thread: Thread, year: int, standing: Standing | None
) -> list[Entry]:
    entries = [_item(found, item, thread.title) for item in thread.of(year)]
    if standing is None:
        return entries
    mark = gettext(STANDINGS[standing])
    return [Entry(None, mark=mark, look=LOOKS[standing]), *entries]


def _item(found: BodyYears, item: Item, title: str) -> Entry:
    """A measure of a year: that it is planned or agreed, under another title if it had one."""
    beside = German(item.title) if item.title != title else ""
    if plan := found.plans.get(item.name):
        url = reverse(cases.kind_of(plan).page, args=[plan.pk])
        return Entry(gettext("geplant"), url, beside)
    one = found.agreed[item.name]
    url = reverse("desk:delivery", args=[one.measure_id])
    return Entry(wording.fitted("vereinbart"), url, beside)


# --- files ----------------------------------------------------------------------------------


def years_headings(found: BodyYears) -> list[str]:
    return [gettext("Teil"), gettext("Angabe"), *map(str, found.years)]


def years_cells(shown_parts: Sequence[Part]) -> Iterator[list[Cell]]:
    """The lines of all parts: figures as figures, what else there is as text."""
    for part in shown_parts:
        for line in part.lines:
            cells = (
                cell[0].worth if line.is_figure and cell else "; ".join(one.plain for one in cell)
                for cell in line.cells
            )
            yield [words(part.title), words(line.label), *(cell or None for cell in cells)]


# --- the list of all bodies -----------------------------------------------------------------


def years_columns(filters: Any) -> tuple[Column, ...]:
    """One column a programme year, of the figure that is chosen."""
    figure: Figure = filters.figure
    return (
        KEY_OF_BODY,
        lists.body(
            url=lambda name, ags: reverse("desk:body_years", args=[ags]),
        ),
        Column("kind_label", msg("Art"), is_file_only=True),
        Column("figure", msg("Angabe"), is_file_only=True, sort=()),
        *(_year_column(figure, year) for year in filters.years),
    )


def _year_column(figure: Figure, year: int) -> Column:
    return Column(
        f"year_{year}",
        str(year),
        (f"year_{year}", "ags"),
        value=cents if figure.is_money else _number,
        url=lambda value, ags: "" if value is None else figure.url(ags, year),
        tells=("body_name",),
        is_number=True,
        adds_up=figure.adds_up,
    )


def _number(value: int | None, ags: str) -> int | None:
    return value


def door_of_body(request: HttpRequest, ags: str) -> str:
    """The way from a body's page to its years side by side."""
    user: Any = request.user
    if permissions.role_refusal(user, "desk.look_at_year") or not may_see(user, ags):
        return ""
    url, label = reverse("desk:body_years", args=[ags]), gettext(SIDE_BY_SIDE)
    return format_html('<p><a href="{}">{}</a></p>', url, label)


SIDE_BY_SIDE = msg("Alle Programmjahre nebeneinander")
BODY_PARTS: tuple[Callable[[HttpRequest, str], str], ...] = (door_of_body,)
