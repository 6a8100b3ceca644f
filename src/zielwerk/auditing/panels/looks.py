"""The lists of inquiries, and of the looks that they open."""

from django.urls import reverse
from django.utils import timezone

from zielwerk.auditing import queries
from zielwerk.auditing.forms import LookFilters
from zielwerk.auditing.models import Inquiry
from zielwerk.identity import queries as identity
from zielwerk.identity.panels import LOOK_ADDRESS, LOOK_AT, LOOK_PAGE, LOOK_WAY
from zielwerk.rulebook.refusal import msg
from zielwerk.ui.lists import Column, Listing
from zielwerk.ui.tags.pieces import badge
from zielwerk.ui.tags.values import said

LOOKS = {"asked": "warning", "open": "success", "over": "neutral"}


def state(code: str) -> str:
    return badge(said(queries.STATES[code]), LOOKS[code])


INQUIRIES = Listing(
    route="auditing:inquiries",
    name=msg("Anträge auf Einsicht"),
    look="auditing.inquire",
    rows=lambda user: queries.inquiries(timezone.now()),
    order=("-pk",),
    persons="person",
    empty=(msg("Kein Antrag"), msg("Zu dieser Auswahl gibt es keinen Antrag.")),
    columns=(
        Column(
            "number",
            msg("Nummer"),
            ("pk",),
            url=lambda pk: reverse("auditing:inquiry", args=[pk]),
        ),
        Column("asked_at", msg("Beantragt")),
        Column("asked_by", msg("Wer"), names=identity.labels, sort=()),
        Column(
            "person",
            msg("Person"),
            ("person__name", "person"),
            lambda name, pk: name or identity.erased(pk),
            sort=("person__name_key",),
        ),
        Column("about", msg("Gegenstand"), labels=dict(Inquiry.About.choices)),
        Column("state", msg("Stand"), labels=queries.STATES, cell=state),
        Column("purpose", msg("Zweck"), sort=(), is_file_only=True, language="de"),
        Column("released_by", msg("Freigegeben von"), names=identity.labels, sort=()),
    ),
)
OPENED = Listing(
    route="auditing:looks",
    name=msg("Wer Daten von Personen angesehen hat"),
    counted=msg("Blicke"),
    look="auditing.inquire",
    rows=lambda user: queries.looks_of(queries.open_to(user, timezone.now())),
    order=("-pk",),
    filters=lambda parameters, user: LookFilters(parameters, queries.open_to(user, timezone.now())),
    empty=(
        msg("Kein Blick"),
        msg("Zu dieser Auswahl ist nichts vermerkt."),
    ),
    columns=(
        LOOK_AT,
        Column("actor", msg("Wer"), names=identity.labels, sort=()),
        Column("organisation", msg("Organisation"), ("actor",), names=identity.houses, sort=()),
        LOOK_PAGE,
        LOOK_WAY,
        LOOK_ADDRESS,
        Column(
            "number_of_persons",
            msg("Gezeigte Personen"),
            ("persons",),
            lambda persons: len(persons.split()),
            sort=(),
            is_number=True,
        ),
    ),
)
