"""What stands after an act, as its page shows it: the same as its document says."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from zielwerk.granting import letters
from zielwerk.granting.models import GrantAct
from zielwerk.language import German
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.refusal import Said


@dataclass(frozen=True)
class StandingRow:
    """A line with its amount before and after; ``day`` and ``year`` of an instalment."""

    label: German | str
    before: Cents
    after: Cents
    day: date | None = None
    year: int = 0


@dataclass(frozen=True)
class Standing:
    """When what a notice grants after an act is paid, and the financing plan that binds."""

    instalments: list[StandingRow]
    costs: list[StandingRow]
    incomes: list[StandingRow]
    by_need: bool
    told: list[Said]


def standing(act: GrantAct, on: date) -> Standing | None:
    """What stands after it: as issued, of a draft as of a day; none of one issued without."""
    content = act.content if act.is_issued else letters.act_content(act, on)
    if not content or "schedule" not in content:
        return None
    plan = content["plan"]
    paid = [
        StandingRow(
            "",
            Cents(each["before"]),
            Cents(each["after"]),
            date.fromisoformat(each["day"]),
            each["year"],
        )
        for each in content["schedule"]
    ]
    sides = (_rows(plan["costs"]), _rows(plan["incomes"]))
    return Standing(paid, *sides, content["by_need"], list(_told(content)))


def _rows(lines: Iterable[tuple[str, int, int]]) -> list[StandingRow]:
    return [
        StandingRow(German(label), Cents(before), Cents(after)) for label, before, after in lines
    ]


def _told(content: dict[str, Any]) -> Iterable[Said]:
    """What is no plain table: acts that work later, and what was due too much."""
    if content["stands_cents"] != content["after_cents"]:
        yield Said(letters.LATER, {"amount": Cents(content["stands_cents"])})
    for year, cents in content["over"].items():
        yield Said(letters.OVER, {"year": year, "cents": Cents(cents)})
