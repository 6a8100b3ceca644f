"""Pages of notices: the authority examines, notes and grants; everybody finds each of several."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests import worlds
from tests.journeys.programmes import SUEDLAND
from tests.rooms.agreements.notices import (
    AT,
    BODY,
    RESOLUTION,
    SOUTH,
    allocate,
    begun,
    granted,
    resolved,
    terms,
)
from tests.stage import html_of, press, signed_in
from zielwerk.agreements import actions as agreements
from zielwerk.agreements.forms import ReviewForm
from zielwerk.agreements.models import Agreement, Intake
from zielwerk.config import world
from zielwerk.config.cast import OPERATOR
from zielwerk.identity import actions as identity


@pytest.fixture
def south(settings: Any, db: None) -> world.Cast:
    settings.PROGRAMME = SOUTH
    return worlds.put(world.enrol_cast)


@pytest.fixture
def clerk(south: world.Cast) -> Client:
    return signed_in(person("sachbearbeitung"))


def person(name: str) -> Any:
    """Somebody of the authority that is competent for the body."""
    code = world.packs.organisations(SOUTH)
    own = world.competence.competent(code, "authority", AT.date(), BODY)
    assert own
    return identity.enrol(
        OPERATOR,
        identity.Enrolment(
            f"{name}@vorfuehrung.example.org",
            name.capitalize(),
            "Dezernat",
            "authority_approver",
            own.name,
            organisation_code=own.code,
        ),
        at=AT,
    )


def page(client: Client, route: str, *args: object) -> str:
    answer = client.get(reverse(route, args=args))
    assert answer.status_code == 200, (route, answer.status_code)
    return html_of(answer.content)


def test_the_review_asks_for_each_measures_amount_and_the_own_share(clerk: Client) -> None:
    shown = page(clerk, "agreements:review", begun(terms(300_00, 200_00)).pk)
    for name in ("measures[0].amount_cents", "measures[1].amount_cents", "own_share_cents"):
        assert f'name="{name}"' in shown
    assert "Bescheid prüfen" in shown  # the programme's own word for accepting
    assert "Prüfung abschließen und annehmen" not in shown


def test_the_programme_names_the_ministry_of_a_notice_and_nobody_is_asked_for_it(
    south: world.Cast,
) -> None:
    first, _ = south.takers("recording", SUEDLAND.year, SUEDLAND.ags)
    clerk, text = signed_in(first), SUEDLAND.file.read_text(encoding="utf-8")
    clerk.post("/arbeit/erfassungen/neu", {"text": text})
    intake = Intake.objects.get()
    assert intake.content.ministry == SUEDLAND.ministry
    form = ReviewForm(intake, user=first, today=AT.date())
    assert "parties[0].name" not in form.fields
    (giver,) = [group for group in form.groups() if "Bezirksregierung" in group.quote][:1]
    assert giver.key == "granting_authority"
    assert "Ministerium" not in [str(group.legend) for group in form.groups()]
    fields = {name: form[name].value() for name in form.fields}
    sent = {name: value for name, value in fields.items() if value not in (None, False)}
    sent |= {name: "on" for name in fields if name.startswith("settled:")}
    reviewed = ReviewForm(intake, sent, user=first, today=AT.date())
    assert reviewed.is_valid(), reviewed.errors
    assert reviewed.review().terms.ministry == SUEDLAND.ministry


def test_a_doubt_about_the_giver_of_a_notice_is_settled_at_the_authority(
    south: world.Cast,
) -> None:
    first, _ = south.takers("recording", 2026, BODY.ags)
    intake = begun(terms(1_00))
    intake.doubts = ["parties[0].name", "granting_authority"]
    (doubted,) = ReviewForm(intake, user=first, today=AT.date()).open_groups()
    assert doubted.key == "granting_authority"
    assert set(doubted.doubts) == set(intake.doubts)


def test_the_authority_notes_the_resolution_and_another_of_its_people_grants(
    clerk: Client,
) -> None:
    allocate(500_00)
    intake = begun(terms(300_00, 200_00))
    examined = agreements.accept(person("erste"), intake, at=AT)
    asked = html_of(clerk.get(f"/arbeit/erfassungen/{intake.pk}/beschluss-vermerken").content)
    assert "Beschluss von Kreistag" in asked
    press(clerk, examined, "beschluss-vermerken", note=RESOLUTION)
    shown = page(clerk, "agreements:intake", intake.pk)
    assert RESOLUTION in shown
    examined.refresh_from_db()
    press(signed_in(person("zweite")), examined, "bestaetigen")
    (notice,) = Agreement.objects.all()
    shown = page(clerk, "desk:case", *notice.address)
    for said in ("300,00", "200,00", "Bewilligter Betrag", "Regierung des Bezirks"):
        assert said in shown
    assert "<th>Ministerium</th>" not in shown


def test_every_further_notice_has_its_own_page_and_each_leads_to_the_others(
    south: world.Cast, clerk: Client
) -> None:
    allocate(600_00)
    first, second = granted(terms(100_00)), granted(terms(200_00, 300_00))
    assert reverse("desk:case", args=first.address).endswith(f"/2026/{BODY.ags}")
    assert reverse("desk:case", args=second.address).endswith(f"/2026/{BODY.ags}/2")
    for own, other in ((first, second), (second, first)):
        shown = page(clerk, "desk:case", *own.address)
        assert own.file_number in shown
        assert f'href="{reverse("desk:case", args=other.address)}"' in shown
        assert "600,00" in shown  # all of them together
    assert "2 Zuwendungsbescheide" in page(signed_in(south.officer), "desk:year", 2026)
    listed = page(clerk, "agreements:agreements")
    assert first.file_number in listed
    assert second.file_number in listed


def test_every_further_notice_is_published_at_its_own_address(
    south: world.Cast, client: Client
) -> None:
    allocate(600_00)
    first, second = granted(terms(100_00)), granted(terms(200_00, 300_00, own_share=90_00))
    for notice in (first, second):
        world.publish(south, notice, AT)
    shown = page(client, "publication:edition", *second.address)
    for said in ("200,00", "300,00", "Eigenanteil der Gebietskörperschaft, zusätzlich: 90,00"):
        assert said in shown
    assert "Ministerium" not in shown.split("<main", 1)[1].split("</main>", 1)[0]
    data = client.get(reverse("publication:edition_json", args=second.address)).json()
    assert (data["ordinal"], data["own_share_cents"]) == (2, 90_00)
    answer: Any = client.get(reverse("publication:list_json"))
    listed = json.loads(b"".join(answer.streaming_content))["agreements"]
    assert {row["amount_cents"] for row in listed} == {100_00, 500_00}
    assert len({row["url"] for row in listed}) == 2


def test_the_books_call_granted_money_granted_and_show_what_is_committed(
    south: world.Cast,
) -> None:
    allocate(600_00)
    granted(terms(100_00))
    shown = page(signed_in(south.officer), "ledger:places")
    assert "bewilligt" in shown
    assert "vereinbart" not in shown.split("<main", 1)[1].split("</main>", 1)[0]
    assert "gebunden" in shown


def test_people_of_another_district_see_no_recording(south: world.Cast) -> None:
    intake = resolved(terms(1_00))
    others = [
        each
        for each in world.packs.organisations(SOUTH)
        if each.role == "authority"
        and each
        != world.competence.competent(
            world.packs.organisations(SOUTH), "authority", AT.date(), BODY
        )
    ]
    stranger = identity.enrol(
        OPERATOR,
        identity.Enrolment(
            "fremd@vorfuehrung.example.org",
            "Fremd",
            "Dezernat",
            "authority_approver",
            others[0].name,
            organisation_code=others[0].code,
        ),
        at=AT,
    )
    answer = signed_in(stranger).get(reverse("agreements:intake", args=[intake.pk]))
    assert answer.status_code == 404
