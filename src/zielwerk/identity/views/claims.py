"""What a sign-in service says of a person, believed only after every check.

The token is signed by a key of the service itself, for this installation, in answer to this very
request, and is good now; clocks may differ by a minute. Keys are fetched anew each time, so that
a service may change them whenever it likes.
"""

import hmac
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import jwt

LEEWAY = 60  # seconds by which clocks may differ
RSA, CURVES = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512"), ("ES256", "ES384", "ES512")
ALGORITHMS = (*RSA, *CURVES, "EdDSA")  # by a pair of keys; never by a secret both sides have


class NotBelieved(Exception):  # noqa: N818 - an answer of the world, not an error
    """A token that is not believed; the text says why, for the log."""


@dataclass(frozen=True)
class Expected:
    """Who must have made a token, for whom, and in answer to what."""

    issuer: str
    client: str
    nonce: str


def believed(token: str, keys: dict[str, Any], expected: Expected, at: datetime) -> dict[str, Any]:
    """The claims of a token; raises NotBelieved."""
    try:
        header = jwt.get_unverified_header(token)
        key = _key(keys, header)
        claims: dict[str, Any] = jwt.decode(
            token,
            key=key,
            algorithms=list(ALGORITHMS),
            audience=expected.client,
            issuer=expected.issuer,
            options={
                "require": ["exp", "iat", "iss", "aud", "sub"],
                "verify_exp": False,  # by our own clock, below
                "verify_iat": False,
                "verify_nbf": False,
            },
        )
    except (jwt.PyJWTError, ValueError) as error:
        raise NotBelieved(str(error)) from error
    _check_time(claims, at.timestamp())
    if not _is_same(claims.get("nonce"), expected.nonce):
        raise NotBelieved("the nonce is another one")
    if claims.get("azp", expected.client) != expected.client:
        raise NotBelieved("authorized for another client")
    return claims


def _is_same(said: object, expected: str) -> bool:
    return hmac.compare_digest(str(said).encode(), expected.encode())


def _key(keys: dict[str, Any], header: dict[str, Any]) -> Any:
    """The key of the service by which the token says that it is signed."""
    named = [key for key in keys.get("keys", ()) if key.get("kid") == header.get("kid")]
    if header.get("alg") not in ALGORITHMS or not named:
        raise NotBelieved("no such key")
    return jwt.PyJWK.from_json(json.dumps(named[0]), algorithm=header["alg"]).key


def _check_time(claims: dict[str, Any], now: float) -> None:
    times = [claims["exp"], claims["iat"], claims.get("nbf", claims["iat"])]
    if not all(isinstance(time, int | float) for time in times):
        raise NotBelieved("a time is no number")
    expires, issued, begins = times
    if expires <= now - LEEWAY:
        raise NotBelieved("expired")
    if max(issued, begins) > now + LEEWAY:
        raise NotBelieved("not yet good")
