"""The notice by which money is granted, and the ancillary provisions that go with it."""

from typing import Annotated, Literal

from pydantic import Field

from zielwerk.packs.model.base import (
    Amount,
    Code,
    Dated,
    Entry,
    Labelled,
    Source,
    Text,
    Words,
)


class Instalment(Entry):
    """A part of what a budget year pays, on a day of that year, in percent."""

    day: Annotated[int, Field(ge=1, le=31)]
    month: Annotated[int, Field(ge=1, le=12)]
    percent: Annotated[int, Field(gt=0, le=100)]


class Notice(Labelled):
    """What a programme calls the notice of a grant (Zuwendungsbescheid), and how it is made.

    Without ``instalments`` the body draws its money down by need; with some, the parts of each
    budget year are paid on their days. From ``second_approver_cents`` on a second person approves.
    At most ``together_most`` notices over ``together_cents`` are issued at once, 0: any.
    ``basis`` are the norms that a grant rests on.
    ``final`` is the code of the condition that reserves a final notice, ``final_usual`` whether it
    goes along where nobody says otherwise. ``remedy`` is how a notice is contested: by legal
    action at the court that is competent for the body (``organisations.toml``), or by an
    objection to whoever issued it. ``procedure_act`` is the state's administrative procedure act,
    one of those in its law. ``receipt_shifts`` moves the day of deemed receipt off weekends and
    holidays, ``remedy_shifts`` the end of the period; with ``earlier_receipt`` a recorded receipt
    counts even before the day of the fiction. ``above_agreed`` is what becomes of a grant above
    what was agreed for a measure or in all: it is told, needs a reason, or is not possible.
    """

    label: Words  # Zuwendungsbescheid
    plural_en: str = ""
    plural: Words
    gender: Literal["f", "m", "n"]
    instalments: tuple[Instalment, ...] = ()
    second_approver_cents: Amount = 0
    together_most: Annotated[int, Field(ge=0, le=1000)] = 0
    together_cents: Amount = 0
    final: str = ""
    final_usual: bool = False
    remedy: Literal["suit", "objection"] = "suit"
    basis: Text = ""
    procedure_act: Text = "VwVfG"
    receipt_shifts: bool = False
    remedy_shifts: bool = True
    earlier_receipt: bool = False
    above_agreed: Literal["told", "reason", "barred"] = "reason"
    source: Source


class Condition(Dated):
    """An ancillary provision (Nebenbestimmung) of a notice, in our own words.

    ``text`` names rates, periods and days as ``{slots}``: codes of parameters and deadlines. With
    ``inherits`` it is passed on to whoever gets the money from the body; ``only_for`` are the
    kinds of bodies that it is for, none: all. An ``optional`` one goes along where chosen.
    """

    code: Code
    title_en: str = ""
    title: Words
    kind: Literal["time_limit", "condition", "revocation", "duty", "reservation"]
    text_en: str = ""
    text: Words
    citation: Text = ""
    inherits: bool = False
    optional: bool = False
    only_for: tuple[str, ...] = ()
    source: Source
