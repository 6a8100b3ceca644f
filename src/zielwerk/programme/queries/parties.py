"""Reads of the parties beside the bodies."""

from datetime import date

from django.db.models import Q, QuerySet
from django.http import Http404

from zielwerk.core.permissions import Actor
from zielwerk.programme.models import Party, PartyRelation


def parties(user: Actor, programme: str) -> QuerySet[Party]:
    """The parties within the person's perimeter, by name, with their relations."""
    parties = Party.objects.filter(programme=programme).prefetch_related("relations")
    return parties.filter(relations__ags=user.ags).distinct() if user.ags else parties


def party(user: Actor, programme: str, pk: int) -> Party:
    party = parties(user, programme).filter(pk=pk).first()
    if party is None:
        raise Http404
    return party


def parties_of(programme: str, ags: str) -> QuerySet[PartyRelation, int]:
    """The keys of the parties that belong to a body at any time."""
    relations = PartyRelation.objects.filter(party__programme=programme, ags=ags)
    return relations.values_list("party_id", flat=True)


def relations(programme: str, ags: str, day: date | None = None) -> QuerySet[PartyRelation]:
    """The relations of parties to a body, on a day or at any time."""
    relations = PartyRelation.objects.filter(party__programme=programme, ags=ags)
    if day:
        relations = relations.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day),
            Q(valid_until__isnull=True) | Q(valid_until__gte=day),
        )
    return relations.select_related("party").order_by("party__kind", "party__name_key")
