"""Acts on agreements: recorded by two persons, and published."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.journeys import pages, stages
from tests.journeys.year.walk import Walk, form_at, written
from zielwerk.agreements import actions as agreements
from zielwerk.agreements.models import Agreement
from zielwerk.config import cast as people
from zielwerk.config import world
from zielwerk.packs import loading as packs
from zielwerk.packs.model import Stage
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
    """Tell the model what the newest agreement names; each measure has its part where it has."""
    agreement = Agreement.objects.latest("pk")
    assert agreement.amount_cents == cents
    walk.notes.agree(year, ags, wants_of(agreement), purposes_of(agreement))
    return agreement


def change(walk: Walk, year: int, ags: str, cents: int) -> Agreement:
    """What was agreed is concluded anew over another amount, recorded by two persons."""
    before = newest(year, ags)
    had = wants_of(before)
    clerk = walk.cast.takers("recording", year, ags)[0]
    door = f"/arbeit/vereinbarungen/{year}/{ags}/aendern"
    client = walk.at_desk(clerk)
    places = form_at(client, door).choices["grundlage"]
    said = {"grundlage": next(place for place in places if place), "herkunft": "Änderung vom Tage"}
    review = pages.press(client, door, door, **said)
    page = review.removesuffix("/pruefen")
    typed = {"budget_cents": written(cents), "accept": "1"}
    sides = packs.programme(settings.PROGRAMME).document.sides
    typed |= {f"signatures[{number}].office": "Leitung" for number in range(len(sides))}
    less = cents - before.amount_cents
    for number, part in enumerate(before.agreed.values_list("amount_cents", flat=True)):
        if part is not None:
            first, less = max(part + less, 1), less + part - max(part + less, 1)
            typed[f"measures[{number}].amount_cents"] = written(first)
    pages.press(walk.at_desk(clerk), review, review, is_ticked=True, **typed)
    stages.take_between(walk.cast, page, "recording", year, ags)
    stages.take_the_last(walk.cast, page, "recording", year, ags)
    after = newest(year, ags)
    assert after.amount_cents == cents
    walk.notes.change(year, ags, had, wants_of(after), purposes_of(after))
    walk.notes.published.discard((year, ags))
    return after


def newest(year: int, ags: str) -> Agreement:
    return Agreement.objects.filter(year=year, ags=ags).latest("pk")


def last_stage(year: int) -> Stage:
    """The stage that records an agreement; who took it does not annul the record."""
    return packs.load(settings.PROGRAMME, year).procedure("recording")[-1]


def record_by_mistake(walk: Walk, year: int, ags: str, cents: int) -> None:
    """An agreement that nobody concluded is recorded, and the record annulled by two persons."""
    first = len(walk.notes.journal)
    record_by_hand(walk, year, ags, cents)
    last = len(walk.notes.journal)
    door = f"/arbeit/vereinbarungen/{year}/{ags}/irrtum"
    other, confirmed = walk.cast.pair(last_stage(year).side, ags)
    said = {"begruendung": "bei der falschen Gebietskörperschaft erfasst"}
    page = pages.press(walk.at_desk(confirmed), door, door, **said)
    pages.take(walk.at_desk(other), page, "aufheben")
    walk.notes.undo(first, last)
    del walk.notes.agreements[year, ags]


def wants_of(agreement: Agreement) -> dict[str, int]:
    """Who receives how much; the body as a whole where no measure has an amount of its own."""
    parts = agreement.agreed.filter(amount_cents__gt=0).values_list("position", "amount_cents")
    by_measure = {f"{agreement.ags}/{position}": cents or 0 for position, cents in parts}
    return by_measure or {"": agreement.amount_cents}


def purposes_of(agreement: Agreement) -> list[str]:
    return [earmark.code for earmark in agreement.content.earmarks]


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
