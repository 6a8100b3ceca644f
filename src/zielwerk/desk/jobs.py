"""The proof of the audit chain and the books, in the background."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from zielwerk.core import audit
from zielwerk.core.jobs import Progress
from zielwerk.desk.actions import PROVE
from zielwerk.ledger import queries as ledger
from zielwerk.rulebook.refusal import Refused, msg

WHOLE = msg("Das Protokoll und die Bücher sind unversehrt.")


def prove(progress: Progress) -> dict[str, Any]:
    """Fails with the first fault's sentence; done means that everything is whole."""
    differ = (each.refusal for each in ledger.disagreements(settings.PROGRAMME))
    proofs = (audit.verify(), ledger.faults(), differ)
    progress.of(len(proofs))
    for proof in proofs:
        fault = next(proof, None)
        if fault:
            raise Refused(fault)
        progress.step()
    return {"message": WHOLE, "url": reverse("desk:audit_log")}


KINDS = {PROVE: prove}
