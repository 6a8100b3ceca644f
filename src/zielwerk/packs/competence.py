"""Who is competent on a day: the one place that tells ministry, granting authority and court.

Pure: organisations as a pack declares them in, one of them out.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from zielwerk.packs.faults import Place, Report
from zielwerk.packs.model import Body, Competence, Organisation, Year, values_of
from zielwerk.rulebook.calendar import Period, hold_together, holds_during, holds_on
from zielwerk.rulebook.refusal import msg

ROLES: dict[Competence, str] = {
    "ministry": msg("Ministerium"),
    "authority": msg("Bewilligungsbehörde"),
    "court": msg("Verwaltungsgericht"),
}
NEEDED: tuple[Competence, ...] = ("ministry", "authority")


def covers(organisation: Organisation, body: Body) -> bool:
    """Whether an organisation's competence reaches a body, whatever the day."""
    if not organisation.bodies and not organisation.facts:
        return True
    return body.ags in organisation.bodies or any(
        not set(given).isdisjoint(values_of(body.facts, code))
        for code, given in organisation.facts.items()
    )


def competent(
    organisations: Iterable[Organisation], role: Competence, day: date, body: Body | None = None
) -> Organisation | None:
    """The organisation of a role on a day, for a body or, without one, for all of them.

    None where nobody is: for a body outside every competence, on a day without an entry, and,
    where several share the bodies out, for all of them.
    """
    candidates = [
        each
        for each in organisations
        if each.role == role
        and holds_on(each, day)
        and (covers(each, body) if body else not each.bodies and not each.facts)
    ]
    return candidates[0] if candidates else None


def named(
    organisations: Iterable[Organisation], role: Competence, period: Period
) -> tuple[Organisation, ...]:
    """All organisations of a role that are competent on some day of a period, in order."""
    return tuple(each for each in organisations if each.role == role and holds_during(each, period))


def title(rules: Year, role: Competence, day: date, body: Body | None = None) -> str:
    """The name of who is competent on a day of a programme year; empty where nobody is."""
    organisation = competent(rules.organisations, role, rules.within(day), body)
    return organisation.name if organisation else ""


@dataclass(frozen=True)
class Office:
    """An organisation on a day: as it is then, and under its other names, newest first.

    ``present`` is None where it does not exist, or is not competent, on the day.
    """

    role: Competence
    code: str
    present: Organisation | None
    others: tuple[Organisation, ...]


def offices(
    organisations: Iterable[Organisation],
    role: Competence,
    day: date,
    versions: Sequence[Body] = (),
) -> tuple[Office, ...]:
    """The organisations of a role, those that exist on a day first.

    Of a body, given by all its versions, those that are or were competent for it.
    """
    entries: dict[str, list[Organisation]] = {}
    for each in organisations:
        if each.role == role and (not versions or any(_was_of(each, body) for body in versions)):
            entries.setdefault(each.code, []).append(each)
    known = []
    for code, of_code in entries.items():
        present = next((each for each in of_code if _is_of(each, versions, day)), None)
        others = sorted(
            (each for each in of_code if each is not present),
            key=lambda each: each.valid_from or date.min,
            reverse=True,
        )
        known.append(Office(role, code, present, tuple(others)))
    return tuple(sorted(known, key=lambda office: office.present is None))


def _was_of(organisation: Organisation, body: Body) -> bool:
    """Whether an organisation was competent for a body as long as it was as it is here."""
    return covers(organisation, body) and hold_together(organisation, body)


def _is_of(organisation: Organisation, versions: Sequence[Body], day: date) -> bool:
    if not holds_on(organisation, day):
        return False
    return not versions or covers(organisation, as_of(versions, day))


def reach(
    organisations: Iterable[Organisation],
    role: Competence,
    code: str,
    day: date,
    bodies: Iterable[Body],
) -> frozenset[str] | None:
    """The keys of the bodies for which the organisation of a code is competent on a day.

    None where it is for every body. Of a body that no longer exists, or does not yet, its last
    or first facts count: its files need somebody too.
    """
    of_code = [
        each
        for each in organisations
        if (each.role, each.code) == (role, code) and holds_on(each, day)
    ]
    if any(not each.bodies and not each.facts for each in of_code):
        return None
    versions: dict[str, list[Body]] = {}
    for body in bodies:
        versions.setdefault(body.ags, []).append(body)
    return frozenset(
        ags
        for ags, known in versions.items()
        if any(covers(each, as_of(known, day)) for each in of_code)
    )


def as_of(versions: Sequence[Body], day: date) -> Body:
    """A body as it is on a day; before its first one or after its last, as it is next to it."""
    in_time = sorted(versions, key=lambda body: body.valid_from or date.min)
    begun = [body for body in in_time if (body.valid_from or date.min) <= day]
    return begun[-1] if begun else in_time[0]


def check(
    placed: Sequence[tuple[Place, Organisation]], bodies: Iterable[Body], report: Report
) -> None:
    """At no time are two organisations of a role competent for the same body."""
    for body in bodies:
        seen: list[tuple[Place, Organisation]] = []
        for place, organisation in placed:
            if not covers(organisation, body):
                continue
            for earlier, other in seen:
                if other.role == organisation.role and hold_together(other, organisation):
                    report.add(
                        place,
                        "name",
                        _TWO,
                        value=organisation.name,
                        other=other.name,
                        body=body.name,
                        **earlier.as_first("name"),
                    )
                    return
            seen.append((place, organisation))


def gaps(
    organisations: Sequence[Organisation], bodies: Iterable[Body], period: Period
) -> Iterator[tuple[Competence, Body, date]]:
    """Roles that every body needs, the body and the first day of the period on which none is."""
    for body in bodies:
        for role in NEEDED:
            start = max(period.first, body.valid_from or date.min)
            end = min(period.last, body.valid_until or date.max)
            day: date | None = start
            while day and day <= end:
                organisation = competent(organisations, role, day, body)
                if organisation is None:
                    yield role, body, day
                    break
                until = organisation.valid_until
                day = until + timedelta(days=1) if until else None


_TWO = msg(
    "{file}, Zeile {line}, {field}: „{value}“ ist zur selben Zeit für {body} zuständig wie"
    " „{other}“ in {first_file}, Zeile {first_line}."
)
