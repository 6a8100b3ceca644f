"""The pages of notices: what is shown to whom, what is typed and kept, what is refused."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.rooms.granting import made
from tests.rooms.granting.test_together import put_forward
from tests.stage import signed_in
from zielwerk.config.cast import Cast, walk
from zielwerk.granting import actions, letters, queries
from zielwerk.granting.actions import NewAct
from zielwerk.granting.forms import amount_name
from zielwerk.granting.models import GrantAct, GrantNotice
from zielwerk.granting.queries import ActDraft, NoticeDraft
from zielwerk.identity.models import User
from zielwerk.rulebook.grant.paths import Kind
from zielwerk.rulebook.money import format_euro


def page(user: User, name: str, *args: Any) -> str:
    response = signed_in(user).get(reverse(f"granting:{name}", args=args))
    assert response.status_code == 200
    return response.content.decode()


def typed(notice: GrantNotice, cents: int, **more: str) -> dict[str, str]:
    """The form of a draft with an amount at its first place."""
    place = next(iter(NoticeDraft.of(notice).amounts))
    return {
        "revision": str(notice.revision),
        amount_name(place): format_euro(cents).removesuffix(" €"),
        "begruendung": "Der Bedarf ist geringer.",
        **more,
    }


def test_amount_effect_and_money_stand_on_the_page_that_one_writes_in(hesse: Cast) -> None:
    notice = made.drafted(hesse)
    clerk = made.clerk(hesse, notice)
    url = reverse("granting:write", args=[notice.pk])
    less = notice.applied_cents - 12_345_67
    response = signed_in(clerk).post(url, typed(notice, less))
    assert response.status_code == 302
    assert response["Location"] == url
    notice.refresh_from_db()
    assert notice.amount_cents == less
    shown = page(clerk, "write", notice.pk).replace("\xa0", " ")
    for amount in (notice.applied_cents, less, notice.applied_cents - less):
        assert format_euro(amount).replace("\xa0", " ").removesuffix(",00 €") in shown


def test_a_lower_whole_is_spread_over_the_measures(hesse: Cast) -> None:
    notice = made.drafted(hesse)
    clerk = made.clerk(hesse, notice)
    url = reverse("granting:write", args=[notice.pk])
    more = {"gesamt": "10.000,00", "verteilen": "1"}
    signed_in(clerk).post(url, typed(notice, notice.applied_cents, **more))
    notice.refresh_from_db()
    assert notice.amount_cents == 10_000_00
    more["gesamt"] = "99.000.000,00"
    response = signed_in(clerk).post(url, typed(notice, 1, **more))
    assert response.status_code == 422
    assert "99.000.000" in response.content.decode()
    notice.refresh_from_db()
    assert notice.amount_cents == 10_000_00


def test_what_cannot_be_read_loses_nothing(hesse: Cast) -> None:
    notice = made.drafted(hesse)
    url = reverse("granting:write", args=[notice.pk])
    place = next(iter(NoticeDraft.of(notice).amounts))
    data = {**typed(notice, 1), amount_name(place): "viel", "begruendung": "Ein langer Text"}
    response = signed_in(made.clerk(hesse, notice)).post(url, data)
    assert response.status_code == 422
    assert "viel" in response.content.decode()
    assert "Ein langer Text" in response.content.decode()


def test_two_who_write_one_draft_are_told(hesse: Cast) -> None:
    notice = made.drafted(hesse)
    client, url = (
        signed_in(made.clerk(hesse, notice)),
        reverse("granting:write", args=[notice.pk]),
    )
    data = typed(notice, 1_00)
    assert client.post(url, data).status_code == 302
    assert client.post(url, {**data, "begruendung": "Anders"}).status_code == 409
    notice.refresh_from_db()
    assert NoticeDraft.of(notice).reason == data["begruendung"]


def test_whoever_issues_sees_amounts_and_money_before_she_is_asked(hesse: Cast) -> None:
    notice = made.drafted(hesse)
    notice = actions.put_forward(made.clerk(hesse, notice), notice, at=made.at(1))
    head = made.head(hesse, notice)
    url = reverse("granting:notice_step", args=[notice.pk, "erlassen"])
    shown = signed_in(head).get(url).content.decode()
    assert "40.000" in shown
    assert "frei" in shown
    signed_in(head).post(url, {"revision": notice.revision})
    notice.refresh_from_db()
    assert notice.is_issued
    file = signed_in(head).get(reverse("granting:document", args=[notice.pk]))
    assert file["Content-Type"] == "application/pdf"
    assert file.content.startswith(b"%PDF-")


def test_the_body_releases_on_its_page_and_is_told_what_is_wrong(hesse: Cast) -> None:
    notice = made.issued(hesse)
    url = reverse("granting:release", args=[notice.pk])
    place = next(iter(queries.stands(notice, made.at(90).date()).amounts))
    data = {"revision": str(notice.revision), amount_name(place): "30.000,00"}
    client = signed_in(hesse.body)
    response = client.post(url, data)
    assert response.status_code == 422
    assert "30.000,00" in response.content.decode()
    response = client.post(url, {**data, "begruendung": "Weniger Teilnehmende."})
    assert response.status_code == 302
    act = GrantAct.objects.get()
    assert (act.kind, act.amount_cents) == (Kind.RELEASE, -10_000_00)
    shown = page(hesse.body, "act", act.pk)
    assert "Weniger Teilnehmende." in shown


def test_why_a_draft_was_sent_back_is_read_inside_and_never_by_the_body(hesse: Cast) -> None:
    notice = made.drafted(hesse)
    clerk, why = made.clerk(hesse, notice), "Das ist weniger, als sie klaglos hinnähmen."
    notice = actions.put_forward(clerk, notice, at=made.at(1))
    head = made.head(hesse, notice)
    notice = made.issued(hesse, actions.send_back(head, notice, note=why, at=made.at(1)))
    file = reverse("filing:case_file", args=[notice.seal_name, notice.pk])
    for person, is_told in ((head, True), (hesse.auditor, True), (hesse.body, False)):
        assert (why in page(person, "notice", notice.pk)) is is_told
        answer = signed_in(person).get(file)
        assert answer.status_code == 200
        assert (why in answer.content.decode()) is is_told


@pytest.mark.parametrize("who", ["provider", "auditor"])
def test_others_write_nothing(hesse: Cast, who: str) -> None:
    notice = made.issued(hesse)
    client = signed_in(getattr(hesse, who))
    for name in ("write", "begin_act", "release"):
        response = client.get(reverse(f"granting:{name}", args=[notice.pk]))
        assert response.status_code in (403, 404)
    response = client.get(reverse("granting:document", args=[notice.pk]))
    assert response.status_code == (200 if who == "auditor" else 403)


def queries_of(user: User, name: str, *args: Any, **data: str) -> int:
    client = signed_in(user)
    url = reverse(f"granting:{name}", args=args)
    assert client.get(url, data).getvalue()  # type: ignore[attr-defined]
    with CaptureQueriesContext(
        connection,
    ) as asked:
        answer = client.get(url, data)
        assert answer.status_code == 200
        assert answer.getvalue()  # type: ignore[attr-defined]  # a file asks while it is read
    return len(asked)


def test_lists_and_files_ask_as_often_however_many_there_are(hesse: Cast) -> None:
    [notice] = put_forward(hesse, 1)
    head = made.head(hesse, notice)
    asks = [("notices", {}), ("notices", {"export": "csv"}), ("notices", {"export": "xlsx"})]
    before = [queries_of(head, name, **data) for name, data in asks]
    put_forward_more(hesse)
    assert GrantNotice.objects.count() > 4
    assert [queries_of(head, name, **data) for name, data in asks] == before


def put_forward_more(cast: Cast) -> None:
    """Copies of the notice that is there: a list looks at columns alone."""
    notice = GrantNotice.objects.order_by("pk")[0]
    for number in range(5):
        copy = GrantNotice.objects.get(pk=notice.pk)
        copy.pk, copy.file_number = None, f"ZB-2026-9{number:03}"
        copy.state = "discarded"
        copy.save(force_insert=True)


def test_the_page_of_a_notice_asks_as_often_however_many_acts_there_are(hesse: Cast) -> None:
    notice = made.issued(hesse)
    made.sent(hesse, notice)
    clerk = made.clerk(hesse, notice)
    actions.change(clerk, NewAct(notice, Kind.AMENDMENT), at=made.at(5))
    before = [queries_of(clerk, name, *of) for name, of in (("notice", [notice.pk]), ("acts", []))]
    for kind in (Kind.SUPPLEMENT, Kind.REVOCATION, Kind.WITHDRAWAL, Kind.FINAL):
        actions.change(clerk, NewAct(notice, kind), at=made.at(5))
    assert before == [
        queries_of(clerk, name, *of) for name, of in (("notice", [notice.pk]), ("acts", []))
    ]


def test_conditions_bear_the_same_numbers_before_and_after_the_notice_is_issued(
    hesse: Cast,
) -> None:
    notice, day = made.drafted(hesse), made.at(1).date()
    before = letters.provisions(notice, day)
    document = letters.content_of(notice, day)["conditions"]
    assert before == [(each["title"], each["citation"]) for each in document]
    assert before == letters.provisions(made.issued(hesse, notice), day)


def test_what_grants_nothing_shows_no_conditions(hesse: Cast) -> None:
    notice = made.drafted(hesse)
    nothing = NoticeDraft(dict.fromkeys(NoticeDraft.of(notice).amounts, 0), (), "Kein Bedarf.")
    notice = made.write(hesse, notice, nothing)
    assert 'id="nebenbestimmungen"' not in page(made.clerk(hesse, notice), "notice", notice.pk)


def released(cast: Cast, notice: GrantNotice, cents: int) -> GrantAct:
    """What the body releases of the first place."""
    place = next(iter(queries.stands(notice, made.at(90).date()).amounts))
    new = NewAct(notice, "", ActDraft({place: -cents}, reason="Zwei Plätze blieben leer."))
    return actions.release(cast.body, new, at=made.at(3))


def test_what_a_release_frees_is_free_only_once_it_is_issued(hesse: Cast) -> None:
    notice = made.issued(hesse)
    act = released(hesse, notice, 10_000_00)
    first, *_ = queries.money_by_year(act, ActDraft.of(act).amounts)
    assert (first.free, first.wanted, first.left) == (0, -10_000_00, 10_000_00)
    act = walk(hesse, act, made.at(4), made.PACE)[0]
    assert sum(queries.free_of(act).values()) == 10_000_00


@pytest.mark.parametrize("who", ["body", "officer", "head", "authority", "auditor"])
def test_a_release_shows_no_door_that_is_shut(hesse: Cast, who: str) -> None:
    act = walk(hesse, released(hesse, made.issued(hesse), 1_000_00), made.at(4), made.PACE)[0]
    client = signed_in(getattr(hesse, who))
    shown = client.get(reverse("granting:act", args=[act.pk])).content.decode()
    doors = re.findall(r'href="(/arbeit/mittelaenderungen/[^"]*)"', shown)
    assert {client.get(door).status_code for door in doors} <= {200}
    assert bool(doors) == (who in ("body", "officer", "head"))


def test_what_was_issued_stays_on_the_desk_until_it_is_sent(hesse: Cast) -> None:
    notice = made.issued(hesse)
    clerk = made.clerk(hesse, notice)
    door = reverse("granting:enter", args=[notice.pk, "sent"])
    places = [reverse("desk:home"), reverse("granting:notice", args=[notice.pk])]
    client = signed_in(clerk)
    assert all(door in client.get(place).content.decode() for place in places)
    for place in places:
        assert door not in signed_in(hesse.body).get(place).content.decode()
    made.sent(hesse, notice)
    assert door not in client.get(places[0]).content.decode()
