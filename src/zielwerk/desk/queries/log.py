"""Words of the audit log."""

from django.utils.translation import gettext

from zielwerk.agreements.models import Intake
from zielwerk.core import audit
from zielwerk.rulebook.agreement import unknown_date_note
from zielwerk.rulebook.refusal import Refusal


def subject_label(reference: str) -> str:
    """The subject by its German name; a reference of no declared kind as it stands."""
    name, _, number = reference.partition(":")
    return (
        f"{gettext(str(audit.SEALED[name]._meta.verbose_name))} {number}"
        if name in audit.SEALED
        else reference
    )


def unknown_date(recorder: str, origin: Intake) -> Refusal:
    """The sentence in place of a date that could not be read: its recorder and its source."""
    return unknown_date_note(recorder, origin.source_note)
