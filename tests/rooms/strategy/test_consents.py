"""Consents are given, refused and taken back; they count for what was read, and stay on file."""

import re
from dataclasses import replace
from datetime import date, timedelta
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone

from tests.rooms.strategy import made
from tests.rooms.strategy.made import AT, FIRST
from tests.stage import signed_in
from zielwerk.config.world import Cast
from zielwerk.core import audit
from zielwerk.core.models import AuditEntry
from zielwerk.core.permissions import NotAllowed
from zielwerk.language import sentence
from zielwerk.packs import loading as packs
from zielwerk.rulebook.consent import ConsentAnswer
from zielwerk.rulebook.refusal import Refused
from zielwerk.strategy import actions, queries
from zielwerk.strategy import cli as commands
from zielwerk.strategy.actions import NewConsent, NewRequest, Point
from zielwerk.strategy.models import Consent, ConsentRequest, Strategy

DAY = timedelta(days=1)


def rules_of(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [refusal.rule for refusal in refused.value.refusals]


def told(strategy: Strategy) -> list[str]:
    missing = queries.missing_of_versions([strategy], AT.date())
    return [sentence(part) for part in missing[strategy.pk].parts]


def test_hesse_wants_five_legal_areas_business_and_each_group_of_the_region(cast: Cast) -> None:
    names = [str(name) for name in queries.wanted(made.drafted(cast)).values()]
    assert names == [
        *("SGB II", "SGB III", "SGB VIII", "SGB XII", "AsylbLG", "Wirtschaft"),
        *("OloV Main-Kinzig-Kreis", "OloV Stadt Hanau"),
    ]


def test_what_is_missing_stands_in_one_line_until_all_have_consented(asking: Cast) -> None:
    draft = made.drafted(asking)
    wanted = queries.wanted(draft)
    *others, last, other = wanted
    for party in others:
        made.consent(asking, draft, party)
    assert told(draft) == [f"Zustimmung fehlt: {wanted[last]}, {wanted[other]}"]
    made.consent(asking, draft, last, is_given=False)
    assert told(draft) == [
        f"Zustimmung fehlt: {wanted[other]}",
        f"Zustimmung verweigert: {wanted[last]}",
    ]
    made.consent(asking, draft, last)
    made.consent(asking, draft, other)
    assert told(draft) == []


def test_a_consent_taken_back_is_missing_and_both_stay_on_file(asking: Cast) -> None:
    draft = made.drafted(asking)
    party, name = next(iter(queries.wanted(draft).items()))
    made.consent_all(asking, draft)
    back = NewConsent(draft, party, AT.date(), "Erika Muster", "Leitung", "Anders beschlossen")
    with pytest.raises(Refused) as refused:  # taken back before it was given
        actions.take_back_consent(asking.body, replace(back, on_day=AT.date() - DAY), at=AT + DAY)
    assert rules_of(refused) == ["strategy.before_consent"]
    actions.take_back_consent(asking.body, back, at=AT + DAY)
    assert told(draft) == [f"Zustimmung fehlt: {name}"]
    said = Consent.objects.filter(actor=party.code, region=party.region)
    assert [one.answer for one in said] == [ConsentAnswer.GIVEN, ConsentAnswer.WITHDRAWN]
    with pytest.raises(Refused) as refused:
        actions.take_back_consent(asking.body, back, at=AT + DAY)
    assert rules_of(refused) == ["strategy.not_given"]
    assert list(audit.verify()) == []


def test_a_consent_to_what_was_changed_counts_no_more_and_is_told(asking: Cast) -> None:
    draft = made.drafted(asking)
    made.consent_all(asking, draft)
    assert told(draft) == []
    edited = actions.edit(asking.body, draft, made.new(asking, title="Anders"), at=AT)
    assert told(edited)[0].startswith("Zustimmung fehlt: ")
    page = signed_in(asking.body).get(f"/arbeit/strategien/{edited.pk}").content.decode()
    assert "zählt nicht mehr" in page
    same = tuple(Point(**one) for one in draft.priorities)
    back = actions.edit(asking.body, edited, made.new(asking, points=same), at=AT)
    assert told(back) == []


def test_what_counts_is_shown_first_though_something_else_was_said_to_another_wording(
    asking: Cast,
) -> None:
    draft = made.drafted(asking)
    party = next(iter(queries.wanted(draft)))
    made.consent(asking, draft, party)
    said = tuple(Point(**one) for one in draft.priorities)
    other = actions.edit(asking.body, draft, made.new(asking, title="Anders"), at=AT)
    made.consent(asking, other, party, is_given=False)
    actions.edit(asking.body, other, made.new(asking, points=said), at=AT)
    page = signed_in(asking.body).get(f"/arbeit/strategien/{draft.pk}")
    row = next(row for row in page.context["parties"] if row.last)
    assert (row.last.consent.answer, row.last.counts) == (ConsentAnswer.GIVEN, True)
    assert [one.counts for one in row.earlier] == [False]
    assert row.take_back_url


@pytest.mark.parametrize("door", ["zustimmung", "bitten"])
def test_what_is_typed_for_another_wording_is_asked_about_once_more(
    asking: Cast, door: str
) -> None:
    draft = made.drafted(asking)
    party = next(iter(queries.wanted(draft)))
    query = urlencode({"akteur": party.code, "region": party.region})
    address, body = f"/arbeit/strategien/{draft.pk}/{door}?{query}", signed_in(asking.body)
    said = {"antwort": "ja", "am": "03.02.2025", "name": "Erika Muster", "amt": "Leitung"}
    asked = {"stelle": "Amt für Soziales", "gerichtet_an": "Frau Muster", "tage": "14"}
    typed = said | asked | {"zeigen": "1", "gelesen": read(body, address)}
    actions.edit(asking.body, draft, made.new(asking, title="Anders"), at=AT)
    answer = body.post(address, typed)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "wurde geändert, seit Sie diese Seite geöffnet haben" in page
    assert "Anders" in page
    assert "Muster" in page  # nothing that was typed is lost
    assert not Consent.objects.exists()
    assert not ConsentRequest.objects.exists()
    again = typed | {"gelesen": re.findall(r'name="gelesen" value="(\w+)"', page)[0]}
    assert body.post(address, again).status_code in (200, 302)
    kept = [*Consent.objects.all(), *ConsentRequest.objects.all()]
    assert [one.contents for one in kept] == [Strategy.objects.get().contents]


def read(client: Client, address: str) -> str:
    """The digest of the version that a page showed."""
    page = client.get(address).content.decode()
    return str(re.findall(r'name="gelesen" value="(\w+)"', page)[0])


def test_only_a_programme_that_says_so_waits_for_every_consent(asking: Cast) -> None:
    draft = made.drafted(asking)
    stages = packs.load(settings.PROGRAMME, draft.year).procedure("strategy")
    waits = "strategy_consented" in stages[-1].guards
    if waits:
        with pytest.raises(Refused) as refused:
            made.walk(asking, draft, AT, DAY)
        assert rules_of(refused) == ["strategy.lacking"]
        return
    strategy, _ = made.walk(asking, draft, AT, DAY)
    missing = queries.missing(settings.PROGRAMME, strategy.ags, FIRST)
    assert missing.in_force == strategy
    assert sentence(missing.parts[0]).startswith("Zustimmung fehlt: SGB II, ")


def test_a_refusal_has_its_reason_and_nothing_is_said_tomorrow(asking: Cast) -> None:
    draft = made.drafted(asking)
    party = next(iter(queries.wanted(draft)))
    for new, rule in (
        (NewConsent(draft, party, AT.date(), "E. M.", "Amt", " ", is_given=False), "no_remark"),
        (NewConsent(draft, party, AT.date(), " ", "Amt"), "no_name"),
        (NewConsent(draft, party, AT.date() + DAY, "E. M.", "Amt"), "too_early"),
        (NewConsent(draft, made.Party("gibt es nicht"), AT.date(), "E. M.", "Amt"), "not_wanted"),
    ):
        with pytest.raises(Refused) as refused:
            actions.record_consent(asking.body, new, at=AT)
        assert rules_of(refused) == [f"strategy.{rule}"]
    with pytest.raises(NotAllowed):
        actions.record_consent(
            asking.officer, NewConsent(draft, party, AT.date(), "E. M.", "Amt"), at=AT
        )
    assert not Consent.objects.exists()


def test_nobody_consents_to_a_draft_that_was_given_up(asking: Cast) -> None:
    draft = made.drafted(asking)
    party = next(iter(queries.wanted(draft)))
    made.consent(asking, draft, party)
    actions.discard(asking.body, draft, at=AT)
    with pytest.raises(Refused) as refused:
        made.consent(asking, draft, party)
    assert rules_of(refused) == ["strategy.is_over"]
    assert Consent.objects.count() == 1


def test_a_consent_is_edited_by_nobody_and_each_is_one_entry(asking: Cast) -> None:
    draft = made.drafted(asking)
    before = AuditEntry.objects.count()
    made.consent(asking, draft, next(iter(queries.wanted(draft))))
    assert AuditEntry.objects.count() == before + 1
    for change in ({"answer": "refused"}, {"name": "Jemand"}, {"on_day": FIRST}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Consent.objects.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Consent.objects.all().delete()


def test_the_chain_holds_no_name_of_whoever_consented(asking: Cast) -> None:
    draft = made.drafted(asking)
    made.consent(asking, draft, next(iter(queries.wanted(draft))))
    consent = Consent.objects.get()
    assert "Erika Muster" not in audit.canonical(consent.sealed_facts())
    assert consent.seal_key not in audit.canonical(consent.sealed_facts())


def test_the_page_tells_each_what_it_may_do(asking: Cast) -> None:
    draft = made.drafted(asking)
    url = f"/arbeit/strategien/{draft.pk}"
    own = signed_in(asking.body).get(url).content.decode()
    assert f"{url}/bitten?akteur=" in own
    for person in (asking.officer, asking.auditor):
        seen = signed_in(person).get(url).content.decode()
        assert draft.title in seen
        assert f"{url}/bitten" not in seen
        assert f"{url}/bearbeiten" not in seen


def test_the_data_of_somebody_are_erased_and_the_chain_holds(asking: Cast) -> None:
    draft = made.drafted(asking)
    first, *others = queries.wanted(draft)
    made.consent(asking, draft, first)
    new = NewRequest(draft, others[0], "Amt", "Erika Muster")
    actions.ask(asking.body, new, at=AT)
    assert commands.erase(["Erika Muster"]) == 0
    consent, request = Consent.objects.get(), ConsentRequest.objects.get()
    assert (consent.name, consent.office, consent.remark, consent.seal_key) == ("", "", "", "")
    assert (request.addressee, request.seal_key) == ("", "")
    assert request.withdrawn_at
    assert consent.answer == ConsentAnswer.GIVEN  # that it was given stays, and counts
    assert first not in queries.open_parties(draft, [consent]).lacking
    assert list(audit.verify()) == []
    with pytest.raises(Refused) as refused:
        commands.erase(["Erika Muster"])
    assert rules_of(refused) == ["strategy.nobody"]
    page = signed_in(asking.body).get(f"/arbeit/strategien/{draft.pk}")
    assert page.status_code == 200
    assert "Erika" not in page.content.decode()


def test_a_page_does_not_say_that_nothing_is_to_do_while_something_is_missing(cast: Cast) -> None:
    year = timezone.localdate().year
    days = {"valid_from": date(year, 1, 1), "valid_until": date(year + 2, 12, 31)}
    strategy = made.laid_down(cast, cast.body, lacking=1, **days)
    client, url = signed_in(cast.body), f"/arbeit/strategien/{strategy.pk}"
    assert "Es fehlt noch etwas" in client.get(url).content.decode()
    made.consent(cast, strategy, next(iter(queries.wanted(strategy))))
    page = client.get(url).content.decode()
    assert "Es fehlt noch etwas" not in page
    assert "Nichts mehr: " in page
