"""What leaves the house: mail and calendars."""

from zielwerk.messaging.letters.feed import feed
from zielwerk.messaging.letters.mails import Text, address, compose

__all__ = ["Text", "address", "compose", "feed"]
