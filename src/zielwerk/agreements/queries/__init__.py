"""Reads of agreements and their recording."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from itertools import count
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404
from django.utils.timezone import localdate

from zielwerk.agreements.models import AgreedMeasure, Agreement, Annulment, Intake, Lesson
from zielwerk.core import capacity
from zielwerk.core.permissions import Actor, may_see
from zielwerk.core.queries import perimeter, within
from zielwerk.documents.models import StoredFile
from zielwerk.identity import queries as identity
from zielwerk.identity.models import User
from zielwerk.ledger import queries as ledger
from zielwerk.packs import competence
from zielwerk.packs import loading as packs
from zielwerk.packs.model import Year
from zielwerk.programme import queries as programmes
from zielwerk.reading import everywhere as words
from zielwerk.reading.everywhere import Standing
from zielwerk.reading.known import Known, LastYear
from zielwerk.reading.offices import REGION
from zielwerk.rulebook.agreement import Terms, closest, is_alike
from zielwerk.rulebook.annulment import GIVEN_UP, AnnulmentState
from zielwerk.rulebook.lifecycle import Lifecycle
from zielwerk.rulebook.recording import (
    NOT_COUNTED,
    RECORDING,
    AnnulledBase,
    IntakeFacts,
    IntakeState,
)
from zielwerk.rulebook.writing import says_something


def standing(known_before: datetime | None = None) -> QuerySet[Agreement]:
    """The agreements as they hold: of each its newest version, without what was annulled.

    With ``known_before`` as they held then, as far as it was recorded.
    """
    of_time = Q() if known_before is None else Q(recorded_at__lt=known_before)
    annulled = Annulment.objects.filter(state=AnnulmentState.ANNULLED)
    if known_before is not None:
        annulled = annulled.filter(decided_at__lt=known_before)
    valid = Agreement.objects.filter(of_time).exclude(pk__in=annulled.values("agreement"))
    same = {name: OuterRef(name) for name in ("programme", "year", "ags", "ordinal")}
    later = valid.filter(**same, version__gt=OuterRef("version")).order_by()
    return valid.exclude(Exists(later))


def agreements(user: Actor, known_before: datetime | None = None) -> QuerySet[Agreement]:
    """The agreements that hold within the person's perimeter, newest year first."""
    agreed = AgreedMeasure.objects.filter(agreement=OuterRef("pk")).order_by()
    counts = agreed.values("agreement").annotate(number=Count("pk")).values("number")
    all_agreements = standing(known_before).annotate(measure_count=Coalesce(Subquery(counts), 0))
    return within(user, all_agreements.order_by("-year", "ags", "ordinal"))


def agreement(user: Actor, year: int, ags: str, ordinal: int = 1) -> Agreement:
    """The agreement of an address as it holds; where nothing of it does, what was annulled last."""
    which = {"year": year, "ags": ags, "ordinal": ordinal}
    agreement = agreements(user).filter(**which).first()
    if agreement is None:
        agreement = within(user, Agreement.objects.filter(**which)).order_by("-pk").first()
    if agreement is None:
        raise Http404
    return agreement


def known(programme: str, year: int, ags: str) -> Known:
    """What the house knows of a body and year, for a paper of it that is about to be read.

    What is allocated counts whether or not it is agreed already, unless several documents share
    it; nothing in the books means that nothing is known.
    """
    is_whole = packs.programme(programme).document.per_year == 1
    allocated = ledger.allocated_cents(programme, year, ags)
    if is_whole:
        allocated += ledger.agreed_cents(programme, year, ags)
    frames = programmes.frames(programme)
    total = sum(sum(frame.values()) for fund, frame in frames.items() if fund.year == year)
    return Known(allocated or None, total or None, _last_year(programme, year - 1, ags), is_whole)


def _last_year(programme: str, year: int, ags: str) -> LastYear | None:
    documents = [each.content for each in recorded(programme, year, ags)]
    if not documents:
        return None
    return LastYear(
        sum(terms.amount_cents for terms in documents),
        tuple(measure.title for terms in documents for measure in terms.measures),
        tuple(
            signature.place
            for terms in documents
            for signature in terms.signatures
            if signature.party == REGION and signature.place
        ),
    )


def versions(agreement: Agreement) -> list[Agreement]:
    """Every record of an agreement, the first one, its changes, and what was annulled, in order."""
    same = {name: getattr(agreement, name) for name in ("programme", "year", "ags", "ordinal")}
    return list(Agreement.objects.filter(**same).order_by("version", "pk"))


def history(agreement: Agreement) -> list[Agreement]:
    """The versions that led to this one, itself the last; without what was annulled."""
    annulled = Annulment.objects.filter(state=AnnulmentState.ANNULLED)
    same = {name: getattr(agreement, name) for name in ("programme", "year", "ags", "ordinal")}
    before = Q(version__lt=agreement.version) | Q(pk=agreement.pk)
    valid = Agreement.objects.filter(before, **same).exclude(
        Q(pk__in=annulled.values("agreement")) & ~Q(pk=agreement.pk)
    )
    return list(valid.order_by("version", "pk"))


def annulled_among(agreements: Iterable[Agreement]) -> set[int]:
    """The keys of those that were annulled; one query."""
    annulled = Annulment.objects.filter(state=AnnulmentState.ANNULLED, agreement__in=agreements)
    return set(annulled.values_list("agreement", flat=True))


def numbered(file_number: str) -> Agreement | None:
    """The record of an agreement or of a change by its file number."""
    return Agreement.objects.filter(file_number=file_number).first()


def is_seen(user: Actor, agreement: Agreement) -> bool:
    return within(user, Agreement.objects.filter(pk=agreement.pk)).exists()


def open_annulment(agreement: Agreement) -> Annulment | None:
    """The annulment of a record, asked for or done."""
    of_record = agreement.annulments.exclude(state__in=GIVEN_UP)
    return of_record.order_by("-pk").first()


def has_annulled_change(agreement: Agreement) -> bool:
    """Whether a change of an agreement was annulled."""
    annulled = Annulment.objects.filter(state=AnnulmentState.ANNULLED)
    return annulled.filter(agreement__amends=agreement.root_id).exists()


def is_annulled(agreement: Agreement) -> bool:
    return agreement.annulments.filter(state=AnnulmentState.ANNULLED).exists()


def confirmed_by(agreement: Agreement, actor: Actor) -> bool:
    """Whether this person confirmed or concluded it, and so had it booked."""
    return any(capacity.did(actor, name) for name in bookers(agreement))


def bookers(agreement: Agreement) -> set[str]:
    """Who had it booked: whoever confirmed its recording, or concluded it here."""
    confirmed = {intake.confirmed_by for intake in agreement.intakes.all()}
    return {*confirmed, agreement.concluded_by} - {""}


def newest(agreement: Agreement) -> Agreement | None:
    """The version that holds of the same agreement today; None where nothing does."""
    same = {name: getattr(agreement, name) for name in ("programme", "year", "ags", "ordinal")}
    return standing().filter(**same).first()


def open_change(agreement: Agreement) -> Intake | None:
    """The recording of a change of the same agreement that is under way."""
    same = {f"amends__{n}": getattr(agreement, n) for n in ("programme", "year", "ags", "ordinal")}
    return Intake.objects.filter(**same).exclude(state__in=sorted(NOT_COUNTED)).first()


def changes_of(agreement: Any, root: Any) -> QuerySet[Intake]:
    """The recordings of its changes that are under way, by the keys of a version and its root."""
    same = Q(amends=agreement) | Q(amends=root) | Q(amends__amends=root)
    return Intake.objects.filter(same).exclude(state__in=sorted(NOT_COUNTED))


def deciders(agreement: Agreement, asked_by: str, day: date) -> list[User]:
    """Who may annul a record if this person asks for it: neither she nor who had it booked."""
    return _second(agreement, asked_by, identity.able("agreements.annul", day))


def _second(agreement: Agreement, asked_by: str, able: Iterable[User]) -> list[User]:
    barred = {asked_by, *bookers(agreement)}
    return [
        person
        for person in able
        if may_see(person, agreement.ags) and not any(capacity.did(person, name) for name in barred)
    ]


def undecidable(user: Actor, programme: str, day: date) -> list[Annulment]:
    """What this person asked for and nobody may decide: she may withdraw it, so another may ask."""
    waiting = annulments(user, programme).filter(state=AnnulmentState.ASKED)
    asked = [each for each in waiting if capacity.did(user, each.asked_by)]
    able = identity.able("agreements.annul", day) if asked else []
    return [each for each in asked if not _second(each.agreement, each.asked_by, able)]


def annulments(user: Actor, programme: str) -> QuerySet[Annulment]:
    """Annulments within the person's perimeter, newest first; bodies see none.

    With who confirmed each recording, which is asked of all who may decide.
    """
    intakes = Prefetch("agreement__intakes", Intake.objects.only("agreement", "confirmed_by"))
    every = Annulment.objects.filter(programme=programme).select_related("agreement")
    every = every.prefetch_related(intakes)
    return every.none() if user.ags else within(user, every)


def base_annulled(known_before: datetime | None = None) -> Exists:
    """Whether the recording of a change rests on a version that was annulled, perhaps by then."""
    annulled = Annulment.objects.filter(state=AnnulmentState.ANNULLED, agreement=OuterRef("amends"))
    if known_before is not None:
        annulled = annulled.filter(decided_at__lt=known_before)
    return Exists(annulled)


def recorded(programme: str, year: int, ags: str) -> QuerySet[Agreement]:
    """The documents that are in the books for a body and year, in the order of recording."""
    return standing().filter(programme=programme, year=year, ags=ags).order_by("ordinal")


def last_position(agreement: Agreement) -> int:
    """The last place that any version of an agreement gave to a measure."""
    which = ("programme", "year", "ags", "ordinal")
    same = {f"agreement__{name}": getattr(agreement, name) for name in which}
    places = AgreedMeasure.objects.filter(**same)
    return places.aggregate(last=Max("position"))["last"] or 0


def next_ordinal(programme: str, year: int, ags: str) -> int:
    """The first number that no document of a body and year has; an annulled one gives its up."""
    taken = set(recorded(programme, year, ags).values_list("ordinal", flat=True))
    return next(number for number in count(1) if number not in taken)


def nearest(intake: Intake) -> Agreement | None:
    """The recorded document of the body and year that a text differs from least."""
    documents = list(recorded(intake.programme, intake.year, intake.ags))
    texts = [document.content for document in documents]
    return documents[closest(texts, intake.content.without_blanks())] if documents else None


def others(agreement: Agreement) -> QuerySet[Agreement]:
    """The other documents of the same body and year, in the order of recording."""
    same = recorded(agreement.programme, agreement.year, agreement.ags)
    return same.exclude(ordinal=agreement.ordinal)


def alike(intake: Intake) -> list[Agreement]:
    """Recorded documents that promise the same as one still under way: perhaps the same paper."""
    if intake.state in NOT_COUNTED or intake.amends_id:
        return []
    terms = intake.content.without_blanks()
    documents = recorded(intake.programme, intake.year, intake.ags)
    return [document for document in documents if is_alike(document.content, terms)]


def intakes(user: Actor, programme: str) -> QuerySet[Intake]:
    """Recordings within the perimeter, under way and done, newest first; bodies see none."""
    all_intakes = Intake.objects.filter(programme=programme).select_related("agreement", "amends")
    if user.ags:
        return all_intakes.none()
    if user.perimeter.is_whole:
        return all_intakes
    unknown = Q(ags="", begun_by__in=capacity.names(user))  # a text that does not tell its body yet
    return all_intakes.filter(perimeter(user) | unknown)


def intake_of(file: StoredFile | None) -> Intake | None:
    """The recording that a file already belongs to, unless it was discarded."""
    if file is None:
        return None
    return Intake.objects.filter(source=file).exclude(state=IntakeState.DISCARDED).first()


def sources(agreement: Agreement) -> QuerySet[Intake]:
    """The recordings whose texts are kept with an agreement, first the one it came from."""
    return agreement.intakes.select_related("source").defer("source__content").order_by("pk")


def words_standing(intake: Intake) -> list[Standing]:
    """Words that were corrected in one place, or may be misread, as far as they still stand."""
    read = intake.reading.get("terms")
    if not read:
        return []
    proposals = intake.reading.get("proposals", ())
    return words.standing(Terms.from_json(read), intake.content, proposals)


def words_corrected(intake: Intake) -> list[tuple[str, str]]:
    """Each value in which the reviewer corrected a misread word, and the word as it was."""
    read = intake.reading.get("terms")
    return list(words.corrected(Terms.from_json(read), intake.content)) if read else []


def open_words(intake: Intake) -> tuple[tuple[str, str], ...]:
    """Corrected words that still stand elsewhere, and nobody has said that they stay there."""
    if intake.state != IntakeState.REVIEW:
        return ()
    left = set(intake.answers.get("words", ()))
    return tuple(
        (word.before, word.after)
        for word in words_standing(intake)
        if not word.is_proposal and word.key not in left
    )


def about_signing(intake: Intake) -> list[int]:
    """The questions, by number, of a text that was read as a paper nobody signed."""
    found = enumerate(intake.reading.get("findings", ()))
    return [i for i, one in found if one["place"] == "state" and one["severity"] == "uncertain"]


def unsigned(intake: Intake) -> tuple[str, ...]:
    """Those of them that nobody has answered in words."""
    if intake.state != IntakeState.REVIEW:
        return ()
    answers = intake.answers.get("questions", {})
    return tuple(
        intake.reading["findings"][number]["msgid"]
        for number in about_signing(intake)
        if not says_something(answers.get(str(number), {}).get("text", ""))
    )


def facts_of(intake: Intake) -> IntakeFacts:
    """The facts for the guards of the recording's lifecycle."""
    rules, terms = rules_of(intake), intake.content
    document = rules.programme.document
    return IntakeFacts(
        terms=terms,
        open_doubts=len(intake.open_doubts()),
        open_words=open_words(intake),
        unsigned=unsigned(intake),
        recorded=recorded(intake.programme, intake.year, intake.ags).count(),
        per_year=document.per_year,
        by_measure=document.recipient == "measure",
        allocated_cents=_allocated_cents(intake, rules),
        known_types=frozenset(kind.code for kind in offered(rules, terms).measure_types),
        same_text=same_text(intake),
        period=rules.period,
        **_change(intake),
    )


def _change(intake: Intake) -> dict[str, Any]:
    """What the guards ask of the recording of a change."""
    if intake.amends is None:
        return {}
    holds = newest(intake.amends)
    newer = holds.file_number if holds and holds != intake.amends else ""
    return {
        "is_change": True,
        "before_cents": intake.amends.amount_cents,
        "newer": newer,
        "annulled": _annulled_base(intake.amends),
    }


def _annulled_base(agreement: Agreement) -> AnnulledBase | None:
    """By which annulment, and when, what a change was begun from no longer holds."""
    annulment = agreement.annulments.filter(state=AnnulmentState.ANNULLED).first()
    if annulment is None or annulment.decided_at is None:
        return None
    on = localdate(annulment.decided_at)
    return AnnulledBase(agreement.file_number, annulment.file_number, on)


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


def lessons(programme: str) -> QuerySet[Lesson]:
    """What is taught to the reader of a programme's papers, also what was withdrawn."""
    return Lesson.objects.filter(programme=programme).order_by("read", "pk")


def lessons_in_use(programme: str) -> list[Lesson]:
    """What readings use from now on."""
    return list(lessons(programme).filter(withdrawn_at__isnull=True))


def was_taught(programme: str, read: str) -> bool:
    """Whether there is or was an entry for a word."""
    return lessons(programme).filter(read=read).exists()


def taught_as(programme: str, read: str) -> Lesson | None:
    """The entry that is in use for a word."""
    return lessons(programme).filter(read=read, withdrawn_at__isnull=True).first()


def lifecycle_of(intake: Intake) -> Lifecycle:
    """The table of steps that the programme's rules declare."""
    return RECORDING.lifecycle(rules_of(intake).procedure("recording"))


def same_text(intake: Intake) -> str:
    """The file number of the recording that took up the text of a discarded one."""
    if intake.state != IntakeState.DISCARDED:
        return ""
    other = intake_of(intake.source)
    return other.file_number if other else ""
