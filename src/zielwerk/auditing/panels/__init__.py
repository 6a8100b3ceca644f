"""What pages show of the log and of its verifications."""

from zielwerk.auditing.panels.log import ENTRIES
from zielwerk.auditing.panels.verifications import VERIFICATIONS

__all__ = ["ENTRIES", "VERIFICATIONS"]
