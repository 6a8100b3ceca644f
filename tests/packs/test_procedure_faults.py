"""A document and its procedures that cannot work are refused, each with its line and what can."""

import shutil
from pathlib import Path

import pytest

from tests.packs.planting import change, line_of
from zielwerk.packs import folders, inspection
from zielwerk.packs.programme_folder import TAKEN

LFN, KBS = "lotsenfonds_nordmark", "kreisbudget_suedland"
PROGRAMME, YEAR = "programme.toml", "2025/year.toml"
SIDES, ADDRESS = 'sides = ["ministry", "body"]', 'address = "foerdervereinbarungen"'
COUNTED = (
    'guards = ["allocation_computed", "allocation_changes_something",'
    ' "allocation_counts_everybody"{}]'
)
COVERED = COUNTED.format(', "allocation_covered"')
PUBLISH = 'guards = ["publication_without_names"]\neffect = "published"'
CONFIRM = (
    'code = "confirm"\nlabel = "Bestätigen und erfassen"\nlabel_en = "Confirm and record"\n'
    'after = "accept"\nstate = "erfasst"\nstate_en = "recorded"\nside = "{}"'
)
PUBLISHED = 'state = "veröffentlicht"\nstate_en = "published"\nside = "{}"'

# name: (programme, file, what is replaced, by what, line that reads, field and sentence)
PLANTED = {
    "address of the software": (
        LFN, PROGRAMME, ADDRESS, 'address = "arbeit"', 'address = "arbeit"',
        "document.address: „arbeit“ ist eine Adresse der Software; vergeben sind: "
        f"{', '.join(sorted(TAKEN))}.",
    ),
    "side twice": (
        LFN, PROGRAMME, SIDES, 'sides = ["ministry", "body", "body"]',
        'sides = ["ministry", "body", "body"]', "document.sides: „body“ steht zweimal da.",
    ),
    "body alone": (
        LFN, PROGRAMME, SIDES, 'sides = ["body"]', 'sides = ["body"]',
        "document.sides: Die Gebietskörperschaft kann das Dokument nicht allein unterschreiben;"
        " möglich sind außerdem: ministry, authority.",
    ),
    "agreement of one side": (
        LFN, PROGRAMME, SIDES, 'sides = ["ministry"]', (YEAR, 'effect = "agreed"'),
        "stage.effect: „agreed“ passt nicht zu den Seiten des Dokuments in programme.toml"
        " (ministry); möglich ist: granted.",
    ),
    "notice of two sides": (
        KBS, PROGRAMME, 'sides = ["authority"]', 'sides = ["authority", "body"]',
        (YEAR, 'effect = "granted"'),
        "stage.effect: „granted“ passt nicht zu den Seiten des Dokuments in programme.toml"
        " (authority, body); möglich ist: agreed.",
    ),
    "allocation that nobody covers": (
        LFN, YEAR, COVERED, COVERED.replace(', "allocation_covered"', ', "allocation_computed"'),
        COVERED.replace(', "allocation_covered"', ', "allocation_computed"'),
        "stage.guards: Die letzte Stufe muss auch „allocation_covered“ prüfen.",
    ),
    "allocation that nobody computes": (
        LFN, YEAR, COVERED, 'guards = ["allocation_covered"]', 'guards = ["allocation_covered"]',
        "stage.guards: Die letzte Stufe muss auch „allocation_computed“ prüfen.",
    ),
    "publication with names": (
        LFN, YEAR, PUBLISH, 'guards = []\neffect = "published"', "guards = []",
        "stage.guards: Die letzte Stufe muss auch „publication_without_names“ prüfen.",
    ),
    "publication by the body": (
        LFN, YEAR, PUBLISHED.format("ministry"), PUBLISHED.format("body"), 'side = "body"',
        "stage.side: Diese Stufe nimmt nicht „body“; möglich sind: ministry, authority.",
    ),
    "recording by the body": (
        LFN, YEAR, CONFIRM.format("ministry"), CONFIRM.format("body"), 'side = "body"',
        "stage.side: Diese Stufe nimmt nicht „body“; möglich sind: ministry, authority.",
    ),
    "jurisdiction without law": (
        LFN, PROGRAMME, '"bund", "nordmark"]', '"bund", "nordland"]',
        'jurisdictions = ["bund", "nordland"]',
        "jurisdictions: „nordland“ gibt es hier nicht; möglich sind:"
        " bund, hessen, nordmark, suedland.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", PLANTED.values(), ids=PLANTED)
def test_what_cannot_work_is_told_with_its_line(tmp_path: Path, case: tuple) -> None:  # type: ignore[type-arg]
    code, name, old, new, anchor, sentence = case
    root = tmp_path / code
    shutil.copytree(folders.SHIPPED / code, root)
    change(root, name, old, new)
    file, anchor = anchor if isinstance(anchor, tuple) else (name, anchor)
    _, refusals = inspection.inspect(root)
    told = [each.msgid.format(**each.params) for each in refusals]
    assert f"{code}/{file}, Zeile {line_of(root, file, anchor)}, {sentence}" in told
