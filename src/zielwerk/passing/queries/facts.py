"""What speaks against a pass-on, and what it rests on."""

from collections.abc import Mapping
from datetime import date

from zielwerk.granting import queries as granting
from zielwerk.granting.models import GrantNotice
from zielwerk.packs import passing as packs
from zielwerk.passing.models import PassOn, Spent
from zielwerk.passing.queries import records
from zielwerk.passing.queries.drafts import PassDraft
from zielwerk.rulebook.application import AppliedMeasure
from zielwerk.rulebook.passing import amounts as money
from zielwerk.rulebook.passing import soundness
from zielwerk.rulebook.passing.course import PassFacts, PassState
from zielwerk.rulebook.passing.soundness import Around, Content
from zielwerk.rulebook.passing.ways import of_code
from zielwerk.rulebook.refusal import Refusal, msg


def facts_of(case: PassOn, on: date) -> PassFacts:
    """The facts for the guards of a pass-on, on a day."""
    content, around = content_of(case), around_of(case, on)
    later = records.changed_by(case)
    return PassFacts(
        tuple(soundness.unsound(content, around)),
        tuple(soundness.unchecked(content)),
        tuple(soundness.uncovered(content, around)),
        later.file_number if later else "",
        superseded(case),
    )


def warnings_of(case: PassOn, on: date) -> tuple[Refusal, ...]:
    """What deserves a second look; of what is in force, whether the notice still covers it."""
    around = around_of(case, on)
    if case.counts:
        is_covered = not any(cents < 0 for cents in around.rest_with.values())
        return () if is_covered else (NOT_COVERED,)
    return tuple(soundness.warnings(content_of(case), around))


def content_of(case: PassOn) -> Content:
    """What was written, for the rules."""
    draft = PassDraft.of(case)
    return Content(
        way=of_code(records.ways_of(case), draft.way),
        party=draft.party is not None,
        amounts=draft.amounts,
        instalments=draft.instalments,
        seats=draft.seats,
        proof_due=draft.proof_due,
        checked=draft.checked,
        remedy=draft.remedy,
    )


def around_of(case: PassOn, on: date) -> Around:
    """What a pass-on rests on, on a day: the grant of its measure, and what the others have."""
    granted = granted_of(case.notice, case.measure, on)
    own = {case.pk, case.changes_id}
    others = [each for each in records.counting(case.notice, case.measure) if each.pk not in own]
    spent = records.spent_of([each.first_pk for each in others if each.state == PassState.ENDED])
    kept = [counted(each, spent) for each in others]
    named = measure_of(case.notice, case.measure)
    rules = records.rules_of(case)
    running = [each for each in others if each.state == PassState.IN_FORCE]
    return Around(
        granted=granted,
        rest=money.left(granted, kept),
        last_day=case.last_day,
        seats=named.seats if named else None,
        seats_passed=sum(each.seats or 0 for each in running),
        proof_of_body=packs.proof_of_body(rules, case.last_day),
        carrier=named.carrier if named else "",
        party=str(case.carrier) if case.party_id else "",
        own=PassDraft.of(case).amounts,
    )


def counted(case: PassOn, spent: Mapping[int, Mapping[int, Spent]]) -> dict[int, int]:
    """What of a pass-on counts against the grant."""
    by_year = records.cents_by_year(spent.get(case.first_pk, {}).values())
    amounts = PassDraft.of(case).amounts
    return money.counted(amounts, by_year, is_ended=case.state == PassState.ENDED)


def granted_of(notice: GrantNotice, measure: str, on: date) -> dict[int, int]:
    """What a notice grants a measure on a day, by budget year."""
    stands = granting.stands(notice, on).amounts
    return {year: cents for (key, year), cents in sorted(stands.items()) if key == measure}


def left_of(notice: GrantNotice, measure: str, on: date) -> dict[int, int]:
    """What of a measure's grant nobody has got yet, by budget year."""
    rows = list(records.counting(notice, measure))
    spent = records.spent_of([each.first_pk for each in rows if each.state == PassState.ENDED])
    return money.left(granted_of(notice, measure, on), [counted(each, spent) for each in rows])


def measure_of(notice: GrantNotice, key: str) -> AppliedMeasure | None:
    """The measure of a notice, as it was applied for."""
    measures = granting.applied(notice).content.measures
    return next((each for each in measures if each.key == key), None)


def superseded(case: PassOn) -> tuple[Refusal, ...]:
    """Whether what a change would take the place of is in force, and nothing else takes it."""
    old = case.changes
    if old is None:
        return ()
    if old.state != PassState.IN_FORCE:
        return (Refusal("passing.old_ended", OLD_ENDED, {"number": old.file_number}),)
    other = records.changed_by(old)
    if other and other.pk != case.pk:
        return (Refusal("passing.old_changed", OLD_CHANGED, {"number": other.file_number}),)
    return ()


NOT_COVERED = Refusal(
    "passing.not_covered",
    msg(
        "Der Bescheid bewilligt der Maßnahme inzwischen weniger, als weitergegeben ist. Die "
        "Weiterleitung ist zu ändern oder zu beenden."
    ),
)
OLD_ENDED = msg("{number}, an dessen Stelle sie treten soll, ist nicht mehr in Kraft.")
OLD_CHANGED = msg("An die Stelle derselben Weiterleitung tritt schon {number}.")
