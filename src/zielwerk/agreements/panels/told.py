"""What a body's people are told of its agreements: that one was recorded, changed, annulled."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from zielwerk.agreements.models import Agreement
from zielwerk.core import permissions
from zielwerk.core.permissions import Actor
from zielwerk.core.queries import within
from zielwerk.messaging.queries import Told
from zielwerk.rulebook.lifecycle import Label
from zielwerk.rulebook.refusal import Said


def seen(user: Actor, programme: str) -> QuerySet[Agreement]:
    return within(user, Agreement.objects.filter(programme=programme))


def said(agreement: Agreement, verb: str) -> Said:
    """The document, and what was done with it."""
    params = {"document": str(agreement), "verb": Label(permissions.label(verb))}
    return Said("{document}: {verb}.", params)


def url(agreement: Agreement) -> str:
    return reverse("desk:case", args=agreement.address)


def number(agreement: Agreement) -> Any:
    return agreement.file_number


TELLING = (
    Told(
        Agreement,
        seen,
        said,
        url,
        number,
        body=lambda agreement: agreement.ags,
        look="agreements.look",
    ),
)
