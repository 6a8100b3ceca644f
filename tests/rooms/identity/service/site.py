"""What the service is beyond the library's server: its people, its keys and its faults."""

import json
from typing import Any

from allauth.account.models import EmailAddress
from allauth.idp.oidc.adapter import DefaultOIDCAdapter
from allauth.idp.oidc.models import Client, PrivateKey
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.urls import include, path

SECRET = "between the two of them"
PEOPLE = {"anna": True, "paul": True, "fremd": True, "unsicher": False}  # address proven?
FORM = """<!doctype html><html lang="de"><title>Anmeldedienst</title><h1>Anmeldedienst</h1>
<form method="post"><input type="hidden" name="csrfmiddlewaretoken" value="{0}">{1}</form>"""
BUTTON = '<button name="person" value="{0}">{0}</button>'


def how(name: str, usual: Any) -> Any:
    """How the service behaves just now."""
    file = settings.FOLDER / "how.json"
    return json.loads(file.read_text()).get(name, usual) if file.exists() else usual


def new_key() -> str:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    kind = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    return key.private_bytes(serialization.Encoding.PEM, *kind).decode()


KEYS = [new_key() for _ in range(2)]


class Adapter(DefaultOIDCAdapter):
    """The library's server with its faults."""

    def get_issuer(self) -> str:
        return str(how("calls_itself", super().get_issuer()))

    def get_user_sub(self, client: Any, user: Any) -> str:
        return str(how("subjects", {}).get(user.username, user.pk))

    def populate_id_token(self, id_token: dict[str, Any], *_: Any, **__: Any) -> None:
        for time in ("iat", "exp"):
            id_token[time] += how("seconds_ahead", 0)
        id_token |= how("claims", {})

    def list_private_keys(self, **_: Any) -> list[PrivateKey]:
        return [PrivateKey(pem=KEYS[number]) for number in how("shown_keys", [0])]

    def get_signing_key(self) -> PrivateKey:
        return PrivateKey(pem=KEYS[how("key", 0)])


def log_in(request: HttpRequest) -> HttpResponse:
    """Who is who at the service is not what is tried: a button each."""
    if request.method == "POST":
        login(request, User.objects.get(username=request.POST["person"]))
        return HttpResponseRedirect(request.GET["next"])
    return HttpResponse(FORM.format(get_token(request), "".join(map(BUTTON.format, PEOPLE))))


def fill(home: str) -> None:
    """Enrol its people, and the site that sends them here."""
    client = Client(id="zielwerk", name="Zielwerk", skip_consent=True)
    client.set_secret(SECRET)
    client.set_scopes(["openid", "profile", "email"])
    client.set_redirect_uris([f"{home}/anmelden/dienst/dienst"])
    client.set_post_logout_redirect_uris([f"{home}/anmelden"])
    client.save()
    for name, is_proven in PEOPLE.items():
        address = f"{name if is_proven else 'paul'}@example.org"
        EmailAddress.objects.create(
            user=User.objects.create(username=name),
            email=address,
            verified=is_proven,
            primary=True,
        )


urlpatterns = [path("log-in", log_in), path("", include("allauth.idp.urls"))]
