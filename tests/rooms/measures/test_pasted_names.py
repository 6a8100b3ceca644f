"""A pasted table names parties, priorities, frameworks and reasons; who nobody knows is told."""

import pytest
from django.test import Client

from tests.rooms.measures.parties import enter
from tests.rooms.strategy import made as strategies
from tests.stage import html_of, signed_in
from zielwerk.config.world import Cast
from zielwerk.measures import queries
from zielwerk.measures.models import PlannedMeasure
from zielwerk.packs import loading as packs
from zielwerk.packs.model.year import Framework
from zielwerk.programme.models import Party

YEAR = 2026
PASTE = f"/arbeit/geplante-massnahmen/einfuegen?jahr={YEAR}"
KIND = "Qualifizierungsprojekte zur Arbeitsmarktintegration, Fachkräftesicherung"
SELF = "die Gebietskörperschaft selbst"


@pytest.fixture
def body(cast: Cast) -> Client:
    return signed_in(cast.body)


HEADINGS = (
    *("Titel", "Maßnahmeart", "Zielgruppen", "Begründung der Zielgruppe"),
    *("Träger", "Schwerpunkte", "Bezugsrahmen"),
)
WHOLE_HEAD = "\t".join(HEADINGS)


def of_body(cast: Cast) -> tuple[Party, dict[str, str], Framework]:
    """A party of the body, its priorities by title, and a framework of the year."""
    party = enter(cast, "Werkhof Kinzig (erfunden)")
    rules = packs.load("aqb_hessen", YEAR)
    strategies.in_force(cast, valid_from=rules.begins, valid_until=rules.ends)
    known = queries.priorities("aqb_hessen", cast.body.ags, rules.begins)
    return party, {title: code for code, title in known.items()}, rules.frameworks[0]


def test_a_table_names_who_carries_out_priorities_frameworks_and_reasons(
    cast: Cast, body: Client
) -> None:
    party, priorities, framework = of_body(cast)
    reserve = next(g for g in packs.load("aqb_hessen", YEAR).target_groups if g.needs_reason)
    both = "; ".join(priorities)
    cells = ["Kurs", KIND, str(reserve.label), "Betriebe suchen"]
    row = "\t".join((*cells, party.name, both, str(framework.title)))
    own = "\t".join(("Kurs 2", KIND, "", "", SELF, next(iter(priorities.values())), ""))
    table = "\r\n".join((WHOLE_HEAD, row, own))
    assert body.post(PASTE, {"tabelle": table, "write": "1"}).status_code == 302
    first, second = PlannedMeasure.objects.order_by("pk")
    plan = first.plan
    assert (plan.party, plan.carrier) == (party.pk, party.name)
    assert plan.priorities == tuple(priorities.values())
    assert plan.frameworks == (framework.code,)
    assert plan.group_reason == "Betriebe suchen"
    assert (second.plan.party, second.plan.passing_on) == (None, "own_delivery")
    assert second.plan.priorities == (next(iter(priorities.values())),)


@pytest.mark.parametrize("place", [4, 5, 6])
def test_a_name_that_nobody_knows_is_told_with_its_line_and_value(
    cast: Cast, body: Client, place: int
) -> None:
    of_body(cast)
    enter(cast, "Anderswo (erfunden)", ags="06412")
    cells = ["Kurs", KIND, *[""] * 5]
    cells[place] = "Anderswo (erfunden)"
    table = "\r\n".join((WHOLE_HEAD, "\t".join(cells)))
    answer = body.post(PASTE, {"tabelle": table, "write": "1"})
    page = html_of(answer.content)
    assert answer.status_code == 422
    assert "„Anderswo (erfunden)“ ist hier nicht vorgesehen." in page
    assert HEADINGS[place] in page
    assert not PlannedMeasure.objects.exists()
