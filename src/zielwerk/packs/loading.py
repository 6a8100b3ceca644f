"""Reading programme packs: data in, typed values out, every fault a sentence.

A pack lies in ``<root>/<programme>/``: ``programme.toml``, ``bodies.toml``,
``organisations.toml`` and for each year a folder with ``year.toml``, ``clauses/`` and
``letters/``, which states what it changes from the year before; ``demo/<year>.toml`` holds what
is invented for the demo. A pack with a fault is not loaded at all. What was loaded is kept, so
a changed pack is seen after a restart.
"""

import re
from collections.abc import Collection, Iterable, Set
from datetime import date
from pathlib import Path

from zielwerk.packs import applications, cited, law, notices, procedures, signings, strategies
from zielwerk.packs.demo import DemoAgreement, DemoYear
from zielwerk.packs.demo_file import read_demo
from zielwerk.packs.faults import Report
from zielwerk.packs.folders import SHIPPED, below, has, holders, holding, kept, own
from zielwerk.packs.model import Body, Organisation, Programme, Succession, Year
from zielwerk.packs.programme_folder import Basis, read_basis, read_programme
from zielwerk.packs.whole_year import whole
from zielwerk.packs.year_folder import NO_YEAR, Resolved, read_year
from zielwerk.rulebook import membership
from zielwerk.rulebook.calendar import holds_on
from zielwerk.rulebook.refusal import Refusal, Refused, msg

DEFAULT = "aqb_hessen"
"""The programme where nobody names one."""


def available(root: Path | None = None) -> tuple[tuple[str, int], ...]:
    """All (programme, year) there is a pack for, in order."""
    return _in_folder(root) if root else _installed()


@kept
def _installed() -> tuple[tuple[str, int], ...]:
    """Asked many times a page; like the packs themselves, read once."""
    folders = dict.fromkeys((own() or SHIPPED, SHIPPED))
    packs = (
        pack for folder in folders for pack in _in_folder(folder) if holding(pack[0]) == folder
    )
    return tuple(sorted(packs))


def _in_folder(root: Path) -> tuple[tuple[str, int], ...]:
    return tuple((each.name, year) for each in below(root) for year in _years_of(each))


def _years_of(programme: Path) -> list[int]:
    names = (each.name for each in holders(programme, "year.toml"))
    return sorted(int(name) for name in names if re.fullmatch(r"[0-9]{4}", name))


def grants(programme: str) -> bool:
    """Whether recording a document grants the money by a notice, by the newest year's rules."""
    return any(load(programme, year).grants for year in years(programme)[:1])


def programmes() -> list[Programme]:
    """Every programme there is a pack of."""
    return [programme(code) for code in codes()]


def codes() -> list[str]:
    """The codes of all programmes there are packs of."""
    return sorted({code for code, _ in available()})


def years(programme: str, root: Path | None = None) -> list[int]:
    """The years of a programme there is a pack for, newest first."""
    return [year for code, year in reversed(available(root)) if code == programme]


@kept
def programme(code: str, root: Path | None = None) -> Programme:
    """The programme; raises Refused where it is unknown or its files have faults."""
    _refuse_unknown(code, None, root)
    return _programme(code, root or holding(code))


def bodies(programme: str, root: Path | None = None) -> tuple[Body, ...]:
    """All regional bodies of the programme at any time, by AGS; raises like ``programme``."""
    return _read(programme, root).bodies


def organisations(programme: str, root: Path | None = None) -> tuple[Organisation, ...]:
    """All organisations of the programme under all their names; raises like ``programme``."""
    return _read(programme, root).organisations


def successions(programme: str, root: Path | None = None) -> tuple[Succession, ...]:
    """All successions among its bodies, by day; raises like ``programme``."""
    return _read(programme, root).successions


def _read(code: str, root: Path | None) -> Basis:
    _refuse_unknown(code, None, root)
    return _basis(code, root or holding(code))


def successions_in(rules: Year, root: Path | None = None) -> tuple[Succession, ...]:
    """The successions whose day lies in a programme year."""
    of_programme = successions(rules.programme.code, root)
    return tuple(each for each in of_programme if rules.period.contains(each.day))


def bodies_on(programme: str, day: date, root: Path | None = None) -> tuple[Body, ...]:
    """The regional bodies that exist on ``day``, by AGS."""
    return tuple(body for body in bodies(programme, root) if holds_on(body, day))


def bodies_in(programme: str, year: int, root: Path | None = None) -> tuple[Body, ...]:
    """Who is a body in a programme year: whoever exists on any of its days, once, by AGS.

    The one answer for everything that is done for a year: money is shared out to these,
    agreements recorded, tables taken and lists made. A body that changed is as it was last.
    """
    return membership.members(bodies(programme, root), load(programme, year, root).period)


def bodies_sharing(
    programme: str,
    year: int,
    carried_out: Set[str] = frozenset(),
    counted: Set[str] = frozenset(),
    root: Path | None = None,
) -> tuple[Body, ...]:
    """Who shares in the money of a programme year, by AGS; see :mod:`zielwerk.rulebook.membership`.

    ``carried_out`` are the successions carried out for it, ``counted`` the bodies that its
    figures count apart.
    """
    period = load(programme, year, root).period
    known, changes = bodies(programme, root), successions(programme, root)
    return membership.sharing(known, changes, period, carried_out, counted)


def bodies_staying(
    programme: str, year: int, carried_out: Set[str], root: Path | None = None
) -> tuple[Body, ...]:
    """Who can be given money of a programme year: all but those that passed on theirs."""
    period = load(programme, year, root).period
    known, changes = bodies(programme, root), successions(programme, root)
    return membership.staying(known, changes, period, carried_out)


def earlier_keys(programme: str, ags: str, root: Path | None = None) -> tuple[str, ...]:
    """The keys that a body had before it was renamed, newest first: its series goes on."""
    renamings = [each for each in successions(programme, root) if not each.is_break]
    keys = [ags]
    for each in reversed(renamings):
        if each.successors == (keys[-1],) and keys[-1] not in each.predecessors:
            keys += each.predecessors[:1]
    return tuple(keys[1:])


def breaks_within(
    programme: str, series: Iterable[tuple[str, int]], root: Path | None = None
) -> tuple[tuple[Body, Succession], ...]:
    """The breaks that a series crosses, given as the (AGS, programme year) it has figures for.

    A break lies within where a body has figures both for a year that began before it and
    for one that began on its day or later; who began with the break has figures only after.
    """
    years: dict[str, list[int]] = {}
    for ags, year in series:
        years.setdefault(ags, []).append(year)
    newest = {body.ags: body for body in bodies(programme, root)}
    return tuple(
        (newest[ags], each)
        for ags in sorted(years.keys() & newest.keys())
        for each in breaks_of(programme, ags, root)
        if first_day(programme, min(years[ags]), root)
        < each.day
        <= first_day(programme, max(years[ags]), root)
    )


def breaks_of(programme: str, ags: str, root: Path | None = None) -> tuple[Succession, ...]:
    """The successions that break a body's series, by day."""
    of_body = (each for each in successions(programme, root) if each.touches(ags))
    return tuple(each for each in of_body if each.is_break)


def year_on(
    programme: str,
    day: date,
    root: Path | None = None,
    *,
    drafts: Collection[int] | None = None,
) -> int:
    """The current programme year on a day: the newest, not a draft, whose period has begun.

    Before any of them has begun, the first. ``drafts`` are those that count as drafts, by default
    all that are marked.
    """
    all_years = years(programme, root)
    if drafts is None:
        drafts = [year for year in all_years if load(programme, year, root).is_draft]
    released = [year for year in all_years if year not in drafts]
    begun = (year for year in released if load(programme, year, root).begins <= day)
    return next(begun, released[-1] if released else years(programme, root)[-1])


def year_before(programme: str, year: int, root: Path | None = None) -> int:
    """The programme year before one; where no pack has it, the number before."""
    return next((each for each in years(programme, root) if each < year), year - 1)


def first_year_after(programme: str, day: date, root: Path | None = None) -> int:
    """The first programme year that lies wholly after a break; one without a pack, if need be."""
    later = [year for year in years(programme, root) if first_day(programme, year, root) >= day]
    return later[-1] if later else years(programme, root)[0] + 1


def first_day(programme: str, year: int, root: Path | None = None) -> date:
    """The first day of a programme year; of one without a pack, that of the calendar year."""
    known = (programme, year) in available(root)
    return load(programme, year, root).begins if known else date(year, 1, 1)


@kept
def load(programme: str, year: int, root: Path | None = None) -> Year:
    """The rule-set of a programme year.

    Raises Refused where there is none, PackFaults with every fault where it cannot be used.
    """
    _refuse_unknown(programme, year, root)
    folder = root or holding(programme)
    report = Report()
    own_rules = report.gather(lambda: _year(programme, year, folder))
    charter = report.gather(lambda: _programme(programme, folder))
    in_law = report.gather(lambda: law.parameters(charter.jurisdictions, root)) if charter else ()
    basis = report.gather(lambda: _basis(programme, folder))
    if own_rules and charter:
        stages = own_rules.statements.tables["stage"]
        procedures.check_document(stages, charter.document, report)
        strategies.check_year(own_rules.statements.tables, charter, report)
        tables, (head, fields) = own_rules.statements.tables, own_rules.statements.head
        signings.check_year(tables, charter, head, report)
        applications.check_programme(fields, tables, charter, report)
        acts = report.gather(lambda: cited.acts(charter.jurisdictions, root)) or ()
        begins = own_rules.fields["begins"]
        assert isinstance(begins, date)
        notices.check_year(own_rules.statements, charter, begins, in_law or (), acts, report)
    report.refuse_if_any()
    assert own_rules
    assert basis
    assert in_law is not None
    return whole(own_rules, basis, in_law)


@kept
def _programme(code: str, folder: Path) -> Programme:
    report = Report()
    charter = read_programme(code, folder, report)
    report.refuse_if_any()
    assert charter
    return charter


@kept
def _basis(code: str, folder: Path) -> Basis:
    report = Report()
    charter = report.gather(lambda: _programme(code, folder))
    basis = read_basis(code, folder, charter, report)
    report.refuse_if_any()
    assert basis
    return basis


@kept
def _year(code: str, year: int, folder: Path) -> Resolved:
    """A year as its folder says it on top of the years before, each read once.

    All of them must be without a fault, because each rests on the one before.
    """
    before = [earlier for earlier in _years_of(folder / code) if earlier < year]
    rests_on = _year(code, before[-1], folder) if before else NO_YEAR
    report = Report()
    resolved = read_year(folder / code / str(year), rests_on, folder, report)
    report.refuse_if_any()
    assert resolved
    return resolved


@kept
def demo_year(programme: str, year: int, root: Path | None = None) -> DemoYear:
    """The data invented for the demo of that year; empty where the pack invents none."""
    rules = load(programme, year, root)
    folder = root or holding(programme)
    path = folder / programme / "demo" / f"{year}.toml"
    return (
        read_demo(path, folder, rules, _read(programme, root).bodies) if has(path) else DemoYear()
    )


def demo_agreements(
    programme: str, year: int, root: Path | None = None
) -> tuple[DemoAgreement, ...]:
    """Agreements invented for the demo of that year, by AGS; none where the pack has none."""
    return demo_year(programme, year, root).agreements


def _name(code: str, root: Path | None) -> str:
    """What people call a programme."""
    return programme(code, root).name


def _refuse_unknown(programme: str, year: int | None, root: Path | None) -> None:
    packs = available(root)
    programmes = sorted({code for code, _ in packs})
    if programme not in programmes:
        raise Refused(
            Refusal(
                "packs.unknown_programme",
                msg("Das Programm „{programme}“ ist hier nicht bekannt. Vorhanden: {available}."),
                {"programme": programme, "available": ", ".join(programmes) or "–"},
            )
        )
    if year is not None and (programme, year) not in packs:
        years = ", ".join(str(declared) for code, declared in packs if code == programme)
        raise Refused(
            Refusal(
                "packs.unknown_year",
                msg(
                    "Für das Programmjahr {year} gibt es kein Regelwerk im Programm"
                    " „{programme}“. Vorhanden: {available}."
                ),
                {"year": year, "programme": _name(programme, root), "available": years},
            )
        )
