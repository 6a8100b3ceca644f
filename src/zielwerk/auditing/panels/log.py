"""The list of the audit log."""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from zielwerk.auditing import queries
from zielwerk.auditing.forms import LogFilters
from zielwerk.auditing.forms.log import FINANCIAL
from zielwerk.core import permissions
from zielwerk.identity import queries as identity
from zielwerk.rulebook.lifecycle import Label
from zielwerk.rulebook.refusal import msg
from zielwerk.ui import bodies, steps
from zielwerk.ui.lists import Column, Listing


def beginning(digest: str) -> SafeString:
    return format_html("<code>{}…</code>", digest[:12])


def label_of_verb(verb: str) -> Label:
    return Label(permissions.label(verb))


def number_of(subject: str, number: str | None, booked_for: str | None) -> str:
    """The file number of an entry: that of its record, else of the first booking."""
    return number or booked_for or ""


def body_of(ags: str | None) -> str:
    return bodies.short(ags) if ags else ""


def booked(is_financial: Any) -> Label:
    return Label(FINANCIAL["ja" if is_financial else "nein"])


ENTRIES = Listing(
    route="auditing:log",
    name=msg("Protokoll"),
    counted=msg("Einträge"),
    look="auditing.look",
    rows=lambda user: queries.entries(),
    order=("-pk",),
    filters=lambda parameters, user: LogFilters(parameters),
    empty=(msg("Kein Eintrag"), msg("Zu dieser Auswahl steht im Protokoll nichts.")),
    columns=(
        Column("number", msg("Nummer"), ("pk",)),
        Column("at", msg("Zeitpunkt")),
        Column("actor", msg("Wer"), names=identity.labels, sort=()),
        Column(
            "organisation",
            msg("Organisation"),
            ("actor",),
            names=identity.houses,
            sort=(),
            is_file_only=True,
        ),
        Column("verb", msg("Handlung"), value=label_of_verb),
        Column("subject", msg("Gegenstand"), value=queries.subject_label),
        Column(
            "file_number",
            msg("Aktenzeichen"),
            ("subject", "file_number", "booked_for"),
            value=number_of,
            urls=lambda subjects, user: steps.urls_seen(user, subjects),
            sort=(),
            tells=("number",),
        ),
        Column("body_name", msg("Gebietskörperschaft"), ("ags",), body_of, sort=(), language="de"),
        Column("year", msg("Programmjahr"), sort=()),
        Column("is_financial", msg("Buchung"), value=booked, sort=()),
        Column("hash", msg("Prüfsumme"), cell=beginning, sort=(), is_file_only=True),
    ),
)
