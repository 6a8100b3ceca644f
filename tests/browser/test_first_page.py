"""What a first visit costs: bytes over the wire from the product's own server, and quiet lines."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, CDPSession, Page, Response

from tests.served import Served, serving

COLD = 150_000  # bytes of a first page with everything that belongs to it
STYLES_AND_SCRIPTS = 120_000
SHIFTS = """() => new Promise(done => {
  let moved = 0;
  new PerformanceObserver(list => {
    for (const entry of list.getEntries()) moved += entry.value;
  }).observe({type: "layout-shift", buffered: true});
  requestAnimationFrame(() => requestAnimationFrame(() => done(moved)));
})"""


@pytest.fixture(scope="module")
def site() -> Iterator[Served]:
    with serving() as site:
        yield site


@pytest.fixture
def visitor(browser: Browser, site: Served) -> Iterator[Page]:
    context = browser.new_context(base_url=site.address, locale="de-DE")
    yield context.new_page()
    context.close()


def transferred(page: Page, address: str) -> dict[str, tuple[str, int]]:
    """Address of everything that comes with a page: what it is, and its bytes over the wire."""
    came: list[Response] = []
    page.on("response", lambda answer: came.append(answer))
    page.goto(address, wait_until="networkidle")
    return {
        answer.url: (
            answer.request.resource_type,
            answer.request.sizes()["responseBodySize"]
            + answer.request.sizes()["responseHeadersSize"],
        )
        for answer in came
    }


@pytest.mark.parametrize("address", ["/", "/zielvereinbarungen/2024/06435", "/anmelden"])
def test_a_first_page_is_light(visitor: Page, address: str) -> None:
    came = transferred(visitor, address)
    assert any("FiraSans-Regular" in url for url in came), "a page is written in Fira Sans"
    assert sum(size for _, size in came.values()) < COLD, came
    code = [size for kind, size in came.values() if kind in ("stylesheet", "script")]
    assert sum(code) < STYLES_AND_SCRIPTS
    assert all(url.startswith(visitor.url.split("/", 3)[0]) for url in came)


@pytest.mark.parametrize("address", ["/", "/zielvereinbarungen/2024/06435", "/anmelden"])
def test_only_what_the_first_page_needs_is_loaded_before_it(visitor: Page, address: str) -> None:
    came = transferred(visitor, address)
    fonts = {url.rpartition("/")[2].split(".")[0] for url in came if ".woff2" in url}
    assert fonts == {"FiraSans-Regular", "FiraSans-SemiBold"}


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("address", ["/", "/zielvereinbarungen/2024/06435", "/anmelden"])
def test_nothing_moves_while_a_page_comes(visitor: Page, address: str, width: int) -> None:
    visitor.set_viewport_size({"width": width, "height": 900})
    visitor.goto(address, wait_until="networkidle")
    assert visitor.evaluate(SHIFTS) == 0


def test_a_page_seen_before_costs_a_question_and_no_answer(visitor: Page) -> None:
    visitor.goto("/", wait_until="networkidle")
    wire: CDPSession = visitor.context.new_cdp_session(visitor)
    wire.send("Network.enable")
    answers: list[dict[str, object]] = []
    wire.on("Network.responseReceivedExtraInfo", lambda answer: answers.append(answer))
    visitor.goto("/", wait_until="networkidle")
    assert answers[0]["statusCode"] == 304
