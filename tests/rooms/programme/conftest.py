"""The programmes on which everything must run alike."""

import pytest

PROGRAMMES = ("aqb_hessen", "lotsenfonds_nordmark")


@pytest.fixture(params=PROGRAMMES)
def programme(request: pytest.FixtureRequest) -> str:
    return str(request.param)
