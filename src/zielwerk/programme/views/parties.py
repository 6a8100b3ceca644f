"""Parties beside the bodies: Träger, own companies, Jobcenters."""

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_safe

from zielwerk.core import exports, permissions
from zielwerk.core.ui import acts
from zielwerk.core.views import Request, may
from zielwerk.core.words import matching
from zielwerk.identity import queries as identity
from zielwerk.language import sentence, translate
from zielwerk.packs import loading as packs
from zielwerk.programme import actions, queries
from zielwerk.programme.forms.parties import PartyEntry, PartyFilters, passing_on_choices
from zielwerk.programme.models import Party, PartyRelation
from zielwerk.rulebook.refusal import Refused, msg

PAGE = 50
ENTERED = msg("Eingetragen: {name} mit den genannten Beziehungen.")
NOBODY: list[tuple[PartyRelation | None, str, str]] = [(None, "", "")]
RelationRow = tuple[PartyRelation, str, str]  # a relation, its body's name, its kind of passing on


@may("programme.look")
@require_safe
def parties(request: Request) -> HttpResponse:
    """The parties within the person's perimeter, by kind and body."""
    filters = PartyFilters(request.GET)
    parties = matching_parties(request, filters)
    if exports.file_format(request):
        return export(request, parties)
    page = Paginator(parties, PAGE).get_page(request.GET.get("seite"))
    context = {
        "filters": filters,
        "page": page,
        "rows": [(party, relation_rows(request, party)) for party in page],
        "may_enter": not permissions.role_refusal(request.user, "programme.enter_party"),
    }
    return render(request, "programme/parties.html", context)


def matching_parties(request: Request, filters: PartyFilters) -> QuerySet[Party]:
    filters.full_clean()
    values = filters.cleaned_data
    parties = queries.parties(request.user, settings.PROGRAMME)
    if values.get("suche"):
        parties = matching(parties, values["suche"], ags="relations__ags").distinct()
    if values.get("art"):
        parties = parties.filter(kind=values["art"])
    if values.get("ags"):
        parties = parties.filter(pk__in=queries.parties_of(settings.PROGRAMME, values["ags"]))
    return parties


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
        if permissions.in_perimeter(request.user, relation)
    ]


def export(request: Request, parties: QuerySet[Party]) -> HttpResponse:
    """One row for each party and body."""
    language = get_language() or "de"
    headings = [gettext("Name"), gettext("Art"), gettext("AGS"), gettext("Gebietskörperschaft")]
    headings += [gettext("Art der Weitergabe"), gettext("gilt ab"), gettext("gilt bis")]
    headings += [gettext("erfunden")]
    rows = (
        [
            *(party.name, translate(party.get_kind_display(), language)),
            *(relation.ags if relation else "", name, passing_on),
            *((relation.valid_from, relation.valid_until) if relation else (None, None)),
            gettext("ja") if party.is_invented else gettext("nein"),
        ]
        for party in parties
        for relation, name, passing_on in relation_rows(request, party) or NOBODY
    )
    return exports.response(request, "Beteiligte", headings, rows, at=timezone.now())


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
            for refusal in refused.refusals:
                entry.party.add_error(None, sentence(refusal, get_language() or "de"))
    faulty = [form for form in (entry.party, *entry.relations) if form.errors]
    context = {"entry": entry, "known_party": known_party, "faulty_parts": faulty}
    return render(request, "programme/party_new.html", context, status=422 if faulty else 200)
