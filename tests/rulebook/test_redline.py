"""The redline of an agreement: a worked example, and what holds of any two texts."""

from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zielwerk.language import sentence
from zielwerk.rulebook.redline import (
    Change,
    Kind,
    Node,
    Op,
    compared,
    paragraph_nodes,
    redline,
    redline_by_content,
    shown,
    told,
)
from zielwerk.rulebook.redline.words import words

AGREED = [
    Node("p1", "clause", "§ 4", "§ 4 Haushaltsmittel und Eckdaten"),
    Node("p1a", "paragraph", "§ 4", "Das Land stellt insgesamt 1.600.100 Euro zur Verfügung."),
    Node("p2", "clause", "§ 5", "§ 5 Ziele für die Umsetzung"),
    Node("m1", "item", "§ 5, Projekt 1", "• Startklar! – Kreativ ins Berufsleben"),
    Node("m2", "item", "§ 5, Projekt 2", "• Altenpflegehilfe + Sprache, 16 Plätze"),
    Node("m3", "item", "§ 5, Projekt 3", "• Ausbildungs- und Berufsorientierung"),
    Node("m4", "item", "§ 5, Projekt 4", "• Team-Camp"),
    Node("p3", "clause", "§ 6", "§ 6 Zielsteuerung"),
    Node("p3a", "paragraph", "§ 6", "Der Kreis berichtet bis zum 1. März 2025."),
]
"""What was agreed first."""

CHANGED = [
    Node("p1", "clause", "§ 4", "§ 4 Haushaltsmittel und Eckdaten"),
    Node("p1a", "paragraph", "§ 4", "Das Land stellt insgesamt 1.650.300 Euro zur Verfügung."),
    Node("p2", "clause", "§ 5", "§ 5 Ziele für die Umsetzung"),
    Node("m4", "item", "§ 5, Projekt 1", "• Team-Camp"),
    Node("m1", "item", "§ 5, Projekt 2", "• Startklar! – Kreativ ins Berufsleben"),
    Node("m2", "item", "§ 5, Projekt 3", "• Altenpflegehilfe + Sprache, 20 Plätze"),
    Node("m5", "item", "§ 5, Projekt 4", "• Logistik in Teilzeit"),
    Node("p3", "clause", "§ 6", "§ 6 Zielsteuerung"),
    Node("p3a", "paragraph", "§ 6", "Der Main-Kinzig-Kreis berichtet bis zum 15. März 2025."),
]
"""The same as it was amended: more money, one project up, one larger, one new, one dropped."""


def sentences(changes: list[Change]) -> list[str]:
    return [told(change, sentence) for change in changes]


def of_texts(old: str, new: str) -> str:
    """The sentence for two wordings of § 4."""
    (change,) = redline([Node("n", "value", "§ 4", old)], [Node("n", "value", "§ 4", new)])
    return told(change, sentence)


def marked(old: str, new: str) -> str:
    """Two wordings as one line."""
    marks = {Op.KEEP: "{}", Op.DROP: "[-{}-]", Op.ADD: "[+{}+]"}
    return "".join(marks[part.op].format(part.text) for part in shown(compared(old, new)))


def test_a_changed_agreement_in_sentences() -> None:
    assert sentences(redline(AGREED, CHANGED)) == [
        "§ 4: statt 1.600.100 Euro nun 1.650.300 Euro (+ 50.200 Euro)",
        "§ 5: „Team-Camp“ steht nun vor „Startklar! – Kreativ ins Berufsleben“",
        "§ 5, Projekt 3: statt 16 Plätze nun 20 Plätze (+ 4)",
        "§ 5, Projekt 3: gestrichen: „Ausbildungs- und Berufsorientierung“",
        "§ 5, Projekt 4: neu: „Logistik in Teilzeit“",
        "§ 6: statt „Kreis“ nun „Main-Kinzig-Kreis“; statt 1. März 2025 nun 15. März 2025 "
        "(14 Tage später)",
    ]


def test_the_same_is_found_where_texts_have_no_ids() -> None:
    old, new = ("\n\n".join(node.text for node in version) for version in (AGREED, CHANGED))
    by_content = redline_by_content(paragraph_nodes(old), paragraph_nodes(new))
    assert [(change.kind, change.parts) for change in by_content] == [
        (change.kind, change.parts) for change in redline(AGREED, CHANGED)
    ]
    assert sentences(by_content)[:2] == sentences(redline(AGREED, CHANGED))[:2]


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("insgesamt 1.600.100 Euro.", "insgesamt 1.650.300 Euro.", "[-1.600.100-][+1.650.300+]"),
        ("1\u202f600\u202f100,50 €", "1\u202f600\u202f100,75 €", "[-1\u202f600\u202f100,50-]"),
        ("bis 01.03.2025 zahlt", "bis 01.04.2025 zahlt", "[-01.03.2025-][+01.04.2025+]"),
        ("am 1. März 2025", "am 1. Mai 2025", "[-1. März 2025-][+1. Mai 2025+]"),
        ("im Main-Kinzig-Kreis", "im Lahn-Dill-Kreis", "[-Main-Kinzig-Kreis-]"),
        ("Ausbildungs- und Sprachkurs", "Sprach- und Sprachkurs", "[-Ausbildungs--][+Sprach-+]"),
        ("für 25-Jährige", "für 27-Jährige", "[-25-Jährige-][+27-Jährige+]"),
        ("nach § 4 Satz 1", "nach § 5 Satz 1", "[-§ 4-][+§ 5+]"),
        ("Teilnehmer*innen", "Teilnehmer:innen", "[-Teilnehmer*innen-]"),
    ],
)
def test_an_amount_a_day_a_name_changes_as_a_whole(old: str, new: str, line: str) -> None:
    assert line in marked(old, new)


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        (
            "Erster Satz. Zweiter Satz.",
            "Erster Satz. Neuer Satz. Zweiter Satz.",
            "Erster Satz. [+Neuer Satz.+] Zweiter Satz.",
        ),
        ("Kurse in A, B und C.", "Kurse in A, B, D und C.", "Kurse in A, B[+, D+] und C."),
        (
            "Der Kreis wird die Mittel bis zum Ende des Jahres verwenden.",
            "Die Stadt hat die Gelder des Landes auszugeben.",
            "[-Der Kreis wird die Mittel bis zum Ende des Jahres verwenden-]"
            "[+Die Stadt hat die Gelder des Landes auszugeben+].",
        ),
        (
            "zehn Kurse und 4 Feste",
            "elf Kurse und 5 Feste",
            "[-zehn-][+elf+] Kurse und [-4-][+5+] Feste",
        ),
    ],
)
def test_a_change_is_a_phrase_and_no_confetti(old: str, new: str, line: str) -> None:
    assert marked(old, new) == line


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("70 % davon", "75 % davon", "statt 70 % nun 75 % (+ 5 Prozentpunkte)"),
        ("1.000,00 €", "999,50 Euro", "statt 1.000,00 € nun 999,50 Euro (− 0,50 Euro)"),
        ("1,6 Mio. Euro", "1,65 Mio. Euro", "statt 1,6 Mio. Euro nun 1,65 Mio. Euro (+ 0,05 Mio. "),
        ("1.600 Euro", "1.600,00 €", "statt 1.600 Euro nun 1.600,00 € (derselbe Betrag)"),
        ("100 Euro", "100 Plätze", "statt „Euro“ nun „Plätze“"),
        ("2024 100 Plätze", "2025 100 Plätze", "statt 2024 nun 2025"),
        ("100,00\u00a0€", "150,00\u00a0€", "statt 100,00 € nun 150,00 € (+ 50 €)"),
        ("im Jahr 2024", "im Jahr 2025", "statt 2024 nun 2025"),
        ("am 1. März 2025", "am 01.03.2025", "statt 1. März 2025 nun 01.03.2025 (derselbe Tag)"),
        ("am 02.03.2025", "am 01.03.2025", "statt 02.03.2025 nun 01.03.2025 (einen Tag früher)"),
        ("am 31.06.2025", "am 30.06.2025", "statt „31.06.2025“ nun „30.06.2025“"),
        ("nach § 4", "nach § 5", "statt § 4 nun § 5"),
        ("der Kreis", "„die Stadt“ zahlt", "statt „der Kreis“ nun „„die Stadt“ zahlt“"),
        ("er zahlt", "er zahlt sofort", "neu ist „sofort“"),
        ("er zahlt sofort", "er zahlt", "entfallen ist „sofort“"),
        ("", "16 Plätze", "neu: „16 Plätze“"),
        ("16 Plätze", "", "gestrichen: „16 Plätze“"),
    ],
)
def test_what_a_sentence_says(old: str, new: str, said: str) -> None:
    assert of_texts(old, new).startswith(f"§ 4: {said}")


def test_long_texts_are_shortened_by_words_and_many_changes_are_counted() -> None:
    added = " ".join(f"Wort{n}" for n in range(40))
    assert of_texts("", added).endswith("Wort10 Wort11 …“")
    old = " ".join(f"Punkt {n} Euro und dann weiter im Text" for n in range(20))
    new = " ".join(f"Punkt {n + 50} Euro und dann weiter im Text" for n in range(20))
    said = of_texts(old, new)
    assert said.count("statt") == 12
    assert said.endswith("; und weitere Stellen: 8")


def test_a_node_that_moved_and_changed_says_both() -> None:
    old = [Node(f"n{n}", "item", f"§ 5, Projekt {n}", f"Kurs {n}, {n}0 Plätze") for n in (1, 2, 3)]
    new = [Node("n3", "item", "§ 5, Projekt 1", "Kurs 3, 50 Plätze"), *old[:2]]
    (change,) = redline(old, new)
    assert (change.kind, change.moved) == (Kind.CHANGED, True)
    assert told(change, sentence) == (
        "§ 5, Projekt 1: „Kurs 3, 50 Plätze“ steht nun vor „Kurs 1, 10 Plätze“; "
        "statt 30 Plätze nun 50 Plätze (+ 20)"
    )


def test_a_project_that_moved_to_another_clause_says_from_where() -> None:
    old = [
        Node("c5", "clause", "§ 5", "§ 5"),
        Node("m", "item", "§ 5, Projekt 1", "• Team-Camp"),
        Node("c6", "clause", "§ 6", "§ 6 Sonstiges"),
    ]
    new = [old[0], old[2], Node("m", "item", "§ 6, Projekt 1", "• Team-Camp")]
    assert sentences(redline(old, new)) == ["§ 6: „Team-Camp“ stand bisher in § 5"]


def test_a_clause_of_another_number_says_which_it_was() -> None:
    old = [Node("c", "paragraph", "§ 4", "Das Land stellt 100 Euro.")]
    new = [
        Node("x", "clause", "§ 4", "§ 4 Neues"),
        Node("c", "paragraph", "§ 5", "Das Land stellt 200 Euro."),
    ]
    assert sentences(redline(old, new)) == [
        "§ 4: neu: „§ 4 Neues“",
        "§ 5 (bisher § 4): statt 100 Euro nun 200 Euro (+ 100 Euro)",
    ]


def test_where_a_line_ends_is_no_change() -> None:
    old = "Das Land stellt 1.600.100\nEuro bis zum 1.\nMärz 2025 bereit."
    new = "Das Land stellt  1.600.100 Euro\nbis zum 1. März 2025 bereit."
    assert redline([Node("n", "", "", old)], [Node("n", "", "", new)]) == []
    assert [part.op for part in shown(compared(old, new))] == [Op.KEEP]
    assert marked(old, new.replace("1. März", "2. März")).count("[-") == 1


def test_a_text_without_headings_is_called_by_its_paragraphs() -> None:
    old = "Erster Absatz.\n\nEs sind 16 Plätze.\n\nDritter Absatz.\n\n- 1 -"
    new = "Dritter Absatz.\n\nErster Absatz.\n\nEs sind 20 Plätze.\n\n- 1 -"
    assert sentences(redline_by_content(paragraph_nodes(old), paragraph_nodes(new))) == [
        "Text: „Dritter Absatz.“ steht nun vor „Erster Absatz.“",
        "Text, Absatz 3: statt 16 Plätze nun 20 Plätze (+ 4)",
    ]
    assert {node.kind for node in paragraph_nodes(old)} == {"paragraph"}


def test_a_heading_names_what_follows_it() -> None:
    text = (
        "Präambel\n\nGuter Wille.\n\n§ 1\nZiele des Landes\n\n§ 2 genannt werden\nZiele.\n\n• A\n\n"
        "1. März 2025 und später.\n\n1) B\n\n§ 2 Geld\fArtikel 3\r\n\r\nEnde"
    )
    assert [(node.label, node.text.split()[0]) for node in paragraph_nodes(text)] == [
        ("Präambel", "Präambel"),
        ("Präambel", "Guter"),
        ("§ 1", "§"),
        ("§ 1", "§"),
        ("§ 1, Punkt 1", "•"),
        ("§ 1", "1."),
        ("§ 1, Punkt 2", "1)"),
        ("§ 2", "§"),
        ("Artikel 3", "Artikel"),
        ("Artikel 3", "Ende"),
    ]


def test_an_item_moves_and_not_its_heading() -> None:
    heading = Node("h", "clause", "§ 5", "§ 5 Ziele für die Umsetzung im Landkreis")
    item = Node("i", "item", "§ 5, Projekt 1", "• Team-Camp")
    for old, new in (([heading, item], [item, heading]), ([item, heading], [heading, item])):
        (change,) = redline(old, new)
        assert change.node == item


def test_what_is_too_large_to_compare_is_told_as_replaced() -> None:
    """Sixteen thousand words against as many, none of them single, in another order."""
    old, new = "und oder " * 8_000 + "Ende", "oder und " * 8_000 + "Schluss"
    assert [part.op for part in compared(old, new)] == [Op.DROP, Op.ADD]
    assert joined(old, new, Op.KEEP, Op.ADD) == new


def test_two_nodes_of_one_id_are_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="same id"):
        redline([AGREED[0], AGREED[0]], AGREED)


# --- what holds of any two texts --------------------------------------------------------

PIECES = (
    *("1.600.100", "1.650.300", "Euro", "€", "1. März 2025", "01.03.2025", "1.\nMärz 2025"),
    *("Main-Kinzig-Kreis", "Ausbildungs-", "und", "der", "Kreis", "§ 4", ",", ".", "„", "“", "-5"),
    *("–", "16", "Plätze", "a", "b", "c", "70 %", "2.3.1", "100 200 Euro", "ü", "1,-"),
)
SPACES = st.sampled_from((" ", " ", " ", "", "\n", "  ", "\u202f", "\t"))
TEXTS = st.lists(st.tuples(SPACES, st.sampled_from(PIECES)), max_size=25).map(
    lambda pieces: "".join(space + piece for space, piece in pieces)
) | st.text(max_size=40)
NODES = st.lists(st.tuples(st.sampled_from("abcdefgh"), TEXTS), unique_by=lambda n: n[0]).map(
    lambda every: [Node(id_, "item", f"§ {id_}", text) for id_, text in every]
)


def joined(old: str, new: str, *ops: Op) -> str:
    return "".join(part.text for part in compared(old, new) if part.op in ops)


@given(TEXTS, TEXTS)
def test_what_is_kept_and_added_is_the_new_text_to_the_letter(old: str, new: str) -> None:
    assert joined(old, new, Op.KEEP, Op.ADD) == new
    assert joined(old, new, Op.KEEP, Op.DROP) == old


@given(TEXTS, TEXTS)
def test_parts_alternate_and_none_is_empty(old: str, new: str) -> None:
    parts = compared(old, new)
    assert all(part.text for part in parts)
    order = [Op.KEEP, Op.DROP, Op.ADD]
    for one, other in pairwise(parts):
        assert (one.op, other.op) != (Op.ADD, Op.DROP)
        assert order.index(one.op) != order.index(other.op)


@given(TEXTS, TEXTS)
def test_no_word_is_cut(old: str, new: str) -> None:
    """Each part begins and ends where a word of its version does."""
    for text, ops in ((old, (Op.KEEP, Op.DROP)), (new, (Op.KEEP, Op.ADD))):
        cut = words(text)
        ends, at = {0}, 0
        for space, word in zip(cut.spaces, cut.words, strict=True):
            ends |= set(range(at, at + len(space) + 1))
            at += len(space) + len(word)
            ends.add(at)
        at = 0
        for part in compared(old, new):
            if part.op in ops:
                at += len(part.text)
                assert at in ends


@given(TEXTS, TEXTS)
def test_the_other_direction_drops_what_this_one_adds(old: str, new: str) -> None:
    assert joined(old, new, Op.KEEP) == joined(new, old, Op.KEEP) or old.split() != new.split()
    swapped = {Op.ADD: Op.DROP, Op.DROP: Op.ADD, Op.KEEP: Op.KEEP}
    back = [(swapped[part.op], part.text) for part in compared(new, old)]
    assert sorted(back) == sorted((part.op, part.text) for part in compared(old, new))


def known(changes: list[Change]) -> set[tuple[Kind, str | None, str | None, bool]]:
    return {
        (each.kind, each.old and each.old.id, each.new and each.new.id, each.moved)
        for each in changes
    }


@given(NODES, NODES, st.booleans())
def test_both_directions_tell_the_same_of_nodes(
    old: list[Node], new: list[Node], by_id: bool
) -> None:
    compare = redline if by_id else redline_by_content
    back = {Kind.ADDED: Kind.REMOVED, Kind.REMOVED: Kind.ADDED}
    assert known(compare(old, new)) == {
        (back.get(kind, kind), after, before, moved)
        for kind, before, after, moved in known(compare(new, old))
    }


@given(NODES)
def test_equal_versions_have_no_changes(nodes: list[Node]) -> None:
    assert redline(nodes, nodes) == []
    assert redline_by_content(nodes, nodes) == []


@given(NODES, st.data())
def test_one_node_that_moved_is_one_move(nodes: list[Node], data: st.DataObject) -> None:
    if len(nodes) < 3:
        return
    rest = list(nodes)
    node = rest.pop(data.draw(st.integers(0, len(rest) - 1)))
    place = data.draw(st.integers(0, len(rest)))
    new = [*rest[:place], node, *rest[place:]]
    changes = redline(nodes, new)
    assert len(changes) == (new != nodes)
    assert all(change.kind is Kind.MOVED for change in changes)


@given(st.permutations(range(6)))
def test_as_few_nodes_as_possible_are_said_to_have_moved(order: list[int]) -> None:
    nodes = [Node(str(n), "item", "§ 5", f"Projekt {'abcdef'[n]}") for n in range(6)]
    stayed = max(
        size
        for size in range(7)
        for kept in combinations(order, size)
        if list(kept) == sorted(kept)
    )
    assert len(redline(nodes, [nodes[n] for n in order])) == 6 - stayed


@given(NODES, NODES)
def test_every_node_is_told_or_unchanged(old: list[Node], new: list[Node]) -> None:
    """Applying the changes to the old version gives the new one, but for white space."""
    changes = redline_by_content(old, new)
    gone = {change.old.id for change in changes if change.old}
    come = {change.new.id for change in changes if change.new}
    kept = [node.text.split() for node in old if node.id not in gone]
    assert kept == [node.text.split() for node in new if node.id not in come] or all(
        words(one).keys == words(other).keys
        for one, other in zip(
            (node.text for node in old if node.id not in gone),
            (node.text for node in new if node.id not in come),
            strict=True,
        )
    )


@given(NODES, NODES)
def test_every_change_has_a_sentence_in_both_languages(old: list[Node], new: list[Node]) -> None:
    for change in redline(old, new):
        for language in ("de", "en"):
            said = told(change, lambda one, language=language: sentence(one, language))
            assert said.startswith(change.node.section)
            assert said != f"{change.node.section}: "
