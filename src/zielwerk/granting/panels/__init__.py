"""What pages show of notices and acts."""

from zielwerk.granting.panels.accord import accord
from zielwerk.granting.panels.beside import BODY_PARTS, DATING, DESK_PARTS, PARTS, RECORDS
from zielwerk.granting.panels.days import day_rows, moved_days, state_said, waits
from zielwerk.granting.panels.deciding import issuing, measure_rows, money_rows, sums_by_year
from zielwerk.granting.panels.lists import ACTS, NOTICES, SEASON, TOGETHER
from zielwerk.granting.panels.standing import standing
from zielwerk.granting.panels.told import TELLING

__all__ = [
    "ACTS",
    "BODY_PARTS",
    "DATING",
    "DESK_PARTS",
    "NOTICES",
    "PARTS",
    "RECORDS",
    "SEASON",
    "TELLING",
    "TOGETHER",
    "accord",
    "day_rows",
    "issuing",
    "measure_rows",
    "money_rows",
    "moved_days",
    "standing",
    "state_said",
    "sums_by_year",
    "waits",
]
