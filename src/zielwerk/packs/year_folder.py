"""Reading the folder of one programme year: ``year.toml``, ``clauses/`` and ``letters/``."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from zielwerk.packs import checks
from zielwerk.packs.faults import MISSING, DataFile, Place, Report
from zielwerk.packs.files import entries, entry, read_toml
from zielwerk.packs.model import (
    AllocationKey,
    Amount,
    CostCategory,
    Deadline,
    Earmark,
    Entry,
    Framework,
    Indicator,
    LegalArea,
    MeasureType,
    MoneySource,
    Parameter,
    PassingOn,
    Source,
    Stage,
    TargetGroup,
)
from zielwerk.packs.procedures import chain
from zielwerk.packs.wording import read_clauses, read_letters
from zielwerk.rulebook.refusal import msg

TABLES: dict[str, tuple[str, type[Entry]]] = {
    "measure_type": ("measure_types", MeasureType),
    "legal_area": ("legal_areas", LegalArea),
    "framework": ("frameworks", Framework),
    "money_source": ("money_sources", MoneySource),
    "earmark": ("earmarks", Earmark),
    "target_group": ("target_groups", TargetGroup),
    "cost_category": ("cost_categories", CostCategory),
    "indicator": ("indicators", Indicator),
    "allocation_key": ("allocation_keys", AllocationKey),
    "stage": ("stages", Stage),
    "passing_on": ("passing_on", PassingOn),
    "deadline": ("deadlines", Deadline),
    "parameter": ("parameters", Parameter),
}
"""Every ``[[table]]`` of ``year.toml``: the field of the year and the entry it holds."""

_REQUIRED = ("measure_type", "stage")
_CODED = (
    *("legal_area", "framework", "money_source", "earmark"),
    *("target_group", "cost_category", "indicator", "passing_on"),
)
_NO_SOURCE = msg(
    "{file}, Zeile {line}, {field}: Zu einem veröffentlichten Betrag gehört seine Quelle"
    " (published_total_source)."
)


class _Head(Entry):
    """What ``year.toml`` says above its tables."""

    label: str
    budget_name: str
    clauses: tuple[str, ...]
    published_total_cents: Amount | None = None
    published_total_source: Source | None = None


def read_year(folder: Path, root: Path, report: Report) -> dict[str, object] | None:
    """The fields of :class:`~zielwerk.packs.model.Year` that its folder holds.

    None where the head cannot be read; a fault is noted then. The folder's name is the year.
    """
    letters = read_letters(folder / "letters", root, report)
    files = sorted((folder / "clauses").glob("*.md"))
    clauses = read_clauses(files, root, report)
    if len(clauses) == len(files):
        checks.clauses(clauses, report)
    read = read_toml(folder / "year.toml", root, report)
    if read is None:
        return None
    file, data = read
    tables = _read_tables(file, data, int(folder.name), report)
    head = entry(_Head, data, Place(file), report)
    if head is None:
        return None
    if head.published_total_cents is not None and head.published_total_source is None:
        report.add(Place(file), "published_total_cents", _NO_SOURCE)
    texts = {path.stem: DataFile(path.relative_to(root).as_posix(), "") for path in files}
    checks.listed_clauses(texts, head.clauses, Place(file), report)
    order = {texts[name].name: n for n, name in enumerate(head.clauses) if name in texts}
    clauses.sort(key=lambda one: order.get(one[0].file.name, 0))
    return {
        **head.model_dump(exclude={"clauses"}),
        **{field: _values(tables[table]) for table, (field, _) in TABLES.items()},
        "year": int(folder.name),
        "clauses": _values(clauses),
        "letters": tuple(letters),
    }


def _read_tables(
    file: DataFile, data: dict[str, Any], year: int, report: Report
) -> dict[str, list[tuple[Place, Any]]]:
    """The entries of every table; takes the tables out of ``data``."""
    for table in _REQUIRED:
        if table not in data:
            report.add(Place(file), table, MISSING)
    declared = {table: _codes(data.get(table)) for table in _CODED}
    steps = len(_codes(data.get("stage")))
    read: dict[str, list[tuple[Place, Any]]] = {
        table: entries(kind, file, data, table, report) for table, (_, kind) in TABLES.items()
    }
    if len(read["stage"]) == steps:
        read["stage"] = chain(read["stage"], report)
    checks.measure_types(read["measure_type"], report)
    for table in _CODED:
        checks.unique(read[table], "code", lambda one: (one.code,), report)
    checks.in_order(read["framework"], report)
    checks.in_order(read["parameter"], report)
    checks.not_at_once(read["parameter"], "code", lambda one: (one.code,), report)
    checks.deadlines(read["deadline"], year, report)
    sources = declared["money_source"]
    checks.known(read["earmark"], "money_sources", lambda one: one.money_sources, sources, report)
    keys = read["allocation_key"]
    checks.allocation_keys(keys, declared["indicator"], declared["earmark"], report)
    return read


def _codes(raws: object) -> list[str]:
    """Codes as written, so that an entry with a fault is not told to be missing as well."""
    listed = raws if isinstance(raws, list) else []
    return [str(raw.get("code")) for raw in listed if isinstance(raw, dict)]


def _values(placed: Iterable[tuple[Place, Entry]]) -> tuple[Entry, ...]:
    return tuple(one for _, one in placed)
