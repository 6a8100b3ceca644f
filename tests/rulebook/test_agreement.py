"""Recording agreements: what must hold, and what differs between two texts."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from zielwerk.rulebook.agreement import (
    Clause,
    Earmark,
    Measure,
    Signature,
    Terms,
    closest,
    differences,
    is_alike,
)

TERMS = Terms(
    programme="aqb_hessen",
    year=2024,
    ags="06435",
    body_name="Main-Kinzig-Kreis",
    body_kind="Landkreis",
    ministry="HMSI",
    amount_cents=160_010_000,
    measures=(Measure("qualification", "Pflegehilfe"), Measure("staff_training", "Fachtag")),
    earmarks=(Earmark("language"),),
    signatures=(Signature("region", "N. N.", "Landrat", "Gelnhausen", None, "LI -07. 29"),),
    clauses=(Clause("§ 4", "Mittel", "HMSI stellt bereit.", "HMS! stellt bereit."),),
)
TYPES = frozenset({"qualification", "staff_training"})


def test_every_difference_between_two_texts_is_named() -> None:
    other = replace(
        TERMS,
        amount_cents=150_000_000,
        measures=(Measure("qualification", "Pflegehilfe"), Measure("qualification", "Lager")),
        clauses=(Clause("§ 4", "Mittel", "Das HMSI stellt bereit."),),
    )
    found = [(one.place, one.recorded, one.text) for one in differences(TERMS, other)]
    assert found == [
        ("Betrag", 160_010_000, 150_000_000),
        ("Maßnahme", Measure("staff_training", "Fachtag"), ""),
        ("Maßnahme", "", Measure("qualification", "Lager")),
        ("§ 4", "HMSI stellt bereit.", "Das HMSI stellt bereit."),
    ]


def test_a_member_in_other_words_is_one_difference() -> None:
    """A corrected title, an amount that is named now, and a day that can be read."""
    had = replace(TERMS, measures=(Measure("qualification", "Lager und Logisfik kompakt"),))
    (signature,) = had.signatures
    now = replace(
        had,
        measures=(
            Measure("qualification", "Fachtag"),
            Measure("qualification", "Lager und Logistik kompakt"),
        ),
        earmarks=(Earmark("language", 20_000_00, "yes"),),
        signatures=(replace(signature, date="2024-07-29"),),
    )
    found = [(one.place, bool(one.recorded), bool(one.text)) for one in differences(had, now)]
    assert found == [
        ("Maßnahme", True, True),
        ("Maßnahme", False, True),
        ("Zweckbindungen", True, True),
        ("Unterschrift", True, True),
    ]


def test_that_only_one_side_has_wording_is_one_difference() -> None:
    (found,) = differences(replace(TERMS, clauses=()), TERMS)
    assert (found.place, found.recorded, found.text) == ("Wortlaut", "", "§ 4")


def test_what_stands_illegibly_on_the_paper_is_no_difference() -> None:
    (signature,) = TERMS.signatures
    assert differences(replace(TERMS, signatures=(replace(signature, raw=""),)), TERMS) == ()


MEASURES = st.lists(
    st.builds(Measure, st.sampled_from(sorted(TYPES)), st.sampled_from("ABCD")), max_size=6
)


@given(MEASURES, MEASURES)
def test_lists_differ_by_exactly_what_one_side_lacks(
    ours: list[Measure], theirs: list[Measure]
) -> None:
    before, after = replace(TERMS, measures=tuple(ours)), replace(TERMS, measures=tuple(theirs))
    found = differences(before, after)
    assert len([one for one in found if one.text == ""]) - len(
        [one for one in found if one.recorded == ""]
    ) == len(ours) - len(theirs)
    assert bool(found) == (sorted(map(str, ours)) != sorted(map(str, theirs)))


def test_terms_survive_the_way_through_json() -> None:
    assert Terms.from_json(TERMS.to_json()) == TERMS


def test_rows_that_a_reviewer_emptied_are_gone() -> None:
    emptied = replace(TERMS, measures=(Measure("", ""), *TERMS.measures), frameworks=("", "X"))
    cleaned = emptied.without_blanks()
    assert cleaned.measures == TERMS.measures
    assert cleaned.frameworks == ("X",)


def test_a_text_belongs_to_the_document_that_it_differs_from_least() -> None:
    dearer = replace(TERMS, amount_cents=1, measures=TERMS.measures[:1])
    assert closest((TERMS, dearer), replace(dearer, meeting="im Herbst")) == 1
    assert closest((dearer, TERMS), TERMS) == 1
    assert closest((TERMS, TERMS), TERMS) == 1  # of two alike the later one


def test_texts_that_promise_the_same_are_alike_whatever_else_they_say() -> None:
    assert is_alike(TERMS, replace(TERMS, clauses=(), meeting="x"))
    assert is_alike(TERMS, replace(TERMS, measures=TERMS.measures[::-1]))
    assert not is_alike(TERMS, replace(TERMS, amount_cents=1))
    assert not is_alike(TERMS, replace(TERMS, measures=TERMS.measures[:1]))


def test_an_own_share_that_differs_is_named() -> None:
    (found,) = differences(TERMS, replace(TERMS, own_share_cents=500))
    assert (found.place, found.recorded, found.text) == ("Eigenanteil", "", 500)
