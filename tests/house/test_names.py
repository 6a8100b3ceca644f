"""Every name of the business stands in the glossary, one to one with its German term."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps

import zielwerk
from zielwerk.core import permissions
from zielwerk.identity.models import Role
from zielwerk.imports.models import ImportState
from zielwerk.imports.queries import KINDS
from zielwerk.ledger.models import Book, EntryCode, Place
from zielwerk.programme.models.parties import PartyKind
from zielwerk.rulebook.adjustment import ADJUSTMENT, KIND_LABELS
from zielwerk.rulebook.agreement import INTAKE
from zielwerk.rulebook.scenario import LABELS

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
    ("intake_states", dict(INTAKE.labels)),
    ("scenario_states", dict(LABELS)),
    ("adjustment_kinds", dict(KIND_LABELS)),
    ("adjustment_states", dict(ADJUSTMENT.labels)),
    ("party_kinds", dict(PartyKind.choices)),
    ("import_kinds", {code: kind.label for code, kind in KINDS.items()}),
    ("import_states", dict(ImportState.choices)),
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
