"""A running sign-in service, and the browser of somebody who goes there and back."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import requests
from django.test import Client

from zielwerk.config.provider import Provider

SETTINGS = "tests.rooms.identity.service.settings"
SECRET = "between the two of them"
HOME = "http://localhost"


@dataclass
class Service:
    """A sign-in service in a process of its own."""

    folder: Path
    process: subprocess.Popen[str]
    port: str

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def goes(self, **how: Any) -> None:
        """From now on the service behaves so; in all else as it should."""
        (self.folder / "how.json").write_text(json.dumps(how))

    def provider(self, *, is_strong: bool = False) -> Provider:
        """The service as an installation names it."""
        return Provider(self.issuer, "zielwerk", SECRET, "Landeskonto", is_strong)

    def stop(self) -> None:
        self.process.terminate()
        self.process.communicate()


def start(folder: Path, home: str = HOME) -> Service:
    """A service to which a site sends people; it says its port once it answers."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.rooms.identity.service", home],
        env={
            **os.environ,
            "SERVICE_FOLDER": str(folder),
            "DJANGO_SETTINGS_MODULE": SETTINGS,
        },
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    return Service(folder, process, process.stdout.readline().strip())


@dataclass
class Browser:
    """The browser of one person: what she has of the site, and what of the service."""

    site: Client = field(default_factory=Client)
    there: requests.Session = field(default_factory=requests.Session)

    def __post_init__(self) -> None:
        self.site.defaults["SERVER_NAME"] = urlsplit(HOME).hostname

    def sent_away(self, wanted: str = "") -> str:
        """The address of the service that the site leads to."""
        answer = self.site.get("/anmelden/dienst", {"next": wanted})
        assert answer.status_code == 302, answer.content.decode()
        return str(answer["Location"])

    def answered(self, address: str, person: str) -> str:
        """The address on the site that the service leads back to."""
        answer = self.there.get(address, allow_redirects=False)
        if urlsplit(answer.headers.get("Location", "")).path == "/log-in":
            page = urljoin(address, answer.headers["Location"])
            self.there.get(page)
            typed = {"person": person, "csrfmiddlewaretoken": self.there.cookies["service_csrf"]}
            answer = self.there.post(page, typed, allow_redirects=False)
            asked = urljoin(address, answer.headers["Location"])
            answer = self.there.get(asked, allow_redirects=False)
        back: str = answer.headers["Location"]
        assert back.startswith(HOME), back
        return back.removeprefix(HOME)

    def enter(self, person: str = "paul", wanted: str = "") -> Any:
        """There and back; the site's answer."""
        return self.site.get(self.answered(self.sent_away(wanted), person))

    def is_in(self) -> bool:
        return self.site.get("/arbeit/zugang").status_code == 200
