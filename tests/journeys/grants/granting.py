"""The verbs of notices and acts, on paper and in the product; and the money of a body."""

from tests.journeys.grants import applying
from tests.journeys.grants.model import Act, Amounts, Application, Body, Notice
from tests.journeys.grants.play import MOST, Play, allot, never, pot, verb
from zielwerk.granting import actions, queries
from zielwerk.granting.actions import Batch, NewAct, NewEvent, NewNotice, WriteAct, WriteNotice
from zielwerk.granting.models import GrantAct, GrantNotice
from zielwerk.granting.queries import ActDraft, NoticeDraft
from zielwerk.identity.models import User
from zielwerk.ledger import actions as ledger
from zielwerk.ledger.actions import Posting
from zielwerk.ledger.models import EntryCode, Place
from zielwerk.rulebook.grant.together import code_of

KINDS = ("amendment", "supplement", "revocation", "withdrawal", "reduction", "lapse", "final")
REASON = "Es wird weniger gebraucht."


def notices(body: Body) -> list[Notice]:
    return body.notices


def acts(body: Body) -> list[Act]:
    return body.acts


def notice_of(one: Notice) -> GrantNotice:
    return GrantNotice.objects.get(pk=one.pk)


def act_of(one: Act) -> GrantAct:
    return GrantAct.objects.get(pk=one.pk)


# --- money --------------------------------------------------------------------------------


@verb(lambda body: [body], lambda body: True)
def give(play: Play, body: Body, part: int) -> None:
    """More money, or more promises for the next year."""
    allot(play, body, play.year + part % 2, part * 80_00)


@verb(lambda body: [body], lambda body: any(body.given.values()))
def cut(play: Play, body: Body, part: int) -> None:
    """Some of what the body was given is taken away, whatever is committed."""
    year = max(body.given, key=lambda one: body.given[one])
    cents = max(body.given[year] * part // (2 * MOST), 1)
    source, target = (pot(play, body, place, year) for place in (Place.ALLOCATED, Place.FREE))
    posting = Posting(source, target, cents, EntryCode.CUT, play.today, "MA-2026-0001", "")
    ledger.post(play.casts[body.ags].officer, [posting], at=play.at)
    body.given[year] -= cents


# --- notices ------------------------------------------------------------------------------


@verb(applying.of, lambda one: one.state == "assessed" and not one.notice, leads_on=True)
def draft(play: Play, one: Application, part: int) -> None:
    made = actions.draft(play.clerk(one), NewNotice(applying.row(one)), at=play.at)
    applying.drafted(one, made)


@verb(notices, lambda one: one.state == "draft", leads_on=True)
def write(play: Play, one: Notice, part: int) -> None:
    """All of it, less of its first places, or nothing: then it refuses the application."""
    share = {0: MOST, 8: 0}.get(part % 9, MOST - part)
    amounts = {place: cents * share // MOST for place, cents in one.application.applied.items()}
    conditions = ("final_notice",) if part % 2 else ()
    reason = REASON if part % 5 else ""
    draft = NoticeDraft(amounts, conditions, reason)
    actions.write(play.clerk(one), WriteNotice(notice_of(one), draft), at=play.at)
    one.amounts, one.has_reason, one.is_reserved = amounts, bool(reason), bool(conditions)


@verb(notices, Notice.can_be_put_forward, leads_on=True)
def put_forward(play: Play, one: Notice, part: int) -> None:
    actions.put_forward(play.clerk(one), notice_of(one), at=play.at)
    one.state = "put_forward"


@verb(notices, Notice.can_be_issued, leads_on=True)
def issue(play: Play, one: Notice, part: int) -> None:
    case = notice_of(one)
    prepared = actions.ready(case, play.at) if part % 2 else None
    actions.issue(play.head(one), case, prepared=prepared, at=play.at)
    _issued(play, one)


def _issued(play: Play, one: Notice) -> None:
    one.state, one.day, play.issued = "issued", play.today, True


@verb(notices, never)
def issue_alone(play: Play, one: Notice, part: int) -> None:
    actions.issue(play.clerk(one), notice_of(one), at=play.at)


@verb(lambda body: [body], lambda body: bool(waiting(body)) and is_enough(body), leads_on=True)
def issue_together(play: Play, body: Body, part: int) -> None:
    chosen = waiting(body)
    rows = [notice_of(one) for one in chosen]
    head = play.casts[body.ags].pair("authority", body.ags)[1]
    actions.issue_together(head, Batch(tuple(rows), code_of(queries.entries_of(rows))), at=play.at)
    for one in chosen:
        _issued(play, one)


def waiting(body: Body) -> list[Notice]:
    return [one for one in body.notices if one.state == "put_forward"]


def is_enough(body: Body) -> bool:
    """Of a body and year one application is pursued, so one notice waits at most."""
    return all(one.can_be_issued() for one in waiting(body))


@verb(notices, lambda one: one.state == "put_forward")
def send_back(play: Play, one: Notice, part: int) -> None:
    actions.send_back(play.head(one), notice_of(one), note="Noch einmal.", at=play.at)
    one.state = "draft"


@verb(notices, lambda one: one.state == "put_forward")
def take_back(play: Play, one: Notice, part: int) -> None:
    actions.take_back(play.clerk(one), notice_of(one), at=play.at)
    one.state = "draft"


@verb(notices, lambda one: one.state == "draft")
def discard(play: Play, one: Notice, part: int) -> None:
    actions.discard(play.clerk(one), notice_of(one), at=play.at)
    one.state = "discarded"


@verb(notices, Notice.can_be_restored)
def restore(play: Play, one: Notice, part: int) -> None:
    actions.restore(play.clerk(one), notice_of(one), at=play.at)
    one.state = "draft"


@verb(notices, lambda one: one.is_issued)
def enter(play: Play, one: Notice, part: int) -> None:
    new = NewEvent(notice_of(one), "sent", play.today, "post", note="Noch einmal gesandt.")
    actions.enter(play.clerk(one), new, at=play.at)


# --- acts ---------------------------------------------------------------------------------


def changes_of(play: Play, one: Notice, kind: str, part: int) -> Amounts:
    """Amounts as chance has them: mostly what the kind allows, now and then a little too much."""
    places = sorted(one.application.applied)
    first, second = places[part % len(places)], places[(part + 1) % len(places)]
    cents = max(one.stands(play.today).get(first, 0), 10_00) * (part + 50) // MOST
    if kind == "supplement":
        return {first: cents // 4}
    if kind in ("amendment", "final"):
        return {first: -cents, second: cents * (part % 3) // 2}
    return {first: -cents if part % 7 else cents}


def can_be_begun(one: Notice) -> bool:
    return one.can_be_changed() and bool(set(KINDS) - one.under_way())


@verb(notices, can_be_begun, leads_on=True)
def change(play: Play, one: Notice, part: int) -> None:
    kind = next((each for each in rotated(part) if each not in one.under_way()), KINDS[0])
    made = actions.change(play.clerk(one), NewAct(notice_of(one), kind), at=play.at)
    one.body.acts.append(Act(one, kind, made.pk, made.file_number))


def rotated(part: int) -> list[str]:
    return [KINDS[(part + number) % len(KINDS)] for number in range(len(KINDS))]


@verb(notices, never)
def change_twice(play: Play, one: Notice, part: int) -> None:
    """Of a kind one act is drafted at a time."""
    kind = next(iter(sorted(one.under_way() & set(KINDS))), "refusal")
    actions.change(play.clerk(one), NewAct(notice_of(one), kind), at=play.at)


def can_be_released(one: Notice) -> bool:
    is_some = any(cents > 0 for cents in one.stands(one.body.today).values())
    return one.can_be_changed() and is_some and "release" not in one.under_way()


@verb(notices, can_be_released, leads_on=True)
def release(play: Play, one: Notice, part: int) -> None:
    stands = one.stands(play.today) or {("1", play.year): 1}
    place = max(stands, key=lambda each: stands[each])
    changes = {place: -max(stands[place] * part // MOST, 1)}
    new = NewAct(notice_of(one), "", ActDraft(changes, reason=REASON))
    made = actions.release(play.cast(one).body, new, at=play.at)
    act = Act(one, "release", made.pk, made.file_number, changes, is_written=True)
    one.body.acts.append(act)


@verb(acts, lambda one: one.state == "draft" and not one.is_release, leads_on=True)
def write_act(play: Play, one: Act, part: int) -> None:
    changes = changes_of(play, one.notice, one.kind, part)
    is_past = part % 3 == 0 and one.notice.day < play.today
    from_day = one.notice.day if is_past else None
    written_on = one.notice.baseline(from_day or play.today)
    day = one.notice.day
    draft = ActDraft(
        changes,
        reason=REASON,
        effective=from_day,
        reach="past" if is_past else "future",
        heard=day,
        ground="weighed" if one.kind == "withdrawal" else "misused",
        discretion="Mildere Mittel gibt es nicht.",
        known=day,
        event=day,
        evidence="Schreiben des Trägers",
        asked=day,
        baseline=written_on,
    )
    actions.write_act(play.clerk(one), WriteAct(act_of(one), draft), at=play.at)
    one.changes, one.from_day, one.written_on, one.is_written = changes, from_day, written_on, True


@verb(acts, Act.can_be_put_forward, leads_on=True)
def put_act_forward(play: Play, one: Act, part: int) -> None:
    actions.put_forward(play.clerk(one), act_of(one), at=play.at)
    one.state = "put_forward"


@verb(acts, Act.can_be_issued, leads_on=True)
def issue_act(play: Play, one: Act, part: int) -> None:
    actions.issue(play.head(one), act_of(one), at=play.at)
    one.issue(play.today)
    play.issued = True


@verb(acts, lambda one: one.state == "put_forward")
def send_act_back(play: Play, one: Act, part: int) -> None:
    actions.send_back(play.head(one), act_of(one), note="Noch einmal.", at=play.at)
    one.state = "draft"


@verb(acts, lambda one: one.state == "put_forward")
def take_act_back(play: Play, one: Act, part: int) -> None:
    actions.take_back(play.clerk(one), act_of(one), at=play.at)
    one.state = "draft"


@verb(acts, lambda one: one.state == "draft")
def discard_act(play: Play, one: Act, part: int) -> None:
    actions.discard(_drafter(play, one), act_of(one), at=play.at)
    one.state = "discarded"


@verb(acts, Act.can_be_restored)
def restore_act(play: Play, one: Act, part: int) -> None:
    actions.restore(_drafter(play, one), act_of(one), at=play.at)
    one.state = "draft"


def _drafter(play: Play, one: Act) -> User:
    """A release is given up by the body, all else by the authority."""
    return play.cast(one).body if one.is_release else play.clerk(one)
