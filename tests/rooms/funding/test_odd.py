"""What no form offers, and what two people write: pages of an application stay open and say so."""

import pytest
from django.utils.timezone import localdate

from tests.journeys.thrice import form_of
from tests.rooms.funding import made
from tests.rooms.funding.test_pages import page_of, text_of
from tests.stage import signed_in
from zielwerk.config.cast import Cast
from zielwerk.funding import queries
from zielwerk.rulebook.application import Weight


@pytest.mark.parametrize("odd", ["-1", "٣", "=1+1"])
def test_what_was_sent_past_the_choices_shuts_no_page(hesse: Cast, odd: str) -> None:
    application, client = made.whole(hesse), signed_in(hesse.body)
    for page in (page_of(application, "measure", 1), page_of(application, "head")):
        form, address = form_of(client, page, page)
        odd_ones = {name: odd for name in form.fields if "." in name or name in ("form", "share")}
        assert client.post(address, {**form.fields, **odd_ones}).status_code == 302
    assert queries.said(application).answers["m/1/language"] == odd
    for person in (hesse.body, hesse.authority, hesse.auditor):
        reader = signed_in(person)
        for name, *more in (("application",), ("measure", 1), ("head",)):
            assert reader.get(page_of(application, name, *more)).status_code == 200  # type: ignore[arg-type]


def test_two_reasons_for_the_same_finding_are_both_shown_at_their_field(hesse: Cast) -> None:
    application, client = made.whole(hesse), signed_in(hesse.body)
    page = page_of(application, "measure", 1)
    judged = queries.judged_now(application, localdate(made.at()))
    finding = next(f for f in judged.at("m/1") if f.weight is Weight.ASKS)
    place = f"reason/{finding.key}"
    name = place.replace("/", ".")
    form, address = form_of(client, page, page)
    made.write(hesse.body, application, {place: "Von Anna"})
    notes = f'id="id_{name}_hinweise"'
    assert notes in text_of(client, page)  # the field is described by it
    mine = {**form.fields, name: "Von Bert"}
    typing = {key: text for key, text in mine.items() if key != "einmal"}
    for answer in (client.post(address, mine), client.post(f"{page}/sichern", typing)):
        told = answer.content.decode().partition(notes)[2].partition("</div>")[0]
        assert "Von Anna" in told
