"""Pages as a crawler reads them: links, forms, headings, what people see of the text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.test import Client
from django.urls import ResolverMatch, resolve

SITE = "http://testserver"
_LINK = re.compile(r'<a\b[^>]*?\shref="([^"#]+)')
_FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.DOTALL)
_FIELD = re.compile(
    r"<input\b(?P<input>[^>]*)>"
    r"|<textarea\b(?P<area>[^>]*)>(?P<text>.*?)</textarea>"
    r"|<select\b(?P<select>[^>]*)>(?P<options>.*?)</select>",
    re.DOTALL,
)
_BUTTON = re.compile(r'<button\b([^>]*\bformaction="[^"]*"[^>]*)>')
_OPTION = re.compile(r'<option value="([^"]*)"([^>]*)>')
_UNSEEN = re.compile(r"<(script|style|template)\b.*?</\1>|<!--.*?-->", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Form:
    """A form: where it goes, what it sends as it stands, what each choice offers.

    ``boxes`` are its check boxes with what each sends where it is ticked, ``posts`` the
    addresses to which it or one of its buttons posts, ``gets`` those to which a button leads.
    """

    method: str
    action: str
    fields: dict[str, str]
    choices: dict[str, list[str]]
    boxes: dict[str, str]
    posts: list[str]
    gets: list[str]


def links(html: str, here: str) -> Iterator[str]:
    """Addresses on this site that a page leads to."""
    for found in _LINK.findall(html):
        whole = urlsplit(urljoin(SITE + here, unescape(found)))
        if f"{whole.scheme}://{whole.netloc}" == SITE and not whole.path.startswith("/static/"):
            yield whole.path + (f"?{whole.query}" if whole.query else "")


def forms(html: str, here: str) -> Iterator[Form]:
    """The forms of a page."""
    for said, body in _FORM.findall(html):
        form = Form(
            _attribute(said, "method").lower() or "get",
            urljoin(here, _attribute(said, "action") or here),
            {},
            {},
            {},
            [],
            [],
        )
        for button in _BUTTON.findall(body):
            method = _attribute(button, "formmethod").lower() or form.method
            to = form.posts if method == "post" else form.gets
            to.append(_attribute(button, "formaction"))
        if form.method == "post":
            form.posts.append(form.action)
        for field in _FIELD.finditer(body):
            _fill(form, field)
        yield form


def _fill(form: Form, field: re.Match[str]) -> None:
    """Put a field into its form, as a browser would send it untouched."""
    said = field["input"] or field["area"] or field["select"] or ""
    name, value, kind = (_attribute(said, each) for each in ("name", "value", "type"))
    if not name or kind == "submit":
        return
    if kind in ("radio", "checkbox"):
        value = value or "on"
        if kind == "checkbox":
            form.boxes[name] = value
        else:
            form.choices.setdefault(name, []).append(value)
        if re.search(r"\schecked\b", said):
            form.fields[name] = value
    elif field["select"]:
        options = [(unescape(value), "selected" in more) for value, more in _options(field)]
        form.choices[name] = [value for value, _ in options]
        chosen = [value for value, is_chosen in options if is_chosen]
        form.fields[name] = [*chosen, *form.choices[name], ""][0]
    else:
        form.fields[name] = unescape(field["text"]).lstrip("\n") if field["area"] else value


def _options(field: re.Match[str]) -> list[tuple[str, str]]:
    return _OPTION.findall(field["options"])


def _attribute(said: str, name: str) -> str:
    found = re.search(rf'\b{name}="([^"]*)"', said)
    return unescape(found[1]) if found else ""


def visible(html: str) -> str:
    """What people read of a page."""
    return " ".join(unescape(_TAG.sub(" ", _UNSEEN.sub(" ", html))).split())


def route(address: str) -> ResolverMatch:
    return _resolved(urlsplit(address).path, settings.ROOT_URLCONF)


@lru_cache(100_000)
def _resolved(path: str, site: Any) -> ResolverMatch:
    """Pages lead to the same addresses again and again; a site's programme names some of them."""
    return resolve(path, site)


def press(client: Client, page: str, action: str, *, is_ticked: bool = False, **typed: Any) -> str:
    """Send the form of a page that goes where this says, filled in; where that leads to."""
    answer = client.get(page, follow=True)
    html = answer.content.decode()
    found = [
        (form, address)
        for form in forms(html, page)
        for address in form.posts
        if urlsplit(address).path == action
    ]
    assert found, f"{page} ({answer.status_code}) has no form for {action}: {visible(html)[:2000]}"
    form, address = found[0]
    ticked = form.boxes if is_ticked else {}
    sent = client.post(address, {**form.fields, **ticked, **typed}, follow=True)
    shown = visible(sent.content.decode())
    assert sent.status_code == 200, f"{action}: {sent.status_code} {shown[:2000]}"
    return str(sent.request["PATH_INFO"])


def take(client: Client, case: str, step: str, **typed: Any) -> str:
    """Take a step of a case on the page that asks for it."""
    return press(client, f"{case}/{step}", f"{case}/{step}", **typed)
