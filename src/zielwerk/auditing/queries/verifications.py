"""Verifications: which there were, and what came of them."""

from django.db.models import Case, CharField, QuerySet, Value, When
from django.http import Http404
from django.utils.translation import gettext

from zielwerk.auditing.models import Verification
from zielwerk.auditing.queries.about import kind_label
from zielwerk.core import audit
from zielwerk.core.models import Job
from zielwerk.rulebook.refusal import msg

RUNNING, SOUND, FAULTY, BROKEN_OFF = "running", "sound", "faulty", "broken_off"
RESULTS = {
    RUNNING: msg("läuft"),
    SOUND: msg("unversehrt"),
    FAULTY: msg("mit Mängeln"),
    BROKEN_OFF: msg("abgebrochen"),
}
COUNTED = {
    "entries": msg("Einträge des Protokolls"),
    "seals": msg("Siegel an Einträgen"),
    "definitions": msg("Festlegungen der Datenbank (Tabellen, Spalten, Bedingungen, Wächter)"),
    "series": msg("Reihen von Aktenzeichen"),
    "jobs": msg("wartende und laufende Aufträge"),
    "booked_transfers": msg("Buchungen in den Büchern"),
    "booked_accounts": msg("Konten in den Büchern"),
}


def verifications() -> QuerySet[Verification]:
    """All verifications, each with its result, newest first."""
    result = Case(
        When(concluded_at__isnull=False, fault_number=0, then=Value(SOUND)),
        When(concluded_at__isnull=False, then=Value(FAULTY)),
        When(job__state=Job.State.FAILED, then=Value(BROKEN_OFF)),
        default=Value(RUNNING),
        output_field=CharField(),
    )
    return Verification.objects.annotate(outcome=result).order_by("-pk")


def verification(pk: int) -> Verification:
    """One verification with its result; else Http404."""
    found = verifications().select_related("job").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def result(found: Verification) -> str:
    """The German name of a verification's result."""
    return RESULTS[found.outcome]  # type: ignore[attr-defined]  # as the query says it


def newest_result() -> Verification | None:
    """The newest verification that came to its end."""
    return verifications().filter(concluded_at__isnull=False).first()


def said_counts(found: Verification) -> list[tuple[str, int]]:
    """How many things of each kind were looked at, in the person's language."""
    return [(_called(kind), number) for kind, number in found.counted]


def _called(kind: str) -> str:
    if kind in COUNTED:
        return gettext(COUNTED[kind])
    model = audit.SEALED.get(kind)
    return gettext("Sätze: {kind}").format(kind=kind_label(model) if model else kind)


def newest_covering(entry: int) -> Verification | None:
    """The newest verification that came to its end and went as far as an entry."""
    return verifications().filter(concluded_at__isnull=False, entry__gte=entry).first()
