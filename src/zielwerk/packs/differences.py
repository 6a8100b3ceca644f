"""The differences between two programme years, for people who must notice them.

Pure: two rule-sets in, differences out, in the order in which a pack says things. An entry
is the same one in both years where its key is: a body's AGS, a clause's number, the earmark
of an allocation key, the code and the first day of a parameter, else the code.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from zielwerk.packs.model import (
    AllocationKey,
    Body,
    BodyKind,
    Clause,
    Deadline,
    Earmark,
    Entry,
    Framework,
    Organisation,
    Parameter,
    Source,
    Stage,
    Year,
)
from zielwerk.packs.naming import official
from zielwerk.rulebook.money import format_euro
from zielwerk.rulebook.refusal import msg

Key = tuple[str, ...]


@dataclass(frozen=True)
class Difference:
    """An entry or field that was added, removed or changed.

    ``table`` and ``field`` are names of the schema, their words for people are in
    ``TABLES`` and ``FIELDS``; ``code`` and ``label`` name the entry. ``field`` "" is the
    whole entry: ``before`` is None where it was added, ``after`` where it was removed. Texts
    of clauses and letters are given whole. ``assumed`` says that no public source states the
    newer of both.
    """

    table: str
    code: str
    field: str
    label: str
    before: str | None
    after: str | None
    assumed: bool


TABLES: Mapping[str, str] = {
    "year": msg("Programmjahr"),
    "bodies": msg("Gebietskörperschaften"),
    "organisations": msg("Ministerium, Behörden, Gerichte"),
    "measure_types": msg("Maßnahmearten"),
    "legal_areas": msg("Rechtskreise"),
    "frameworks": msg("Bezugsrahmen"),
    "money_sources": msg("Mittelherkunft"),
    "earmarks": msg("Zweckbindungen"),
    "target_groups": msg("Zielgruppen"),
    "cost_categories": msg("Kostenarten"),
    "indicators": msg("Bedarfsindikatoren"),
    "allocation_keys": msg("Verteilungsschlüssel"),
    "stages": msg("Stufen der Verfahren"),
    "passing_on": msg("Arten der Weitergabe"),
    "deadlines": msg("Fristen"),
    "parameters": msg("Parameter"),
    "clauses": msg("Klauseln"),
    "letters": msg("Briefe"),
}
"""The tables that are compared, in order, with their names for people."""

FIELDS: Mapping[str, str] = {
    "": msg("Eintrag"),
    "label": msg("Bezeichnung"),
    "label_en": msg("englische Bezeichnung"),
    "title": msg("Titel"),
    "name": msg("Name"),
    "text": msg("Text"),
    "parts": msg("Textteil"),
    "budget_name": msg("Name des Budgets"),
    "published_total_cents": msg("veröffentlichter Gesamtbetrag"),
    "cues": msg("weitere Wortlaute"),
    "variants": msg("weitere Schreibweisen"),
    "kind": msg("Art"),
    "seat": msg("Sitz"),
    "facts": msg("Angaben"),
    "short_name": msg("Kurzname"),
    "abbreviations": msg("Abkürzungen"),
    "role": msg("Aufgabe"),
    "offices": msg("Ämter, die unterschreiben"),
    "bodies": msg("zuständig für"),
    "state": msg("Stand danach"),
    "side": msg("Seite"),
    "four_eyes": msg("eine zweite Person"),
    "notes": msg("was vermerkt wird"),
    "deadline": msg("Frist"),
    "guards": msg("Voraussetzungen"),
    "effect": msg("Wirkung"),
    "purpose": msg("Zweck"),
    "length": msg("Dauer"),
    "shifts": msg("verschiebt sich auf den nächsten Werktag"),
    "has_participants": msg("mit Teilnehmenden"),
    "valid_from": msg("gilt ab"),
    "valid_until": msg("gilt bis"),
    "money_sources": msg("Mittelherkunft"),
    "unit": msg("Einheit"),
    "unit_en": msg("englische Einheit"),
    "definition": msg("Definition"),
    "definition_en": msg("englische Definition"),
    "weights": msg("Gewichte"),
    "rounding_cents": msg("Rundungseinheit"),
    "base_cents": msg("Sockelbetrag"),
    "floor_cents": msg("Mindestbetrag"),
    "cap_cents": msg("Höchstbetrag"),
    "max_change_percent": msg("größte Veränderung zum Vorjahr in Prozent"),
    "after": msg("folgt auf"),
    "basis": msg("Rechtsgrundlage"),
    "day": msg("Tag"),
    "month": msg("Monat"),
    "year_offset": msg("Jahr, gezählt vom Programmjahr"),
    "value": msg("Wert"),
    "slots": msg("Platzhalter"),
    "refers_to": msg("verweist auf"),
    "source": msg("Quelle"),
    "assumed": msg("ohne öffentliche Quelle"),
}
"""Fields that may differ, with their names for people; parts of letters are ``parts.<name>``."""

KEYS = "allocation_keys"
_HEAD = ("label", "label_en", "budget_name", "published_total_cents")
_IDENTITY = frozenset({"code", "ags", "number", "earmark", "procedure", "tile"})
YES, NO = msg("ja"), msg("nein")
WITHOUT_EARMARK = msg("Mittel ohne Zweckbindung")


def differences(
    before: Year, after: Year, bodies_before: Sequence[Body], bodies_after: Sequence[Body]
) -> tuple[Difference, ...]:
    """All that differs from ``before`` to ``after``; the bodies are those of each year."""
    changes = [*_changed("year", "", after.label, _head(before), _head(after), _no_source(after))]
    changes += _compared("bodies", bodies_before, bodies_after)
    for table in list(TABLES)[2:]:
        changes += _compared(table, _entries(before, table), _entries(after, table))
    purposes = {
        earmark.code: earmark.label for year in (before, after) for earmark in year.earmarks
    }
    return tuple(
        replace(difference, label=purposes.get(difference.label, difference.label))
        if difference.table == KEYS
        else difference
        for difference in changes
    )


def _entries(year: Year, table: str) -> Sequence[Entry]:
    """The entries of a table; other entries that they refer to by their names."""
    entries: Sequence[Entry] = getattr(year, table)
    return [entry.model_copy(update=_named(entry, year)) for entry in entries]


def _named(entry: Entry, year: Year) -> dict[str, object]:
    """The fields of an entry that hold codes of other entries, with names in their place."""
    match entry:
        case AllocationKey(weights=weights):
            names = {indicator.code: indicator.label for indicator in year.indicators}
            return {"weights": {names.get(code, code): part for code, part in weights.items()}}
        case Earmark(money_sources=codes):
            names = {source.code: source.label for source in year.money_sources}
            return {"money_sources": tuple(names.get(code, code) for code in codes)}
        case Stage(after=code):
            stages: dict[str, str] = {stage.code: stage.label for stage in year.stages}
            return {"after": stages.get(code, code)}
        case _:
            return {}


def _head(year: Year) -> dict[str, str | None]:
    return {field: _text(field, getattr(year, field)) for field in _HEAD}


def _no_source(year: Year) -> bool:
    source = year.published_total_source
    return source is not None and source.assumed


def _compared(table: str, before: Iterable[Entry], after: Iterable[Entry]) -> Iterator[Difference]:
    """Removed entries first, then the others in the order of the newer year."""
    old, new = ({_key(entry): entry for entry in entries} for entries in (before, after))
    for key, entry in old.items():
        if key not in new:
            yield Difference(
                table, key[0], "", _label(entry), _summary(entry), None, _assumed(entry)
            )
    for key, entry in new.items():
        if key not in old:
            yield Difference(
                table, key[0], "", _label(entry), None, _summary(entry), _assumed(entry)
            )
        else:
            fields = _fields(old[key]), _fields(entry)
            yield from _changed(table, key[0], _label(entry), *fields, _assumed(entry))


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
            yield Difference(table, code, field, label, *values, assumed)


def _key(entry: Entry) -> Key:
    """The identity of an entry across years; the first part is shown."""
    match entry:
        case Body():
            return entry.ags, str(entry.valid_from)
        case Parameter() | Organisation():
            return entry.code, str(entry.valid_from)
        case Clause():
            return (entry.number,)
        case AllocationKey():
            return (entry.earmark,)
        case Stage():
            return entry.code, entry.procedure
        case _:
            return (str(getattr(entry, "code")),)  # noqa: B009 - every other entry has one


def _label(entry: Entry) -> str:
    if isinstance(entry, AllocationKey):
        return entry.earmark or WITHOUT_EARMARK
    if isinstance(entry, Body):
        return official(entry)
    names: Iterator[str | None] = (getattr(entry, n, None) for n in ("label", "title", "name"))
    return next(name for name in names if name is not None)


def _summary(entry: Entry) -> str:
    """An entry in one line, of a clause its text."""
    match entry:
        case Body():
            return f"{official(entry)}, {entry.ags}{_validity(entry)}"
        case Parameter():
            return f"{entry.value} {entry.unit}{_validity(entry)}"
        case Framework():
            return f"{entry.title}{_validity(entry)}"
        case Deadline():
            return f"{entry.label}: {entry.day}.{entry.month}."
        case Clause():
            return f"{entry.title}\n\n{entry.text}"
        case AllocationKey():
            return _text("weights", entry.weights) or ""
        case _:
            return _label(entry)


def _validity(entry: Body | Parameter | Framework) -> str:
    if entry.valid_from is None and entry.valid_until is None:
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
        elif field == "parts":
            texts |= {f"parts.{name}": text for name, text in value.items()}
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
    if isinstance(value, BodyKind):
        return value.label
    if isinstance(value, tuple):
        return "; ".join(_text(field, item) or "" for item in value)
    if isinstance(value, dict):
        return "; ".join(f"{name}: {item}" for name, item in value.items())
    return value if isinstance(value, str) else str(value)
