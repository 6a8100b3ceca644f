"""The differences between two programme years, for people who must notice them.

Pure: two rule-sets in, differences out, in the order in which a pack says things. An entry
is the same one in both years where its key is: a body's AGS, a clause's number, the earmark
of an allocation key, the code and the first day of a parameter, else the code. An entry that
is restated within a year is one entry, and what differs is told with its days.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from zielwerk.language import German, translate
from zielwerk.packs import phrases
from zielwerk.packs.compared import TABLES
from zielwerk.packs.model import (
    AllocationKey,
    ApplicationAttachment,
    Applying,
    Body,
    BodyKind,
    BudgetOrder,
    Clause,
    Condition,
    CostPool,
    Dated,
    Deadline,
    Earmark,
    Entry,
    FactChoice,
    FlatRate,
    Instalment,
    Notice,
    Organisation,
    Parameter,
    PassingOn,
    PassOnPaper,
    RegionalActor,
    SigningRule,
    Source,
    Stage,
    Succession,
    Year,
    fact_texts,
)
from zielwerk.packs.naming import official
from zielwerk.rulebook.application import FORMS as FINANCING
from zielwerk.rulebook.application import RATE_KINDS
from zielwerk.rulebook.grant.accord import ABOVE
from zielwerk.rulebook.grant.conditions import KINDS
from zielwerk.rulebook.grant.delivery import REMEDIES
from zielwerk.rulebook.money import format_euro
from zielwerk.rulebook.passing.checks import CHECKS, Check
from zielwerk.rulebook.passing.ways import DOCUMENTS
from zielwerk.rulebook.refusal import msg
from zielwerk.rulebook.signatures import FORMS

Key = tuple[str, ...]


@dataclass(frozen=True)
class Difference:
    """An entry or field that was added, removed or changed.

    ``table`` and ``field`` are names of the schema, their words for people are in ``TABLES``
    and ``FIELDS``; ``code`` and ``label`` name the entry. ``field`` "" is the whole entry:
    ``before`` is None where it was added, ``after`` where it was removed. Texts of clauses and
    letters are given whole. ``assumed`` says that no public source states the newer of both.
    ``part`` is the label of a body's fact, where ``field`` is one.
    """

    table: str
    code: str
    field: str
    label: str
    before: str | None
    after: str | None
    assumed: bool
    part: str = ""


KEYS = "allocation_keys"
_HEAD = ("label", "label_en", "budget_name", "published_total_cents")
_IDENTITY = frozenset({"code", "ags", "number", "earmark", "procedure", "tile"})
_DUE = frozenset({"day", "month", "year_offset", "length", "unit", "shifts", "after"})
_OF_PROGRAMME = frozenset({"body_kinds", "body_facts"})
_NOT_COMPARED = frozenset({"year", "programme", "bodies", "successions"})
YES, NO = msg("ja"), msg("nein")
WITHOUT_EARMARK = msg("Mittel ohne Zweckbindung")


def differences(
    before: Year,
    after: Year,
    bodies_before: Sequence[Body],
    bodies_after: Sequence[Body],
    successions: tuple[Sequence[Succession], Sequence[Succession]] = ((), ()),
) -> tuple[Difference, ...]:
    """All that differs from ``before`` to ``after``; bodies and successions are each year's."""
    changes = [*_changed("year", "", after.label, _head(before), _head(after), _no_source(after))]
    changes += _of_bodies(before, after, bodies_before, bodies_after)
    for table in TABLES:
        if table == "successions":
            changes += _compared(table, *successions)
        elif table not in _NOT_COMPARED:
            old, new = _entries(before, table, after), _entries(after, table, before)
            changes += _compared(table, old, new)
    purposes = {
        earmark.code: earmark.label for year in (before, after) for earmark in year.earmarks
    }
    return tuple(
        replace(difference, label=purposes.get(difference.label, difference.label))
        if difference.table == KEYS
        else difference
        for difference in changes
    )


def entries_of(year: Year, table: str) -> Sequence[Entry]:
    """The entries of a table of :data:`TABLES`, wherever the schema keeps them."""
    if table == "successions":  # said once for all years
        return ()
    if table == "programme":
        charter = year.programme
        further = filter(None, (charter.amendment, charter.strategy))
        return (charter.identifier, charter.document, *charter.procedures, *further)
    if table == "application":
        return (year.application,) if year.application else ()
    if table == "notice":
        return (year.notice,) if year.notice else ()
    entries: Sequence[Entry] = getattr(year.programme if table in _OF_PROGRAMME else year, table)
    return entries


def _of_bodies(
    before: Year, after: Year, bodies_before: Sequence[Body], bodies_after: Sequence[Body]
) -> Iterator[Difference]:
    """The differences of bodies; each of their facts under its label."""
    labels = {
        f"facts.{fact.code}": fact.label
        for year in (before, after)
        for fact in year.programme.body_facts
    }
    old = [_with_facts(body, before) for body in bodies_before]
    new = [_with_facts(body, after) for body in bodies_after]
    for difference in _compared("bodies", old, new):
        yield replace(difference, part=labels.get(difference.field, ""))


def _with_facts(body: Body, year: Year) -> Body:
    """The body with its facts in words."""
    facts = {fact.code: _joined(fact_texts(fact, body.facts)) for fact in year.programme.body_facts}
    return body.model_copy(update={"facts": facts})


def _entries(year: Year, table: str, other: Year) -> Sequence[Entry]:
    """The entries of a table; other entries that they refer to by their names."""
    entries = entries_of(year, table)
    return [entry.model_copy(update=_named(entry, year, other)) for entry in entries]


def _named(entry: Entry, year: Year, other: Year) -> dict[str, object]:
    """The fields of an entry that hold codes of other entries, with names in their place."""
    match entry:
        case AllocationKey(weights=weights):
            names = {indicator.code: indicator.label for indicator in year.indicators}
            return {"weights": {names.get(code, code): part for code, part in weights.items()}}
        case Earmark(money_sources=codes):
            names = {source.code: source.label for source in year.money_sources}
            return {"money_sources": tuple(names.get(code, code) for code in codes)}
        case BudgetOrder(order=codes):
            return {"order": tuple(phrases.IN_ORDER[code] for code in codes)}
        case Stage():
            return _stage_named(entry, year, other)
        case SigningRule():
            return _signing_named(entry, year)
        case Applying() | FlatRate() | CostPool() | ApplicationAttachment():
            return _applying_named(entry, year)
        case Notice(remedy=remedy, final=final, above_agreed=above):
            titles = {each.code: each.title for each in year.conditions}
            words = {"remedy": REMEDIES[remedy], "above_agreed": ABOVE[above]}
            return {**words, "final": titles.get(final, final)}
        case PassingOn(document=document, checks=checks):
            what = tuple(CHECKS[Check(code)].label for code in checks)
            return {"document": DOCUMENTS[document], "checks": what}
        case Condition():
            kinds = {kind.code: kind.label for kind in year.programme.body_kinds}
            named = tuple(kinds.get(code, code) for code in entry.only_for)
            return {"kind": KINDS[entry.kind], "only_for": named}
        case RegionalActor(per=code) if code:
            labels = {fact.code: fact.label for fact in year.programme.body_facts}
            return {"per": labels.get(code, code)}
        case _:
            return {}


def _signing_named(rule: SigningRule, year: Year) -> dict[str, object]:
    """Who signs, in words."""
    kinds: dict[str, str] = {kind.code: kind.label for kind in year.programme.body_kinds}
    return {
        "side": phrases.SIDES[rule.side],
        "body_kind": kinds.get(rule.body_kind, rule.body_kind),
        "forms": tuple(FORMS[form] for form in rule.forms),
    }


def _applying_named(
    entry: Applying | FlatRate | CostPool | ApplicationAttachment, year: Year
) -> dict[str, object]:
    """How a year is applied for, in words."""
    labels: dict[str, str] = {each.code: each.label for each in year.cost_categories}
    match entry:
        case Applying():
            return {
                "forms": tuple(FINANCING[form] for form in entry.forms),
                "form": FINANCING[entry.form],
                "agreement": phrases.AGREEMENTS[entry.agreement],
            }
        case FlatRate():
            return {
                "kind": RATE_KINDS[entry.kind],
                "category": labels.get(entry.category, entry.category),
                "of": tuple(labels.get(code, code) for code in entry.of),
            }
        case CostPool():
            return {"categories": tuple(labels.get(code, code) for code in entry.categories)}
    return {"once_in": phrases.ONCE_IN.get(entry.once_in, "")}


def _stage_named(stage: Stage, year: Year, other: Year) -> dict[str, object]:
    """A stage in words; a deadline that only the other year has, by its name there."""
    stages: dict[str, str] = {each.code: each.label for each in year.procedure(stage.procedure)}
    deadlines: dict[str, str] = {
        each.code: each.label for rules in (other, year) for each in rules.deadlines
    }
    return {
        "after": stages.get(stage.after, stage.after),
        "side": phrases.SIDES[stage.side],
        "effect": phrases.EFFECTS[stage.effect],
        "guards": tuple(phrases.GUARDS[guard] for guard in stage.guards),
        "deadline": deadlines.get(stage.deadline, stage.deadline),
    }


def _head(year: Year) -> dict[str, str | None]:
    return {field: _text(field, getattr(year, field)) for field in _HEAD}


def _no_source(year: Year) -> bool:
    source = year.published_total_source
    return source is not None and source.assumed


def _compared(table: str, before: Iterable[Entry], after: Iterable[Entry]) -> Iterator[Difference]:
    """Removed entries first, then the others in the order of the newer year."""
    old, new = _by_key(before), _by_key(after)
    for key, versions in old.items():
        if key not in new:
            yield _whole(table, key, versions, is_new=False)
    for key, versions in new.items():
        if key not in old:
            yield _whole(table, key, versions, is_new=True)
        else:
            last = versions[-1]
            fields = _fields_in(old[key]), _fields_in(versions)
            yield from _changed(table, key[0], _label(last), *fields, _assumed(last))


def _by_key(entries: Iterable[Entry]) -> dict[Key, list[Entry]]:
    """The versions of each entry within its year, in the order of their days."""
    versions: dict[Key, list[Entry]] = {}
    for entry in entries:
        versions.setdefault(_key(entry), []).append(entry)
    for of_key in versions.values():
        of_key.sort(key=lambda entry: getattr(entry, "valid_from", None) or date.min)
    return versions


def _whole(table: str, key: Key, versions: Sequence[Entry], *, is_new: bool) -> Difference:
    """An entry that was added or removed, with all that it was within its year."""
    last = versions[-1]
    summaries = [_summary(entry) for entry in versions]
    said = summaries[0] if len(summaries) == 1 else _joined(summaries)
    old, new = (None, said) if is_new else (said, None)
    return Difference(table, key[0], "", _label(last), old, new, _assumed(last))


def _fields_in(versions: Sequence[Entry]) -> dict[str, str | None]:
    """The fields of an entry as text; what differs within the year with its days."""
    of_each = [_fields(entry) for entry in versions]
    if len(of_each) == 1:
        return of_each[0]
    fields: dict[str, str | None] = {}
    for field in dict.fromkeys(name for of_one in of_each for name in of_one):
        texts = [of_one.get(field) for of_one in of_each]
        if len(set(texts)) == 1:
            fields[field] = texts[0]
        elif field not in ("valid_from", "valid_until"):
            fields[field] = "; ".join(
                f"{text or '–'}{_validity(entry)}"
                for text, entry in zip(texts, versions, strict=True)
            )
    return fields


def _changed(
    table: str,
    code: str,
    label: str,
    before: Mapping[str, str | None],
    after: Mapping[str, str | None],
    assumed: bool,
) -> Iterator[Difference]:
    for field in dict.fromkeys((*before, *after)):
        values = before.get(field), after.get(field)
        if values[0] != values[1]:
            old, new = values
            yield Difference(table, code, field, label, old, new, assumed)


def _key(entry: Entry) -> Key:
    """The identity of an entry across years; the first part is shown."""
    match entry:
        case Body():
            return (entry.ags,)
        case Parameter():
            return entry.code, str(entry.valid_from)
        case Organisation():
            return entry.code, entry.role
        case Clause():
            return (entry.number,)
        case AllocationKey():
            return (entry.earmark,)
        case Applying():
            return ("application",)
        case Stage():
            return entry.code, entry.procedure
        case Notice():
            return ("notice",)
        case _:
            return (str(getattr(entry, "code")),)  # noqa: B009 - every other entry has one


def _label(entry: Entry) -> str:
    if isinstance(entry, AllocationKey):
        return entry.earmark or WITHOUT_EARMARK
    if isinstance(entry, Applying):
        return TABLES["application"]
    if isinstance(entry, Body):
        return official(entry)
    if isinstance(entry, BudgetOrder):
        return phrases.ORDERS[entry.code]
    names: Iterator[str | None] = (getattr(entry, n, None) for n in ("label", "title", "name"))
    return next(name for name in names if name is not None)


def _summary(entry: Entry) -> str:
    """An entry in one line, of a clause its text."""
    match entry:
        case Body():
            return f"{official(entry)}, {entry.ags}{_validity(entry)}"
        case Parameter():
            return f"{entry.value} {entry.unit}{_validity(entry)}"
        case Deadline():
            when = phrases.due(entry)
            english = f"{translate(entry.label, 'en')}: {translate(when, 'en')}"
            return German(f"{entry.label}: {when}", english)
        case Succession():
            return f"{entry.day:%d.%m.%Y}: {entry.text}"
        case Clause():
            return f"{entry.title}\n\n{entry.text}"
        case AllocationKey():
            return _text("weights", entry.weights) or ""
        case Dated() if validity := _validity(entry):
            return f"{_label(entry)}{validity}"
        case _:
            return _label(entry)


def _validity(entry: Entry) -> str:
    if not isinstance(entry, Dated) or (entry.valid_from is None and entry.valid_until is None):
        return ""
    days = (_text("day", day) or "" for day in (entry.valid_from, entry.valid_until))
    return f" ({' – '.join(days)})".replace("( ", "(").replace(" )", ")")


def _assumed(entry: Entry) -> bool:
    source = getattr(entry, "source", None)
    return isinstance(source, Source) and source.assumed


def _fields(entry: Entry) -> dict[str, str | None]:
    """The fields of an entry as text, without those that make it the same one."""
    texts: dict[str, str | None] = {}
    for field, value in entry:
        if field == "source":
            texts["source"] = value.text
            texts.setdefault("assumed", _text("assumed", value.assumed))
        elif field in ("parts", "facts"):
            texts |= {f"{field}.{name}": text or None for name, text in value.items()}
        elif isinstance(entry, Deadline) and field in _DUE:
            texts["due"] = phrases.due(entry)
        elif field not in _IDENTITY:
            texts[field] = _text(field, value)
    return texts


def _text(field: str, value: object) -> str | None:
    """A value as text; None for an empty one."""
    if value is None or value in ("", (), {}):
        return None
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    if isinstance(value, int) and field.endswith("_cents"):
        return format_euro(value)
    if isinstance(value, BodyKind | FactChoice):
        return value.label
    if isinstance(value, Instalment):
        return phrases.instalment(value)
    if isinstance(value, PassOnPaper):
        return phrases.paper(value)
    if isinstance(value, tuple):
        return _joined([_text(field, item) or "" for item in value])
    if isinstance(value, dict):
        return "; ".join(f"{name}: {item}" for name, item in value.items())
    return value if isinstance(value, str) else str(value)


def _joined(texts: Sequence[str]) -> str:
    """Several texts as one, in English where each is a word that is translated."""
    return German("; ".join(texts), "; ".join(translate(text, "en") for text in texts))
