"""The glossary holds every name of the business: one word a thing, in German and in English."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import polib
import pytest
from django.apps import apps

import zielwerk
from zielwerk.config import translations
from zielwerk.core import cases, permissions, roles
from zielwerk.imports.queries import KINDS
from zielwerk.ledger.models import Book, EntryCode, Place
from zielwerk.programme.models.parties import PartyKind
from zielwerk.rulebook.adjustment import KIND_LABELS

GLOSSARY: dict[str, dict[str, dict[str, str]]] = tomllib.loads(
    (Path(zielwerk.__file__).parent / "glossary.toml").read_text()
)
NAMES: list[tuple[str, dict[str, Any]]] = [
    (
        "models",
        {
            model.__name__: str(model._meta.verbose_name)
            for model in apps.get_models()
            if model.__module__.startswith("zielwerk.")
        },
    ),
    ("permissions", {name: row.label for name, row in permissions.TABLE.items()}),
    ("roles", roles.LABELS),
    # The states after a stage are words of the programme.
    *(
        (f"{name}_states", dict(kind.frame.labels if kind.frame else kind.labels))
        for name, kind in cases.KINDS.items()
    ),
    ("adjustment_kinds", dict(KIND_LABELS)),
    ("party_kinds", dict(PartyKind.choices)),
    ("table_kinds", {code: kind.label for code, kind in KINDS.items()}),
    ("books", dict(Book.choices)),
    ("places", dict(Place.choices)),
    ("entry_codes", dict(EntryCode.choices)),
]


@pytest.mark.parametrize(("section", "names"), NAMES, ids=[section for section, _ in NAMES])
def test_names_and_german_terms_agree_with_the_glossary(
    section: str, names: dict[str, str]
) -> None:
    assert {name: row["de"] for name, row in GLOSSARY[section].items()} == names


def test_a_term_names_one_thing_only() -> None:
    terms = Counter(
        (section, row["de"]) for section in GLOSSARY for row in GLOSSARY[section].values()
    )
    assert [term for term, times in terms.items() if times > 1] == []


TERMS = {
    f"{section}.{name}": {"section": section, "name": name, **row}
    for section, rows in GLOSSARY.items()
    for name, row in rows.items()
}
ENGLISH = {
    entry.msgid: entry.msgstr or entry.msgstr_plural.get(0, "")
    for entry in polib.pofile(str(translations.catalogue("en")))
}


def words(identifier: str) -> str:
    """An identifier as words: ``RuleVersion`` and ``rule_version`` are "rule version"."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", identifier).replace("_", " ").lower()


def shown(term: dict[str, str]) -> str:
    """The term's English translation as words; empty where people never read it in English."""
    return ENGLISH.get(term["de"], "").lower().replace("-", " ")


def linked(first: str, second: str, field: str) -> bool:
    """Whether one of two terms names the other in ``field``."""
    return TERMS[first].get(field) == second or TERMS[second].get(field) == first


def term_pairs() -> Iterator[tuple[str, str]]:
    """Every two terms; permissions are sentences and compared by themselves."""
    return combinations([key for key in TERMS if not key.startswith("permissions.")], 2)


def test_a_german_term_has_one_identifier() -> None:
    """A second identifier for the same thing is declared: ``same_as``."""
    assert [
        (first, second)
        for first, second in term_pairs()
        if TERMS[first]["de"] == TERMS[second]["de"]
        and words(TERMS[first]["name"]) != words(TERMS[second]["name"])
        and not linked(first, second, "same_as")
    ] == []


def test_an_identifier_has_one_german_term() -> None:
    """A second thing under the same identifier is declared: ``unlike``."""
    assert [
        (first, second)
        for first, second in term_pairs()
        if TERMS[first]["de"] != TERMS[second]["de"]
        and words(TERMS[first]["name"]) == words(TERMS[second]["name"])
        and not linked(first, second, "unlike")
    ] == []


def test_no_two_terms_share_an_english_word() -> None:
    """Neither two terms of the glossary, nor a term and another label of the pages."""
    terms = {term["de"]: shown(term) for term in TERMS.values() if shown(term)}
    others = {msgid: english.lower().replace("-", " ") for msgid, english in ENGLISH.items()}
    inflected = {"Deckung": "decken"}  # noun and verb of one act
    assert [
        (german, msgid, english)
        for german, english in terms.items()
        for msgid, other in others.items()
        if english == other and msgid.lower() != german.lower() and inflected.get(german) != msgid
    ] == []


def spoken_alike(term: dict[str, str]) -> bool:
    """A permission's translation begins with its verb; any other term is its identifier."""
    english = shown(term)
    if "en" in term:
        return english == term["en"].lower().replace("-", " ")
    if english and term["section"] == "permissions":
        return english.split()[0] == words(term["name"].partition(".")[2]).split()[0]
    return english in ("", words(term["name"]))


def test_people_and_code_speak_alike_or_the_glossary_says_how_not() -> None:
    assert {key: shown(term) for key, term in TERMS.items() if not spoken_alike(term)} == {}


def test_the_glossary_points_only_at_its_own_terms() -> None:
    assert {
        term[field] for term in TERMS.values() for field in ("same_as", "unlike") if field in term
    } <= set(TERMS)
