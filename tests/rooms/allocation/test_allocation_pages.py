"""What a body was given and how it was reckoned; nothing of any other body."""

import re
from collections.abc import Sequence
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import worlds
from tests.rooms import money as stage
from tests.rooms.money import (
    MILLION,
    YEAR,
    bodies,
    by_hand,
    decided,
    enact,
    key,
    scenario,
)
from tests.stage import signed_in
from zielwerk.allocation import actions as allocation
from zielwerk.allocation.models import BodyAllocation
from zielwerk.config import world
from zielwerk.config.world import Cast
from zielwerk.packs import loading as packs
from zielwerk.programme import queries as programmes
from zielwerk.rulebook.planning import Fund

pytestmark = pytest.mark.django_db
LIST = "/arbeit/zuweisungen"


@pytest.fixture
def people(db: None, settings: Any, programme: str) -> Cast:
    settings.PROGRAMME = programme
    enact(programme)
    return worlds.put(world.enrol_cast)


def text_of(client: Client, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status
    html = response.content.decode()
    words = re.sub(r"<[^>]*>", " ", html[html.index("<main") : html.index("</main>")])
    return " ".join(unescape(words).split())


def cells(client: Client, url: str, first: str) -> Sequence[str]:
    """The cells of the table row whose heading begins with these words."""
    html = client.get(url).content.decode()
    row = re.search(rf"<tr[^>]*><th[^>]*>\s*{first}.*?</tr>", html, re.DOTALL)
    assert row
    found = re.findall(r"<td[^>]*>(.*?)</td>", row[0], re.DOTALL)
    return [unescape(re.sub(r"<[^>]*>", "", one)).replace("\xa0", " ").strip() for one in found]


def own(people: Cast) -> BodyAllocation:
    return BodyAllocation.objects.get(ags=people.body.ags)


def test_the_arithmetic_leads_from_the_value_to_the_amount(people: Cast, programme: str) -> None:
    decided(programme, 27 * MILLION, key=key(programme, base_cents=100_000_00))
    client, given = signed_in(people.body), own(people)
    url = f"{LIST}/{given.pk}"
    number = len(bodies(programme))
    place = [body.ags for body in bodies(programme)].index(given.ags) + 1
    whole = 1000 * number * (number + 1) // 2
    label = packs.load(programme, YEAR).indicators[0].label
    value, total, part, weight, product = cells(client, url, re.escape(label))
    assert (value, total) == (digits(1000 * place), digits(whole))
    assert weight == "100 %"
    assert part == product
    rest = 27 * MILLION - number * 100_000_00
    need = cells(client, url, "2\\.")
    assert need[0].startswith("Anteil × " + euro(rest))
    result = cells(client, url, "5\\.")[1]
    assert result == euro(given.amount_cents)


def digits(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def euro(cents: int) -> str:
    return f"{digits(cents // 100)},{cents % 100:02d} €"


def test_a_limit_that_held_the_amount_is_named(people: Cast, programme: str) -> None:
    decided(programme, 3 * MILLION, key=key(programme, cap_cents=MILLION, floor_cents=10_000_00))
    first = BodyAllocation.objects.get(ags=bodies(programme)[-1].ags)
    held = [one for one in BodyAllocation.objects.all() if one.arithmetic["limited_by"] == "floor"]
    client = signed_in(people.authority)
    assert "mindestens 10.000,00" in text_of(client, f"{LIST}/{first.pk}")
    for one in held:
        assert "an der Grenze: Mindestbetrag" in text_of(client, f"{LIST}/{one.pk}")


def test_an_amount_set_by_hand_tells_its_reason_and_no_arithmetic(
    people: Cast, programme: str
) -> None:
    decided(programme, 20 * MILLION, overrides=by_hand(**{f"b{people.body.ags}": MILLION}))
    words = text_of(signed_in(people.body), f"{LIST}/{own(people).pk}")
    assert "Leitungsentscheidung" in words
    assert "Teil × Gewicht" not in words


def test_a_body_reads_no_other_name_number_or_amount(people: Cast, programme: str) -> None:
    one = decided(programme, 27 * MILLION)
    scenario(programme, 21 * MILLION, data=one.data, name="Geheimer Versuch")
    client = signed_in(people.body)
    words = text_of(client, LIST) + text_of(client, f"{LIST}/{own(people).pk}")
    words += client.get(f"{LIST}?export=csv").getvalue().decode("utf-8-sig")
    for other in BodyAllocation.objects.exclude(ags=people.body.ags):
        assert other.ags not in words
        assert euro(other.amount_cents).replace(" ", "\xa0") not in words
        assert client.get(f"{LIST}/{other.pk}").status_code == 404
    assert "Geheimer Versuch" not in words
    assert one.name not in words
    assert (
        f"/arbeit/verteilung/{one.pk}"
        not in client.get(f"{LIST}/{own(people).pk}").content.decode()
    )


def test_nothing_undecided_shows(people: Cast, programme: str) -> None:
    scenario(programme, 21 * MILLION)
    for person in (people.body, people.officer, people.authority):
        assert "Noch nichts zugewiesen" in text_of(signed_in(person), LIST)


def test_whoever_only_carries_out_measures_sees_no_allocation(people: Cast) -> None:
    assert signed_in(people.provider).get(LIST).status_code == 403


def test_the_rule_version_of_the_decision_stays(people: Cast, programme: str) -> None:
    one = decided(programme, 27 * MILLION)
    words = text_of(signed_in(people.authority), f"{LIST}/{own(people).pk}")
    assert one.rule_version in words
    assert one.file_number in words


def test_the_year_filters_and_the_file_has_all_rows(people: Cast, programme: str) -> None:
    decided(programme, 27 * MILLION)
    client = signed_in(people.officer)
    assert "Noch nichts zugewiesen" in text_of(client, f"{LIST}?jahr={YEAR - 1}")
    lines = client.get(f"{LIST}?jahr={YEAR}&export=csv").getvalue().decode("utf-8-sig").splitlines()
    assert len(lines) == 1 + len(bodies(programme))
    stands = programmes.standing(Fund(programme, YEAR)).bodies
    given = {line.split(";")[0]: line.split(";")[5] for line in lines[1:]}
    assert {ags: int(amount.replace(",", "")) for ags, amount in given.items()} == {
        ags: one.total_cents for ags, one in stands.items() if one.total_cents
    }


def test_more_rows_take_no_more_queries(people: Cast, programme: str) -> None:
    one = decided(programme, 27 * MILLION)
    client = signed_in(people.officer)
    found = []
    for cents in (27, 26):
        if cents == 26:
            decided(programme, cents * MILLION, data=one.data)
        client.get(LIST)
        with CaptureQueriesContext(connection) as made:
            client.get(LIST)
        found.append(len(made))
    assert found[0] == found[1] <= 6


def test_a_list_that_crosses_a_break_says_so(cast: Cast) -> None:
    """Main-Kinzig without Hanau: amounts of 2025 and 2026 stand side by side."""
    for year in (YEAR - 1, YEAR):
        stage.enact("aqb_hessen", year=year)
        data = stage.enter_needs("aqb_hessen", year)
        draft = stage.draft("aqb_hessen", data, 27 * stage.MILLION)
        start = allocation.Start(Fund("aqb_hessen", year), draft)
        begun = allocation.begin(stage.OFFICER, start, at=stage.AT)
        allocation.decide(stage.HEAD, stage.put_forward(begun), at=stage.AT)
    own = signed_in(cast.body)
    said = "Nicht über die Jahre vergleichbar"
    assert said in own.get("/arbeit/zuweisungen").content.decode()
    assert said not in own.get(f"/arbeit/zuweisungen?jahr={YEAR}").content.decode()
    assert said in own.get("/arbeit/buecher?gruppe=programmjahr").content.decode()
    assert said not in own.get("/arbeit/buecher").content.decode()
