"""Reads of notes: a person's own organisation's, and the shared ones on cases that she sees."""

from collections.abc import Iterator

from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from zielwerk.core import cases, permissions
from zielwerk.core.audit import reference
from zielwerk.core.cases import Case
from zielwerk.core.permissions import Actor
from zielwerk.notes.models import Note


def notes(user: Actor, programme: str) -> QuerySet[Note]:
    """The notes that a person may read, newest first."""
    found = Note.objects.filter(programme=programme).filter(_own(user) | _seen(user, programme))
    return found.select_related("attachment").defer("attachment__content")


def _own(user: Actor) -> Q:
    """That a note is of the person's own organisation."""
    return Q(role__in=user.roles, ags=user.ags)


def _seen(user: Actor, programme: str) -> Q:
    """That a note is shared and about a case that the person sees."""
    seen = Q(pk__in=())
    for name in kinds():
        kind = cases.KINDS[name]
        if permissions.role_refusal(user, kind.look):
            continue
        reference_of = Concat(Value(f"{name}:"), Cast("pk", CharField()))
        visible = kind.visible(user, programme).order_by().annotate(reference=reference_of)
        seen |= Q(is_shared=True, about__in=visible.values("reference"))
    return seen


def notes_on(user: Actor, case: Case) -> QuerySet[Note]:
    """The notes on a case that this person sees, oldest first."""
    found = Note.objects.filter(_own(user) | Q(is_shared=True), about=reference(case))
    return found.select_related("attachment").defer("attachment__content").order_by("pk")


def kinds() -> Iterator[str]:
    """The kinds of cases that a note may be about: all but notes themselves."""
    return (name for name in cases.KINDS if name != Note.seal_name)
