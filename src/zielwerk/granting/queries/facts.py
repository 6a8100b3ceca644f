"""What speaks against issuing a notice or an act."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from zielwerk.granting.models import GrantAct, GrantNotice, Issuing
from zielwerk.granting.queries.accord import Accord
from zielwerk.granting.queries.applied import Applied, applied, why_not_applied
from zielwerk.granting.queries.around import Around, around
from zielwerk.granting.queries.competent import competent
from zielwerk.granting.queries.drafts import ActDraft, NoticeDraft
from zielwerk.granting.queries.notices import (
    replay,
    rules_of,
    stands,
    titles_of,
    under_way,
)
from zielwerk.ledger import queries as ledger
from zielwerk.ledger.models import Book, Place
from zielwerk.packs import cited
from zielwerk.packs import loading as packs
from zielwerk.packs.model import Body, Condition, Year
from zielwerk.packs.notices import filled
from zielwerk.rulebook.grant import acts as rulebook
from zielwerk.rulebook.grant.accord import why_above
from zielwerk.rulebook.grant.amounts import Amounts, by_year, whole, why_not_granted
from zielwerk.rulebook.grant.citation import Act
from zielwerk.rulebook.grant.conditions import holding, why_not_citable
from zielwerk.rulebook.grant.course import GrantFacts
from zielwerk.rulebook.grant.cover import Pot, Want, covered, free_by_year, released
from zielwerk.rulebook.grant.paths import PATHS, Kind
from zielwerk.rulebook.lifecycle import Label
from zielwerk.rulebook.refusal import Refusal, Refused, msg
from zielwerk.rulebook.writing import says_something


def facts_of(case: Issuing, on: date) -> GrantFacts:
    """The facts for the guards of a notice or an act, on a day."""
    if isinstance(case, GrantAct):
        return _facts_of_act(case, on)
    assert isinstance(case, GrantNotice)
    return facts_of_all([case], on)[case.pk]


def facts_of_all(notices: Sequence[GrantNotice], on: date) -> dict[int, GrantFacts]:
    """The same of many notices, by their keys; the queries grow with programme years alone."""
    found = around(notices, on)
    return {each.pk: _facts_of_notice(each, found[each.pk], on) for each in notices}


def _facts_of_notice(case: GrantNotice, own: Around, on: date) -> GrantFacts:
    """What speaks against a notice: what it decides about, its words, its money."""
    what, draft = own.what, NoticeDraft.of(case)
    rules = packs.load(case.programme, case.year)
    unsound = (
        *why_not_applied(case, what.submission.application),
        *_why_not_decided(case, what, draft),
        *_why_above_agreed(own.accord, draft, rules),
        *_why_not_worded(case, rules, draft.conditions, on),
    )
    wants = wants_of(case, what, draft.amounts)
    return GrantFacts(
        unsound,
        covered(wants, own.free, rules.draws_first).refusals,
        tuple(_premature(own, rules)),
        own.other,
    )


def _why_not_decided(case: GrantNotice, what: Applied, draft: NoticeDraft) -> Iterator[Refusal]:
    """The amounts fit what was applied for; whoever grants less says why."""
    titles = {measure.key: measure.title for measure in what.content.measures}
    total = whole(draft.amounts)
    for refusal in why_not_granted(what.amounts, draft.amounts) if total else ():
        measure = titles.get(str(refusal.params.get("measure", "")), "")
        yield Refusal(refusal.rule, refusal.msgid, {**refusal.params, "measure": measure})
    if total < whole(what.amounts) and not says_something(draft.reason):
        act = rules_of(case).notice
        basis = f"§ 39 Abs. 1 {act.procedure_act}" if act else ""
        yield Refusal("grant.no_reason_for_less", NO_REASON, {}, basis)


def _why_above_agreed(
    accord: Accord | None, draft: NoticeDraft, rules: Year
) -> tuple[Refusal, ...]:
    """More than was agreed is granted for a reason, or not at all, as the programme says."""
    notice = rules.notice
    if accord is None or notice is None:
        return ()
    document = Label(rules.programme.document.label)
    has_reason = says_something(draft.reason)
    act = notice.procedure_act
    return why_above(accord.lines, notice.above_agreed, document, act, has_reason=has_reason)


def _why_not_worded(
    case: Issuing, rules: Year, chosen: Sequence[str], on: date
) -> Iterator[Refusal]:
    """There is a notice in the programme; its provisions have values, and cite what exists."""
    if rules.notice is None:
        yield Refusal("grant.no_notice", NO_NOTICE, {"year": rules.label})
        return
    yield from _why_not_told(case, rules, on)
    body = body_of_case(case)
    conditions = conditions_of(rules, body, on, chosen)
    yield from why_not_citable(conditions, acts_known(rules), rules.within(on))
    for condition in conditions:
        try:
            filled(rules, condition, on)
        except Refused as refused:
            yield from refused.refusals


def _why_not_told(case: Issuing, rules: Year, on: date) -> Iterator[Refusal]:
    """Who issues it is known, and where it can be contested."""
    body = body_of_case(case)
    if competent(rules, "authority", on, body) is None:
        yield Refusal("grant.no_authority", NO_AUTHORITY, {}, "§ 44 Abs. 2 Nr. 1 VwVfG")
    is_suit = rules.notice is None or rules.notice.remedy == "suit"
    if is_suit and competent(rules, "court", on, body) is None:
        yield Refusal("grant.no_court", NO_COURT, {})


def _why_not_reduced(act: GrantAct) -> Iterator[Refusal]:
    """A grant is reduced by a resolutive condition only where its notice has one."""
    stated = (act.notice.content or {}).get("conditions", ())
    if act.kind == Kind.REDUCTION and not any(each["kind"] == "condition" for each in stated):
        yield Refusal("grant.no_condition", NO_CONDITION, {"number": act.notice.file_number})


def conditions_of(
    rules: Year, body: Body | None, on: date, chosen: Sequence[str]
) -> tuple[Condition, ...]:
    """The ancillary provisions that go with a notice of a day to a body."""
    kind = body.kind.code if body else ""
    return holding(rules.conditions, rules.within(on), kind, chosen)


def acts_known(rules: Year) -> Sequence[Act]:
    """The acts that the law of the programme knows."""
    return cited.acts(rules.programme.jurisdictions)


def body_of_case(case: Issuing) -> Body | None:
    """The body as the year knows it."""
    bodies = packs.bodies_in(case.programme, case.year)
    return next((body for body in bodies if body.ags == case.ags), None)


def _premature(own: Around, rules: Year) -> Iterator[Refusal]:
    """What the programme wants before the notice: the agreement, the strategy."""
    wants_agreement = rules.application and rules.application.agreement == "before"
    if wants_agreement and not (own.accord and own.accord.numbers):
        document = Label(rules.programme.document.label)
        yield Refusal("grant.not_agreed", NOT_AGREED, {"document": document})
    if rules.programme.strategy and not own.has_strategy:
        strategy = Label(rules.programme.strategy.label)
        yield Refusal("grant.no_strategy", NO_STRATEGY, {"strategy": strategy})


def wants_of(case: Issuing, what: Applied, amounts: Amounts) -> list[Want]:
    """What is granted, for the books: each measure under the name of its account."""
    purposes = {measure.key: measure.earmark for measure in what.content.measures}
    return [
        Want(account_of(case, measure), year, cents, purposes.get(measure, ""))
        for (measure, year), cents in amounts.items()
        if cents
    ]


def account_of(case: Issuing, measure: str) -> str:
    """The name of a measure's account in the books: its place in the notice."""
    notice = case.notice if isinstance(case, GrantAct) else case
    return f"{notice.file_number}/{measure}"


def free_of(case: Issuing) -> dict[Pot, int]:
    """What the body was given and no notice has committed, by purpose and tranche."""
    return ledger.uncommitted(case.programme, case.year, case.ags)


def uncovered_of(case: Issuing) -> int:
    """What is committed to the body in the year and has no money behind it any more, in cents."""
    if not case.is_issued:
        return 0
    balances = ledger.account_balances(
        book=Book.COMMITMENT,
        place=Place.UNCOVERED,
        programme=case.programme,
        programme_year=case.year,
        ags=case.ags,
    )
    return -sum(cents for _, cents in balances)


@dataclass(frozen=True)
class YearOfMoney:
    """A budget year: what the draft wants of it, what is free, and what is missing; in cents."""

    year: int
    wanted: int
    free: int

    @property
    def left(self) -> int:
        return self.free - self.wanted


def money_by_year(case: Issuing, amounts: Amounts) -> list[YearOfMoney]:
    """What a draft wants of each budget year beside what is free in it; 0 is of unknown years.

    What an act releases it wants less, so far as there is money behind it.
    """
    more = by_year({place: cents for place, cents in amounts.items() if cents > 0})
    free = free_by_year(free_of(case))
    given = free_by_year(free_for(case, amounts)) if isinstance(case, GrantAct) else free
    return [
        YearOfMoney(
            year,
            more.get(year, 0) - (given.get(year, 0) - free.get(year, 0)),
            free.get(year, 0),
        )
        for year in sorted({*given, *more})
    ]


def _facts_of_act(act: GrantAct, on: date) -> GrantFacts:
    """What speaks against an act: its law, its money, what it rests on."""
    draft = ActDraft.of(act)
    notice, earlier = replay(act.notice)
    rules = packs.load(act.programme, act.year)
    law = rules.notice.procedure_act if rules.notice else "VwVfG"
    titles = titles_of([act.notice])[act.notice_id]
    facts = draft.facts(on, law)
    found = rulebook.why_not(Kind(act.kind), facts, notice, earlier, _clock_years(rules))
    unsound = [
        Refusal(
            each.rule,
            each.msgid,
            {**each.params, "measure": titles.get(str(each.params.get("measure", "")), "")},
            each.basis,
        )
        for each in found
    ]
    if not says_something(draft.reason):
        unsound.append(Refusal("grant.no_reason", NO_WHY, {}, f"§ 39 Abs. 1 {law}"))
    unsound += _why_not_reduced(act)
    unsound += _why_not_told(act, rules, on)
    now = baseline(act, on).baseline
    if draft.baseline and draft.baseline != now:
        unsound.append(Refusal("grant.other_baseline", OTHER_BASELINE, {"number": now}))
    more = {place: cents for place, cents in draft.amounts.items() if cents > 0}
    wants = wants_of(act, applied(act.notice), more)
    return GrantFacts(
        tuple(unsound),
        covered(wants, free_for(act, draft.amounts), rules.draws_first).refusals,
        other=_same_kind(act),
    )


def _clock_years(rules: Year) -> int:
    return next((int(p.number) for p in rules.parameters if p.code == CLOCK), 1)


def clock_of(act: GrantAct) -> date | None:
    """The last day on which an act that takes money away can be made known; None where none is."""
    draft = ActDraft.of(act)
    if not PATHS[Kind(act.kind)].year or draft.known is None or draft.deceit:
        return None
    return rulebook.clock_ends(draft.known, _clock_years(packs.load(act.programme, act.year)))


def free_for(act: GrantAct, changes: Amounts) -> dict[Pot, int]:
    """What an act can bind: what is free, and what it releases itself at other places."""
    free = free_of(act)
    own: dict[str, dict[Pot, int]] = {}
    for key, cents in ledger.committed(act.programme, act.year, act.ags).items():
        pots = own.setdefault(key.measure, {})
        pots[key.earmark, key.tranche] = pots.get((key.earmark, key.tranche), 0) + cents
    for (measure, year), change in changes.items():
        account = account_of(act, measure)
        parts, _ = released(account, year, max(-change, 0), own.get(account, {}))
        for part in parts:
            free[part.pot] = free.get(part.pot, 0) + part.cents
    return free


def _same_kind(act: GrantAct) -> str:
    """The number of another act of the kind that is under way on the same notice."""
    same = (each for each in under_way(act.notice) if each.kind == act.kind and each != act)
    return next((each.file_number for each in same), "")


def baseline(act: GrantAct, on: date) -> rulebook.Standing:
    """What is in force before an act that counts from a day, and on which act that rests."""
    return stands(act.notice, ActDraft.of(act).effective or on)


def held_before(act: GrantAct, on: date) -> Amounts:
    """What the notice grants before an act that counts from a day."""
    return baseline(act, on).amounts


CLOCK = "revocation_period"
"""The parameter of the law: within how many years of knowing all facts."""
NO_AUTHORITY = msg("Für diese Gebietskörperschaft nennt das Programm keine Bewilligungsbehörde.")
NO_CONDITION = msg("{number} enthält keine auflösende Bedingung, durch die sich etwas ermäßigt.")
OTHER_BASELINE = msg(
    "Inzwischen gilt {number}. Die Beträge dieses Entwurfs gehen von einem früheren Stand aus; "
    "bitte sehen Sie sie an und sichern Sie sie neu."
)
NO_REASON = msg("Es fehlt, warum weniger bewilligt wird als beantragt. Der Bescheid nennt es.")
NO_WHY = msg("Es fehlt die Begründung.")
NO_NOTICE = msg("{year}: Das Regelwerk kennt keinen Bescheid.")
NO_COURT = msg(
    "Für diese Gebietskörperschaft nennt das Programm kein Gericht. Ohne das richtige Gericht wäre "
    "die Rechtsbehelfsbelehrung unrichtig."
)
NOT_AGREED = msg("Vor dem Bescheid verlangt das Programm: {document}. Sie ist noch nicht da.")
NO_STRATEGY = msg("Voraussetzung der Förderung ist: {strategy}. Sie ist nicht in Kraft.")
