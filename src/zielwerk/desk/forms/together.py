"""Some of several alike, chosen to be done together."""

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict

SEVERAL = "v"  # the field of a chosen case: its key, and with a dash the revision that was shown


class TogetherForm:
    """Which cases were ticked, and of those that are sent, the revision that the page showed."""

    def __init__(self, data: QueryDict) -> None:
        pairs = (_pair(said) for said in data.getlist(SEVERAL))
        self.chosen: Mapping[int, int] = {pk: revision for pk, revision in pairs if pk}

    def revision(self, case: Any) -> int:
        """The revision of a case that was on the page; 0 where the page did not say."""
        return self.chosen.get(case.pk, 0)


def _pair(said: str) -> tuple[int, int]:
    pk, _, revision = said.partition("-")
    return _number(pk), _number(revision)


def _number(said: str) -> int:
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 18 else 0
