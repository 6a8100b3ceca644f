"""Whoever chooses English reads English: all of it, saying the same, with the same slots."""

import gettext
import re
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest

from zielwerk.config import translations

SLOT = re.compile(r"%\([a-z_]+\)s|\{[a-z_]*\}")
MARKUP = re.compile(r"</?[a-z]+>")
ENDS = ".?!:"
SAME_IN_BOTH = {"Browser", "Budget", "Code", "Definition", "Name", "Organ", "Passkey", "Passkeys"}
SAME_IN_BOTH |= {"Organisation", "Person", "Text"}
SAME_IN_BOTH |= {"Hare-Niemeyer", "Sainte-Laguë"}  # names of people
SAME_IN_BOTH |= {"{amount} ({tranche})", "{where}: {what}."}  # slots alone
GERMAN = re.compile(r"[äöüßÄÖÜ]|\b(?:der|die|das|und|ist|nicht|ein|eine|mit|keine?)\b")


def entries() -> list[polib.POEntry]:
    return [
        entry
        for code in translations.LANGUAGES
        for entry in polib.pofile(str(translations.catalogue(code)))
    ]


def test_there_are_sentences_and_each_language_is_a_catalogue() -> None:
    """Without them the tests below would find nothing to complain of."""
    assert translations.msgids()
    assert translations.LANGUAGES
    assert all(polib.pofile(str(translations.catalogue(c))) for c in translations.LANGUAGES)


def pairs() -> Iterator[tuple[str, str]]:
    """Each German sentence with its translation; the plural is a sentence of its own."""
    for entry in entries():
        if entry.msgid_plural:
            yield entry.msgid, entry.msgstr_plural[0]
            yield entry.msgid_plural, entry.msgstr_plural[1]
        else:
            yield entry.msgid, entry.msgstr


def end(text: str) -> str:
    """The sign a sentence ends with, or nothing; a label has none."""
    return text[-1] if text[-1:] in ENDS else ""


def test_every_sentence_of_the_package_is_in_the_catalogue_and_no_other() -> None:
    assert {entry.msgid for entry in entries()} == set(translations.msgids())


def test_every_sentence_is_translated() -> None:
    assert [german for german, english in pairs() if not english.strip()] == []


def test_a_translation_has_the_slots_of_its_sentence() -> None:
    assert [
        german
        for german, english in pairs()
        if set(SLOT.findall(german)) != set(SLOT.findall(english))
    ] == []


def test_a_translation_has_the_markup_and_the_percent_signs_of_its_sentence() -> None:
    def kept(text: str) -> tuple[list[str], int]:
        return sorted(MARKUP.findall(text)), SLOT.sub("", text).count("%")

    assert [german for german, english in pairs() if kept(german) != kept(english)] == []


def test_a_count_before_a_word_says_one_and_many() -> None:
    """Where a sentence has no plural, the count stands apart: "Fehler: 1"."""
    counted = re.compile(r"(?:\{count\}|%\(count\)s) (?!Fehler)\w+")  # one fault is "1 Fehler"
    texts = [e.msgid for e in entries() if not e.msgid_plural]
    texts += [e.msgstr for e in entries() if not e.msgid_plural]
    assert [text for text in texts if counted.search(text)] == []


def test_a_translation_is_not_the_german_sentence() -> None:
    same = {german for german, english in pairs() if german == english}
    assert same <= SAME_IN_BOTH


def test_no_german_word_is_left_in_a_translation() -> None:
    assert [english for _german, english in pairs() if GERMAN.search(english)] == []


def test_no_translation_takes_over_a_german_word() -> None:
    """A translation that takes over a German word is a decision, to be named here."""
    taken = {
        word
        for german, english in pairs()
        for word in set(re.findall(r"[A-Z]\w{11,}", german)) & set(re.findall(r"\w+", english))
    }
    names = {word for word in taken if word.startswith("ZIELWERK_")}  # in both languages
    assert taken - names == {"Organisation"}


def test_sentences_end_alike() -> None:
    assert [german for german, english in pairs() if end(german) != end(english)] == []


def test_a_translation_has_no_blanks_around_it() -> None:
    assert [english for _german, english in pairs() if english != english.strip()] == []


def test_quotation_marks_are_english_and_close() -> None:
    texts = [re.sub(r"<[^>]*>", "", english) for _german, english in pairs()]
    wrong = [
        english
        for english in texts
        if "„" in english or '"' in english or english.count("“") != english.count("”")
    ]
    assert wrong == []


@pytest.mark.parametrize("code", translations.LANGUAGES)
def test_the_compiled_catalogue_says_one_and_many(code: str, tmp_path: Path) -> None:
    source = polib.pofile(str(translations.catalogue(code)))
    compiled = tmp_path / "django.mo"
    source.save_as_mofile(str(compiled))
    with compiled.open("rb") as file:
        spoken = gettext.GNUTranslations(file)
    plurals = [entry for entry in source if entry.msgid_plural]
    assert plurals
    for entry in plurals:
        for number, form in ((0, 1), (1, 0), (2, 1)):
            said = spoken.ngettext(entry.msgid, entry.msgid_plural, number)
            assert said == entry.msgstr_plural[form]


OLD = "Diese Erfassung wurde inzwischen geändert."
MENDED = "Diese Erfassung wurde inzwischen von jemand anderem geändert."
ENGLISH = "This recording was changed meanwhile."
OTHER, OTHER_ENGLISH = "Der Betrag fehlt.", "The amount is missing."


def renewed(known: polib.POFile, *needed: str) -> polib.POFile:
    """The catalogue after collecting these sentences, as it stands on disk."""
    made = translations.renewed(known, dict.fromkeys(needed, ("", "agreements/actions.py")))
    return polib.pofile(str(made))  # written and read again


@pytest.fixture
def known() -> polib.POFile:
    catalogue = polib.POFile()
    catalogue.append(polib.POEntry(msgid=OLD, msgstr=ENGLISH))
    catalogue.append(polib.POEntry(msgid=OTHER, msgstr=OTHER_ENGLISH))
    return catalogue


def test_a_mended_sentence_keeps_its_translation_until_somebody_looks(known: polib.POFile) -> None:
    made = renewed(known, MENDED, OTHER)
    entry, other = made.find(MENDED), made.find(OTHER)
    assert (entry.msgstr, entry.fuzzy, entry.previous_msgid) == (ENGLISH, True, OLD)
    assert (other.msgstr, other.fuzzy) == (OTHER_ENGLISH, False)
    (fault,) = translations.faults(made, [MENDED, OTHER])
    assert all(text in fault for text in (MENDED, OLD, ENGLISH))

    again = renewed(made, MENDED, OTHER)
    assert again.find(MENDED).fuzzy
    twice = renewed(made, MENDED + " Bitte laden Sie neu.", OTHER)
    assert twice.fuzzy_entries()[0].previous_msgid == OLD  # what the English translates

    entry.flags.remove("fuzzy")
    seen = renewed(made, MENDED, OTHER)
    assert list(translations.faults(seen, [MENDED, OTHER])) == []
    assert seen.find(MENDED).previous_msgid is None


def test_a_mended_sentence_keeps_one_and_many() -> None:
    known = polib.POFile()
    plural = {0: "{number} case waits", 1: "{number} cases wait"}
    known.append(polib.POEntry(msgid="{n} wartet", msgid_plural="{n} warten", msgstr_plural=plural))
    made = translations.renewed(known, {"{n} wartet jetzt": ("{n} warten jetzt", "desk/views.py")})
    (entry,) = made.fuzzy_entries()
    assert entry.msgstr_plural == plural


def test_a_new_sentence_like_no_old_one_waits_for_its_translation(known: polib.POFile) -> None:
    made = renewed(known, OTHER, "Sehr geehrte Damen und Herren")
    assert [entry.msgid for entry in made.untranslated_entries()] == [
        "Sehr geehrte Damen und Herren"
    ]
    assert made.fuzzy_entries() == []


def test_until_somebody_looked_the_german_sentence_is_shown(
    known: polib.POFile, tmp_path: Path
) -> None:
    compiled = tmp_path / "django.mo"
    renewed(known, MENDED, OTHER).save_as_mofile(str(compiled))
    with compiled.open("rb") as file:
        spoken = gettext.GNUTranslations(file)
    assert spoken.gettext(MENDED) == MENDED
    assert spoken.gettext(OTHER) == OTHER_ENGLISH


def test_nothing_is_left_to_look_at() -> None:
    assert [entry.msgid for entry in entries() if entry.fuzzy] == []
