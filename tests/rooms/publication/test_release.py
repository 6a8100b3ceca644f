"""What one side proposes and another releases."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.stage import AT, press, signed_in
from zielwerk.agreements.models import Agreement
from zielwerk.config import world
from zielwerk.core import audit
from zielwerk.core.jobs import run
from zielwerk.core.models import AuditEntry, Job
from zielwerk.core.permissions import NotAllowed
from zielwerk.publication import actions, queries
from zielwerk.publication.models import Edition
from zielwerk.rulebook.refusal import Refused

ONE = "/zielvereinbarungen/2024/06435"
FILE = reverse("desk:case", args=[2024, "06435", 1])
DOOR = "/arbeit/veroeffentlichen/2024/06435"
LATER = AT + timedelta(days=3)


def page_of(edition: Edition) -> str:
    return reverse("publication:publication", args=[edition.pk])


def text(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def proposed(cast: world.Cast, agreement: Agreement) -> Edition:
    return actions.begin(cast.authority, agreement, at=AT)


@pytest.mark.usefixtures("with_release")
def test_the_first_press_puts_forward_and_the_second_person_releases(
    cast: world.Cast, recorded: Agreement
) -> None:
    authority, head = signed_in(cast.authority), signed_in(cast.head)
    assert "Zur Freigabe vorlegen" in text(authority, FILE)
    assert "Öffentlich wird damit noch nichts" in text(authority, DOOR)
    answer = authority.post(DOOR, follow=True)
    edition = Edition.objects.get()
    assert (edition.state, edition.number, edition.pdf) == ("propose", None, None)
    assert "Zur Veröffentlichung vorgelegt: Main-Kinzig" in answer.content.decode()

    desk = text(head, "/arbeit/")
    assert "vorgelegte Veröffentlichung wartet auf die Freigabe" in desk
    assert page_of(edition) in desk
    shown = text(head, page_of(edition))
    for said in ("Genau das wird öffentlich", "Team-Camp", "Staatsministerin", "1.600.100,00"):
        assert said in shown
    preview = head.get(reverse("publication:preview", args=[edition.pk]))
    assert (preview.status_code, preview["Content-Type"]) == (200, "application/pdf")

    put_forward = edition.document
    assert press(head, edition, "veroeffentlichen").status_code == 302
    edition.refresh_from_db()
    assert (edition.state, edition.number) == ("published", 1)
    assert edition.document == {
        **put_forward,
        "edition": 1,
        "published_at": edition.document["published_at"],
    }
    assert head.get(ONE).status_code == 200
    assert [taken["label"] for taken in edition.trail] == ["Zur Freigabe vorlegen", "Freigeben"]
    assert list(audit.verify()) == []


@pytest.mark.usefixtures("with_release")
def test_each_stage_is_taken_by_its_side_alone(cast: world.Cast, recorded: Agreement) -> None:
    with pytest.raises(NotAllowed):
        actions.begin(cast.officer, recorded, at=AT)
    edition = proposed(cast, recorded)
    with pytest.raises(NotAllowed):
        actions.publish(cast.authority, edition, actions.typeset(edition, LATER), at=LATER)
    with pytest.raises(NotAllowed):
        actions.send_back(cast.authority, edition, note="Bitte prüfen", at=LATER)
    with pytest.raises(NotAllowed):
        actions.publish(cast.body, edition, actions.typeset(edition, LATER), at=LATER)
    for person, status in ((cast.auditor, 200), (cast.body, 403), (cast.provider, 403)):
        assert signed_in(person).get(page_of(edition)).status_code == status
        assert signed_in(person).post(DOOR).status_code in (403, 404)
    assert not queries.current_editions().exists()


def test_nobody_releases_what_she_put_forward(cast: world.Cast, recorded: Agreement) -> None:
    edition = actions.begin(cast.officer, recorded, at=AT)
    assert press(signed_in(cast.officer), edition, "veroeffentlichen").status_code == 403
    assert queries.to_release(cast.officer, edition.programme, 2024, AT.date()) == []
    assert queries.to_release(cast.head, edition.programme, 2024, AT.date()) == [edition]
    assert press(signed_in(cast.head), edition, "veroeffentlichen").status_code == 302
    assert queries.edition_of(recorded) == edition


@pytest.mark.usefixtures("with_release")
def test_what_is_sent_back_is_proposed_again_or_discarded(
    cast: world.Cast, recorded: Agreement
) -> None:
    edition = proposed(cast, recorded)
    edition = actions.send_back(cast.head, edition, note="Bitte prüfen", at=LATER)
    assert (edition.state, edition.trail) == ("prepared", [])
    assert "neu vorzulegen oder zu verwerfen" in text(signed_in(cast.authority), "/arbeit/")
    edition = actions.propose(cast.authority, edition, at=LATER)
    edition = actions.send_back(cast.head, edition, note="Bitte prüfen", at=LATER)
    assert actions.discard(cast.authority, edition, at=LATER).state == "discarded"
    again = proposed(cast, recorded)
    done = actions.publish(cast.head, again, actions.typeset(again, LATER), at=LATER)
    assert done.number == 1, "what never was public is no edition"
    assert list(audit.verify()) == []


@pytest.mark.usefixtures("with_release")
def test_an_agreement_is_on_its_way_to_the_public_once(
    cast: world.Cast, recorded: Agreement
) -> None:
    proposed(cast, recorded)
    with pytest.raises(Refused, match="schon veröffentlicht oder dazu vorgelegt"):
        proposed(cast, recorded)
    page = text(signed_in(cast.authority), DOOR)
    assert "schon veröffentlicht oder dazu vorgelegt" in page


@pytest.mark.usefixtures("with_hearing")
def test_what_is_heard_in_between_is_noted(cast: world.Cast, recorded: Agreement) -> None:
    edition = proposed(cast, recorded)
    authority = signed_in(cast.authority)
    empty = press(authority, edition, "koerperschaft-anhoeren", note=" ")
    assert empty.status_code == 422
    press(authority, edition, "koerperschaft-anhoeren", note="Der Kreis ist einverstanden.")
    assert press(signed_in(cast.head), edition, "veroeffentlichen").status_code == 302
    shown = text(signed_in(cast.auditor), page_of(edition))
    assert "Der Kreis ist einverstanden." in shown
    english = signed_in(cast.auditor).get(page_of(edition), headers={"Accept-Language": "en"})
    passed = english.content.decode()
    for said in ("Propose for release:", "Hear the body:", "Release:"):
        assert said in passed
    assert "Körperschaft anhören" not in passed
    public = text(signed_in(cast.auditor), ONE + ".json")
    assert "einverstanden" not in public


@pytest.mark.usefixtures("with_release")
def test_a_year_is_put_forward_and_released_each_act_by_itself(cast: world.Cast) -> None:
    for terms in world.invented()[:3]:
        entered = world.agreements.HandEntry(terms, "erfunden", True)
        intake = world.agreements.begin_by_hand(cast.officer, entered, at=AT)
        intake = world.agreements.accept(cast.officer, intake, at=AT)
        world.agreements.confirm(cast.head, intake, at=AT)
    authority, head = signed_in(cast.authority), signed_in(cast.head)
    door = "/arbeit/veroeffentlichen/2024"
    assert f"{door}?stufe=vorlegen" in text(authority, "/arbeit/")
    assert text(authority, f"{door}?stufe=vorlegen").count(terms.body_name) == 1
    assert door not in text(head, "/arbeit/")
    for client, address, act in (
        (authority, f"{door}?stufe=vorlegen", "publication.propose"),
        (head, door, "publication.publish"),
    ):
        before = AuditEntry.objects.filter(verb=act).count()
        assert client.post(address).status_code == 302
        run.call(Job.objects.latest("pk").pk)
        job = Job.objects.latest("pk")
        assert (job.state, job.done, job.total) == ("done", 3, 3), job.message
        assert AuditEntry.objects.filter(verb=act).count() == before + 1 + 3
        is_waiting = f'href="{door}"' in text(head, "/arbeit/veroeffentlichungen")
        assert is_waiting == (act == "publication.propose")
    assert queries.current_editions().count() == 3


@pytest.mark.usefixtures("at_once")
def test_one_press_publishes_where_the_programme_has_one_stage(
    cast: world.Cast, recorded: Agreement
) -> None:
    officer = signed_in(cast.officer)
    before = AuditEntry.objects.count()
    assert officer.post(DOOR)["Location"] == FILE
    assert AuditEntry.objects.count() == before + 1
    edition = Edition.objects.get()
    assert (edition.state, edition.number, edition.revision) == ("published", 1, 2)
    for page in (page_of(edition), FILE):
        assert "Veröffentlichen" in text(officer, page)
