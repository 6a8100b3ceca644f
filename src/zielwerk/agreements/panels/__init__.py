"""What pages of agreements show."""

from zielwerk.agreements.panels.planned import PARTS
from zielwerk.agreements.panels.told import TELLING
from zielwerk.agreements.panels.versions import RECORDS

__all__ = ["PARTS", "RECORDS", "TELLING"]
