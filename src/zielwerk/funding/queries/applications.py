"""Reads of applications: those a person sees, what they say, and the facts of their steps."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.timezone import localdate

from zielwerk.agreements import queries as recorded
from zielwerk.agreements.models import Agreement
from zielwerk.core import permissions
from zielwerk.core.permissions import Actor
from zielwerk.core.queries import within
from zielwerk.funding.models import (
    Application,
    Entry,
    Paper,
    Question,
    Settlement,
    Submission,
)
from zielwerk.funding.queries.judging import Judged, judged, rules_of
from zielwerk.language import German
from zielwerk.packs import loading as packs
from zielwerk.packs.due import days_of
from zielwerk.packs.model import Year
from zielwerk.rulebook.application import (
    APPLICATION,
    ApplicationFacts,
    ApplicationState,
    Settled,
    days_late,
)
from zielwerk.rulebook.application.path import NOT_EXAMINED, OVER
from zielwerk.rulebook.lifecycle import Lifecycle
from zielwerk.rulebook.refusal import Refusal
from zielwerk.strategy import queries as strategy
from zielwerk.strategy.models import Strategy

RESTING: list[Callable[[Application], Iterable[Refusal]]] = []  # filled by wiring from above
"""What rooms above say rests on an application, so that it stays as it was assessed."""
PURPOSE = "application"
"""For what a pack names the last day of applications."""


def applications(user: Actor, programme: str) -> QuerySet[Application]:
    """All applications within the person's perimeter, newest first."""
    return within(user, Application.objects.filter(programme=programme).order_by("-pk"))


def pursued(programme: str, year: int, ags: str) -> Application | None:
    """The application that a body pursues in a year: at most one."""
    rows = Application.objects.filter(programme=programme, year=year, ags=ags, passed_from="")
    return rows.exclude(state__in=OVER).first()


def lifecycle_of(application: Application) -> Lifecycle:
    """The path that the rules of the application's time declare."""
    return APPLICATION.lifecycle(rules_of(application).procedure("application"))


def years(programme: str) -> list[int]:
    """The programme years in which bodies apply, newest first."""
    found = (year for year in packs.years(programme))
    return [year for year in found if packs.load(programme, year).procedure("application")]


def last_day(rules: Year) -> date | None:
    """The last day of applications of a year; None where the rules name none."""
    return next((day for each, day in days_of(rules) if each.purpose == PURPOSE), None)


@dataclass(frozen=True)
class Said:
    """What an application says up to an entry: its number, and texts by place."""

    number: int
    answers: Mapping[str, str]


def said(application: Application, up_to: int | None = None) -> Said:
    """The answers of an application, the newest of each place; one query."""
    rows = Entry.objects.filter(application=application).order_by("number")
    if up_to is not None:
        rows = rows.filter(number__lte=up_to)
    entries = list(rows.values_list("number", "place", "text"))
    return Said(entries[-1][0] if entries else 0, {place: text for _, place, text in entries})


def last_entry(application: Application) -> Entry | None:
    """What was written last, with who wrote it."""
    return Entry.objects.filter(application=application).order_by("-number").first()


def papers(application: Application) -> list[Paper]:
    """The papers that are there, those taken out not."""
    rows = Paper.objects.filter(application=application, removal__isnull=True)
    return list(rows.select_related("file").defer("file__content").order_by("pk"))


def codes_of(papers: Iterable[Paper]) -> frozenset[str]:
    """The codes by which the programme asks for these papers."""
    return frozenset(each.code for each in papers)


def shown_to(user: Actor, application: Application) -> tuple[Said, list[Paper]]:
    """What a person is shown of an application, and its papers.

    Whoever writes sees what stands; all others what was handed in last, while something is.
    """
    now, there = said(application), papers(application)
    is_draft = application.state == ApplicationState.DRAFT
    if is_draft or not permissions.refusal(user, "funding.write", application):
        return now, there
    newest = newest_submission(application)
    if newest is None:
        return now, there
    kept = {(each["code"], each["sha256"]) for each in newest.content["papers"]}
    rows = Paper.objects.filter(application=application).select_related("file")
    found = {(row.code, row.file.sha256): row for row in rows.defer("file__content").order_by("pk")}
    return Said(now.number, newest.answers), [found[key] for key in found if key in kept]


def paper(application: Application, pk: int) -> Paper | None:
    """One paper of the application, also one that was taken out."""
    return Paper.objects.filter(application=application, pk=pk).select_related("file").first()


@dataclass(frozen=True)
class Referred:
    """A paper that is not sent, since it exists elsewhere: in which case, None while in none."""

    label: German
    where: Strategy | Agreement | None

    @property
    def number(self) -> str:
        """The file number under which it is; empty while it is nowhere."""
        return self.where.file_number if self.where else ""


def referred(application: Application, rules: Year, on: date) -> list[Referred]:
    """The papers of an application that exist elsewhere, as of a day."""
    programme, year, ags = application.programme, application.year, application.ags
    found = []
    for each in rules.application_attachments:
        where: Strategy | Agreement | None = None
        if each.once_in == "strategy":
            where = strategy.strategy_in_force(programme, ags, rules.within(on))
        elif each.once_in == "agreement":
            rows = recorded.standing().filter(programme=programme, year=year, ags=ags)
            where = rows.order_by("ordinal").first()
        else:
            continue
        found.append(Referred(German(str(each.label), each.label_en), where))
    return found


def submissions(application: Application) -> QuerySet[Submission]:
    """What was handed in, the newest first."""
    rows = Submission.objects.filter(application=application).order_by("-number")
    return rows.select_related("receipt").defer("receipt__content")


def newest_submission(application: Application) -> Submission | None:
    return submissions(application).first()


def last_year(programme: str, year: int, ags: str) -> Submission | None:
    """What the body handed in last for the year before, also under the key it had then."""
    before = packs.year_before(programme, year)
    keys = (ags, *packs.earlier_keys(programme, ags))
    rows = Submission.objects.filter(
        application__programme=programme, application__year=before, application__ags__in=keys
    )
    return rows.exclude(application__state__in=OVER).order_by("-pk").first()


def questions(application: Application) -> list[Question]:
    """All questions about an application, the oldest first, with how each ended."""
    rows = Question.objects.filter(application=application).order_by("number")
    return list(rows.select_related("closing", "closing__submission"))


def open_questions(application: Application) -> list[Question]:
    """The questions that nobody has answered or withdrawn."""
    return [each for each in questions(application) if not hasattr(each, "closing")]


def open_questions_of(user: Actor, programme: str) -> QuerySet[Question]:
    """The open questions to the bodies within the person's perimeter, most urgent first.

    Of applications that are examined: only there a question can be answered.
    """
    rows = Question.objects.filter(application__programme=programme, closing__isnull=True)
    rows = rows.exclude(application__state__in=NOT_EXAMINED).select_related("application")
    return within(user, rows, "application__ags").order_by("answer_by", "pk")


def asked_now(application: Application) -> frozenset[str]:
    """The places that can be written since questions ask; of a draft every one can, unasked."""
    if application.state == ApplicationState.DRAFT:
        return frozenset()
    return asked_places(open_questions(application))


def asked_places(open_: Iterable[Question]) -> frozenset[str]:
    """The places that open questions are about."""
    return frozenset(place for each in open_ for place in each.places)


def settlements(application: Application) -> list[Settlement]:
    """All that was said of its aspects, the newest first."""
    return list(Settlement.objects.filter(application=application).order_by("-pk"))


def settled(application: Application, rows: Iterable[Settlement]) -> dict[str, Settlement]:
    """Of each aspect what was said last; ``rows`` come newest first.

    What was said before the application came back and was handed in again is about something else.
    """
    since, found = application.handed_in_at, dict[str, Settlement]()
    for each in rows:
        if since is None or each.entered_at >= since:
            found.setdefault(each.aspect, each)
    return found


def judged_now(application: Application, on: date) -> Judged:
    """The application as it stands, read, with all that speaks against it."""
    return judged(application, said(application).answers, codes_of(papers(application)), on)


def facts_of(application: Application, on: date) -> ApplicationFacts:
    """The facts for the guards of an application's steps."""
    rules = rules_of(application)
    now = said(application).answers
    found = judged(application, now, codes_of(papers(application)), on)
    terms = rules.application
    of_aspects = settled(application, settlements(application)).values()
    other = pursued(application.programme, application.year, application.ags)
    return ApplicationFacts(
        stops=found.stops,
        today=on,
        came=came_on(application),
        last_day=last_day(rules),
        grace_days=terms.grace_days if terms else 0,
        late_reason=now.get("late_reason", "").strip(),
        may_be_late=terms.late if terms else True,
        open=[each.number for each in open_questions(application)],
        settled=[Settled(each.aspect, each.outcome) for each in of_aspects],
        other=other.file_number if other and other.pk != application.pk else "",
        rests=tuple(reason for why in RESTING for reason in why(application)),
    )


def late_days(application: Application, on: date) -> int:
    """How many days after its last day an application comes on a day; 0 in time.

    What is handed in with an answer, or after the authority sent it back, came when the
    application did.
    """
    rules = rules_of(application)
    grace = rules.application.grace_days if rules.application else 0
    return days_late(came_on(application) or on, last_day(rules), grace)


def came_on(application: Application) -> date | None:
    """The day on which the application first came; None while it has not."""
    first = application.came_at or application.handed_in_at
    return localdate(first) if first else None
