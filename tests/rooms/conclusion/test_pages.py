"""The pages of conclusions in every programme: what is missing, who signed, what it does."""

import json
import re

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.journeys.pages import press, visible
from tests.rooms.conclusion import made, paper
from tests.rooms.conclusion.made import Desk
from tests.stage import html_of, signed_in
from zielwerk.conclusion import actions, queries
from zielwerk.conclusion.models import Conclusion, Signature
from zielwerk.core.permissions import Actor
from zielwerk.rulebook.conclusion import ConclusionState
from zielwerk.rulebook.lifecycle import Step
from zielwerk.rulebook.signatures import FORMS_OF, places_of


def page_of(case: Conclusion) -> str:
    return f"/arbeit/abschluesse/{case.pk}"


def html(client: Client, page: str) -> str:
    return html_of(client.get(page).content)


def seen(client: Client, page: str) -> str:
    return visible(html(client, page))


def test_from_the_draft_to_the_agreement_on_pages_alone(desk: Desk) -> None:
    """Begin, sign by both sides, check, conclude; the agreement says where it comes from."""
    first, second, body = (signed_in(one) for one in (desk.first, desk.second, desk.body))
    draft = f"/arbeit/entwuerfe/{desk.table.draft.pk}"
    door = f"/arbeit/abschluesse/neu/{desk.table.draft.pk}"
    assert door in html(first, draft)
    assert door not in html(body, draft)
    press(first, door, door)
    case = desk.now()
    assert case.file_number in seen(body, draft)
    page = page_of(case)
    for place in places_of(case.sides).values():
        assert place.office in seen(body, page)
        form = next(form for form in place.forms if form in FORMS_OF[case.way])
        typed = {"name": f"Person {place.id}", "amt": place.office, "am": "6.2.2026", "form": form}
        if place.needs_seal:
            typed["siegel"] = "on"
        signing = body if place.side == "body" else first
        where = f"{page}/unterschrift?stelle={place.id}"
        assert f"stelle={place.id}" in html(signing, page)
        press(signing, where, f"{page}/unterschrift", **typed)
    if any(side.rule.needs_resolution for side in case.sides):
        said = {"organ": "Stadtrat", "am": "3.2.2026", "nummer": "12"}
        press(body, f"{page}/beschluss", f"{page}/beschluss", **said)
    assert "Was noch fehlt" not in seen(first, page)
    *before, last = [step for step in _stages(desk) if step.act]
    for step in before:
        typed = {"note": "Nr. 7"} if step.notes else {}
        press(first, f"{page}/{step.address}", f"{page}/{step.address}", **typed)
    asked = seen(second, f"{page}/{last.address}")
    assert "zugewiesen, noch nicht zugesagt" in asked
    press(second, f"{page}/{last.address}", f"{page}/{last.address}")
    case = desk.now()
    assert case.state == ConclusionState.CONCLUDED
    assert case.agreement
    file = reverse("desk:case", args=case.agreement.address)
    told = seen(second, file)
    assert "hier geschlossen" in told
    assert case.file_number in told
    assert f'href="{page}"' in html(second, file)
    assert f'href="{file}"' in html(second, page)


def _stages(desk: Desk) -> list[Step]:
    return list(queries.lifecycle_of(desk.now()).steps)


def test_what_is_missing_stands_there_in_sentences(hessian: Desk) -> None:
    case = made.begun(hessian)
    made.sign(hessian, case, but=1)
    told = seen(signed_in(hessian.body), page_of(case))
    *_, last = places_of(case.sides).values()
    assert f"Es fehlt die Unterschrift für {case.sides[1].name}: {last.office}." in told
    assert case.code in told


def test_the_desk_of_the_side_that_has_not_signed_says_so(hessian: Desk) -> None:
    case = made.begun(hessian)
    ministry = next(iter(places_of(case.sides).values()))
    for person in (hessian.body, hessian.first):
        assert "Zu unterschreiben" in seen(signed_in(person), "/arbeit/")
    actions.enter(hessian.first, made.new(case, ministry), at=made.SIGNED)
    assert "Zu unterschreiben" not in seen(signed_in(hessian.first), "/arbeit/")
    assert "Zu unterschreiben" in seen(signed_in(hessian.body), "/arbeit/")


def test_a_wrong_signature_keeps_what_was_typed_and_says_why(hessian: Desk) -> None:
    case = made.begun(hessian)
    _, place, _ = places_of(case.sides).values()
    where = f"{page_of(case)}/unterschrift?stelle={place.id}"
    typed = {"name": "Petra Muster", "amt": "Landrätin", "am": "1.1.2020", "form": "hand"}
    answer = signed_in(hessian.body).post(where, typed)
    assert answer.status_code == 422
    told = visible(answer.content.decode())
    assert "Den Text gibt es erst seit dem" in told
    assert 'value="Petra Muster"' in answer.content.decode()
    assert not Signature.objects.exists()


def test_signed_files_are_sent_out_again_and_both_sides_see_them(hessian: Desk) -> None:
    case = made.begun(hessian)
    actions.keep_scan(hessian.body, paper.unread(case, b"%PDF-1.7 unterschrieben"), at=made.SIGNED)
    other = signed_in(hessian.first)
    link = re.search(r'href="(/arbeit/abschluesse/\d+/exemplare/\d+)"', html(other, page_of(case)))
    assert link
    sent = other.get(link[1])
    assert sent.content == b"%PDF-1.7 unterschrieben"
    assert sent.headers["Content-Disposition"].startswith("attachment")


def test_the_text_to_be_signed_has_its_check_code_and_a_place_for_each(desk: Desk) -> None:
    case = made.begun(desk)
    client = signed_in(desk.first)
    pdf = client.get(f"{page_of(case)}/fassung.pdf")
    assert pdf.content.startswith(b"%PDF-")
    data = json.loads(client.get(f"{page_of(case)}/fassung.json").content)
    assert (data["hash"], data["check_code"]) == (case.digest, case.code)
    assert len(data["needed"]) == len(case.sides)
    assert client.get(f"{page_of(case)}/fassung.exe").status_code == 404


def test_how_a_body_signs_is_decided_on_a_page_and_says_by_whom(hessian: Desk) -> None:
    door = f"/arbeit/unterschriften/{hessian.body.ags}"
    body = signed_in(hessian.body)
    assert "Nach den Regeln des Programmjahrs" in seen(body, door)
    said = {"aemter": "Landrätin\nKreisbeigeordneter", "formen": ["hand"], "grund": "Hauptsatzung"}
    press(body, door, door, **said)
    told = seen(signed_in(hessian.first), door)
    assert "Hauptsatzung" in told
    assert "Kreisbeigeordneter" in told
    press(body, door, door, **{**said, "aemter": "Landrätin", "grund": "Neue Hauptsatzung"})
    assert "Frühere Festlegungen" in seen(body, door)


@pytest.mark.parametrize("who", ["provider", "auditor"])
def test_nobody_else_enters_anything(hessian: Desk, who: str) -> None:
    case = made.begun(hessian)
    person: Actor = getattr(hessian.table.cast, who)
    client = signed_in(person)  # type: ignore[arg-type]
    place = next(iter(places_of(case.sides)))
    for door in (f"unterschrift?stelle={place}", "exemplar", "beschluss", "pruefen"):
        assert client.post(f"{page_of(case)}/{door}").status_code in (403, 404, 422), door
    assert client.get(page_of(case)).status_code == (200 if who == "auditor" else 403)
    assert not Signature.objects.exists()


def test_a_list_says_how_many_signatures_are_missing(desk: Desk) -> None:
    case = made.begun(desk)
    made.sign(desk, case, but=1)
    told = seen(signed_in(desk.first), "/arbeit/abschluesse")
    assert case.file_number in told
    assert f"eine von {len(places_of(case.sides))} fehlt" in told
    assert case.programme == settings.PROGRAMME


def test_a_page_asks_the_database_no_more_often_for_more_signatures(hessian: Desk) -> None:
    case, client = made.begun(hessian), signed_in(hessian.first)
    client.get(page_of(case))
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(
            connection,
        ) as found:
            client.get(page_of(case))
        counts.append(len(found))
        if not Signature.objects.exists():
            made.sign(hessian, case)
            client.get(page_of(case))
    assert counts[1] <= counts[0] + 1
