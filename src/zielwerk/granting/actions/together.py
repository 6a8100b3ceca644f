"""Issuing several notices at once, after each was looked at: all of them, or none."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.timezone import localdate

from zielwerk.core.actions import action, seal
from zielwerk.core.permissions import Actor
from zielwerk.granting import queries
from zielwerk.granting.actions.following import NewEvent, enter
from zielwerk.granting.actions.stepping import Ready, issue
from zielwerk.granting.models import GrantNotice, IssuedTogether
from zielwerk.rulebook.grant.events import Event
from zielwerk.rulebook.grant.together import code_of, why_not_together
from zielwerk.rulebook.refusal import Refused


@dataclass(frozen=True)
class Batch:
    """The notices that are to be issued, as somebody saw them: by the ``code`` of their list.

    ``ready`` are their documents by key, set before. With a ``way`` each is entered as sent.
    """

    notices: tuple[GrantNotice, ...]
    code: str
    ready: Mapping[int, Ready] = field(default_factory=dict)
    way: str = ""


@action("granting.issue_together")
def issue_together(actor: Actor, batch: Batch, *, at: datetime) -> IssuedTogether:
    """Issue all of a list, in one act; if one of them cannot be issued, none is."""
    ordered = sorted(batch.notices, key=lambda notice: notice.pk)
    # All of them before any account, so that nobody waits in a circle with who issues one.
    held = GrantNotice.objects.select_for_update().filter(pk__in=[each.pk for each in ordered])
    list(held.order_by("pk").values_list("pk"))
    entries = queries.entries_of(ordered)
    limits = queries.limits_of(ordered)
    if reasons := why_not_together(entries, limits, batch.code):
        raise Refused(*reasons)
    issued = [issue(actor, each, prepared=batch.ready.get(each.pk), at=at) for each in ordered]
    if batch.way:
        for each in issued:
            enter(actor, NewEvent(each, Event.SENT, localdate(at), batch.way), at=at)
    together = IssuedTogether.objects.create(
        entries=[[each.number, each.recipient, each.cents] for each in entries],
        code=code_of(entries),
        count=len(entries),
        amount_cents=sum(each.cents for each in entries),
        issued_by=actor.audit_name,
        issued_at=at,
    )
    seal(together)
    return together
