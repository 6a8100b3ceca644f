"""Targets of a whole agreement: set, changed, taken over, ready; told wherever they count."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.journeys.pages import forms
from tests.stage import html_of, press, signed_in
from zielwerk.config.world import Cast
from zielwerk.core import audit
from zielwerk.core.cases import ChangedMeanwhile
from zielwerk.core.permissions import NotAllowed, OutOfScope
from zielwerk.measures import actions, queries
from zielwerk.measures.actions import NewPlan, NewTarget, TakeOver
from zielwerk.measures.models import OverallTarget, OverallVersion
from zielwerk.packs import loading as packs
from zielwerk.rulebook.planned import Plan
from zielwerk.rulebook.refusal import Refused
from zielwerk.rulebook.target import Baseline, Target, TargetKind

YEAR = 2026
AT = datetime(YEAR, 2, 2, 9, 0, tzinfo=UTC)
LIST = "/arbeit/uebergreifende-ziele"
NEW = f"{LIST}/neu?jahr={YEAR}"
PLANS = f"/arbeit/geplante-massnahmen?jahr={YEAR}"
CARRY = f"/arbeit/geplante-massnahmen/vorjahr?jahr={YEAR}"
WORDS = Target(0, TargetKind.WORDS, words="Wer anfängt, bleibt dabei.")


@pytest.fixture
def body(cast: Cast) -> Client:
    return signed_in(cast.body)


def set_(cast: Cast, target: Target = WORDS, year: int = YEAR) -> OverallTarget:
    new = NewTarget(settings.PROGRAMME, year, cast.body.ags, target)
    return actions.set_target(cast.body, new, at=AT)


def whole(year: int = YEAR) -> Target:
    """A value of which nothing is missing."""
    indicator = packs.load(settings.PROGRAMME, year).target_indicators[0]
    return Target(
        0,
        TargetKind.VALUE,
        indicator.code,
        value=60,
        baseline=Baseline(year - 2, 41, "Jahresbericht"),
        assumption="Alle Maßnahmen beginnen im März",
        data_source=str(indicator.data_source),
        curve=((f"{year}-06", 20), (f"{year}-12", 60)),
    )


def page_of(overall: OverallTarget) -> str:
    return f"{LIST}/{overall.pk}"


def shown(client: Client, address: str) -> str:
    return html_of(client.get(address).content)


def rules_of(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [each.rule for each in refused.value.refusals]


# --- setting and changing -----------------------------------------------------------------


def test_a_target_of_the_whole_year_stands_beside_the_measures(cast: Cast, body: Client) -> None:
    sent = {
        "kind": "value",
        "indicator": packs.load(settings.PROGRAMME, YEAR).target_indicators[0].code,
        "value": "60",
        "has_baseline": "none",
        "assumption": "Alle Maßnahmen beginnen im März",
        "month-2026-12": "60",
    }
    assert "kein Ziel gesetzt" in shown(body, PLANS)
    answer = body.post(NEW, sent)
    overall = OverallTarget.objects.get()
    assert answer["Location"] == page_of(overall)
    assert (overall.ags, overall.year, overall.position, overall.value) == (
        cast.body.ags,
        YEAR,
        1,
        60,
    )
    page = shown(body, page_of(overall))
    assert "Zielwert 60" in page
    assert "Einen Ausgangswert gibt es nicht." in page
    assert "Dezember 2026" in page
    beside = shown(body, PLANS)
    assert "Zielwert 60" in beside
    assert page_of(overall) in beside
    assert press(body, overall, "fertig").status_code == 302
    of_body = queries.targets_of(settings.PROGRAMME, YEAR, cast.body.ags)
    assert [each.target for each in of_body] == [overall.target]


def test_a_value_without_its_value_is_kept_and_told_before_it_is_ready(
    cast: Cast, body: Client
) -> None:
    assert body.post(NEW, {"kind": "value"}).status_code == 302
    overall = OverallTarget.objects.get()
    page = shown(body, page_of(overall))
    for sentence in (
        "Ziel 1: Der Zielwert fehlt.",
        "Ziel 1: Bitte eine Messgröße des Programmjahrs wählen.",
        "Ziel 1: Bitte den Ausgangswert mit Jahr und Quelle angeben, oder dass es keinen gibt.",
    ):
        assert sentence in page
    with pytest.raises(Refused) as refused:
        actions.finish_target(cast.body, overall, at=AT)
    assert "targets.value_missing" in rules_of(refused)


def test_what_cannot_be_kept_is_told_in_the_form_and_stands_there_still(body: Client) -> None:
    sent = {"kind": "words", "words": "Viele", "value": "60", "month-2026-12": "x"}
    answer = body.post(NEW, sent)
    assert answer.status_code == 422
    page = html_of(answer.content)
    assert "Ein Ziel in Worten hat keine Messgröße und keinen Wert." in page
    assert 'value="60"' in page
    assert not OverallTarget.objects.exists()


def drawn(client: Client, address: str) -> dict[str, str]:
    """What the form of a page sends as it stands."""
    html = client.get(address).content.decode()
    return next(form.fields for form in forms(html, address) if "indicator" in form.choices)


def test_who_saw_an_older_stand_changes_nothing_and_loses_nothing(cast: Cast, body: Client) -> None:
    overall = set_(cast)
    door = f"{page_of(overall)}/aendern"
    mine = drawn(body, door) | {"kind": "words", "words": "Abends ist offen."}
    theirs = {"revision": "1", "kind": "words", "words": "Morgens ist offen."}
    assert signed_in(cast.officer).post(door, theirs).status_code == 302
    answer = body.post(door, mine, headers={"sec-fetch-site": "same-origin"}, follow=True)
    page = html_of(answer.content)
    assert "wurde inzwischen geändert" in page
    assert "Abends ist offen." in page
    assert "Morgens ist offen." in page
    overall.refresh_from_db()
    assert overall.wording == "Morgens ist offen."
    assert overall.version == 2
    overall.revision = 1
    with pytest.raises(ChangedMeanwhile):
        actions.revise_target(cast.body, overall, WORDS, at=AT)


def test_a_form_that_is_sent_twice_sets_one_target(body: Client) -> None:
    sent = drawn(body, NEW) | {"kind": "words", "words": "Viele"}
    for _ in range(2):
        assert body.post(NEW, sent).status_code == 302
    assert OverallTarget.objects.count() == 1


def test_a_number_is_given_once_though_a_target_was_given_up(cast: Cast) -> None:
    first = set_(cast)
    actions.drop_target(cast.body, first, note="Zu früh", at=AT)
    assert set_(cast).position == 2
    numbers = queries.targets_of(settings.PROGRAMME, YEAR, cast.body.ags)
    assert [each.target.number for each in numbers] == [2]


def test_what_is_ready_is_changed_only_after_it_was_taken_back(cast: Cast, body: Client) -> None:
    overall = actions.finish_target(cast.body, set_(cast), at=AT)
    with pytest.raises(Refused) as refused:
        actions.revise_target(cast.body, overall, replace(WORDS, words="Alle"), at=AT)
    assert rules_of(refused) == ["measures.target_ready"]
    assert body.get(f"{page_of(overall)}/aendern").status_code == 302
    again = actions.reopen_target(cast.body, overall, at=AT)
    assert actions.revise_target(cast.body, again, replace(WORDS, words="Alle"), at=AT).version == 2
    assert "Wer anfängt, bleibt dabei." in shown(body, page_of(again))  # what it said before


def test_a_version_is_never_changed_and_all_is_sealed(cast: Cast) -> None:
    set_(cast, whole())
    with pytest.raises(IntegrityError), transaction.atomic():
        OverallVersion.objects.update(content={})
    assert list(audit.verify()) == []
    OverallTarget.objects.update(value=70)
    assert [refusal.rule for refusal in audit.verify()] != []


# --- last year ----------------------------------------------------------------------------


def test_one_click_takes_last_years_targets_over_and_only_what_changed_is_reviewed(
    cast: Cast, body: Client
) -> None:
    before = YEAR - 1
    figure, said = set_(cast, whole(before), before), set_(cast, WORDS, before)
    gone = actions.drop_target(cast.body, set_(cast, WORDS, before), note="Zu früh", at=AT)
    page = shown(body, CARRY)
    assert "Übergreifende Ziele des Vorjahrs" in page
    answer = body.post(CARRY, {"ziele": [str(figure.pk), str(said.pk)]})
    assert answer.status_code == 302
    taken = list(queries.targets_of(settings.PROGRAMME, YEAR, cast.body.ags))
    assert [each.carried_from_id for each in taken] == [figure.pk, said.pk]
    assert gone.pk not in {each.carried_from_id for each in taken}
    value, words = taken
    assert [review.field for review in value.reviews] == ["value", "baseline"]
    assert words.reviews == ()
    assert value.target.curve == (("2026-06", 20), ("2026-12", 60))
    desk = shown(body, "/arbeit/")
    assert "2 übernommene Angaben übergreifender Ziele zu prüfen" in desk
    assert "zu prüfen: 2" in shown(body, PLANS)
    with pytest.raises(Refused) as refused:
        actions.finish_target(cast.body, value, at=AT)
    assert rules_of(refused) == ["measures.to_review"]
    assert body.post(f"{page_of(value)}/geprueft", {"angabe": "baseline"}).status_code == 302
    value.refresh_from_db()
    changed = actions.revise_target(cast.body, value, replace(value.target, value=70), at=AT)
    assert changed.reviews == ()
    assert actions.take_over(cast.body, TakeOver(*where(cast)), at=AT) == []


def where(cast: Cast) -> tuple[str, int, str]:
    return (settings.PROGRAMME, YEAR, cast.body.ags)


def test_no_target_is_taken_over_twice(cast: Cast) -> None:
    set_(cast, WORDS, YEAR - 1)
    actions.take_over(cast.body, TakeOver(*where(cast)), at=AT)
    taken, other = OverallTarget.objects.get(year=YEAR), set_(cast)
    others = OverallTarget.objects.filter(pk=other.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        others.update(carried_from=taken.carried_from_id)


def test_nothing_chosen_is_told(cast: Cast, body: Client) -> None:
    set_(cast, WORDS, YEAR - 1)
    answer = body.post(CARRY, {})
    assert answer.status_code == 422
    assert "Bitte wenigstens eine Maßnahme oder ein Ziel wählen." in html_of(answer.content)


# --- the list, and who sees what ----------------------------------------------------------


def test_the_list_and_its_file_tell_what_each_target_rests_on(cast: Cast, body: Client) -> None:
    set_(cast, whole())
    set_(cast)
    page = shown(body, f"{LIST}?jahr={YEAR}")
    assert "Zielwert 60" in page
    assert "Wer anfängt, bleibt dabei" in page
    only = shown(body, f"{LIST}?jahr={YEAR}&art=words")
    assert "Zielwert 60" not in only
    indicator = whole().indicator
    assert "Wer anfängt" not in shown(body, f"{LIST}?messgroesse={indicator}")
    answer = body.get(f"{LIST}?jahr={YEAR}&export=csv")
    told = b"".join(answer).decode()  # type: ignore[arg-type]
    for text in ("Jahresbericht", "Alle Maßnahmen beginnen im März", "41"):
        assert text in told


def test_who_sees_and_changes_it(cast: Cast, body: Client) -> None:
    bodies = packs.bodies_in(settings.PROGRAMME, YEAR)
    other = next(each.ags for each in bodies if each.ags != cast.body.ags)
    new = NewTarget(settings.PROGRAMME, YEAR, other, WORDS)
    overall = actions.set_target(cast.officer, new, at=AT)
    assert body.get(page_of(overall)).status_code == 404
    assert body.get(f"{page_of(overall)}/aendern").status_code == 404
    assert body.post(f"{page_of(overall)}/geprueft", {"angabe": "value"}).status_code == 404
    with pytest.raises(OutOfScope):
        actions.set_target(cast.body, new, at=AT)
    with pytest.raises(NotAllowed):
        actions.set_target(cast.auditor, new, at=AT)
    assert signed_in(cast.auditor).get(page_of(overall)).status_code == 200
    assert signed_in(cast.auditor).get(f"{page_of(overall)}/aendern").status_code == 403
    assert signed_in(cast.provider).get(page_of(overall)).status_code == 403
    assert signed_in(cast.officer).get(f"{NEW}&ags=99999").status_code == 404
    assert "Für welche Gebietskörperschaft" in shown(signed_in(cast.officer), NEW)
    nobodys = NewTarget(settings.PROGRAMME, YEAR, "99999", WORDS)
    with pytest.raises(Refused) as refused:
        actions.set_target(cast.officer, nobodys, at=AT)
    assert rules_of(refused) == ["measures.no_such_body"]


def test_no_page_asks_more_often_where_more_targets_are_set(cast: Cast, body: Client) -> None:
    first = set_(cast, whole())
    addresses = (PLANS, f"{LIST}?jahr={YEAR}", f"{LIST}?export=csv", page_of(first), CARRY)

    def counts() -> list[int]:
        found = []
        for address in addresses:
            with CaptureQueriesContext(connection) as asked:
                answer = body.get(address)
                assert answer.status_code == 200
                if answer.streaming:
                    list(answer)  # type: ignore[call-overload]
            found.append(len(asked))
        return found

    def more(number: int) -> None:
        for _ in range(number):
            set_(cast, whole())
            set_(cast, WORDS, YEAR - 1)
            plan = NewPlan(settings.PROGRAMME, YEAR, cast.body.ags, Plan(title=f"Kurs {_}"))
            actions.plan(cast.body, plan, at=AT)

    more(2)
    body.get(LIST)
    few = counts()
    more(20)
    assert counts() == few
    assert few[0] <= 12  # the year of a body with its sums and targets
