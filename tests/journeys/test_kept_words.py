"""After every verb, the columns to order and to find by say what their names say."""

from typing import Any

import pytest
from django.apps import apps

from tests.journeys import every_state
from tests.journeys.programmes import Example
from zielwerk.core.words import Kept

pytestmark = pytest.mark.django_db
WALKED_ON = {
    "sqlite": {"aqb_hessen", "kreisbudget_suedland"},
    "postgresql": {"lotsenfonds_nordmark"},
}
KEPT = [
    (model, column)
    for model in apps.get_models()
    for column in model._meta.concrete_fields
    if isinstance(column, Kept)
]


def test_each_is_made_of_what_stands_beside_it(example: Example) -> None:
    every_state.put(example)
    seen: dict[type[Any], int] = {}
    stale = []
    for model, column in KEPT:
        for row in model._default_manager.all():
            seen[model] = seen.get(model, 0) + 1
            if getattr(row, column.attname) != column.made(row):
                stale.append((row, column.name))
    assert not stale
    assert set(seen) == {model for model, _ in KEPT}
