"""Where a source tree writes to the database, and whether each write is reached by a verb only.

Read from the text of every module. What stands at the top of a module (a function, a class, a
table) is one `Thing`; it writes where its own text does, or where it uses another that writes
and is no verb. Whoever uses a verb writes through the verb's door, which is the point.
"""

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

MARKS = frozenset(
    {"core.actions.action", "core.cases.step"}
)  # decorators that make a function a verb
SHELF = "actions"

WRITING = {"save", "create", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
WRITING |= {"delete"} | {f"a{name}" for name in (*WRITING, "delete")}
SESSIONS = {"django.contrib.auth.login", "django.contrib.auth.logout"}
OF_MANY = {"add", "set", "remove", "clear"}  # what a related manager writes by
RAW = {"execute", "executemany", "raw"}
STATEMENT = re.compile(
    r"\b(INSERT\s+(OR\s+\w+\s+)?INTO|UPDATE\s+\S+\s+SET|DELETE\s+FROM|REPLACE\s+INTO|MERGE\s+INTO"
    r"|CREATE|DROP|ALTER|TRUNCATE)\b",
    re.IGNORECASE,
)

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(eq=False)
class Thing:
    """What stands under one name at the top of a module."""

    path: str  # e.g. ``agreements.actions.accept``
    module: str
    nodes: list[ast.stmt]
    lines: list[int] = field(default_factory=list)  # where its own text writes
    uses: set[str] = field(default_factory=set)
    is_verb: bool = False

    @property
    def is_private(self) -> bool:
        return self.path.removeprefix(f"{self.module}.").startswith("_")

    @property
    def is_on_the_shelf(self) -> bool:
        return self.module.split(".")[1:2] == [SHELF]


@dataclass(eq=False)
class Module:
    name: str
    tree: ast.Module
    imports: dict[str, str]  # local name -> path it stands for
    names: dict[str, list[ast.stmt]]  # name -> the statements that bind it


class Tree:
    """A package's source, read whole: ``folder`` is the package itself."""

    def __init__(self, folder: Path) -> None:
        self.modules = {}
        for file in sorted(folder.rglob("*.py")):
            parts = file.relative_to(folder).with_suffix("").parts
            if "migrations" in parts:
                continue
            is_package = parts[-1] == "__init__"
            name = ".".join(parts[:-1] if is_package else parts)
            self.modules[name] = module(name, is_package, folder.name, file.read_text())
        self.things = {
            f"{one.name}.{name}": Thing(f"{one.name}.{name}", one.name, nodes)
            for one in self.modules.values()
            for name, nodes in one.names.items()
        }
        for thing in self.things.values():
            self._read(thing)

    @cached_property
    def managers(self) -> set[str]:
        """Names under which a thing reaches many others, as the models declare them."""
        found = set()
        for one in self.modules.values():
            for node in ast.walk(one.tree):
                if isinstance(node, ast.keyword) and node.arg == "related_name":
                    found |= {text for text in texts(node.value) if not text.endswith("+")}
                if isinstance(node, ast.Assign) and words_of(node.value)[-1] == "ManyToManyField":
                    found |= {target.id for target in node.targets if isinstance(target, ast.Name)}
        return found

    def resolved(self, path: str) -> str:
        """The thing itself behind a name that another module hands on."""
        while path not in self.things:
            head, _, name = path.rpartition(".")
            known = self.modules.get(head)
            if known is None or name not in known.imports or known.imports[name] == path:
                break
            path = known.imports[name]
        return path

    def named(self, home: Module, words: list[str]) -> str:
        """What ``words`` (a name and its attributes) mean in a module."""
        path = home.imports.get(words[0], f"{home.name}.{words[0]}")
        for word in words[1:]:
            if self.resolved(path) in self.things:
                break
            path = f"{self.resolved(path)}.{word}"
        return self.resolved(path)

    def _read(self, thing: Thing) -> None:
        home = self.modules[thing.module]
        for node in thing.nodes:
            marks = node.decorator_list if isinstance(node, Function) else []
            thing.is_verb |= any(self.named(home, words_of(mark)) in MARKS for mark in marks)
            for words in references(node):
                path = self.named(home, words)
                if path != thing.path and path not in MARKS:
                    thing.uses.add(path)
            for call in ast.walk(node):
                if isinstance(call, ast.Call) and self._writes(home, node, call):
                    thing.lines.append(call.lineno)

    def _writes(self, home: Module, node: ast.stmt, call: ast.Call) -> bool:
        if isinstance(call.func, ast.Name):
            return self.named(home, [call.func.id]) in SESSIONS
        if not isinstance(call.func, ast.Attribute):
            return False
        verb = call.func.attr
        if verb in ("update", "aupdate"):  # a dictionary's or a hash's update names no field
            return bool(call.keywords) and not call.args
        if verb in OF_MANY | {f"a{name}" for name in OF_MANY}:
            many = words_of(call.func)[-2]
            return many in self.managers or many.endswith("_set")
        if verb in RAW and call.args:
            said = list(all_texts(call.args[0], node, home))
            return not said or any(STATEMENT.search(text) for text in said)
        return verb in WRITING or self.named(home, words_of(call.func)) in SESSIONS

    def writers(self, trusted: Mapping[str, str]) -> dict[str, str]:
        """Path of everything that writes past a verb, with where it does so."""
        found = {
            path: f"line {thing.lines[0]}"
            for path, thing in self.things.items()
            if thing.lines and not thing.is_verb
        }
        waiting = list(found)
        users: dict[str, list[str]] = {}
        for path, thing in self.things.items():
            for used in thing.uses:
                users.setdefault(used, []).append(path)
        while waiting:
            path = waiting.pop()
            for user in users.get(path, ()) if path not in trusted else ():
                if user not in found and not self.things[user].is_verb:
                    found[user] = f"through {path}"
                    waiting.append(user)
        return found


def module(name: str, is_package: bool, package: str, text: str) -> Module:
    tree = ast.parse(text)
    found = Module(name, tree, {}, {})
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            start = origin(node, name, is_package, package)
            for one in node.names:
                found.imports[one.asname or one.name] = f"{start}.{one.name}".lstrip(".")
        elif isinstance(node, ast.Import):
            for one in node.names:
                if one.asname:
                    found.imports[one.asname] = one.name.removeprefix(f"{package}.")
    for node in tree.body:
        for bound in bound_by(node):
            found.names.setdefault(bound, []).append(node)
    return found


def origin(node: ast.ImportFrom, name: str, is_package: bool, package: str) -> str:
    """Where an import takes from; paths inside the package begin below it."""
    if node.level:
        here = name.split(".")
        above = here[: len(here) - node.level + is_package]
        return ".".join((*above, *filter(None, [node.module])))
    path = node.module or ""
    return "" if path == package else path.removeprefix(f"{package}.")


def bound_by(node: ast.stmt) -> list[str]:
    if isinstance(node, Function | ast.ClassDef):
        return [node.name]
    if isinstance(node, ast.Import | ast.ImportFrom):
        return []
    stored = [
        one.id
        for one in ast.walk(node)
        if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)
    ]
    return stored or ["<module>"]  # something that is done when the module is imported


def words_of(node: ast.expr) -> list[str]:
    """``a.b.c`` or a call of it as words; what is no name is an empty one."""
    if isinstance(node, ast.Call):
        return words_of(node.func)
    if isinstance(node, ast.Attribute):
        return [*words_of(node.value), node.attr]
    return [node.id if isinstance(node, ast.Name) else ""]


def references(node: ast.AST, hidden: frozenset[str] = frozenset()) -> Iterator[list[str]]:
    """The names that a piece of code uses; notes of types and names bound inside are none."""
    if isinstance(node, Function | ast.Lambda):
        hidden |= bound_inside(node)
    if isinstance(node, ast.Attribute | ast.Name) and isinstance(node.ctx, ast.Load):
        words = words_of(node)
        if words[0] and words[0] not in hidden:
            yield words
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield from references(child, hidden)


def bound_inside(function: Function | ast.Lambda) -> frozenset[str]:
    inner = ast.walk(function)
    return frozenset(
        one.arg if isinstance(one, ast.arg) else one.id
        for one in inner
        if isinstance(one, ast.arg)
        or (isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store))
    )


def texts(node: ast.AST) -> Iterator[str]:
    for one in ast.walk(node):
        if isinstance(one, ast.JoinedStr):
            yield "".join(str(p.value) if isinstance(p, ast.Constant) else "x" for p in one.values)
        elif isinstance(one, ast.Constant) and isinstance(one.value, str):
            yield one.value


def all_texts(said: ast.expr, node: ast.stmt, home: Module) -> Iterator[str]:
    """Every text that an expression may hold, through the names that it is made of."""
    waiting: list[ast.AST] = [said]
    seen: set[str] = set()
    while waiting:
        part = waiting.pop()
        yield from texts(part)
        names = {one.id for one in ast.walk(part) if isinstance(one, ast.Name)} - seen
        seen |= names
        for name in names:
            waiting += [one.value for one in bindings(node, name)]
            for statement in home.names.get(name, ()):
                waiting += [one.value for one in bindings(statement, name)]


@dataclass(frozen=True)
class Binding:
    value: ast.expr


def bindings(node: ast.AST, name: str) -> Iterator[Binding]:
    """What a name is set to somewhere in a piece of code."""
    for one in ast.walk(node):
        if isinstance(one, ast.Assign | ast.NamedExpr | ast.AnnAssign | ast.AugAssign):
            targets = one.targets if isinstance(one, ast.Assign) else [one.target]
            value = one.value
        elif isinstance(one, ast.For | ast.comprehension):
            targets, value = [one.target], one.iter
        else:
            continue
        stored = {n.id for target in targets for n in ast.walk(target) if isinstance(n, ast.Name)}
        if name in stored and value is not None:
            yield Binding(value)


def faults(
    folder: Path, inside: Mapping[str, str] | None = None, outside: Mapping[str, str] | None = None
) -> list[str]:
    """Every write of a package that is no action, as a line that says where.

    ``inside`` names what writes for the verbs that call it and is called by verbs only;
    ``outside`` what writes without a verb, each with its reason.
    """
    inside, outside = inside or {}, outside or {}
    tree = Tree(folder)
    writers = tree.writers(outside)
    named = {**inside, **outside}
    found = [f"{path} is named as an exception and needs none" for path in named.keys() - writers]
    for path, how in writers.items():
        thing = tree.things[path]
        if path in named or (thing.is_on_the_shelf and thing.is_private):
            continue
        where = "is no action" if thing.is_on_the_shelf else f"stands outside {SHELF}"
        found.append(f"{path} writes ({how}) and {where}")
    for path, thing in tree.things.items():
        if thing.is_verb and not thing.is_on_the_shelf:
            found.append(f"{path} is an action and stands outside {SHELF}")
    return sorted(found + nothing_found(tree))


def nothing_found(tree: Tree) -> list[str]:
    """A check that looked at nothing is no check: every shelf of actions has its verbs."""
    verbs = [thing for thing in tree.things.values() if thing.is_verb]
    if not any(thing.lines for thing in tree.things.values()) or not verbs:
        return ["no action and no write was found"]
    made_by = {mark.rpartition(".")[0] for mark in MARKS}
    shelves = {name.split(".")[0] for name in tree.modules if name.split(".")[1:2] == [SHELF]}
    shelves -= {name.split(".")[0] for name in made_by}
    idle = shelves - {thing.module.split(".")[0] for thing in verbs}
    return [f"no action was found in {room}.{SHELF}" for room in idle]
