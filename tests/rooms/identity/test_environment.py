"""What the environment says of signing in: a value that cannot be meant ends the start."""

import pytest

from zielwerk.config.environment import OddValue, provider, second_factor

SOUND = {"ISSUER": "https://login.example.org", "CLIENT": "zielwerk", "SECRET": "s"}


def said(monkeypatch: pytest.MonkeyPatch, **values: str) -> None:
    for name, value in values.items():
        monkeypatch.setenv(f"ZIELWERK_OIDC_{name}", value)


def test_without_a_word_of_it_there_is_no_sign_in_service() -> None:
    assert provider() is None


def test_a_service_is_named_by_its_address_and_has_a_name_for_people(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said(monkeypatch, **SOUND)
    found = provider()
    assert found
    assert (found.issuer, found.client, found.name) == (
        "https://login.example.org",
        "zielwerk",
        "Anmeldedienst",
    )
    assert not found.is_strong
    assert "secret" not in repr(found)


@pytest.mark.parametrize(
    "odd",
    [
        {"ISSUER": "http://login.example.org"},
        {"ISSUER": "login.example.org"},
        {"ISSUER": "https://"},
        {"ISSUER": ""},
        {"CLIENT": ""},
        {"STRONG": "maybe"},
    ],
)
def test_an_odd_service_ends_the_start(
    monkeypatch: pytest.MonkeyPatch, odd: dict[str, str]
) -> None:
    said(monkeypatch, **{**SOUND, **odd})
    with pytest.raises(OddValue, match="ZIELWERK_OIDC_"):
        provider()


def test_a_slip_in_the_roles_lets_nobody_in_with_a_password_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert {"ministry", "authority", "body"} <= second_factor()
    assert "auditor" not in second_factor()
    monkeypatch.setenv("ZIELWERK_SECOND_FACTOR", "auditor, ministry")
    assert second_factor() == {"auditor", "ministry"}
    monkeypatch.setenv("ZIELWERK_SECOND_FACTOR", "ministery")
    with pytest.raises(OddValue, match="ministry"):
        second_factor()
