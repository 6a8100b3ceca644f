"""A change of an agreed text: a copy, then what is changed in it; the paper says both."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.drafting.test_draft import AIM, CAMP, CARE, YEARS, draft
from zielwerk.drafting.amending import begun, changes, changing_blocks
from zielwerk.drafting.changes import AMOUNT, EARMARK, Change, ChangeKind, applied, value_of
from zielwerk.drafting.model import Amends, Document
from zielwerk.drafting.recorded import recorded
from zielwerk.drafting.views import clause_texts, nodes, values
from zielwerk.packs import loading as packs
from zielwerk.rulebook.agreement import Clause, Form, Measure, Terms
from zielwerk.rulebook.amendment import Part, part_of, spread, why_not_changed
from zielwerk.typesetting.html import render_blocks

AMENDS = Amends(
    "ZV-2024-0001", "0" * 64, "ABC-DEF-HJK-LMN", 1, "amendment", "§ 4 Absatz 2", "2024-03-05"
)


def amended(*made: Change, form: str = "amendment", holds: Document | None = None) -> Document:
    """A text that holds, changed."""
    text = begun(holds or draft(), replace(AMENDS, form=form))
    for change in made:
        text = applied(text, change)
    return text


def test_a_copy_changes_nothing_and_is_another_document() -> None:
    holds = draft()
    copy = amended()
    assert changes(holds, copy) == []
    assert copy.hash != holds.hash
    assert (copy.content, copy.clauses) == (holds.content, holds.clauses)
    assert Document.from_json(json.loads(json.dumps(copy.to_json()))) == copy
    assert "amends" not in holds.to_json()


@pytest.mark.parametrize(
    ("form", "title"),
    [
        (Form.AMENDMENT, "Zielvereinbarung 2024, Nachtrag 1"),
        (Form.ANEW, "Zielvereinbarung 2024, neu geschlossen"),
        (Form.END, "Zielvereinbarung 2024, vorzeitige Beendigung"),
    ],
)
def test_its_title_says_what_it_is(form: Form, title: str) -> None:
    assert amended(form=form).title == title


def test_a_changed_amount_is_told_once_however_often_the_text_names_it() -> None:
    holds = draft()
    less = amended(Change(ChangeKind.VALUE, AMOUNT, cents=1_500_000_00))
    (told,) = changes(holds, less)
    assert (told.node.label, told.node.text) == ("Gesamtbetrag", "1.500.000,00\u00a0€")


def test_the_amount_of_a_purpose_is_told_once() -> None:
    """It is a value, and stands in the list of purposes."""
    holds = draft()
    assert "earmarks" in {piece.text for each in holds.clauses for piece in each.pieces}
    first, *_ = holds.content.earmarks
    less = amended(Change(ChangeKind.VALUE, f"{EARMARK}{first.code}", cents=123_00))
    (told,) = changes(holds, less)
    assert (told.node.label, told.node.text) == (first.label, "123,00\u00a0€")


def test_the_paper_says_what_changes_what_goes_on_and_the_whole_text() -> None:
    """Worked example: 100,100 € less and one measure given up, by an amendment."""
    holds = draft()
    gone = f"measures/{CAMP.id}"
    text = amended(
        Change(ChangeKind.VALUE, AMOUNT, cents=1_500_000_00), Change(ChangeKind.DROP, gone)
    )
    html = render_blocks(changing_blocks(holds, text))
    assert "ZV-2024-0001 vom 05.03.2024" in html
    assert "§ 4 Absatz 2" in html
    table = html[html.index("<table") : html.index("</table>")]
    for cell in ("1.600.100,00", "1.500.000,00", "Team-Camp", "entfällt"):
        assert cell in table
    assert "Pflegehilfe" not in table
    whole = html[html.index("</table>") :]
    assert "gilt unverändert weiter" in whole
    assert "1.600.100,00" not in whole
    assert "Pflegehilfe mit Sprache" in whole


@given(data=st.data())
@settings(max_examples=40)
def test_what_is_changed_is_told_and_nothing_else(data: st.DataObject) -> None:
    holds = draft(targets=(AIM,))
    every = [AMOUNT, f"measures/{CARE.id}", f"measures/{CAMP.id}"]
    chosen = data.draw(st.lists(st.sampled_from(every), unique=True))
    made = []
    for node in chosen:
        if node == AMOUNT:
            cents = data.draw(st.integers(1, 9_999_999_99).filter(lambda c: c != 1_600_100_00))
            made.append(Change(ChangeKind.VALUE, node, cents=cents))
        else:
            kind = data.draw(st.sampled_from([ChangeKind.DROP, ChangeKind.MEASURE]))
            was = next(each for each in holds.content.measures if node.endswith(each.id))
            other = replace(was, title=f"{was.title} neu") if kind is ChangeKind.MEASURE else None
            made.append(Change(kind, node, measure=other))
    text = amended(*made, holds=holds)
    told = {each.node.id for each in changes(holds, text)}
    gone = Change(ChangeKind.DROP, f"measures/{CARE.id}") in made
    assert told == {*chosen, *(["targets/MP-2.1"] if gone else [])}


def test_a_text_recorded_from_paper_gets_places_for_what_it_names() -> None:
    """The wording of the paper stays; amount and measures are values that can be changed."""
    rules, body = packs.load("aqb_hessen", 2024), packs.bodies_in("aqb_hessen", 2024)[0]
    kind = rules.measure_types[0]
    paper = (
        Clause(
            "§ 4", "Haushaltsmittel", "Das Land stellt 1.600.100 Euro bereit.\n\nZahlbar in Raten."
        ),
        Clause(
            "§ 5", "Maßnahmen", f"{kind.label}\n\n• Team-Camp\n• Lernwerkstatt\n\nWeiteres folgt."
        ),
    )
    terms = Terms(
        "aqb_hessen",
        2024,
        body.ags,
        body.name,
        "Landkreis",
        "Ministerium",
        1_600_100_00,
        measures=(Measure(kind.code, "Team-Camp"), Measure(kind.code, "Lernwerkstatt")),
        clauses=paper,
    )
    text = recorded(terms, rules, body, ("MP-2024-0007", ""), rules.begins)
    assert [each.id for each in text.content.measures] == ["MP-2024-0007", "vereinbart-2"]
    less = amended(
        Change(ChangeKind.VALUE, AMOUNT, cents=5_00),
        Change(ChangeKind.DROP, "measures/vereinbart-2"),
        holds=text,
    )
    wording = {number: words for number, _, words in clause_texts(less)}
    assert wording["§ 4"] == "Das Land stellt 5,00\u00a0€ bereit.\n\nZahlbar in Raten."
    assert wording["§ 5"].endswith("• Team-Camp\n\nWeiteres folgt.")
    assert "Lernwerkstatt" not in wording["§ 5"]


def test_another_sum_that_is_as_large_as_the_total_stays_as_it_was_signed() -> None:
    rules, body = packs.load("aqb_hessen", 2024), packs.bodies_in("aqb_hessen", 2024)[0]
    kind = rules.measure_types[0].code
    paper = (
        Clause("§ 2", "Beiträge", "Die Stadt stellt ebenfalls 1.600.100 Euro bereit."),
        Clause("§ 4", "Mittel", "Das Land stellt 1.600.100 Euro, davon 1.600.100 Euro bald."),
    )
    terms = Terms(
        "aqb_hessen",
        2024,
        body.ags,
        body.name,
        "",
        "",
        1_600_100_00,
        measures=(Measure(kind, "Team-Camp"),),
        clauses=paper,
    )
    text = recorded(terms, rules, body, ("",), rules.begins)
    less = amended(Change(ChangeKind.VALUE, AMOUNT, cents=5_00), holds=text)
    wording = {number: words for number, _, words in clause_texts(less)}
    assert wording["§ 2"] == "Die Stadt stellt ebenfalls 1.600.100 Euro bereit."
    assert wording["§ 4"] == "Das Land stellt 5,00\u00a0€, davon 1.600.100 Euro bald."
    unknown = replace(terms, clauses=(replace(paper[1], number="§ 8", title="Ausgaben"), paper[0]))
    text = recorded(unknown, rules, body, ("",), rules.begins)
    less = amended(Change(ChangeKind.VALUE, AMOUNT, cents=5_00), holds=text)
    values_said = [words for _, _, words in clause_texts(less) if "5,00" in words]
    assert len(values_said) == 1, "behind the wording, where nobody can mistake it"
    assert "Gesamtbetrag" in values_said[0]


def test_values_that_the_paper_has_no_place_for_stand_behind_its_wording() -> None:
    rules, body = packs.load("aqb_hessen", 2024), packs.bodies_in("aqb_hessen", 2024)[0]
    kind = rules.measure_types[0].code
    measures = (Measure(kind, "Team-Camp"),)
    terms = Terms("aqb_hessen", 2024, body.ags, body.name, "", "", 7_00, measures=measures)
    text = recorded(terms, rules, body, ("",), rules.begins)
    assert value_of(text, "measures/vereinbart-1") is not None
    (clause,) = text.clauses
    assert [each[0] for each in clause_texts(text)] == [""]
    assert "7,00" in clause_texts(text)[0][2]
    assert any(node.id == "measures/vereinbart-1" for node in nodes(text))
    assert clause.title == "Vereinbarte Werte"
    assert {node.section for node in nodes(text)} == {"Vereinbarte Werte"}


@pytest.mark.parametrize(("programme", "year"), YEARS)
def test_every_place_of_a_text_belongs_to_a_part(programme: str, year: int) -> None:
    text = draft(programme, year, targets=(AIM,))
    parts = {part_of(node.id) for node in (*values(text), *nodes(text))}
    assert {Part.AMOUNT, Part.MEASURES, Part.CLAUSES, Part.NAMES} <= parts
    (refusal,) = why_not_changed(Part.CLAUSES, ("amount",))
    assert refusal.rule == "amendment.not_of_amendments"
    assert not why_not_changed(Part.AMOUNT, ("amount",))


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=40), st.integers(0, 10**9))
def test_a_smaller_amount_is_spread_to_the_cent(amounts: list[int], total: int) -> None:
    shares = spread(amounts, total)
    assert sum(shares) == (total if any(amounts) else 0)
    assert all(share == 0 for share, had in zip(shares, amounts, strict=True) if had == 0)
