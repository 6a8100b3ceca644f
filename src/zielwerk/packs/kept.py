"""Rules that were kept long ago, read by the software of today.

What was kept says what it said. Only where today's schema asks for something that nobody
asked for then, today's pack completes it; what the schema no longer knows is passed over.
"""

import json
from typing import Any

from zielwerk.packs.model import Entry, Year

NAMES = ("code", "number")  # what tells entries of a list apart


def revive(kept: dict[str, Any], today: Year) -> Year:
    """The rule-set that was kept (JSON), completed by today's where it must be."""
    return Year.model_validate_json(json.dumps(_entry(kept, today)))


def _entry(kept: dict[str, Any], today: Entry) -> dict[str, Any]:
    now = today.model_dump(mode="json")
    return {
        name: _value(kept[name], getattr(today, name)) if name in kept else now[name]
        for name in type(today).model_fields
    }


def _value(kept: Any, today: Any) -> Any:
    if isinstance(kept, dict) and isinstance(today, Entry):
        return _entry(kept, today)
    if isinstance(kept, list) and today and all(isinstance(one, Entry) for one in today):
        return [_entry(one, _counterpart(one, today)) for one in kept]
    return kept


def _counterpart(one: dict[str, Any], today: tuple[Entry, ...]) -> Entry:
    """Today's entry of the same name; any other shows at least which fields there are."""
    name = next((name for name in NAMES if name in one), "")
    same = (entry for entry in today if name and getattr(entry, name, None) == one[name])
    return next(same, today[0])
