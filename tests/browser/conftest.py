"""A browser, and pages that are watched."""

import os
import shutil
from collections.abc import Callable, Iterator
from functools import partial

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests.browser import accessibility

# Playwright runs an event loop in the tests' thread, which Django would take for async code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    assert found, "the browser tests need Chromium: apt-get install chromium"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser, live_server: LiveServer, guards_down: None) -> Iterator[Page]:
    """A page at the running site; nothing may go wrong behind its reader's back."""
    context = browser.new_context(
        base_url=live_server.url, locale="de-DE", viewport={"width": 1280, "height": 900}
    )
    page = context.new_page()
    watch = accessibility.Watch(page, live_server.url)
    yield page
    context.close()
    assert not watch.faults, "\n".join(watch.faults)


@pytest.fixture
def plain_page(browser: Browser, live_server: LiveServer, guards_down: None) -> Iterator[Page]:
    """A page whose browser runs no scripts."""
    context = browser.new_context(
        base_url=live_server.url, locale="de-DE", java_script_enabled=False
    )
    yield context.new_page()
    context.close()


@pytest.fixture
def assert_accessible(pytestconfig: pytest.Config) -> Callable[[Page], None]:
    is_long = bool(pytestconfig.getoption("--exhaustive"))
    return partial(accessibility.assert_accessible, is_long=is_long)


@pytest.fixture
def accessibility_tree() -> Callable[..., str]:
    return accessibility.accessibility_tree
