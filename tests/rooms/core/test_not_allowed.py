"""An address that is only pressed, opened like a page."""

from django.test import Client

from tests.stage import signed_in
from zielwerk.config import world


def test_a_button_s_address_opened_as_a_page_says_so_in_the_house_s_layout(
    cast: world.Cast,
) -> None:
    for client in (Client(), signed_in(cast.officer)):
        response = client.get("/abmelden")
        assert response.status_code == 405
        assert response["Allow"] == "POST"
        page = response.content.decode()
        assert "<h1>Diese Adresse ist keine Seite</h1>" in page
        assert 'href="/zielvereinbarungen"' in page  # the way on: the main navigation
