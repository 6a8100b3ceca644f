"""Lines, pages and places: what a layout did is healed, and every place is still known."""

import pytest

from zielwerk.recognition.cleaning import characters, flow, lines
from zielwerk.recognition.pages import without_running_heads


@pytest.mark.parametrize(
    ("scanned", "healed"),
    [
        ("Ausbildungs-\nplatz", "Ausbildungsplatz"),
        ("Ausbildungs-\nund Qualifizierungsbudget", "Ausbildungs- und Qualifizierungsbudget"),
        ("Main -Kinzig", "Main-Kinzig"),
        ("Startklar! - Kreativ", "Startklar! - Kreativ"),
        ("ﬁnden", "finden"),
        ("Förde\u00adrung", "Förderung"),
    ],
)
def test_running_text_is_healed(scanned: str, healed: str) -> None:
    assert flow(lines(characters(scanned))).text == healed


def test_a_healed_word_still_knows_its_place() -> None:
    scanned = "§ 1\n\n  der  Ausbildungs-\nplatz wird"
    healed = flow(lines(characters(scanned)))
    start = healed.text.index("Ausbildungsplatz")
    first, last = healed.span(start, start + len("Ausbildungsplatz"))
    assert scanned[first:last] == "Ausbildungs-\nplatz"


def test_what_stands_on_every_page_is_no_part_of_the_text() -> None:
    scanned = "\f".join(
        f"Zielvereinbarung des Kreises\nAbsatz {word} der Seite.\nSeite {page} von 3"
        for page, word in enumerate(("eins", "zwei", "drei"), 1)
    )
    kept = without_running_heads(lines(characters(scanned)), scanned)
    assert [line.text for line in kept if not line.is_page_number] == [
        "Absatz eins der Seite.",
        "Absatz zwei der Seite.",
        "Absatz drei der Seite.",
    ]
