"""What pages say of agreements is either paired with what they say of notices, or true of both."""

import re
from collections.abc import Iterator
from pathlib import Path

import polib

import zielwerk
from zielwerk.ui.notices import NOTICES, SEVERAL

HOUSE = Path(zielwerk.__file__).parent
AGREED = re.compile(r"vereinbar|\bagreed\b|\bagreements?\b", re.IGNORECASE)
PAIRED = {*NOTICES, *(form for pair in SEVERAL for form in pair)}
TRUE_OF_BOTH = {
    # Of the law on accessibility.
    "vollständig vereinbar",
    "teilweise vereinbar",
    "nicht vereinbar",
    "{file}, Zeile {line}, {field}: Vollständig vereinbar kann nichts sein, das noch Barrieren "
    "aufzählt (hier {count}).",
    # Of those who are joined or split.
    "Zum Beispiel die Vereinbarung der Beteiligten oder ein Gesetz.",
    # Of a document with two sides; one with one side has its own.
    "die Vereinbarungspartner",
    "Verbucht: {amount} für {name} {year} vereinbart ({number}).",
    "{amount} gelten für {name} im Programmjahr {year} als vereinbart. Danach ändert das nur "
    "eine erfasste Änderung der Vereinbarung oder, wo die Erfassung ein Irrtum war, ihre Aufhebung "
    "durch zwei Personen.",
    # For authors of packs, before there is a programme; the table is called so.
    "{file}, Zeile {line}, {field}: Erfundene Vereinbarungen brauchen erfundene Kennzahlen "
    "([[indicators]]), nach denen das Geld verteilt wird.",
}
"""Each with the reason why it needs no pair."""

SAID_BY_DJANGO = re.compile(
    r'(?:gettext(?:_lazy)?|\b_)\(\s*"((?:[^"\\]|\\.)*)"|\{% translate "([^"]*)"'
)
FITTED = re.compile(r"\{% fit(?: [^%]*)?%\}(.*?)\{% endfit %\}", re.DOTALL)


def sources() -> Iterator[str]:
    for path in HOUSE.rglob("*"):
        if path.suffix in (".py", ".html"):
            yield path.read_text()


def test_every_sentence_about_agreements_has_a_wording_for_notices() -> None:
    catalogue = polib.pofile(str(HOUSE / "locale/en/LC_MESSAGES/django.po"))
    about = {
        entry.msgid
        for entry in catalogue
        if AGREED.search(" ".join((entry.msgid, entry.msgstr, *entry.msgstr_plural.values())))
        and "%(agreement" not in entry.msgid
    }
    assert about - PAIRED == TRUE_OF_BOTH


def test_what_is_said_of_notices_says_nothing_of_agreements() -> None:
    catalogue = polib.pofile(str(HOUSE / "locale/en/LC_MESSAGES/django.po"))
    english = {entry.msgid: entry.msgstr or entry.msgstr_plural[0] for entry in catalogue}
    said = [*NOTICES.values(), *(form for pair in SEVERAL.values() for form in pair)]
    assert [text for text in said if AGREED.search(text + english.get(text, ""))] == []
    assert [text for text in said if text in PAIRED] == []


def test_no_page_says_one_wording_without_asking_which() -> None:
    texts = list(sources())
    plain = {hit for text in texts for pair in SAID_BY_DJANGO.findall(text) for hit in pair}
    assert plain & set(NOTICES) == set()
    fitted = {" ".join(hit.split()) for text in texts for hit in FITTED.findall(text)}
    assert fitted
    assert fitted <= set(NOTICES)
