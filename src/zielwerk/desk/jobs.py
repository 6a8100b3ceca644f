"""The proof of the audit chain and the books, in the background."""

from itertools import chain
from typing import Any

from django.conf import settings
from django.urls import reverse

from zielwerk.core import audit
from zielwerk.core.extents import extents
from zielwerk.core.jobs import Progress
from zielwerk.desk.actions import PROVE
from zielwerk.ledger import queries as ledger
from zielwerk.rulebook.refusal import Refused, msg

WHOLE = msg("Das Protokoll und die Bücher sind unversehrt.")


def prove(progress: Progress) -> dict[str, Any]:
    """Fails with every fault and its extent; done means that everything is whole."""
    differ = (each.refusal for each in ledger.disagreements(settings.PROGRAMME))
    found = extents(chain(audit.verify(told=progress.reach), ledger.faults(), differ))
    if found:
        raise Refused(*chain.from_iterable(extent.said for extent in found))
    return {"message": WHOLE, "url": reverse("desk:audit_log")}


KINDS = {PROVE: prove}
