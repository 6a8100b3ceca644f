"""Drafts of programme years, and their releases."""

from datetime import date

from django.db.models import QuerySet

from zielwerk.core.permissions import Actor
from zielwerk.packs import loading as packs
from zielwerk.packs.model import Year
from zielwerk.programme.models import AdoptedYear, YearRelease
from zielwerk.rulebook.release import ReleaseFacts, ReleaseState


def releases(user: Actor, programme: str) -> QuerySet[YearRelease]:
    """All releases of the programme, newest first: who may look at the rules sees them all."""
    return YearRelease.objects.filter(programme=programme).defer("differences")


def adopted_years(programme: str) -> frozenset[int]:
    """The years that were there when the installation was set up; empty while it was not."""
    rows = AdoptedYear.objects.filter(programme=programme)
    return frozenset(rows.values_list("year", flat=True))


def _drafts(programme: str, wanted: list[Year]) -> list[Year]:
    """Those that need a release: marked as drafts, or added after the installation was set up."""
    adopted = adopted_years(programme)
    return [each for each in wanted if each.is_draft or (adopted and each.year not in adopted)]


def is_draft(rules: Year) -> bool:
    """Whether nobody released the rules of a draft year in this version."""
    return (
        bool(_drafts(rules.programme.code, [rules]))
        and not YearRelease.objects.filter(
            programme=rules.programme.code,
            year=rules.year,
            version=rules.rule_version,
            state=ReleaseState.RELEASED,
        ).exists()
    )


def draft_years(programme: str) -> frozenset[int]:
    """The years of a programme under which nothing can be done yet; asks only where one may be."""
    drafts = _drafts(programme, _years(programme))
    if not drafts:
        return frozenset()
    released = set(
        YearRelease.objects.filter(programme=programme, state=ReleaseState.RELEASED).values_list(
            "year", "version"
        )
    )
    return frozenset(each.year for each in drafts if (each.year, each.rule_version) not in released)


def running_year(programme: str, today: date) -> int:
    """The newest programme year that has begun and is no draft, else the first."""
    return packs.year_on(programme, today, drafts=draft_years(programme))


def open_release(programme: str, year: int) -> YearRelease | None:
    """The release of a year that is proposed and not decided yet."""
    return YearRelease.objects.filter(
        programme=programme, year=year, state=ReleaseState.PROPOSED
    ).first()


def facts_of_release(release: YearRelease) -> ReleaseFacts:
    """What was proposed beside what the pack says now."""
    known = release.year in packs.years(release.programme)
    today = packs.load(release.programme, release.year).rule_version if known else ""
    return ReleaseFacts(release.version, today)


def _years(programme: str) -> list[Year]:
    return [packs.load(programme, year) for year in packs.years(programme)]
