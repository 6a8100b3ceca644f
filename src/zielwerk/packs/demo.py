"""Data invented for the demo of a programme year; shown only with its label.

Money is cents. Nothing here is a rule, so nothing here counts for the rule version.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from zielwerk.packs.model import Ags, Entry

Positive = Annotated[int, Field(gt=0, le=10**15)]
Count = Annotated[int, Field(ge=0, le=10**9)]


class DemoAgreement(Entry):
    """An invented agreement of a body."""

    ags: Ags
    amount_cents: Positive
    measures: tuple[tuple[str, str], ...]  # (measure type code, title)


class DemoAppropriation(Entry):
    """Invented money of a budget line for the year; ``earmark`` "" is the money without one."""

    budget_line: str
    money_source: str
    earmark: str = ""
    amount_cents: Positive


class DemoAuthority(Entry):
    """An invented commitment authority (Verpflichtungsermächtigung), due in a later year."""

    budget_line: str
    money_source: str
    earmark: str = ""
    due_year: int
    amount_cents: Positive


class DemoIndicators(Entry):
    """Invented values of the year's indicators for one body, by indicator code."""

    ags: Ags
    values: dict[str, Count]


class DemoParty(Entry):
    """A party beside a body; ``passing_on`` is how the body passes work on to it, "" if not."""

    name: str
    kind: Literal["provider", "own_company", "jobcenter"]
    ags: Ags
    passing_on: str = ""


class DemoYear(Entry):
    """All that is invented for the demo of one programme year."""

    agreements: tuple[DemoAgreement, ...] = ()
    appropriations: tuple[DemoAppropriation, ...] = ()
    authorities: tuple[DemoAuthority, ...] = ()
    indicators: tuple[DemoIndicators, ...] = ()
    reference_date: date | None = None
    parties: tuple[DemoParty, ...] = ()
