"""The conclusion behind a number, for whoever follows it."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from zielwerk.conclusion import queries
from zielwerk.rulebook.refusal import msg
from zielwerk.ui.joined import Record


def record_of(request: HttpRequest, number: str) -> Record | None:
    """The conclusion of a number, if the person may see it."""
    rows = queries.conclusions(request.user, settings.PROGRAMME)  # type: ignore[arg-type]
    found = rows.filter(file_number=number).first()
    if found is None:
        return None
    return Record(msg("Abschluss"), number, reverse("conclusion:conclusion", args=[found.pk]))


RECORDS = (record_of,)
