"""After an act its paper and its page say what stands: amounts, instalments, financing plan."""

from copy import deepcopy

from tests.rooms.funding.made import words_of
from tests.rooms.granting import made
from tests.rooms.granting.test_changes import begun, issued, less, place_of
from tests.rooms.granting.test_pages import page
from zielwerk.config.cast import Cast
from zielwerk.documents import queries as documents
from zielwerk.granting import letters, queries
from zielwerk.granting.models import GrantAct
from zielwerk.rulebook.grant.paper import why_not_alike
from zielwerk.rulebook.grant.paths import Kind
from zielwerk.typesetting.german import euro


def amended(cast: Cast, cents: int = 4_000_00) -> GrantAct:
    notice = made.issued(cast)
    return issued(cast, begun(cast, notice, Kind.AMENDMENT, less(notice, cents)))


def test_the_paper_says_what_is_paid_and_what_the_plan_is_after_it(people: Cast) -> None:
    act = amended(people)
    content = act.content
    assert content
    stands = made.stands(act.notice)
    assert content["stands_cents"] == content["after_cents"] == stands
    assert not why_not_alike(letters.stated(content))
    plan = content["plan"]["incomes"]
    own = next(after for label, _, after in plan if label == letters.GRANT)
    assert own == stands
    if not content["by_need"]:
        assert sum(each["after"] for each in content["schedule"]) == stands
    assert act.document
    words = words_of(documents.text_of(act.document)).replace("\xa0", " ")
    assert "Verbindlicher Finanzierungsplan" in words
    assert euro(stands).replace("\xa0", " ") in words


def test_its_page_says_the_same_before_and_after_it_is_issued(people: Cast) -> None:
    notice = made.issued(people)
    act = begun(people, notice, Kind.AMENDMENT, less(notice, 4_000_00))
    clerk = made.clerk(people, notice)
    shown = [page(clerk, name, act.pk) for name in ("write_act", "act")]
    issued(people, act)
    shown.append(page(clerk, "act", act.pk))
    after = euro(made.stands(notice)).replace(",00", "").replace("\xa0", " ")
    for each in shown:
        part = each.replace("\xa0", " ").split('id="finanzierungsplan"')[1]
        assert after in part


def test_acts_one_after_the_other_are_paid_as_the_whole_of_them(people: Cast) -> None:
    notice = made.issued(people)
    made.give(people, 9_000_00)
    for days, cents in ((6, -3_000_00), (9, 5_000_00)):
        kind = Kind.SUPPLEMENT if cents < 0 else Kind.AMENDMENT
        act = issued(people, begun(people, notice, kind, less(notice, cents)), days)
        assert act.content
        assert not why_not_alike(letters.stated(act.content))
    paid = queries.schedule_of(notice)
    if paid.instalments:
        assert sum(each.cents for each in paid.instalments) == made.stands(notice)


def test_a_paper_that_contradicts_itself_is_not_issued(hesse: Cast) -> None:
    act = amended(hesse)
    assert act.content
    for spoil in ("stands_cents", "granted_in_plan_cents", "after_cents"):
        content = deepcopy(act.content)
        content[spoil] += 1
        assert why_not_alike(letters.stated(content)), spoil
    notice = deepcopy(act.notice.content)
    assert notice
    assert not why_not_alike(letters.stated(notice))
    measure, year = place_of(act.notice)
    named = next(each for each in notice["measures"] if each["key"] == measure)
    named["granted"][str(year)] -= 1
    assert why_not_alike(letters.stated(notice))
