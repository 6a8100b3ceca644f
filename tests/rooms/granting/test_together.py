"""Several notices at once: the list that was seen, all of it or nothing."""

import csv
import re
from io import StringIO

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.journeys.applied import coordinator
from tests.rooms.granting import made
from tests.rooms.granting.many import waiting
from tests.rooms.granting.test_changes import begun, issued, less
from tests.rooms.granting.test_notices import agrees, rules_of
from tests.stage import html_of, signed_in
from zielwerk.config import world_strategy
from zielwerk.config.cast import Cast
from zielwerk.core.cases import ChangedMeanwhile
from zielwerk.core.models import AuditEntry
from zielwerk.core.permissions import NotAllowed
from zielwerk.granting import actions, queries
from zielwerk.granting.actions import Batch
from zielwerk.granting.models import GrantedAmount, GrantNotice, IssuedTogether
from zielwerk.identity.models import User
from zielwerk.packs import loading as packs
from zielwerk.rulebook.grant.paths import Kind
from zielwerk.rulebook.grant.together import code_of
from zielwerk.rulebook.refusal import Refused


def put_forward(cast: Cast, count: int = 3) -> list[GrantNotice]:
    """Notices of the first bodies that wait to be issued, with money for each."""
    notices = []
    for body in packs.bodies_in(settings.PROGRAMME, made.year())[:count]:
        acting = world_strategy.cast_of(cast, coordinator(body.ags))
        drafted = made.drafted(acting)
        notices.append(actions.put_forward(made.clerk(acting, drafted), drafted, at=made.at(1)))
    return notices


def batch(notices: list[GrantNotice], **more: str) -> Batch:
    return Batch(tuple(notices), code_of(queries.entries_of(notices)), **more)  # type: ignore[arg-type]


def test_all_are_issued_in_one_act_and_the_list_is_kept(hesse: Cast) -> None:
    notices = put_forward(hesse)
    before = AuditEntry.objects.count()
    together = actions.issue_together(
        made.head(hesse, notices[0]), batch(notices, way="post"), at=made.at(2)
    )
    assert AuditEntry.objects.count() == before + 1
    assert together.count == 3
    assert together.amount_cents == sum(notice.amount_cents for notice in notices)
    for notice in GrantNotice.objects.filter(pk__in=[each.pk for each in notices]):
        assert notice.is_issued
        assert notice.document
        assert [each.kind for each in queries.events_of(notice)] == ["sent"]
    agrees()


def test_if_one_cannot_be_issued_none_is(hesse: Cast) -> None:
    notices = put_forward(hesse)
    seen = batch(notices)
    actions.send_back(
        made.head(hesse, notices[1]), notices[1], note="Noch einmal prüfen.", at=made.at(1)
    )
    with pytest.raises(ChangedMeanwhile):
        actions.issue_together(made.head(hesse, notices[0]), seen, at=made.at(2))
    assert not GrantedAmount.objects.exists()
    assert not IssuedTogether.objects.exists()
    agrees()


def test_only_the_very_list_that_was_seen_is_issued(hesse: Cast) -> None:
    notices = put_forward(hesse)
    other = Batch(tuple(notices), code_of(queries.entries_of(notices[:2])))
    with pytest.raises(Refused) as refused:
        actions.issue_together(made.head(hesse, notices[0]), other, at=made.at(2))
    assert rules_of(refused) == ["grant.together_changed"]


def test_whoever_put_one_of_them_forward_issues_none(hesse: Cast) -> None:
    notices = put_forward(hesse)
    with pytest.raises(NotAllowed):
        actions.issue_together(made.clerk(hesse, notices[0]), batch(notices), at=made.at(2))
    assert not GrantedAmount.objects.exists()


def test_the_page_shows_every_amount_before_it_asks(hesse: Cast) -> None:
    notices = put_forward(hesse)
    client = signed_in(made.head(hesse, notices[0]))
    url = reverse("granting:together")
    page = client.get(url).content.decode()
    assert all(notice.file_number in page for notice in notices)
    chosen = {"bescheid": [str(notice.pk) for notice in notices[:2]]}
    response = client.post(url, chosen)
    assert response.status_code == 200
    listed = response.content.decode()
    assert notices[2].file_number not in listed
    assert not GrantedAmount.objects.exists()
    code = code_of(queries.entries_of(notices[:2]))
    assert code in listed
    response = client.post(url, {**chosen, "liste": code, "weg": "electronic"})
    assert response.status_code == 302
    assert GrantNotice.objects.filter(state="issued").count() == 2
    again = client.post(url, {**chosen, "liste": code})
    assert again.status_code == 422
    said = html_of(again.content)  # the title says it first, the summary takes the focus
    assert said.partition("<title>")[2].split()[0] == "Fehler:"
    assert re.search(r'role="alert"[^>]* autofocus>.*?wartet nicht mehr darauf', said, re.DOTALL)
    assert GrantNotice.objects.filter(state="issued").count() == 2


def test_the_list_is_shown_as_it_was_to_those_who_issue_and_to_no_body(hesse: Cast) -> None:
    notices = put_forward(hesse)
    head = made.head(hesse, notices[0])
    together = actions.issue_together(head, batch(notices), at=made.at(2))
    url = reverse("granting:issued_together")
    address = f"{url}?pruefzeichen={together.code}"
    notices = list(GrantNotice.objects.order_by("pk"))
    of_notice = html_of(notice_page(head, notices[0]))
    assert "Gemeinsam erlassen mit" in of_notice
    assert address in of_notice
    assert all(each.file_number in of_notice for each in notices)
    act = begun(hesse, notices[0], Kind.AMENDMENT, less(notices[0], 5_000_00))
    issued(hesse, act)  # the list stays what was before the person
    lines = list(csv.DictReader(StringIO(file_of(head, address)), delimiter=";"))
    listed = {line["Bescheid"]: line["Bewilligt"] for line in lines}
    assert listed == {each.file_number: f"{each.amount_cents // 100},00" for each in notices}
    assert {line["Erlassen von"] for line in lines} == {head.name}
    assert {line["Prüfzeichen der Liste"] for line in lines} == {together.code}
    body = coordinator(notices[0].ags)
    for outside in (body, hesse.provider):
        assert signed_in(outside).get(url).status_code == 403
    own = html_of(notice_page(body, notices[0]))
    assert together.code not in own  # with its own line it could reckon its neighbour's grant
    assert address not in own
    assert file_of(head, f"{url}?pruefzeichen=nie").count("\n") == 1


def test_whoever_is_issued_alone_is_on_no_list(hesse: Cast) -> None:
    notice = made.issued(hesse)
    assert queries.issued_with(made.head(hesse, notice), notice) == []


def notice_page(user: User, notice: GrantNotice) -> bytes:
    page = signed_in(user).get(reverse("granting:notice", args=[notice.pk]))
    return page.content


def file_of(user: User, address: str) -> str:
    answer = signed_in(user).get(f"{address}&export=csv")
    return answer.getvalue().decode("utf-8-sig")  # type: ignore[attr-defined]


def test_page_and_list_ask_as_often_for_27_as_for_3(hesse: Cast) -> None:
    notices = put_forward(hesse)
    made.agreed(hesse, notices[0], ("Werkstatt", None), total=notices[0].applied_cents)
    client, url = signed_in(made.head(hesse, notices[0])), reverse("granting:together")

    def asked() -> list[int]:
        there = dict(GrantNotice.objects.values_list("pk", "file_number"))
        chosen = {"bescheid": list(there)}
        found = []
        for ask in (lambda: client.get(url), lambda: client.post(url, chosen)):
            ask()
            with CaptureQueriesContext(connection) as queries_asked:
                page = ask().content.decode()
            assert all(f">{number}</a>" in page for number in there.values())
            found.append(len(queries_asked))
        return found

    few = asked()
    bodies = packs.bodies_in(settings.PROGRAMME, made.year())
    waiting(notices[0], [body.ags for body in bodies[3:27]])
    assert GrantNotice.objects.count() == 27
    assert asked() == few
