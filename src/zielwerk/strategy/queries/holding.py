"""Which strategy of a body holds on a day, and what it lacks: the one answer for every page."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Q

from zielwerk.language import German
from zielwerk.packs import loading as packs
from zielwerk.rulebook import strategy as rulebook
from zielwerk.rulebook.refusal import Said
from zielwerk.rulebook.reminding import reminder_stage
from zielwerk.rulebook.strategy import BodyStrategies, InForce, Rules, Validity
from zielwerk.strategy.models import LAID_DOWN, Consent, Priority, Strategy
from zielwerk.strategy.queries.parties import answers_of, named, open_parties, wanted
from zielwerk.strategy.queries.versions import gone_on


def asks_for(programme: str) -> bool:
    """Whether a programme asks its bodies for strategies at all."""
    return packs.programme(programme).strategy is not None


def is_drafted_for_bodies(programme: str) -> bool:
    """Whether the ministry may make a version for a body that sends paper."""
    charter = packs.programme(programme).strategy
    return charter is not None and charter.drafted_for_bodies


def is_precondition(programme: str, of: str) -> bool:
    """Whether a strategy in force is the precondition of ``funding`` or of an ``agreement``."""
    charter = packs.programme(programme).strategy
    return charter is not None and charter.precondition_of == of


def rules_of(programme: str) -> Rules:
    """What the programme says of its strategies."""
    charter = packs.programme(programme).strategy
    assert charter
    word = German(charter.short, charter.short_en)
    again = charter.reminded_again
    return Rules(word, charter.gender, charter.reminder_days, again)


@dataclass(frozen=True)
class Missing:
    """What a body lacks on a day, as the parts of one line; ``due`` is when it runs out.

    ``in_force`` is the version that holds, ``under_way`` the one that is being made, if any.
    ``stage`` is the reminder that is due: of so many days before the end.
    """

    parts: tuple[Said, ...] = ()
    due: date | None = None
    in_force: Strategy | None = None
    under_way: Strategy | None = None
    stage: int | None = None

    @property
    def is_complete(self) -> bool:
        return not self.parts

    @property
    def against(self) -> tuple[Said, ...]:
        """What stands against something that needs a version in force.

        Nothing where a body is no more: nobody could make one for it.
        """
        is_gone = any(said.msgid == rulebook.GONE for said in self.parts)
        return () if self.in_force or is_gone else self.parts


def strategy_in_force(programme: str, ags: str, on: date) -> Strategy | None:
    """The version of a body that holds on a day."""
    if gone_on(programme, ags, on):
        return None
    versions = _versions(programme, [ags])[ags]
    return next((one for one in _laid_down(versions) if one.validity.holds_on(on)), None)


def priorities_in_force(programme: str, ags: str, on: date) -> list[Priority]:
    """The priorities of the version that holds on a day, in their order."""
    strategy = strategy_in_force(programme, ags, on)
    return list(Priority.objects.filter(strategy=strategy)) if strategy else []


def missing(programme: str, ags: str, on: date) -> Missing:
    """What a body lacks on a day; nothing where the programme asks for no strategy."""
    return missing_of(programme, [ags], on).get(ags, Missing())


def missing_of(
    programme: str, keys: Collection[str], on: date, known_before: datetime | None = None
) -> dict[str, Missing]:
    """What bodies lack on a day, by key; two queries, however many they are.

    With ``known_before`` as it was known at that moment.
    """
    if not asks_for(programme):
        return {}
    versions = _versions(programme, keys, known_before)
    laid_down = {ags: _laid_down(versions[ags]) for ags in keys}
    holding = {
        ags: next((one for one in laid_down[ags] if one.validity.holds_on(on)), None)
        for ags in keys
    }
    answers = answers_of(filter(None, holding.values()), known_before)
    rules = rules_of(programme)
    found = {}
    for ags in keys:
        one = holding[ags]
        in_force = _lacking(one, answers[one.pk]) if one else None
        under_way = next((each for each in versions[ags] if each.in_force_at is None), None)
        number = under_way.file_number if under_way else ""
        days = [each.validity for each in laid_down[ags]]
        known = replace(_known(programme, ags, in_force, days, on), under_way=number)
        parts, due = rulebook.missing(known, on, rules), rulebook.due_day(known, on, rules)
        stage = reminder_stage(known, on, rules)
        found[ags] = Missing(parts, due, one, under_way, stage)
    return found


def running_out(programme: str, on: date) -> list[Missing]:
    """What runs out soon and nobody works on, of every body that there is on a day; two queries."""
    keys = [body.ags for body in packs.bodies_on(programme, on)]
    return [one for one in missing_of(programme, keys, on).values() if one.stage is not None]


def missing_of_versions(strategies: Sequence[Strategy], on: date) -> dict[int, Missing]:
    """What versions lack on a day, by their keys; a number of queries that does not grow.

    Of the one that holds what its body lacks; of one on its way whose consent is open; of any
    other nothing.
    """
    if not strategies:
        return {}
    bodies = {one.ags for one in strategies}
    of_bodies = missing_of(strategies[0].programme, sorted(bodies), on)
    on_the_way = [one for one in strategies if one.state not in LAID_DOWN]
    answers = answers_of(on_the_way)
    found = {
        one.pk: of_body
        for one in strategies
        if (of_body := of_bodies.get(one.ags)) and of_body.in_force == one
    }
    for one in on_the_way:
        found[one.pk] = Missing(tuple(rulebook.consents(_lacking(one, answers[one.pk]))))
    return found


def _laid_down(versions: Iterable[Strategy]) -> list[Strategy]:
    """Those of some versions that ever came into force."""
    return [one for one in versions if one.in_force_at is not None]


def _versions(
    programme: str, keys: Iterable[str], known_before: datetime | None = None
) -> Mapping[str, list[Strategy]]:
    """The versions that ever came into force or are being made, by body; one query.

    Of a past moment those that were in force, as they stood then.
    """
    rows = Strategy.objects.filter(programme=programme, ags__in=sorted(keys))
    rows = rows.filter(Q(in_force_at__isnull=False) | ~Q(state__in=LAID_DOWN))
    rows = rows.select_related("ended_by")
    if known_before:
        rows = rows.filter(in_force_at__lt=known_before)
    found: dict[str, list[Strategy]] = defaultdict(list)
    for row in rows.order_by("valid_from", "pk"):
        if known_before:
            _as_known(row, known_before)
        found[row.ags].append(row)
    return found


def _as_known(row: Strategy, known_before: datetime) -> None:
    """Leave out what was done to a version later."""
    by = row.ended_by
    replaced_later = by is not None and (by.in_force_at is None or by.in_force_at >= known_before)
    withdrawn_later = row.withdrawn_at is not None and row.withdrawn_at >= known_before
    if replaced_later or (withdrawn_later and by is None):
        row.ended_on = None


def _lacking(strategy: Strategy, answers: Iterable[Consent]) -> InForce:
    names, open_ = wanted(strategy), open_parties(strategy, answers)
    lacking, refused = named(open_.lacking, names), named(open_.refused, names)
    return InForce(strategy.validity, lacking, refused)


def _known(
    programme: str, ags: str, in_force: InForce | None, laid_down: Sequence[Validity], on: date
) -> BodyStrategies:
    holding = [one for one in laid_down if one.valid_from <= (one.last_day or date.max)]
    coming = [one for one in holding if one.valid_from > on]
    ended = [last for one in holding if (last := one.last_day) and last < on]
    return BodyStrategies(
        in_force=in_force,
        coming=min(coming, key=lambda one: one.valid_from, default=None),
        ended=max(ended, default=None),
        gone_on=gone_on(programme, ags, on),
    )


def in_force_on(on: date) -> Q:
    """The condition that a version holds on a day."""
    begun = Q(in_force_at__isnull=False, valid_from__lte=on)
    return begun & (Q(valid_until__isnull=True) | Q(valid_until__gte=on)) & not_ended(on)


def not_ended(on: date) -> Q:
    """The condition that nothing had ended a version before a day."""
    return Q(ended_on__isnull=True) | Q(ended_on__gt=on)
