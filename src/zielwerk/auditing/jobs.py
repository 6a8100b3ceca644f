"""The verification of the audit chain and of the books, in the background."""

from collections import Counter
from itertools import chain
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from zielwerk.auditing import actions, queries
from zielwerk.auditing.actions import VERIFY, Found
from zielwerk.auditing.models import Verification
from zielwerk.core import audit
from zielwerk.core.jobs import Progress
from zielwerk.identity import queries as identity
from zielwerk.ledger import queries as ledger
from zielwerk.rulebook.refusal import msg

SOUND = msg("Geprüft: Das Protokoll und die Bücher sind unversehrt.")
FAULTY = msg("Geprüft: Es gibt Mängel ({number}).")


def verify(progress: Progress, verification: int) -> dict[str, Any]:
    """Prove everything and put the result on record, whatever it is.

    A run after a lost worker that finds the result on record does nothing more.
    """
    wanted = queries.verification(verification)
    if wanted.concluded_at is None:
        person = identity.person(wanted.begun_by, timezone.localdate())
        found = prove(progress, audit.Seal.parse(wanted.kept_seal))
        wanted = actions.conclude(person, wanted, found, at=timezone.now())
    return {**_told(wanted), "url": reverse("auditing:verification", args=[wanted.pk])}


def prove(progress: Progress, kept_seal: audit.Seal | None) -> Found:
    """Every fault of the chain, of what is sealed in it, and of the books."""
    until, counted = audit.seal(), Counter[str]()
    differ = (each.refusal for each in ledger.disagreements(settings.PROGRAMME))
    told = audit.verify(kept_seal, told=progress.reach, counted=counted)
    faults = list(chain(told, ledger.faults(), differ))
    counted["booked_transfers"], counted["booked_accounts"] = ledger.extent()
    return Found(until, counted, faults)


def _told(done: Verification) -> dict[str, Any]:
    if done.fault_number:
        return {"message": FAULTY, "params": {"number": done.fault_number}}
    return {"message": SOUND}


KINDS = {VERIFY: verify}
