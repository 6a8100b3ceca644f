"""A notice passes to the successor of its body: it stays as issued, and is the successor's."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.utils.timezone import localdate

from zielwerk.core import events
from zielwerk.core.actions import action, seal
from zielwerk.core.cases import locked, save_case
from zielwerk.core.permissions import Actor
from zielwerk.funding import actions as funding
from zielwerk.granting.models import GrantAct, GrantNotice, Issuing, Takeover
from zielwerk.packs import loading as packs
from zielwerk.succession.actions import CarriedOut
from zielwerk.succession.models import SuccessionAct

IssuingT = TypeVar("IssuingT", bound=Issuing)


@dataclass(frozen=True)
class NoticePassed:
    """A notice passed to a successor; what rests on it passes too."""

    notice: GrantNotice
    source_name: str


@action("granting.take_over")
def take_over_for(actor: Actor, carried: CarriedOut, *, at: datetime) -> None:
    """Where a succession is carried out, its notices are those of whoever takes them.

    What they commit passed in the books already. Acts on them, drafted or issued, and the
    application go along; documents stay as they are.
    """
    for number, target in {each.number: each.target for each in carried.notices}.items():
        notice = GrantNotice.objects.get(file_number=number)
        _take_over(actor, notice, target, carried.act, at)


def _take_over(
    actor: Actor, notice: GrantNotice, target: str, act: SuccessionAct, at: datetime
) -> None:
    names = {body.ags: str(body.name) for body in packs.bodies(notice.programme)}
    record = Takeover.objects.create(
        notice=notice,
        source=notice.ags,
        source_name=notice.body_name,
        target=target,
        target_name=names[target],
        case=act.file_number,
        passed_on=localdate(at),
        entered_by=actor.audit_name,
        entered_at=at,
    )
    seal(record)
    notice = _handed_on(notice, target, names[target])
    for each in GrantAct.objects.filter(notice=notice).order_by("pk"):
        _handed_on(each, target, names[target])
    passing = funding.ToSuccessor(notice.application, target, names[target])
    funding.take_over(actor, passing, at=at)
    events.publish(actor, NoticePassed(notice, str(record.source_name)), at=at)


def _handed_on(case: IssuingT, ags: str, name: str) -> IssuingT:
    case = locked(case)
    case.ags, case.body_name = ags, name
    return save_case(case)
