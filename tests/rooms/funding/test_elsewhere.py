"""What others applied for with the same carriers is asked about, and nothing of it is told."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from tests.journeys.applied import coordinator
from tests.rooms.funding import made
from tests.rooms.funding.made import PACE
from tests.stage import signed_in
from zielwerk.config import world_funding
from zielwerk.config.cast import Cast
from zielwerk.funding import actions, queries
from zielwerk.funding.models import Application, SubmittedMeasure
from zielwerk.packs import loading as packs
from zielwerk.rulebook.application import Finding

CARRIER, TITLE, THEIRS = "Werkhof (erfunden)", "Robotik für den Einstieg", "Einstieg mit Robotik"


def acting(cast: Cast, ags: str) -> Cast:
    return replace(cast, body=coordinator(ags))


def others(cast: Cast, number: int) -> list[Cast]:
    bodies = packs.bodies_in(settings.PROGRAMME, made.year())
    keys = [each.ags for each in bodies if each.ags != cast.body.ags]
    return [acting(cast, ags) for ags in keys[:number]]


def named(cast: Cast, title: str, carrier: str = CARRIER, **answers: str) -> Application:
    """A whole application whose measure has this title and carrier."""
    application = made.whole(cast)
    terms = {"title": title, "carrier": carrier, "passing_on": "contract", **answers}
    made.write(cast.body, application, {f"m/1/{name}": text for name, text in terms.items()})
    world_funding.whole(cast.body, application, made.at() + PACE)
    return application


def handed_in(cast: Cast, title: str = THEIRS, carrier: str = CARRIER) -> Application:
    return actions.hand_in(cast.body, named(cast, title, carrier), at=made.at() + 2 * PACE)


def asked(application: Application, rule: str = "neighbours") -> list[Finding]:
    judged = queries.judged_now(application, localdate(made.at()))
    return [each for each in judged.findings if each.rule == rule]


def test_what_a_neighbour_applied_for_is_asked_about_and_not_told(hesse: Cast) -> None:
    mine = named(hesse, TITLE)
    assert asked(mine) == []
    neighbours = others(hesse, 2)
    theirs = [handed_in(each, carrier=CARRIER.upper()) for each in neighbours]
    [finding] = asked(mine)
    assert finding.key == "neighbours:m/1/title"
    assert {each.ags for each in finding.funded} == {each.ags for each in theirs}
    page = signed_in(hesse.body).get(reverse("funding:measure", args=[mine.pk, 1]))
    shown = page.content.decode()
    assert "derselbe Träger bei einer anderen Gebietskörperschaft" in shown
    for one in theirs:
        for words in (THEIRS, one.file_number, one.ags, str(one.body_name)):
            assert words not in shown
    assert shown.count("derselbe Träger bei einer anderen Gebietskörperschaft") == 2  # and why


def test_what_is_not_handed_in_or_no_more_is_nobodys_question(hesse: Cast) -> None:
    mine, [neighbour] = named(hesse, TITLE), others(hesse, 1)
    theirs = named(neighbour, THEIRS)
    assert asked(mine) == []  # it is being written
    theirs = actions.hand_in(neighbour.body, theirs, at=made.at() + 2 * PACE)
    assert len(asked(mine)) == 1
    theirs = actions.take_back(neighbour.body, theirs, at=made.at() + 3 * PACE)
    assert asked(mine) == []
    made.write(neighbour.body, theirs, {"m/1/title": "Pflege am Nachmittag"})
    theirs = actions.hand_in(neighbour.body, theirs, at=made.at() + 4 * PACE)
    assert asked(mine) == []  # what it said before counts no more
    made.write(hesse.body, mine, {"m/1/title": "Nachmittags Pflege"})
    assert len(asked(mine)) == 1
    actions.withdraw(neighbour.body, theirs, note="Kein Bedarf", at=made.at() + 5 * PACE)
    assert asked(mine) == []


@pytest.mark.parametrize(("title", "carrier"), [(THEIRS, "Anderer Verein"), ("Pflege", CARRIER)])
def test_another_carrier_or_another_thing_is_no_question(
    hesse: Cast, title: str, carrier: str
) -> None:
    mine = named(hesse, TITLE)
    handed_in(others(hesse, 1)[0], title, carrier)
    assert asked(mine) == []


def test_ones_own_measure_of_another_year_is_asked_about_while_it_runs_on(hesse: Cast) -> None:
    before = handed_in(hesse)
    # As an application of the year before, whose measure runs on into this one's.
    Application.objects.filter(pk=before.pk).update(year=made.year() - 1)
    last = SubmittedMeasure.objects.get(submission__application=before).last_day
    assert last
    mine = named(hesse, TITLE, last_day=f"{last - timedelta(days=1):%d.%m.%Y}")
    [finding] = asked(mine, "own_elsewhere")
    assert finding.said.params["where"] == before.file_number  # her own she may read
    assert asked(mine) == []
    made.write(hesse.body, mine, {"m/1/first_day": "", "m/1/last_day": ""})
    assert asked(mine, "own_elsewhere") == []


def test_it_asks_as_often_however_many_others_there_are(hesse: Cast) -> None:
    mine = named(hesse, TITLE)

    def counted() -> int:
        with CaptureQueriesContext(connection) as all_:
            asked(mine)
        return len(all_)

    first, *more = others(hesse, 4)
    handed_in(first)
    few = counted()
    for each in more:
        handed_in(each)
    assert [len(each.funded) for each in asked(mine)] == [4]
    assert counted() == few
