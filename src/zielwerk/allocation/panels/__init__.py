"""What pages of scenarios and allocations show."""

from zielwerk.allocation.panels.told import TELLING

__all__ = ["TELLING"]
