"""What comes down comes down at once; whether it stays down is for a second person to say."""

import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from tests.rooms.agreements.test_change_pages import PUBLIC, words
from tests.rooms.agreements.test_change_pages import recorded as changed
from tests.stage import press, publish, signed_in, take_down
from zielwerk.agreements import actions as agreements
from zielwerk.agreements.actions import Ask
from zielwerk.agreements.models import Agreement
from zielwerk.config.world import Cast
from zielwerk.core import audit
from zielwerk.core.permissions import NotAllowed
from zielwerk.publication import actions, queries
from zielwerk.publication.models import Edition
from zielwerk.rulebook.refusal import Refused

LIST, DESK = "/zielvereinbarungen", "/arbeit/"
DOOR = "/arbeit/veroeffentlichen/2024/06435"
CONFIRM, AGAIN = "zurueckziehen-bestaetigen", "wieder-veroeffentlichen"
FORMS = ("", ".pdf", ".json", ".csv", "/leichte-sprache", "/ausgabe-1")
LISTS = (
    LIST,
    f"{LIST}.json",
    f"{LIST}.csv",
    f"{LIST}.jsonld",
    f"{LIST}?export=csv",
    f"{LIST}?suche=kinzig",
    f"{LIST}/karte",
    f"{LIST}/vorhaben",
)


def text(address: str) -> str:
    return Client().get(address).getvalue().decode()


def page_of(edition: Edition) -> str:
    return f"/arbeit/veroeffentlichungen/{edition.pk}"


def test_withdrawing_needs_a_reason_and_the_side_that_published(
    cast: Cast, main_kinzig: Agreement
) -> None:
    edition = Edition.objects.get()
    assert press(signed_in(cast.authority), edition, "zurueckziehen", note="x").status_code == 403
    assert press(signed_in(cast.officer), edition, "zurueckziehen", note="").status_code == 422
    assert queries.edition_of(main_kinzig)


def test_one_press_takes_it_down_at_every_public_door(cast: Cast, main_kinzig: Agreement) -> None:
    before = {address: text(address) for address in LISTS}
    assert all("1.600.100" in before[each] or "1600100" in before[each] for each in LISTS[1:3])
    edition = Edition.objects.get()
    officer = signed_in(cast.officer)
    answer = press(officer, edition, "zurueckziehen", note="Frau Kaya fand einen Fehler")
    assert answer.status_code == 302
    for form in FORMS:
        gone = Client().get(PUBLIC + form)
        assert gone.status_code == 410, form
        said = gone.content.decode()
        assert "nicht mehr öffentlich" in said
        assert "prüft, ob sie zurückgezogen wird" in said
        assert not [each for each in ("1.600.100", "Kaya") if each in said], form
    for address in LISTS:
        shown = text(address)
        for told in ("1.600.100", "1600100", "Team-Camp", "2024/06435"):
            assert told not in shown, address
    assert "2024/06435/ausgabe-1" in text(f"{LIST}.atom")  # the feed says that it came down
    assert Client().get(f"{LIST}/koerperschaften/06435").status_code == 404
    problem = json.loads(text(f"{PUBLIC}.json"))
    assert problem["title"] == "Diese Veröffentlichung ist vorläufig nicht öffentlich"


def test_the_second_persons_desk_leads_there_and_hers_who_withdrew_does_not(
    cast: Cast, main_kinzig: Agreement
) -> None:
    edition = take_down(cast.officer, main_kinzig)
    task = "zurückgezogene Veröffentlichung ist zu bestätigen oder wieder zu veröffentlichen"
    head, officer = signed_in(cast.head), signed_in(cast.officer)
    desk = head.get(DESK).content.decode()
    assert task in desk
    assert page_of(edition) in desk
    case = words(head.get("/arbeit/vereinbarungen/2024/06435"))
    assert "vorläufig nicht öffentlich" in case
    shown = words(head.get(page_of(edition)))
    for said in ("Ein Betrag stimmt nicht", "Zurückziehen bestätigen", "Was öffentlich war"):
        assert said in shown
    for step in (CONFIRM, AGAIN):
        assert press(officer, edition, step, note="Doch richtig").status_code == 403
    assert "selbst zurückgezogen" in words(officer.get(page_of(edition)))
    for person in (cast.authority, cast.auditor, cast.body):
        assert press(signed_in(person), edition, CONFIRM).status_code == 403
    assert Edition.objects.get().state == "held"


def test_the_database_itself_takes_no_decision_of_who_withdrew(
    cast: Cast, main_kinzig: Agreement
) -> None:
    edition = take_down(cast.officer, main_kinzig)
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.update(withdrawal_decided_by=edition.withdrawal_asked_by)


def test_confirmed_it_stays_down_since_the_first_press(cast: Cast, main_kinzig: Agreement) -> None:
    edition = take_down(cast.officer, main_kinzig)
    with pytest.raises(Refused, match="vorläufig nicht öffentlich"):
        actions.begin(cast.officer, main_kinzig, at=timezone.now())
    assert press(signed_in(cast.head), edition, CONFIRM).status_code == 302
    after = Edition.objects.get()
    assert (after.state, after.withdrawn_at) == ("withdrawn", edition.withdrawn_at)
    assert "hat sie zurückgenommen" in words(Client().get(PUBLIC))
    shown = words(signed_in(cast.auditor).get(page_of(edition)))
    assert "Ein Betrag stimmt nicht" in shown
    assert list(audit.verify()) == []
    assert publish(cast.officer, cast.head, main_kinzig, timezone.now()).number == 2


def test_reinstated_it_is_public_as_it_was_and_the_history_tells_the_gap(
    cast: Cast, main_kinzig: Agreement
) -> None:
    pdf, data = Client().get(f"{PUBLIC}.pdf").content, text(f"{PUBLIC}.json")
    issued = json.loads(text(f"{LIST}.jsonld"))["dct:modified"]["@value"]
    now = timezone.now()
    edition = take_down(cast.officer, main_kinzig, now - timedelta(days=5))
    assert press(signed_in(cast.head), edition, AGAIN, note="").status_code == 422
    actions.reinstate(cast.head, edition, note="Frau Kaya hat sich geirrt", at=now)
    assert (Client().get(f"{PUBLIC}.pdf").content, text(f"{PUBLIC}.json")) == (pdf, data)
    page = words(Client().get(PUBLIC))
    since, until = (f"{timezone.localdate(day):%d.%m.%Y}" for day in (now - timedelta(days=5), now))
    assert f"Dazwischen nicht öffentlich: {since} bis {until}." in page
    assert not [each for each in ("Kaya", "Ein Betrag stimmt nicht") if each in page]
    assert json.loads(text(f"{LIST}.jsonld"))["dct:modified"]["@value"] > issued
    assert '"published"' in text(f"{LIST}.atom")
    kept = words(signed_in(cast.auditor).get(page_of(edition)))
    for said in ("Ein Betrag stimmt nicht", "Frau Kaya hat sich geirrt"):
        assert said in kept  # both reasons stay on file
    assert take_down(cast.head, main_kinzig, now).state == "held", "and whoever may, again"
    with pytest.raises(NotAllowed):
        actions.confirm_withdrawal(cast.head, Edition.objects.get(), at=now)
    assert list(audit.verify()) == []


def test_what_is_reinstated_after_its_change_was_published_is_what_that_superseded(
    cast: Cast, main_kinzig: Agreement
) -> None:
    now = timezone.now()
    held = take_down(cast.officer, main_kinzig, now)
    second = changed(cast, "1.500.000,00")
    publish(cast.officer, cast.head, second, now + timedelta(minutes=1))
    actions.reinstate(cast.head, held, note="War richtig", at=now + timedelta(minutes=2))
    assert queries.current_editions().count() == 1
    assert "1.500.000,00" in words(Client().get(PUBLIC))
    assert "1.600.100,00" in words(Client().get(f"{PUBLIC}/ausgabe-1"))


def test_a_held_edition_of_an_annulled_change_gives_the_page_back(
    cast: Cast, main_kinzig: Agreement
) -> None:
    second = changed(cast, "1.500.000,00")
    now = timezone.now()
    publish(cast.officer, cast.head, second, now)
    take_down(cast.officer, second, now)
    asked = agreements.ask_annulment(cast.head, Ask(second, "kein Nachtrag"), at=now)
    page = words(signed_in(cast.officer).get(f"/arbeit/aufhebungen/{asked.pk}/aufheben"))
    assert "Ausgabe 2, die vorläufig nicht öffentlich ist, wird zurückgezogen." in page
    assert "Öffentlich ist danach wieder Ausgabe 1" in page
    agreements.annul(cast.officer, asked, at=now)
    assert "1.600.100,00" in words(Client().get(PUBLIC))
    assert "irrtümlich erfasst" in words(Client().get(f"{PUBLIC}/ausgabe-2"))
