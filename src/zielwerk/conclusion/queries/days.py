"""The days on which agreements were concluded here: for the calendars of people."""

from datetime import date

from django.db.models import Exists, OuterRef
from django.utils.timezone import localdate

from zielwerk.agreements.models import Annulment
from zielwerk.conclusion.models import Conclusion
from zielwerk.rulebook.annulment import AnnulmentState
from zielwerk.rulebook.conclusion import ConclusionState


def concluded_days(programme: str) -> list[tuple[Conclusion, date]]:
    """The conclusions whose agreement was not annulled, each with its day; one query."""
    annulled = Annulment.objects.filter(
        agreement=OuterRef("agreement"), state=AnnulmentState.ANNULLED
    )
    rows = Conclusion.objects.filter(programme=programme, state=ConclusionState.CONCLUDED)
    rows = rows.exclude(Exists(annulled)).defer("words", "trail", "approvals")
    return [(one, localdate(one.state_since)) for one in rows.order_by("pk")]
