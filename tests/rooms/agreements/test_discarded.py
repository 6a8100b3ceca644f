"""A recording that was discarded is not over for good."""

import re

from tests.stage import AT, press, signed_in
from zielwerk.agreements import actions as agreements
from zielwerk.agreements.models import Intake
from zielwerk.config import world


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def test_a_case_that_was_discarded_says_so_and_that_it_can_be_restored(cast: world.Cast) -> None:
    entry = agreements.HandEntry(world.invented()[0], "Brief")
    intake = agreements.begin_by_hand(cast.officer, entry, at=AT)
    officer = signed_in(cast.officer)
    press(officer, intake, "verwerfen")
    page = words(officer.get(f"/arbeit/erfassungen/{intake.pk}").content.decode())
    assert Intake.objects.get().state == "discarded"
    assert "Dieser Vorgang ist verworfen. Er lässt sich wiederherstellen." in page
    assert "abgeschlossen" not in page
    assert "Wiederherstellen" in page
