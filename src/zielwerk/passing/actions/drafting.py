"""Drafting a pass-on of a measure, or a change of one in force; written until put forward."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from zielwerk.core.actions import action
from zielwerk.core.cases import locked, new_case, save_case
from zielwerk.core.permissions import Actor
from zielwerk.granting.models import GrantNotice
from zielwerk.packs import passing as packs_passing
from zielwerk.packs.model import Year
from zielwerk.passing import letters, queries
from zielwerk.passing.models import PassOn
from zielwerk.passing.queries import PassDraft
from zielwerk.programme import queries as programmes
from zielwerk.programme.models import Party
from zielwerk.rulebook.application import AppliedMeasure
from zielwerk.rulebook.passing.course import PassState, needs_second
from zielwerk.rulebook.passing.ways import of_code
from zielwerk.rulebook.refusal import Refusal, Refused, msg


@dataclass(frozen=True)
class NewPassOn:
    """The wish to pass on what a notice grants a measure."""

    notice: GrantNotice
    measure: str

    @property
    def ags(self) -> str:
        return self.notice.ags


@dataclass(frozen=True)
class NewChange:
    """The wish to put another in the place of a pass-on in force."""

    pass_on: PassOn

    @property
    def ags(self) -> str:
        return self.pass_on.ags


@dataclass(frozen=True)
class Writing:
    """What is written into a pass-on."""

    pass_on: PassOn
    draft: PassDraft

    @property
    def ags(self) -> str:
        return self.pass_on.ags


@action("passing.draft")
def draft(actor: Actor, new: NewPassOn, *, at: datetime) -> PassOn:
    """Draft how a measure of a notice is passed on; it begins with what nobody has got yet."""
    notice = GrantNotice.objects.select_for_update().get(pk=new.notice.pk)
    if reasons := why_not_drafted(notice):
        raise Refused(*reasons)
    rules = queries.rules_of_notice(notice)
    day = localdate(at)
    granted = queries.granted_of(notice, new.measure, day)
    measure = queries.measure_of(notice, new.measure)
    if measure is None or not any(granted.values()):
        raise Refused(NOTHING_GRANTED)
    began = _begun(notice, measure, rules, day)
    return new_case(
        PassOn,
        f"{rules.programme.prefix('passing')}-{notice.year}",
        at=at,
        programme=notice.programme,
        year=notice.year,
        notice=notice,
        measure=measure.key,
        title=measure.title[:300],
        last_day=measure.last_day,
        ags=notice.ags,
        body_name=notice.body_name,
        rule_version=notice.rule_version,
        is_invented=notice.is_invented,
        drafted_at=at,
        **_columns(notice, rules, began, measure.last_day),
    )


def _begun(notice: GrantNotice, measure: AppliedMeasure, rules: Year, on: date) -> PassDraft:
    """What is known of it beforehand: what is left, the way and the Träger of the application."""
    left = queries.left_of(notice, measure.key, on)
    way = of_code(packs_passing.ways(rules), measure.passing_on)
    named = [each for each in parties_of(notice) if str(each.name) == measure.carrier]
    own = {each.code for each in rules.cost_sources if each.of_programme}
    others = sum(line.cents for line in measure.incomes if line.source not in own)
    has_proof = way is None or way.proof
    return PassDraft(
        way=way.code if way else "",
        party=named[0].pk if named and (way is None or way.to_another) else None,
        amounts={year: cents for year, cents in left.items() if cents > 0},
        other_cents=others,
        seats=measure.seats,
        proof_due=packs_passing.proof_of_provider(rules, measure.last_day) if has_proof else None,
        remedy=letters.usual_remedy(notice),
    )


def parties_of(notice: GrantNotice) -> list[Party]:
    """The parties to which a body may pass on: those that belong to it, each once, by name."""
    found = {
        each.party_id: each.party for each in programmes.relations(notice.programme, notice.ags)
    }
    return list(found.values())


@action("passing.change")
def change(actor: Actor, new: NewChange, *, at: datetime) -> PassOn:
    """Draft what is to take the place of a pass-on in force; it begins as that stands."""
    old = locked(new.pass_on, {PassState.IN_FORCE})
    if other := queries.changed_by(old):
        params = {"number": other.file_number}
        raise Refused(Refusal("passing.changed_already", CHANGED_ALREADY, params))
    same = (
        *("programme", "year", "notice", "measure", "title", "last_day", "ags", "body_name"),
        *("party", "carrier", "way", "amount_cents", "other_cents", "seats", "proof_due", "draft"),
        *("needs_second", "rule_version", "is_invented"),
    )
    return new_case(
        PassOn,
        (old.origin or old).file_number,
        at=at,
        changes=old,
        origin=old.origin or old,
        drafted_at=at,
        **{name: getattr(old, name) for name in same},
    )


@action("passing.write")
def write(actor: Actor, new: Writing, *, at: datetime) -> PassOn:
    """Keep what was written; what speaks against it is told, and refused where it is put forward.

    Refused is a way that the programme does not know, a party of another body, and another Träger
    than that of what it changes: what was entered of one is read by that one alone.
    """
    case = locked(new.pass_on, {PassState.DRAFT})
    rules = queries.rules_of(case)
    if new.draft.way and of_code(packs_passing.ways(rules), new.draft.way) is None:
        raise Refused(NO_SUCH_WAY)
    if new.draft.party and new.draft.party not in {each.pk for each in parties_of(case.notice)}:
        raise Refused(NO_SUCH_PARTY)
    if any(cents < 0 for cents in new.draft.amounts.values()):
        raise Refused(BELOW_ZERO)
    for name, value in _columns(case.notice, rules, new.draft, case.last_day).items():
        setattr(case, name, value)
    if case.changes and case.changes.party_id != case.party_id:
        raise Refused(OTHER_PARTY)
    case.written_by = actor.audit_name
    return save_case(case)


def _columns(
    notice: GrantNotice, rules: Year, draft: PassDraft, last_day: date | None
) -> dict[str, Any]:
    """The columns that lists show, as the draft says them.

    Where its way asks for a proof and nobody named a day, it is that of the programme.
    """
    way = of_code(packs_passing.ways(rules), draft.way)
    party = next((each for each in parties_of(notice) if each.pk == draft.party), None)
    is_own = way is not None and not way.to_another
    proof = draft.proof_due if way is None or way.proof else None
    if way is not None and way.proof and proof is None:
        proof = packs_passing.proof_of_provider(rules, last_day)
    return {
        "draft": replace(draft, proof_due=proof).stored,
        "way": draft.way,
        "party": party,
        "carrier": str(party.name) if party else str(notice.body_name) if is_own else "",
        "amount_cents": draft.cents,
        "other_cents": draft.other_cents,
        "seats": draft.seats,
        "proof_due": proof,
        "needs_second": needs_second(draft.cents, packs_passing.second_person_from(rules)),
    }


def why_not_drafted(notice: GrantNotice) -> list[Refusal]:
    """Why nothing of a notice can be passed on here."""
    if not notice.is_issued:
        return [NOT_ISSUED]
    if not queries.rules_of_notice(notice).procedure("passing"):
        return [Refusal("passing.no_stages", NO_STAGES, {"year": str(notice.year)})]
    return []


NOT_ISSUED = Refusal(
    "passing.not_issued", msg("Weitergegeben wird, was ein erlassener Bescheid bewilligt.")
)
NO_STAGES = msg("{year}: Weiterleitungen werden in diesem Programmjahr hier nicht geführt.")
NOTHING_GRANTED = Refusal(
    "passing.nothing_granted", msg("Der Bescheid bewilligt dieser Maßnahme nichts.")
)
CHANGED_ALREADY = msg("An die Stelle dieser Weiterleitung tritt schon {number}.")
NO_SUCH_WAY = Refusal(
    "passing.no_such_way", msg("Diese Art der Weitergabe kennt das Programmjahr nicht.")
)
NO_SUCH_PARTY = Refusal(
    "passing.no_such_party",
    msg("Weitergegeben wird an Beteiligte, die zu der Gebietskörperschaft gehören."),
)
OTHER_PARTY = Refusal(
    "passing.other_party",
    msg(
        "Wer durchführt, ändert sich so nicht: Ein anderer Träger sähe, was zu dem bisherigen "
        "eingetragen ist. Beenden Sie dessen Weiterleitung, und beginnen Sie eine neue."
    ),
)
BELOW_ZERO = Refusal("passing.below_zero", msg("Ein Betrag kann nicht unter null liegen."))
