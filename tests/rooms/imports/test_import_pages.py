"""Tables sent in: shown first, every fault a sentence, then all of it or nothing."""

import csv
import io
from datetime import date
from fractions import Fraction
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from tests.rooms import money as stage
from tests.rooms.imports.sending import (
    BUDGET,
    BUDGET_HEADINGS,
    HANAU,
    HESSE,
    INDICATORS,
    MAIN_KINZIG,
    PARTIES,
    PARTY_HEADINGS,
    YEAR,
    indicator_table,
    many,
    party_row,
    said,
    send,
    take_over,
    text_of,
)
from tests.rooms.money import AT, OFFICER
from tests.stage import signed_in
from tests.tables.workbooks import write_xlsx
from zielwerk.allocation.models import IndicatorData
from zielwerk.config import world
from zielwerk.core import jobs
from zielwerk.core.models import AuditEntry, Job
from zielwerk.imports import actions as imports
from zielwerk.imports.actions import Incoming
from zielwerk.imports.models import TableImport
from zielwerk.packs import loading as packs
from zielwerk.programme import queries as programmes
from zielwerk.programme.actions import NewParty, NewRelation, enter_party
from zielwerk.programme.models import Party
from zielwerk.rulebook.planning import Fund
from zielwerk.rulebook.refusal import Refused


@pytest.mark.django_db
class TestIndicators:
    def test_shown_then_written_as_a_whole(self, officer: Client, programme: str) -> None:
        table = indicator_table(programme)
        shown = said(send(officer, INDICATORS, text_of(*table)))
        assert f"Alle {len(table) - 1} Zeilen sind in Ordnung" in shown
        assert "CSV, UTF-8, Trennzeichen Semikolon" in shown
        assert IndicatorData.objects.count() == 0
        assert "vollständig übernommen" in said(take_over(officer))
        data = IndicatorData.objects.get()
        first = packs.load(programme, YEAR).indicators[0].code
        assert data.values[table[1][0]][first] == table[1][1]
        assert (data.reference_date, data.source) == (
            date(YEAR - 1, 6, 30),
            "Statistik der Bundesagentur (Test)",
        )

    def test_the_template_filled_in_is_accepted(self, officer: Client, programme: str) -> None:
        template = officer.get(f"{INDICATORS}/vorlage?jahr={YEAR}&export=csv")
        lines = list(
            csv.reader(io.StringIO(template.getvalue().decode("utf-8-sig")), delimiter=";")
        )
        assert len(lines) == 1 + len(stage.bodies(programme))
        filled = [lines[0], *([*line[:2], *("7" for _ in line[2:])] for line in lines[1:])]
        assert "sind in Ordnung" in said(send(officer, INDICATORS, text_of(*filled)))

    def test_an_excel_file_reads_the_same(self, officer: Client, programme: str) -> None:
        head, *rows = indicator_table(programme)
        cells = [[row[0], *(Fraction(cell) for cell in row[1:])] for row in rows]
        shown = said(send(officer, INDICATORS, write_xlsx("Werte", head, cells, at=AT), "w.xlsx"))
        assert "sind in Ordnung" in shown
        assert "XLSX" in shown
        assert "Blatt „Werte“" in shown

    @pytest.mark.parametrize(
        ("encoding", "sign", "told"),
        [
            ("utf-8-sig", ",", "CSV, UTF-8, Trennzeichen Komma"),
            ("cp1252", ";", "CSV, Windows-1252, Trennzeichen Semikolon"),
            ("utf-16", "\t", "CSV, UTF-16, Trennzeichen Tabulator"),
        ],
    )
    def test_what_was_understood_is_told(
        self, hesse: Client, encoding: str, sign: str, told: str
    ) -> None:
        text = text_of(*indicator_table(HESSE), sign=sign).decode().encode(encoding)
        assert told in said(send(hesse, INDICATORS, text))

    def test_bodies_without_values_are_named(self, hesse: Client) -> None:
        head, *rows = indicator_table(HESSE)
        shown = said(send(hesse, INDICATORS, text_of(head, *rows[:-2])))
        assert "Körperschaften ohne Werte (2): " in shown

    @pytest.mark.parametrize(
        ("place", "cell", "sentence"),
        [
            (0, "99999", "99999: Diese Körperschaft gibt es im Programm nicht."),
            (0, "Hanau", "„Hanau“ ist hier kein Schlüssel (AGS); einer ist zum Beispiel 06411"),
            (0, "", "Hier fehlt eine Angabe."),
            (1, "-3", "„-3“ ist negativ"),
            (1, "viele", "„viele“ ist keine Zahl"),
            (1, "", "Hier fehlt eine Angabe."),
        ],
    )
    def test_a_faulty_cell_is_named_with_line_column_and_reason(
        self, hesse: Client, place: int, cell: str, sentence: str
    ) -> None:
        table = indicator_table(HESSE)
        table[3][place] = cell
        shown = said(send(hesse, INDICATORS, text_of(*table)))
        faults = shown.split("Was nicht in Ordnung ist")[1].split("</table>")[0]
        assert ">4</th>" in faults
        assert table[0][place] in faults
        assert sentence in faults
        assert "Übernehmen" not in shown.split("<h2")[0]
        assert take_over(hesse).status_code == 409
        assert IndicatorData.objects.count() == 0

    def test_a_body_outside_its_validity_is_refused_with_the_day(self, hesse: Client) -> None:
        table = indicator_table(HESSE, 2025)
        table.append([HANAU, *table[1][1:]])
        options = {"year": "2025", "source": "x", "reference_date": "30.06.2024"}
        file = SimpleUploadedFile("t.csv", text_of(*table))
        shown = said(hesse.post(INDICATORS, {**options, "file": file}, follow=True))
        assert "Hanau besteht erst ab 01.01.2026, also nicht im Programmjahr 2025." in shown

    def test_a_row_that_stands_there_twice_is_named(self, hesse: Client) -> None:
        table = indicator_table(HESSE)
        shown = said(send(hesse, INDICATORS, text_of(*table, table[1])))
        assert "steht schon in Zeile 2" in shown

    def test_a_missing_and_an_unknown_column_are_named(self, hesse: Client) -> None:
        head, *rows = indicator_table(HESSE)
        shown = said(send(hesse, INDICATORS, text_of(["AGS", "Schuhgröße", *head[2:]], *rows)))
        assert f"Die Spalte „{head[1]}“ fehlt." in shown
        assert "Die Spalte „Schuhgröße“ ist hier nicht vorgesehen." in shown

    def test_the_refused_rows_can_be_taken_away(self, hesse: Client) -> None:
        table = indicator_table(HESSE)
        table[1][1] = table[2][1] = "viele"
        send(hesse, INDICATORS, text_of(*table))
        one = TableImport.objects.get()
        content = hesse.get(f"/arbeit/einlesen/{one.pk}?export=csv").getvalue().decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(content), delimiter=";"))
        assert [(row["Zeile"], row["Wert"]) for row in rows] == [("2", "viele"), ("3", "viele")]

    @examples(
        max_examples=15,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
    @given(at=st.integers(1, 27), cell=st.sampled_from(["", "-1", "x", "1.234"]))
    def test_wherever_the_fault_is_nothing_is_written(
        self, cast: world.Cast, at: int, cell: str
    ) -> None:
        table = indicator_table(HESSE)
        table[at][1] = cell
        options = {"source": "x", "reference_date": "2025-06-30"}
        sent = Incoming("indicators", HESSE, YEAR, "t.csv", text_of(*table), options)
        one = imports.receive(cast.officer, sent, at=AT)
        with pytest.raises(Refused):
            imports.write(cast.officer, one, at=AT)
        assert IndicatorData.objects.count() == 0


def with_part(content: bytes, name: str, text: str) -> bytes:
    """The workbook with one part more, or another one in its place."""
    made = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as old, ZipFile(made, "w") as new:
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, text)
    return made.getvalue()


@pytest.mark.django_db
class TestWholeFiles:
    def refused(self, client: Client, content: bytes, sentence: str, name: str = "t.csv") -> None:
        answer = send(client, INDICATORS, content, name)
        assert answer.status_code == 422
        assert sentence in said(answer)
        assert TableImport.objects.count() == 0

    def test_an_empty_file(self, hesse: Client) -> None:
        self.refused(hesse, b"", "ist leer")

    def test_headings_alone(self, hesse: Client) -> None:
        self.refused(hesse, text_of(indicator_table(HESSE)[0]), "steht keine Zeile")

    def test_a_file_that_is_too_large(self, hesse: Client) -> None:
        self.refused(hesse, b"x;" * 6_000_000, "ist zu groß")

    def test_more_rows_than_any_table_has(self, hesse: Client) -> None:
        self.refused(hesse, b"AGS;x\r\n" + b"1;1\r\n" * 20_001, "hat zu viele Zeilen")

    def test_a_picture(self, hesse: Client) -> None:
        self.refused(hesse, b"\x89PNG\r\n\x1a\n", "keine Tabelle, sondern", "bild.xlsx")

    def test_a_workbook_with_macros(self, hesse: Client) -> None:
        book = write_xlsx("Werte", ["AGS"], [["06435"]], at=AT)
        book = with_part(book, "xl/vbaProject.bin", "macro")
        self.refused(hesse, book, "Makros", "werte.xlsm")

    def test_a_workbook_with_a_formula(self, hesse: Client) -> None:
        book = write_xlsx("Werte", ["AGS", "x"], [["06435", 1]], at=AT)
        with ZipFile(io.BytesIO(book)) as parts:
            sheet = parts.read("xl/worksheets/sheet1.xml").decode()
        sheet = sheet.replace(
            "<v>1</v></c></row></sheetData>", "<f>1+1</f><v>2</v></c></row></sheetData>"
        )
        assert "<f>" in sheet
        book = with_part(book, "xl/worksheets/sheet1.xml", sheet)
        self.refused(hesse, book, "Formel", "werte.xlsx")

    def test_an_option_that_is_missing_is_asked_for(self, hesse: Client) -> None:
        file = SimpleUploadedFile("t.csv", text_of(*indicator_table(HESSE)))
        answer = hesse.post(INDICATORS, {"year": str(YEAR), "file": file})
        assert answer.status_code == 422
        assert "zwingend erforderlich" in said(answer)

    def test_a_year_without_rules(self, hesse: Client) -> None:
        file = SimpleUploadedFile("t.csv", text_of(*indicator_table(HESSE)))
        options = {"year": "1999", "source": "x", "reference_date": "30.06.2024", "file": file}
        assert "gültige Auswahl" in said(hesse.post(INDICATORS, options))

    def test_the_same_content_again_leads_to_where_it_is(self, hesse: Client) -> None:
        content = text_of(*indicator_table(HESSE))
        send(hesse, INDICATORS, content)
        again = said(send(hesse, INDICATORS, content, "anders.csv"))
        assert "Diese Datei ist schon bekannt" in again
        assert TableImport.objects.count() == 1
        one = TableImport.objects.get()
        hesse.post(f"/arbeit/einlesen/{one.pk}/verwerfen", {"revision": one.revision})
        assert "sind in Ordnung" in said(send(hesse, INDICATORS, content))  # given up: once more


def budget_row(programme: str, **changes: str) -> list[str]:
    source = packs.load(programme, YEAR).money_sources[0].label
    plain = dict(
        zip(
            BUDGET_HEADINGS,
            ("Ansatz", str(YEAR), "0806 1", source, "", "", "1.000,00"),
            strict=True,
        )
    )
    return list({**plain, **changes}.values())


@pytest.mark.django_db
class TestBudget:
    def test_lines_that_the_books_do_not_know_are_named_as_new(
        self, officer: Client, programme: str
    ) -> None:
        send(officer, BUDGET, text_of(BUDGET_HEADINGS, budget_row(programme)))
        take_over(officer)
        rows = [
            budget_row(programme, Art="Nachtrag"),
            budget_row(programme, Haushaltsstelle="0806 l"),  # a letter for a figure
        ]
        shown = said(send(officer, BUDGET, text_of(BUDGET_HEADINGS, *rows)))
        assert "noch nicht gibt (1): 0806 l." in shown

    def test_lines_and_authority_are_booked(self, officer: Client, programme: str) -> None:
        rows = [
            budget_row(programme),
            budget_row(programme, Haushaltsstelle="0806 2", Art="Entwurf", Betrag="77,00"),
            budget_row(
                programme,
                Art="Verpflichtungsermächtigung",
                Fälligkeitsjahr=str(YEAR + 1),
                Betrag="400,00",
            ),
        ]
        shown = said(send(officer, BUDGET, text_of(BUDGET_HEADINGS, *rows)))
        assert "Alle 3 Zeilen sind in Ordnung" in shown
        entries = AuditEntry.objects.count()
        assert "vollständig übernommen" in said(take_over(officer))
        assert AuditEntry.objects.count() == entries + 1
        assert programmes.standing(Fund(programme, YEAR)).free_cents == 1_400_00
        assert list(programmes.gaps(programme)) == []

    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            ({"Art": "Geschenk"}, "„Geschenk“ ist hier nicht vorgesehen. Möglich sind: Entwurf"),
            ({"Haushaltsjahr": "1999"}, "Das Haushaltsjahr 1999 kann nicht gewählt werden"),
            ({"Haushaltsjahr": "bald"}, "„bald“ ist kein Jahr"),
            ({"Mittelherkunft": "Lotto"}, "„Lotto“ ist hier nicht vorgesehen"),
            ({"Zweckbindung": "Schlösser"}, "„Schlösser“ ist hier nicht vorgesehen"),
            ({"Betrag": "-1,00"}, "negativ"),
            ({"Betrag": "rund 1 Mio."}, "gerundeter Betrag"),
            ({"Betrag": "0"}, "größer als null"),
            ({"Fälligkeitsjahr": "2027"}, "Nur eine Verpflichtungsermächtigung"),
            ({"Art": "Verpflichtungsermächtigung"}, "braucht ein Fälligkeitsjahr"),
            (
                {"Art": "Verpflichtungsermächtigung", "Fälligkeitsjahr": "2035"},
                "werden in den Jahren",
            ),
        ],
    )
    def test_bad_rows_are_named_and_nothing_is_booked(
        self, officer: Client, programme: str, changes: dict[str, str], sentence: str
    ) -> None:
        rows = [budget_row(programme, Haushaltsstelle="0806 9"), budget_row(programme, **changes)]
        shown = said(send(officer, BUDGET, text_of(BUDGET_HEADINGS, *rows)))
        assert sentence in shown.split("Was nicht in Ordnung ist")[1]
        assert take_over(officer).status_code == 409
        assert programmes.standing(Fund(programme, YEAR)).free_cents == 0


@pytest.mark.django_db
class TestParties:
    def test_one_party_with_several_bodies_becomes_one(self, hesse: Client) -> None:
        rows = [
            party_row(AGS=MAIN_KINZIG, **{"Art der Weitergabe": "Eingekaufte Leistung"}),
            party_row(AGS="6440", **{"gilt ab": "01.01.2025"}),
        ]
        send(hesse, PARTIES, text_of(PARTY_HEADINGS, *rows))
        take_over(hesse)
        made = Party.objects.get(is_invented=False)
        assert {(one.ags, one.passing_on) for one in made.relations.all()} == {
            (MAIN_KINZIG, "procured"),
            ("06440", ""),
        }

    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            ({"Art": "Verein"}, "„Verein“ ist hier nicht vorgesehen. Möglich sind: Träger"),
            ({"AGS": "99999"}, "gibt es im Programm nicht"),
            ({"AGS": HANAU, "gilt ab": "01.01.2025"}, "besteht Hanau (kreisfreie Stadt) nicht."),
            ({"gilt ab": "02.01.2026", "gilt bis": "01.01.2026"}, "Das Ende liegt vor dem Beginn"),
            ({"gilt ab": "Mai"}, "„Mai“ ist kein Tag"),
            ({"Art der Weitergabe": "Brieftaube"}, "„Brieftaube“ ist hier nicht vorgesehen"),
            ({"Name": "Bekannt"}, "Diese Beziehung ist schon eingetragen."),
            ({"Name": "Bekannt", "AGS": "06440", "Art": "Jobcenter"}, "steht schon als Träger da"),
            ({"Name": "Vorher"}, "steht schon in Zeile 2"),
        ],
    )
    def test_bad_rows_are_named_and_nobody_is_entered(
        self, hesse: Client, changes: dict[str, str], sentence: str
    ) -> None:
        known = NewParty(HESSE, "Bekannt", "provider", [NewRelation(MAIN_KINZIG)])
        enter_party(OFFICER, known, at=AT)
        rows = [party_row("Vorher"), party_row(**changes)]
        shown = said(send(hesse, PARTIES, text_of(PARTY_HEADINGS, *rows)))
        assert sentence in shown.split("Was nicht in Ordnung ist")[1]
        assert take_over(hesse).status_code == 409
        assert Party.objects.filter(is_invented=False).count() == 1


def work(job: Job) -> None:
    """What the worker does with a job it takes up."""
    jobs.run.func(job.pk)


@pytest.mark.django_db
class TestTheWay:
    def test_what_was_given_up_is_not_written_any_more(self, hesse: Client) -> None:
        send(hesse, INDICATORS, text_of(*indicator_table(HESSE)))
        one = TableImport.objects.get()
        answer = hesse.post(
            f"/arbeit/einlesen/{one.pk}/verwerfen", {"revision": one.revision}, follow=True
        )
        assert "verworfen" in said(answer)
        assert take_over(hesse).status_code == 409
        assert IndicatorData.objects.count() == 0

    def test_what_was_written_is_not_written_twice(self, hesse: Client) -> None:
        send(hesse, INDICATORS, text_of(*indicator_table(HESSE)))
        take_over(hesse)
        assert take_over(hesse).status_code == 409
        assert IndicatorData.objects.count() == 1

    def test_who_may_send_and_who_may_look(self, cast: world.Cast, hesse: Client) -> None:
        send(hesse, INDICATORS, text_of(*indicator_table(HESSE)))
        one = TableImport.objects.get()
        auditor = signed_in(cast.auditor)
        assert "Verwerfen" not in said(auditor.get(f"/arbeit/einlesen/{one.pk}"))
        assert auditor.get(INDICATORS).status_code == 403
        for person in (cast.body, cast.provider, cast.authority):
            assert signed_in(person).get("/arbeit/einlesen").status_code == 403
            assert signed_in(person).get(f"/arbeit/einlesen/{one.pk}").status_code == 403

    def test_unknown_kinds_and_numbers_are_not_found(self, hesse: Client) -> None:
        assert hesse.get("/arbeit/einlesen/neu/gedichte").status_code == 404
        assert hesse.get("/arbeit/einlesen/999").status_code == 404

    def test_the_list_and_its_export(
        self, hesse: Client, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        for count in (1, 8):
            for number in range(count):
                table = indicator_table(HESSE)
                table[1][1] = str(1000 * count + number)
                send(hesse, INDICATORS, text_of(*table))
            # Session, person; how many, their columns, who sent them.
            with django_assert_num_queries(5):
                hesse.get("/arbeit/einlesen")
        content = hesse.get("/arbeit/einlesen?export=csv").getvalue().decode("utf-8-sig")
        assert len(list(csv.reader(io.StringIO(content), delimiter=";"))) == 10

    def test_the_page_of_a_table_asks_no_more_for_more_rows(
        self, hesse: Client, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        for count in (2, 200):
            send(hesse, PARTIES, many(count))
            one = TableImport.objects.first()
            assert one
            hesse.get("/arbeit/einlesen")  # where the sending is told
            with django_assert_max_num_queries(13):
                hesse.get(f"/arbeit/einlesen/{one.pk}")
