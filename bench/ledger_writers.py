"""What product and peer do alike: the case they are measured on, and writers at one account.

Knows Django but neither of the two, so that both environments can run it.
"""

import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from random import Random
from threading import Barrier, Thread
from typing import TypeVar

from django.db import connection

FUND, TOO_MUCH = 10**9, 10**10  # cents in the hot account at first; cents that are never there
TARGET_NUMBER = 32
HISTORY = 10_000  # transfers that the hot account has behind it before anybody is measured
DAYS = 1800  # a little under five years, over which the transfers of a history count
DAY = date(2026, 1, 5)  # the day on which what is measured counts
PAST = date(2024, 6, 30)  # the past date that balances are asked for

Target = TypeVar("Target")


def write(
    work: Callable[[Target, int], bool], targets: Sequence[Target], writers: int, seconds: float
) -> dict[str, float]:
    """Write from threads for some seconds; counts what was done and what was refused.

    ``work`` moves so many cents to a target, or says False where they are not there. Every
    twentieth attempt asks for more than there is.
    """
    start = Barrier(writers + 1)
    counts: list[tuple[int, int]] = []

    def one(seed: int) -> None:
        dice, done, refused = Random(seed), 0, 0
        start.wait()
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            overdraws = (seed + done + refused) % 20 == 19
            if work(dice.choice(targets), TOO_MUCH if overdraws else 1):
                assert not overdraws
                done += 1
            else:
                assert overdraws
                refused += 1
            connection.close_if_unusable_or_obsolete()  # as at the end of a request
        counts.append((done, refused))

    threads = [Thread(target=one, args=[seed]) for seed in range(writers)]
    for thread in threads:
        thread.start()
    print("ready", flush=True)
    sys.stdin.readline()
    began = time.perf_counter()
    start.wait()
    for thread in threads:
        thread.join()
    assert len(counts) == writers
    spent = time.perf_counter() - began
    done, refused = (sum(column) for column in zip(*counts, strict=True))
    return {"done": done, "refused": refused, "seconds": spent}
