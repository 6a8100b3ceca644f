"""Who sends tables in, for the pages of this room."""

from typing import Any

import pytest

# Fixtures import the product only when they run: this file is read before Django is set up.


@pytest.fixture
def officer(cast: Any, programme: str, settings: Any) -> Any:
    from tests.stage import signed_in

    settings.PROGRAMME = programme
    return signed_in(cast.officer)


@pytest.fixture
def hesse(cast: Any) -> Any:
    from tests.stage import signed_in

    return signed_in(cast.officer)
