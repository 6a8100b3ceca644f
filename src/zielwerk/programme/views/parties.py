"""Parties beside the bodies: Träger, own companies, Jobcenters."""

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_safe

from zielwerk.core import exports, permissions
from zielwerk.core.views import Request, may
from zielwerk.identity import queries as identity
from zielwerk.language import sentence, translate
from zielwerk.packs import loading as packs
from zielwerk.programme import actions, queries
from zielwerk.programme.forms.parties import PartyEntry, PartyFilters, passing_on_choices
from zielwerk.programme.models import Party, PartyRelation
from zielwerk.rulebook.refusal import Refused

PAGE = 50
NOBODY: list[tuple[PartyRelation | None, str, str]] = [(None, "", "")]
Told = tuple[PartyRelation, str, str]  # a relation, its body's name, its kind of passing on


@may("programme.look")
@require_safe
def parties(request: Request) -> HttpResponse:
    """The parties within the person's perimeter, by kind and body."""
    filters = PartyFilters(request.GET)
    found = chosen(request, filters)
    if exports.file_format(request):
        return export(request, found)
    page = Paginator(found, PAGE).get_page(request.GET.get("seite"))
    context = {
        "filters": filters,
        "page": page,
        "rows": [(one, told(request, one)) for one in page],
        "may_enter": not permissions.role_refusal(request.user, "programme.enter_party"),
    }
    return render(request, "programme/parties.html", context)


def chosen(request: Request, filters: PartyFilters) -> QuerySet[Party]:
    filters.full_clean()
    given = filters.cleaned_data
    found = queries.parties(request.user, settings.PROGRAMME)
    if given.get("suche"):
        found = found.filter(name__icontains=given["suche"].strip())
    if given.get("art"):
        found = found.filter(kind=given["art"])
    if given.get("ags"):
        found = found.filter(pk__in=queries.parties_of(settings.PROGRAMME, given["ags"]))
    return found


def told(request: Request, party: Party) -> list[Told]:
    """The party's relations that the person may see, in words."""
    names = {one.ags: queries.body_title(one) for one in packs.bodies(settings.PROGRAMME)}
    kinds = dict(passing_on_choices())
    return [
        (one, names.get(one.ags, one.ags), kinds.get(one.passing_on, one.passing_on))
        for one in party.relations.all()
        if permissions.in_perimeter(request.user, one)
    ]


def export(request: Request, found: QuerySet[Party]) -> HttpResponse:
    """One row for each party and body."""
    language = get_language() or "de"
    headings = [gettext("Name"), gettext("Art"), gettext("AGS"), gettext("Gebietskörperschaft")]
    headings += [gettext("Art der Weitergabe"), gettext("gilt ab"), gettext("gilt bis")]
    headings += [gettext("erfunden")]
    rows = (
        [
            *(party.name, translate(party.get_kind_display(), language)),
            *(one.ags if one else "", name, passing_on),
            *((one.valid_from, one.valid_until) if one else (None, None)),
            gettext("ja") if party.is_invented else gettext("nein"),
        ]
        for party in found
        for one, name, passing_on in told(request, party) or NOBODY
    )
    return exports.response(request, "Beteiligte", headings, rows, at=timezone.now())


@may("programme.look")
@require_safe
def party(request: Request, pk: int) -> HttpResponse:
    one = queries.party(request.user, settings.PROGRAMME, pk)
    names = identity.labels({one.entered_by}, request.user)
    context = {
        "party": one,
        "relations": told(request, one),
        "entered_by": names.get(one.entered_by, ""),
        "may_enter": not permissions.role_refusal(request.user, "programme.enter_party"),
    }
    return render(request, "programme/party.html", context)


@may("programme.enter_party")
@require_http_methods(["GET", "POST"])
def enter_party(request: Request) -> HttpResponse:
    """Enter a party, or further relations of one that is known."""
    number = request.GET.get("beteiligter", "")
    is_number = number.isascii() and number.isdecimal() and len(number) < 10
    known = queries.party(request.user, settings.PROGRAMME, int(number)) if is_number else None
    sent = request.method == "POST"
    entry = PartyEntry(request.POST if sent else None, known)
    if sent and entry.is_valid():
        try:
            made = actions.enter_party(request.user, entry.command(), at=timezone.now())
            return redirect("programme:party", made.pk)
        except Refused as refused:
            for why in refused.refusals:
                entry.party.add_error(None, sentence(why, get_language() or "de"))
    faulty = [form for form in (entry.party, *entry.relations) if form.errors]
    first, second = [*faulty, None, None][:2]
    context = {"entry": entry, "known": known, "form": first, "also_form": second}
    return render(request, "programme/party_new.html", context, status=422 if faulty else 200)
