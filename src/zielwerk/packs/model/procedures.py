"""Procedures: the document, the stages of each procedure, and what a stage brings about.

Which stages there are, who takes them and what they rest on is data of a programme. What a
stage can do, and what can be asked before it, is a closed list: code stands behind each.
"""

from typing import Annotated, Literal

from pydantic import Field

from zielwerk.packs.model.base import (
    Amount,
    Code,
    Dated,
    Entry,
    Labelled,
    Lines,
    Prefix,
    Slug,
    Source,
    Text,
    Words,
)

Side = Literal["ministry", "authority", "body"]
ProcedureCode = Literal[
    "allocation",
    "recording",
    "adjustment",
    "publication",
    "strategy",
    "negotiation",
    "conclusion",
    "application",
    "grant",
    "passing",
]
Effect = Literal[
    "none",
    "allocated",
    "agreed",
    "granted",
    "ordered",
    "published",
    "in_force",
    "settled",
    "concluded",
    "assessed",
    "issued",
    "passed_on",
]
GuardName = Literal[
    "allocation_computed",
    "allocation_changes_something",
    "allocation_counts_everybody",
    "allocation_covered",
    "recording_doubts_settled",
    "recording_complete",
    "recording_within_number",
    "recording_allocated",
    "adjustment_covered",
    "publication_without_names",
    "strategy_whole",
    "strategy_consented",
    "strategy_free",
    "negotiation_decided",
    "negotiation_answered",
    "conclusion_signed",
    "conclusion_allocated",
    "conclusion_number",
    "application_whole",
    "application_in_time",
    "application_answered",
    "application_settled",
    "grant_sound",
    "grant_covered",
    "grant_agreed",
    "passing_sound",
    "passing_checked",
    "passing_covered",
]
SignatureForm = Literal["hand", "qualified", "text"]


class Document(Labelled):
    """The document by which a body gets its money: an agreement of two, a notice of one.

    ``gender`` is that of its German name, for sentences. ``prefix`` begins its file numbers,
    ``address`` is where it is published. ``sides`` are those that sign it, ``per_year`` how many
    of it a body may have for a year (0: any number), ``recipient`` whether the body gets the
    money as a whole or each measure its own amount, ``additions`` whether a body may add clauses
    of its own.
    """

    label: Words  # Zielvereinbarung
    plural_en: str = ""
    plural: Words
    gender: Literal["f", "m", "n"]
    prefix: Prefix
    address: Slug
    sides: Annotated[tuple[Side, ...], Field(min_length=1)] = ("ministry", "body")
    per_year: Annotated[int, Field(ge=0, le=99)] = 1
    recipient: Literal["body", "measure"] = "body"
    additions: bool = False


AmendedPart = Literal["amount", "earmarks", "names", "measures", "targets", "clauses", "additions"]


class Amendment(Entry):
    """What an amendment of a document may change; all of it where a programme says nothing."""

    may_change: Annotated[tuple[AmendedPart, ...], Field(min_length=1)]
    source: Source


class Procedure(Entry):
    """A procedure of the programme; ``prefix`` begins the file numbers of its cases."""

    code: ProcedureCode
    prefix: Prefix


class Stage(Labelled, Dated):
    """A stage of a procedure; ``after`` is the code of the stage before, empty for the first.

    ``label`` is what people press, ``state`` what the case is called once it was taken.
    ``side`` takes it; with ``four_eyes`` nobody who took an earlier stage or began the case.
    ``notes`` asks for a text, such as the outcome of a hearing. ``deadline`` is the code of a
    deadline, ``guards`` what must hold, ``effect`` what it brings about.
    """

    procedure: ProcedureCode
    code: Code
    after: str = ""
    state_en: str = ""
    state: Words
    side: Side
    four_eyes: bool = False
    notes_en: str = ""
    notes: Text = ""
    basis: Text = ""
    deadline: str = ""
    guards: tuple[GuardName, ...] = ()
    effect: Effect = "none"
    source: Source


class SigningRule(Labelled, Dated):
    """How one side signs the document (Unterschriftsregel); of a body by its kind, or of any.

    ``signers`` are the offices in their order, one signature each; ``forms`` those allowed.
    ``seal`` is asked for where somebody signs by hand, ``resolution`` where an organ resolves
    first. Up to ``current_business_cents`` it is current business, which one signs in any form.
    """

    code: Code
    side: Side
    body_kind: str = ""
    signers: Lines
    forms: Annotated[tuple[SignatureForm, ...], Field(min_length=1)]
    seal: bool = False
    resolution: bool = False
    current_business_cents: Amount = 0
    basis: Text = ""
    source: Source
