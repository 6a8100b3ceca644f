"""Tables that may come in: parties and their relations to bodies."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any

from zielwerk.core.permissions import Actor
from zielwerk.imports.models import TableImport
from zielwerk.imports.queries import CellFault, TableKind, TableRules, Values, Words, choice
from zielwerk.packs import loading as packs
from zielwerk.packs.model import Body
from zielwerk.packs.naming import official
from zielwerk.programme.actions import NewParty, NewRelation, enter_party
from zielwerk.programme.models import Party, PartyRelation
from zielwerk.programme.models.parties import PartyKind
from zielwerk.programme.queries import key_column, no_such_body
from zielwerk.rulebook.calendar import holds_on
from zielwerk.rulebook.refusal import Refusal, msg
from zielwerk.tables import Column, Kind, Record

NAME = Column("name", "Name")
KIND = Column("kind", "Art")
PASSING_ON = Column("passing_on", "Art der Weitergabe", required=False)
VALID_FROM = Column("valid_from", "gilt ab", Kind.DAY, required=False)
VALID_UNTIL = Column("valid_until", "gilt bis", Kind.DAY, required=False)


def rules(programme: str, year: int) -> TableRules:
    years = [packs.load(programme, year) for year in packs.years(programme)]
    words = {
        KIND.code: {label: code for code, label in PartyKind.choices},
        PASSING_ON.code: {kind.label: kind.code for rules in years for kind in rules.passing_on},
    }
    parties = Party.objects.filter(programme=programme).values_list("name", "kind")
    relations = PartyRelation.objects.filter(party__programme=programme)
    key = key_column(programme)
    bodies: dict[str, list[Body]] = defaultdict(list)
    for body in packs.bodies(programme):
        bodies[body.ags].append(body)
    settle = partial(
        _settle,
        key,
        bodies,
        words,
        dict(parties),
        set(relations.values_list("party__name", "ags", "passing_on")),
    )
    columns = (NAME, KIND, key, PASSING_ON, VALID_FROM, VALID_UNTIL)
    return TableRules(columns, (NAME, key, PASSING_ON), settle, words)


def _settle(
    key: Column,
    bodies: Mapping[str, Sequence[Body]],
    words: Mapping[str, Words],
    kinds: dict[str, str],
    relations: set[tuple[str, str, str]],
    row: Values,
) -> Iterator[CellFault]:
    yield from choice(row, KIND, words[KIND.code])
    yield from choice(row, PASSING_ON, words[PASSING_ON.code])
    name, versions = str(row["name"]), bodies.get(str(row["ags"]))
    # A party's kind further up in the file counts like one entered already.
    if (kind := kinds.setdefault(name, str(row["kind"]))) != row["kind"]:
        sentence = msg("„{name}“ steht schon als {kind} da.")
        slots = {"name": name, "kind": PartyKind(kind).label if kind in PartyKind else kind}
        yield KIND, Refusal("programme.party_of_other_kind", sentence, slots)
    if (name, str(row["ags"]), str(row["passing_on"] or "")) in relations:
        sentence = msg("Diese Beziehung ist schon eingetragen.")
        yield NAME, Refusal("programme.relation_known", sentence)
    if versions is None:
        yield key, no_such_body(str(row["ags"]))
    else:
        yield from _validity(row, versions)


def _validity(row: Values, versions: Sequence[Body]) -> Iterator[CellFault]:
    """The days of a relation lie in the life of the body, under whatever kind or name it had."""
    begin, end = row["valid_from"], row["valid_until"]
    if isinstance(begin, date) and isinstance(end, date) and end < begin:
        yield VALID_UNTIL, Refusal("programme.not_in_order", msg("Das Ende liegt vor dem Beginn."))
    for column, day in ((VALID_FROM, begin), (VALID_UNTIL, end)):
        if isinstance(day, date) and not any(holds_on(body, day) for body in versions):
            sentence = msg("Am {day} besteht {name} nicht.")
            yield (
                column,
                Refusal(
                    "programme.body_not_then",
                    sentence,
                    {"day": day, "name": official(versions[-1])},
                ),
            )


def write(actor: Actor, table: TableImport, rows: Sequence[Record], at: datetime) -> None:
    relations: dict[tuple[str, str], list[NewRelation]] = defaultdict(list)
    for row in rows:
        values: Mapping[str, Any] = row.values
        relations[values["name"], values["kind"]].append(
            NewRelation(
                values["ags"], values["passing_on"], values["valid_from"], values["valid_until"]
            )
        )
    for (name, kind), party_relations in relations.items():
        is_invented = table.options.get("is_invented", False)
        party = NewParty(table.programme, name, kind, party_relations, is_invented)
        enter_party(actor, party, at=at)


KINDS = (
    TableKind(
        code="parties",
        slug="beteiligte",
        title=msg("Beteiligte"),
        label=msg("Beteiligte und ihre Beziehungen"),
        meaning=msg(
            "Eine Zeile je Beteiligtem und Gebietskörperschaft, mit der Art der Weitergabe."
        ),
        rules=rules,
        write=write,
        options=("is_invented",),
    ),
)
