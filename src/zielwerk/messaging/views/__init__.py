"""The pages of what one is told."""

from zielwerk.messaging.views.calendar import calendar, renew_calendar, revoke_calendar
from zielwerk.messaging.views.choosing import choose
from zielwerk.messaging.views.notices import mark_read, notices
from zielwerk.messaging.views.outbox import drop, mail, outbox, try_again

__all__ = [
    "calendar",
    "choose",
    "drop",
    "mail",
    "mark_read",
    "notices",
    "outbox",
    "renew_calendar",
    "revoke_calendar",
    "try_again",
]
