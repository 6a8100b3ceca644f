"""The list of verifications."""

from django.urls import reverse

from zielwerk.auditing import queries
from zielwerk.auditing.queries import RESULTS
from zielwerk.identity import queries as identity
from zielwerk.rulebook.refusal import msg
from zielwerk.ui.lists import Column, Listing
from zielwerk.ui.tags.pieces import badge
from zielwerk.ui.tags.values import said

LOOKS = {"running": "info", "sound": "success", "faulty": "danger", "broken_off": "warning"}


def state(outcome: str) -> str:
    return badge(said(RESULTS[outcome]), LOOKS[outcome])


VERIFICATIONS = Listing(
    route="auditing:verifications",
    name=msg("Prüfungen des Protokolls"),
    counted=msg("Prüfungen"),
    look="auditing.look",
    rows=lambda user: queries.verifications(),
    order=("-pk",),
    empty=(msg("Keine Prüfung"), msg("Zu dieser Auswahl gibt es keine Prüfung.")),
    columns=(
        Column(
            "number",
            msg("Nummer"),
            ("pk",),
            url=lambda pk: reverse("auditing:verification", args=[pk]),
        ),
        Column("begun_at", msg("Begonnen")),
        Column("concluded_at", msg("Beendet")),
        Column("begun_by", msg("Wer"), names=identity.labels, sort=()),
        Column("outcome", msg("Ergebnis"), labels=RESULTS, cell=state),
        Column("fault_number", msg("Mängel"), is_number=True),
        Column("entry", msg("Geprüft bis Eintrag"), is_number=True),
        Column("kept_seal", msg("Verglichen mit dem Siegel"), sort=(), is_file_only=True),
        Column(
            "seal",
            msg("Siegel"),
            ("entry", "hash"),
            lambda entry, digest: f"{entry}:{digest}" if digest else "",
            sort=(),
            is_file_only=True,
        ),
    ),
)
