"""Publications in every state, by the people who take their stages."""

from django.conf import settings
from django.urls import reverse

from tests.journeys.pages import take
from tests.journeys.programmes import Example
from tests.journeys.stages import propose
from tests.stage import signed_in
from zielwerk.agreements.models import Agreement
from zielwerk.config.cast import Cast
from zielwerk.packs import loading as packs
from zielwerk.publication.models import Edition

MANY = 8  # so many bodies have an agreement where some stay withdrawn


def publications(cast: Cast, example: Example) -> None:
    """Publications: taken back by two, sent back, given up, under way."""
    changed = Agreement.objects.filter(version__gt=1).values("ags")
    others = Agreement.objects.exclude(ags__in=changed)
    one, *more = others.exclude(ags=example.ags).order_by("pk")
    fresh = Agreement.objects.latest("pk")
    first, *later = packs.load(settings.PROGRAMME, one.year).procedure("publication")
    officer, head = map(signed_in, cast.pair(later[-1].side, one.ags))
    take(officer, publication_of(one), "zurueckziehen", note="Ein Betrag stimmt nicht.")
    take(head, publication_of(one), "zurueckziehen-bestaetigen")
    again = more[0] if len(more) > MANY else one  # the first can be put forward anew
    if again != one:
        take(officer, publication_of(again), "zurueckziehen", note="Ein Betrag stimmt nicht.")
        take(head, publication_of(again), "zurueckziehen-bestaetigen")
    take(head, propose(cast, again), "zurueckgeben", note="Bitte prüfen")
    discarded = propose(cast, fresh)
    take(head, discarded, "zurueckgeben", note="Bitte prüfen")
    take(signed_in(cast.pair(first.side, fresh.ags)[0]), discarded, "verwerfen")
    propose(cast, fresh)


def hold(cast: Cast, example: Example) -> None:
    """One of those that are public still is down until a second person decides."""
    public = Edition.objects.filter(state="published", agreement__version=1, superseded_at=None)
    one, *others = public.exclude(ags=example.ags).order_by("pk")
    last = packs.load(settings.PROGRAMME, one.year).procedure("publication")[-1]
    officer, head = map(signed_in, cast.pair(last.side, one.ags))
    take(officer, publication_of(one.agreement), "zurueckziehen", note="Ein Betrag stimmt nicht.")
    if len(others) > 2:  # another stays withdrawn, and can be put forward anew
        page = publication_of(others[0].agreement)
        take(officer, page, "zurueckziehen", note="Ein Betrag stimmt nicht.")
        take(head, page, "zurueckziehen-bestaetigen")


def publication_of(agreement: Agreement) -> str:
    """The page of an agreement's newest publication."""
    newest = Edition.objects.filter(agreement=agreement).latest("pk")
    return reverse("publication:publication", args=[newest.pk])
