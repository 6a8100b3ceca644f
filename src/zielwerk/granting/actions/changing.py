"""Drafting an act on a notice: by the authority, or by the body that releases money."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.utils.timezone import localdate

from zielwerk.core.actions import action
from zielwerk.core.cases import locked, new_case, save_case
from zielwerk.core.permissions import Actor
from zielwerk.granting import queries
from zielwerk.granting.models import GrantAct, GrantNotice
from zielwerk.granting.queries.drafts import ActDraft
from zielwerk.packs import loading as packs
from zielwerk.programme.actions import keep_rules
from zielwerk.rulebook.grant.amounts import added, whole
from zielwerk.rulebook.grant.course import GrantState, needs_second
from zielwerk.rulebook.grant.paths import PATHS, Kind
from zielwerk.rulebook.refusal import Refusal, Refused, msg
from zielwerk.rulebook.writing import says_something


@dataclass(frozen=True)
class NewAct:
    """An act on a notice that is to be drafted; ``pair`` is the release that it passes on."""

    notice: GrantNotice
    kind: str
    draft: ActDraft = field(default_factory=ActDraft)
    pair: GrantAct | None = None

    @property
    def ags(self) -> str:
        return self.notice.ags


@dataclass(frozen=True)
class WriteAct:
    """What is written into the draft of an act."""

    act: GrantAct
    draft: ActDraft

    @property
    def ags(self) -> str:
        return self.act.ags


@action("granting.change")
def change(actor: Actor, new: NewAct, *, at: datetime) -> GrantAct:
    """Draft an act of a kind on a notice that was issued."""
    if new.kind not in ON_NOTICES:
        raise Refused(NO_SUCH_ACT)
    if new.pair and not _passes_on(new):
        raise Refused(NO_PAIR)
    return _drafted(actor, new, at)


@action("granting.release")
def release(actor: Actor, new: NewAct, *, at: datetime) -> GrantAct:
    """The body gives back early what it no longer needs; the authority issues the change.

    Refused where it names nothing, more than the notice grants, or no reason.
    """
    draft = replace(new.draft, asked=localdate(at))
    if not any(draft.amounts.values()) or any(cents > 0 for cents in draft.amounts.values()):
        raise Refused(NOTHING_RELEASED)
    stands = queries.stands(new.notice, localdate(at)).amounts
    if any(cents < 0 for cents in added(stands, draft.amounts).values()):
        raise Refused(TOO_MUCH)
    if not says_something(draft.reason):
        raise Refused(NO_REASON)
    return _drafted(actor, replace(new, kind=Kind.RELEASE, draft=draft), at)


def _passes_on(new: NewAct) -> bool:
    """Whether a supplement passes on what an issued release of the same year made free."""
    pair = new.pair
    return bool(
        pair
        and new.kind == Kind.SUPPLEMENT
        and pair.kind == Kind.RELEASE
        and pair.is_issued
        and (pair.programme, pair.year) == (new.notice.programme, new.notice.year)
    )


def _drafted(actor: Actor, new: NewAct, at: datetime) -> GrantAct:
    notice = locked(new.notice, {GrantState.ISSUED})
    if not notice.amount_cents:
        raise Refused(NOTHING_GRANTED)
    if same := [act for act in queries.under_way(notice) if act.kind == new.kind]:
        raise Refused(Refusal("grant.act_under_way", UNDER_WAY, {"number": same[0].file_number}))
    return new_case(
        GrantAct,
        notice.file_number,
        at=at,
        programme=notice.programme,
        year=notice.year,
        notice=notice,
        kind=new.kind,
        pair=new.pair,
        ags=notice.ags,
        body_name=notice.body_name,
        draft=new.draft.stored,
        amount_cents=whole(new.draft.amounts),
        needs_second=needs_second_for(notice, new.draft, localdate(at)),
        written_by=actor.audit_name,
        rule_version=keep_rules(actor, notice.programme, notice.year, at=at),
        is_invented=notice.is_invented,
        drafted_at=at,
    )


def needs_second_for(notice: GrantNotice, draft: ActDraft, on: date) -> bool:
    """Whether an act that says this needs another person to issue it, as its notice stands."""
    rules = packs.load(notice.programme, notice.year).notice
    if rules is None:
        return True
    after = added(queries.stands(notice, on).amounts, draft.amounts)
    return needs_second(draft.amounts.values(), whole(after), rules.second_approver_cents)


@action("granting.write")
def write_act(actor: Actor, new: WriteAct, *, at: datetime) -> GrantAct:
    """Keep what was written into an act; what speaks against it is told at its page."""
    act = locked(new.act, {GrantState.DRAFT})
    if act.kind == Kind.RELEASE:
        raise Refused(BODYS_OWN)
    if not set(new.draft.amounts) <= set(queries.places_of(act.notice)):
        raise Refused(NOT_APPLIED)
    act.draft = new.draft.stored
    act.amount_cents = whole(new.draft.amounts)
    act.needs_second = needs_second_for(act.notice, new.draft, localdate(at))
    act.written_by = actor.audit_name
    return save_case(act)


ON_NOTICES = frozenset(PATHS) - {Kind.REFUSAL, Kind.RELEASE}
"""The kinds that the authority begins: a notice refuses an application, a body releases."""
BODYS_OWN = Refusal(
    "grant.bodys_own",
    msg("Was die Gebietskörperschaft frei meldet, schreibt niemand anderes um."),
)
NO_SUCH_ACT = Refusal("grant.no_such_act", msg("Eine solche Änderung gibt es nicht."))
NO_PAIR = Refusal(
    "grant.no_pair",
    msg("Weitergegeben wird, was eine erlassene Freimeldung desselben Programmjahrs frei machte."),
)
NOTHING_GRANTED = Refusal(
    "grant.nothing_granted", msg("Dieser Bescheid bewilligt nichts, was sich ändern ließe.")
)
UNDER_WAY = msg("Eine Änderung derselben Art ist schon in Arbeit: {number}.")
NOTHING_RELEASED = Refusal("grant.nothing_released", msg("Es fehlt, wie viel frei wird."))
TOO_MUCH = Refusal(
    "grant.too_much_released", msg("Frei werden kann höchstens, was der Bescheid bewilligt.")
)
NO_REASON = Refusal("grant.no_reason_to_release", msg("Es fehlt, warum das Geld frei wird."))
NOT_APPLIED = Refusal(
    "grant.not_of_notice",
    msg("Geändert wird, was der Antrag nennt: je Maßnahme und Haushaltsjahr."),
)
