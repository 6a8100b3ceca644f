"""Parties beside the bodies: Träger, own companies, Jobcenters."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from zielwerk.core import permissions
from zielwerk.identity import queries as identity
from zielwerk.packs import loading as packs
from zielwerk.programme import actions, queries
from zielwerk.programme.forms.parties import PartyEntry, passing_on_choices
from zielwerk.programme.models import Party, PartyRelation
from zielwerk.programme.panels.parties import PARTIES
from zielwerk.rulebook.refusal import Refused, msg
from zielwerk.ui import acts, lists
from zielwerk.ui.lists import Listed
from zielwerk.ui.views import Request, may

ENTERED = msg("Eingetragen: {name} mit den genannten Beziehungen.")
RelationRow = tuple[PartyRelation, str, str]  # a relation, its body's name, its kind of passing on


def may_enter(request: Request, listed: Listed) -> dict[str, Any]:
    return {"may_enter": not permissions.role_refusal(request.user, "programme.enter_party")}


parties = lists.door(PARTIES, "programme/parties.html", may_enter)


def relation_rows(request: Request, party: Party) -> list[RelationRow]:
    """The party's relations that the person may see, in words."""
    names = {body.ags: queries.body_title(body) for body in packs.bodies(settings.PROGRAMME)}
    kinds = dict(passing_on_choices())
    return [
        (
            relation,
            names.get(relation.ags, relation.ags),
            kinds.get(relation.passing_on, relation.passing_on),
        )
        for relation in party.relations.all()
        if request.user.party == party.pk or permissions.in_perimeter(request.user, relation)
    ]


@may("programme.look")
@require_safe
def party(request: Request, pk: int) -> HttpResponse:
    party = queries.party(request.user, settings.PROGRAMME, pk)
    names = identity.labels({party.entered_by}, request.user)
    context = {
        "party": party,
        "relations": relation_rows(request, party),
        "entered_by": names.get(party.entered_by, ""),
        "may_enter": not permissions.role_refusal(request.user, "programme.enter_party"),
    }
    return render(request, "programme/party.html", context)


@may("programme.enter_party")
@require_http_methods(["GET", "POST"])
def enter_party(request: Request) -> HttpResponse:
    """Enter a party, or further relations of one that is known."""
    number = request.GET.get("beteiligter", "")
    is_number = number.isascii() and number.isdecimal() and len(number) < 10
    known_party = (
        queries.party(request.user, settings.PROGRAMME, int(number)) if is_number else None
    )
    is_post = request.method == "POST"
    entry = PartyEntry(request.POST if is_post else None, known_party)
    if is_post and entry.is_valid():
        try:
            return acts.done(
                request,
                lambda: actions.enter_party(request.user, entry.command(), at=timezone.now()),
                lambda party: acts.Answer(
                    reverse("programme:party", args=[party.pk]),
                    acts.Said(ENTERED, {"name": party.name}),
                ),
            )
        except Refused as refused:
            entry.refuse(refused)
    faulty = [form for form in (entry.party, *entry.relations) if form.errors]
    context = {"entry": entry, "known_party": known_party, "faulty_parts": faulty}
    return render(request, "programme/party_new.html", context, status=422 if faulty else 200)
