"""The rules of a year and what differs between two, as people read them."""

import csv
import io
import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from tests.rooms.money import AT, OFFICER
from tests.stage import signed_in
from zielwerk.config import world
from zielwerk.packs import loading as packs
from zielwerk.packs.phrases import PROCEDURES
from zielwerk.programme.actions import keep_rules
from zielwerk.programme.panels.rules import assumptions, sections

YEAR = 2026


@pytest.fixture
def everybody(cast: world.Cast) -> list[Client]:
    people = (cast.officer, cast.authority, cast.body, cast.provider, cast.auditor)
    return [signed_in(one) for one in people]


@pytest.fixture
def officer(programme: str, settings: Settings, cast: world.Cast) -> Client:
    settings.PROGRAMME = programme
    return signed_in(cast.officer)


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


@pytest.mark.django_db
class TestRules:
    def test_every_entry_of_the_pack_stands_there_with_its_source(
        self, officer: Client, programme: str
    ) -> None:
        text = page(officer, f"/arbeit/programm/{YEAR}")
        rules = packs.load(programme, YEAR)
        tables = ("measure_types", "earmarks", "target_groups", "indicators", "deadlines")
        for table in tables:
            for one in getattr(rules, table):
                assert one.label in text.replace("&#x27;", "'").replace("&amp;", "&")
        for clause in rules.clauses:
            assert clause.title in text

    def test_assumptions_are_counted_and_each_link_leads_to_its_row(
        self, officer: Client, programme: str
    ) -> None:
        text = page(officer, f"/arbeit/programm/{YEAR}")
        found = assumptions(sections(packs.load(programme, YEAR)))
        assert f"{len(found)} Einträge sind Annahmen" in text
        for _section, row in found:
            assert f'href="#{row.anchor}"' in text
            assert f'id="{row.anchor}"' in text

    def test_a_deadline_is_a_real_day_of_its_year(self, officer: Client, programme: str) -> None:
        text = page(officer, f"/arbeit/programm/{YEAR}")
        for one in packs.load(programme, YEAR).deadlines:
            assert f"{one.day:02d}.{one.month:02d}.{YEAR + one.year_offset}" in text

    def test_slots_of_texts_and_parts_of_letters_are_said_in_words(self, officer: Client) -> None:
        text = page(officer, f"/arbeit/programm/{YEAR}")
        assert "{die Bewilligungsbehörde}" in text
        assert "Abgrenzung zum Bescheid" in text
        english = officer.get(f"/arbeit/programm/{YEAR}", headers={"Accept-Language": "en"})
        assert "{the granting authority}" in english.content.decode()
        assert "{year}" not in text + english.content.decode()

    def test_a_kept_version_is_listed_and_an_unknown_one_is_not_found(
        self, officer: Client, programme: str
    ) -> None:
        version = keep_rules(OFFICER, programme, YEAR, at=AT)
        text = page(officer, f"/arbeit/programm/{YEAR}")
        assert f"?fassung={version}" in text
        assert page(officer, f"/arbeit/programm/{YEAR}?fassung={version}")
        assert officer.get(f"/arbeit/programm/{YEAR}?fassung=nie").status_code == 404

    def test_each_rule_says_since_when_it_is_unchanged(
        self, cast: world.Cast, settings: Settings
    ) -> None:
        settings.PROGRAMME = "aqb_hessen"
        text = page(signed_in(cast.officer), f"/arbeit/programm/{YEAR}")
        rows = {
            row.partition("</th>")[0].rpartition(">")[2]: row
            for row in text.split("<tr")
            if 'id="' in row
        }
        since = {
            "Personalkosten": "unverändert seit 2023",  # never changed
            "Alleinerziehende": "unverändert seit 2023",
            # assumed since then
            "Spezifische Sprachförderangebote und Qualifizierungen": "unverändert seit 2025",
        }
        for name, words in since.items():
            assert words in rows[name], name
        assert "unverändert" not in rows["Basiszinssatz"]
        first = page(signed_in(cast.officer), "/arbeit/programm/2023")
        assert "unverändert" not in first

    def test_an_unknown_year_says_which_there_are(self, officer: Client) -> None:
        answer = officer.get("/arbeit/programm/1999")
        assert answer.status_code == 404
        assert "kein Regelwerk" in answer.content.decode()

    def test_the_export_says_of_every_row_whether_it_is_assumed(
        self, officer: Client, programme: str
    ) -> None:
        answer = officer.get(f"/arbeit/programm/{YEAR}?export=csv")
        rows = list(
            csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig")), delimiter=";")
        )
        found = sections(packs.load(programme, YEAR))
        assert len(rows) == sum(len(section.rows) for section in found)
        assumed = sum(row["Annahme"] == "ja" for row in rows)
        assert assumed == len(assumptions(found))

    def test_everybody_who_signs_in_reads_the_rules(self, everybody: list[Client]) -> None:
        for client in everybody:
            assert page(client, "/arbeit/programm")
            assert page(client, f"/arbeit/programm/{YEAR}")
        assert Client().get("/arbeit/programm").status_code == 302

    def test_no_more_queries_for_more_versions(
        self, officer: Client, programme: str, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        with django_assert_max_num_queries(4):
            page(officer, f"/arbeit/programm/{YEAR}")
        for year in (2025, 2026):
            keep_rules(OFFICER, programme, year, at=AT)
        with django_assert_max_num_queries(4):
            page(officer, f"/arbeit/programm/{YEAR}")


@pytest.mark.django_db
class TestDifferences:
    def test_what_is_new_stands_beside_what_was(self, officer: Client, programme: str) -> None:
        text = page(officer, f"/arbeit/programm/{YEAR}/unterschiede?zu=2025")
        assert "Was sich von 2025 zu 2026 ändert" in text
        before, after = (packs.load(programme, year).budget_name for year in (2025, 2026))
        assert before in text
        assert after in text

    def test_the_older_year_comes_first_whichever_was_asked(self, officer: Client) -> None:
        one = page(officer, "/arbeit/programm/2025/unterschiede?zu=2026")
        assert "Was sich von 2025 zu 2026 ändert" in one

    def test_a_body_that_is_founded_is_named(self, officer: Client, programme: str) -> None:
        text = page(officer, "/arbeit/programm/2026/unterschiede?zu=2025")
        new = {one.ags for one in packs.bodies(programme) if one.valid_from}
        assert new
        for ags in new:
            assert ags in text

    def test_a_changed_clause_is_marked_word_by_word(
        self, cast: world.Cast, settings: Settings
    ) -> None:
        settings.PROGRAMME = "lotsenfonds_nordmark"
        client = signed_in(cast.officer)
        text = page(client, "/arbeit/programm/2026/unterschiede?zu=2025")
        years = [packs.load("lotsenfonds_nordmark", year).clauses for year in (2025, 2026)]
        texts = [{one.number: one.text for one in clauses} for clauses in years]
        changed = [n for n in texts[0] if texts[1].get(n) not in (None, texts[0][n])]
        assert changed  # the invented programme rewords clauses between its years
        assert text.count("<ins>") >= len(changed)
        assert "neu:" in text

    def test_weights_of_a_key_and_slots_of_a_clause_are_called_by_their_names(
        self, cast: world.Cast, settings: Settings
    ) -> None:
        settings.PROGRAMME = "lotsenfonds_nordmark"
        client = signed_in(cast.officer)
        address = "/arbeit/programm/2026/unterschiede?zu=2025"
        file = client.get(f"{address}&export=csv").getvalue().decode("utf-8-sig")
        years = [packs.load("lotsenfonds_nordmark", year) for year in (2025, 2026)]
        weighed = [set(one.allocation_keys[0].weights.items()) for one in years]
        changed = {code for code, _ in weighed[0] ^ weighed[1]}
        assert changed  # the invented programme weighs differently in its years
        labels = {one.code: one.label for rules in years for one in rules.indicators}
        for text in (page(client, address), file):
            for code in changed:
                assert labels[code] in text
                assert code not in text
            assert "die Kurzform des Ministeriums" in text
            assert "ministry_short" not in text

    def test_a_year_that_does_not_exist_is_not_found(self, officer: Client) -> None:
        assert officer.get("/arbeit/programm/1999/unterschiede").status_code == 404

    def test_the_export_holds_what_the_page_holds(self, officer: Client) -> None:
        address = "/arbeit/programm/2026/unterschiede?zu=2025"
        rows = officer.get(f"{address}&export=csv").getvalue().decode("utf-8-sig")
        count = len(list(csv.reader(io.StringIO(rows), delimiter=";"))) - 1
        main = page(officer, address).split("<main")[1]
        assert count == len(
            re.findall(r'<tr class="kern-table__row" role="row"><th[^>]*rowheader', main)
        )


def test_the_rules_of_a_year_say_who_and_how(officer: Client, programme: str) -> None:
    """Organisations, kinds and facts of bodies, and every stage stand there and in the file."""
    text = page(officer, f"/arbeit/programm/{YEAR}").replace("&#x27;", "'")
    answer = officer.get(f"/arbeit/programm/{YEAR}?export=csv")
    rows = csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig")), delimiter=";")
    filed: dict[str, list[str]] = {}
    for row in rows:
        filed.setdefault(row["Abschnitt"], []).append(row["Eintrag"])
    rules = packs.load(programme, YEAR)
    wanted = {
        "Ministerium, Behörden, Gerichte": [one.name for one in rules.organisations],
        "Arten der Gebietskörperschaften": [one.label for one in rules.programme.body_kinds],
        "Angaben zu Gebietskörperschaften": [one.label for one in rules.programme.body_facts],
        **{
            title: [stage.label for stage in rules.procedure(code)]
            for code, title in PROCEDURES.items()
        },
    }
    for section, entries in wanted.items():
        assert filed[section] == entries
        assert all(entry in text for entry in entries), section


def test_a_deadline_after_an_event_is_said_in_words(programme: str) -> None:
    rules = packs.load(programme, YEAR)
    event = {"day": None, "month": None, "after": "paid", "length": 2, "unit": "months"}
    after = rules.deadlines[0].model_copy(update=event)
    changed = rules.model_copy(update={"deadlines": (after, *rules.deadlines[1:])})
    (deadlines,) = (one for one in sections(changed) if one.key == "deadlines")
    assert deadlines.rows[-1].cells[1] == "zwei Monate nach der Auszahlung"
