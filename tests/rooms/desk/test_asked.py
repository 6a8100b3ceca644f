"""Who is asked finds the way to it, or is told where it is done; and nobody is asked in vain."""

import re
from datetime import date

import pytest
from django.utils import timezone

from tests.stage import AT, html_of, signed_in
from zielwerk.adjustments import actions as adjustments
from zielwerk.agreements.models import Agreement
from zielwerk.config import world, world_money
from zielwerk.desk import queries
from zielwerk.identity.models import User
from zielwerk.ledger import actions as ledger
from zielwerk.ledger.models import AccountKey, Book, EntryCode, Place
from zielwerk.rulebook.adjustment import AdjustmentKind
from zielwerk.rulebook.planning import Fund
from zielwerk.rulebook.tasks import Progress

HESSE, YEAR, AGS = "aqb_hessen", 2024, "06435"
MONEY = 9_000_00
LATER = date(2025, 5, 2)


def desk(person: User) -> str:
    return html_of(signed_in(person).get("/arbeit/").content)


def line(person: User, name: str, address: str = f"/arbeit/jahr/{YEAR}") -> str:
    """A body's row of the year as plain text."""
    page = html_of(signed_in(person).get(address).content)
    rows = page.split("</caption>", 1)[1].split("<tbody", 1)[1].split("</tbody>")[0].split("<tr")
    texts = (" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in rows)
    return next(text for text in texts if name in text)


def give(cast: world.Cast) -> None:
    planning = {"programme": HESSE, "programme_year": YEAR}
    given = ledger.Posting(
        AccountKey(Book.PLANNING, Place.OUTSIDE, **planning),  # type: ignore[arg-type]
        AccountKey(Book.PLANNING, Place.ALLOCATED, ags=AGS, **planning),  # type: ignore[arg-type]
        MONEY,
        EntryCode.ALLOCATION,
        date(2024, 9, 1),
        "VS-2024-0001",
    )
    ledger.post(cast.officer, [given], at=AT)


def waive(cast: world.Cast, cents: int) -> None:
    move = adjustments.Move(AdjustmentKind.WAIVER, Fund(HESSE, YEAR), AGS, cents, "kein Bedarf")
    waiver = adjustments.declare(cast.body, move, at=AT)
    adjustments.decide(cast.head, waiver, at=AT)


def test_a_body_that_waived_all_its_money_is_nobodys_overdue_task(cast: world.Cast) -> None:
    give(cast)
    waive(cast, MONEY)
    row = line(cast.officer, "Main-Kinzig-Kreis")
    assert "verzichtet" in row
    for said in ("nichts zugewiesen", "überfällig", "Mittel zuweisen", "HMSI"):
        assert said not in row
    assert "Mittel zuweisen" in line(cast.officer, "Kassel Stadt")


def test_a_body_that_waived_a_part_still_has_money_to_agree(cast: world.Cast) -> None:
    give(cast)
    waive(cast, MONEY // 2)
    row = line(cast.officer, "Main-Kinzig-Kreis")
    assert "verzichtet" not in row
    assert "Abschließen und erfassen" in row


def test_a_waiver_counts_from_the_day_it_was_decided(cast: world.Cast) -> None:
    give(cast)
    waive(cast, MONEY)
    for day, waived in ((date(2024, 9, 3), True), (date(2024, 9, 2), False)):
        rows = queries.body_years(cast.officer, HESSE, YEAR, day, is_past=True)
        (row,) = (row for row in rows if row.body.ags == AGS)
        assert (row.progress == Progress.WAIVED) == waived


@pytest.fixture
def on_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """The desk as it stands on the day after the proof of use of 2024 was due."""
    localdate = timezone.localdate
    monkeypatch.setattr(
        timezone, "localdate", lambda moment=None: localdate(moment) if moment else LATER
    )


def test_each_row_of_the_year_has_a_door_or_says_why_not(
    cast: world.Cast, main_kinzig: Agreement
) -> None:
    later = f"/arbeit/jahr/{YEAR}?stand={LATER}"
    for person in (cast.officer, cast.auditor, cast.body, cast.authority):
        assert line(person, "Main-Kinzig-Kreis", later).endswith("wird noch außerhalb geführt")
    assert line(cast.auditor, "Kassel Stadt", later).endswith("liegt bei HMSI")
    assert line(cast.officer, "Kassel Stadt", later).endswith("Mittel zuweisen : Kassel Stadt")


@pytest.mark.usefixtures("on_the_day")
def test_the_desk_says_what_the_year_beside_it_says(
    cast: world.Cast, main_kinzig: Agreement
) -> None:
    for person in (cast.officer, cast.head, cast.body):
        page = desk(person)
        assert "Zurzeit wartet nichts auf Sie" not in page or "Ihr Haus gefragt" not in page
    page = desk(cast.head)
    assert "bei 25 davon ist Ihr Haus gefragt" in page
    assert "Mittel zuweisen, Programmjahr 2024" in page
    client = signed_in(cast.head)
    for address in re.findall(r'href="(/arbeit/jahr/\d+\?was=[a-z]+)"', page):
        assert "Auf keine Gebietskörperschaft" not in client.get(address).content.decode()


@pytest.mark.usefixtures("on_the_day")
def test_the_granting_authority_is_told_what_the_year_asks_of_it(
    cast: world.Cast, main_kinzig: Agreement
) -> None:
    page = desk(cast.authority)
    assert "Für Sie" in page
    assert "Nachweis prüfen, Programmjahr 2024" in page
    assert "wird noch außerhalb geführt" in page


def test_on_the_first_day_the_budget_comes_first_and_no_year_before_is_overdue(
    cast: world.Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_: date(2025, 3, 3))
    begin, before = "Haushalt veranschlagen, Programmjahr 2025", "Programmjahr 2024"
    page = desk(cast.officer)
    assert re.search(rf'href="/arbeit/haushalt">\s*<strong>1</strong>\s*{begin}', page)
    assert page.index(begin) < page.index("Mittel zuweisen, Programmjahr 2025")
    assert before not in page  # it was carried elsewhere, or not at all
    for other in (cast.body, cast.authority, cast.auditor):
        assert begin not in desk(other)
    world_money.authorise(cast.officer, HESSE, 2025)
    assert begin not in desk(cast.officer)
    give(cast)
    assert before in desk(cast.officer)
