"""Reads of agreements and their recording."""

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404

from zielwerk.agreements.models import AgreedMeasure, Agreement, Intake
from zielwerk.core.permissions import Actor
from zielwerk.core.queries import within
from zielwerk.documents.models import StoredFile
from zielwerk.packs import loading as packs
from zielwerk.rulebook.agreement import Difference, IntakeFacts, IntakeState, Terms, differences


def agreements(user: Actor) -> QuerySet[Agreement]:
    """The agreements within the person's perimeter, newest year first."""
    agreed = AgreedMeasure.objects.filter(agreement=OuterRef("pk")).order_by()
    counts = agreed.values("agreement").annotate(number=Count("pk")).values("number")
    all_agreements = Agreement.objects.annotate(
        measure_count=Coalesce(Subquery(counts), 0)
    ).order_by("-year", "ags")
    return within(user, all_agreements)


def agreement(user: Actor, year: int, ags: str) -> Agreement:
    agreement = agreements(user).filter(year=year, ags=ags).first()
    if agreement is None:
        raise Http404
    return agreement


def recorded(programme: str, year: int, ags: str) -> Agreement | None:
    """The agreement that is in the books for a body and year, if there is one."""
    return Agreement.objects.filter(programme=programme, year=year, ags=ags).first()


def intakes(user: Actor, programme: str) -> QuerySet[Intake]:
    """Recordings within the perimeter, under way and done, newest first; bodies see none."""
    all_intakes = Intake.objects.filter(programme=programme).select_related("agreement")
    return all_intakes.none() if user.ags else within(user, all_intakes)


def intake_of(file: StoredFile | None) -> Intake | None:
    """The recording that a file already belongs to, unless it was discarded."""
    if file is None:
        return None
    return Intake.objects.filter(source=file).exclude(state=IntakeState.DISCARDED).first()


def sources(agreement: Agreement) -> QuerySet[Intake]:
    """The recordings whose texts are kept with an agreement, first the one it came from."""
    return agreement.intakes.select_related("source").defer("source__content").order_by("pk")


def differences_from(agreement: Agreement, terms: Terms) -> tuple[Difference, ...]:
    return differences(agreement.content, terms.without_blanks())


def facts_of(intake: Intake) -> IntakeFacts:
    """The facts for the guards of the recording's lifecycle."""
    year = packs.load(intake.programme, intake.year)
    return IntakeFacts(
        terms=intake.content,
        open_doubts=len(intake.open_doubts()),
        agreement_exists=bool(recorded(intake.programme, intake.year, intake.ags)),
        known_types=frozenset(kind.code for kind in year.measure_types),
        same_text=same_text(intake),
        period=year.period,
    )


def same_text(intake: Intake) -> str:
    """The file number of the recording that took up the text of a discarded one."""
    if intake.state != IntakeState.DISCARDED:
        return ""
    other = intake_of(intake.source)
    return other.file_number if other else ""
