"""Reading the folder of a programme year: ``year.toml``, ``clauses/`` and ``letters/``.

The first year of a programme is whole. A later one holds only what differs: of ``year.toml``
see :mod:`zielwerk.packs.inheritance`; a clause or letter takes the place of the one whose file
has its name, and clauses that the list no longer names are gone.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from zielwerk.packs import applications, checks, procedures
from zielwerk.packs.faults import MISSING, Place, Report
from zielwerk.packs.files import entry, read_toml, typed
from zielwerk.packs.folders import below
from zielwerk.packs.inheritance import NOTHING, Raw, Statements, take_over
from zielwerk.packs.model import (
    AllocationKey,
    Amount,
    ApplicationAttachment,
    Applying,
    BudgetOrder,
    Clause,
    Condition,
    CostCategory,
    CostPool,
    CostSource,
    Deadline,
    Declaration,
    Earmark,
    Entry,
    FlatRate,
    Framework,
    Indicator,
    Labelled,
    LegalArea,
    Letter,
    MeasureType,
    MoneySource,
    Notice,
    OtherFunding,
    Parameter,
    PassingOn,
    RegionalActor,
    SigningRule,
    Source,
    Stage,
    TargetGroup,
    TargetIndicator,
    Text,
)
from zielwerk.packs.wording import PARTS, read_clauses, read_letters
from zielwerk.rulebook.refusal import msg

TABLES: dict[str, tuple[str, type[Entry]]] = {
    "measure_type": ("measure_types", MeasureType),
    "legal_area": ("legal_areas", LegalArea),
    "framework": ("frameworks", Framework),
    "money_source": ("money_sources", MoneySource),
    "earmark": ("earmarks", Earmark),
    "target_group": ("target_groups", TargetGroup),
    "cost_category": ("cost_categories", CostCategory),
    "cost_source": ("cost_sources", CostSource),
    "other_funding": ("other_funding", OtherFunding),
    "flat_rate": ("flat_rates", FlatRate),
    "cost_pool": ("cost_pools", CostPool),
    "declaration": ("declarations", Declaration),
    "application_attachment": ("application_attachments", ApplicationAttachment),
    "target_indicator": ("target_indicators", TargetIndicator),
    "indicator": ("indicators", Indicator),
    "allocation_key": ("allocation_keys", AllocationKey),
    "budget_order": ("budget_orders", BudgetOrder),
    "stage": ("stages", Stage),
    "signing": ("signings", SigningRule),
    "passing_on": ("passing_on", PassingOn),
    "regional_actor": ("regional_actors", RegionalActor),
    "condition": ("conditions", Condition),
    "deadline": ("deadlines", Deadline),
    "parameter": ("parameters", Parameter),
}
"""Every ``[[table]]`` of ``year.toml``: the field of the year and the entry it holds."""

_REQUIRED = ("measure_type", "stage")
_CODED = (
    *("legal_area", "framework", "money_source", "earmark"),
    *("target_group", "cost_category", "cost_source", "other_funding"),
    *("flat_rate", "cost_pool", "declaration", "application_attachment"),
    "target_indicator",
    *("indicator", "signing", "passing_on", "regional_actor", "condition"),
)
_NO_SOURCE = msg(
    "{file}, Zeile {line}, {field}: Zu einem veröffentlichten Betrag gehört seine Quelle"
    " (published_total_source)."
)


_REVERSED = msg("{file}, Zeile {line}, {field}: Das Programmjahr endet, bevor es beginnt.")


class Head(Labelled):
    """The fields of ``year.toml`` above its tables."""

    budget_name: Text
    clauses: tuple[str, ...]
    begins: date | None = None
    ends: date | None = None
    draft: bool = False
    published_total_cents: Amount | None = None
    published_total_source: Source | None = None
    application: Applying | None = None
    notice: Notice | None = None


@dataclass(frozen=True)
class Resolved:
    """A year's rules, and what the year after it takes over.

    ``fields`` are those of :class:`~zielwerk.packs.model.Year` that a programme's folder holds;
    clauses and letters are kept by the names of their files without ``.md``.
    """

    fields: dict[str, object]
    statements: Statements
    clauses: dict[str, tuple[Place, Clause]]
    letters: dict[str, Letter]


NO_YEAR = Resolved({}, NOTHING, {}, {})
"""What a programme's first year rests on."""


def read_year(folder: Path, before: Resolved, root: Path, report: Report) -> Resolved | None:
    """One year on top of the one before; None where its head cannot be read."""
    letters = {**before.letters, **_read_letters(folder, before.letters, root, report)}
    own_files = _markdown(folder / "clauses")
    own_clauses = read_clauses(own_files, root, report)
    clauses = {**before.clauses, **own_clauses}
    read = read_toml(folder / "year.toml", root, report)
    first = _first_day(read[1] if read else {}, int(folder.name))
    statements = take_over(*read, before.statements, TABLES, first, report) if read else None
    if statements is None:
        return None
    tables = _read_tables(statements, int(folder.name), report)
    head = _read_head(statements, report)
    if head is None:
        return None
    if own_clauses.keys() == own_files.keys():
        _check_clauses(clauses, own_files, head, statements.head[0], root, report)
    in_order = {name: clauses[name] for name in head.clauses if name in clauses}
    fields = {
        **head.model_dump(exclude={"clauses", "draft"}),
        "begins": head.begins or date(int(folder.name), 1, 1),
        "ends": head.ends or date(int(folder.name), 12, 31),
        "is_draft": head.draft,
        **{field: _values(tables[table]) for table, (field, _) in TABLES.items()},
        "year": int(folder.name),
        "clauses": _values(in_order.values()),
        "letters": tuple(letters[code] for code in sorted(letters)),
    }
    return Resolved(fields, statements, in_order, letters)


def _first_day(head: Mapping[str, object], year: int) -> date:
    begins = head.get("begins")
    return begins if isinstance(begins, date) else date(year, 1, 1)


def _markdown(folder: Path) -> dict[str, Path]:
    """The Markdown files of a folder by name without ``.md``."""
    return {path.stem: path for path in below(folder) if path.suffix == ".md"}


def _read_head(statements: Statements, report: Report) -> Head | None:
    place, written = statements.head
    head = entry(Head, written, place, report)
    if head and head.begins and head.ends and head.ends < head.begins:
        report.add(place, "ends", _REVERSED)
    if head and head.published_total_cents is not None and head.published_total_source is None:
        report.add(place, "published_total_cents", _NO_SOURCE)
    applications.check_head(head.application if head else None, place, report)
    return head


def _read_letters(
    folder: Path, earlier: Mapping[str, Letter], root: Path, report: Report
) -> dict[str, Letter]:
    """The letters of the folder; those that code sets must be there, or in an earlier year."""
    files = _markdown(folder / "letters")
    for code in PARTS:
        if code not in files and code not in earlier:
            report.add_missing_file((folder / f"letters/{code}.md").relative_to(root).as_posix())
    return read_letters(files, root, report)


def _check_clauses(
    clauses: Mapping[str, tuple[Place, Clause]],
    own_files: Mapping[str, Path],
    head: Head,
    place: Place,
    root: Path,
    report: Report,
) -> None:
    """The list names clauses that are there, and each of the year's own; no number twice."""
    used = {name: each for name, each in clauses.items() if name in (*head.clauses, *own_files)}
    own_last = sorted(used, key=lambda name: name in own_files)
    checks.clauses([used[name] for name in own_last], report)
    names = {name: each[0].file.name for name, each in used.items()}
    checks.listed_clauses(names, head.clauses, place, report)


def _read_tables(
    statements: Statements, year: int, report: Report
) -> dict[str, list[tuple[Place, Any]]]:
    """The entries of every table."""
    written, head = statements.tables, statements.head[0]
    for table in _REQUIRED:
        if not written[table]:
            report.add(head, table, MISSING)
    read: dict[str, list[tuple[Place, Any]]] = {
        table: typed(kind, written[table], report) for table, (_, kind) in TABLES.items()
    }
    if len(read["stage"]) == len(written["stage"]):
        deadlines = _codes(written["deadline"])
        read["stage"] = procedures.in_order(read["stage"], deadlines, report)
    # What this year states comes last, so that a clash is told where it came in.
    checked = {
        table: sorted(placed, key=lambda placed: placed[0].file is head.file)
        for table, placed in read.items()
    }
    checks.measure_types(checked["measure_type"], report)
    for table in (*_CODED, "parameter", "budget_order"):
        checks.not_at_once(checked[table], "code", lambda entry: (entry.code,), report)
    checks.yes_or_no(checked["parameter"], "named_earmarks_first", report)
    for code in ("reminder_working_days", "move_reminder_working_days"):
        checks.few_days(checked["parameter"], code, report)
    for code in ("tranches_given", "tranches_taken"):
        checks.tranche_order(checked["parameter"], code, report)
    for placed in checked.values():
        checks.in_order(placed, report)
    checks.deadlines(checked["deadline"], year, report)
    sources = _codes(written["money_source"])
    earmarks = checked["earmark"]
    checks.declared_only(
        earmarks, "money_sources", lambda earmark: earmark.money_sources, sources, report
    )
    keys, indicators = checked["allocation_key"], _codes(written["indicator"])
    applications.check_year(checked, written, report)
    checks.budget_orders(checked["budget_order"], report)
    checks.allocation_keys(keys, indicators, _codes(written["earmark"]), report)
    return read


def _codes(raws: Iterable[Raw]) -> list[str]:
    """Codes as written, so that an entry with a fault is not told to be missing as well."""
    return [str(raw.get("code")) for _, raw in raws if isinstance(raw, dict)]


def _values(placed: Iterable[tuple[Place, Entry]]) -> tuple[Entry, ...]:
    return tuple(entry for _, entry in placed)
