"""What was agreed is changed on its pages: one of it, two between which money moves, all of it."""

from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.journeys import pages
from tests.journeys.pages import take
from tests.stage import signed_in
from zielwerk.agreements import queries as agreements
from zielwerk.agreements.models import Agreement
from zielwerk.config.cast import Cast
from zielwerk.identity.models import User
from zielwerk.negotiation import queries
from zielwerk.negotiation.models import DraftDocument
from zielwerk.rulebook.money import format_euro
from zielwerk.rulebook.negotiation import DraftState


def act(cast: Cast) -> None:
    """One change is begun and given up, then two at once."""
    first, second, *_ = _amendable()
    drafter = signed_in(_drafter(cast, first))
    door = reverse("negotiation:amend", args=first.address)
    said = {"art": _form(drafter, door), "grundlage": _place(drafter, door)}
    less = format_euro(first.amount_cents - 100_00)
    pages.press(drafter, door, door, betrag=less, **said)
    draft = DraftDocument.objects.latest("pk")
    assert (draft.amends, draft.version) == (first, 2)
    take(drafter, reverse("negotiation:draft", args=[draft.pk]), "verwerfen")
    door = reverse("negotiation:amend_pair", args=[first.year])
    both = {"gibt": str(first.pk), "erhaelt": str(second.pk), "betrag": "100,00"}
    pages.press(drafter, door, door, grundlage=_place(drafter, door), **both)
    gotten, given = DraftDocument.objects.order_by("-pk")[:2]
    assert (gotten.takes_from, gotten.amends) == (given, second)
    assert {given.state, gotten.state} == {DraftState.PREPARATION}
    for each in (gotten, given):  # other tests change what is agreed in other ways
        take(drafter, reverse("negotiation:draft", args=[each.pk]), "verwerfen")


def _amendable() -> list[Agreement]:
    """Agreements of one year that somebody could change now, each of another body."""
    rows = agreements.standing().filter(programme=settings.PROGRAMME, amount_cents__gt=200_00)
    drafted = [
        each
        for each in rows.order_by("-year", "ags")
        if queries.sides(each.programme, each.year).drafting and not queries.why_not_amended(each)
    ]
    for year in dict.fromkeys(each.year for each in drafted):
        of_year = {each.ags: each for each in drafted if each.year == year}
        if len(of_year) > 1:
            return list(of_year.values())
    raise AssertionError("nothing can be changed")


def _drafter(cast: Cast, agreement: Agreement) -> User:
    drafting = queries.sides(agreement.programme, agreement.year).drafting
    return cast.pair(drafting, agreement.ags)[0]


def _choices(client: Client, door: str, name: str) -> list[str]:
    found = pages.forms(client.get(door).content.decode(), door)
    form = next(each for each in found if name in each.choices)
    return [value for value in form.choices[name] if value]


def _form(client: Client, door: str) -> str:
    return _choices(client, door, "art")[0]


def _place(client: Client, door: str) -> str:
    return _choices(client, door, "grundlage")[0]
