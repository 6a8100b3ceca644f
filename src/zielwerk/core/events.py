"""What a lower room tells the rooms above it, inside the same transaction.

A verb that truly starts below publishes what happened; who listens stands in one dict in
`config/wiring.py`. A subscriber is an action and gets who did it and when.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from zielwerk.core.permissions import Actor

SUBSCRIBERS: dict[type, tuple[Callable[..., Any], ...]] = {}


def publish(actor: Actor, event: object, *, at: datetime) -> None:
    """Tell every subscriber of this kind of event."""
    for subscriber in SUBSCRIBERS.get(type(event), ()):
        subscriber(actor, event, at=at)
