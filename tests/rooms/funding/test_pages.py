"""The pages of an application without scripts: writing, clashing, reading, asking, papers."""

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from tests.journeys.pages import press
from tests.journeys.thrice import form_of
from tests.rooms.core.test_uploads import Stream
from tests.rooms.funding import made
from tests.rooms.funding.made import PACE
from tests.stage import signed_in
from zielwerk.config import world_funding
from zielwerk.config.cast import Cast
from zielwerk.core.papers import TEST_VIRUS
from zielwerk.funding import actions, panels, queries
from zielwerk.funding.actions import NewPaper, NewQuestion
from zielwerk.funding.models import Application
from zielwerk.rulebook.application import Weight

HOSTILE = "<script>alert(1)</script> {{ 7|add:7 }} \u0007".replace("\u0007", "")


def page_of(application: Application, name: str, *more: int) -> str:
    return reverse(f"funding:{name}", args=[application.pk, *more])


def text_of(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_whatever_is_typed_is_kept_and_what_is_wrong_is_said_beside_it(hesse: Cast) -> None:
    application, client = made.whole(hesse), signed_in(hesse.body)
    page = page_of(application, "measure", 1)
    place = next(p for p in queries.said(application).answers if p.startswith("m/1/cost/"))
    name = place.replace("/", ".")
    press(client, page, page, **{name: "viel", "m.1.title": HOSTILE})
    answers = queries.said(application).answers
    assert (answers[place], answers["m/1/title"]) == ("viel", HOSTILE.strip())
    shown = text_of(client, page)
    assert "„viel“ ist kein Euro-Betrag" in shown
    assert 'value="viel"' in shown
    assert HOSTILE not in shown
    assert "&lt;script&gt;" in shown


def test_two_tabs_see_both_texts_and_neither_is_lost(hesse: Cast) -> None:
    application, client = made.whole(hesse), signed_in(hesse.body)
    page = page_of(application, "measure", 1)
    form, address = form_of(client, page, page)
    press(client, page, page, **{"m.1.concept": "Aus dem ersten Fenster"})
    mine = {**form.fields, "m.1.concept": "Aus dem zweiten", "m.1.places": "Gelnhausen"}
    answer = client.post(address, mine)
    assert answer.status_code == 409
    shown = answer.content.decode()
    assert "Aus dem ersten Fenster" in shown
    assert "Aus dem zweiten" in shown
    answers = queries.said(application).answers
    assert answers["m/1/concept"] == "Aus dem ersten Fenster"
    assert answers["m/1/places"] == "Gelnhausen"


def test_the_first_place_with_two_texts_takes_the_focus_and_all_say_what_is_wrong(
    hesse: Cast,
) -> None:
    application, client = made.whole(hesse), signed_in(hesse.body)
    page = page_of(application, "measure", 1)
    form, address = form_of(client, page, page)
    places = ("m/1/places", "m/1/seats", "m/1/concept")  # as they follow each other on the page
    made.write(hesse.body, application, dict.fromkeys(places, "4"))
    mine = {place.replace("/", "."): "5" for place in places}
    shown = client.post(address, {**form.fields, **mine}).content.decode()
    fields = [re.search(rf'<(?:input|textarea)[^>]*name="{name}"[^>]*>', shown) for name in mine]
    tags = [found.group() for found in fields if found]
    assert ["autofocus" in tag for tag in tags] == [True, False, False]
    assert shown.split("<dialog")[0].count(" autofocus") == 1
    for name, tag in zip(mine, tags, strict=True):
        assert 'aria-invalid="true"' in tag
        described = re.search(r'aria-describedby="([^"]*)"', tag)
        assert described
        assert f"id_{name}_hinweise" in described.group(1).split()
        assert "Inzwischen steht hier" in shown.split(f'id="id_{name}_hinweise"')[1][:400]
    assert shown.count("aria-invalid") == len(places)
    assert "aria-invalid" not in text_of(client, page)


@pytest.mark.parametrize("seen", ["999999999", "99999999999999999999", "viel", "-1", ""])
def test_a_page_that_showed_nothing_overwrites_nothing(hesse: Cast, seen: str) -> None:
    application, client = made.whole(hesse), signed_in(hesse.body)
    page = page_of(application, "measure", 1)
    form, address = form_of(client, page, page)
    made.write(hesse.body, application, {"m/1/concept": "Von Anna"})
    mine = {**form.fields, "m.1.concept": "Von Bert", "gesehen": seen}
    answer = client.post(address, mine)
    assert answer.status_code == 409
    assert queries.said(application).answers["m/1/concept"] == "Von Anna"
    shown = answer.content.decode()
    assert "Von Anna" in shown
    assert "Von Bert" in shown


def test_a_page_kept_while_one_types_answers_with_what_changed_on_it(hesse: Cast) -> None:
    application, client = made.whole(hesse), signed_in(hesse.body)
    page = page_of(application, "measure", 1)
    form, _ = form_of(client, page, page)
    fields = {**form.fields, "m.1.seats": "null"}
    fields.pop("einmal", None)
    answer = client.post(page_of(application, "keep_measure", 1), fields)
    assert answer.status_code == 200
    assert answer["HX-Trigger"]
    text = answer.content.decode()
    assert "„null“ ist keine ganze Zahl ab 1" in text
    assert 'id="id_m.1.seats_hinweise" hx-swap-oob="true"' in " ".join(text.split())
    assert queries.said(application).answers["m/1/seats"] == "null"


def test_what_is_kept_while_one_types_decides_no_clash(hesse: Cast) -> None:
    """Two texts at one place stay two until the button is pressed, whatever else is typed."""
    application, client = made.whole(hesse), signed_in(hesse.body)
    page, keep = page_of(application, "measure", 1), page_of(application, "keep_measure", 1)
    form, _ = form_of(client, page, page)
    fields = {name: value for name, value in form.fields.items() if name != "einmal"}
    made.write(hesse.body, application, {"m/1/concept": "Von Anna"})
    fields["m.1.concept"] = "Von Bert"
    first = client.post(keep, fields).content.decode()
    assert "außer den markierten Angaben" in first
    assert 'name="strittig" value="m.1.concept"' in first
    fields |= {"gesehen": str(queries.said(application).number), "strittig": "m.1.concept"}
    again = client.post(keep, {**fields, "m.1.places": "Hanau"}).content.decode()
    answers = queries.said(application).answers
    assert (answers["m/1/concept"], answers["m/1/places"]) == ("Von Anna", "Hanau")
    assert "Von Anna" in again
    assert 'value="m.1.concept"' in again
    token = form_of(client, page, page)[0].fields["einmal"]
    fields |= {"gesehen": str(queries.said(application).number), "einmal": token}
    assert client.post(page, {**fields, "m.1.places": "Hanau"}).status_code == 302
    assert queries.said(application).answers["m/1/concept"] == "Von Bert"


def test_whoever_reads_it_cannot_write_and_is_shown_no_field_that_she_could(hesse: Cast) -> None:
    application = made.handed_in(hesse)
    for user in (hesse.body, made.clerk(hesse, application), hesse.auditor):
        shown = text_of(signed_in(user), page_of(application, "measure", 1))
        assert "Vormittags Werkstatt" in shown
        assert "m.1.title" not in shown
        assert "<textarea" not in shown


def test_the_authority_asks_and_the_body_finds_it_on_its_desk(hesse: Cast) -> None:
    application = made.handed_in(hesse)
    clerk, body = signed_in(made.clerk(hesse, application)), signed_in(hesse.body)
    door = page_of(application, "ask")
    press(clerk, door, door, wonach="Wie kommt das?", stellen=["m/1/concept"], bis="30.12.2199")
    question = page_of(application, "answer", 1)
    assert question in text_of(body, reverse("desk:home"))
    page = page_of(application, "measure", 1)
    press(body, page, page, **{"m.1.concept": "So kommt es."})
    press(body, question, question, antwort="Siehe die Beschreibung.")
    shown = text_of(clerk, page_of(application, "application"))
    assert "Siehe die Beschreibung." in shown
    assert "So kommt es." in shown  # what changed with the last submission
    assert question not in text_of(body, reverse("desk:home"))


FIVE_SCRIPTS = "Konzept έννοια Концепт 概念 مفهوم.pdf"


@pytest.mark.parametrize("name", ["konzept.pdf", FIVE_SCRIPTS, "../../etc.pdf"])
def test_a_paper_comes_back_as_it_was_sent(hesse: Cast, name: str) -> None:
    application, client = made.begun(hesse), signed_in(hesse.body)
    door = page_of(application, "attach")
    file = SimpleUploadedFile(name, b"%PDF-1.7 Inhalt", "application/pdf")
    press(client, door, door, art="concept", datei=file)
    [paper] = queries.papers(application)
    answer = client.get(page_of(application, "paper", paper.pk))
    assert answer.getvalue() == b"%PDF-1.7 Inhalt"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"%PDF " + TEST_VIRUS, "mit der Virenscanner getestet werden"),
        (b"MZ\x00", "weder PDF noch Bild"),
        (b"%PDF-" + b"0" * 10_000_001, "zu groß"),
    ],
)
def test_a_paper_that_is_not_taken_says_why(hesse: Cast, content: bytes, sentence: str) -> None:
    application, client = made.begun(hesse), signed_in(hesse.body)
    door = page_of(application, "attach")
    form, address = form_of(client, door, door)
    file = SimpleUploadedFile("konzept.pdf", content, "application/pdf")
    answer = client.post(address, {**form.fields, "art": "concept", "datei": file})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert queries.papers(application) == []


def test_300_megabytes_end_in_a_sentence(hesse: Cast) -> None:
    application, stream = made.begun(hesse), Stream(300_000_000, "datei")
    door = page_of(application, "attach")
    answer = signed_in(hesse.body).generic("POST", door, **stream.request)
    assert answer.status_code == 422
    assert "gross.txt ist zu groß" in answer.content.decode()
    assert stream.left == 0
    assert queries.papers(application) == []


def test_two_who_write_one_cost_plan_keep_both_and_are_asked_about_the_same_line(
    hesse: Cast,
) -> None:
    """Each has the same page open; no line of the other is lost, and the sum is of what stands."""
    application, client = made.whole(hesse), signed_in(hesse.body)
    rules, year = queries.rules_of(application), made.year()
    first, second = (f"m.1.cost.{each.code}.{year}" for each in rules.cost_categories[:2])
    door = page_of(application, "measure", 1)
    tabs = [form_of(client, door, door) for _ in range(3)]
    mine, theirs, late = (form.fields for form, _ in tabs)
    address = tabs[0][1]
    client.post(address, {**mine, first: "41.000,00"})
    client.post(address, {**theirs, second: "2.000,00"})
    said = queries.said(application).answers
    assert [said[place.replace(".", "/")] for place in (first, second)] == ["41.000,00", "2.000,00"]
    clashing = client.post(address, {**late, first: "39.000,00"})
    assert clashing.status_code == 409
    assert all(text in clashing.content.decode() for text in ("41.000,00", "39.000,00"))
    now = queries.judged_now(application, made.at().date()).read.application
    assert now.cost_cents == 43_000_00


def test_papers_say_what_they_are_and_their_buttons_are_told_apart(hesse: Cast) -> None:
    application, client = made.begun(hesse), signed_in(hesse.body)
    sent = (("concept", b"%PDF-1.7 a"), ("concept", b"%PDF-1.7 b"), ("resolution", b"%PDF-1.7 a"))
    for code, content in sent:
        new = NewPaper(application, code, "Scan.pdf", content)
        actions.attach(hesse.body, new, at=made.at() + PACE)
    kinds = {
        each.code: str(each.label) for each in queries.rules_of(application).application_attachments
    }
    shown = " ".join(text_of(client, page_of(application, "application")).split())
    heard = re.findall(r'Herausnehmen<span class="kern-sr-only">: (.*?)</span>', shown)
    assert heard == [
        f"Scan.pdf ({kinds['concept']})",
        f"Scan.pdf ({kinds['concept']}), 2",
        f"Scan.pdf ({kinds['resolution']})",
    ]
    listed = shown.split('id="anlagen"')[1].split('id="einreichungen"')[0]
    assert listed.count(f"<li> {kinds['concept']}: <a ") == 2
    assert listed.count(f"<li> {kinds['resolution']}: <a ") == 1
    actions.remove(hesse.body, queries.papers(application)[2], at=made.at() + 2 * PACE)
    file = text_of(client, reverse("filing:case_file", args=["application", application.pk]))
    assert f"Anlage „{kinds['resolution']}“ herausgenommen: Scan.pdf" in file


def test_the_same_file_is_sent_once_for_each_kind(hesse: Cast) -> None:
    application, client = made.begun(hesse), signed_in(hesse.body)
    first = NewPaper(application, "concept", "Konzept.pdf", b"%PDF-1.7 a")
    paper = actions.attach(hesse.body, first, at=made.at() + PACE)
    door = page_of(application, "attach")

    def send(code: str) -> str:
        form, address = form_of(client, door, door)
        file = SimpleUploadedFile("Anders.pdf", b"%PDF-1.7 a", "application/pdf")
        return client.post(address, {**form.fields, "art": code, "datei": file}).content.decode()

    assert "schon beim Antrag: „Konzept.pdf“." in send("concept")
    assert queries.papers(application) == [paper]
    send("resolution")
    assert [one.code for one in queries.papers(application)] == ["concept", "resolution"]
    actions.remove(hesse.body, paper, at=made.at() + 2 * PACE)
    send("concept")  # what was taken out can be sent again
    assert [one.code for one in queries.papers(application)] == ["resolution", "concept"]


def test_the_name_of_a_file_is_kept_whole_or_refused(hesse: Cast) -> None:
    application, client = made.begun(hesse), signed_in(hesse.body)
    door = page_of(application, "attach")
    for length in (201, 300):
        form, address = form_of(client, door, door)
        file = SimpleUploadedFile(f"{'x' * (length - 4)}.pdf", b"%PDF-1.7 a", "application/pdf")
        answer = client.post(address, {**form.fields, "art": "concept", "datei": file})
        assert answer.status_code == 422
        assert "höchstens 200 Zeichen" in answer.content.decode()
    assert queries.papers(application) == []
    name = f"{'x' * 196}.pdf"
    new = NewPaper(application, "concept", name, b"%PDF-1.7 a")
    assert actions.attach(hesse.body, new, at=made.at() + PACE).name == name


def test_pages_ask_as_often_however_many_measures_and_entries_there_are(hesse: Cast) -> None:
    application, client = made.whole(hesse), signed_in(hesse.body)
    pages = [page_of(application, "application"), page_of(application, "measure", 1)]
    pages.append(page_of(application, "head"))
    for page in pages:
        client.get(page)

    def counted() -> list[int]:
        counts = []
        for page in pages:
            with CaptureQueriesContext(
                connection,
            ) as asked:
                client.get(page)
            counts.append(len(asked))
        return counts

    few = counted()
    answers = {}
    for number in range(2, 41):
        answers |= {f"m/{number}": "yes", f"m/{number}/title": f"Kurs {number}"}
    made.write(hesse.body, application, answers)
    for round_ in range(5):
        made.write(hesse.body, application, {"m/1/places": f"Ort {round_}"})
    assert counted() == few


def test_keeping_a_field_asks_as_often_however_many_measures_and_entries_there_are(
    hesse: Cast,
) -> None:
    application, client = made.whole(hesse), signed_in(hesse.body)
    keep = page_of(application, "keep_measure", 1)

    def counted(places: str) -> int:
        seen = queries.said(application).number
        fields = {"gesehen": seen, "m.1.places": places, "reason.not_agreed_beside:m.1": places}
        with CaptureQueriesContext(connection) as asked:
            assert client.post(keep, fields).status_code == 200
        return len(asked)

    counted("Ort")
    few = counted("Hanau")
    answers = {}
    for number in range(2, 41):
        answers |= {f"m/{number}": "yes", f"m/{number}/title": f"Kurs {number}"}
    made.write(hesse.body, application, answers)
    for round_ in range(5):
        made.write(hesse.body, application, {"m/1/seats": str(round_ + 1)})
    assert counted("Maintal") == few


def test_a_reason_is_kept_while_one_types_where_one_is_asked_for(hesse: Cast) -> None:
    application, client = made.whole(hesse), signed_in(hesse.body)
    judged = queries.judged_now(application, localdate(made.at()))
    finding = next(f for f in judged.at("m/1") if f.weight is Weight.ASKS)
    asked, other = f"reason/{finding.key}", "reason/twice:m/1/title"
    fields = {"gesehen": queries.said(application).number, "m.1.places": "Hanau"}
    fields |= {place.replace("/", "."): "Weil es so ist." for place in (asked, other)}
    assert client.post(page_of(application, "keep_measure", 1), fields).status_code == 200
    answers = queries.said(application).answers
    assert (answers["m/1/places"], answers[asked]) == ("Hanau", "Weil es so ist.")
    assert other not in answers  # nobody asks for it


def test_the_list_asks_as_often_with_three_as_with_twenty(hesse: Cast) -> None:
    from tests.journeys.applied import coordinator
    from zielwerk.packs import loading as packs

    year, client = made.year(), signed_in(hesse.officer)
    page = reverse("funding:applications")
    keys = [body.ags for body in packs.bodies_in("aqb_hessen", year)][:20]

    def counted(address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    for ags in keys[:3]:
        world_funding.begin(coordinator(ags), "aqb_hessen", year, made.at())
    few = [counted(page), counted(f"{page}?export=csv")]
    for ags in keys[3:]:
        world_funding.begin(coordinator(ags), "aqb_hessen", year, made.at() + PACE)
    assert [counted(page), counted(f"{page}?export=csv")] == few


def test_a_question_past_its_day_stays_open_and_is_asked_for(hesse: Cast) -> None:
    application = made.handed_in(hesse)
    day = localdate(made.at() + 3 * PACE).replace(year=2199)
    new = NewQuestion(application, ("form",), "Warum?", day)
    actions.ask(made.clerk(hesse, application), new, at=made.at() + 3 * PACE)
    page = text_of(signed_in(hesse.body), page_of(application, "application"))
    assert page_of(application, "answer", 1) in page


def test_a_title_that_no_list_could_hold_is_kept_and_not_handed_in(hesse: Cast) -> None:
    application, client = made.whole(hesse), signed_in(hesse.body)
    page = page_of(application, "measure", 1)
    press(client, page, page, **{"m.1.title": "Ü" * 301})
    judged = queries.judged_now(application, localdate(made.at()))
    assert [each.rule for each in judged.stops] == ["application.title_long"]
    assert "höchstens 300 Zeichen" in text_of(client, page)


def test_the_reason_for_coming_late_has_a_door_until_it_is_written(hesse: Cast) -> None:
    application = made.whole(hesse)
    late, answers = date(made.year(), 12, 1), queries.said(application).answers
    door = f"{page_of(application, 'head')}#id_late_reason"
    waits = panels.for_reason(application, answers, late, may_write=True)
    assert [url for _, url in waits] == [door]
    written = {**answers, "late_reason": "Der Ausschuss tagte spät."}
    assert not list(panels.for_reason(application, written, late, may_write=True))
    assert not list(panels.for_reason(application, answers, late, may_write=False))
    in_time = localdate(made.at())
    assert not list(panels.for_reason(application, answers, in_time, may_write=True))


def test_what_is_handed_in_stands_there_before_it_is(hesse: Cast) -> None:
    application = made.whole(hesse)
    _, shown = panels.handing_in(application)
    assert shown["applied"] == sum(row.applied for row in shown["measures"])
    assert shown["cost"] == shown["sums"].cost[1]


def test_a_finding_with_its_reason_no_longer_asks_for_one(hesse: Cast) -> None:
    application = made.whole(hesse)
    judged = queries.judged_now(application, localdate(made.at()))
    rows = panels.finding_rows(application, judged, queries.rules_of(application), judged.findings)
    reasoned = [row for row in rows if row.reason]
    assert reasoned
    assert {row.label for row in reasoned} == {"begründet"}
    assert all("zu begründen" not in row.place for row in reasoned)
