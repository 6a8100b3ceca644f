"""Differences as they are kept beside a decision, so that it is never shown with others."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from zielwerk.language import German
from zielwerk.packs.differences import Difference

WORDED = ("label", "before", "after", "part")
"""Fields of a difference whose text may have an English wording."""


def as_kept(difference: Difference) -> dict[str, object]:
    """A difference as it is kept beside a decision."""
    english = {name: getattr(getattr(difference, name), "english", "") for name in WORDED}
    return {**asdict(difference), "english": {k: v for k, v in english.items() if v}}


def of_kept(kept: Mapping[str, Any]) -> Difference:
    """A difference as it was kept."""
    english = kept["english"]
    fields = {name: value for name, value in kept.items() if name != "english"}
    worded = {name: German(fields[name], english.get(name, "")) for name in english if fields[name]}
    return Difference(**{**fields, **worded})
