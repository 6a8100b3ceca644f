"""Documents generated from the code: a stale one fails the build."""

import argparse
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import grimp

from zielwerk.config.pack_fields import field_table
from zielwerk.config.settings import PACKAGE, ROOMS
from zielwerk.core import cases, matrix, permissions, roles
from zielwerk.packs import walk
from zielwerk.rulebook.lifecycle import Lifecycle

ROOT = Path(__file__).resolve().parents[3]
FLOORS = (
    "config",
    *reversed(ROOMS),
    "drafting",
    "signing",
    "scans",
    "reading",
    "recognition",
    "typesetting",
    "tables",
    "packs",
    "apart",
    "language",
    "rulebook",
)
SECTIONS = {
    "models": "Tabellen",
    "roles": "Rollen",
    "adjustment_kinds": "Mitteländerungen",
    "party_kinds": "Arten von Beteiligten",
    "table_kinds": "Tabellen, die eingelesen werden",
    "permissions": "Handlungen",
    "books": "Bücher",
    "places": "Orte in den Büchern",
    "entry_codes": "Buchungsarten",
    "figures": "Beträge und Anzahlen",
    "terms": "Weitere Begriffe",
}
MARK = "<!-- generated: {name} -->"
END = "<!-- end -->"


def docs(arguments: list[str]) -> int:
    """`zielwerk docs [--check]`: write the generated parts, or say which are stale."""
    parser = argparse.ArgumentParser("zielwerk docs")
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args(arguments)
    stale = []
    for path, name, make in PARTS:
        file = ROOT / path
        before = file.read_text()
        after = with_part(before, name, make())
        if before != after:
            stale.append(path)
            if not options.check:
                file.write_text(after)
    if options.check and stale:
        print(f"Stale, run `make docs`: {', '.join(dict.fromkeys(stale))}", file=sys.stderr)
        return 1
    return 0


def with_part(text: str, name: str, part: str) -> str:
    """The text with the part between its marks replaced."""
    begin = MARK.format(name=name)
    head, marker, rest = text.partition(begin)
    _old, closed, tail = rest.partition(END)
    if not marker or not closed:
        raise ValueError(f"no marks for the generated part {name!r}")
    return f"{head}{begin}\n{part.strip()}\n{END}{tail}"


def picture() -> str:
    """The floors and their imports as a Mermaid diagram."""
    graph = grimp.build_graph("zielwerk", cache_dir=None)
    edges = set()
    for importer in sorted(graph.modules):
        for imported in graph.find_modules_directly_imported_by(importer):
            pair = tuple(name.split(".")[1] for name in (importer, imported) if "." in name)
            if len(pair) == 2 and pair[0] != pair[1] and set(pair) <= set(FLOORS):
                edges.add(pair)
    lines = ["```mermaid", "flowchart TD"]
    lines += [f"    {floor}" for floor in FLOORS]
    lines += [
        f"    {upper} --> {lower}"
        for upper, lower in sorted(edges, key=lambda edge: tuple(map(FLOORS.index, edge)))
        if upper != "config"
    ]
    return "\n".join([*lines, "```"])


def role_matrix() -> str:
    """The permission table by sides and their roles."""
    sides = roles.SIDE_LABELS
    lines = [f"| Handlung | {' | '.join(sides.values())} | Grenzen |"]
    lines.append("|---" * (len(sides) + 2) + "|")
    for line in matrix.lines():
        row = line.permission
        limits = "; ".join(line.limits)
        cells = " | ".join(_of_side(line, side) for side in sides)
        lines.append(f"| {row.label} (`{row.name}`) | {cells} | {limits or '–'} |")
    return "\n".join(lines)


def _of_side(line: matrix.Line, side: str) -> str:
    """Who of a side has a verb, in a cell."""
    having = line.of_side(side)
    if not having:
        return "–"
    names = "alle" if line.is_for_all(side) else ", ".join(roles.LABELS[role] for role in having)
    return f"{names}, je nach Programm" if line.depends(side) else names


def role_list() -> str:
    """The roles by sides."""
    lines = ["| Seite | Rolle | Name im Code |", "|---|---|---|"]
    for role in roles.ROLES.values():
        lines.append(f"| {roles.SIDE_LABELS[role.side]} | {role.label} | `{role.name}` |")
    return "\n".join(lines)


def case_kinds() -> str:
    """Every kind of case: its states as a diagram, its steps with permission, basis and task."""
    return "\n\n".join(
        "\n".join([f"## {kind.label}", *(lifecycle_section(table) for table in kind.tables)])
        for kind in cases.KINDS.values()
    )


def lifecycle_section(table: Lifecycle) -> str:
    """One table of steps."""
    lines = ["", f"```mermaid\n{table.mermaid()}```", ""]
    lines += ["| Schritt | Handlung | Grundlage | gefragt |", "|---|---|---|---|"]
    for step in table.steps:
        task = step.task[0] if step.task else "–"
        lines.append(f"| {step.label} | {permissions.label(step.by)} | {step.basis} | {task} |")
    return "\n".join(lines)


def heading(section: str) -> str:
    """The German heading of a section; the states of a kind of case name the kind."""
    kind = cases.KINDS.get(section.removesuffix("_states"))
    return f"Stände: {kind.label}" if kind else SECTIONS[section]


def glossary() -> str:
    """Every term of the glossary, by section, German first."""
    sections = tomllib.loads((PACKAGE / "glossary.toml").read_text())
    lines = []
    for section, terms in sections.items():
        # What has a definition says it in place of a legal basis.
        column, field = "Grundlage", "basis"
        if any("definition" in row for row in terms.values()):
            column, field = "Bedeutung", "definition"
        lines += [
            f"## {heading(section)}",
            "",
            f"| Deutsch | Englisch im Code | {column} |",
            "|---|---|---|",
        ]
        lines += [
            f"| {row['de']} | `{name}` | {row.get(field, '–')} |"
            for name, row in sorted(terms.items(), key=lambda pair: pair[1]["de"].lower())
        ]
        lines.append("")
    return "\n".join(lines)


def screen_reader_walk() -> str:
    """The protocol for a walk with a screen reader, with room for what was heard."""
    protocol = walk.load()
    if protocol.done:
        lines = [f"- {done.day:%d.%m.%Y}: {done.reader} {done.version}" for done in protocol.done]
    else:
        lines = ["**Stand: noch nicht durchgeführt.**"]
    lines += ["", "## Womit", ""]
    lines += [f"- {tool.name}, {tool.system}, {tool.browser}" for tool in protocol.reader]
    lines += ["", "## Vorher", "", *(f"- {line}" for line in protocol.before)]
    lines += ["", "## Wie schwer ein Befund wiegt", "", "| Schwere | Bedeutung |", "|---|---|"]
    lines += [f"| {level.name} | {level.meaning} |" for level in protocol.severity]
    for number, task in enumerate(protocol.task, start=1):
        lines += ["", f"## {number}. {task.title}", "", f"Als {task.who}. Beginn: {task.start}."]
        lines += ["", "| | Tun | Zu hören | Gehört | Schwere |", "|---|---|---|---|---|"]
        lines += [
            f"| {place} | {step.do} | {step.hear} | | |"
            for place, step in enumerate(task.steps, start=1)
        ]
    return "\n".join(lines)


PARTS: tuple[tuple[str, str, Callable[[], str]], ...] = (
    ("docs/architecture.md", "picture", picture),
    ("docs/handbook/rollen.md", "role list", role_list),
    ("docs/handbook/rollen.md", "roles", role_matrix),
    ("docs/handbook/vorgaenge.md", "cases", case_kinds),
    ("docs/handbook/glossar.md", "glossary", glossary),
    ("docs/handbook/rundgang.md", "walk", screen_reader_walk),
    ("docs/handbook/paket-felder.md", "fields", field_table),
)
