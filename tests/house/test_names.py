"""Every name of the business stands in the glossary, one to one with its German term."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps

import zielwerk
from zielwerk.core import cases, permissions
from zielwerk.identity.models import Role
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
    ("roles", dict(Role.choices)),
    *((f"{name}_states", dict(kind.labels)) for name, kind in cases.KINDS.items()),
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


@pytest.mark.parametrize("section", GLOSSARY)
def test_a_term_names_one_thing_only(section: str) -> None:
    terms = [row["de"] for row in GLOSSARY[section].values()]
    assert len(terms) == len(set(terms))
