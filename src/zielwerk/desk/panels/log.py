"""The list of the audit log."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

from zielwerk.core import permissions
from zielwerk.core import queries as core
from zielwerk.desk import queries
from zielwerk.desk.forms import LogFilters
from zielwerk.identity import queries as identity
from zielwerk.rulebook.lifecycle import Label
from zielwerk.rulebook.refusal import msg
from zielwerk.ui import steps
from zielwerk.ui.lists import Column, Listing


def beginning(digest: str) -> SafeString:
    return format_html("<code>{}…</code>", digest[:12])


def label_of_verb(verb: str) -> Label:
    return Label(permissions.label(verb))


ENTRIES = Listing(
    route="desk:audit_log",
    name=msg("Protokoll"),
    look="desk.look_at_audit",
    rows=lambda user: core.audit_entries(),
    order=("-pk",),
    filters=lambda parameters, user: LogFilters(parameters),
    empty=(msg("Kein Eintrag"), msg("Sobald jemand etwas tut, steht es hier.")),
    columns=(
        Column("number", msg("Nummer"), ("pk",)),
        Column("at", msg("Zeitpunkt")),
        Column("actor", msg("Wer"), names=identity.labels, sort=()),
        Column("verb", msg("Handlung"), value=label_of_verb),
        Column(
            "subject",
            msg("Gegenstand"),
            value=queries.subject_label,
            urls=lambda subjects, user: steps.urls_seen(user, subjects),
            tells=("number",),
        ),
        Column("hash", msg("Prüfsumme"), cell=beginning, sort=()),
    ),
)
