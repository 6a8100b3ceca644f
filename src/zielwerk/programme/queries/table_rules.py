"""What tables that people send in may hold: columns, and the rules of single rows."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from zielwerk.packs import loading as packs
from zielwerk.packs.model import Body
from zielwerk.programme.models import Party, PartyRelation
from zielwerk.programme.models.imports import ImportKind
from zielwerk.programme.models.parties import PartyKind
from zielwerk.programme.queries.rules import later_years
from zielwerk.rulebook.budget import authority_refusals
from zielwerk.rulebook.calendar import is_valid
from zielwerk.rulebook.refusal import Refusal, msg
from zielwerk.tables import Column, Kind, Record, RowFault

Values = dict[str, object]
Wrong = tuple[Column, Refusal]
# Settles one row: puts codes for words in its values, and tells what is wrong.
Settle = Callable[[Values], Iterator[Wrong]]

ESTIMATE, ENACT, SUPPLEMENT, AUTHORISE = "estimate", "enact", "supplement", "authorise"
BUDGET_ENTRIES = {
    "Entwurf": ESTIMATE,
    "Ansatz": ENACT,
    "Nachtrag": SUPPLEMENT,
    "Verpflichtungsermächtigung": AUTHORISE,
}

AGS = Column("ags", "AGS", Kind.AGS)
BODY_NAME = Column("body_name", "Gebietskörperschaft", aliases=("Name",), required=False)

ENTRY = Column("entry", "Art")
BUDGET_YEAR = Column("budget_year", "Haushaltsjahr", Kind.YEAR)
BUDGET_LINE = Column("budget_line", "Haushaltsstelle")
SOURCE = Column("source", "Mittelherkunft")
EARMARK = Column("earmark", "Zweckbindung", required=False)
DUE_YEAR = Column("due_year", "Fälligkeitsjahr", Kind.YEAR, required=False)
AMOUNT = Column("amount_cents", "Betrag", Kind.MONEY)

PARTY_NAME = Column("name", "Name")
PARTY_KIND = Column("kind", "Art")
PASSING_ON = Column("passing_on", "Art der Weitergabe", required=False)
VALID_FROM = Column("valid_from", "gilt ab", Kind.DAY, required=False)
VALID_UNTIL = Column("valid_until", "gilt bis", Kind.DAY, required=False)


@dataclass(frozen=True)
class TableRules:
    """The columns of a kind of table, which of them name a row, and the rule of a row."""

    columns: tuple[Column, ...]
    named_by: tuple[Column, ...]
    settle: Settle


def rules_of_table(kind: str, programme: str, year: int) -> TableRules:
    """What a table of this kind must look like; ``year`` is the programme year it is for."""
    return {
        ImportKind.INDICATORS: _indicators,
        ImportKind.BUDGET: _budget,
        ImportKind.PARTIES: _parties,
    }[ImportKind(kind)](programme, year)


def words_of(programme: str, column: Column) -> dict[str, str]:
    """The words a column may hold, with the code for each; none where it holds anything."""
    years = [year for code, year in packs.available() if code == programme]
    known = [packs.load(programme, year) for year in years]
    match column:
        case Column(code=ENTRY.code):
            return dict(BUDGET_ENTRIES)
        case Column(code=PARTY_KIND.code):
            return {label: code for code, label in PartyKind.choices}
        case Column(code=SOURCE.code):
            return {one.label: one.code for year in known for one in year.money_sources}
        case Column(code=EARMARK.code):
            return {one.label: one.code for year in known for one in year.earmarks}
        case Column(code=PASSING_ON.code):
            return {one.label: one.code for year in known for one in year.passing_on}
    return {}


def word_for(programme: str, column: Column, code: str) -> str:
    """The word that stands for a code in a column, the newest year's; else the code."""
    labels = {code: label for label, code in words_of(programme, column).items()}
    return labels.get(code, code)


def settled(records: Iterable[Record], settle: Settle) -> tuple[list[Record], list[RowFault]]:
    """The sound rows with codes for words, and every fault of the others."""
    sound: list[Record] = []
    faults: list[RowFault] = []
    for record in records:
        values = dict(record.values)
        wrong = list(settle(values))
        faults += (_fault(record, column, refusal) for column, refusal in wrong)
        if not wrong:
            sound.append(Record(record.line, values))
    return sound, faults


def _fault(record: Record, column: Column, refusal: Refusal) -> RowFault:
    value = record.values.get(column.code)
    said = f"{value:%d.%m.%Y}" if isinstance(value, date) else str(value or "")[:60]
    return RowFault(record.line, column.title, said, refusal)


def _indicators(programme: str, year: int) -> TableRules:
    found = packs.load(programme, year).indicators
    values = tuple(Column(one.code, one.label, Kind.NUMBER) for one in found)
    bodies = {one.ags: one for one in packs.bodies(programme)}

    def settle(row: Values) -> Iterator[Wrong]:
        row.pop(BODY_NAME.code)
        yield from _body_of_year(row, bodies, year)

    return TableRules((AGS, BODY_NAME, *values), (AGS,), settle)


def _body_of_year(row: Values, bodies: Mapping[str, Body], year: int) -> Iterator[Wrong]:
    body = bodies.get(str(row["ags"]))
    day = date(year, 1, 1)
    if body is None:
        yield AGS, _no_such_body(row)
    elif body.valid_from and body.valid_from > day:
        sentence = msg("{name} besteht erst ab {day}, also nicht im Programmjahr {year}.")
        said = {"name": body.name, "day": body.valid_from, "year": year}
        yield AGS, Refusal("programme.body_not_yet", sentence, said)
    elif body.valid_until and body.valid_until < day:
        sentence = msg("{name} bestand nur bis {day}, also nicht im Programmjahr {year}.")
        said = {"name": body.name, "day": body.valid_until, "year": year}
        yield AGS, Refusal("programme.body_no_more", sentence, said)


def _no_such_body(row: Values) -> Refusal:
    sentence = msg("AGS {ags}: Diese Körperschaft gibt es im Programm nicht.")
    return Refusal("programme.no_such_body", sentence, {"ags": row["ags"]})


def _budget(programme: str, year: int) -> TableRules:
    years = [known for code, known in packs.available() if code == programme]
    columns = (ENTRY, BUDGET_YEAR, BUDGET_LINE, SOURCE, EARMARK, DUE_YEAR, AMOUNT)
    named_by = (ENTRY, BUDGET_YEAR, BUDGET_LINE, SOURCE, EARMARK, DUE_YEAR)
    return TableRules(columns, named_by, partial(_budget_row, programme, years))


def _budget_row(programme: str, years: Sequence[int], row: Values) -> Iterator[Wrong]:
    yield from _choice(row, ENTRY, _words(BUDGET_ENTRIES.items()))
    budget_year = int(str(row["budget_year"]))
    if budget_year not in years:
        sentence = msg("Für das Haushaltsjahr {year} gibt es kein Regelwerk. Vorhanden: {known}.")
        said = {"year": budget_year, "known": ", ".join(map(str, years))}
        yield BUDGET_YEAR, Refusal("programme.no_such_year", sentence, said)
        return
    rules = packs.load(programme, budget_year)
    yield from _choice(row, SOURCE, _words((one.label, one.code) for one in rules.money_sources))
    yield from _choice(row, EARMARK, _words((one.label, one.code) for one in rules.earmarks))
    due, is_authority = row["due_year"], row["entry"] == AUTHORISE
    if is_authority and due is None:
        sentence = msg("Eine Verpflichtungsermächtigung braucht ein Fälligkeitsjahr.")
        yield DUE_YEAR, Refusal("budget.no_due_year", sentence)
    elif is_authority:
        refusals = authority_refusals(budget_year, int(str(due)), later_years(rules))
        yield from ((DUE_YEAR, why) for why in refusals)
    elif due is not None:
        sentence = msg("Nur eine Verpflichtungsermächtigung hat ein Fälligkeitsjahr.")
        yield DUE_YEAR, Refusal("budget.due_year_of_money", sentence)
    if row["amount_cents"] == 0:
        sentence = msg("Der Betrag muss größer als null sein.")
        yield AMOUNT, Refusal("programme.amount_not_positive", sentence)


def _parties(programme: str, year: int) -> TableRules:
    parties = Party.objects.filter(programme=programme).values_list("name", "kind")
    entered = PartyRelation.objects.filter(party__programme=programme)
    settle = partial(
        _party_row,
        {one.ags: one for one in packs.bodies(programme)},
        _words(words_of(programme, PASSING_ON).items()),
        dict(parties),
        set(entered.values_list("party__name", "ags", "passing_on")),
    )
    columns = (PARTY_NAME, PARTY_KIND, AGS, PASSING_ON, VALID_FROM, VALID_UNTIL)
    return TableRules(columns, (PARTY_NAME, AGS, PASSING_ON), settle)


def _party_row(
    bodies: Mapping[str, Body],
    passing_on: Mapping[str, str],
    kinds: dict[str, str],
    relations: set[tuple[str, str, str]],
    row: Values,
) -> Iterator[Wrong]:
    words = [(label, code) for code, label in PartyKind.choices]
    yield from _choice(row, PARTY_KIND, _words(words))
    yield from _choice(row, PASSING_ON, passing_on)
    name, body = str(row["name"]), bodies.get(str(row["ags"]))
    # What the file says of a party further up counts like what is entered already.
    if (kind := kinds.setdefault(name, str(row["kind"]))) != row["kind"]:
        sentence = msg("„{name}“ steht schon als {kind} da.")
        said = {"name": name, "kind": PartyKind(kind).label if kind in PartyKind else kind}
        yield PARTY_KIND, Refusal("programme.party_of_other_kind", sentence, said)
    if (name, str(row["ags"]), str(row["passing_on"] or "")) in relations:
        sentence = msg("Diese Beziehung ist schon eingetragen.")
        yield PARTY_NAME, Refusal("programme.relation_known", sentence)
    if body is None:
        yield AGS, _no_such_body(row)
    else:
        yield from _validity(row, body)


def _validity(row: Values, body: Body) -> Iterator[Wrong]:
    begin, end = row["valid_from"], row["valid_until"]
    if isinstance(begin, date) and isinstance(end, date) and end < begin:
        yield VALID_UNTIL, Refusal("programme.not_in_order", msg("Das Ende liegt vor dem Beginn."))
    for column, day in ((VALID_FROM, begin), (VALID_UNTIL, end)):
        if isinstance(day, date) and not is_valid(body.valid_from, body.valid_until, day):
            sentence = msg("Am {day} besteht {name} nicht.")
            said = {"day": day, "name": body.name}
            yield column, Refusal("programme.body_not_then", sentence, said)


def _words(known: Iterable[tuple[str, str]]) -> dict[str, str]:
    """What may be written (a label or its code), and the code that is meant."""
    pairs = list(known)
    return {**{code: code for _, code in pairs}, **dict(pairs)}


def _choice(row: Values, column: Column, words: Mapping[str, str]) -> Iterator[Wrong]:
    """Put the code for the word; an empty cell of a column that may be empty is the code ""."""
    written = row[column.code]
    if written is None:
        row[column.code] = ""
        return
    folded = {_folded(word): code for word, code in words.items()}
    code = folded.get(_folded(str(written)))
    if code is None:
        labels = [word for word, code in words.items() if word != code]
        sentence = msg("„{value}“ ist hier nicht vorgesehen. Möglich sind: {known}.")
        said = {"value": str(written)[:60], "known": ", ".join(labels) or "–"}
        yield column, Refusal("programme.no_such_word", sentence, said)
    else:
        row[column.code] = code


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
