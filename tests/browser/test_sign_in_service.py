"""To the sign-in service and back, in a browser that keeps to the policy of our pages."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.steps import heading, sign_out
from tests.rooms.identity import provided
from tests.rooms.identity.entering import enrolled
from zielwerk.identity.models import User

pytestmark = pytest.mark.django_db(transaction=True)
Check = Callable[[Page], None]


@pytest.fixture
def service(tmp_path: Path, live_server: LiveServer, settings: Any) -> Iterator[provided.Service]:
    started = provided.start(tmp_path, live_server.url)
    settings.DEMO, settings.OIDC = False, started.provider(is_strong=True)
    settings.SOCIALACCOUNT_PROVIDERS = settings.OIDC.in_settings()
    yield started
    started.stop()


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def visitor(
    browser: Browser, live_server: LiveServer, guards_down: None, request: Any
) -> Iterator[Page]:
    """A page that may leave our host, as signing in elsewhere has to."""
    context = browser.new_context(
        base_url=live_server.url, locale="de-DE", java_script_enabled=request.param
    )
    yield context.new_page()
    context.close()


@pytest.fixture
def anna(service: provided.Service) -> User:
    return enrolled("anna@example.org", "Anna Weiß", "ministry_steering")


def test_one_comes_in_by_it_and_leaves_both(visitor: Page, anna: User) -> None:
    visitor.goto("/arbeit/buecher")
    visitor.get_by_role("link", name="Mit Landeskonto anmelden").click()
    expect(heading(visitor)).to_have_text("Anmeldedienst")
    visitor.get_by_role("button", name="anna").click()
    expect(heading(visitor)).to_have_text("Wo ist jeder Euro?")
    sign_out(visitor)
    expect(heading(visitor)).to_have_text("Sie sind abgemeldet")
    visitor.get_by_role("link", name="Auch beim Anmeldedienst abmelden").click()
    expect(heading(visitor)).to_have_text("Anmelden")
    visitor.get_by_role("link", name="Mit Landeskonto anmelden").click()
    expect(heading(visitor)).to_have_text("Anmeldedienst")


@pytest.mark.parametrize("visitor", [True], indirect=True)
def test_its_pages_on_our_side_are_accessible(
    visitor: Page, service: provided.Service, anna: User, assert_accessible: Check
) -> None:
    visitor.goto("/anmelden")
    assert_accessible(visitor)
    visitor.goto("/anmelden/dienst/dienst?state=erfunden")
    expect(heading(visitor)).to_have_text("Die Anmeldung hat nicht geklappt")
    assert_accessible(visitor)
    visitor.goto("/anmelden/dienst")
    visitor.get_by_role("button", name="fremd").click()
    expect(visitor.get_by_text("hier sind Sie aber nicht angelegt")).to_be_visible()
    assert_accessible(visitor)
