"""Grant and agreement side by side, measure by measure; a grant above it is reasoned."""

from dataclasses import replace

import pytest
from django.conf import settings

from tests.rooms.granting import made
from tests.rooms.granting.test_notices import rules_of
from tests.rooms.granting.test_pages import page
from zielwerk.config.cast import Cast
from zielwerk.granting import actions, queries
from zielwerk.granting.models import GrantNotice
from zielwerk.granting.queries import NoticeDraft
from zielwerk.packs import loading as packs
from zielwerk.rulebook.grant.accord import Line, Verdict
from zielwerk.rulebook.refusal import Refused


def title_of(notice: GrantNotice) -> str:
    return queries.applied(notice).content.measures[0].title


def lines(notice: GrantNotice) -> tuple[Line, ...]:
    accord = queries.accord_of(notice, queries.applied(notice))
    assert accord
    return accord.lines


def refusals(cast: Cast, notice: GrantNotice) -> list[str]:
    with pytest.raises(Refused) as refused:
        actions.put_forward(made.clerk(cast, notice), notice, at=made.at(3))
    return rules_of(refused)


def test_more_than_agreed_for_a_measure_needs_a_reason(hesse: Cast) -> None:
    notice = made.drafted(hesse)
    less = notice.applied_cents - 500_00
    made.agreed(hesse, notice, (title_of(notice), less), total=notice.applied_cents)
    assert [(line.verdict, line.change_cents) for line in lines(notice)] == [
        (Verdict.MORE, 500_00),
        (Verdict.SAME, 0),
    ]
    assert refusals(hesse, notice) == ["grant.above_agreed"]
    draft = replace(NoticeDraft.of(notice), reason="Der Träger hat mehr Plätze zugesagt.")
    notice = made.write(hesse, notice, draft)
    actions.put_forward(made.clerk(hesse, notice), notice, at=made.at(3))


def test_where_measures_have_no_amount_the_whole_is_compared(hesse: Cast) -> None:
    """So it is in Hesse: the agreement names measures, and one total."""
    notice = made.drafted(hesse)
    made.agreed(hesse, notice, (title_of(notice), None), total=notice.applied_cents - 1)
    assert [line.verdict for line in lines(notice)] == [Verdict.WITHOUT_AMOUNT, Verdict.MORE]
    assert refusals(hesse, notice) == ["grant.above_agreed"]


def test_a_measure_that_no_agreement_names_needs_a_reason_too(hesse: Cast) -> None:
    notice = made.drafted(hesse)
    made.agreed(hesse, notice, ("Etwas anderes", None), total=notice.applied_cents)
    assert [line.verdict for line in lines(notice)] == [Verdict.UNNAMED, Verdict.SAME]
    assert refusals(hesse, notice) == ["grant.above_agreed"]


def test_the_page_says_all_of_it_beside_the_amounts(hesse: Cast) -> None:
    notice = made.drafted(hesse)
    clerk = made.clerk(hesse, notice)
    assert "Noch ist nichts zum Vergleich erfasst" in page(clerk, "write", notice.pk)
    less = notice.applied_cents - 500_00
    made.agreed(hesse, notice, (title_of(notice), less), total=notice.applied_cents)
    for name in ("write", "notice"):
        shown = page(clerk, name, notice.pk).replace("\xa0", " ")
        part = shown.split('id="abgleich"')[1]
        assert "§ 39 Abs. 1 HVwVfG" in part
        assert "500" in part


def test_a_programme_without_an_agreement_compares_nothing(people: Cast) -> None:
    notice = made.drafted(people)
    terms = packs.load(settings.PROGRAMME, notice.year).application
    assert terms
    shown = page(made.clerk(people, notice), "write", notice.pk)
    assert ('id="abgleich"' in shown) == (terms.agreement != "none")
    actions.put_forward(made.clerk(people, notice), notice, at=made.at(3))
