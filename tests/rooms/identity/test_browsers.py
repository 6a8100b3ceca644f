"""A browser is told by its name and system, whatever else it claims to be."""

import pytest

from zielwerk.identity.queries import browser_of

LIKE = "(KHTML, like Gecko)"
WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64)"
CHROME = f"{WINDOWS} AppleWebKit/537.36 {LIKE} Chrome/126.0.0.0 Safari/537.36"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15"


@pytest.mark.parametrize(
    ("agent", "told"),
    [
        (CHROME, "Chrome, Windows"),
        (f"{CHROME} Edg/126.0.0.0", "Edge, Windows"),
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
            "Firefox, Linux",
        ),
        (f"{PHONE} {LIKE} Version/17.5 Mobile/15E148 Safari/604.1", "Safari, iPhone"),
        (f"{PHONE} {LIKE} CriOS/126.0 Mobile/15E148 Safari/604.1", "Chrome, iPhone"),
        ("curl/8.5.0", "curl/8.5.0"),
        ("", ""),
    ],
)
def test_a_browser_is_told_as_people_know_it(agent: str, told: str) -> None:
    assert browser_of(agent) == told
