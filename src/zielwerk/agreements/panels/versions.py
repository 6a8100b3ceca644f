"""How an agreement came to what it names now, and the record behind a booking."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest
from django.urls import reverse

from zielwerk.agreements import queries
from zielwerk.agreements.models import Agreement
from zielwerk.rulebook.agreement import FORMS, Form
from zielwerk.rulebook.refusal import msg
from zielwerk.ui.joined import Record

FIRST = msg("zuerst vereinbart")


@dataclass(frozen=True)
class Version:
    """A version in the history of an agreement; ``number`` is that of the change, 0 for none."""

    agreement: Agreement
    form: str
    number: int
    signed_on: date | None
    is_current: bool
    is_annulled: bool


def versions(agreement: Agreement) -> list[Version]:
    """All versions in order, those that were annulled too; one alone is no history."""
    annulled = queries.annulled_among(every := queries.versions(agreement))
    return [
        Version(
            each,
            FORMS[Form(each.form)] if each.form else FIRST,
            each.version - 1,
            each.content.signed_on,
            is_current=each.pk == agreement.pk and each.pk not in annulled,
            is_annulled=each.pk in annulled,
        )
        for each in every
    ]


def record_of(request: HttpRequest, number: str) -> Record | None:
    """The agreement or the change of one whose file number a booking has."""
    agreement = queries.numbered(number)
    if agreement is None:
        return None
    url = reverse("desk:case", args=agreement.address)
    seen = queries.is_seen(request.user, agreement)  # type: ignore[arg-type]
    return Record(msg("Vereinbarung"), number, url if seen else "")


RECORDS = (record_of,)
