"""A version of a strategy is made, walks its path, holds on its days, and is replaced."""

from datetime import date, timedelta

import pytest
from django.conf import settings
from django.db import DatabaseError, transaction

from tests.rooms.strategy import made
from tests.rooms.strategy.made import AT, FIRST, LAST, POINTS
from tests.stage import moved, signed_in
from zielwerk.config.world import Cast
from zielwerk.core import audit
from zielwerk.core.cases import ChangedMeanwhile
from zielwerk.core.permissions import NotAllowed, OutOfScope
from zielwerk.language import sentence
from zielwerk.packs import loading as packs
from zielwerk.rulebook.refusal import Refused
from zielwerk.rulebook.strategy import StrategyState
from zielwerk.strategy import actions, queries
from zielwerk.strategy.actions import Point
from zielwerk.strategy.models import Priority, Strategy

DAY = timedelta(days=1)
YEAR = timedelta(days=365)


def rules_of(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [refusal.rule for refusal in refused.value.refusals]


def last_stage(cast: Cast, strategy: Strategy) -> Strategy:
    """A version before its last stage, which is taken by whoever takes it."""
    return made.walk(cast, strategy, AT, DAY)[0]


def test_a_version_walks_the_stages_of_each_programme_and_holds_on_its_days(people: Cast) -> None:
    strategy = made.in_force(people)
    programme, ags = settings.PROGRAMME, people.body.ags
    stages = packs.load(programme, strategy.year).procedure("strategy")
    assert strategy.state == StrategyState.IN_FORCE
    assert [taken["stage"] for taken in strategy.trail] == [stage.code for stage in stages]
    assert strategy.file_number.startswith(packs.programme(programme).prefix("strategy"))
    for day, holds in ((FIRST - DAY, False), (FIRST, True), (LAST, True), (LAST + DAY, False)):
        found = queries.strategy_in_force(programme, ags, day)
        assert (found == strategy) is holds, day
    titles = [one.title for one in queries.priorities_in_force(programme, ags, FIRST)]
    assert titles == [point.title for point in POINTS]
    assert queries.missing(programme, ags, FIRST).is_complete
    assert list(audit.verify()) == []


def test_the_next_version_ends_the_one_before_and_keeps_the_codes_of_priorities(
    people: Cast,
) -> None:
    first = made.in_force(people)
    language = Point("Sprache zuerst", "Anders", code="P2")
    begins = date(2025, 7, 1)
    second = made.in_force(
        people, AT + DAY, points=(language, Point("Neu")), valid_from=begins, valid_until=LAST
    )
    first.refresh_from_db()
    assert (second.version, second.replaces) == (2, first)
    assert (first.ended_on, first.ended_by, first.last_day) == (begins, second, begins - DAY)
    held = [queries.strategy_in_force(settings.PROGRAMME, first.ags, begins - DAY)]
    held.append(queries.strategy_in_force(settings.PROGRAMME, first.ags, begins))
    assert held == [first, second]
    assert [one["code"] for one in second.priorities] == ["P2", "P3"]
    assert [one["title"] for one in queries.dropped(second)] == ["Ausbildung sichern"]
    fixed = (
        Priority.objects.filter(code="P2").order_by("strategy_id").values_list("title", flat=True)
    )
    assert list(fixed) == ["Sprache", "Sprache zuerst"]


def test_a_version_cannot_begin_on_the_first_day_of_another_or_before_it(people: Cast) -> None:
    other = made.in_force(people)
    early = made.drafted(people, valid_from=FIRST - DAY, valid_until=None or LAST)
    made.consent_all(people, early)
    with pytest.raises(Refused) as refused:
        last_stage(people, early)
    assert rules_of(refused) == ["strategy.in_the_way"]
    assert other.file_number in sentence(refused.value.refusals[0])
    early.refresh_from_db()
    assert early.state != StrategyState.IN_FORCE
    other.refresh_from_db()
    assert other.ended_on is None


def test_what_was_withdrawn_held_until_the_day_before(people: Cast) -> None:
    strategy = made.in_force(people)
    side = packs.load(settings.PROGRAMME, strategy.year).procedure("strategy")[-1].side
    first, _ = people.pair(side, strategy.ags)
    at = AT + timedelta(days=30)
    strategy = actions.withdraw(first, strategy, note="Ein Teil fehlt", at=at)
    programme, ags = settings.PROGRAMME, strategy.ags
    assert queries.strategy_in_force(programme, ags, at.date() - DAY) == strategy
    assert queries.strategy_in_force(programme, ags, at.date()) is None
    (part,) = queries.missing(programme, ags, at.date()).parts
    assert f"zuletzt bis {at.date() - DAY:%d.%m.%Y}" in sentence(part)


def test_what_had_not_begun_when_it_was_withdrawn_ends_nothing(people: Cast) -> None:
    old = made.in_force(people, valid_until=LAST + YEAR)
    new = made.in_force(people, AT + DAY, valid_from=LAST + DAY, valid_until=LAST + YEAR)
    old.refresh_from_db()
    assert old.ended_by == new
    side = packs.load(settings.PROGRAMME, new.year).procedure("strategy")[-1].side
    first, _ = people.pair(side, new.ags)
    actions.withdraw(first, new, note="Doch nicht", at=AT + 2 * DAY)
    old.refresh_from_db()
    assert (old.ended_on, old.ended_by) == (None, None)
    assert queries.strategy_in_force(settings.PROGRAMME, old.ags, LAST + DAY) == old


def test_of_a_body_one_version_is_made_at_a_time(people: Cast) -> None:
    draft = made.drafted(people)
    with pytest.raises(Refused) as refused:
        made.drafted(people)
    assert rules_of(refused) == ["strategy.drafted_already"]
    actions.discard(people.body, draft, at=AT)
    again = made.drafted(people)
    assert again.version == draft.version == 1
    draft.refresh_from_db()
    with pytest.raises(Refused) as refused:
        actions.restore(people.body, draft, at=AT)
    assert rules_of(refused) == ["strategy.other_draft"]


def test_two_drafts_at_one_moment_are_decided_by_the_database(
    people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    made.drafted(people)
    monkeypatch.setattr(queries, "in_work", lambda programme, ags: None)
    monkeypatch.setattr(queries, "next_version", lambda programme, ags: (2, None))
    with pytest.raises(Refused) as refused, transaction.atomic():
        made.drafted(people)
    assert rules_of(refused) == ["strategy.drafted_already"]


def test_a_draft_is_changed_and_a_page_of_an_older_one_is_told(people: Cast) -> None:
    draft = made.drafted(people)
    seen = Strategy.objects.get(pk=draft.pk)
    edited = actions.edit(people.body, draft, made.new(people, title="Anders"), at=AT)
    assert (edited.title, edited.revision) == ("Anders", 2)
    assert edited.document is not None
    with pytest.raises(ChangedMeanwhile):
        actions.edit(people.body, seen, made.new(people, title="Dritter"), at=AT)


def test_a_version_in_force_is_changed_by_nobody(people: Cast) -> None:
    strategy = made.in_force(people)
    with pytest.raises(ChangedMeanwhile):
        actions.edit(people.body, strategy, made.new(people, title="Anders"), at=AT)
    with pytest.raises(DatabaseError), transaction.atomic():
        Priority.objects.filter(strategy=strategy).update(title="Anders")


def test_a_strategy_without_priority_or_paper_does_not_come_into_force(people: Cast) -> None:
    draft = made.drafted(people, points=(), document=None)
    made.consent_all(people, draft)
    with pytest.raises(Refused) as refused:
        last_stage(people, draft)
    assert rules_of(refused) == ["strategy.blank", "strategy.blank"]


@pytest.mark.parametrize(
    ("more", "rule"),
    [
        ({"valid_until": FIRST - DAY}, "strategy.reversed"),
        ({"title": "  "}, "strategy.no_title"),
        ({"ags": "06499"}, "programme.no_such_body"),
        ({"points": (Point("A", code="P7"),)}, "strategy.no_such_code"),
        ({"points": (Point(" "),)}, "strategy.blank_point"),
        # Hanau is a body of its own since 2026 only.
        ({"ags": "06415"}, "strategy.not_there"),
    ],
)
def test_what_cannot_be_is_refused_with_its_reason(
    cast: Cast, more: dict[str, object], rule: str
) -> None:
    operator = cast.body
    if ags := more.get("ags"):
        operator = moved(cast.body, str(ags))
    with pytest.raises(Refused) as refused:
        actions.draft(operator, made.new(cast, **more), at=AT)
    assert rule in rules_of(refused)


def test_a_programme_may_want_a_last_day(people: Cast) -> None:
    charter = packs.programme(settings.PROGRAMME).strategy
    assert charter
    if charter.open_ended:
        strategy = made.in_force(people, valid_until=None)
        assert queries.strategy_in_force(settings.PROGRAMME, strategy.ags, date(2040, 1, 1))
        return
    with pytest.raises(Refused) as refused:
        made.drafted(people, valid_until=None)
    assert rules_of(refused) == ["strategy.no_end"]


def test_a_body_makes_its_own_strategy_and_nobody_elses(cast: Cast) -> None:
    with pytest.raises(OutOfScope):
        actions.draft(cast.body, made.new(cast, ags="06440"), at=AT)
    with pytest.raises(NotAllowed):
        actions.draft(cast.officer, made.new(cast), at=AT)


def test_a_body_that_ended_lacks_nothing_that_anybody_could_bring(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    strategy = made.in_force(cast, valid_until=LAST + YEAR)
    bodies = [
        body.model_copy(update={"valid_until": LAST}) if body.ags == strategy.ags else body
        for body in packs.bodies(settings.PROGRAMME)
    ]
    monkeypatch.setattr(packs, "bodies", lambda programme: tuple(bodies))
    programme, ags = settings.PROGRAMME, strategy.ags
    assert queries.strategy_in_force(programme, ags, LAST) == strategy
    assert queries.strategy_in_force(programme, ags, LAST + DAY) is None
    (part,) = queries.missing(programme, ags, LAST + DAY).parts
    assert sentence(part) == "Gebietskörperschaft bestand bis 31.12.2025"
    assert signed_in(cast.body).get(f"/arbeit/strategien/{strategy.pk}").status_code == 200


def test_what_was_known_on_a_past_day_is_told_of_that_day(cast: Cast) -> None:
    old = made.in_force(cast, valid_until=LAST + YEAR)
    new = made.in_force(cast, AT + 10 * DAY, valid_from=date(2025, 6, 1), valid_until=LAST)
    keys, on = [old.ags], date(2025, 6, 2)
    today = queries.missing_of(settings.PROGRAMME, keys, on)[old.ags]
    before = queries.missing_of(settings.PROGRAMME, keys, on, AT + 5 * DAY)[old.ags]
    assert (before.in_force, today.in_force) == (old, new)


def test_the_next_version_begins_where_the_last_one_ends(cast: Cast) -> None:
    """The day stands in the form with where it is from, and nobody types it."""
    before = made.in_force(cast)
    page = signed_in(cast.body).get("/arbeit/strategien/neu").content.decode()
    assert 'value="01.01.2026"' in page
    assert f"Der Tag nach dem letzten von {before.file_number}" in page
