"""Reads of the parties beside the bodies."""

from datetime import date

from django.db.models import F, FilteredRelation, Q, QuerySet
from django.http import Http404

from zielwerk.core.permissions import Actor
from zielwerk.core.queries import perimeter
from zielwerk.identity.queries import Provider
from zielwerk.programme.models import Party, PartyRelation
from zielwerk.programme.models.parties import PartyKind


def parties(user: Actor, programme: str) -> QuerySet[Party]:
    """The parties within the person's perimeter, by name, with their relations."""
    parties = Party.objects.filter(programme=programme).prefetch_related("relations")
    return parties if user.perimeter.is_whole else parties.filter(_seen(user)).distinct()


def _seen(user: Actor) -> Q:
    """The condition that a party is in the perimeter, or that the person acts for it."""
    return Q(pk=user.party) if user.party else perimeter(user, "relations__ags")


def providers(programme: str) -> list[Provider]:
    """The Träger of a programme, as people are given posts there."""
    of_kind = Party.objects.filter(programme=programme, kind=PartyKind.PROVIDER)
    return [
        Provider(party.pk, party.name, frozenset(one.ags for one in party.relations.all()))
        for party in of_kind.prefetch_related("relations").order_by("name_key")
    ]


def bodies_of(party: int) -> frozenset[str]:
    """The keys of the bodies in which a party takes part, ever."""
    relations = PartyRelation.objects.filter(party=party)
    return frozenset(relations.values_list("ags", flat=True))


def parties_and_bodies(user: Actor, programme: str) -> QuerySet[Party]:
    """The same, each once for every body that it belongs to; once without one."""
    within = _seen(user) or Q(relations__isnull=False)
    rows = Party.objects.filter(programme=programme).annotate(
        belonging=FilteredRelation("relations", condition=within),
        relation=F("belonging__pk"),
        ags=F("belonging__ags"),
        passing_on=F("belonging__passing_on"),
        valid_from=F("belonging__valid_from"),
        valid_until=F("belonging__valid_until"),
    )
    return rows if user.perimeter.is_whole else rows.filter(relation__isnull=False)


def party(user: Actor, programme: str, pk: int) -> Party:
    party = parties(user, programme).filter(pk=pk).first()
    if party is None:
        raise Http404
    return party


def relations(programme: str, ags: str, day: date | None = None) -> QuerySet[PartyRelation]:
    """The relations of parties to a body, on a day or at any time."""
    relations = PartyRelation.objects.filter(party__programme=programme, ags=ags)
    if day:
        relations = relations.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day),
            Q(valid_until__isnull=True) | Q(valid_until__gte=day),
        )
    return relations.select_related("party").order_by("party__kind", "party__name_key")
