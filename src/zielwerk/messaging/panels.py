"""What pages show of messages: the outbox, and on the desk how much is unread."""

from datetime import datetime

from django.db.models import Count
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext

from zielwerk.core.audit import reference
from zielwerk.core.case_files import Entry, Filed, Sort
from zielwerk.core.cases import Case
from zielwerk.core.permissions import Actor
from zielwerk.messaging import queries
from zielwerk.messaging.forms import OutboxFilters
from zielwerk.messaging.models import Mail
from zielwerk.rulebook.refusal import Said, msg
from zielwerk.ui.lists import Column, Listing


def waiting_until(next_at: datetime, state: str) -> datetime | None:
    """When a mail that waits is tried; of any other there is no such moment."""
    return next_at if state == Mail.State.WAITING else None


def addressee(name: str, _person: int, kind: str) -> str:
    """To whom a mail goes; of one to somebody outside, for whom it is sent."""
    if kind != Mail.Kind.OUTSIDE:
        return name
    return gettext("Stelle außerhalb, im Auftrag von {name}").format(name=name)


OUTBOX = Listing(
    route="messaging:outbox",
    name=msg("Postausgang"),
    counted=msg("E-Mails"),
    look="messaging.look_at_outbox",
    persons="person",
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
        Column(
            "person",
            msg("An"),
            ("person__name", "person", "kind"),
            addressee,
            sort=("person__name_key",),
        ),
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


def on_the_desk(request: HttpRequest) -> str:
    """How much a person was told and has not read; nothing where there is none."""
    number = queries.unread(request.user).count()
    return render_to_string("messaging/on_the_desk.html", {"number": number}) if number else ""


DESK_PARTS = (on_the_desk,)


def beside(user: Actor, case: Case) -> Filed:
    """How many people were told of what became of a case, and when; not who."""
    rows = queries.told_of(reference(case))
    return Filed(
        tuple(
            Entry(since, msg("mitgeteilt"), Sort.MAIL, Said(TOLD, {"count": count}))
            for since, count in rows
        )
    )


TOLD = msg("Mitteilung der Anwendung über den neuen Stand; Empfänger: {count}")
FILED = (beside,)
