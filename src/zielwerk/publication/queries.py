"""Reads of editions: what everybody may read, and what is on its way there.

Nothing of what is public depends on who asks.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce, Greatest
from django.http import Http404

from zielwerk.agreements import queries as recorded
from zielwerk.agreements.models import Agreement, Annulment
from zielwerk.core import cases, permissions, stages
from zielwerk.core.permissions import Actor
from zielwerk.core.queries import within
from zielwerk.packs import loading as packs
from zielwerk.programme import queries as programmes
from zielwerk.publication.models import ENDED, IS_PUBLIC, IS_PUBLISHED, Edition
from zielwerk.rulebook.annulment import AnnulmentState
from zielwerk.rulebook.lifecycle import Lifecycle, Step
from zielwerk.rulebook.publication import PUBLICATION, EditionState
from zielwerk.rulebook.refusal import Refusal

PARTIES = {"body": "region"}  # what a signature calls a side

# Each year is sought below the one before: a step a year in an index, however many editions.
YEARS = """
WITH RECURSIVE known(year) AS (
    SELECT max(year) FROM publication_edition
    WHERE state = 'published' AND superseded_at IS NULL
    UNION ALL
    SELECT (
        SELECT max(year) FROM publication_edition
        WHERE state = 'published' AND superseded_at IS NULL AND year < known.year
    )
    FROM known WHERE year IS NOT NULL
)
SELECT year FROM known WHERE year IS NOT NULL
"""


# --- what everybody may read --------------------------------------------------------------


def current_editions() -> QuerySet[Edition]:
    """The editions that are public: the one way to them."""
    return Edition.objects.filter(IS_PUBLIC)


def superseded(year: int, ags: str, ordinal: int = 1) -> QuerySet[Edition]:
    """The editions of an agreement that a later one superseded, newest first; still readable."""
    editions = Edition.objects.filter(IS_PUBLISHED, superseded_at__isnull=False)
    editions = editions.filter(year=year, ags=ags, ordinal=ordinal).order_by("-number")
    return editions.defer("document", "public_text")


def superseded_edition(year: int, ags: str, ordinal: int, number: int) -> Edition:
    """One of them."""
    edition = superseded(year, ags, ordinal).defer(None).filter(number=number).first()
    if edition is None:
        raise Http404
    return edition


def withdrawn(year: int, ags: str, ordinal: int, number: int = 0) -> Edition | None:
    """The edition that was public at an address and came down last, or the one numbered so."""
    editions = Edition.objects.filter(withdrawn_at__isnull=False, published_at__isnull=False)
    editions = editions.filter(year=year, ags=ags, ordinal=ordinal)
    if number:
        editions = editions.filter(number=number)
    return editions.select_related("agreement").order_by("-withdrawn_at", "-pk").first()


def published_once() -> QuerySet[Edition]:
    """The editions that are public, and those that were."""
    return Edition.objects.filter(published_at__isnull=False)


def with_measure_type(editions: QuerySet[Edition], code: str) -> QuerySet[Edition]:
    return editions.filter(measure_types__contains=f" {code} ")


def with_earmark(editions: QuerySet[Edition], code: str) -> QuerySet[Edition]:
    return editions.filter(earmarks__contains=f" {code} ")


def years() -> list[int]:
    """The years with something published, newest first."""
    with connection.cursor() as cursor:
        cursor.execute(YEARS)
        return [year for (year,) in cursor.fetchall()]


def of_body(ags: str) -> list[Edition]:
    """What is public of a body, by year and number; one query."""
    editions = current_editions().filter(ags=ags).order_by("year", "ordinal", "pk")
    found = list(editions.defer("public_text", "redactions"))
    if not found:
        raise Http404
    return found


def history(year: int, ags: str, ordinal: int) -> QuerySet[Edition]:
    """Every edition of an agreement that is or was public, newest first."""
    editions = published_once().filter(year=year, ags=ags, ordinal=ordinal)
    return _is_mistaken(editions).defer("document", "public_text").order_by("-number")


def _is_mistaken(editions: QuerySet[Edition]) -> QuerySet[Edition]:
    """Each with whether the record that it publishes was annulled."""
    annulled = Annulment.objects.filter(
        agreement=OuterRef("agreement"), state=AnnulmentState.ANNULLED
    )
    return editions.annotate(is_mistaken=Exists(annulled))


def newest_events(number: int) -> QuerySet[Edition]:
    """The editions to which something happened last: published, superseded, down, up again."""
    superseded_at, again = (
        Coalesce(name, "published_at") for name in ("superseded_at", "reinstated_at")
    )
    last = Coalesce("withdrawn_at", Greatest(superseded_at, again))
    editions = _is_mistaken(published_once()).annotate(last_event_at=last)
    return editions.defer("public_text").order_by("-last_event_at", "-pk")[:number]


def amounts_by_body(editions: QuerySet[Edition]) -> list[tuple[int, str, str, int, int]]:
    """Year, key, name, sum and how many are invented, of each body and year; one query."""
    rows = editions.order_by().values("year", "ags")
    shown = Count("pk", filter=Q(is_invented=True) | Q(is_trial=True))
    summed = rows.annotate(name=Max("body_name"), cents=Sum("amount_cents"), shown=shown)
    return list(summed.order_by("year", "ags").values_list("year", "ags", "name", "cents", "shown"))


def public_at(end: datetime) -> QuerySet[Edition]:
    """The editions that were public at a moment, the one after what is asked for."""
    editions = published_once().filter(published_at__lt=end)
    editions = editions.filter(Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=end))
    editions = editions.filter(Q(superseded_at__isnull=True) | Q(superseded_at__gte=end))
    again = editions.filter(reinstated_at__gte=end).defer("document", "public_text")
    down = [each.pk for each in again if any(gap.since < end <= gap.until for gap in each.gaps)]
    return editions.exclude(pk__in=down) if down else editions


def years_published() -> list[dict[str, Any]]:
    """Each year with something public: how much, since when, and whether all is invented."""
    rows = current_editions().order_by().values("year")
    known: Iterable[Any] = rows.annotate(
        number=Count("pk"),
        shown=Count("pk", filter=Q(is_invented=True) | Q(is_trial=True)),
        issued=Min("published_at"),
        modified=Max(Coalesce("reinstated_at", "published_at")),
    ).order_by("-year")
    return list(known)


def edition(year: int, ags: str, ordinal: int = 1) -> Edition:
    """The published edition of a body's agreement, without its PDF's bytes."""
    editions = current_editions().filter(year=year, ags=ags, ordinal=ordinal).order_by("pk")
    edition = editions.select_related("pdf").defer("pdf__content").first()
    if edition is None:
        raise Http404
    return edition


def edition_of(agreement: Agreement) -> Edition | None:
    """The published edition of an agreement."""
    return current_editions().filter(agreement=agreement).first()


def earlier_edition_of(agreement: Agreement) -> Edition | None:
    """The edition that is public of the same agreement before its change was published."""
    same = {name: getattr(agreement, name) for name in ("programme", "year", "ags", "ordinal")}
    return current_editions().filter(**same).exclude(agreement=agreement).first()


def public_of(agreement: Agreement) -> Edition | None:
    """The edition that is public of an agreement, in whatever version."""
    same = {name: getattr(agreement, name) for name in ("programme", "year", "ags", "ordinal")}
    return current_editions().filter(**same).first()


# --- what is on its way there -------------------------------------------------------------


def editions(user: Actor, programme: str) -> QuerySet[Edition]:
    """All editions in whatever state, newest first; a body's people see what is public."""
    editions = Edition.objects.filter(programme=programme).order_by("-pk")
    return editions.none() if user.ags else within(user, editions)


def editions_of(agreement: Agreement) -> QuerySet[Edition]:
    """All editions of this version of an agreement, oldest first."""
    return Edition.objects.filter(agreement=agreement).order_by("pk")


def all_editions_of(agreement: Agreement) -> QuerySet[Edition]:
    """All editions of an agreement in whatever version, oldest first."""
    same = {name: getattr(agreement, name) for name in ("programme", "year", "ags", "ordinal")}
    return Edition.objects.filter(**same).order_by("pk")


def open_edition_of(agreement: Agreement) -> Edition | None:
    """The edition of an agreement that is public or on its way there."""
    return editions_of(agreement).exclude(state__in=ENDED).first()


def unsigned(agreement: Agreement, on: date) -> tuple[str, ...]:
    """The sides (German msgids) of which no signature is recorded by a day.

    What was concluded here was concluded by the signatures of all. A day that the paper does not
    show is none in the future.
    """
    if agreement.concluded_as:
        return ()
    document = packs.programme(agreement.programme).document
    signed = {
        each.party
        for each in agreement.content.signatures
        if (each.name or each.office or each.raw) and not (each.date and each.date > str(on))
    }
    return tuple(
        str(permissions.ROLES[side])
        for side in document.sides
        if PARTIES.get(side, side) not in signed
    )


def last_number(agreement: Agreement) -> int:
    """The number of the last edition of an agreement that was ever published, 0 without one."""
    return all_editions_of(agreement).aggregate(last=Max("number"))["last"] or 0


def lifecycle(programme: str, year: int, rule_version: str) -> Lifecycle:
    """The path to the public that these rules of the programme declare."""
    rules = programmes.rules(programme, year, rule_version)
    return PUBLICATION.lifecycle(rules.procedure("publication"))


def lifecycle_of(edition: Edition) -> Lifecycle:
    """The path that an edition walks."""
    return lifecycle(edition.programme, edition.year, edition.rule_version)


def first_stage(programme: str, year: int, rule_version: str) -> Step:
    """The stage with which the publication of an agreement begins."""
    path = lifecycle(programme, year, rule_version)
    return next(step for step in path.possible(EditionState.PREPARED) if step.act)


def begin_refusal(user: Actor, programme: str, year: int, act: str) -> Refusal | None:
    """Why this person begins no publication of a year by this act: her role, or another side does.

    By the rules of today, unless an agreement recorded under others waits for her.
    """
    if missing := permissions.role_refusal(user, f"publication.{act}"):
        return missing
    stage = first_stage(programme, year, packs.load(programme, year).rule_version)
    other = stages.role_refusal(user, stage) if stage.taken_by == act else None
    return other if other and not to_begin(user, programme, year, act) else None


def never_published(user: Actor) -> QuerySet[Agreement]:
    """Recorded agreements that are not on their way to the public and never were there.

    Those within the person's perimeter.

    A withdrawn edition had its reason, and comes back only by a verb of its own.
    """
    begun = Edition.objects.exclude(state=EditionState.DISCARDED)
    return within(user, recorded.standing().exclude(pk__in=begun.values("agreement")))


def to_begin(user: Actor, programme: str, year: int, act: str) -> list[Agreement]:
    """The agreements of a year whose publication this person may begin by this act."""
    agreements = never_published(user).filter(programme=programme, year=year)
    return [
        agreement
        for agreement in agreements
        if is_begun_by(user, first_stage(programme, year, agreement.rule_version), act)
    ]


def is_begun_by(user: Actor, stage: Step, act: str) -> bool:
    """Whether a stage is taken by this act and this person's role, without a text of its own."""
    return stage.taken_by == act and not stage.notes and not stages.role_refusal(user, stage)


def to_release(user: Actor, programme: str, year: int, on: date) -> list[Edition]:
    """The editions of a year that wait for this person to publish them, longest waiting first.

    What lies under an embargo waits for its day.
    """
    kind = cases.KINDS[Edition.seal_name]
    waiting = kind.open_cases(user, programme).filter(year=year)
    waiting = waiting.exclude(state=EditionState.PREPARED)
    return [
        edition
        for edition in waiting
        for step in kind.open_steps(edition)
        if not (edition.not_before and on < edition.not_before)
        if is_begun_by(user, step, "publish") and not cases.step_refusal(user, step, edition)
    ]


def years_to_begin(user: Actor) -> Iterator[tuple[int, str, int]]:
    """Years with recorded agreements that nobody has begun to publish, newest first.

    Each with the act by which this person may begin them, and for how many.
    """
    columns = ("programme", "year", "rule_version")
    groups = never_published(user).order_by().values_list(*columns).annotate(number=Count("pk"))
    numbers: dict[tuple[int, str], int] = {}
    for programme, year, rule_version, number in groups:
        stage = first_stage(programme, year, rule_version)
        if not stages.role_refusal(user, stage):
            key = year, stage.taken_by
            numbers[key] = numbers.get(key, 0) + number
    for (year, act), number in sorted(numbers.items(), reverse=True):
        yield year, act, number


def years_to_release(user: Actor, programme: str, on: date) -> list[tuple[int, int]]:
    """Years with editions that wait for this person to publish them, and how many."""
    kind = cases.KINDS[Edition.seal_name]
    waiting = kind.open_cases(user, programme).exclude(state=EditionState.PREPARED)
    waiting_years = sorted(set(waiting.order_by().values_list("year", flat=True)), reverse=True)
    numbers = ((year, len(to_release(user, programme, year, on))) for year in waiting_years)
    return [(year, number) for year, number in numbers if number]
