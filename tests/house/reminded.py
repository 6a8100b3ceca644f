"""What a person does in a house that has reminders: run there by the test of the guide."""

import re
from datetime import date
from importlib import import_module
from typing import Any

import django
from django.core.management import call_command
from django.test import Client
from django.test.utils import setup_test_environment

django.setup()

# Only now is the house joined, and its rooms can be imported; this one the guide has made.
from tests.stage import AT, press, signed_in  # noqa: E402
from zielwerk.agreements import actions as agreements  # noqa: E402
from zielwerk.config import docs, world  # noqa: E402
from zielwerk.core import audit  # noqa: E402

actions = import_module("zielwerk.reminders.actions")
NUMBER, PAGE = "WV-2024-0001", "/arbeit/wiedervorlagen/1"
TASK = "Wiedervorlage ist zu erledigen"


def text(client: Client, address: str) -> str:
    """A page as it is read: without its markup."""
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return " ".join(re.sub(r"<[^>]*>", " ", answer.content.decode()).split())


def main() -> None:
    setup_test_environment()
    call_command("migrate", verbosity=0)
    cast = world.enrol_cast()
    entered = agreements.HandEntry(world.main_kinzig(), world.PUBLIC_FACTS, False)
    intake = agreements.begin_by_hand(cast.officer, entered, at=AT)
    intake = agreements.accept(cast.officer, intake, at=AT)
    new = actions.NewReminder(intake, date(2024, 10, 1), "Anlage fehlt")
    made = actions.set_reminder(cast.officer, new, at=AT)
    assert made.file_number == NUMBER, made.file_number
    is_asked(cast)
    is_taken(cast, made)
    is_proven(cast, made)
    is_told_everywhere(cast)


def is_asked(cast: world.Cast) -> None:
    """The desk of the ministry, and of nobody else, and whose turn it is on the case's page."""
    desk = text(signed_in(cast.head), "/arbeit/")
    assert TASK in desk
    assert NUMBER in desk
    assert "01.10.2024" in desk
    assert TASK not in text(signed_in(cast.auditor), "/arbeit/")
    page = text(signed_in(cast.head), PAGE)
    assert "Am Zug: Ministerium" in page
    assert "Als erledigt vermerken" in page
    assert "Als erledigt vermerken" not in text(signed_in(cast.auditor), PAGE)
    assert signed_in(cast.body).get(PAGE).status_code == 403


def is_taken(cast: world.Cast, made: Any) -> None:
    """Through the one door: not on a page seen before a change, and not twice."""
    head = signed_in(cast.head)
    stale = head.post(f"{PAGE}/erledigen", {"revision": made.revision + 1})
    assert stale.status_code == 409, stale.status_code
    assert press(head, made, "erledigen").status_code == 302
    made.refresh_from_db()
    assert made.state == "done"
    assert press(head, made, "erledigen").status_code == 409
    assert TASK not in text(head, "/arbeit/")


def is_proven(cast: world.Cast, made: Any) -> None:
    """The timeline, the log and the chain; what was changed past the log is told."""
    auditor = signed_in(cast.auditor)
    timeline = text(auditor, PAGE).partition("Verlauf")[2]
    assert "Wiedervorlage setzen" in timeline
    assert "Wiedervorlage erledigen" in timeline
    log = auditor.get("/arbeit/protokoll").content.decode()
    assert f'href="{PAGE}"' in log
    assert "Wiedervorlage erledigen" in log
    assert list(audit.verify()) == []
    type(made).objects.filter(pk=made.pk).update(text="etwas anderes")
    assert "audit.changed" in {fault.rule for fault in audit.verify()}


def is_told_everywhere(cast: world.Cast) -> None:
    """The navigation, the list and its export, the door on another case's page, the handbook."""
    head = signed_in(cast.head)
    assert 'href="/arbeit/wiedervorlagen"' in head.get("/arbeit/").content.decode()
    assert NUMBER in text(head, "/arbeit/wiedervorlagen?stand=done")
    assert NUMBER not in text(head, "/arbeit/wiedervorlagen?stand=open")
    assert NUMBER in head.get("/arbeit/wiedervorlagen?export=csv").getvalue().decode()
    page = head.get("/arbeit/erfassungen/1").content.decode()
    door = re.search(r'href="(/arbeit/wiedervorlagen/neu[^"]*)"', page)
    assert door
    form = {"anlass": "Nachfragen", "bis": "24.12.2024"}
    assert head.post(door[1], {**form, "bis": "bald"}).status_code == 422
    assert head.post(door[1], form).status_code == 302
    assert "Nachfragen" in text(head, "/arbeit/wiedervorlagen/2")
    assert "## Wiedervorlage" in docs.case_kinds()
    assert "| Wiedervorlage setzen (`reminders.set`) | alle | – |" in docs.role_matrix()
    assert "## Stände: Wiedervorlage" in docs.glossary()


if __name__ == "__main__":
    main()
