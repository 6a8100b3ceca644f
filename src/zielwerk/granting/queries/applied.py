"""What a notice decides about: the submission, by measure and budget year."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from zielwerk.funding import queries as funding
from zielwerk.funding.models import Application, Submission
from zielwerk.granting.models import GrantNotice
from zielwerk.packs.applying import application_rules
from zielwerk.packs.model import Year
from zielwerk.rulebook.application import Application as Content
from zielwerk.rulebook.application import AppliedMeasure, read
from zielwerk.rulebook.application.path import ApplicationState
from zielwerk.rulebook.grant.amounts import Place
from zielwerk.rulebook.refusal import Refusal, msg


@dataclass(frozen=True)
class MeasureAmounts:
    """A measure with what is applied for and granted of it by budget year, in cents."""

    measure: AppliedMeasure
    applied: Mapping[int, int]
    granted: Mapping[int, int]

    @property
    def applied_cents(self) -> int:
        return sum(self.applied.values())

    @property
    def granted_cents(self) -> int:
        return sum(self.granted.values())

    @property
    def open_cents(self) -> int:
        """What nobody pays of its cost once this is granted."""
        others = self.measure.income_cents - self.applied_cents
        return max(self.measure.cost_cents - others - self.granted_cents, 0)


@dataclass(frozen=True)
class Applied:
    """A submission, read."""

    submission: Submission
    content: Content
    texts: Mapping[str, str]
    rules: Year

    @cached_property
    def amounts(self) -> dict[Place, int]:
        """What is applied for of the programme's money, by measure and budget year."""
        own = [each.code for each in self.rules.cost_sources if each.of_programme]
        found = self.content.by_measure_and_year(own)
        return {place: cents for place, cents in found.items() if cents > 0}

    @property
    def years(self) -> list[int]:
        return sorted({year for _, year in self.amounts})

    def measures(self, granted: Mapping[Place, int]) -> list[MeasureAmounts]:
        """The measures that money is applied for, each with what it gets."""
        return [
            MeasureAmounts(measure, _of(measure.key, self.amounts), _of(measure.key, granted))
            for measure in self.content.measures
            if _of(measure.key, self.amounts)
        ]


def _of(key: str, amounts: Mapping[Place, int]) -> dict[int, int]:
    return {year: cents for (measure, year), cents in sorted(amounts.items()) if measure == key}


def applied(notice: GrantNotice) -> Applied:
    """What a notice decides about, under the rules that it was handed in under."""
    return applied_of([notice])[notice.pk]


def applied_of(notices: Iterable[GrantNotice]) -> dict[int, Applied]:
    """The same of many notices, by their keys; one query for all of them."""
    deciding = {(each.application_id, each.submission): each.pk for each in notices}
    rows = Submission.objects.filter(
        application__in={application for application, _ in deciding},
        number__in={number for _, number in deciding},
    )
    return {
        deciding[each.application_id, each.number]: read_submission(each)
        for each in rows.select_related("application")
        if (each.application_id, each.number) in deciding
    }


def read_submission(submission: Submission) -> Applied:
    """What was handed in, as values."""
    codes: Iterable[str] = {paper["code"] for paper in submission.content["papers"]}
    application = submission.application
    found = read(submission.answers, application.year, frozenset(codes))
    rules = funding.rules_of(application)
    return Applied(submission, found.application, found.texts, rules)


def places_of(notice: GrantNotice) -> list[Place]:
    """The places that an act may change: each measure in each budget year of the programme."""
    what = applied(notice)
    years = application_rules(what.rules, what.rules.begins).budget_years
    measures = dict.fromkeys(measure for measure, _ in what.amounts)
    return [(measure, year) for measure in measures for year in years]


def why_not_applied(notice: GrantNotice, application: Application) -> tuple[Refusal, ...]:
    """Why a notice no longer fits what it decides about, as that is now."""
    refusals = []
    if application.state != ApplicationState.ASSESSED:
        refusals.append(
            Refusal("grant.not_assessed", NOT_ASSESSED, {"number": application.file_number})
        )
    if application.submission != notice.submission:
        params = {"number": application.file_number, "submission": application.submission}
        refusals.append(Refusal("grant.other_submission", OTHER_SUBMISSION, params))
    return tuple(refusals)


NOT_ASSESSED = msg("Die Prüfung des Antrags {number} ist nicht abgeschlossen.")
OTHER_SUBMISSION = msg(
    "Zum Antrag {number} gibt es inzwischen die Einreichung {submission}. Dieser Entwurf ist zu "
    "verwerfen; ein neuer geht von ihr aus."
)
