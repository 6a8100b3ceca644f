"""The notice of a programme year: whether its data fit, and what the pure rules need of it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from zielwerk.language import German, translate
from zielwerk.packs import checks, cited, due, law, phrases
from zielwerk.packs.faults import Place, Report
from zielwerk.packs.inheritance import Raw, Statements
from zielwerk.packs.model import Condition, Deadline, Parameter, Programme, Year
from zielwerk.rulebook.calendar import holds_on
from zielwerk.rulebook.grant.citation import Act
from zielwerk.rulebook.grant.conditions import slots_of, worded
from zielwerk.rulebook.grant.delivery import Law, Period
from zielwerk.rulebook.refusal import Refusal, Refused, msg

NEEDED = ("receipt_days", "remedy_period", "remedy_period_uninstructed")
"""What the law must say, where a notice is made."""


def delivery_law(rules: Year, day: date) -> Law:
    """What law and pack say about delivery and remedies on a day, also after the programme year.

    A notice of the year is often made known, changed or settled long after it; it is the law of
    that day that counts then. Raises Refused where the year has no notice, or a figure has no value
    on the day.
    """
    notice = rules.notice
    if notice is None:
        raise Refused(Refusal("packs.no_notice", _NONE, {"year": rules.label}))
    receipt, remedy, uninstructed = (_parameter(rules, code, day) for code in NEEDED)
    codes = {"deemed": receipt, "remedy_until": remedy}
    return Law(
        receipt_days=int(receipt.number),
        remedy_months=int(remedy.number),
        uninstructed_years=int(uninstructed.number),
        holidays=rules.programme.holidays,
        receipt_shifts=notice.receipt_shifts,
        remedy_shifts=notice.remedy_shifts,
        earlier_receipt=notice.earlier_receipt,
        receipt_basis=_norm(receipt),
        remedy_basis=_norm(remedy),
        uninstructed_basis=_norm(uninstructed),
        assumed=frozenset(code for code, each in codes.items() if each.source.assumed),
    )


def periods(rules: Year, day: date) -> tuple[Period, ...]:
    """The periods of the year that run from the day on which a notice is made known."""
    return tuple(
        Period(
            each.code,
            each.label,
            "notified",
            each.length,
            each.unit,
            each.basis,
            each.shifts,
            each.source.assumed,
        )
        for each in rules.deadlines
        if each.after == "notified" and each.length and each.unit and holds_on(each, day)
    )


def slot_values(rules: Year, day: date) -> dict[str, German]:
    """Rates, periods and days of a programme year as the texts of conditions name them."""
    parameters = {p.code: _said(p) for p in rules.parameters if holds_on(p, day)}
    deadlines = {d.code: _due(rules, d) for d in rules.deadlines if holds_on(d, day)}
    return deadlines | parameters


def _due(rules: Year, deadline: Deadline) -> German:
    """A day with its year, so that nobody has to ask which year it is after; else the period."""
    day = due.day_of(rules, deadline) if deadline.is_day else None
    return German(f"{day:%d.%m.%Y}", f"{day:%d.%m.%Y}") if day else phrases.due(deadline)


def filled(rules: Year, condition: Condition, day: date | None = None) -> German:
    """The text of a condition with the values of a day, by default its last one in the year.

    Raises Refused where one has no value then.
    """
    values = slot_values(rules, rules.within(day or condition.valid_until or rules.ends))
    english = {slot: value.wording("en") for slot, value in values.items()}
    return German(worded(condition.text, values), worded(condition.text_en, english))


def _said(parameter: Parameter) -> German:
    """A value with its unit: "2 Monate", "0,5 Prozent"."""
    german = f"{parameter.value.replace('.', ',')} {parameter.unit}"
    return German(german, f"{parameter.value} {translate(parameter.unit, 'en')}")


def _parameter(rules: Year, code: str, day: date) -> Parameter:
    """The parameter on a day: as the year says it, after the year as the law does."""
    found = _on(rules.parameters, code, day)
    if found is None and not rules.period.contains(day):
        found = _on(law.parameters(rules.programme.jurisdictions), code, day)
    if found is None:
        raise Refused(Refusal("packs.no_value", _NO_VALUE, {"code": code, "day": day}))
    return found


def _on(parameters: Iterable[Parameter], code: str, day: date) -> Parameter | None:
    return next((each for each in parameters if each.code == code and holds_on(each, day)), None)


def _norm(parameter: Parameter) -> str:
    """The norm alone; what stands behind it in the source is where it is printed."""
    return parameter.source.text.partition(";")[0]


def check_year(
    statements: Statements,
    programme: Programme,
    begins: date,
    in_law: Iterable[Parameter],
    acts: Sequence[Act],
    report: Report,
) -> None:
    """The notice fits the programme; conditions name what there is, and cite what exists.

    The entries are as the year states them, since it is the programme and the law that state
    the rest.
    """
    head, fields = statements.head
    tables = statements.tables
    notice = fields.get("notice")
    law = {parameter.code for parameter in in_law}
    if notice is None:
        for place, _ in tables["condition"][:1]:
            report.add(place, "code", _NO_NOTICE)
        for place, stage in tables["stage"]:
            if stage.get("procedure") == "grant":
                report.add(place, "procedure", _NOTHING_ISSUED)
    else:
        _check_notice(notice, tables["condition"], head, report)
        if basis := notice.get("basis"):
            cited.check(head, basis, acts, begins, report)
        if act := notice.get("procedure_act"):
            names = [each.name for each in acts]
            if act not in names:
                report.add(head, "notice", checks.UNKNOWN, value=act, choices=", ".join(names))
        for code in NEEDED:
            if code not in law | _codes(tables["parameter"]):
                report.add(head, "notice", _NOT_IN_LAW, value=code)
    slots = law | _codes(tables["parameter"]) | _codes(tables["deadline"])
    kinds = [kind.code for kind in programme.body_kinds]
    for place, condition in tables["condition"]:
        _check_condition(place, condition, kinds, slots, report)
        start = condition.get("valid_from") or begins
        if citation := condition.get("citation"):
            cited.check(place, citation, acts, max(start, begins), report)


def _check_notice(
    notice: Mapping[str, Any],
    conditions: Sequence[Raw],
    head: Place,
    report: Report,
) -> None:
    parts = notice.get("instalments", ())
    if parts and sum(part["percent"] for part in parts) != _WHOLE:
        report.add(head, "notice", _NOT_WHOLE)
    for part in parts:
        try:
            date(_LEAP_FREE, part["month"], part["day"])
        except ValueError:
            report.add(head, "notice", _NO_DAY, day=part["day"], month=part["month"])
    optional = [raw["code"] for _, raw in conditions if raw.get("optional")]
    if (final := notice.get("final")) and final not in optional:
        choices = ", ".join(optional) or "–"
        report.add(head, "notice", checks.UNKNOWN, value=final, choices=choices)
    if notice.get("final_usual") and not final:
        report.add(head, "notice", _NOTHING_USUAL)


def _check_condition(
    place: Place,
    condition: Mapping[str, Any],
    kinds: Sequence[str],
    slots: set[str],
    report: Report,
) -> None:
    for kind in condition.get("only_for", ()):
        if kind not in kinds:
            said = ", ".join(kinds)
            report.add(place, "only_for", checks.UNKNOWN, near=kind, value=kind, choices=said)
    for field in ("text", "text_en"):
        for slot in slots_of(condition.get(field, "")):
            if slot not in slots:
                report.add(place, field, _NO_SLOT, near=f"{{{slot}}}", slot=slot)


def _codes(raws: Iterable[Raw]) -> set[str]:
    return {str(raw.get("code")) for _, raw in raws}


_WHOLE = 100
_LEAP_FREE = 2023
_NONE = msg("{year}: Das Regelwerk kennt keinen Bescheid ([notice]).")
_NO_VALUE = msg("Für „{code}“ ist am {day} kein Wert bekannt.")
_NO_NOTICE = msg(
    "{file}, Zeile {line}, {field}: Nebenbestimmungen gehören zu einem Bescheid, und das"
    " Programmjahr hat keinen ([notice])."
)
_NOTHING_ISSUED = msg(
    "{file}, Zeile {line}, {field}: Stufen eines Bescheids gehören zu einem Bescheid, und das"
    " Programmjahr hat keinen ([notice])."
)
_NOT_IN_LAW = msg(
    "{file}, Zeile {line}, {field}: Für einen Bescheid fehlt „{value}“ ([[parameter]] hier oder in"
    " law)."
)
_NOT_WHOLE = msg("{file}, Zeile {line}, {field}: Die Raten ergeben zusammen nicht 100 Prozent.")
_NO_DAY = msg("{file}, Zeile {line}, {field}: Den {day}.{month}. gibt es nicht in jedem Jahr.")
_NOTHING_USUAL = msg(
    "{file}, Zeile {line}, {field}: Üblich sein kann ein Vorbehalt des Schlussbescheids nur, wo"
    " eine Nebenbestimmung ihn ausspricht (final)."
)
_NO_SLOT = msg(
    "{file}, Zeile {line}, {field}: „{slot}“ ist weder ein Parameter noch eine Frist dieses"
    " Programmjahrs."
)
