"""The people of the demo, invented, and how they take a case through its stages."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from django.conf import settings
from django.utils.timezone import localdate

from zielwerk.core import permissions
from zielwerk.core.cases import Case, kind_of
from zielwerk.identity import actions as identity
from zielwerk.identity.models import House, User
from zielwerk.identity.queries import let_in
from zielwerk.packs import competence
from zielwerk.packs import loading as packs
from zielwerk.packs.model import Body, Organisation, Year
from zielwerk.programme import actions as programme
from zielwerk.programme.actions import NewParty, NewRelation

C = TypeVar("C", bound=Case)
OPERATOR = identity.Operator("cli:demo")
BEGAN = datetime(2024, 1, 8, 8, 0, tzinfo=UTC)
INVENTED = "für die Vorführung erfunden"
# Who sits at an authority: the first alone where it takes no stage, else two at each.
CLERKS = ("Petra Sommer", "Ivo Brandt", "Selma Kurz", "Nils Aurich")
CLERK = ("authority_case_officer",)
LEADING = ("authority_approver", "authority_administrator")
SECONDS = ("Gesa Thoma", "Arif Demir", "Paula Hennig", "Tilo Marquardt")


@dataclass(frozen=True)
class Cast:
    """The persons of the demo; two wherever two must act.

    ``desks`` are two persons of each authority that takes stages, by its code.
    """

    officer: User
    head: User
    authority: User
    body: User
    provider: User
    auditor: User
    desks: Mapping[str, tuple[User, User]]

    def takers(self, procedure: str, year: int, ags: str = "") -> tuple[User, User]:
        """Who begins a procedure's cases and takes its first stage, and who looks on."""
        stages = packs.load(settings.PROGRAMME, year).procedure(procedure)
        return self.pair(stages[0].side, ags)

    def pair(self, side: str, ags: str = "") -> tuple[User, User]:
        """Who takes stages for a side in the affairs of a body, and who looks on with four eyes."""
        if side == "ministry":
            return self.officer, self.head
        if side == "body":
            return self.body, self.body
        code = next(iter(self.desks))
        for body in packs.bodies(settings.PROGRAMME):
            if body.ags == ags:
                rules = packs.load(settings.PROGRAMME, packs.years(settings.PROGRAMME)[0])
                code = _authority(rules, body).code
        return self.desks[code]


def enrol(rules: Year, home: Body) -> Cast:
    """The demo persons, each with a role; ``home`` is the body whose coordinator is one."""
    ministry = competence.title(rules, "ministry", rules.ends, home)
    coordination = f"Koordination {rules.programme.short_name}"
    provider = f"Bildungswerk {home.seat} (erfunden)"
    house, town = House("ministry"), House("body", ags=home.ags)
    officer = _person(
        "officer", "Mara Lindner", "Sachbearbeitung", ("ministry_editor",), ministry, house
    )
    leading = ("ministry_steering", "ministry_administrator")
    head = _person("head", "Jonas Acker", "Referatsleitung", leading, ministry, house)
    desks = dict(_desks(rules, home))
    entry = NewParty(
        rules.programme.code, provider, "provider", (NewRelation(home.ags),), is_invented=True
    )
    party = House("provider", party=programme.enter_party(officer, entry, at=BEGAN).pk)
    coordinating = ("body_coordinator", "body_administrator")
    contact, auditing = ("provider_contact",), ("auditor",)
    return Cast(
        officer,
        head,
        desks[_authority(rules, home).code][0],
        _person("body", "Deniz Kaya", coordination, coordinating, home.name, town),
        _person("provider", "Lena Vogt", "Projektleitung", contact, provider, party),
        _person(
            "auditor",
            "Ruth Brandes",
            "Prüfgebiet Soziales",
            auditing,
            "Rechnungshof",
            House("auditor"),
        ),
        desks,
    )


def _desks(rules: Year, home: Body) -> Iterator[tuple[str, tuple[User, User]]]:
    """Two persons of every authority where authorities take stages in any year, else one."""
    own = _authority(rules, home)
    years = (packs.load(rules.programme.code, year) for year in packs.years(rules.programme.code))
    are_two = any(stage.side == "authority" for each in years for stage in each.stages)
    others = competence.named(rules.organisations, "authority", rules.period)
    ordered = [own, *(each for each in others if each.code != own.code)]
    for number, each in enumerate({each.code: each for each in ordered}.values()):
        place = f"-{number + 1}" if number else ""
        name, other = CLERKS[number % len(CLERKS)], SECONDS[number % len(SECONDS)]
        first = second = _clerk(f"authority{place}", name, "Dezernat Förderungen", CLERK, each)
        if are_two:
            second = _clerk(f"authority-head{place}", other, "Dezernatsleitung", LEADING, each)
        yield each.code, (first, second)


def _clerk(
    key: str, name: str, function: str, held: Sequence[str], authority: Organisation
) -> User:
    return _person(key, name, function, held, authority.name, House("authority", authority.code))


def _person(
    key: str,
    name: str,
    function: str,
    held: Sequence[str],
    organisation: str,
    house: House,
) -> User:
    """A person of the demo with her posts; addresses under example.org reach nobody."""
    person = identity.Enrolment(
        f"{key}@vorfuehrung.example.org",
        name,
        function,
        held[0],
        organisation,
        house.ags,
        house.organisation_code,
        house.party,
        is_demo=True,
    )
    user = identity.enrol(OPERATOR, person, at=BEGAN)
    for role in held[1:]:
        identity.grant(OPERATOR, identity.NewPost(user, role, organisation, house), at=BEGAN)
    return let_in(user, localdate(BEGAN))


def _authority(rules: Year, body: Body) -> Organisation:
    authority = competence.competent(rules.organisations, "authority", rules.ends, body)
    assert authority  # a pack without one is refused
    return authority


def walk(
    cast: Cast, case: C, at: datetime, pace: timedelta, *, to_the_end: bool = True
) -> tuple[C, datetime]:
    """Take a case through the stages of its procedure, each by who takes it, and when it ended.

    Without ``to_the_end`` the last stage is left, which brings something about.
    """
    kind, stages = kind_of(case), packs.load(case.programme, case.year).stages
    by_code = {stage.code: stage for stage in stages if stage.procedure == _procedure(case)}
    while row := next((row for row in kind.open_steps(case) if row.verb in by_code), None):
        stage = by_code[row.verb]
        if stage.effect != "none" and not to_the_end:
            break
        first, second = cast.pair(stage.side, getattr(case, "ags", ""))
        given: dict[str, Any] = {"note": f"Keine Einwände ({INVENTED})"} if stage.notes else {}
        if row.taken_by in kind.before:
            given |= kind.before[row.taken_by](case, at)
        verb = kind.verb(row.taken_by)
        is_second = stage.four_eyes or permissions.refusal(first, row.by, case)
        case = verb(second if is_second else first, case, **given, at=at)
        at += pace
    return case, at


def _procedure(case: Case) -> str:
    """The procedure whose stages a case passes."""
    return kind_of(case).procedure or "recording"
