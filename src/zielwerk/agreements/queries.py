"""Reads of agreements and their recording."""

from dataclasses import replace
from datetime import date

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404

from zielwerk.agreements.models import AgreedMeasure, Agreement, Intake
from zielwerk.core.permissions import Actor
from zielwerk.core.queries import perimeter, within
from zielwerk.documents.models import StoredFile
from zielwerk.ledger import queries as ledger
from zielwerk.packs import competence
from zielwerk.packs import loading as packs
from zielwerk.packs.model import Year
from zielwerk.programme import queries as programmes
from zielwerk.rulebook.agreement import Difference, Terms, closest, differences, is_alike
from zielwerk.rulebook.lifecycle import Lifecycle
from zielwerk.rulebook.recording import NOT_COUNTED, RECORDING, IntakeFacts, IntakeState


def agreements(user: Actor) -> QuerySet[Agreement]:
    """The agreements within the person's perimeter, newest year first."""
    agreed = AgreedMeasure.objects.filter(agreement=OuterRef("pk")).order_by()
    counts = agreed.values("agreement").annotate(number=Count("pk")).values("number")
    all_agreements = Agreement.objects.annotate(
        measure_count=Coalesce(Subquery(counts), 0)
    ).order_by("-year", "ags", "ordinal")
    return within(user, all_agreements)


def agreement(user: Actor, year: int, ags: str, ordinal: int = 1) -> Agreement:
    agreement = agreements(user).filter(year=year, ags=ags, ordinal=ordinal).first()
    if agreement is None:
        raise Http404
    return agreement


def recorded(programme: str, year: int, ags: str) -> QuerySet[Agreement]:
    """The documents that are in the books for a body and year, in the order of recording."""
    return Agreement.objects.filter(programme=programme, year=year, ags=ags).order_by("ordinal")


def nearest(intake: Intake) -> Agreement | None:
    """The recorded document of the body and year that a text differs from least."""
    documents = list(recorded(intake.programme, intake.year, intake.ags))
    texts = [document.content for document in documents]
    return documents[closest(texts, intake.content.without_blanks())] if documents else None


def others(agreement: Agreement) -> QuerySet[Agreement]:
    """The other documents of the same body and year, in the order of recording."""
    same = recorded(agreement.programme, agreement.year, agreement.ags)
    return same.exclude(pk=agreement.pk)


def alike(intake: Intake) -> list[Agreement]:
    """Recorded documents that promise the same as one still under way: perhaps the same paper."""
    if intake.state in NOT_COUNTED:
        return []
    terms = intake.content.without_blanks()
    documents = recorded(intake.programme, intake.year, intake.ags)
    return [document for document in documents if is_alike(document.content, terms)]


def intakes(user: Actor, programme: str) -> QuerySet[Intake]:
    """Recordings within the perimeter, under way and done, newest first; bodies see none."""
    all_intakes = Intake.objects.filter(programme=programme).select_related("agreement")
    if user.ags:
        return all_intakes.none()
    if user.perimeter.is_whole:
        return all_intakes
    unknown = Q(ags="", begun_by=user.audit_name)  # a text that does not tell its body yet
    return all_intakes.filter(perimeter(user) | unknown)


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
    rules, terms = rules_of(intake), intake.content
    document = rules.programme.document
    return IntakeFacts(
        terms=terms,
        open_doubts=len(intake.open_doubts()),
        recorded=recorded(intake.programme, intake.year, intake.ags).count(),
        per_year=document.per_year,
        by_measure=document.recipient == "measure",
        allocated_cents=_allocated_cents(intake, rules),
        known_types=frozenset(kind.code for kind in offered(rules, terms).measure_types),
        same_text=same_text(intake),
        period=rules.period,
    )


def _allocated_cents(intake: Intake, rules: Year) -> int:
    """What is allocated to the body and not promised yet, where the programme asks for it."""
    if not any("recording_allocated" in stage.guards for stage in rules.stages):
        return 0
    return ledger.allocated_cents(intake.programme, intake.year, intake.ags)


def rules_of(intake: Intake) -> Year:
    """The rules under which a recording was accepted; until then those of today."""
    if intake.rule_version:
        return programmes.rules(intake.programme, intake.year, intake.rule_version)
    return packs.load(intake.programme, intake.year)


def offered(rules: Year, terms: Terms, day: date | None = None) -> Year:
    """The rules of the day of the last signature; where it is not known, of another ``day``."""
    on = terms.signed_on or day
    return rules.on(on) if on else rules


def with_ministry(terms: Terms) -> Terms:
    """Terms of a document that the ministry does not sign, with the one that is competent.

    Who that is the programme says, for the day of the last signature, else for the end of the
    year; nobody has to read or enter it.
    """
    rules = packs.load(terms.programme, terms.year)
    if "ministry" in rules.programme.document.sides:
        return terms
    bodies = packs.bodies_in(terms.programme, terms.year)
    body = next((body for body in bodies if body.ags == terms.ags), None)
    day = terms.signed_on or rules.ends
    return replace(terms, ministry=competence.title(rules, "ministry", day, body))


def lifecycle_of(intake: Intake) -> Lifecycle:
    """The table of steps that the programme's rules declare."""
    return RECORDING.lifecycle(rules_of(intake).procedure("recording"))


def same_text(intake: Intake) -> str:
    """The file number of the recording that took up the text of a discarded one."""
    if intake.state != IntakeState.DISCARDED:
        return ""
    other = intake_of(intake.source)
    return other.file_number if other else ""
