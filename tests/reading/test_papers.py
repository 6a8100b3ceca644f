"""What a paper is: agreement, draft, amendment, annulment, copy; and whose it is."""

from collections.abc import Callable
from dataclasses import replace
from random import Random

import pytest

from tests.reading import generator
from tests.reading.conftest import read_text
from zielwerk.language import sentence
from zielwerk.packs import loading
from zielwerk.packs.model import Body, Year
from zielwerk.reading.agreement import Reading
from zielwerk.rulebook.refusal import Refusal, Refused

Read = Callable[[str], Reading]
TITLE = "Zielvereinbarung\n\n2024"


@pytest.fixture(scope="module")
def text(year: Year, bodies: list[Body]) -> str:
    """An agreement of the Wetteraukreis for 2024 over 1.140.300 euros."""
    body = next(body for body in bodies if body.ags == "06440")
    said = replace(generator.truth(Random(2), year, [body]), budget_cents=114_030_000)
    return generator.write(said, year, generator.Layout())


def changed(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new, 1)


def refused(call: Callable[[], object]) -> Refusal:
    with pytest.raises(Refused) as caught:
        call()
    refusal = caught.value.refusals[0]
    assert "{" not in sentence(refusal)
    return refusal


@pytest.mark.parametrize(
    "line",
    [
        "Entwurf", "- ENTWURF -", "E N T W U R F", "Entwurf, Stand: 3. Mai 2024", "Entwnrf",
        "Arbeitsentwurf vom 12.04.2024", "2. Entwurf", "Vorabfassung (unverbindlich)",
        "Entwurf einer Vereinbarung",
    ],
)  # fmt: skip
def test_a_draft_is_read_as_one(reading: Read, text: str, line: str) -> None:
    read = reading(f"{line}\n\n{text}")
    assert (read.kind, read.state) == ("agreement", "draft")
    assert not read.evidence["state"].certain
    assert read.evidence["state"].quote.startswith(line[:5])
    assert any("Entwurf" in sentence(one) for one in read.findings if one.place == "state")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (TITLE, "Zielvereinbarung (Entwurf)\n\n2024"),
        (TITLE, "Zielvereinbarung 2024 – Entwurf, Stand 3. Mai"),
        ("§ 3", "Entwurf vom 12.03.2024 – Seite 1\n\n§ 3"),
        ("§ 3", "- Entwurf vom 12.03.2024 -\n\n§ 3"),
        (TITLE, "Zielvereinbarung (Diskussionsfassung)\n\n2024"),
        (TITLE, "Arbeitsfassung 0.3\n\nZielvereinbarung\n\n2024"),
    ],
)
def test_a_draft_may_say_so_behind_its_title_or_below_a_page(
    reading: Read, text: str, old: str, new: str
) -> None:
    assert reading(changed(text, old, new)).state == "draft"


@pytest.mark.parametrize(
    "signing",
    ["", "Wiesbaden, den\n\n________\nStaatsministerin\n\nFriedberg, den\n\n_______\nLandrat\n"],
)
def test_a_form_that_nobody_signed_is_not_surely_signed(
    reading: Read, text: str, signing: str
) -> None:
    at = text.index("Wiesbaden, den")
    read = reading(text[:at] + signing)
    assert not read.evidence["state"].certain
    assert reading(text).evidence["state"].certain


@pytest.mark.parametrize(
    ("old", "new", "state"),
    [
        (TITLE, "Muster-Zielvereinbarung\n\n2024", "template"),
        (TITLE, "Musterzielvereinbarung\n\n2024", "template"),
        (TITLE, "Zielvereinbarung (Muster)\n\n2024", "template"),
        (TITLE, f"M U S T E R\n\n{TITLE}", "template"),
        ("§ 3", "Muster\n\n§ 3", "template"),
        (TITLE, f"Nicht zur Unterschrift bestimmt\n\n{TITLE}", "draft"),
        ("§ 3", "- NICHT UNTERZEICHNET -\n\n§ 3", "draft"),
        (TITLE, f"Unverbindliches Exemplar\n\n{TITLE}", "draft"),
        ("§ 3", "nur zur Ansicht\n\n§ 3", "draft"),
    ],
)
def test_a_template_or_what_says_that_nobody_signed_is_not_signed(
    reading: Read, text: str, old: str, new: str, state: str
) -> None:
    read = reading(changed(text, old, new))
    assert read.state == state
    assert not read.evidence["state"].certain
    assert any(one.place == "state" for one in read.findings)


def test_a_draft_spoken_of_makes_none(reading: Read, text: str) -> None:
    spoken = "Grundlage ist der Entwurf des Haushalts und das Muster der Richtlinie. Beide Seiten"
    assert reading(changed(text, "Beide Seiten", spoken)).state == "signed"


@pytest.mark.parametrize("line", ["Abschrift", "Beglaubigte Abschrift", "Kopie"])
def test_a_copy_is_told(reading: Read, text: str, line: str) -> None:
    read = reading(f"{line}\n\n{text}")
    assert read.state == "copy"
    assert any("Abschrift" in sentence(one) for one in read.findings if one.place == "state")


@pytest.mark.parametrize(
    "title",
    [
        "Erste Änderung der Zielvereinbarung\n\n2024",
        "Änderungsvereinbarung\n\nzur Zielvereinbarung 2024",
        "1. Änderungsvereinbarung zur Zielvereinbarung 2024",
        "Nachtrag Nr. 2\n\nzur Zielvereinbarung 2024",
        "2. Nachtrag zur Zielvereinbarung 2024",
        "2. Fortschreibung der Zielvereinbarung 2024",
        "Vereinbarung zur Änderung der Zielvereinbarung 2024",
        "Ändernngsvereinbarung zur Zielvereinbarung 2024",
        "Zielvereinbarung 2024 in der Fassung der ersten Änderung",
    ],
)
def test_an_amendment_is_read_as_one(reading: Read, text: str, title: str) -> None:
    read = reading(changed(text, TITLE, title))
    assert read.kind == "amendment"
    assert (read.year, read.region.ags) == (2024, "06440")
    assert not read.evidence["kind"].certain
    assert any("Änderung" in sentence(one) for one in read.findings if one.place == "kind")


AMENDING = (
    "In § 4 der Zielvereinbarung wird die Angabe „90.000“ durch „80.000“ ersetzt.",
    "In Ziffer 3 werden die Wörter „und Beratung“ gestrichen.",
    "Der Gesamtbetrag wird von 90.000 Euro auf 80.000 Euro gesenkt.",
    "Die Anlage wird wie folgt neu gefasst: Sie nennt acht Plätze.",
)


@pytest.mark.parametrize("sentence_", AMENDING)
def test_a_sentence_that_changes_another_paper_leaves_the_kind_in_doubt(
    reading: Read, text: str, sentence_: str
) -> None:
    read = reading(changed(text, "Beide Seiten", f"{sentence_} Beide Seiten"))
    assert not read.evidence["kind"].certain
    assert [one.severity for one in read.findings if one.place == "kind"] == ["uncertain"]


@pytest.mark.parametrize(
    "usual",
    [
        "Die Maßnahmen werden durch weitere Angebote ergänzt.",
        "Das Budget kann auf Antrag erhöht werden.",
        "Die Mittel werden wie folgt verteilt: die Hälfte für Angebote, der Rest für Beratung.",
        "Abweichungen von den in § 4 genannten Zielen werden bedacht.",
        "Diese Vereinbarung kann einvernehmlich geändert werden.",
    ],
)
def test_what_any_agreement_says_of_changes_makes_no_amendment(
    reading: Read, text: str, usual: str
) -> None:
    read = reading(changed(text, "Beide Seiten", f"{usual} Beide Seiten"))
    assert read.evidence["kind"].certain


def test_a_short_amendment_names_two_amounts_and_leaves_the_amount_open(reading: Read) -> None:
    """It has no clauses but its own."""
    read = reading(
        """Erste Änderung der Zielvereinbarung 2024

zwischen
dem Hessischen Ministerium für Arbeit, Integration, Jugend und Soziales
und dem Landkreis Wetteraukreis
zur Umsetzung des hessischen Ausbildungs- und Qualifizierungsbudgets

§ 1
Änderung
In § 4 wird der Betrag von 1.140.300 Euro durch den Betrag von 1.200.000 Euro ersetzt.

§ 2
Inkrafttreten
Im Übrigen bleibt die Zielvereinbarung unverändert.

Wiesbaden, den 3. September 2024
Marlene Beispiel
Staatsministerin

Friedberg, den 5. September 2024
Konrad Mustermann
Landrat
"""
    )
    assert read.kind == "amendment"
    assert read.budget_cents is None
    assert set(read.budget_readings) == {1_140_300_00, 1_200_000_00}


@pytest.mark.parametrize(
    "title",
    [
        "Aufhebung der Zielvereinbarung\n\n2024",
        "Aufhebungsvereinbarung\n\nzur Zielvereinbarung 2024",
        "Einvernehmliche Aufhebung der Zielvereinbarung 2024",
        "Kündigung der Zielvereinbarung 2024",
    ],
)
def test_an_annulment_is_refused_as_one(reading: Read, text: str, title: str) -> None:
    refusal = refused(lambda: reading(changed(text, TITLE, title)))
    assert refusal.rule == "reading.annulment"
    assert "Aufhebung" in sentence(refusal)
    assert title.split("\n", maxsplit=1)[0] in sentence(refusal)


def test_an_annulment_may_say_so_in_its_clauses_only(reading: Read, text: str) -> None:
    ended = "Die Zielvereinbarung 2024 wird einvernehmlich aufgehoben. Beide Seiten"
    refusal = refused(lambda: reading(changed(text, "Beide Seiten", ended)))
    assert refusal.rule == "reading.annulment"


PURPOSE = "zur Umsetzung des hessischen Ausbildungs- und Qualifizierungsbudgets"


@pytest.mark.parametrize(
    ("purpose", "law"),
    [
        ("nach § 48b SGB II", "48b"),
        ("gemäß § 48 b Abs. 1 SGB II zur Erreichung der Ziele der Grundsicherung", "48 b"),
        ("auf der Grundlage von § 16 SGB VIII", "§ 16 SGB VIII"),
        ("nach § 3 Kindergartengesetz", "Kindergartengesetz"),
    ],
)
def test_an_agreement_of_another_law_is_refused_with_the_law(
    reading: Read, text: str, purpose: str, law: str
) -> None:
    """It may name the programme once, in passing."""
    other = changed(text, PURPOSE, purpose)
    refusal = refused(lambda: reading(other))
    assert refusal.rule == "reading.other_law"
    assert law in sentence(refusal)


def test_a_law_beside_the_programme_is_no_other_one(reading: Read, text: str) -> None:
    both = changed(text, PURPOSE, f"{PURPOSE}\n\nnach § 44 Landeshaushaltsordnung")
    assert reading(both).evidence["programme"].certain


@pytest.mark.parametrize(
    ("purpose", "named"),
    [
        ("zur Umsetzung des hessischen Sozialbudgets", "Sozialbudgets"),
        ("zur Umsetzung des Programms „Perspektive in Hessen“", "Perspektive in Hessen"),
        ("zur Umsetzung des Kreisbudgets Südland", "Kreisbudget"),
        ("im Rahmen des Landesprogramms Sport", "Landesprogramms Sport"),
    ],
)
def test_an_agreement_of_another_programme_is_refused_with_its_name(
    text: str, purpose: str, named: str
) -> None:
    other = changed(text, PURPOSE, purpose)
    refusal = refused(lambda: read_text(other, others=loading.programmes()))
    assert refusal.rule == "reading.other_programme"
    assert named in sentence(refusal)


def test_the_programme_named_in_passing_is_not_the_paper_s(reading: Read, text: str) -> None:
    other = changed(text, PURPOSE, "")
    for name in (
        "Mit dem Ausbildungs- und Qualifizierungsbudget 2024",
        "aus dem Ausbildungs- und Qualifizierungsbudget 2024",
    ):
        other = changed(other, name, "Mit dem Sozialbudget 2024")
    refusal = refused(lambda: reading(other))
    assert refusal.rule == "reading.other_programme"
    assert "nebenbei" in sentence(refusal)


def test_another_state_s_form_is_refused_with_the_state(reading: Read, text: str) -> None:
    ministry = "dem Hessischen Ministerium für Arbeit, Integration, Jugend und Soziales"
    other = changed(text, ministry, "dem Ministerium für Arbeit des Landes Nordrhein-Westfalen")
    other = changed(other, "des hessischen", "des")
    refusal = refused(lambda: reading(other))
    assert refusal.rule == "reading.other_state"
    assert "Nordrhein-Westfalen" in sentence(refusal)


ENGLISH = """Target Agreement 2024 between the Hessian Ministry of Labour and the district
Wetteraukreis for the implementation of the Ausbildungs- und Qualifizierungsbudget.
Section 1: The parties shall work together on the training of young people in the region and
with the chambers. Section 4: The ministry shall make EUR 1,140,300 available to the district.
"""


def test_an_english_text_is_refused_as_such(reading: Read) -> None:
    assert refused(lambda: reading(ENGLISH)).rule == "reading.other_language"


@pytest.mark.parametrize(
    "title",
    [
        "Pressemitteilung Nr. 112/2024",
        "Medieninformation | 3. Juni 2024",
        "Beschlussvorlage 2024/101",
        "Vorlage Nr. 77 für den Kreisausschuss",
        "Drucksache 21/345",
    ],
)
def test_a_paper_about_an_agreement_is_refused_with_its_title(
    reading: Read, text: str, title: str
) -> None:
    """A council paper may hold the whole agreement."""
    refusal = refused(lambda: reading(f"{title}\n\nBetreff: Zielvereinbarung 2024\n\n{text}"))
    assert refusal.rule == "reading.other_document"
    assert title[:8] in sentence(refusal)


@pytest.mark.parametrize(
    "line", ["Beschlussvorschlag:", "Beratungsfolge: Kreistag", "Pressekontakt: 0611 1234"]
)
def test_a_council_paper_or_a_press_note_may_have_no_title(
    reading: Read, text: str, line: str
) -> None:
    """The agreement may come first or be its annex."""
    for paper in (f"{TITLE}\n\n{line}\n\n{text}", f"{text}\n\n{line}\n"):
        refusal = refused(lambda paper=paper: reading(paper))  # type: ignore[misc]
        assert refusal.rule == "reading.other_document"
        assert line.split(":", maxsplit=1)[0] in sentence(refusal)


SGB = """Zielvereinbarung 2024

zwischen

dem Hessischen Ministerium für Arbeit, Integration, Jugend und Soziales

und dem Landkreis Fulda als zugelassener kommunaler Träger

{purpose}

Präambel
{basis} schließt die Landesbehörde mit den kommunalen Trägern Zielvereinbarungen.

§ 1 Gegenstand
Gegenstand sind die Ziele nach § 1 Abs. 2 SGB II für das Jahr 2024.

§ 2 Ziele
Die Hilfebedürftigkeit soll sinken, die Integration in Erwerbstätigkeit soll steigen.
Daneben nutzt das Jobcenter das Ausbildungs- und Qualifizierungsbudget des Landes.

§ 3 Haushaltsmittel
Die Eingliederungsmittel des Bundes betragen 3.400.000 Euro.

§ 4 Inkrafttreten
Die Vereinbarung gilt bis zum 31. Dezember 2024.

Wiesbaden, den 12. Februar 2024
Marlene Beispiel
Staatsministerin

Fulda, den 20. Februar 2024
Konrad Mustermann
Landrat
"""


@pytest.mark.parametrize(
    ("purpose", "basis", "law"),
    [
        ("zur Erreichung der Ziele der Grundsicherung für Arbeitsuchende", "Nach § 48b SGB II",
         "§ 48b SGB II"),
        ("über die gemeinsamen Ziele", "Nach § 48 b Abs. 1 Satz 1 Nr. 4 SGB II", "§ 48 b"),
        ("zur Erreichung der Ziele der Grundsicherung für Arbeitsuchende", "Jährlich",
         "Grundsicherung für Arbeitsuchende"),
    ],
)  # fmt: skip
def test_the_target_agreement_of_another_law_that_names_the_programme_once(
    reading: Read, purpose: str, basis: str, law: str
) -> None:
    refusal = refused(lambda: reading(SGB.format(purpose=purpose, basis=basis)))
    assert refusal.rule == "reading.other_law"
    assert law in sentence(refusal)


@pytest.mark.parametrize("word", ["Zielvereinbarung", "Ja", "2024", "§", "Wetteraukreis"])
def test_one_word_is_refused_with_what_is_missing(reading: Read, word: str) -> None:
    assert refused(lambda: reading(word)).rule == "reading.no_agreement"
