"""What a person reads off the page of a scenario."""

import re
from html import unescape

from django.test import Client

from tests.stage import html_of
from zielwerk.allocation.models import Scenario

LIST = "/arbeit/verteilung"


def text_of(html: str) -> str:
    words = re.sub(r"<[^>]*>", " ", html[html.index("<main") : html.index("</main>")])
    words = unescape(words).replace("\N{SOFT HYPHEN}", "")  # nobody sees it
    return " ".join(words.split())


def page(client: Client, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status, response.content.decode()[:2000]
    return html_of(response.content)


def url(one: Scenario, part: str = "") -> str:
    return f"{LIST}/{one.pk}{part}"


def typed(html: str) -> dict[str, str]:
    """What the form on a page would send."""
    form = re.search(r'<form class="zw-params".*?</form>', html, re.DOTALL)
    assert form
    found: dict[str, str] = {}
    for tag in re.findall(r"<input[^>]*>", form[0]):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        assert name
        found[name[1]] = unescape(value[1]) if value else ""
    for name_, body in re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>(.*?)</textarea>', form[0]):
        found[name_] = unescape(body)
    for name_, body in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', form[0], re.S):
        chosen = re.search(r'<option value="([^"]*)" selected', body)
        found[name_] = chosen[1] if chosen else ""
    return found


def amounts(html: str) -> dict[str, int]:
    """New amounts in cents by AGS, from the page's table."""
    found = {}
    for ags, row in re.findall(r'<tr[^>]* id="zeile-(\d{5})"[^>]*>(.*?)</tr>', html, re.DOTALL):
        new = re.search(r"<strong>([\d.]+)(,\d\d)?\s€</strong>", row)
        assert new
        found[ags] = int(re.sub(r"\D", "", new[1])) * 100 + int((new[2] or ",00")[1:])
    return found


# --- the whole way ------------------------------------------------------------------------


def cents(written_amount: str) -> int:
    return int(written_amount.replace(",", ""))
