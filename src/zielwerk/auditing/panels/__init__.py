"""What pages show of the log, of its verifications, and of looks at data of persons."""

from zielwerk.auditing.panels.log import ENTRIES
from zielwerk.auditing.panels.looks import INQUIRIES, OPENED
from zielwerk.auditing.panels.verifications import VERIFICATIONS

__all__ = ["ENTRIES", "INQUIRIES", "OPENED", "VERIFICATIONS"]
