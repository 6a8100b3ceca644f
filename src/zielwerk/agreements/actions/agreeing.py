"""What was promised becomes an agreement: the record, its measures, its money.

Whether it was recorded from paper or concluded here, it is made in this one way.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from zielwerk.agreements import queries
from zielwerk.agreements.models import RECORDED_MEANWHILE, AgreedMeasure, Agreement
from zielwerk.core.actions import seal
from zielwerk.core.file_numbers import next_number
from zielwerk.core.permissions import Actor
from zielwerk.ledger import actions as ledger
from zielwerk.measures import actions as measures
from zielwerk.measures.models import Measure
from zielwerk.packs.model import Year
from zielwerk.rulebook.agreement import Terms
from zielwerk.rulebook.refusal import Refused


@dataclass(frozen=True)
class Promise:
    """What was promised, under which rules.

    What changes an agreement names the version ``before``, and its own ``version``, ``form`` and
    ``basis``. What was concluded here names the conclusion and who took its last stage, and
    ``planned`` by the place of a measure in the text the number of its plan.
    """

    terms: Terms
    rule_version: str
    is_invented: bool = False
    is_trial: bool = False
    before: Agreement | None = None
    version: int = 1
    form: str = ""
    basis: str = ""
    concluded_as: str = ""
    concluded_by: str = ""
    planned: Mapping[int, str] = field(default_factory=dict)


def agree(actor: Actor, new: Promise, rules: Year, at: datetime) -> Agreement:
    """Make the agreement with its measures, and book its money; for the verb that calls it."""
    terms, document, before = new.terms, rules.programme.document, new.before
    if before is not None and queries.newest(before) != before:
        raise Refused(RECORDED_MEANWHILE)
    agreement = Agreement.objects.create(
        **_numbered(new, document.prefix),
        programme=terms.programme,
        year=terms.year,
        ags=terms.ags,
        body_name=terms.body_name,
        amount_cents=terms.amount_cents,
        terms=terms.to_json(),
        rule_version=new.rule_version,
        is_invented=new.is_invented,
        is_trial=new.is_trial,
        concluded_as=new.concluded_as,
        concluded_by=new.concluded_by,
        recorded_at=at,
    )
    placed = zip(_placed(actor, before, terms, at), terms.measures, strict=True)
    AgreedMeasure.objects.bulk_create(
        AgreedMeasure(
            agreement=agreement,
            measure=measure,
            position=position,
            amount_cents=named.amount_cents if document.recipient == "measure" else None,
            planned=new.planned.get(place, ""),
        )
        for place, ((position, measure), named) in enumerate(placed, 1)
    )
    _book(actor, before, agreement, rules, at)
    seal(agreement)
    return agreement


def _numbered(new: Promise, prefix: str) -> dict[str, Any]:
    """Its file number and which document and version it is; a change has its number under the
    first version's."""
    terms, before = new.terms, new.before
    if before is None:
        ordinal = queries.next_ordinal(terms.programme, terms.year, terms.ags)
        which = {"ordinal": ordinal, "version": 1}
        number = next_number(f"{prefix}-{terms.year}")
    else:
        root = before.amends or before
        which = {"ordinal": before.ordinal, "version": new.version}
        changed = {"amends": root, "form": new.form, "basis": new.basis}
        number = next_number(root.file_number)
    same = {"programme": terms.programme, "year": terms.year, "ags": terms.ags, **which}
    take = Agreement.objects.filter(**same).count() + 1
    return {"file_number": number, **which, "take": take, **(changed if before else {})}


def _placed(
    actor: Actor, before: Agreement | None, terms: Terms, at: datetime
) -> list[tuple[int, Measure]]:
    """The measures of an agreement with their places, by which their accounts are named.

    Of a changed one, those that it named before keep measure and place; new ones come after all
    that any version ever named.
    """
    known: dict[tuple[str, str], list[tuple[int, Measure]]] = {}
    last = 0
    if before is not None:
        for agreed in before.agreed.select_related("measure").order_by("position"):
            key = (agreed.measure.type, agreed.measure.title)
            known.setdefault(key, []).append((agreed.position, agreed.measure))
        last = queries.last_position(before)
    wanted = [(measure.type, measure.title) for measure in terms.measures]
    kept = [known[key].pop(0) if known.get(key) else None for key in wanted]
    new = [key for key, found in zip(wanted, kept, strict=True) if found is None]
    entered = (
        measures.enter(actor, terms.programme, terms.year, terms.ags, new, at=at) if new else []
    )
    fresh = iter(enumerate(entered, last + 1))
    return [found or next(fresh) for found in kept]


def _book(
    actor: Actor, before: Agreement | None, agreement: Agreement, rules: Year, at: datetime
) -> None:
    """Move the amount from allocated to agreed in the planning book; a notice commits it, too.

    It counts from the day of the last signature where that is known, else from the day it
    was recorded. Of a changed agreement the difference moves.
    """
    day = agreement.content.signed_on or timezone.localdate(at)
    now = agreed_of(agreement, rules, agreement.file_number, day)
    if before is None:
        ledger.record_agreed(actor, now, at=at)
        return
    then = agreed_of(before, rules, agreement.file_number, day)
    ledger.record_changed(actor, ledger.Changed(then, now), at=at)


def foretold(
    terms: Terms, rules: Year, case: str, day: date, before: Agreement | None = None
) -> ledger.Agreed:
    """What making an agreement of terms would book, for whoever is asked before.

    Its number and the places of its measures are given by making it; until then it has those of
    the ``case``, and a measure that was named before its place there.
    """
    by_measure = rules.programme.document.recipient == "measure"
    places = _named_before(before) if before else {}
    amounts = []
    for number, measure in enumerate(terms.measures, 1):
        known = places.get((measure.type, measure.title))
        place = known.pop(0) if known else f"{case}/{number}"
        if by_measure and measure.amount_cents:
            amounts.append((place, measure.amount_cents))
    return ledger.Agreed(
        programme=terms.programme,
        programme_year=terms.year,
        ags=terms.ags,
        amount_cents=terms.amount_cents,
        value_date=day,
        case=case,
        measures=tuple(amounts),
        earmarks=tuple(sorted({earmark.code for earmark in terms.earmarks})),
        draws_first=rules.draws_first,
        is_granted=rules.grants,
    )


def _named_before(before: Agreement) -> dict[tuple[str, str], list[str]]:
    """The names of the accounts of the measures that a version names, by type and title."""
    root = before.amends or before
    places: dict[tuple[str, str], list[str]] = {}
    for agreed in before.agreed.select_related("measure").order_by("position"):
        key = (agreed.measure.type, agreed.measure.title)
        places.setdefault(key, []).append(f"{root.file_number}/{agreed.position}")
    return places


def agreed_of(agreement: Agreement, rules: Year, case: str, day: date) -> ledger.Agreed:
    """What a version names, for the books; where measures receive it, each has its account."""
    root = agreement.amends or agreement
    amounts = agreement.agreed.filter(amount_cents__gt=0).values_list("position", "amount_cents")
    by_measure = rules.programme.document.recipient == "measure"
    return ledger.Agreed(
        programme=agreement.programme,
        programme_year=agreement.year,
        ags=agreement.ags,
        amount_cents=agreement.amount_cents,
        value_date=day,
        case=case,
        measures=tuple((f"{root.file_number}/{place}", cents or 0) for place, cents in amounts)
        if by_measure
        else (),
        earmarks=tuple(sorted({earmark.code for earmark in agreement.content.earmarks})),
        draws_first=rules.draws_first,
        is_granted=rules.grants,
    )
