"""The seasons of a year on their page, a body's own, and the file."""

import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext

from zielwerk.core import cases, permissions
from zielwerk.core.permissions import may_see
from zielwerk.desk import queries
from zielwerk.desk.panels.year import asked_of
from zielwerk.desk.queries import BodySeason, SeasonYear
from zielwerk.desk.queries.season import ALLOCATED, CONCLUDED, NOTHING, PLANNED, PUBLISHED, STRATEGY
from zielwerk.language import German, sentence, translate
from zielwerk.packs import loading as packs
from zielwerk.packs.phrases import SIDES
from zielwerk.programme import queries as programmes
from zielwerk.rulebook.negotiation import turn_said
from zielwerk.rulebook.refusal import Said, msg
from zielwerk.rulebook.season import Owed
from zielwerk.rulebook.tasks import LABELS, Work
from zielwerk.strategy.panels.standing import door_of
from zielwerk.tables import Cell
from zielwerk.ui import bodies, wording


@dataclass(frozen=True)
class StageCell:
    """A stage of a body: since when it holds, the working days at it, whether it is there now."""

    label: Any
    since: date | None
    days: int | None
    is_now: bool

    @property
    def is_empty(self) -> bool:
        return self.since is None and self.days is None


@dataclass(frozen=True)
class SeasonRow:
    """A body's season as a line.

    ``who`` owes the move, ``sides`` says for how many working days each side owed it. ``turn``
    says the same as one sentence, in the words of the side of whoever looks. ``url`` is the door
    to the case, ``door`` its name. ``source`` says from what its agreement was recorded, where it
    was concluded elsewhere, ``source_url`` leads to the text.
    """

    of: BodySeason
    name: str
    stage: Any
    cells: Sequence[StageCell]
    who: str
    sides: Sequence[tuple[str, int]]
    turn: Said | None
    is_longest: bool
    door: str
    url: str
    source: str
    source_url: str


TOGETHER = msg("{others} und {last}")
NOBODY = msg("niemand")
TO_PLAN = msg("Geplante Maßnahmen")
TO_DRAFT = msg("Entwurf beginnen")


def season_rows(
    user: Any, year: int, found: SeasonYear, shown: Iterable[BodySeason], day: date
) -> list[SeasonRow]:
    """The lines of some of a year's seasons, as of a day."""
    doors = _Doors(user, year)
    return [_row(user, found, one, day, doors) for one in shown]


def _row(user: Any, found: SeasonYear, one: BodySeason, day: date, doors: "_Doors") -> SeasonRow:
    body, season = one.body_year.body, one.season
    names = side_names(settings.PROGRAMME, day, one)
    door, url = doors.to(one)
    own = user.side if user.side in found.sides else ""
    turn = own if own in one.owed else next(iter(one.owed), "")
    who = _names(one.owed, names)
    told = turn_said(turn, own, who, one.since, one.waited) if one.since else None
    return SeasonRow(
        one,
        bodies.short(body),
        found.labels[one.stage],
        [
            StageCell(
                label,
                season.held.get(code),
                season.days_in.get(code) or (0 if code == one.stage else None),
                code == one.stage,
            )
            for code, label in found.labels.items()
            if code != NOTHING
        ],
        who,
        [(_names(owed, names), days) for owed, days in season.days_of.items() if days],
        told,
        bool(one.due is None and one.owed and found.longest and one.waited == found.longest),
        door,
        url,
        German(one.recorded.note) if one.recorded else "",
        doors.to_text(one),
    )


def side_names(programme: str, day: date, one: BodySeason) -> Mapping[str, str]:
    """What each side of a body's season is called."""
    return {
        str(asked): name for asked, name in asked_of(programme, day, one.body_year.body).items()
    }


def _names(owed: Owed, names: Mapping[str, str]) -> str:
    if not owed:
        return gettext(NOBODY)
    said = [names[side] for side in owed]
    if len(said) == 1:
        return said[0]
    text = gettext(TOGETHER).format(others=", ".join(said[:-1]), last=said[-1])
    return German(text) if any(isinstance(name, German) for name in said) else text


class _Doors:
    """Where a body's season goes on: the very case, or where the next thing is done."""

    def __init__(self, user: Any, year: int) -> None:
        self.user, self.year = user, year
        self.may = functools.cache(lambda name: not permissions.role_refusal(user, name))

    def to(self, one: BodySeason) -> tuple[str, str]:
        """What the door says, and where it leads; both empty where there is none."""
        if one.case:
            return one.case.file_number, reverse(cases.kind_of(one.case).page, args=[one.case.pk])
        ags, of_year = one.body_year.body.ags, f"?jahr={self.year}"
        if one.stage in (CONCLUDED, PUBLISHED) and one.body_year.facts.is_recorded:
            url = reverse("desk:case", args=[self.year, ags, 1])
            return wording.fitted("Vereinbarung"), url if self.may("agreements.look") else ""
        if one.stage == NOTHING and self.may("allocation.draft"):
            return gettext(LABELS[Work.ALLOCATE]), reverse("allocation:scenarios") + of_year
        if one.stage == ALLOCATED and one.missing is not None:
            charter = packs.programme(settings.PROGRAMME).strategy
            assert charter
            return str(charter.short), door_of(self.user, ags, one.missing)
        if (
            one.stage == PLANNED
            and self.user.side in one.owed
            and self.may("negotiation.draft_year")
        ):
            url = reverse("negotiation:new")
            return gettext(TO_DRAFT), f"{url}{of_year}&ags={ags}"
        if one.stage in (ALLOCATED, STRATEGY, PLANNED) and self.may("measures.look"):
            url = reverse("measures:planned_measures")
            return gettext(TO_PLAN), f"{url}{of_year}&koerperschaft={ags}"
        return "", ""

    def to_text(self, one: BodySeason) -> str:
        """Where the text lies that its agreement was recorded from; empty where there is none."""
        if not one.recorded or not one.recorded.has_text:
            return ""
        url = reverse("agreements:intake", args=[one.recorded.intake])
        return url if self.may("agreements.look_at_intake") else ""


def of_own_body(request: HttpRequest, ags: str) -> str:
    """The season of the person's own body, as a part of its page; empty on any other."""
    user: Any = request.user
    is_own = user.side == "body" and may_see(user, ags)
    if not is_own or permissions.role_refusal(user, "desk.look_at_year"):
        return ""
    today, programme = timezone.localdate(), settings.PROGRAMME
    year = programmes.running_year(programme, today)
    found = queries.season_year(user, programme, year, today)
    rows = season_rows(user, year, found, found.rows, today)
    context = {"row": rows[0], "year": year, "is_part": True} if rows else None
    return render_to_string("desk/season_own.html", context, request) if context else ""


# --- the file -------------------------------------------------------------------------------


def season_headings(found: SeasonYear) -> list[str]:
    """The headings of the file: two columns for each stage, one for each side that owed a move."""
    headings = [
        wording.key_heading(),
        gettext("Gebietskörperschaft"),
        gettext("Art"),
        gettext("Stand"),
        gettext("Am Zug"),
        gettext("Seit"),
        gettext("Arbeitstage"),
        gettext("Frist"),
        gettext("Überfällig"),
        gettext("Wartet am längsten"),
        gettext("Erfasst aus"),
    ]
    for label in _stage_words(found):
        headings += [
            gettext("{stage}, seit").format(stage=label),
            gettext("{stage}, Arbeitstage").format(stage=label),
        ]
    sides = {side: gettext(name) for side, name in SIDES.items()}
    headings += [
        gettext("Arbeitstage: {side}").format(side=_names(owed, sides)) for owed in _owing(found)
    ]
    return [*headings, gettext("Arbeitstage insgesamt")]


def season_cells(found: SeasonYear, rows: Iterable[SeasonRow]) -> Iterator[list[Cell]]:
    """The rows of the file, in the order of :func:`season_headings`."""
    yes, no = gettext("ja"), gettext("nein")
    for row in rows:
        one, season = row.of, row.of.season
        body = one.body_year.body
        yield [
            *(body.ags, row.name, body.kind.label, word(row.stage), row.who, one.since),
            *(one.waited if one.owed else None, one.due),
            *(yes if one.is_late else no, yes if row.is_longest else no, row.source or None),
            *(value for cell in row.cells for value in (cell.since, cell.days)),
            *(season.days_of.get(owed) for owed in _owing(found)),
            season.days,
        ]


def word(label: Any) -> str:
    """The words of a stage as text, in the person's language."""
    language = (get_language() or "de")[:2]
    return sentence(label, language) if isinstance(label, Said) else translate(label, language)


def _stage_words(found: SeasonYear) -> list[str]:
    return [word(label) for code, label in found.labels.items() if code != NOTHING]


def _owing(found: SeasonYear) -> list[Owed]:
    """Who owed moves of any body of the year, each once."""
    return list(dict.fromkeys(owed for row in found.rows for owed in row.season.days_of))


BODY_PARTS = (of_own_body,)
