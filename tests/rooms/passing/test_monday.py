"""Monday morning: one page over all running years, its files, the chase, the paste, the draft."""

import re
from dataclasses import replace
from datetime import date, timedelta
from html import unescape
from io import BytesIO
from typing import Any

import docx
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.rooms.granting.test_changes import begun, issued, less
from tests.rooms.passing import made
from tests.stage import html_of, signed_in
from zielwerk.config.cast import Cast
from zielwerk.granting import queries as granting
from zielwerk.messaging.actions.telling import tell_all
from zielwerk.messaging.models import Notice as Told
from zielwerk.packs import loading as packs
from zielwerk.passing import actions, queries
from zielwerk.passing.actions import NewSpent
from zielwerk.passing.models import PassOn, ProviderReminder, Spent
from zielwerk.rulebook.grant.paths import Kind, Reach
from zielwerk.rulebook.money import format_euro

MONDAY = "/arbeit/weiterleitungen/montag"


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> date:
    """A Monday of the year of the notice, whatever the day is."""
    day = made.at(14).date()
    moment = timezone.make_aware(timezone.datetime(day.year, day.month, day.day, 9))
    monkeypatch.setattr(timezone, "now", lambda: moment)
    return day


def content(answer: Any) -> bytes:
    """All of an answer: a file is closed only at its end."""
    found: bytes = answer.getvalue()
    return found


@pytest.fixture
def two(hesse: Cast) -> tuple[PassOn, PassOn]:
    """A measure with two Träger; a part of the grant is left."""
    notice = made.issued(hesse)
    first = made.concluded(hesse, made.drafted(hesse, notice, cents=20_000_00))
    other = made.another(hesse)
    return first, made.concluded(hesse, made.drafted(hesse, notice, other, cents=9_000_00))


def rows(cast: Cast, on: date) -> list[queries.SurveyRow]:
    return queries.survey(cast.body, "aqb_hessen", [made.year()], on)


def test_each_measure_with_each_traeger_and_what_nobody_has_yet(
    hesse: Cast, two: tuple[PassOn, PassOn]
) -> None:
    first, second = two
    new = NewSpent(first, made.year(), made.at(2).date(), 4_000_00, 7)
    actions.note_spent(hesse.body, new, at=made.at(2))
    found = rows(hesse, made.at(14).date())
    granted = first.notice.amount_cents
    assert {row.granted_cents for row in found} == {granted}
    told = {row.carrier: (row.passed_cents, row.open_cents, row.spent_cents) for row in found}
    assert told == {
        str(first.carrier): (20_000_00, None, 4_000_00),
        str(second.carrier): (9_000_00, None, None),
        "": (None, granted - 29_000_00, None),
    }
    row = next(row for row in found if row.case == first)
    assert (row.taken, row.seats) == (7, first.seats)
    labels = [paper.label for paper in made.way(first).papers if paper.due == "start"]
    assert [each.paper.label for each in row.papers if each.is_late] == labels
    assert row.due is not None


def test_granted_is_what_stands_on_the_day_and_nothing_before_the_notice(hesse: Cast) -> None:
    """A withdrawal reaches back: on each day the page says what the notices' own room says."""
    notice = made.issued(hesse)
    made.concluded(hesse, made.drafted(hesse, notice))
    since = made.granted.at(5).date()
    draft = replace(
        less(notice, 5_000_00),
        effective=since,
        reach=Reach.PAST,
        heard=made.at().date(),
        ground="weighed",
        discretion="Abgewogen.",
        known=made.at().date(),
    )
    issued(hesse, begun(hesse, notice, Kind.WITHDRAWAL, draft), 40)
    assert notice.issued_on
    before, day = notice.issued_on - timedelta(days=1), timedelta(days=1)
    for on, cents in (
        (before, 0),
        (notice.issued_on, notice.amount_cents),
        (since - day, notice.amount_cents),
        (since, notice.amount_cents - 5_000_00),
    ):
        assert [row.granted_cents for row in rows(hesse, on) if row.case] == [cents], on
        assert granting.stands(notice, on).cents == cents


def test_a_year_runs_until_the_body_has_to_prove(hesse: Cast) -> None:
    rules = packs.load("aqb_hessen", made.year())
    last = packs_last(rules)
    assert made.year() in queries.running_years("aqb_hessen", last)
    assert made.year() not in queries.running_years("aqb_hessen", last + timedelta(days=1))


def packs_last(rules: Any) -> date:
    day = next(each for each in rules.deadlines if each.purpose == "proof_of_use").day_in(
        rules.year
    )
    assert isinstance(day, date)
    return day


def test_the_page_its_filters_and_its_files(
    hesse: Cast, two: tuple[PassOn, PassOn], today: date
) -> None:
    client = signed_in(hesse.body)
    page = html_of(client.get(MONDAY).content)
    for case in two:
        assert str(case.carrier) in page
        assert f'value="{case.pk}"' in page  # it can be chosen
    assert "Offen" in page
    left = html_of(client.get(f"{MONDAY}?auswahl=open").content)
    assert str(two[0].carrier) not in left.partition("<tbody")[2].partition("</tbody")[0]
    csv = content(client.get(f"{MONDAY}?export=csv")).decode("utf-8-sig")
    assert len(csv.strip().splitlines()) == 4  # the head, two Träger, what is left
    assert content(client.get(f"{MONDAY}?export=xlsx")).startswith(b"PK")
    found = html_of(client.get(f"{MONDAY}?suche=werkhof").content)
    assert str(two[1].carrier) in found
    assert str(two[0].carrier) not in found


def test_ministry_and_authority_see_amounts_and_nobody_else_the_page(
    hesse: Cast, two: tuple[PassOn, PassOn], today: date
) -> None:
    for person in (hesse.officer, hesse.authority, hesse.auditor):
        assert str(two[0].carrier) in html_of(signed_in(person).get(MONDAY).content)
    assert signed_in(hesse.provider).get(MONDAY).status_code == 403


def test_the_chase_says_whom_it_reaches_and_reaches_them_once(
    hesse: Cast, two: tuple[PassOn, PassOn], today: date
) -> None:
    client = signed_in(hesse.body)
    query = "&".join(f"v={case.pk}" for case in two)
    page = html_of(client.get(f"{MONDAY}/erinnern?{query}").content)
    assert hesse.provider.name in page
    assert "Der Träger hat niemanden, der sich anmelden kann." in page
    assert not ProviderReminder.objects.exists()  # nothing is sent by looking
    sent = {"v": [str(case.pk) for case in two], "p": [str(hesse.provider.pk)]}
    assert client.post(f"{MONDAY}/erinnern", sent).status_code == 302
    [reminder] = ProviderReminder.objects.all()
    assert (reminder.pass_on, reminder.day) == (two[0], today)
    tell_all(timezone.now())
    told = Told.objects.filter(subject=f"pass_on_reminder:{reminder.pk}")
    assert [each.person for each in told] == [hesse.provider]
    notices = html_of(signed_in(hesse.provider).get("/arbeit/nachrichten").content)
    assert two[0].file_number in notices
    again = client.post(f"{MONDAY}/erinnern", sent)
    assert again.status_code == 409
    assert ProviderReminder.objects.count() == 1


def test_nothing_is_sent_where_it_would_reach_others_than_shown(
    hesse: Cast, two: tuple[PassOn, PassOn], today: date
) -> None:
    sent = {"v": [str(two[0].pk)], "p": ["999999"]}
    answer = signed_in(hesse.body).post(f"{MONDAY}/erinnern", sent)
    assert answer.status_code == 409
    assert not ProviderReminder.objects.exists()


TABLE = "Maßnahme\tTräger\tVerausgabt\tBelegte Plätze\tStand vom\n"


def pasted(two: tuple[PassOn, PassOn], *more: str) -> str:
    lines = [
        f"{case.title}\t{case.carrier}\t{cents}\t5\t{made.at(3):%d.%m.%Y}"
        for case, cents in zip(two, ("1.234,50", "77"), strict=True)
    ]
    return TABLE + "\n".join([*lines, *more])


def test_a_table_from_a_spreadsheet_is_looked_at_and_then_taken_whole(
    hesse: Cast, two: tuple[PassOn, PassOn], today: date
) -> None:
    client = signed_in(hesse.body)
    text = pasted(two)
    page = client.post(f"{MONDAY}/einfuegen", {"tabelle": text})
    assert "Alle 2 Stände sind in Ordnung" in html_of(page.content)
    assert not Spent.objects.exists()
    assert client.post(f"{MONDAY}/einfuegen", {"tabelle": text, "write": "1"}).status_code == 302
    assert [(row.cents, row.taken, row.source) for row in Spent.objects.all()] == [
        (1_234_50, 5, "pasted"),
        (77_00, 5, "pasted"),
    ]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Gibt es nicht\t\t5\t\t", "Keine Weiterleitung in Kraft heißt so"),
        ("{title}\t\t5\t\t", "Das kann mehrere meinen"),
        ("{title}\t{carrier}\t5\t\t", "steht schon etwas in Zeile 2"),
        ("{title}\t{carrier}\tviel\t\t", "Betrag"),
        ("{title}\t{carrier}\t5\t1,5\t", "Plätze sind eine ganze Zahl."),
        ("{title}\t{carrier}\t5\t\t01.01.2099", "nicht in der Zukunft"),
    ],
)
def test_one_fault_and_nothing_is_taken(
    hesse: Cast, two: tuple[PassOn, PassOn], today: date, line: str, said: str
) -> None:
    faulty = line.format(title=two[0].title, carrier=two[0].carrier)
    sent = {"tabelle": pasted(two, faulty), "write": "1"}
    answer = signed_in(hesse.body).post(f"{MONDAY}/einfuegen", sent)
    assert answer.status_code == 422
    page = html_of(answer.content)
    assert said in page
    assert page.partition("<title>")[2].split()[0] == "Fehler:"
    assert not Spent.objects.exists()


def test_the_draft_for_the_committee_is_a_document_to_be_edited(
    hesse: Cast, two: tuple[PassOn, PassOn], today: date
) -> None:
    client = signed_in(hesse.body)
    answer = client.get(f"{MONDAY}/vorlage.docx")
    assert answer.headers["Content-Disposition"].endswith('.docx"')
    made_of = docx.Document(BytesIO(answer.content))
    words = "\n".join(paragraph.text for paragraph in made_of.paragraphs)
    assert "Vorlage (Kreisausschuss)" in words
    assert "Entwurf, noch nicht beschlossen" in words
    [table] = made_of.tables
    lines = [[cell.text for cell in row.cells] for row in table.rows]
    assert [line[1] for line in lines[1:3]] == [str(two[0].carrier), str(two[1].carrier)]
    granted = two[0].notice.amount_cents // 100
    assert lines[-1][2].startswith(f"{granted:,}".replace(",", "."))  # granted once, not twice
    assert lines[-1][3].startswith("29.000,00")
    assert client.get(f"{MONDAY}/vorlage.pdf").content.startswith(b"%PDF-")


def test_only_the_chosen_stand_in_the_draft(
    hesse: Cast, two: tuple[PassOn, PassOn], today: date
) -> None:
    answer = signed_in(hesse.body).get(f"{MONDAY}/vorlage.docx?v={two[1].pk}")
    [table] = docx.Document(BytesIO(answer.content)).tables
    assert [row.cells[1].text for row in table.rows[1:-1]] == [str(two[1].carrier)]


def test_the_page_of_the_body_says_what_is_passed_on_of_each_year(
    hesse: Cast, two: tuple[PassOn, PassOn], today: date
) -> None:
    address = f"/arbeit/koerperschaften/{hesse.body.ags}"
    left = two[0].notice.amount_cents - 29_000_00
    for person in (hesse.body, hesse.officer):
        page = html_of(signed_in(person).get(address).content).replace("\xa0", " ")
        part = page.partition('id="weitergegeben"')[2].partition("</section>")[0]
        for cents in (two[0].notice.amount_cents, 29_000_00, left):
            assert format_euro(cents).replace("\xa0", " ").removesuffix(",00 €") in part
        assert two[0].proof_due
        assert f"{two[0].proof_due:%d.%m.%Y}" in part
        assert "überfällig" not in part
        [doors] = [re.findall(r'href="([^"]+)"', part)]
        assert len(doors) == 2
        for door in doors:
            listed = html_of(signed_in(person).get(unescape(door)).content)
            assert str(two[0].carrier) in listed
    assert 'id="weitergegeben"' not in html_of(signed_in(hesse.provider).get(address).content)


def queries_of(cast: Cast, address: str) -> int:
    client = signed_in(cast.body)
    content(client.get(address))
    with CaptureQueriesContext(
        connection,
    ) as asked:
        answer = client.get(address)
        content(answer)
    assert answer.status_code == 200
    return len(asked)


LIST = "/arbeit/weiterleitungen"


@pytest.mark.parametrize(
    "address",
    [
        *(MONDAY + each for each in ("", "?export=csv", "?export=xlsx")),
        *(MONDAY + each for each in ("/vorlage.docx", "/vorlage.pdf", "/erinnern?{chosen}")),
        *(LIST, f"{LIST}?export=csv", f"{LIST}/{{first}}", f"{LIST}/{{first}}/entwurf"),
        "/arbeit/bescheide/{notice}",
        "/arbeit/koerperschaften/06435",
    ],
)
def test_more_rows_ask_the_database_no_more_often(hesse: Cast, today: date, address: str) -> None:
    notice = made.issued(hesse)
    first = made.concluded(hesse, made.drafted(hesse, notice, cents=1_000_00))

    def asked() -> int:
        chosen = "&".join(f"v={case.pk}" for case in PassOn.objects.order_by("pk"))
        return queries_of(hesse, address.format(chosen=chosen, first=first.pk, notice=notice.pk))

    few = asked()
    for number in range(6):
        to = made.another(hesse, f"Träger {number}")
        case = made.concluded(hesse, made.drafted(hesse, notice, to, cents=1_000_00))
        new = NewSpent(case, made.year(), made.at(2).date(), 100)
        actions.note_spent(hesse.body, new, at=made.at(2))
    assert asked() <= few
