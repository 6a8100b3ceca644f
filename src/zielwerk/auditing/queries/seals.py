"""A seal that was kept outside, beside the chain as it is now."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, Max, Min

from zielwerk.core import audit, permissions
from zielwerk.core.digests import START, link
from zielwerk.core.models import AuditEntry, AuditSeal
from zielwerk.rulebook.lifecycle import Label
from zielwerk.rulebook.refusal import Refusal, msg

HEXADECIMAL = re.compile(r"[0-9a-f]*")
NO_SEAL = msg(
    "Das ist kein Siegel. Ein Siegel ist eine Zeile der Form Nummer:Prüfsumme, wie sie auf der "
    "Seite „Protokoll“ steht und „zielwerk audit seal“ sie ausgibt."
)
NO_NUMBER = msg(
    "Vor dem Doppelpunkt steht „{text}“ und nicht die Nummer eines Eintrags. Fehlt der Anfang?"
)
SHORT = msg(
    "Das Siegel ist abgeschnitten: Eine Prüfsumme hat 64 Zeichen, hier sind es {number}. Bitte "
    "fügen Sie es vollständig ein."
)
LONG = msg("Die Prüfsumme ist zu lang: Sie hat 64 Zeichen, hier sind es {number}.")
ODD = msg("In der Prüfsumme steht ein Zeichen, das dort nicht vorkommt; es sind 0–9 und a–f.")
SEVERAL = msg("Das sind mehrere Siegel. Bitte vergleichen Sie eines nach dem anderen.")


def stray(text: str) -> tuple[audit.Seal | None, Refusal | None]:
    """The seal in a text as somebody kept it; or why it is none."""
    lines = [line.strip() for line in text.replace("\ufeff", "").splitlines() if line.strip()]
    if len(lines) > 1:
        return None, Refusal("audit.several_seals", SEVERAL)
    number, colon, digest = (lines[0] if lines else "").partition(":")
    number, digest = number.strip(), digest.strip().lower()
    if fault := _fault(number, colon, digest):
        return None, fault
    found = audit.Seal.parse(f"{number}:{digest}")
    no_number = Refusal("audit.seal_number", NO_NUMBER, {"text": number[:40]})
    return (found, None) if found else (None, no_number)


def _fault(number: str, colon: str, digest: str) -> Refusal | None:
    if not colon:
        return Refusal("audit.no_seal", NO_SEAL)
    if not (number.isascii() and number.isdecimal()):
        return Refusal("audit.seal_number", NO_NUMBER, {"text": number[:40]})
    if not HEXADECIMAL.fullmatch(digest):
        return Refusal("audit.seal_odd", ODD)
    if len(digest) < len(START):
        return Refusal("audit.seal_short", SHORT, {"number": len(digest)})
    if len(digest) > len(START):
        return Refusal("audit.seal_long", LONG, {"number": len(digest)})
    return None


@dataclass(frozen=True)
class Span:
    """A part of the chain: how many entries, how many seals on them, from when until when."""

    entries: int = 0
    seals: int = 0
    first: datetime | None = None
    last: datetime | None = None
    verbs: list[tuple[Label, int]] = field(default_factory=list)


@dataclass(frozen=True)
class Comparison:
    """A kept seal beside the chain: whether it is still in it, what was there then, what came.

    ``fault`` says what is wrong; without one, the entry that the seal names is still there with
    the same hash, which is also that of what it says now.
    """

    kept: audit.Seal
    head: audit.Seal
    fault: Refusal | None
    entry: AuditEntry | None = None
    then: Span = Span()
    since: Span = Span()


def compared(kept: audit.Seal) -> Comparison:
    """Compare a seal with the chain; a handful of queries however long it is."""
    head = audit.seal()
    entry = AuditEntry.objects.filter(pk=kept.entry).first()
    if fault := next(_faults(kept, head, entry), None):
        return Comparison(kept, head, fault, entry)
    then, since = _span(1, kept.entry), _span(kept.entry + 1, head.entry)
    return Comparison(kept, head, None, entry, then, since)


def _faults(kept: audit.Seal, head: audit.Seal, entry: AuditEntry | None) -> Iterator[Refusal]:
    number = {"number": kept.entry, "last": head.entry}
    if kept.entry == 0:
        if kept.hash != START:
            yield Refusal("audit.seal_foreign", FOREIGN, number)
        return
    carried = AuditEntry.objects.filter(hash=kept.hash).values_list("pk", flat=True).first()
    if carried and carried != kept.entry:
        yield Refusal("audit.seal_moved", MOVED, {**number, "carried": carried})
    if kept.entry > head.entry:
        yield Refusal("audit.truncated", BEYOND, number)
    if entry is None:
        yield Refusal("audit.gap", GONE, number)
    elif entry.hash != kept.hash:
        yield Refusal("audit.seal_foreign", FOREIGN, number)
    elif entry.hash != link(
        entry.previous, entry.pk, entry.at, entry.actor, entry.verb, entry.subject, entry.digest
    ):
        yield Refusal("audit.broken", CHANGED, number)


MOVED = msg(
    "Diese Prüfsumme trägt Eintrag {carried}, das Siegel nennt aber Eintrag {number}. Die Nummer "
    "ist falsch abgeschrieben, oder jemand hat vor ihm Einträge entfernt oder eingefügt."
)
BEYOND = msg(
    "Das Siegel nennt Eintrag {number}; dieses Protokoll endet mit Eintrag {last}. Entweder wurde "
    "das Ende entfernt, etwa durch eine ältere Sicherung, oder das Siegel ist aus einer anderen "
    "Installation."
)
GONE = msg("Eintrag {number}, den das Siegel nennt, fehlt in diesem Protokoll.")
FOREIGN = msg(
    "Eintrag {number} hat hier eine andere Prüfsumme. Entweder wurde das Protokoll bis dahin neu "
    "geschrieben, oder das Siegel ist aus einer anderen Installation oder falsch abgeschrieben."
)
CHANGED = msg(
    "Eintrag {number} trägt noch die Prüfsumme des Siegels, sagt aber etwas anderes als damals: "
    "Er wurde verändert."
)


def _span(first: int, last: int) -> Span:
    if last < first:
        return Span()
    part = AuditEntry.objects.filter(pk__gte=first, pk__lte=last).order_by()
    ends = part.aggregate(number=Count("pk"), first=Min("at"), last=Max("at"))
    seals = AuditSeal.objects.filter(entry__gte=first, entry__lte=last).count()
    by_verb = part.values("verb").annotate(number=Count("pk")).order_by("-number", "verb")
    verbs = [
        (Label(permissions.label(verb)), number)
        for verb, number in by_verb.values_list("verb", "number")
    ]
    return Span(ends["number"], seals, ends["first"], ends["last"], verbs)
