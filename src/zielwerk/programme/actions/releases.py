"""The verbs of a release: propose the rules of a year, release them or send them back."""

from dataclasses import dataclass
from datetime import datetime

from zielwerk.core.actions import action, seal
from zielwerk.core.cases import new_case, step
from zielwerk.core.permissions import Actor
from zielwerk.packs import loading as packs
from zielwerk.packs.differences import Difference, differences
from zielwerk.packs.kept_differences import as_kept
from zielwerk.packs.model import Year
from zielwerk.programme import queries
from zielwerk.programme.actions.rules import keep
from zielwerk.programme.models import AdoptedYear, YearRelease
from zielwerk.programme.models.releases import PROPOSED_ALREADY
from zielwerk.rulebook.refusal import Refusal, Refused, msg
from zielwerk.rulebook.release import RELEASE, ReleaseFacts

PREFIX = "FG"


@dataclass(frozen=True)
class NewRelease:
    """A year's rules to be released; ``version`` is the one that the person looked at."""

    programme: str
    year: int
    version: str
    remark: str = ""


@action("programme.adopt_years")
def adopt_years(actor: Actor, programme: str, *, at: datetime) -> list[AdoptedYear]:
    """Take the years that the pack has now as they are; those that come later are drafts.

    Done once for a programme. A year marked as a draft stays one.
    """
    if queries.adopted_years(programme):
        raise Refused(ADOPTED)
    rules = [packs.load(programme, year) for year in packs.years(programme)]
    rows = [
        AdoptedYear(programme=programme, year=each.year, version=each.rule_version, adopted_at=at)
        for each in rules
    ]
    for row in rows:
        row.save()
    seal(*rows)
    return rows


ADOPTED = Refusal(
    "programme.adopted", msg("Die Programmjahre dieses Programms sind schon übernommen.")
)


@action("programme.propose_release")
def propose_release(actor: Actor, new: NewRelease, *, at: datetime) -> YearRelease:
    """Put the rules of a draft year forward, with all that differs from the year before."""
    rules = packs.load(new.programme, new.year)
    params = {"year": str(new.year)}
    if not queries.is_draft(rules):
        raise Refused(Refusal("programme.no_draft", _NO_DRAFT, params))
    if rules.rule_version != new.version:
        raise Refused(Refusal("programme.looked_at_other", _OTHER, params))
    if queries.open_release(new.programme, new.year):
        raise Refused(PROPOSED_ALREADY)
    before = year_before(new.programme, new.year)
    keep(rules, at=at)
    if before:
        keep(before, at=at)
    return new_case(
        YearRelease,
        f"{PREFIX}-{new.year}",
        at=at,
        programme=new.programme,
        year=new.year,
        version=rules.rule_version,
        before_year=before.year if before else None,
        before_version=before.rule_version if before else "",
        differences=[as_kept(each) for each in between(before, rules)],
        remark=new.remark,
        proposed_by=actor.audit_name,
        proposed_at=at,
    )


@step(RELEASE)
def release(actor: Actor, release: YearRelease, facts: ReleaseFacts, *, at: datetime) -> None:
    """Let people act under the rules."""
    release.decided_by, release.decided_at = actor.audit_name, at


@step(RELEASE)
def send_back(
    actor: Actor, release: YearRelease, facts: None, note: str = "", *, at: datetime
) -> None:
    """Leave the rules a draft, for a reason; they can be proposed again."""
    release.decided_by, release.decided_at = actor.audit_name, at


@step(RELEASE)
def withdraw(actor: Actor, release: YearRelease, facts: None, *, at: datetime) -> None:
    """Whoever proposed the rules takes that back before anybody decided."""


def year_before(programme: str, year: int) -> Year | None:
    """The rules of the year before; None of a programme's first year."""
    before = next((each for each in packs.years(programme) if each < year), None)
    return packs.load(programme, before) if before else None


def between(before: Year | None, rules: Year) -> tuple[Difference, ...]:
    """What differs from the year before, over rules and bodies."""
    if before is None:
        return ()
    code = rules.programme.code
    bodies = [packs.bodies_in(code, each.year) for each in (before, rules)]
    changes = (packs.successions_in(before), packs.successions_in(rules))
    return differences(before, rules, bodies[0], bodies[1], changes)


_NO_DRAFT = msg("Die Regeln des Programmjahrs {year} sind kein Entwurf.")
_OTHER = msg(
    "Die Regeln des Programmjahrs {year} haben sich geändert, seit Sie sie angesehen haben."
    " Bitte sehen Sie die heutige Fassung an."
)
