"""Beginning to change what was agreed: with a copy of the text that holds."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime

from zielwerk.agreements.models import Agreement
from zielwerk.core import jobs
from zielwerk.core.actions import action
from zielwerk.core.cases import new_case
from zielwerk.core.models import Job
from zielwerk.core.permissions import Actor
from zielwerk.drafting.amending import begun
from zielwerk.drafting.changes import Change, applied
from zielwerk.negotiation import queries
from zielwerk.negotiation.actions.drafting import (
    digests_of,
    keep_version,
    next_version,
    refuse_change,
    refuse_year,
)
from zielwerk.negotiation.models import DraftDocument, Origin
from zielwerk.packs import loading as packs
from zielwerk.programme.actions import keep_rules
from zielwerk.rulebook.agreement import forms_of_both
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.refusal import Refusal, Refused, msg
from zielwerk.rulebook.writing import says_something


@dataclass(frozen=True)
class NewAmendment:
    """The wish to change an agreement: by which form, resting on which place of it.

    ``changes`` are made at once, or the text names another total (``total_cents``) and so much
    ``less`` for each earmark. ``takes_from`` is the draft by which another body gives up the money
    that this one gets.
    """

    agreement: Agreement
    form: str
    basis: str
    changes: Sequence[Change] = field(default=())
    total_cents: int | None = None
    less: Mapping[str, int] = field(default_factory=dict)
    takes_from: DraftDocument | None = None

    @property
    def programme(self) -> str:
        return self.agreement.programme

    @property
    def year(self) -> int:
        return self.agreement.year

    @property
    def ags(self) -> str:
        return self.agreement.ags


@dataclass(frozen=True)
class NewPair:
    """The wish that of the money that one body does not use another gets an amount."""

    gives: Agreement
    gets: Agreement
    amount_cents: int
    basis: str

    @property
    def programme(self) -> str:
        return self.gives.programme

    @property
    def year(self) -> int:
        return self.gives.year

    @property
    def ags(self) -> str:
        return self.gives.ags


@dataclass(frozen=True)
class AmendAfterCut:
    """An amendment for every agreement of a year that a cut hit, resting on one place."""

    programme: str
    year: int
    form: str
    basis: str


@action("negotiation.amend")
def amend(actor: Actor, new: NewAmendment, *, at: datetime) -> DraftDocument:
    """Draft a change: the copy of what holds is the first version, what is changed the next."""
    refuse_year(new.programme, new.year)
    agreement = new.agreement
    if reasons := [*queries.why_not_amended(agreement), *_faults(new)]:
        raise Refused(*reasons)
    holds = queries.text_that_holds(agreement)
    basis = " ".join(new.basis.split())[:LONGEST_BASIS]
    document = begun(holds, queries.amends(agreement, holds, new.form, basis))
    sides = queries.sides(new.programme, new.year)
    made = new_case(
        DraftDocument,
        f"{packs.programme(new.programme).prefix('negotiation')}-{new.year}",
        at=at,
        programme=new.programme,
        year=new.year,
        ags=new.ags,
        body_name=agreement.body_name,
        drafting=sides.drafting,
        answering=sides.answering,
        turn=sides.drafting,
        rule_version=keep_rules(actor, new.programme, new.year, at=at),
        is_invented=agreement.is_invented,
        amends=agreement,
        form=new.form,
        basis=basis,
        takes_from=new.takes_from,
        drafted_at=at,
        **digests_of(document),
    )
    keep_version(made, actor, document, Origin.COPIED, at)
    changes = list(new.changes)
    if new.total_cents is not None:
        changes += queries.changes_to(document, new.total_cents, dict(new.less))
    if not changes:
        return made
    for change in changes:
        refuse_change(made, change)
        document = applied(document, change)
    return next_version(made, actor, document, Origin.EDITED, at)


@action("negotiation.amend_pair")
def amend_pair(actor: Actor, new: NewPair, *, at: datetime) -> DraftDocument:
    """Draft both amendments; returns that of the body that gives, which the other one names.

    The money goes the way of all money: the one body waives it once it is no longer agreed, it is
    reallocated, and then the other may agree it.
    """
    if reasons := _why_no_pair(new):
        raise Refused(*reasons)
    form = forms_of_both(packs.programme(new.programme).document.sides)[0]
    less = new.gives.amount_cents - new.amount_cents
    more = new.gets.amount_cents + new.amount_cents
    gives = amend(actor, NewAmendment(new.gives, form, new.basis, total_cents=less), at=at)
    amend(
        actor,
        NewAmendment(new.gets, form, new.basis, total_cents=more, takes_from=gives),
        at=at,
    )
    return gives


def _why_no_pair(new: NewPair) -> list[Refusal]:
    same = (new.gives.programme, new.gives.year) == (new.gets.programme, new.gets.year)
    reasons = [] if same and new.gives.ags != new.gets.ags else [NO_PAIR]
    if new.amount_cents <= 0:
        reasons.append(NOTHING_MOVES)
    elif new.amount_cents > new.gives.amount_cents:
        params = {"amount": Cents(new.gives.amount_cents)}
        reasons.append(Refusal("negotiation.too_much", TOO_MUCH, params))
    return reasons


@action("negotiation.amend_after_cut")
def amend_after_cut(actor: Actor, wish: AmendAfterCut, *, at: datetime) -> Job:
    """Have an amendment drafted for every agreement that a cut hit, in the background."""
    refuse_year(wish.programme, wish.year)
    if not says_something(wish.basis):
        raise Refused(NO_BASIS)
    params = {**asdict(wish), "user": actor.audit_name}
    return jobs.start(actor, AMEND_AFTER_CUT, params, at=at)


def _faults(new: NewAmendment) -> list[Refusal]:
    faults = []
    if new.form not in forms_of_both(packs.programme(new.programme).document.sides):
        faults.append(NO_FORM)
    if not says_something(new.basis):
        faults.append(NO_BASIS)
    return faults


AMEND_AFTER_CUT = "negotiation.amend_after_cut"  # the kind of job
LONGEST_BASIS = 200
NO_PAIR = Refusal(
    "negotiation.no_pair",
    msg("Geld geht von einer Gebietskörperschaft an eine andere, in demselben Programmjahr."),
)
NOTHING_MOVES = Refusal("negotiation.nothing_moves", msg("Der Betrag muss größer als null sein."))
TOO_MUCH = msg("Zugesagt sind dort nur {amount}.")
NO_FORM = Refusal("negotiation.no_form", msg("In dieser Form wird hier nichts gemeinsam geändert."))
NO_BASIS = Refusal("negotiation.no_basis", msg("Es fehlt, auf welcher Stelle die Änderung beruht."))
