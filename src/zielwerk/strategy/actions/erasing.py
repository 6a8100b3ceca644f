"""Erasing the data of somebody outside, who consented to a strategy or was asked about one."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from zielwerk.core.actions import action, seal
from zielwerk.core.permissions import Actor
from zielwerk.rulebook.refusal import Refusal, Refused, msg
from zielwerk.strategy.actions.asking import void_one
from zielwerk.strategy.models import Consent, ConsentRequest

NOBODY = msg("Unter „{who}“ hat niemand zugestimmt, und niemand wurde gebeten.")


@dataclass(frozen=True)
class Erasure:
    """Whose data to erase: a name as it was entered, or an e-mail address."""

    who: str


@action("strategy.erase")
def erase(actor: Actor, erasure: Erasure, *, at: datetime) -> int:
    """Erase names, offices, remarks and addresses of somebody, for good; how many rows held some.

    With them goes the key of each row's seal, so that the chain holds and tells nothing of her.
    That an actor consented, and on which day, stays: the strategy rests on it.
    """
    who = erasure.who.strip()
    consents = list(Consent.objects.select_for_update().filter(name=who) if who else ())
    asked = Q(addressee=who) | Q(mail__iexact=who)
    requests = list(ConsentRequest.objects.select_for_update().filter(asked) if who else ())
    if not (consents or requests):
        raise Refused(Refusal("strategy.nobody", NOBODY, {"who": who}))
    for request in requests:
        if request.used_at is None and request.withdrawn_at is None:
            void_one(request, at)
    for row in (*consents, *requests):
        for name in (*row.PERSONAL, "seal_key"):
            setattr(row, name, "")
        row.save(update_fields=[*row.PERSONAL, "seal_key"])
        seal(row)
    return len(consents) + len(requests)
