"""The handbook's table of everything that a programme pack may say, made from its schema."""

import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from zielwerk.packs import cited, demo, demo_file, easy, folders, land, law, model, year_folder
from zielwerk.packs.model import Entry, Source

MEANINGS: Path = folders.SHIPPED / "fields.toml"
OWN_TABLES = frozenset(
    {
        "identifier",
        "body_kinds",
        "body_facts",
        "document",
        "procedures",
        "reading",
        "strategy",
        "amendment",
        "application",
        "notice",
    }
)
"""Fields of the programme and of a year that stand in tables of their own."""

FILES: tuple[tuple[str, tuple[tuple[str, type[Entry]], ...]], ...] = (
    (
        "programme.toml",
        (
            ("oben", model.Programme),
            ("[identifier]", model.Identifier),
            ("[[body_kind]]", model.BodyKind),
            ("[[body_fact]]", model.BodyFact),
            ("[document]", model.Document),
            ("[[procedure]]", model.Procedure),
            ("[amendment]", model.Amendment),
            ("[strategy]", model.RegionalStrategy),
            ("[reading]", model.Reading),
        ),
    ),
    ("bodies.toml", (("[[body]]", model.Body), ("[[succession]]", model.Succession))),
    ("organisations.toml", (("[[organisation]]", model.Organisation),)),
    (
        "JAHR/year.toml",
        (
            ("oben", year_folder.Head),
            ("[application]", model.Applying),
            ("[notice]", model.Notice),
            ("[[notice.instalments]]", model.Instalment),
            ("[[passing_on.papers]]", model.PassOnPaper),
            *((f"[[{name}]]", kind) for name, (_, kind) in year_folder.TABLES.items()),
        ),
    ),
    ("JAHR/clauses/NAME.md", (("Vorspann", model.Clause),)),
    ("JAHR/letters/NAME.md", (("Vorspann", model.Letter),)),
    ("easy.toml", (("oben", easy.Easy),)),
    (
        "demo/JAHR.toml",
        (
            ("oben", demo_file.Head),
            ("[[agreement]]", demo.DemoAgreement),
            ("[[appropriation]]", demo.DemoAppropriation),
            ("[[authority]]", demo.DemoAuthority),
            ("[[indicators]]", demo.DemoIndicators),
            ("[[party]]", demo.DemoParty),
        ),
    ),
    (
        "law/RECHT.toml",
        (
            ("[[parameter]]", law.LawParameter),
            ("[[value]]", law.LawValue),
            ("[[authority]]", land.Authority),
            ("[[norm]]", land.Norm),
            ("[[act]]", cited.LawAct),
        ),
    ),
)
TYPES = {
    str: "Text",
    bool: "true oder false",
    int: "ganze Zahl",
    date: "Tag (JJJJ-MM-TT)",
    Source: "Quelle",
    model.LawSource: "Fundstelle",
    model.BodyKind: "Text",
}


def field_table() -> str:
    """Every file with its tables, every table with its fields."""
    words = tomllib.loads(MEANINGS.read_text(encoding="utf-8"))
    return "\n".join(line for file, tables in FILES for line in _file(file, tables, words))


def _file(file: str, tables: tuple[tuple[str, type[Entry]], ...], words: Any) -> Iterator[str]:
    yield from (f"## {file}", "")
    for table, kind in tables:
        yield from (f"### {table}" if len(tables) > 1 else "", "")
        yield "| Feld | Art | Pflicht | Vorgabe | Bedeutung |"
        yield "|---|---|---|---|---|"
        for name, field in kind.model_fields.items():
            if not (kind in (model.Programme, year_folder.Head) and name in OWN_TABLES):
                yield _row(kind, name, field, words)
        yield ""


def _row(kind: type[Entry], name: str, field: FieldInfo, words: Any) -> str:
    cells = [
        f"`{name}`",
        type_said(field.annotation),
        "ja" if field.is_required() else "nein",
        "" if field.is_required() else default_said(field.default),
        meaning(kind, name, words),
    ]
    return "| " + " | ".join(cells) + " |"


def meaning(kind: type[Entry], name: str, words: Any) -> str:
    """What a field means; raises KeyError for one that nobody has explained."""
    own = words.get(kind.__name__, {})
    german = name.removesuffix("_en")
    if german != name:
        return f"englischer Wortlaut von `{german}`"
    return str(own.get(name) or words["common"][name])


def default_said(value: object) -> str:
    """A default as TOML would have it; nothing for an empty one."""
    match value:
        case None | "" | () | {}:
            return ""
        case bool():
            return "true" if value else "false"
        case tuple():
            return ", ".join(f"`{item}`" for item in value)
        case BaseModel():
            return ""
        case _:
            return f"`{value}`"


def type_said(kind: Any) -> str:
    """A type of the schema in plain German."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return type_said(arguments[0])
    if origin is Literal:
        return "eines von: " + ", ".join(f"`{value}`" for value in arguments)
    if origin in (Union, UnionType):
        return " oder ".join(dict.fromkeys(type_said(a) for a in arguments if a is not NoneType))
    if origin is tuple:
        return _list_said(arguments)
    if origin is dict:
        return f"Tabelle, je Kürzel {type_said(arguments[1])}"
    return TYPES.get(kind, "Eintrag")


def _list_said(arguments: tuple[Any, ...]) -> str:
    if arguments[-1] is Ellipsis:
        return f"Liste, je {type_said(arguments[0])}"
    return f"Liste von {len(arguments)}, je {type_said(arguments[0])}"
