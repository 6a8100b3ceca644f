"""An actor is asked by a link: whoever has it answers once, without an account."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.rooms.strategy import made
from tests.stage import html_of, moved, signed_in
from zielwerk.config.world import Cast
from zielwerk.core.models import AuditEntry
from zielwerk.messaging import letters as mails
from zielwerk.messaging.models import Mail
from zielwerk.rulebook.consent import ConsentAnswer, Party
from zielwerk.rulebook.refusal import Refused
from zielwerk.strategy import actions, queries
from zielwerk.strategy.actions import NewRequest, Sent
from zielwerk.strategy.models import Consent, ConsentRequest, Strategy

YES = {"antwort": "ja", "handelt": "on", "name": "Erika Muster", "amt": "Amtsleitung"}
NO = {**YES, "antwort": "nein", "bemerkung": "Der Teil zur Sprache fehlt."}


@pytest.fixture
def draft(asking: Cast) -> Strategy:
    return made.drafted(asking)


@pytest.fixture
def party(draft: Strategy) -> Party:
    return next(iter(queries.wanted(draft)))


@pytest.fixture
def link(asking: Cast, draft: Strategy, party: Party) -> Sent:
    """A request that was made just now."""
    return asked(asking, draft, party)


def asked(cast: Cast, draft: Strategy, party: Party, **more: Any) -> Sent:
    new = NewRequest(draft, party, "Sozialamt", "Frau Muster", **more)
    return actions.ask(cast.body, new, at=timezone.now())


def key_of(link: Sent) -> str:
    return link.path.partition("=")[2]


def answered(link: Sent, **typed: str) -> Any:
    return Client().post(link.path, {queries.KEY: key_of(link), **typed})


def test_whoever_has_the_link_reads_and_answers_without_an_account(
    link: Sent, draft: Strategy, party: Party
) -> None:
    page = Client().get(link.path)
    text = page.content.decode()
    assert page.status_code == 200
    for told in (draft.title, "Ausbildung sichern", "Kurse im Betrieb", "Sozialamt"):
        assert told in text
    (document,) = re.findall(r'href="(/zustimmung/schriftstueck[^"]+)"', text)
    sent = Client().get(document.replace("&amp;", "&"))
    assert sent.getvalue() == made.PAPER.content
    assert sent["Content-Disposition"].startswith("attachment")
    answer = answered(link, **YES)
    assert (answer.status_code, answer["Location"]) == (302, link.path)
    consent = Consent.objects.get()
    assert (consent.answer, consent.party, consent.request) == (
        ConsentAnswer.GIVEN,
        party,
        link.request,
    )
    assert (consent.name, consent.office) == ("Erika Muster", "Amtsleitung")
    entry = AuditEntry.objects.latest("pk")
    assert (entry.verb, entry.actor) == ("strategy.answer", f"link:{link.request.pk}")
    assert "zugestimmt" in Client().get(link.path).content.decode()


def test_a_refusal_is_kept_with_what_stands_against_it(link: Sent) -> None:
    empty = answered(link, **{**NO, "bemerkung": " "})
    assert empty.status_code == 422
    assert "Erika Muster" in empty.content.decode()  # nothing typed is lost
    assert not Consent.objects.exists()
    assert answered(link, **NO).status_code == 302
    consent = Consent.objects.get()
    assert (consent.answer, consent.remark) == (ConsentAnswer.REFUSED, NO["bemerkung"])


def test_to_open_a_link_answers_nothing_however_often_a_scanner_does(link: Sent) -> None:
    for _ in range(3):
        assert Client().get(link.path).status_code == 200
    for method in ("head", "options", "put"):
        assert getattr(Client(), method)(link.path).status_code == 405
    assert not Consent.objects.exists()
    assert ConsentRequest.objects.get().used_at is None


def test_a_link_is_good_for_one_answer_and_says_which_it_was(link: Sent) -> None:
    assert answered(link, **YES).status_code == 302
    again = answered(link, **NO)
    assert again.status_code == 409
    text = again.content.decode()
    assert "Diese Bitte ist beantwortet" in text
    assert "zugestimmt" in text
    assert Consent.objects.count() == 1


def test_two_answers_at_one_moment_are_one(link: Sent, monkeypatch: pytest.MonkeyPatch) -> None:
    assert answered(link, **YES).status_code == 302
    # The second looked before the first had answered.
    states = iter(["open"])
    real = queries.state_of
    monkeypatch.setattr(queries, "state_of", lambda *of: next(states, None) or real(*of))
    again = answered(link, **NO)
    assert again.status_code == 409
    assert Consent.objects.count() == 1


def test_after_its_end_a_link_says_so_and_answers_nothing(link: Sent) -> None:
    ConsentRequest.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    for answer in (Client().get(link.path), answered(link, **YES)):
        assert answer.status_code == 410
        assert "abgelaufen" in answer.content.decode()
    document = Client().get(f"/zustimmung/schriftstueck?{queries.KEY}={key_of(link)}")
    assert document.status_code == 410
    assert not Consent.objects.exists()


def test_a_version_that_was_changed_or_given_up_is_answered_by_nobody(
    asking: Cast, draft: Strategy, link: Sent
) -> None:
    now = timezone.now()
    edited = actions.edit(asking.body, draft, made.new(asking, title="Anders"), at=now)
    answer = answered(link, **YES)
    assert answer.status_code == 410
    assert "wurde geändert" in answer.content.decode()
    actions.discard(asking.body, edited, at=now)
    assert answered(link, **YES).status_code == 410
    assert not Consent.objects.exists()


def test_an_answer_to_what_was_changed_later_is_told_as_one_to_the_earlier_wording(
    asking: Cast, draft: Strategy, link: Sent
) -> None:
    assert answered(link, **YES).status_code == 302
    assert "früheren" not in html_of(Client().get(link.path).content)
    actions.edit(asking.body, draft, made.new(asking, title="Ganz anders"), at=timezone.now())
    page = html_of(Client().get(link.path).content)
    assert "Die Fassung wurde danach geändert" in page
    assert "Ganz anders" not in page  # nobody consented to that


def test_nobody_answers_or_is_asked_about_a_version_whose_time_is_over(asking: Cast) -> None:
    last = timezone.localdate() - timedelta(days=1)
    version = made.in_force(asking, valid_until=last)
    earlier = timezone.now() - timedelta(days=3)
    new = NewRequest(version, next(iter(queries.wanted(version))), "Sozialamt")
    sent = actions.ask(asking.body, new, at=earlier)  # while it held
    for answer in (Client().get(sent.path), answered(sent, **YES)):
        assert answer.status_code == 410
        assert "gilt nicht mehr" in answer.content.decode()
    with pytest.raises(Refused) as refused:
        actions.ask(asking.body, new, at=timezone.now())
    assert [each.rule for each in refused.value.refusals] == ["strategy.is_past"]
    page = signed_in(asking.body).get(f"/arbeit/strategien/{version.pk}").content.decode()
    assert "Um Zustimmung bitten" not in page


def test_a_link_that_nobody_made_is_told_from_none(link: Sent) -> None:
    for path in ("/zustimmung", "/zustimmung?schluessel=", f"{link.path}x"):
        page = Client().get(path)
        assert page.status_code == 404
        assert "Strategie" not in page.content.decode()
    wrong = Client().post("/zustimmung", {queries.KEY: "falsch", **YES})
    assert wrong.status_code == 404
    assert not Consent.objects.exists()


def test_who_tries_many_wrong_links_is_held_off_and_a_right_one_opens(link: Sent) -> None:
    client = Client(REMOTE_ADDR="192.0.2.7")
    got = [client.get(f"/zustimmung?schluessel=falsch{number}").status_code for number in range(52)]
    assert got[:50] == [404] * 50
    assert got[50:] == [429, 429]
    assert client.get(link.path).status_code == 200


def test_a_link_is_withdrawn_and_sent_anew(asking: Cast, draft: Strategy, link: Sent) -> None:
    client = signed_in(asking.body)
    door = reverse("strategy:withdraw_request", args=[link.request.pk])
    assert client.get(door).status_code == 200
    assert client.post(door).status_code == 302
    closed = Client().get(link.path)
    assert closed.status_code == 410
    assert "zurückgezogen" in closed.content.decode()
    new = asked(asking, draft, link.request.party)
    assert Client().get(new.path).status_code == 200
    assert answered(new, **YES).status_code == 302


def test_a_newer_link_to_the_same_makes_the_earlier_void_and_no_other(
    asking: Cast, draft: Strategy, party: Party, link: Sent
) -> None:
    other = next(one for one in queries.wanted(draft) if one != party)
    to_other = asked(asking, draft, other)
    newer = asked(asking, draft, party)
    got = [Client().get(each.path).status_code for each in (link, to_other, newer)]
    assert got == [410, 200, 200]


def test_what_the_body_enters_itself_closes_the_link(
    asking: Cast, draft: Strategy, party: Party, link: Sent
) -> None:
    made.consent(asking, draft, party, timezone.now())
    assert answered(link, **NO).status_code == 410
    assert [one.answer for one in Consent.objects.all()] == [ConsentAnswer.GIVEN]


def test_what_an_actor_answered_itself_is_not_undone_by_what_it_said_before(
    asking: Cast, draft: Strategy, party: Party, link: Sent
) -> None:
    assert answered(link, **NO).status_code == 302
    with pytest.raises(Refused) as refused:
        made.consent(asking, draft, party, timezone.now() - timedelta(days=1))
    assert [each.rule for each in refused.value.refusals] == ["strategy.answered_later"]
    made.consent(asking, draft, party, timezone.now())  # said since
    said = [one.answer for one in Consent.objects.order_by("pk")]
    assert said == [ConsentAnswer.REFUSED, ConsentAnswer.GIVEN]


def test_nobody_is_asked_about_nothing(asking: Cast, party: Party, draft: Strategy) -> None:
    now = timezone.now()
    actions.discard(asking.body, draft, at=now)
    without = made.drafted(asking, document=None)
    for new, rule in (
        (NewRequest(draft, party, "Amt"), "strategy.is_over"),
        (NewRequest(without, party, "Amt"), "strategy.nothing_to_read"),
        (NewRequest(without, Party("nie"), "Amt"), "strategy.not_wanted"),
        (NewRequest(without, party, " "), "strategy.no_office"),
        (NewRequest(without, party, "Amt", days=91), "strategy.wrong_days"),
    ):
        with pytest.raises(Refused) as refused:
            actions.ask(asking.body, new, at=now)
        assert rule in [refusal.rule for refusal in refused.value.refusals]


def test_only_the_digest_of_a_link_is_kept(link: Sent) -> None:
    kept = ConsentRequest.objects.values().get()
    assert key_of(link) not in str(kept)
    assert len(key_of(link)) >= 43  # 256 random bits


def test_the_page_of_a_link_leaks_nothing_to_others(link: Sent) -> None:
    page = Client().get(link.path)
    assert page["Referrer-Policy"] == "same-origin"
    assert page["Cache-Control"] == "no-store"
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    assert "https://" not in page.content.decode().replace("https://www.w3.org", "")


# --- by mail ------------------------------------------------------------------------------


def test_the_mail_is_shown_before_and_sent_as_it_was_shown(
    asking: Cast, draft: Strategy, party: Party
) -> None:
    client = signed_in(asking.body)
    name = queries.wanted(draft)[party]
    door = f"{reverse('strategy:ask', args=[draft.pk])}?akteur={party.code}&region={party.region}"
    typed = {"stelle": "Sozialamt", "gerichtet_an": "Frau Muster", "tage": "7"}
    assert client.post(door, {**typed, "vorschau": "1"}).status_code == 422
    typed["mail"] = "sozialamt@example.org"
    preview = client.post(door, {**typed, "vorschau": "1"}).content.decode()
    assert "Guten Tag Frau Muster," in preview
    assert "schluessel=…" in preview
    assert not ConsentRequest.objects.exists()
    assert client.post(door, {**typed, "senden": "1"}).status_code == 302
    mail = Mail.objects.get()
    kept = " ".join(str(value) for value in Mail.objects.values().get().values())
    assert "sozialamt@example.org" not in kept
    text = mails.compose(mail, timezone.now())
    assert text
    assert text.to == "sozialamt@example.org"
    assert str(name) in text.body
    path = re.search(r"/zustimmung\?schluessel=\S+", text.body)
    assert path
    assert Client().get(path[0]).status_code == 200


def test_a_mail_that_waits_is_not_sent_once_its_link_is_void(
    asking: Cast, draft: Strategy, party: Party
) -> None:
    first = asked(asking, draft, party, mail="amt@example.org")
    asked(asking, draft, party, mail="amt@example.org")
    states = dict(Mail.objects.order_by("pk").values_list("pk", "state"))
    assert list(states.values()) == [Mail.State.MOOT, Mail.State.WAITING]
    assert Mail.objects.earliest("pk").secret == ""
    first.request.refresh_from_db()
    assert first.request.withdrawn_at


def test_without_mail_the_link_is_shown_once(
    asking: Cast, draft: Strategy, party: Party, settings: Any
) -> None:
    settings.MAIL = None
    client = signed_in(asking.body)
    door = f"{reverse('strategy:ask', args=[draft.pk])}?akteur={party.code}&region={party.region}"
    typed = {"stelle": "Sozialamt", "gerichtet_an": "", "tage": "7", "zeigen": "1"}
    shown = client.post(door, typed).content.decode()
    path = re.search(r"/zustimmung\?schluessel=[\w-]+", shown)
    assert path
    assert Client().get(path[0]).status_code == 200
    page = client.get(reverse("strategy:strategy", args=[draft.pk])).content.decode()
    assert path[0] not in page


def test_a_body_asks_about_its_own_strategy_alone(cast: Cast) -> None:
    draft = made.drafted(cast)
    party = next(iter(queries.wanted(draft)))
    query = f"?akteur={party.code}&region={party.region}"
    client = signed_in(moved(cast.body, "06440"))
    for route in ("ask", "record_consent", "take_back_consent"):
        door = reverse(f"strategy:{route}", args=[draft.pk]) + query
        assert client.get(door).status_code == 404
        assert client.post(door, {}).status_code == 404
    own = reverse("strategy:ask", args=[draft.pk])
    assert signed_in(cast.officer).get(own + query).status_code == 403
