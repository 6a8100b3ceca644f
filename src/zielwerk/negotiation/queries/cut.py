"""What a cut hit: agreements of which a part is no longer covered, and their amendments."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from zielwerk.agreements import queries as agreements
from zielwerk.agreements.models import Agreement
from zielwerk.core.permissions import Actor
from zielwerk.drafting.changes import AMOUNT, EARMARK, Change, ChangeKind, measure_node
from zielwerk.drafting.model import Document
from zielwerk.negotiation.models import GIVEN_UP, DraftDocument
from zielwerk.packs import loading as packs
from zielwerk.programme import queries as programmes
from zielwerk.rulebook.amendment import left_after_cut, spread


@dataclass(frozen=True)
class Hit:
    """An agreement that holds, what is uncovered of it by earmark, and the draft to change it."""

    agreement: Agreement
    uncovered: dict[str, int]
    draft: DraftDocument | None = None

    @property
    def uncovered_cents(self) -> int:
        return sum(self.uncovered.values())

    @property
    def left_cents(self) -> int:
        """What may still be agreed."""
        return left_after_cut(self.agreement.amount_cents, self.uncovered_cents)


def hit_by_cut(user: Actor, programme: str, year: int) -> list[Hit]:
    """The agreements of a year of which something is uncovered, in the order of the bodies.

    Where a body has several, each has the part that it has of all of them. Three queries.
    """
    lacking: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for key, cents in programmes.uncovered_planning(user, programme):
        if key.programme_year == year and key.ags and cents < 0:
            lacking[key.ags][key.earmark] -= cents
    if not lacking:
        return []
    rows = agreements.agreements(user).filter(programme=programme, year=year, ags__in=lacking)
    held = list(rows)
    drafts = DraftDocument.objects.filter(amends__in=held).exclude(state__in=GIVEN_UP)
    drafted = {draft.amends_id: draft for draft in drafts}
    hits = []
    for ags, uncovered in lacking.items():
        own = [each for each in held if each.ags == ags]
        parts = {
            code: spread([each.amount_cents for each in own], cents)
            for code, cents in uncovered.items()
        }
        hits += [
            Hit(each, {code: shares[at] for code, shares in parts.items()}, drafted.get(each.pk))
            for at, each in enumerate(own)
        ]
    return sorted(hits, key=lambda hit: hit.agreement.body_key)


def changes_to(text: Document, total_cents: int, less: dict[str, int]) -> Sequence[Change]:
    """The changes by which a text names another total, and so much less for each earmark.

    Where measures have their own amounts these make up the new total, in proportion.
    """
    content = text.content
    found = []
    if total_cents != content.amount_cents:
        found.append(Change(ChangeKind.VALUE, AMOUNT, cents=total_cents))
    for each in content.earmarks:
        if each.amount_cents is not None and (cents := less.get(each.code)):
            left = left_after_cut(each.amount_cents, cents)
            found.append(Change(ChangeKind.VALUE, f"{EARMARK}{each.code}", cents=left))
    if packs.programme(content.programme).document.recipient == "measure":
        shares = spread([each.amount_cents or 0 for each in content.measures], total_cents)
        found += [
            Change(
                ChangeKind.MEASURE, measure_node(each), measure=replace(each, amount_cents=cents)
            )
            for each, cents in zip(content.measures, shares, strict=True)
            if each.amount_cents != cents
        ]
    return found
