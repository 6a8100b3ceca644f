"""A version that the ministry keeps for a body that sends paper, unless the programme says not."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.conf import settings

from tests.rooms.strategy.made import AT, POINTS, consent_all, drafted, new
from tests.stage import html_of, press, signed_in
from zielwerk.config.world import Cast
from zielwerk.core import audit
from zielwerk.core.permissions import NotAllowed
from zielwerk.messaging.queries import waiting
from zielwerk.rulebook.refusal import Refused
from zielwerk.strategy import actions, queries
from zielwerk.strategy.actions import NewConsent
from zielwerk.strategy.models import Strategy

LIST, NEW = "/arbeit/strategien", "/arbeit/strategien/neu-fuer"


def begun(cast: Cast) -> Strategy:
    return actions.draft_for(cast.officer, new(cast), at=AT)


def rules_of(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [each.rule for each in refused.value.refusals]


def sent(cast: Cast) -> dict[str, str]:
    return {
        "titel": "Strategie auf Papier",
        "ab": "01.01.2025",
        "bis": "31.12.2025",
        "titel0": "Sprache",
        "text0": "",
    }


def test_the_ministry_begins_and_changes_it_and_the_history_says_who_for_whom(asking: Cast) -> None:
    officer = signed_in(asking.officer)
    assert NEW in officer.get(LIST).content.decode()
    assert "auf Papier" in html_of(officer.get(NEW).content)
    address = f"{NEW}?ags={asking.body.ags}"
    assert "An Stelle der Gebietskörperschaft" in html_of(officer.get(address).content)
    assert officer.post(address, sent(asking)).status_code == 302
    version = Strategy.objects.get()
    assert version.ags == asking.body.ags
    edit = f"{LIST}/{version.pk}/bearbeiten-fuer"
    page = officer.get(f"{LIST}/{version.pk}").content.decode()
    assert edit in page
    again = sent(asking) | {"titel": "Neu geschrieben", "revision": "1"}
    assert officer.post(edit, again).status_code == 302
    version.refresh_from_db()
    assert version.title == "Neu geschrieben"
    told = html_of(signed_in(asking.body).get(f"{LIST}/{version.pk}").content)
    history = told.partition("Verlauf")[2]
    assert "Strategie für eine Gebietskörperschaft führen" in history
    assert "ministerium" in history.lower()  # its people's names are the ministry's own
    own = html_of(officer.get(f"{LIST}/{version.pk}").content).partition("Verlauf")[2]
    assert asking.officer.name in own
    assert list(audit.verify()) == []


def test_it_walks_its_whole_path_without_the_body(asking: Cast) -> None:
    version = begun(asking)
    for party in queries.wanted(version):
        said = NewConsent(version, party, AT.date(), "Erika Muster", "Leitung")
        actions.record_consent_for(asking.officer, said, at=AT)
    officer = signed_in(asking.officer)
    steps = queries.lifecycle_of(version).possible(version.state)
    address = next(step.address for step in steps if step.act == "submit")
    asked = html_of(officer.get(f"{LIST}/{version.pk}/{address}").content)
    assert "Sie tun das an Stelle von: Gebietskörperschaft." in asked
    assert press(officer, version, address).status_code == 302
    version.refresh_from_db()
    assert version.state != "draft"
    assert version.trail[-1]["by"] == asking.officer.audit_name


def test_what_a_body_began_itself_nobody_keeps_for_it(asking: Cast) -> None:
    version = drafted(asking)
    officer = signed_in(asking.officer)
    page = officer.get(f"{LIST}/{version.pk}").content.decode()
    assert "bearbeiten-fuer" not in page
    assert officer.get(f"{LIST}/{version.pk}/bearbeiten-fuer").status_code == 403
    first = next(iter(queries.wanted(version)))
    query = urlencode({"akteur": first.code, "region": first.region})
    for door in ("zustimmung-fuer", "ruecknahme-fuer"):
        assert officer.get(f"{LIST}/{version.pk}/{door}?{query}").status_code == 403
    with pytest.raises(NotAllowed) as refused:
        actions.edit_for(asking.officer, version, new(asking), at=AT)
    assert rules_of(refused) == ["strategy.kept_by_body"]
    with pytest.raises(NotAllowed):
        actions.submit(asking.officer, version, at=AT)


def test_the_ministry_is_not_asked_to_finish_what_it_keeps(asking: Cast) -> None:
    version = begun(asking)
    asked = [
        [one.case for one in waiting(person, settings.PROGRAMME)]
        for person in (asking.officer, asking.head, asking.body)
    ]
    assert asked == [[], [], [version]]
    own = actions.edit(asking.body, version, new(asking, points=POINTS[:1]), at=AT)
    assert own.revision == 2  # the body goes on with it whenever it likes


def test_one_version_at_a_time_whoever_begins_it(asking: Cast) -> None:
    begun(asking)
    with pytest.raises(Refused) as refused:
        actions.draft(asking.body, new(asking), at=AT + timedelta(hours=1))
    assert rules_of(refused) == ["strategy.drafted_already"]
    address = f"{NEW}?ags={asking.body.ags}"
    answer = signed_in(asking.officer).get(address)
    assert answer.status_code == 302  # to the one that is being made


def test_only_the_ministry_and_only_for_bodies_that_there_are(asking: Cast) -> None:
    for person in (asking.authority, asking.auditor, asking.body):
        assert signed_in(person).get(NEW).status_code == 403
    assert signed_in(asking.officer).get(f"{NEW}?ags=99999").status_code == 404
    with pytest.raises(NotAllowed):
        actions.draft_for(asking.authority, new(asking), at=AT)
    with pytest.raises(Refused) as refused:
        actions.draft_for(asking.officer, new(asking, ags="99999"), at=AT)
    assert "strategy.not_there" not in rules_of(refused)


def test_where_the_programme_says_so_each_body_keeps_its_own(people: Cast) -> None:
    allowed = queries.is_drafted_for_bodies(settings.PROGRAMME)
    assert allowed == (settings.PROGRAMME != "lotsenfonds_nordmark")
    answer = signed_in(people.officer).get(NEW)
    assert answer.status_code == (200 if allowed else 403)
    if not allowed:
        assert NEW not in signed_in(people.officer).get(LIST).content.decode()
        with pytest.raises(NotAllowed):
            begun(people)


def test_consents_that_came_on_paper_count_like_others(asking: Cast) -> None:
    version = begun(asking)
    first = next(iter(queries.wanted(version)))
    query = urlencode({"akteur": first.code, "region": first.region})
    address = f"{LIST}/{version.pk}/zustimmung-fuer?{query}"
    officer = signed_in(asking.officer)
    assert address.replace("&", "&amp;") in officer.get(f"{LIST}/{version.pk}").content.decode()
    back = f"{LIST}/{version.pk}/ruecknahme-fuer?{query}"
    said = {"am": "03.02.2025", "name": "Erika Muster", "amt": "Leitung", "bemerkung": ""}
    assert officer.post(address, {**said, "antwort": "ja"}).status_code == 302
    page = officer.get(f"{LIST}/{version.pk}").content.decode()
    assert back.replace("&", "&amp;") in page  # what was entered can be taken back
    assert first in queries.standing_of(version, queries.answers_of([version])[version.pk])
    assert officer.post(back, said).status_code == 302
    assert first in queries.open_parties(version, queries.answers_of([version])[version.pk]).lacking
    consent_all(asking, version)
    assert queries.facts_of(version, AT.date()).lacking == ()
