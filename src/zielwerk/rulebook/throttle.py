"""How many wrong attempts at a secret are let through before whoever tries has to wait.

The limits are rules of the software: five wrong attempts at one person's secret are more than
anybody needs who knows it, and far too few to guess one. From one network, behind which a whole
authority may sit, ten times as many are let through.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Limit:
    """So many wrong attempts are let through within a time."""

    most: int
    within: timedelta


OF_PERSON = Limit(5, timedelta(minutes=15))
OF_NETWORK = Limit(50, timedelta(minutes=15))
OF_CHECKS = Limit(10, timedelta(minutes=5))
"""Files that one network has checked without sign-in: each costs a second of a processor."""

KEPT = timedelta(days=90)  # so long attempts are told to whom they were made against


def held_until(failures: Iterable[datetime], at: datetime, limit: Limit) -> datetime | None:
    """Until when a further attempt is held off; None where it is let through.

    ``failures`` are the moments of wrong attempts, in any order. As long as ``limit.most`` of
    them lie within the time before ``at``, no attempt is let through, not even with the right
    secret: else guessing would go on until one is right. An attempt held off is none.
    """
    recent = sorted(moment for moment in failures if at - limit.within < moment <= at)
    return recent[-limit.most] + limit.within if len(recent) >= limit.most else None
