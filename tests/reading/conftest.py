"""What the reader's tests share: the real pack and one way to read."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from zielwerk.packs import loading
from zielwerk.packs.model import Body, Year
from zielwerk.reading.agreement import NO_LESSONS, Reading, read
from zielwerk.recognition.lessons import Lessons

PROGRAMME = "aqb_hessen"
ROOT = Path(__file__).parents[2]
SEED = ROOT.parent / "shared/seed/zielvereinbarung-2024-main-kinzig-kreis.txt"


def read_text(text: str, lessons: Lessons = NO_LESSONS, **more: Any) -> Reading:
    """Read with the pack that ships, and ``more`` that the reader is told."""
    return read(
        text,
        programme=loading.programme(PROGRAMME),
        bodies=loading.bodies(PROGRAMME),
        organisations=loading.organisations(PROGRAMME),
        years=[2024],
        load=lambda year: loading.load(PROGRAMME, year),
        lessons=lessons,
        **more,
    )


@pytest.fixture(scope="session")
def reading() -> Callable[[str], Reading]:
    return read_text


@pytest.fixture(scope="session")
def year() -> Year:
    return loading.load(PROGRAMME, 2024)


@pytest.fixture(scope="session")
def bodies() -> list[Body]:
    return list(loading.bodies_in(PROGRAMME, 2024))


@pytest.fixture(scope="session")
def seed() -> str:
    if not SEED.exists():
        pytest.skip("the real agreement lies beside the project only where it is built")
    return SEED.read_text(encoding="utf-8")
