"""Acts of sharing money out: needs, scenarios, decisions."""

import csv
from collections.abc import Iterable, Mapping
from io import StringIO

from tests.journeys import pages, stages
from tests.journeys.year.acts.tables import bring_in
from tests.journeys.year.model import Fund
from tests.journeys.year.walk import Walk, written
from tests.written import cents as read_cents
from zielwerk.allocation import actions
from zielwerk.allocation.models import Scenario
from zielwerk.allocation.views.page import draft_of
from zielwerk.packs import loading as packs

REASON = "aus der Verhandlung"


def bring_in_needs(walk: Walk, year: int, *, without: Iterable[str] = ()) -> None:
    """The bodies' needs, from the pack's invented figures or, where it has none, by rank."""
    rules = packs.load(walk.programme, year)
    known = {one.ags: one.values for one in packs.demo_year(walk.programme, year).indicators}
    rows: list[list[object]] = [[key_heading(walk), *(one.label for one in rules.indicators)]]
    for place, body in enumerate(packs.bodies_in(walk.programme, year), 1):
        values = known.get(body.ags, {})
        if body.ags not in without:
            numbers = [str(values.get(one.code, 100 * place)) for one in rules.indicators]
            rows.append([body.ags, *numbers])
    options = {"year": str(year), "source": "Statistik", "reference_date": f"30.06.{year - 1}"}
    bring_in(walk, "kennzahlen", rows, **options)


def key_heading(walk: Walk) -> str:
    """What the programme calls the key of a body, as its own template of the table says it."""
    template = walk.officer.get("/arbeit/einlesen/neu/kennzahlen/vorlage?export=csv").getvalue()
    return template.decode("utf-8-sig").split(";")[0]


def begin_scenario(
    walk: Walk, fund: Fund, cents: int, name: str, by_hand: Mapping[str, int] | None = None
) -> str:
    """A scenario over an amount; whose amounts are set by hand, have their reason."""
    door = f"/arbeit/verteilung/neu?jahr={fund.year}&zweck={fund.earmark}"
    page = pages.press(
        walk.officer, door, "/arbeit/verteilung/neu", name=name, summe=written(cents)
    )
    first, *others = by_hand.items() if by_hand else [()]
    if first:
        ags, amount = first
        override = f"{page}/gesetzt/{ags}"
        said = {"betrag": written(amount), "grund": REASON}
        pages.press(walk.officer, override, override, **said)
    if others:
        set_by_hand(walk, page, dict(others))
    return page


def set_by_hand(walk: Walk, page: str, amounts: Mapping[str, int]) -> None:
    """Many amounts at once, as pressing the button of each would leave them."""
    case = Scenario.objects.get(pk=page.rsplit("/", 1)[1])
    entered = {ags: {"amount_cents": cents, "reason": REASON} for ags, cents in amounts.items()}
    changed = draft_of(case, overrides={**case.overrides, **entered})
    actions.keep(walk.cast.officer, case, changed, at=walk.now)


def propose(walk: Walk, page: str) -> None:
    pages.take(walk.officer, page, "vorlegen")


def decide(walk: Walk, page: str) -> dict[str, int]:
    """Hear whoever is heard, then a second person decides; what each body has from then on."""
    case = Scenario.objects.get(pk=page.rsplit("/", 1)[1])
    stages.take_between(walk.cast, page, "allocation", case.year)
    amounts = shown_amounts(walk, page)
    stages.take_the_last(walk.cast, page, "allocation", case.year)
    walk.notes.decide(case.file_number, Fund(case.year, case.earmark), amounts)
    return amounts


def shown_amounts(walk: Walk, page: str) -> dict[str, int]:
    """What a scenario gives each body, as its file says: told to the model as the decision."""
    content = walk.officer.get(f"{page}?export=csv").getvalue().decode("utf-8-sig")
    headings, *rows = csv.reader(StringIO(content), delimiter=";")
    new = headings.index("Neu")
    known = {body.ags for body in packs.bodies(walk.programme)}
    return {row[0]: read_cents(row[new]) for row in rows if row[0] in known}


def share_out(
    walk: Walk, fund: Fund, cents: int, by_hand: Mapping[str, int] | None = None
) -> dict[str, int]:
    page = begin_scenario(walk, fund, cents, f"Verteilung {walk.now:%d.%m.}", by_hand)
    propose(walk, page)
    return decide(walk, page)
