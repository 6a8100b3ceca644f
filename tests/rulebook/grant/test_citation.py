"""Citations of norms: read in all the ways people write them, written in one, checked by day."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zielwerk.rulebook.grant.citation import Act, Citation, link, parse, why_not_known, written
from zielwerk.rulebook.refusal import Refused

DAY = date(2026, 7, 1)
LHO = Act("LHO", "Hessische Landeshaushaltsordnung", ("§ 23", "§ 44"), valid_from=date(2022, 4, 1))
RULES = Act("VV zu § 44 LHO", places=("Nr. 5.3",))
VWGO = Act("VwGO", url="https://www.gesetze-im-internet.de/vwgo/__{section}.html")


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("§ 44 Abs. 1 Satz 2 LHO", "§ 44 Abs. 1 Satz 2 LHO"),
        ("§44 Absatz 1 S. 2  LHO", "§ 44 Abs. 1 Satz 2 LHO"),
        ("§§ 48, 49a HVwVfG", "§ 48 HVwVfG, § 49a HVwVfG"),
        ("§ 48 Abs. 4, § 49 Abs. 3 HVwVfG", "§ 48 Abs. 4 HVwVfG, § 49 Abs. 3 HVwVfG"),
        ("§ 49a Abs. 3 und 4 HVwVfG", "§ 49a Abs. 3 HVwVfG, § 49a Abs. 4 HVwVfG"),
        ("§ 91 Abs. 1 Nr. 3, Abs. 2 LHO", "§ 91 Abs. 1 Nr. 3 LHO, § 91 Abs. 2 LHO"),
        ("§§ 48 bis 49a HVwVfG", "§§ 48 bis 49a HVwVfG"),
        ("§ 48 bis § 49a HVwVfG", "§§ 48 bis 49a HVwVfG"),
        ("§ 48 Abs. 2 bis 4 X", "§ 48 Abs. 2 X, § 48 Abs. 3 X, § 48 Abs. 4 X"),
        ("Nr. 5.3.7 VV zu § 44 LHO", "Nr. 5.3.7 VV zu § 44 LHO"),
        ("VV Nummer 4.2 zu § 44 LHO", "Nr. 4.2 VV zu § 44 LHO"),
        ("VV Nr. 4.2 zu § 44 LHO", "Nr. 4.2 VV zu § 44 LHO"),
        ("Nr. 1.4 ANBest-GK", "Nr. 1.4 ANBest-GK"),
        ("ANBest-GK Nr. 1.4", "Nr. 1.4 ANBest-GK"),
        (
            "Art. 9 Abs. 2 Buchst. b und g DSGVO",
            "Art. 9 Abs. 2 Buchst. b DSGVO, Art. 9 Abs. 2 Buchst. g DSGVO",
        ),
        ("Artikel 77 DSGVO", "Art. 77 DSGVO"),
        ("BITV 2.0, Anlage 2", "Anlage 2 BITV 2.0"),
        ("Anlage 3 zur VV zu § 44 LHO", "Anlage 3 VV zu § 44 LHO"),
        ("§ 44 LHO und Nr. 1.4 ANBest-GK", "§ 44 LHO, Nr. 1.4 ANBest-GK"),
        ("§ 36 Abs. 2 Nr. 3 HVwVfG i. V. m. § 44 LHO", "§ 36 Abs. 2 Nr. 3 HVwVfG, § 44 LHO"),
        ("§ 10 Kreisbudgetgesetz (erfunden)", "§ 10 Kreisbudgetgesetz (erfunden)"),
    ],
)
def test_a_citation_is_read_as_people_write_it_and_written_in_one_way(text, short):
    assert written(parse(text)) == short
    assert parse(short) == parse(text)


def test_the_parts_of_a_citation_are_named():
    (cited,) = parse("§ 91 Abs. 1 Satz 2 Nr. 3 Buchst. a LHO")
    assert cited == Citation("LHO", "§", "91", "1", "2", "3", "a")
    assert cited.long == "§ 91 Absatz 1 Satz 2 Nummer 3 Buchstabe a LHO"
    assert parse("Nr. 1.4 ANBest-GK")[0].long == "Nummer 1.4 ANBest-GK"
    assert parse("Anlage 2 BITV 2.0")[0].annex == "2"


@pytest.mark.parametrize(
    "text",
    ["", "   ", "LHO", "§ 44", "§ LHO", "Abs. 1 LHO", "§ 1 X" * 99, "§ 1 Abs. 1 bis 999999999 X"],
)
def test_what_is_no_citation_is_refused_with_examples(text):
    with pytest.raises(Refused) as refused:
        parse(text)
    assert refused.value.refusals[0].rule == "grant.citation_unreadable"


@given(st.text(alphabet="§ Abs.Satz,und1234a LHONrbiszu;", max_size=40))
def test_any_text_is_read_or_refused_and_what_was_read_reads_back(text):
    try:
        cited = parse(text)
    except Refused:
        return
    assert written(parse(written(cited))) == written(cited)


def rules_of(text: str, day: date = DAY) -> list[str]:
    return [each.rule for each in why_not_known(parse(text), (LHO, RULES, VWGO), day)]


def test_a_citation_must_exist_on_the_day():
    assert rules_of("§ 44 Abs. 1 Satz 2 LHO") == []
    assert rules_of("§ 44 LHO", date(2022, 3, 31)) == ["grant.act_not_on_day"]
    assert rules_of("§ 45 LHO") == ["grant.place_unknown"]
    assert rules_of("Nr. 5.3.7 VV zu § 44 LHO") == []
    assert rules_of("Nr. 5.31 VV zu § 44 LHO") == ["grant.place_unknown"]
    assert rules_of("§ 1 BHO, § 74 VwGO") == ["grant.act_unknown"]


def test_both_ends_of_a_range_must_exist():
    assert rules_of("§§ 23 bis 44 LHO") == []
    assert rules_of("§§ 44 bis 45 LHO") == ["grant.place_unknown"]


def test_a_link_is_given_where_somebody_knows_the_address():
    assert link(parse("§ 74 VwGO")[0], (VWGO,), DAY).endswith("/vwgo/__74.html")
    assert link(parse("§ 44 LHO")[0], (LHO,), DAY) == ""
