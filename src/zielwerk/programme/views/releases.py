"""Pages of releases: a draft year is proposed by one person and released by another."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from zielwerk.packs import loading as packs
from zielwerk.packs.kept_differences import of_kept
from zielwerk.programme import actions, queries
from zielwerk.programme.cases import RELEASES
from zielwerk.programme.forms.releases import ReleaseForm
from zielwerk.programme.panels import releases as panels
from zielwerk.programme.panels.differences import grouped
from zielwerk.rulebook.refusal import Refused, msg
from zielwerk.ui import acts, lists, steps
from zielwerk.ui.views import Request, may, refused

PROPOSED = msg("Vorgeschlagen: die Regeln des Programmjahrs {year} ({number}).")
releases = lists.of_cases(RELEASES, panels.RELEASES)


@may("programme.propose_release")
@require_http_methods(["GET", "POST"])
def propose(request: Request, year: int) -> HttpResponse:
    """All that differs from the year before, and the form that proposes the rules."""
    if year not in packs.years(settings.PROGRAMME):
        raise Http404
    rules = packs.load(settings.PROGRAMME, year)
    form = ReleaseForm(
        request.POST if request.method == "POST" else None,
        initial={"fassung": rules.rule_version},
    )
    if form.is_valid():
        try:
            return acts.done(
                request,
                lambda: actions.propose_release(
                    request.user, form.new(settings.PROGRAMME, year), at=timezone.now()
                ),
                lambda made: steps.begun(request, made, PROPOSED),
            )
        except Refused as refusal:
            return refused(request, refusal.refusals, status=409)
    before = actions.year_before(settings.PROGRAMME, year)
    context = {
        "form": form,
        "newer": rules,
        "older": before,
        "groups": grouped(actions.between(before, rules)),
        "draft": panels.draft(request, rules),
    }
    status = 422 if form.errors else 200
    return render(request, "programme/release_propose.html", context, status=status)


@may("programme.look")
@require_safe
def release(request: Request, pk: int) -> HttpResponse:
    """What was proposed, as both persons saw it."""
    release = RELEASES.find(request.user, settings.PROGRAMME, pk)
    code = release.programme
    title = gettext("Freigabe des Programmjahrs {year}").format(year=release.year)
    context = {
        "page": steps.case_page(request, release, title),
        "release": release,
        "newer": queries.rules(code, release.year, release.version),
        "older": queries.rules(code, release.before_year, release.before_version)
        if release.before_year
        else None,
        "groups": grouped(of_kept(each) for each in release.differences),
        "is_known": release.year in packs.years(code),
    }
    return render(request, "programme/release.html", context)
