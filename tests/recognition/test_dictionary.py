"""German stays German: no word of the language is taken for another one."""

import re
from pathlib import Path
from random import Random

import marisa_trie
import polib
import pytest
from setup import german

from zielwerk.recognition.dictionary import is_german
from zielwerk.recognition.own import OwnWords
from zielwerk.recognition.words import TOKEN, doubtful, known, meant

ROOT = Path(__file__).parents[2]
HANDBOOK = ROOT / "docs/handbook"
SENTENCES = ROOT / "src/zielwerk/locale/en/LC_MESSAGES/django.po"
OFFICIAL = """
Auf allen Ebenen fordern beide, siehe Anlage, die erforderlichen Nachweise. Die Zuwendung wird auf
Antrag als Anteilfinanzierung bewilligt. Der Verwendungsnachweis besteht aus einem Sachbericht und
einem zahlenmäßigen Nachweis; Belege sind fünf Jahre aufzubewahren, soweit nicht nach anderen
Vorschriften eine längere Aufbewahrungsfrist bestimmt ist. Vergaberechtliche Bestimmungen bleiben
unberührt. Das Besserstellungsverbot ist zu beachten. Kofinanzierungsmittel Dritter werden
angerechnet, etwaige Minderausgaben sind unverzüglich anzuzeigen.
"""


@pytest.fixture(scope="module")
def keys() -> list[str]:
    trie = marisa_trie.Trie()
    trie.load(str(german.PREPARED))
    return sorted(trie.keys())


@pytest.mark.parametrize(
    ("word", "is_one"),
    [
        ("erforderlichen", True),
        ("Ebenen", True),
        ("Siehe", True),  # at the beginning of a sentence
        ("FÖRDERUNG", True),
        ("Baumaßnahmen", True),  # "nahme" is only a part
        ("Ausbildungsbegleitungen", True),
        ("Zuwendungsrechtsangelegenheiten", True),
        ("Rapsöl", True),
        ("daß", True),  # as it was spelled before 1996
        ("Prozeßkosten", True),
        ("müßten", True),
        ("MASSNAHMEN", True),  # capitals have no "ß"
        ("GRÖSSE", True),
        ("MESSE", True),
        ("Eßen", False),
        ("MASSNAHMFN", False),
        ("förderung", False),  # a noun is written large
        ("erförderlichen", False),
        ("Bescheld", False),
        ("Ausbildungsbegleitnng", False),
        ("rnit", False),
        ("2024", False),
    ],
)
def test_words_and_no_words(word: str, is_one: bool) -> None:
    assert is_german(word) is is_one


def test_no_word_of_the_dictionary_is_taken_for_another(keys: list[str]) -> None:
    whole = [key for key in keys if not key.endswith("-") and key.isalpha()]
    taken = Random(12).sample(whole, 30_000)
    assert [word for word in taken if meant(word) is not None or doubtful(word)] == []


def test_no_compound_of_the_dictionary_is_taken_for_another(keys: list[str]) -> None:
    random = Random(13)
    first = [key[:-1].capitalize() for key in keys if key.endswith("-") and key[:-1].isalpha()]
    nouns = [key for key in keys if key.isalpha() and key[0].isupper() and key[1:].islower()]
    last = [noun.lower() for noun in nouns if len(noun) > 3]
    put_together = {random.choice(first) + random.choice(last) for _ in range(10_000)}
    assert [word for word in sorted(put_together) if not known(word) or meant(word)] == []


def test_no_word_of_correct_prose_is_changed() -> None:
    """The prose is our own: every sentence of the pages, and the handbook."""
    sentences = (entry.msgid for entry in polib.pofile(str(SENTENCES)))
    handbook = (file.read_text() for file in HANDBOOK.glob("*.md") if file.stem != "ui-kit")
    prose = " ".join((OFFICIAL, *sentences, *handbook))
    # Code, addresses of links and slots are no prose.
    words = TOKEN.findall(re.sub(r"(?s)```.*?```|`[^`\n]*`|\]\([^)]*\)|[%{<][^ ]*", "", prose))
    assert len(words) > 20_000
    assert {word for word in words if OwnWords().proposed(word) is not None} == set()


def test_the_prepared_file_is_made_of_the_licensed_source(keys: list[str]) -> None:
    rules = german.rules(german.unpacked("de_DE_frami.aff.xz"))
    lines = german.unpacked("de_DE_frami.dic.xz")[1::500]
    made = {key for line in lines if line[:1].isalpha() for key in german.entries(line, rules)}
    assert len(made) > 1_000
    assert made <= set(keys)
    assert "GNU GENERAL PUBLIC LICENSE" in (german.PREPARED.parent / "LICENSE").read_text()


@pytest.mark.parametrize(
    ("misread", "meant"),
    [
        ("Verwendungsnachwels", "Verwendungsnachweis"),
        ("Zuwendungsempfärnger", None),  # two faults
        ("Anteilfinanzierurng", None),
        ("Kofinanzicrung", "Kofinanzierung"),
        ("ernpfohlen", "empfohlen"),
        ("Stichtaq", "Stichtag"),
        ("Bewilliqung", "Bewilligung"),
    ],
)
def test_one_fault_in_a_word_of_the_dictionary_is_found(misread: str, meant: str | None) -> None:
    assert OwnWords().proposed(misread) == meant
