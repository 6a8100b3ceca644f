"""Reads of drafts and their versions, and the facts by which their steps are judged."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from zielwerk.core.permissions import Actor
from zielwerk.core.queries import within
from zielwerk.drafting.model import Clause, Document
from zielwerk.negotiation.models import GIVEN_UP, DraftDocument, Version
from zielwerk.packs import loading as packs
from zielwerk.programme import queries as programmes
from zielwerk.rulebook.lifecycle import Lifecycle
from zielwerk.rulebook.negotiation import NEGOTIATION, DraftState, Sides, sides_of

UNSENT = (DraftState.PREPARATION, DraftState.DISCARDED)
"""States in which the answering side has not seen the draft."""


def drafts(user: Actor, programme: str) -> QuerySet[DraftDocument]:
    """The drafts within the person's perimeter, newest first.

    What is not sent yet is not there for the side that is to answer.
    """
    rows = within(user, DraftDocument.objects.filter(programme=programme).order_by("-pk"))
    return rows.exclude(state__in=UNSENT, answering=user.side) if user.side else rows


def is_seen(user: Actor, draft: DraftDocument) -> bool:
    """Whether a draft is there for a person, see :func:`drafts`."""
    if draft.ags not in user.perimeter:
        return False
    return draft.state not in UNSENT or not user.side or user.side != draft.answering


def waiting(programme: str) -> QuerySet[DraftDocument]:
    """The drafts of a programme of which a side owes the move, the longest waiting first."""
    rows = DraftDocument.objects.filter(programme=programme).exclude(turn="")
    return rows.order_by("state_since", "pk")


def of_body(programme: str, year: int, ags: str) -> DraftDocument | None:
    """The draft of a body's document of a year that was not given up: at most one.

    What changes a document is another draft, see :mod:`zielwerk.negotiation.queries.amending`.
    """
    rows = DraftDocument.objects.filter(programme=programme, year=year, ags=ags, amends=None)
    return rows.exclude(state__in=GIVEN_UP).first()


def drafted_keys(programme: str, year: int) -> set[str]:
    """The bodies that have a draft of their document of the year."""
    rows = DraftDocument.objects.filter(programme=programme, year=year, amends=None)
    return set(rows.exclude(state__in=GIVEN_UP).values_list("ags", flat=True))


def missing_drafts(user: Actor, programme: str, year: int) -> list[str]:
    """The bodies of the year within the person's perimeter that have no draft, in order."""
    there = drafted_keys(programme, year)
    keys = [body.ags for body in packs.bodies_in(programme, year) if body.ags in user.perimeter]
    return sorted(set(keys) - there)


def sides(programme: str, year: int) -> Sides:
    """Who drafts and who answers, by the rules of a year; nobody in a year without any."""
    if year not in packs.years(programme):
        return Sides("")
    return sides_of([stage.side for stage in packs.load(programme, year).procedure("negotiation")])


def takes_additions(draft: DraftDocument) -> bool:
    """Whether the programme lets a body add clauses of its own."""
    return packs.programme(draft.programme).document.additions


def sides_in(draft: DraftDocument) -> Sides:
    return Sides(draft.drafting, draft.answering)


def lifecycle_of(draft: DraftDocument) -> Lifecycle:
    """The path that the rules of the draft's time declare."""
    rules = programmes.rules(draft.programme, draft.year, draft.rule_version)
    return NEGOTIATION.lifecycle(rules.procedure("negotiation"))


def begun_state(draft: DraftDocument) -> str:
    """The state in which the answering side is asked; none where nobody answers."""
    return lifecycle_of(draft).steps[0].target if draft.answering else ""


def is_negotiated(draft: DraftDocument) -> bool:
    """Whether both sides may propose: it was sent, and no side has accepted a version."""
    return draft.state in (DraftState.ANSWERED, DraftState.CALLED_BACK, begun_state(draft))


def turn_after(draft: DraftDocument, act: str) -> str:
    """Whose turn it is once an act has been taken; empty where nobody is asked then."""
    lifecycle = lifecycle_of(draft)
    target = next(step.target for step in lifecycle.possible(draft.state) if step.taken_by == act)
    return asked_in(lifecycle, target)


def asked_in(lifecycle: Lifecycle, state: str) -> str:
    """The side that a state waits for."""
    asking = [step for step in lifecycle.possible(state) if step.task]
    return asking[0].side if asking else ""


def versions(draft: DraftDocument) -> QuerySet[Version]:
    """Every version of a draft, the newest first."""
    return draft.versions.order_by("-number")


def version(draft: DraftDocument, number: int | None = None) -> Version:
    """A version of a draft, by default the newest; raises Version.DoesNotExist for no such one."""
    return draft.versions.get(number=number or draft.version)


def newest(draft: DraftDocument) -> Document:
    """What the draft says now; read once for a version, which never changes."""
    if draft.read is None or draft.read[0] != draft.version:
        draft.read = draft.version, version(draft).document
    return draft.read[1]


@dataclass(frozen=True)
class LastYear:
    """What a body's draft of the year before leaves to this one: the body's own additions.

    Only what both sides knew: not one that was never sent, and of one that ended without a
    result no additions.
    """

    draft: DraftDocument | None = None
    own: Sequence[Clause] = ()


def last_year(programme: str, year: int, ags: str) -> LastYear:
    """The draft of the year before, of the body or of those in whose place it is."""
    before = packs.year_before(programme, year)
    keys = (ags, *packs.earlier_keys(programme, ags))
    rows = DraftDocument.objects.filter(programme=programme, year=before, ags__in=keys, amends=None)
    known = list(rows.exclude(state__in=UNSENT).order_by("-pk"))
    if not known:
        return LastYear()
    draft = next((each for each in known if each.state != DraftState.ENDED), known[0])
    if draft.state == DraftState.ENDED:
        return LastYear(draft)
    return LastYear(draft, tuple(c for c in newest(draft).clauses if c.is_own))
