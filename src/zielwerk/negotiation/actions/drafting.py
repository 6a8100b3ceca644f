"""Making drafts, and changing one that the other side has not seen yet."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.utils.timezone import localdate

from zielwerk.core import jobs
from zielwerk.core.actions import action, seal
from zielwerk.core.cases import locked, new_case, save_case
from zielwerk.core.models import Job
from zielwerk.core.permissions import Actor
from zielwerk.drafting.changes import Change, applied, value_of
from zielwerk.drafting.model import Document
from zielwerk.negotiation import queries
from zielwerk.negotiation.models import DraftDocument, Origin, Version
from zielwerk.packs import loading as packs
from zielwerk.programme.actions import keep_rules
from zielwerk.rulebook.amendment import part_of, why_not_changed
from zielwerk.rulebook.negotiation import DRAFTED_ALREADY, DraftState
from zielwerk.rulebook.refusal import Refusal, Refused, msg

DRAFT_YEAR = "negotiation.draft_year"  # the kind of job
NO_PROCEDURE = msg("Für {year} sieht das Programm keine Verhandlung von Entwürfen vor.")
COPY_ALONE = Refusal(
    "negotiation.copy_alone",
    msg("Eine Änderung geht von dem aus, was gilt; neu entworfen wird sie nicht."),
)
NO_CHANGE = Refusal("negotiation.no_change", msg("Das steht dort schon so."))
NO_ADDITIONS = Refusal(
    "negotiation.no_additions", msg("Eigene Ergänzungen sieht das Programm nicht vor.")
)
OTHERWISE = msg("„{label}“ wurde inzwischen geändert. Bitte vergleichen Sie und entscheiden Sie.")


@dataclass(frozen=True)
class NewDraft:
    """The draft of a body's document for a year."""

    programme: str
    year: int
    ags: str
    is_invented: bool = False


@dataclass(frozen=True)
class DraftYear:
    """All drafts of a year that are missing."""

    programme: str
    year: int


@dataclass(frozen=True)
class Edit:
    """A change, and the number of the version that its form was drawn from.

    ``seen`` is what its author has seen the node say since, where she was told that it changed.
    """

    base: int
    label: str
    change: Change
    seen: str = ""


class Otherwise(Refused):
    """The node says something else than in the version that the change starts from.

    ``document`` is the newest version; nothing is lost, and a person chooses.
    """

    def __init__(self, label: str, document: Document) -> None:
        super().__init__(Refusal("negotiation.otherwise", OTHERWISE, {"label": label}))
        self.document = document


@action("negotiation.draft_year")
def draft_year(actor: Actor, wish: DraftYear, *, at: datetime) -> Job:
    """Have every draft of a year made that is missing, in the background."""
    refuse_year(wish.programme, wish.year)
    params = {"programme": wish.programme, "year": wish.year, "user": actor.audit_name}
    return jobs.start(actor, DRAFT_YEAR, params, at=at)


@action("negotiation.draft")
def draft(actor: Actor, new: NewDraft, *, at: datetime) -> DraftDocument:
    """Make the draft of a body's document from what is decided and planned today."""
    refuse_year(new.programme, new.year)
    if there := queries.of_body(new.programme, new.year, new.ags):
        params = {"number": there.file_number}
        raise Refused(Refusal("negotiation.drafted_already", DRAFTED_ALREADY, params))
    document = queries.draft_of(new.programme, new.year, new.ags, localdate(at))
    sides = queries.sides(new.programme, new.year)
    names = {body.ags: body.name for body in packs.bodies_in(new.programme, new.year)}
    made = new_case(
        DraftDocument,
        f"{packs.programme(new.programme).prefix('negotiation')}-{new.year}",
        at=at,
        programme=new.programme,
        year=new.year,
        ags=new.ags,
        body_name=names[new.ags],
        drafting=sides.drafting,
        answering=sides.answering,
        turn=sides.drafting,
        rule_version=keep_rules(actor, new.programme, new.year, at=at),
        is_invented=new.is_invented,
        drafted_at=at,
        **digests_of(document),
    )
    keep_version(made, actor, document, Origin.DRAFTED, at)
    return made


@action("negotiation.edit")
def edit(actor: Actor, draft: DraftDocument, edit: Edit, *, at: datetime) -> DraftDocument:
    """Change one place of a draft that was not sent yet; later it takes a proposal.

    Raises :class:`Otherwise` where somebody else changed the same place meanwhile.
    """
    draft = held(draft)
    _refuse_sent(draft)
    document = refuse_otherwise(draft, edit)
    changed = applied(document, edit.change)
    if changed == document:
        raise Refused(NO_CHANGE)
    refuse_change(draft, edit.change)
    return next_version(draft, actor, changed, Origin.EDITED, at)


@action("negotiation.edit")
def redraft(actor: Actor, draft: DraftDocument, *, at: datetime) -> DraftDocument:
    """Make a draft that was not sent yet anew, from what is decided and planned today.

    What was edited stays in the versions before.
    """
    draft = locked(draft)
    _refuse_sent(draft)
    if draft.amends:
        raise Refused(COPY_ALONE)
    document = queries.draft_of(draft.programme, draft.year, draft.ags, localdate(at))
    if document == queries.newest(draft):
        raise Refused(NO_CHANGE)
    draft.rule_version = keep_rules(actor, draft.programme, draft.year, at=at)
    return next_version(draft, actor, document, Origin.REDRAFTED, at)


def held(draft: DraftDocument) -> DraftDocument:
    """The draft as it is now, locked; whoever says something about a place need not see all."""
    return locked(DraftDocument.objects.select_for_update().get(pk=draft.pk))


def refuse_otherwise(draft: DraftDocument, edit: Edit) -> Document:
    """The newest version, if its place still says what the author of an edit saw there."""
    document = queries.newest(draft)
    if edit.base == draft.version:
        return document
    known = queries.versions(draft).filter(number=edit.base).first()
    before = value_of(known.document, edit.change.node) if known else None
    now = value_of(document, edit.change.node)
    if now != before and edit.seen != seen_of(now):
        raise Otherwise(edit.label, document)
    return document


def refuse_change(draft: DraftDocument, change: Change) -> None:
    """A body adds clauses of its own, and an amendment changes a part, where that is allowed."""
    if change.is_addition and not queries.takes_additions(draft):
        raise Refused(NO_ADDITIONS)
    if reasons := why_not_changed(part_of(change.node), queries.may_change(draft)):
        raise Refused(*reasons)


def seen_of(value: object) -> str:
    """What a form carries of a value that its author was shown: short, and other for any other."""
    return sha256(repr(value).encode()).hexdigest()


def next_version(
    draft: DraftDocument,
    actor: Actor,
    document: Document,
    origin: Origin,
    at: datetime,
    proposal: int | None = None,
) -> DraftDocument:
    """The draft with a new version of its text."""
    draft.version += 1
    for name, value in digests_of(document).items():
        setattr(draft, name, value)
    keep_version(draft, actor, document, origin, at, proposal)
    return save_case(draft)


def keep_version(
    draft: DraftDocument,
    actor: Actor,
    document: Document,
    origin: Origin,
    at: datetime,
    proposal: int | None = None,
) -> None:
    """Keep the text that the draft has now, for good."""
    version = Version.objects.create(
        draft=draft,
        number=draft.version,
        origin=origin,
        content=document.to_json(),
        digest=draft.digest,
        proposal=proposal,
        side=actor.side,
        made_by=actor.audit_name,
        made_at=at,
    )
    seal(version)


def digests_of(document: Document) -> dict[str, Any]:
    """The columns of a draft that are made from its text."""
    return {
        "digest": document.hash,
        "code": document.check_code,
        "amount_cents": document.content.amount_cents,
    }


def _refuse_sent(draft: DraftDocument) -> None:
    if draft.state != DraftState.PREPARATION:
        raise Refused(SENT_ALREADY)


def refuse_year(programme: str, year: int) -> None:
    is_there = year in packs.years(programme) and queries.sides(programme, year).drafting
    if not is_there:
        raise Refused(Refusal("negotiation.no_procedure", NO_PROCEDURE, {"year": str(year)}))


SENT_ALREADY = Refusal(
    "negotiation.sent_already",
    msg("Der Entwurf ist nicht mehr in Vorbereitung; sein Text ändert sich nur durch Vorschläge."),
)
