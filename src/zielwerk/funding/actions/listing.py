"""The measures of a submission, listed so that other applications find them."""

from collections.abc import Iterable

from zielwerk.funding.models import Submission, SubmittedMeasure
from zielwerk.funding.queries import carrier_key
from zielwerk.rulebook.application import AppliedMeasure


def list_measures(submission: Submission, measures: Iterable[AppliedMeasure]) -> None:
    """List what was handed in by its carriers, titles and days."""
    SubmittedMeasure.objects.bulk_create(
        SubmittedMeasure(
            submission=submission,
            programme=submission.application.programme,
            title=each.title,
            carrier=each.carrier,
            carrier_key=carrier_key(each.carrier),
            planned=each.planned,
            first_day=each.first_day,
            last_day=each.last_day,
        )
        for each in measures
    )
