"""Reads of conclusions and what belongs to them, and the facts by which steps are judged."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property

from django.db.models import QuerySet
from django.utils.timezone import localdate

from zielwerk.agreements import queries as agreements
from zielwerk.agreements.models import Agreement
from zielwerk.conclusion.models import Conclusion, Resolution, Signature, SignedFile
from zielwerk.conclusion.queries import signing
from zielwerk.conclusion.queries.terms import terms_of
from zielwerk.core.permissions import Actor
from zielwerk.core.queries import within
from zielwerk.drafting.model import Document
from zielwerk.ledger import queries as ledger
from zielwerk.negotiation import queries as negotiation
from zielwerk.negotiation.models import DraftDocument
from zielwerk.packs import loading as packs
from zielwerk.packs.model import Year
from zielwerk.programme import queries as programmes
from zielwerk.rulebook import signatures as rule
from zielwerk.rulebook.conclusion import CONCLUSION, OVER, UNDER_WAY_ALREADY, ConclusionState
from zielwerk.rulebook.lifecycle import Lifecycle
from zielwerk.rulebook.negotiation import DraftState
from zielwerk.rulebook.recording import IntakeFacts, complete
from zielwerk.rulebook.refusal import Refusal, msg


def conclusions(user: Actor, programme: str) -> QuerySet[Conclusion]:
    """The conclusions within the person's perimeter, newest first."""
    rows = Conclusion.objects.filter(programme=programme).select_related("agreement")
    return within(user, rows.order_by("-pk"))


def is_seen(user: Actor, conclusion: Conclusion) -> bool:
    return conclusion.ags in user.perimeter


def rules_of(conclusion: Conclusion) -> Year:
    """The rules under which it was begun."""
    return programmes.rules(conclusion.programme, conclusion.year, conclusion.rule_version)


def lifecycle_of(conclusion: Conclusion) -> Lifecycle:
    """The path that the rules of its time declare."""
    return CONCLUSION.lifecycle(rules_of(conclusion).procedure("conclusion"))


def concluding_side(programme: str, year: int) -> str:
    """The side that takes the first stage, and so begins and ends conclusions of a year."""
    if not signing.is_concluded_here(programme, year):
        return ""
    return packs.load(programme, year).procedure("conclusion")[0].side


def draft_text(conclusion: Conclusion) -> Document:
    """The text that both sides approved."""
    return negotiation.version(conclusion.draft, conclusion.version).document


def text_of(agreement: Agreement) -> Document | None:
    """The text by which an agreement was concluded here; None where it was not."""
    if not agreement.concluded_as:
        return None
    rows = Conclusion.objects.filter(file_number=agreement.concluded_as).select_related("draft")
    found = rows.first()
    return draft_text(found) if found else None


def first_day(conclusion: Conclusion) -> date:
    """The day since which that text has been there."""
    return localdate(negotiation.version(conclusion.draft, conclusion.version).made_at)


def of_draft(draft: DraftDocument) -> QuerySet[Conclusion]:
    """The conclusions of a draft, the newest first."""
    return Conclusion.objects.filter(draft=draft).order_by("-pk")


def under_way(draft: DraftDocument) -> Conclusion | None:
    """The conclusion of a draft that is neither done nor abandoned."""
    return of_draft(draft).exclude(state__in=sorted(OVER)).first()


def resting_on(draft: DraftDocument) -> str:
    """The number of what rests on the text of a draft, so that it cannot be opened again.

    That is a conclusion under way, or one that led to an agreement which was not annulled.
    """
    found = under_way(draft) or _concluded(draft)
    return found.file_number if found else ""


def _concluded(draft: DraftDocument) -> Conclusion | None:
    done = of_draft(draft).filter(state=ConclusionState.CONCLUDED).select_related("agreement")
    return next((one for one in done if not _is_annulled(one.agreement)), None)


def _is_annulled(agreement: Agreement | None) -> bool:
    return agreement is None or agreements.is_annulled(agreement)


def of_agreement(user: Actor, agreement: Agreement) -> Conclusion | None:
    """The conclusion that made an agreement, if the person may see it."""
    if not agreement.concluded_as:
        return None
    rows = conclusions(user, agreement.programme)
    return rows.filter(file_number=agreement.concluded_as).first()


def signatures(conclusion: Conclusion) -> list[Signature]:
    """Every signature that was entered, also those struck out, place by place."""
    rows = Signature.objects.filter(conclusion=conclusion).select_related("strike")
    places = {place: number for number, place in enumerate(rule.places_of(conclusion.sides))}
    return sorted(rows, key=lambda each: (places.get(each.place, len(places)), each.take))


def signatures_of(conclusions: Iterable[Conclusion]) -> dict[int, list[Signature]]:
    """The signatures of several conclusions by their keys, one query."""
    found: dict[int, list[Signature]] = defaultdict(list)
    keys = [each.pk for each in conclusions]
    rows = Signature.objects.filter(conclusion__in=keys).select_related("strike") if keys else []
    for each in rows:
        found[each.conclusion_id].append(each)
    return dict(found)


def given(signatures: Sequence[Signature]) -> tuple[rule.Given, ...]:
    """Signatures as the rules look at them."""
    return tuple(
        rule.Given(
            each.place, each.name, each.form, each.digest, each.has_seal, hasattr(each, "strike")
        )
        for each in signatures
    )


def counting(conclusion: Conclusion, signatures: Sequence[Signature]) -> list[Signature]:
    """The signatures that count, in the order of their places."""
    facts = given(signatures)
    there = rule.counting(conclusion.sides, facts, conclusion.digest)
    by_fact = {id(fact): each for fact, each in zip(facts, signatures, strict=True)}
    places = rule.places_of(conclusion.sides)
    return [by_fact[id(there[place])] for place in places if place in there]


def unsigned(conclusion: Conclusion, signatures: Sequence[Signature]) -> list[rule.Place]:
    """The places that nobody has filled."""
    there = {each.place for each in counting(conclusion, signatures)}
    places = rule.places_of(conclusion.sides)
    return [place for name, place in places.items() if name not in there]


def files(conclusion: Conclusion) -> list[SignedFile]:
    """The signed files, the newest first."""
    rows = SignedFile.objects.filter(conclusion=conclusion).order_by("-pk")
    return list(rows.select_related("file", "comparison").defer("file__content"))


def resolution(conclusion: Conclusion) -> Resolution | None:
    """The resolution that counts."""
    return Resolution.objects.filter(conclusion=conclusion).order_by("pk").last()


class Facts:
    """The facts for the guards of a conclusion, each read when it is asked for."""

    def __init__(self, conclusion: Conclusion, on: date) -> None:
        self._of = conclusion
        self.digest = conclusion.digest
        self.amount_cents = conclusion.amount_cents
        self.body_name, self.year = conclusion.body_name, conclusion.year

    @cached_property
    def needed(self) -> Sequence[rule.Needed]:
        return self._of.sides

    @cached_property
    def given(self) -> Sequence[rule.Given]:
        return given(signatures(self._of))

    @cached_property
    def text_digest(self) -> str:
        draft = self._of.draft
        return draft.digest if draft.state == DraftState.SETTLED else ""

    @cached_property
    def resolution(self) -> bool:
        return resolution(self._of) is not None

    @cached_property
    def allocated_cents(self) -> int:
        return ledger.allocated_cents(self._of.programme, self._of.year, self._of.ags)

    @cached_property
    def is_change(self) -> bool:
        return self._of.draft.amends_id is not None

    @cached_property
    def before_cents(self) -> int:
        amends = self._of.draft.amends
        return amends.amount_cents if amends else 0

    @cached_property
    def recorded(self) -> int:
        of = self._of
        return agreements.recorded(of.programme, of.year, of.ags).count()

    @cached_property
    def per_year(self) -> int:
        return packs.programme(self._of.programme).document.per_year

    @cached_property
    def other(self) -> str:
        others = Conclusion.objects.filter(draft=self._of.draft_id).exclude(pk=self._of.pk)
        found = next((one for one in others.order_by("-pk") if one.state not in OVER), None)
        found = found or _concluded(self._of.draft)
        return found.file_number if found else ""


def why_not_begun(draft: DraftDocument, day: date) -> list[Refusal]:
    """Every reason why a draft cannot be concluded now."""
    if not signing.is_concluded_here(draft.programme, draft.year):
        return [Refusal("conclusion.not_here", NOT_HERE, {"year": str(draft.year)})]
    reasons = why_superseded(draft)
    if draft.state != DraftState.SETTLED:
        reasons.append(Refusal("conclusion.not_settled", NOT_SETTLED))
    if other := resting_on(draft):
        reasons.append(Refusal("conclusion.under_way", UNDER_WAY_ALREADY, {"number": other}))
    text = negotiation.newest(draft)
    content = text.content
    reasons += _incomplete(text)
    for side in signing.unknown_sides(content, day):
        params = {"side": signing.text_of_side(content, side)}
        reasons.append(Refusal("conclusion.unknown_signing", UNKNOWN_SIGNING, params))
    needed = signing.needed_for(content, day)
    if needed and not rule.ways_of(needed):
        reasons.append(Refusal("conclusion.no_common_way", NO_COMMON_WAY))
    return reasons


def why_superseded(draft: DraftDocument) -> list[Refusal]:
    """Why a change cannot be concluded: what it changes no longer holds, or a paper changes it."""
    if draft.amends is None:
        return []
    reasons = []
    holds, recording = agreements.newest(draft.amends), agreements.open_change(draft.amends)
    if holds is None or holds.pk != draft.amends_id:
        number = holds.file_number if holds else ""
        sentence = SUPERSEDED if holds else ANNULLED
        reasons.append(Refusal("conclusion.superseded", sentence, {"number": number}))
    if recording:
        params = {"number": recording.file_number}
        reasons.append(Refusal("conclusion.recorded", RECORDING, params))
    return reasons


def _incomplete(text: Document) -> tuple[Refusal, ...]:
    """What a document lacks to be agreed at all, by the rule for those that are recorded."""
    content = text.content
    rules = packs.load(content.programme, content.year)
    return complete(
        IntakeFacts(
            terms_of(text, ()),
            by_measure=rules.programme.document.recipient == "measure",
            known_types=frozenset(kind.code for kind in rules.measure_types),
            period=rules.period,
            is_change=text.amends is not None,
        )
    )


SUPERSEDED = msg(
    "Inzwischen gilt {number}. Eine Änderung geht von dem aus, was gilt: Bitte beginnen Sie sie "
    "neu."
)
ANNULLED = msg("Was geändert werden soll, ist inzwischen aufgehoben.")
RECORDING = msg("Eine Änderung auf Papier wird eben unter {number} erfasst.")
NOT_HERE = msg("Für {year} sieht das Programm nicht vor, dass hier abgeschlossen wird.")
NOT_SETTLED = msg("Abgeschlossen wird nur ein Text, der steht.")
UNKNOWN_SIGNING = msg(
    "Wie für {side} unterschrieben wird, ist nicht bekannt. Bitte legen Sie das zuerst fest."
)
NO_COMMON_WAY = msg(
    "Die eine Seite unterschreibt nur von Hand, die andere nur elektronisch. Bitte legen Sie fest, "
    "wie gemeinsam unterschrieben wird."
)
