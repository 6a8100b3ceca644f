"""What a year says of measures: their kinds, whom they are for, who pays, what they aim at."""

from typing import Literal

from zielwerk.packs.model.base import Code, Dated, Labelled, Source, Text


class MeasureType(Labelled, Dated):
    """A kind of measure (Maßnahmeart); ``label`` as that year's agreements print it.

    ``cues`` are further wordings by which a heading of this type is recognised.
    """

    code: str  # training_preparation, training_and_coaching, qualification, staff_training
    cues: tuple[str, ...] = ()
    has_participants: bool = True
    source: Source


class TargetGroup(Labelled, Dated):
    """People whom the programme is for (Zielgruppe).

    ``needs_reason`` marks those whom a measure names with a reason only.
    """

    code: str
    needs_reason: bool = False
    source: Source


class CostCategory(Labelled, Dated):
    """A kind of cost in the financing plan of a measure (Kostenart)."""

    code: str
    source: Source


class CostSource(Labelled, Dated):
    """Who pays a part of what a measure costs (Finanzierungsquelle): state, county, Jobcenter.

    ``of_programme`` marks the money of this programme, which the allocation bounds, ``own`` that
    of the body itself; the rest is money of third parties.
    """

    code: str  # state, county, jobcenter, third
    of_programme: bool = False
    own: bool = False
    source: Source


class OtherFunding(Labelled, Dated):
    """Another programme that may fund the same measures (anderes Förderprogramm): ESF+ IdeA.

    ``cues`` are words of titles that tell of it, ``with_language`` marks one that funds language
    teaching beside measures. A draft asks about it, so that nothing is paid for twice.
    """

    code: str
    cues: tuple[str, ...] = ()
    with_language: bool = False
    source: Source


class TargetIndicator(Labelled, Dated):
    """What a target of a measure or of an agreement is measured by (Messgröße).

    ``data_source`` says where the figure comes from, fixed before it is known; ``cumulative``
    that it is counted on from the first day, so that it never falls in the year.
    """

    code: str  # entries, into_training
    unit_en: str = ""
    unit: Text
    definition_en: str = ""
    definition: Text
    data_source_en: str = ""
    data_source: Text
    cumulative: bool = False
    source: Source


class PassOnPaper(Labelled):
    """A paper that the Träger owes for what it gets, from the start or with its proof."""

    code: Code
    due: Literal["start", "proof"] = "start"


class PassingOn(Labelled, Dated):
    """A way in which a body passes the work on to another party (Weiterleitung).

    With ``carrier_income`` that party may have income of its own from the measure, which counts
    as money of third parties. ``document`` is by what it is passed on: an onward notice, a contract
    or an order of private law, or nothing where the body carries it out itself. With ``inherits``
    the conditions of the notice that may be passed on go along; ``checks`` are what is checked
    before, ``proof`` whether the party owes a proof of its own, ``papers`` what else it owes.
    """

    code: str  # onward_notice, contract, procured, own_company, own_delivery
    carrier_income: bool = False
    document: Literal["notice", "contract", "order", "none"] = "contract"
    inherits: bool = True
    checks: tuple[Literal["procurement", "vat", "state_aid", "in_house"], ...] = ()
    proof: bool = True
    papers: tuple[PassOnPaper, ...] = ()
    source: Source
