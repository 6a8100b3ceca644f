"""What was typed is not lost: kept where it could not be sent, for who typed it and nobody else."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tests import worlds
from tests.journeys.pages import forms, links
from tests.rooms.money import AT, MILLION, YEAR, decided, enact
from tests.stage import html_of, signed_in
from zielwerk.adjustments import actions as adjustments
from zielwerk.config import world
from zielwerk.core import audit, kept
from zielwerk.core.models import KeptInput, Session
from zielwerk.identity.models import User
from zielwerk.notes.models import Note
from zielwerk.rulebook.adjustment import AdjustmentKind
from zielwerk.rulebook.planning import Fund

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script> & „Grüße“\nzweite Zeile"
OWN = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def cast() -> world.Cast:
    enact("aqb_hessen", 27 * MILLION)
    people = worlds.put(world.enrol_cast)
    decided("aqb_hessen")
    return people


@pytest.fixture
def address(cast: world.Cast) -> str:
    """The page on which a note to a case is written."""
    fund = Fund("aqb_hessen", YEAR)
    move = adjustments.Move(AdjustmentKind.WAIVER, fund, cast.body.ags, 1_000_00, "weniger")
    case = adjustments.declare(cast.body, move, at=AT)
    return f"/arbeit/vermerke/neu?zu={audit.reference(case)}"


def strict(person: User) -> Client:
    """A browser of that person which is asked for the token."""
    client = Client(enforce_csrf_checks=True, headers=OWN)
    client.force_login(person)
    return client


def filled(client: Client, address: str, **typed: Any) -> dict[str, Any]:
    """What the form of a page sends, with what was typed."""
    html = client.get(address, follow=True).content.decode()
    form = next(form for form in forms(html, address) if kept.MARK in form.fields)
    sent = {**form.fields, **typed}
    sent.pop("language", None)
    return sent


def sign_out(client: Client) -> None:
    """The session ends, as it does by itself."""
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))


def sign_in(client: Client, person: User, onward: str) -> Any:
    given = {"person": person.pk, "next": onward}
    token = client.cookies["csrftoken"].value
    client.post("/anmelden/vorfuehrung", {**given, "csrfmiddlewaretoken": token})
    return client.get(onward, follow=True)


def sent_too_late(client: Client, address: str, **typed: Any) -> str:
    """Send a form after the session ended; where the sign-in is to lead."""
    sent = filled(client, address, **typed)
    sign_out(client)
    answer = client.post(address, sent)
    assert answer.status_code == 302
    sign_in_page = client.get(answer["Location"])
    return next(
        form.fields["next"]
        for form in forms(sign_in_page.content.decode(), "/anmelden")
        if "person" in form.fields
    )


def test_what_is_sent_after_the_session_is_back_in_the_form_after_signing_in(
    cast: world.Cast, address: str
) -> None:
    client = strict(cast.officer)
    file = SimpleUploadedFile("brief.txt", b"Inhalt")
    onward = sent_too_late(client, address, text=SCRIPT, leser="shared", anlage=file)
    page = sign_in(client, cast.officer, onward).content.decode()
    assert not Note.objects.exists(), "sent without being pressed"
    assert "<script>alert" not in page
    form = next(form for form in forms(page, onward) if "text" in form.fields)
    assert form.fields["text"] == SCRIPT
    assert form.fields["leser"] == "shared"
    assert "brief.txt" in page
    assert "Noch nicht gesendet" in page
    assert "<title> Nicht gesendet: Vermerk schreiben" in html_of(page)
    answer = client.post(form.action, form.fields)
    assert answer.status_code == 302
    assert Note.objects.get().text.replace("\r\n", "\n") == SCRIPT
    assert not KeptInput.objects.exists(), "it was sent, so nothing is kept"


def test_nobody_else_gets_it_and_then_nobody_does(cast: world.Cast, address: str) -> None:
    client = strict(cast.officer)
    onward = sent_too_late(client, address, text="Geheimes")
    page = sign_in(client, cast.head, onward).content.decode()
    assert "Geheimes" not in page
    assert "stammt von jemand anderem" in page
    assert not KeptInput.objects.exists()


def test_another_browser_of_the_same_person_does_not_get_it(cast: world.Cast, address: str) -> None:
    onward = sent_too_late(strict(cast.officer), address, text="Geheimes")
    other = signed_in(cast.officer)
    for browser in (None, "erfunden", "erfunden:1abc:xyz"):
        if browser:
            other.cookies[kept.COOKIE] = browser
        answer = other.get(onward)
        assert answer.status_code == 410
        assert "Geheimes" not in answer.content.decode()
    assert KeptInput.objects.count() == 1


def test_it_is_gone_after_an_hour(cast: world.Cast, address: str) -> None:
    client = strict(cast.officer)
    onward = sent_too_late(client, address, text="Altes")
    KeptInput.objects.update(kept_at=timezone.now() - kept.LIFE)
    assert sign_in(client, cast.officer, onward).status_code == 410
    kept.forget_expired(timezone.now())
    assert not KeptInput.objects.exists()


def test_it_is_discarded_after_a_question_and_only_by_its_browser(
    cast: world.Cast, address: str
) -> None:
    client = strict(cast.officer)
    page = sign_in(client, cast.officer, sent_too_late(client, address, text="Weg damit"))
    (discard,) = (
        link for link in links(page.content.decode(), address) if link.endswith("/verwerfen")
    )
    asked = client.get(discard).content.decode()
    assert "Das lässt sich nicht rückgängig machen." in asked
    assert KeptInput.objects.exists(), "a link discards nothing"
    back = next(link for link in links(asked, discard) if kept.PARAMETER in link)
    assert "Weg damit</textarea>" in client.get(back).content.decode()
    (form,) = (form for form in forms(asked, discard) if kept.MARK in form.fields)
    assert signed_in(cast.officer).post(discard).status_code == 410
    assert KeptInput.objects.exists()
    answer = client.post(discard, form.fields)
    assert answer["Location"] == address.replace(":", "%3A")
    assert not KeptInput.objects.exists()


def test_a_form_older_than_a_new_sign_in_is_given_back(cast: world.Cast, address: str) -> None:
    client = strict(cast.officer)
    sent = filled(client, address, text="In der ersten Registerkarte geschrieben")
    token = client.cookies["csrftoken"].value
    client.post("/anmelden/vorfuehrung", {"person": cast.officer.pk, "csrfmiddlewaretoken": token})
    answer = client.post(address, sent, follow=True)
    page = answer.content.decode()
    assert "In der ersten Registerkarte geschrieben</textarea>" in page
    assert "Das Formular war abgelaufen" in page
    assert not Note.objects.exists()


def test_the_form_of_another_person_is_dropped_with_a_sentence(
    cast: world.Cast, address: str
) -> None:
    client = strict(cast.officer)
    sent = filled(client, address, text="Von Frau Lindner")
    token = client.cookies["csrftoken"].value
    client.post("/anmelden/vorfuehrung", {"person": cast.head.pk, "csrfmiddlewaretoken": token})
    answer = client.post(address, sent)
    assert answer.status_code == 403
    assert "Dieses Formular hat jemand anderes geöffnet" in answer.content.decode()
    assert not KeptInput.objects.exists()


FOREIGN = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "none"},
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Referer": "https://evil.example/testserver"},
    {"Origin": "http://testserver.evil.example"},
    {},
]


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
@pytest.mark.parametrize("is_signed_in", [True, False])
def test_another_site_cannot_plant_anything(
    cast: world.Cast, address: str, headers: dict[str, str], is_signed_in: bool
) -> None:
    """Even with the mark of the victim's own form, which no other site can read."""
    sent = filled(strict(cast.officer), address, text="untergeschoben")
    victim = Client(enforce_csrf_checks=True, headers=headers)
    if is_signed_in:
        victim.force_login(cast.officer)
    sent["csrfmiddlewaretoken"] = "a" * 64
    assert victim.post(address, sent).status_code == 403 or not is_signed_in
    victim.post("/sprache", {**sent, "language": "en", "next": address})
    assert not KeptInput.objects.exists()
    assert kept.COOKIE not in victim.cookies


@pytest.mark.parametrize("mark", ["", "user:1", "user:1:falsch"])
def test_a_form_that_does_not_say_for_whom_it_was_drawn_is_not_kept(
    cast: world.Cast, address: str, mark: str
) -> None:
    client = strict(cast.officer)
    sent = filled(client, address, text="Text")
    sign_out(client)
    client.post(address, {**sent, kept.MARK: mark})
    assert not KeptInput.objects.exists()


def test_of_one_person_so_many_are_kept_and_the_oldest_give_way(
    cast: world.Cast, address: str
) -> None:
    client = strict(cast.officer)
    sent = filled(client, address)
    sign_out(client)
    for number in range(kept.MOST + 3):
        client.post(address, {**sent, "text": f"Nummer {number}"})
    texts = [dict(row.typed)["text"][0] for row in KeptInput.objects.all()]
    assert texts == [f"Nummer {number}" for number in range(3, kept.MOST + 3)]


def test_another_browser_with_the_mark_pushes_out_nothing_and_has_an_end(
    cast: world.Cast, address: str
) -> None:
    client = strict(cast.officer)
    sent = filled(client, address)
    sign_out(client)
    client.post(address, {**sent, "text": "Ihres"})
    for number in range(kept.MOST_ELSEWHERE + 3):
        stranger = Client(headers=OWN)
        stranger.post(address, {kept.MARK: sent[kept.MARK], "text": f"Fremdes {number}"})
    assert KeptInput.objects.count() == kept.MOST_ELSEWHERE, "hers among them"
    page = sign_in(client, cast.officer, kept.address_of(KeptInput.objects.earliest("kept_at")))
    assert "Ihres</textarea>" in page.content.decode()
    answer = client.post(
        f"/sprache?next={address}", {**sent, "text": "Noch ihres", "language": "en"}, follow=True
    )
    assert "Noch ihres</textarea>" in answer.content.decode(), "who is signed in has room"


def test_the_mark_of_a_form_ends_with_the_longest_session_and_the_hour(
    cast: world.Cast, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = filled(strict(cast.officer), address, text="Text")
    mark = {kept.MARK: sent[kept.MARK], "text": "Text"}
    lasts, now = (kept.WORKDAY + kept.LIFE).total_seconds(), signing.time.time()
    for age, number in ((lasts + 60, 0), (lasts - 60, 1)):
        monkeypatch.setattr(signing.time, "time", lambda age=age: now + age)
        Client(headers=OWN).post(address, mark)
        assert KeptInput.objects.count() == number


def test_the_mark_of_a_form_stands_in_no_address(cast: world.Cast, address: str) -> None:
    html = strict(cast.officer).get(address).content.decode()
    form = next(form for form in forms(html, address) if kept.MARK in form.fields)
    assert any(posts.startswith("/sprache") for posts in form.posts)
    assert not [posts for posts in form.posts if kept.MARK in posts]


def test_two_tabs_sent_too_late_are_both_kept(cast: world.Cast, address: str) -> None:
    client = strict(cast.officer)
    first, second = (filled(client, address, text=text) for text in ("Erster", "Zweiter"))
    sign_out(client)
    onward = [client.post(address, sent)["Location"] for sent in (first, second)]
    assert len(set(onward)) == 2
    for kept_input, text in zip(KeptInput.objects.all(), ("Erster", "Zweiter"), strict=True):
        page = sign_in(client, cast.officer, kept.address_of(kept_input)).content.decode()
        assert f"{text}</textarea>" in page


def test_a_page_without_a_place_for_it_leads_to_all_that_was_typed(
    cast: world.Cast, address: str
) -> None:
    client = strict(cast.officer)
    sent_too_late(client, address, text="Erster Satz")
    row = KeptInput.objects.get()
    row.typed = [["text", ["Erster Satz"]], ["verschwunden", ["zweiter\nSatz"]]]
    row.save()
    page = sign_in(client, cast.officer, kept.address_of(row)).content.decode()
    assert "Was Sie eingegeben haben" in page
    assert "Erster Satz" in page
    assert "zweiter\nSatz" in page


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example/", "http://testserver//evil.example/x"]
)
def test_nothing_kept_leads_to_another_host(cast: world.Cast, address: str, elsewhere: str) -> None:
    client = strict(cast.officer)
    sent = filled(client, address, text="Text")
    answer = client.post("/sprache", {**sent, "language": "en", "next": elsewhere})
    assert answer["Location"].startswith("/")
    assert not answer["Location"].startswith("//")


def test_the_other_language_keeps_what_was_typed(cast: world.Cast, address: str) -> None:
    client = strict(cast.officer)
    sent = filled(client, address, text="Auf Deutsch geschrieben", leser="shared")
    answer = client.post(f"/sprache?next={address}", {**sent, "language": "en"}, follow=True)
    page = answer.content.decode()
    assert '<html lang="en"' in page
    assert "Auf Deutsch geschrieben</textarea>" in page
    assert "Your entries are still there" in page
    assert "/verwerfen" not in page, "nothing was wrong, so nothing offers to drop it"
    assert "Not sent" not in page


def test_whoever_only_looks_gets_no_cookie_and_choosing_a_language_sets_only_that(
    client: Client, db: None
) -> None:
    client.get("/")
    assert not client.cookies
    client.post("/sprache", {"language": "en", "next": "/"})
    assert set(client.cookies) == {"django_language"}
    assert '<html lang="en"' in client.get("/").content.decode()
    assert set(client.cookies) == {"django_language"}
