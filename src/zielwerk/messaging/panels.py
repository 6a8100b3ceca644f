"""What the pages of the outbox show: the list, and how much waits and failed."""

from datetime import datetime

from django.db.models import Count
from django.urls import reverse

from zielwerk.messaging.forms import OutboxFilters
from zielwerk.messaging.models import Mail
from zielwerk.rulebook.refusal import msg
from zielwerk.ui.lists import Column, Listing


def waiting_until(next_at: datetime, state: str) -> datetime | None:
    """When a mail that waits is tried; of any other there is no such moment."""
    return next_at if state == Mail.State.WAITING else None


OUTBOX = Listing(
    route="messaging:outbox",
    name=msg("Postausgang"),
    counted=msg("E-Mails"),
    look="messaging.look_at_outbox",
    rows=lambda user: Mail.objects.all(),
    order=("-pk",),
    filters=lambda parameters, user: OutboxFilters(parameters),
    empty=(msg("Keine E-Mail"), msg("Zu dieser Auswahl gibt es keine E-Mail.")),
    columns=(
        Column(
            "number",
            msg("Nummer"),
            ("pk",),
            url=lambda pk: reverse("messaging:mail", args=[pk]),
        ),
        Column("person", msg("An"), ("person__name",), sort=("person__name_key",)),
        Column("kind", msg("Art"), labels=dict(Mail.Kind.choices), sort=()),
        Column("state", msg("Stand"), labels=dict(Mail.State.choices), sort=()),
        Column("made_at", msg("angelegt")),
        Column("attempts", msg("Versuche")),
        Column("next_at", msg("nächster Versuch"), ("next_at", "state"), waiting_until, sort=()),
        Column("fault", msg("letzter Fehler"), sort=()),
    ),
)


def counts() -> dict[str, int]:
    """How many mails are in each state."""
    rows = Mail.objects.order_by().values_list("state").annotate(Count("pk"))
    return dict(rows)
