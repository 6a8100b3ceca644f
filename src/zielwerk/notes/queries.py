"""Reads of notes: a person's own organisation's, and the shared ones on cases that she sees."""

from collections.abc import Iterator

from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from zielwerk.core import cases
from zielwerk.core.audit import reference
from zielwerk.core.cases import Case
from zielwerk.core.permissions import Actor
from zielwerk.notes.models import Note


def notes(user: Actor, programme: str) -> QuerySet[Note]:
    """The notes that a person may read, newest first."""
    notes = Note.objects.filter(programme=programme).filter(
        _own_organisation(user) | _shared(user, programme)
    )
    return notes.select_related("attachment").defer("attachment__content")


def _own_organisation(user: Actor) -> Q:
    """Notes of the person's own organisation; the audit reads everybody's.

    The latter is an assumption: an audit reads the files of what it audits (§ 91 LHO).
    """
    if "auditor" in user.roles:
        return Q(pk__isnull=False)
    return Q(role__in=user.roles, ags=user.ags, organisation_code=user.organisation_code)


def _shared(user: Actor, programme: str) -> Q:
    """Shared notes on cases that the person sees."""
    condition = Q(pk__in=())
    for name in kinds():
        reference_of = Concat(Value(f"{name}:"), Cast("pk", CharField()))
        seen = cases.KINDS[name].seen(user, programme).order_by().annotate(reference=reference_of)
        condition |= Q(is_shared=True, about__in=seen.values("reference"))
    return condition


def notes_on(user: Actor, case: Case) -> QuerySet[Note]:
    """The notes on a case that this person sees, oldest first."""
    notes = Note.objects.filter(_own_organisation(user) | Q(is_shared=True), about=reference(case))
    return notes.select_related("attachment").defer("attachment__content").order_by("pk")


def kinds() -> Iterator[str]:
    """The kinds of cases that a note may be about: all but notes themselves."""
    return (name for name in cases.KINDS if name != Note.seal_name)
