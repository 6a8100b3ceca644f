"""Doors of the setup: the first page of an empty installation, and what is missing afterwards."""

from zielwerk.setup.views.checklist import checklist, step
from zielwerk.setup.views.first import FirstPage, begin, first_step

__all__ = ["FirstPage", "begin", "checklist", "first_step", "step"]
