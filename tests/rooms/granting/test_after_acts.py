"""After an act its paper and its page say what stands: amounts, instalments, financing plan."""

from copy import deepcopy
from dataclasses import replace
from decimal import Decimal

from tests.rooms.funding.made import words_of
from tests.rooms.granting import made
from tests.rooms.granting.test_changes import begun, issued, less, place_of
from tests.rooms.granting.test_pages import page
from zielwerk.config.cast import Cast
from zielwerk.documents import queries as documents
from zielwerk.granting import actions, letters, queries
from zielwerk.granting.actions import NewAct
from zielwerk.granting.letters.content import share_granted
from zielwerk.granting.letters.standing import OPEN, UNNEEDED
from zielwerk.granting.models import GrantAct
from zielwerk.rulebook.application import Form
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


def test_what_a_body_released_need_not_be_covered_by_anybody(hesse: Cast) -> None:
    notice = made.issued(hesse)
    act = actions.release(hesse.body, NewAct(notice, "", less(notice, 5_000_00)), at=made.at(5))
    later = begun(hesse, notice, Kind.AMENDMENT, less(notice, 1_000_00))
    for case, covered in ((issued(hesse, act), 0), (issued(hesse, later, 9), 1_000_00)):
        assert case.content
        incomes = {label: after for label, _, after in case.content["plan"]["incomes"]}
        assert incomes[UNNEEDED] == 5_000_00
        assert incomes.get(OPEN, 0) == covered


def test_an_act_that_grants_rests_on_what_its_notice_does_and_one_that_takes_on_its_section(
    hesse: Cast,
) -> None:
    notice = made.issued(hesse)
    clerk = made.clerk(hesse, notice)
    granted = notice.content["basis"] if notice.content else ""
    assert "§ 44 LHO" in granted
    for kind, basis in (
        (Kind.AMENDMENT, granted),
        (Kind.SUPPLEMENT, granted),
        (Kind.REVOCATION, "§ 49 HVwVfG"),
    ):
        act = actions.change(clerk, NewAct(notice, kind), at=made.at(5))
        assert letters.content_of(act, made.at(5).date())["basis"] == basis
        assert basis in page(clerk, "act", act.pk)


def test_the_page_says_until_when_a_revocation_has_to_be_made_known(hesse: Cast) -> None:
    notice = made.issued(hesse)
    known = made.at(4).date()
    act = begun(hesse, notice, Kind.REVOCATION, less(notice, 1_00, known=known))
    clerk = made.clerk(hesse, notice)
    last = queries.clock_of(act)
    assert last == known.replace(year=known.year + 1)
    assert f"{last:%d.%m.%Y}" in page(clerk, "act", act.pk)
    deceived = begun(hesse, notice, Kind.WITHDRAWAL, less(notice, 1_00, known=known, deceit=True))
    assert queries.clock_of(deceived) is None


def test_whoever_grants_less_grants_a_smaller_share(hesse: Cast) -> None:
    """Of 100 euros 80 were applied for, 80 percent; 60 and a third are granted."""
    what = queries.applied(made.issued(hesse))
    shared = replace(what.content, form=Form.SHARE, share_percent=Decimal(80))
    plan = {"costs": [["Personal", 90_00], ["Räume", 10_00]], "grant_cents": 80_00}
    assert share_granted(replace(what, content=shared), plan) == "80"
    assert share_granted(replace(what, content=shared), plan | {"grant_cents": 60_33}) == "60.33"
    assert not share_granted(what, plan)
