"""Taking measures and targets over from last year: all with one click, or those chosen."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from zielwerk.core import permissions
from zielwerk.measures import actions, queries
from zielwerk.measures.forms import CarryForm
from zielwerk.measures.models import OverallTarget, PlannedMeasure
from zielwerk.measures.queries.words import Words
from zielwerk.measures.views.place import Place, place_of
from zielwerk.measures.views.planned import asked_for
from zielwerk.rulebook.refusal import Refused, Said, msg
from zielwerk.ui import acts
from zielwerk.ui.forms import add_refusals
from zielwerk.ui.views import Request, may

TAKEN_OVER = msg(
    "Übernommen für {name} {year}. Maßnahmen: {count}, darin zu prüfende Angaben: {reviews}."
)
WITH_TARGETS = msg(
    "Übernommen für {name} {year}. Maßnahmen: {count}, übergreifende Ziele: {targets}, darin zu"
    " prüfende Angaben: {reviews}."
)


@may("measures.take_over")
@require_http_methods(["GET", "POST"])
def carry(request: Request) -> HttpResponse:
    """Plan last year's measures again; what was taken over already is not offered."""
    place = place_of(request)
    if place is None:
        return asked_for(request, msg("Aus dem Vorjahr übernehmen"))
    open_ = queries.carryable(place.programme, place.year, place.ags)
    words = Words(place.programme, place.year)
    form = CarryForm(open_, words, request.POST if request.method == "POST" else None)
    if form.is_valid():
        wish = form.wish(place.programme, place.year, place.ags)
        try:
            return acts.done(
                request,
                lambda: actions.take_over(request.user, wish, at=timezone.now()),
                lambda made: answer(place, made),
            )
        except permissions.NotAllowed:
            raise
        except Refused as refused:
            add_refusals(form, refused)
    context = {"form": form, "place": place, "open": open_}
    return render(request, "measures/carry.html", context, status=422 if form.errors else 200)


def answer(place: Place, made: list[PlannedMeasure | OverallTarget]) -> acts.Answer:
    targets = sum(isinstance(each, OverallTarget) for each in made)
    slots = {
        "name": place.name,
        "year": str(place.year),
        "count": len(made) - targets,
        "targets": targets,
        "reviews": sum(each.review_count for each in made),
    }
    return acts.Answer(place.list_url, Said(WITH_TARGETS if targets else TAKEN_OVER, slots))
