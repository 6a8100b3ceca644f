"""The budget's pages: places told one by one, nothing booked before it was confirmed."""

import csv
import io
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from tests import worlds
from tests.rooms import money as stage
from tests.stage import signed_in
from zielwerk.budget import queries
from zielwerk.budget.forms import NEW, line_code
from zielwerk.budget.queries import Line
from zielwerk.budget.views.entering import VERBS
from zielwerk.config import world
from zielwerk.core.models import AuditEntry
from zielwerk.ledger.models import Transfer
from zielwerk.packs import loading as packs
from zielwerk.programme import queries as programmes
from zielwerk.rulebook.planning import Fund

YEAR = stage.YEAR - 1  # a year that is over can be closed
LINE = "0806 684 71"
NOT_ADDED = (
    "Verpflichtungsermächtigungen sind eine Erlaubnis, kein Geld; sie werden nicht zum Ansatz "
    "addiert."
)


@pytest.fixture
def cast(db: None, programme: str, settings: Settings) -> world.Cast:
    settings.PROGRAMME = programme
    return worlds.put(world.enrol_cast)


@pytest.fixture
def officer(cast: world.Cast) -> Client:
    return signed_in(cast.officer)


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode().replace("\xa0", " ")


def typed(programme: str, code: str = LINE, **changes: str) -> dict[str, str]:
    """An entry as people make it: a line that the books know is chosen, else made new."""
    source = packs.load(programme, YEAR).money_sources[0].code
    chosen = line_code(Line(programme, YEAR, code, source))
    known = {line_code(each) for each in queries.known_lines(programme)}
    new = {"line": NEW, "budget_line": code, "source": source, "earmark": ""}
    return {
        "year": str(YEAR),
        **({"line": chosen} if chosen in known else new),
        "amount": "1.000,00",
        "value_date": f"01.01.{YEAR}",
        "basis": "Haushaltsgesetz",
        **changes,
    }


def confirm(client: Client, address: str, said: dict[str, str]) -> Any:
    """Send a form, then press the button of the page that asks once more."""
    shown = client.post(address, said).content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', shown))
    assert "gezeigt" in hidden, shown
    return client.post(address, {**said, "gezeigt": hidden["gezeigt"]}, follow=True)


@pytest.mark.django_db
class TestVerbs:
    def test_nothing_is_booked_before_it_is_confirmed(
        self, officer: Client, programme: str
    ) -> None:
        entries = AuditEntry.objects.count()
        answer = officer.post("/arbeit/haushalt/inkraftsetzen", typed(programme))
        text = answer.content.decode().replace("\xa0", " ")
        assert "Noch ist nichts gebucht" in text
        assert "1.000 €" in text
        assert Transfer.objects.count() == 0
        assert AuditEntry.objects.count() == entries

    def test_what_was_shown_is_booked_once_and_told(self, officer: Client, programme: str) -> None:
        answer = confirm(officer, "/arbeit/haushalt/inkraftsetzen", typed(programme))
        text = answer.content.decode().replace("\xa0", " ")
        assert "Verbucht" in text
        assert f"HH-{YEAR}-0001" in text
        assert programmes.standing(Fund(programme, YEAR)).free_cents == 1_000_00

    def test_a_button_pressed_twice_books_once_and_asks_again(
        self, officer: Client, programme: str
    ) -> None:
        address, said = "/arbeit/haushalt/inkraftsetzen", typed(programme)
        shown = officer.post(address, said).content.decode()
        digest = re.findall(r'name="gezeigt" value="(\w+)"', shown)[0]
        officer.post(address, {**said, "gezeigt": digest})
        again = officer.post(address, {**said, "gezeigt": digest})
        assert "Diese Haushaltsstelle gibt es schon" in again.content.decode()
        chosen = officer.post(address, typed(programme)).content.decode()
        assert "Für diese Haushaltsstelle ist der Haushalt schon in Kraft" in chosen
        assert programmes.standing(Fund(programme, YEAR)).free_cents == 1_000_00

    def test_going_back_keeps_what_was_typed(self, officer: Client, programme: str) -> None:
        said = typed(programme, amount="7.654,32", aendern="1")
        text = officer.post("/arbeit/haushalt/inkraftsetzen", said).content.decode()
        assert "7.654,32" in text
        assert "Weiter zur Bestätigung" in text

    @pytest.mark.parametrize("verb", list(VERBS))
    def test_every_verb_has_a_page_that_says_what_it_does(self, officer: Client, verb: str) -> None:
        text = page(officer, f"/arbeit/haushalt/{verb}?jahr={YEAR}")
        assert VERBS[verb].effect in text.replace("&#x27;", "'")

    def test_a_year_from_draft_to_its_end(self, officer: Client, programme: str) -> None:
        for verb, amount in (
            ("veranschlagen", "900,00"),
            ("vorlaeufig", "200,00"),
            ("inkraftsetzen", "1.000,00"),
            ("nachtrag", "100,00"),
            ("sperren", "50,00"),
            ("freigeben", "50,00"),
            ("kuerzen", "100,00"),
        ):
            answer = confirm(officer, f"/arbeit/haushalt/{verb}", typed(programme, amount=amount))
            assert "Verbucht" in answer.content.decode(), verb
        said = typed(programme, amount="400,00", due_year=str(YEAR + 1))
        confirm(officer, "/arbeit/haushalt/ermaechtigen", said)
        assert programmes.standing(Fund(programme, YEAR)).free_cents == 1_400_00
        text = page(officer, f"/arbeit/haushalt/{YEAR}/abschliessen")
        assert "noch da: 1.000,00 €" in text
        confirm(
            officer,
            f"/arbeit/haushalt/{YEAR}/abschliessen",
            {"basis": "Jahresabschluss", "consent0": "300,00"},
        )
        assert programmes.frame_cents(Fund(programme, YEAR)) == 300_00
        assert list(programmes.gaps(programme)) == []

    def test_a_cut_beyond_what_is_there_shows_what_is_uncovered(
        self, officer: Client, programme: str
    ) -> None:
        confirm(officer, "/arbeit/haushalt/inkraftsetzen", typed(programme))
        shown = officer.post("/arbeit/haushalt/kuerzen", typed(programme, amount="1.200,00"))
        assert "zu klären" in shown.content.decode()
        answer = confirm(officer, "/arbeit/haushalt/kuerzen", typed(programme, amount="1.200,00"))
        text = answer.content.decode().replace("\xa0", " ")
        assert "Ungedeckt, zu klären" in text
        assert "−200,00 €" in text

    @pytest.mark.parametrize(
        ("verb", "changes", "sentence"),
        [
            ("inkraftsetzen", {"amount": "-5,00"}, "negativ"),
            ("inkraftsetzen", {"amount": "0,00"}, "größer als null"),
            ("inkraftsetzen", {"amount": "viel"}, "kein Euro-Betrag"),
            ("inkraftsetzen", {"year": "1999"}, "gültige Auswahl"),
            ("inkraftsetzen", {"source": "lottery"}, "gültige Auswahl"),
            ("inkraftsetzen", {"basis": ""}, "zwingend erforderlich"),
            ("inkraftsetzen", {"value_date": "32.01.2026"}, "Bitte einen Tag wie"),
            ("vorlaeufig", {}, "gültige Auswahl"),  # provisional is only what a draft has
            (
                "ermaechtigen",
                {"year": str(stage.YEAR), "due_year": str(stage.YEAR)},
                "werden in den Jahren",
            ),
        ],
    )
    def test_bad_input_is_said_and_nothing_is_booked(
        self, officer: Client, programme: str, verb: str, changes: dict[str, str], sentence: str
    ) -> None:
        answer = officer.post(f"/arbeit/haushalt/{verb}", typed(programme, **changes))
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
        assert Transfer.objects.count() == 0

    @pytest.mark.parametrize(
        ("verb", "changes", "field"),
        [
            ("inkraftsetzen", {"amount": "0,00"}, "amount"),
            ("freigeben", {}, "amount"),
            ("inkraftsetzen", {"value_date": "01.01.1999"}, "value_date"),
        ],
    )
    def test_a_refusal_leads_to_the_field_it_is_about(
        self, officer: Client, programme: str, verb: str, changes: dict[str, str], field: str
    ) -> None:
        confirm(officer, "/arbeit/haushalt/veranschlagen", typed(programme))
        answer = officer.post(f"/arbeit/haushalt/{verb}", typed(programme, **changes))
        assert f'href="#id_{field}"' in answer.content.decode()

    def test_a_new_line_is_made_on_purpose_only(self, officer: Client, programme: str) -> None:
        address = "/arbeit/haushalt/inkraftsetzen"
        assert typed(programme)["line"] == NEW
        confirm(officer, address, typed(programme))
        assert typed(programme)["line"] != NEW  # the books offer it from now on
        mistyped = {**typed(programme), "line": "", "budget_line": "0806 684 17"}
        assert officer.post(address, mistyped).status_code == 422
        beside = {**typed(programme), "budget_line": "0806 684 17"}
        assert "Entweder eine bekannte" in officer.post(address, beside).content.decode()
        nameless = {**typed(programme, "0806 684 17"), "budget_line": " "}
        assert "Wie heißt die neue" in officer.post(address, nameless).content.decode()
        assert len(queries.known_lines(programme)) == 1

    def test_only_known_lines_can_be_cut_or_blocked(self, officer: Client, programme: str) -> None:
        for verb in ("kuerzen", "sperren", "freigeben", "ermaechtigung-kuerzen"):
            assert 'name="budget_line"' not in page(officer, f"/arbeit/haushalt/{verb}")

    def test_more_than_is_left_cannot_be_carried_over(
        self, officer: Client, programme: str
    ) -> None:
        confirm(officer, "/arbeit/haushalt/inkraftsetzen", typed(programme))
        said = {"basis": "Jahresabschluss", "consent0": "1.000,01"}
        answer = officer.post(f"/arbeit/haushalt/{YEAR}/abschliessen", said)
        assert answer.status_code == 422
        assert "übertragen werden sollen" in answer.content.decode()

    def test_a_running_year_says_why_it_cannot_be_closed_and_offers_nothing_to_fill_in(
        self, officer: Client
    ) -> None:
        text = page(officer, f"/arbeit/haushalt/{timezone.localdate().year}/abschliessen")
        assert "ist noch nicht zu Ende" in text
        assert 'name="basis"' not in text


@pytest.mark.django_db
class TestOverview:
    def test_money_and_authority_stand_apart(self, officer: Client, programme: str) -> None:
        confirm(officer, "/arbeit/haushalt/inkraftsetzen", typed(programme))
        said = typed(programme, amount="400,00", due_year=str(YEAR + 1))
        confirm(officer, "/arbeit/haushalt/ermaechtigen", said)
        text = page(officer, f"/arbeit/haushalt?jahr={YEAR}")
        assert NOT_ADDED in text
        money, authority = text.split('id="ermaechtigungen"')[:2]
        assert "1.000 €" in money.split('id="mittel"')[1]
        assert "400 €" not in money.split('id="mittel"')[1]
        assert "400 €" in authority.split('id="rahmen"')[0]
        frames = text.split('id="rahmen"')[1]
        assert "1.000 €" in frames
        assert "400 €" in frames
        assert "1.400 €" not in text

    def test_the_books_agree_and_say_so(self, officer: Client, programme: str) -> None:
        stage.enact(programme)
        assert "Die Bücher stimmen überein" in page(officer, "/arbeit/haushalt")

    def test_the_export_never_sums_money_and_authority(
        self, officer: Client, programme: str
    ) -> None:
        confirm(officer, "/arbeit/haushalt/inkraftsetzen", typed(programme))
        said = typed(programme, amount="400,00", due_year=str(YEAR + 1))
        confirm(officer, "/arbeit/haushalt/ermaechtigen", said)
        answer = officer.get(f"/arbeit/haushalt?jahr={YEAR}&export=csv")
        rows = list(
            csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig")), delimiter=";")
        )
        assert {(row["Art"], row["Betrag"]) for row in rows} == {
            ("Barmittel", "1000,00"),
            ("Verpflichtungsermächtigung", "400,00"),
        }

    def test_who_may_look_and_who_may_book(
        self, officer: Client, cast: world.Cast, programme: str
    ) -> None:
        for person in (cast.auditor, cast.authority):
            text = page(signed_in(person), "/arbeit/haushalt")
            assert "Etwas verbuchen" not in text
            assert signed_in(person).get("/arbeit/haushalt/kuerzen").status_code == 403
        for person in (cast.body, cast.provider):
            assert signed_in(person).get("/arbeit/haushalt").status_code == 403

    def test_an_unknown_verb_is_not_found(self, officer: Client) -> None:
        assert officer.get("/arbeit/haushalt/verschenken").status_code == 404

    def test_no_more_queries_for_more_lines(
        self, officer: Client, programme: str, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        stage.enact(programme)
        address = f"/arbeit/haushalt?jahr={YEAR}"
        with django_assert_num_queries(15):
            page(officer, address)
        for number in range(12):
            said = typed(programme, f"0806 684 {number}")
            confirm(officer, "/arbeit/haushalt/inkraftsetzen", said)
        with django_assert_num_queries(15):
            page(officer, address)
