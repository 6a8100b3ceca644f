"""How a year is applied for: forms of financing, flat rates, pools, declarations and papers."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from zielwerk.packs.model.base import Amount, Code, Dated, Entry, Labelled, Source, Text, Words
from zielwerk.rulebook import application as rulebook

FormName = Literal["share", "deficit", "fixed", "full"]
RateName = Literal["fixed", "total", "staff", "overhead"]
Percent = Annotated[str, Field(pattern=r"^[0-9]{1,3}(\.[0-9]{1,2})?$")]  # "7.5"


class Applying(Entry):
    """How a programme year is applied for; a year without it has no applications.

    ``form`` is the usual one of the ``forms`` allowed, ``percent`` the usual share of a share. An
    agreement is the precondition of an application (``before``), goes beside it, or plays no part.
    ``grace_days`` after the deadline an application still counts as in time; ``late`` lets one
    come later with a reason. With ``early_start`` a body may ask to begin before the decision.
    """

    forms: Annotated[tuple[FormName, ...], Field(min_length=1)]
    form: FormName
    percent: Percent | None = None
    agreement: Literal["before", "beside", "none"] = "none"
    grace_days: Annotated[int, Field(ge=0, le=366)] = 0
    late: bool = False
    early_start: bool = False
    basis: Text = ""
    source: Source

    @property
    def share(self) -> Decimal | None:
        """The usual share in percent, where there is one."""
        return Decimal(self.percent) if self.percent else None


class FlatRate(Labelled, Dated):
    """A flat rate of a category of cost (Pauschale), see :mod:`zielwerk.rulebook.application`.

    A ``fixed`` one has an ``amount_cents``, for each seat where ``per_seat`` says so; the others
    have a ``percent`` of the categories ``of``, of all where none is named. ``most_cents`` bounds
    it in a budget year.
    """

    code: Code
    category: str
    kind: RateName
    percent: Percent | None = None
    amount_cents: Amount = 0
    per_seat: bool = False
    of: tuple[str, ...] = ()
    most_cents: Amount | None = None
    basis: Text = ""
    source: Source

    @property
    def rule(self) -> rulebook.FlatRate:
        """The same as the rules compute with it."""
        return rulebook.FlatRate(
            self.code,
            self.label,
            self.category,
            self.kind,
            Decimal(self.percent or 0),
            self.amount_cents,
            self.per_seat,
            self.of,
            self.most_cents,
            self.basis or self.source.text,
            self.source.assumed,
        )


class CostPool(Labelled, Dated):
    """Categories of cost that may cover each other (Deckungskreis).

    One of them may be exceeded by ``percent`` where the others of the pool are lower by as much.
    """

    code: Code
    categories: Annotated[tuple[str, ...], Field(min_length=1)]
    percent: Percent
    basis: Text = ""
    source: Source

    @property
    def rule(self) -> rulebook.CostPool:
        """The same as the rules compute with it."""
        basis = self.basis or self.source.text
        percent, assumed = Decimal(self.percent), self.source.assumed
        return rulebook.CostPool(self.code, self.label, self.categories, percent, basis, assumed)


class Declaration(Labelled, Dated):
    """What a body declares when it applies; ``text`` is the sentence that it makes its own."""

    code: Code
    text_en: str = ""
    text: Words
    required: bool = True
    basis: Text = ""
    source: Source


class ApplicationAttachment(Labelled, Dated):
    """A paper that an application needs, or may have where it is not ``required``.

    With ``once_in`` it exists with the strategy or the agreement and is only referred to.
    """

    code: Code
    required: bool = True
    once_in: Literal["", "strategy", "agreement"] = ""
    basis: Text = ""
    source: Source
