"""What a person says of how she is told, what the worker tells, and what the outbox does."""

from zielwerk.messaging.actions.choosing import Choice, choose
from zielwerk.messaging.actions.marking import mark_read

__all__ = ["Choice", "choose", "mark_read"]
