"""Law by date: parameters of federal and state law, each value with its validity and source.

``law/<jurisdiction>.toml`` names each ``[[parameter]]`` once and gives its values as
``[[value]]`` by validity, without overlap and without gap; beside them it names authorities and
norms (``land``) and the acts that may be cited (``cited``). A folder of packs may bring such
files of its own; a jurisdiction that has none there is read from those that ship.
"""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Annotated

from pydantic import Field

from zielwerk.packs import checks, cited, land
from zielwerk.packs.faults import Place, Report
from zielwerk.packs.files import entries, entry, raw_entries, read_law, typed
from zielwerk.packs.folders import kept
from zielwerk.packs.model import Entry, Jurisdiction, Labelled, LawSource, Parameter, Source, Text
from zielwerk.rulebook.calendar import holds_on
from zielwerk.rulebook.refusal import Refusal, Refused, msg


class LawParameter(Labelled):
    """A figure that the law sets."""

    code: str  # base_rate, receipt_days
    unit_en: str = ""
    unit: Text


class LawValue(Entry):
    """A parameter's value with its validity; both days inclusive, None is open."""

    code: str  # of the LawParameter
    value: Annotated[str, Field(pattern=r"^-?[0-9]+(\.[0-9]+)?$")]
    valid_from: date | None = None
    valid_until: date | None = None
    source: LawSource


Values = Sequence[tuple[Place, LawValue]]


def parameter_on(
    day: date, code: str, jurisdictions: tuple[Jurisdiction, ...], root: Path | None = None
) -> Parameter:
    """The parameter as it holds on ``day``; its ``number`` is the figure.

    Raises Refused where these jurisdictions do not know it, or not for that day.
    """
    of_code = [parameter for parameter in parameters(jurisdictions, root) if parameter.code == code]
    for parameter in of_code:
        if holds_on(parameter, day):
            return parameter
    params = {"code": code, "jurisdictions": ", ".join(jurisdictions) or "–", "day": day}
    if not of_code:
        raise Refused(Refusal("packs.unknown_law", _UNKNOWN, params))
    params["label"] = of_code[0].label
    raise Refused(Refusal("packs.no_law_on_day", _NOT_ON_DAY, params))


@kept
def parameters(
    jurisdictions: tuple[Jurisdiction, ...], root: Path | None = None
) -> tuple[Parameter, ...]:
    """All parameters of these jurisdictions, at any time; raises PackFaults for bad data."""
    report = Report()
    values = read(jurisdictions, root, report)
    report.refuse_if_any()
    return values


def read(
    jurisdictions: tuple[Jurisdiction, ...], root: Path | None, report: Report
) -> tuple[Parameter, ...]:
    """The parameters of the jurisdictions in the order of their files; faults are noted."""
    declared: list[tuple[Place, LawParameter]] = []
    values: list[tuple[Place, LawValue]] = []
    written = 0
    for jurisdiction in jurisdictions:
        if content := read_law(jurisdiction, root, report):
            file, data = content
            land.take(file, data, report)
            cited.take(file, data, report)
            declared += entries(LawParameter, file, data, "parameter", report)
            raws = raw_entries(file, data, "value", report)
            written += len(raws)
            values += typed(LawValue, raws, report)
            entry(Entry, data, Place(file), report)
    _check(declared, values, report)
    if len(values) == written:  # else what is missing was told already
        _check_gaps(declared, values, report)
    return tuple(
        _resolved(parameter, value)
        for _, parameter in declared
        for _, value in _in_time(values, parameter.code)
    )


def _check(declared: Sequence[tuple[Place, LawParameter]], values: Values, report: Report) -> None:
    checks.unique(declared, "code", lambda parameter: (parameter.code,), report)
    codes = [parameter.code for _, parameter in declared]
    checks.declared_only(values, "code", lambda value: (value.code,), codes, report)
    checks.in_order(values, report)
    checks.not_at_once(values, "code", lambda value: (value.code,), report)
    land.check_days([(place, value.source) for place, value in values], report)


def _in_time(values: Values, code: str) -> list[tuple[Place, LawValue]]:
    of_code = [(place, value) for place, value in values if value.code == code]
    return sorted(of_code, key=lambda placed: placed[1].valid_from or date.min)


def _check_gaps(
    declared: Sequence[tuple[Place, LawParameter]], values: Values, report: Report
) -> None:
    """From its first value on, a parameter has one on every day until its last."""
    for place, parameter in declared:
        of_code = _in_time(values, parameter.code)
        if not of_code:
            report.add(place, "code", _NO_VALUE, value=parameter.code)
        for (_, before), (after_place, after) in pairwise(of_code):
            end, start = before.valid_until or date.max, after.valid_from or date.min
            if start > end and (start - end).days > 1:
                report.add(
                    after_place, "valid_from", _GAP, value=parameter.code, end=end, start=start
                )


def _resolved(parameter: LawParameter, value: LawValue) -> Parameter:
    cited = value.source
    text = "; ".join(filter(None, (cited.citation, cited.text)))
    return Parameter(
        **dict(parameter),
        value=value.value,
        valid_from=value.valid_from,
        valid_until=value.valid_until,
        source=Source(
            text=f"{text} ({cited.day:%d.%m.%Y})" if cited.day else text, assumed=cited.assumed
        ),
    )


_UNKNOWN = msg("Das Recht ({jurisdictions}) kennt keine Angabe „{code}“.")
_NOT_ON_DAY = msg("{label}: Für den {day} ist kein Wert bekannt (Recht: {jurisdictions}).")
_NO_VALUE = msg("{file}, Zeile {line}, {field}: Zu „{value}“ fehlt jeder Wert ([[value]]).")
_GAP = msg(
    "{file}, Zeile {line}, {field}: Zwischen dem {end} und dem {start} gilt für „{value}“ kein"
    " Wert."
)
