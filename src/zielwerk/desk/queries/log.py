"""Words of the audit log."""

from django.utils.translation import gettext

from zielwerk.agreements.models import Intake
from zielwerk.core import audit
from zielwerk.core.models import Sealed
from zielwerk.rulebook.agreement import unknown_date_note
from zielwerk.rulebook.refusal import Refusal


def subject_label(reference: str) -> str:
    """The subject by its German name; a reference of no declared kind as it stands."""
    name, _, number = reference.partition(":")
    return f"{kind_label(audit.SEALED[name])} {number}" if name in audit.SEALED else reference


def kind_label(model: type[Sealed]) -> str:
    """What records of a kind are called, in the person's language."""
    label = gettext(str(model._meta.verbose_name))
    return label[:1].upper() + label[1:]


def unknown_date(recorder: str, origin: Intake) -> Refusal:
    """The sentence in place of a date that could not be read: its recorder and its source."""
    return unknown_date_note(recorder, origin.source_note)
