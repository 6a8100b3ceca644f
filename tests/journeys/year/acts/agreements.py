"""Acts on agreements: recorded by two persons, and published."""

from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.journeys import pages, stages
from tests.journeys.year.walk import Walk
from zielwerk.agreements import actions as agreements
from zielwerk.agreements.models import Agreement
from zielwerk.config import cast as people
from zielwerk.config import world
from zielwerk.packs import loading as packs
from zielwerk.rulebook.agreement import Measure, Terms


def record_text(walk: Walk, year: int, ags: str, text: bytes, cents: int) -> Agreement:
    """The text of a signed agreement is read, reviewed and confirmed."""
    clerk = walk.cast.takers("recording", year, ags)[0]
    file = SimpleUploadedFile("vereinbarung.txt", text, "text/plain")
    sent = walk.at_desk(clerk).post("/arbeit/erfassungen/neu", {"file": file})
    assert sent.status_code == 302, pages.visible(sent.content.decode())[:2000]
    page = str(sent["Location"])
    review = f"{page}/pruefen"
    pages.press(walk.at_desk(clerk), review, review, is_ticked=True, accept="1")
    stages.take_between(walk.cast, page, "recording", year, ags)
    stages.take_the_last(walk.cast, page, "recording", year, ags)
    return recorded(walk, year, ags, cents)


def record_by_hand(walk: Walk, year: int, ags: str, cents: int) -> Agreement:
    """An agreement of which only the facts are known; there is no page for it."""
    entered = agreements.HandEntry(terms_of(walk, year, ags, cents), "Brief der Körperschaft", True)
    clerk, _ = walk.cast.takers("recording", year, ags)
    intake = agreements.begin_by_hand(clerk, entered, at=walk.now)
    pace = timedelta(minutes=5)
    _, walk.now = people.walk(walk.cast, intake, walk.now + pace, pace)
    return recorded(walk, year, ags, cents)


def recorded(walk: Walk, year: int, ags: str, cents: int) -> Agreement:
    purposes = [one.code for one in packs.load(walk.programme, year).earmarks]
    walk.notes.agree(year, ags, cents, purposes)
    return Agreement.objects.latest("pk")


def terms_of(walk: Walk, year: int, ags: str, cents: int) -> Terms:
    """An agreement's terms: two measures, each with its part where each receives it."""
    rules = packs.load(walk.programme, year)
    by_measure = rules.programme.document.recipient == "measure"
    parts = [cents - cents // 3, cents // 3]
    measures = tuple(
        Measure(rules.measure_types[0].code, f"Kurs {walk.now:%d.%m. %H:%M} {number}", part)
        for number, part in enumerate(parts if by_measure else [None, None], 1)
    )
    frame: dict[str, Any] = world.frame(walk.programme, year, ags)
    body = world.bodies(walk.programme, year)[ags]
    return Terms(
        **frame,
        amount_cents=cents,
        measures=measures,
        signatures=tuple(world.signatures_of(rules, body)),
    )


def publish(walk: Walk, agreement: Agreement) -> None:
    walk.now += timedelta(minutes=5)
    stages.publish(walk.cast, agreement)
    walk.notes.published.add((agreement.year, agreement.ags))
