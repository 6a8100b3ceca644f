"""The addresses that the software keeps for itself, so that no programme publishes there."""

import re

from django.conf import settings
from django.urls import get_resolver

from zielwerk.packs import loading as packs
from zielwerk.packs.programme_folder import TAKEN


def test_the_addresses_no_programme_may_take_are_those_that_the_software_has() -> None:
    own = packs.programme(settings.PROGRAMME).document.address
    routes = set(settings.STATIC_URL.strip("/").split("/")[:1])
    for included in get_resolver().url_patterns:
        base = str(included.pattern)
        inner = getattr(included, "url_patterns", ())
        routes |= {base + str(each.pattern) for each in inner} if inner else {base}
    first = {re.split(r"[/.]", route)[0] for route in routes}
    assert first - {"", own} == TAKEN
