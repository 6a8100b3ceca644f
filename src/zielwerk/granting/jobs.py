"""What is done as the server starts: days are reckoned anew, for more may be known than before."""

from django.apps import apps
from django.conf import settings
from django.db import connections
from django.utils import timezone

from zielwerk.granting import actions, queries
from zielwerk.granting.models import ReckonedDays
from zielwerk.identity.actions import Operator

REVIEWER = "cli:days"


def reckon_anew(using: str) -> None:
    """After a migrate: reckon the days of notices that were sent, and report what changed."""
    there = connections[using].introspection.table_names()
    if using != "default" or ReckonedDays._meta.db_table not in there or not apps.ready:
        return
    if queries.stale(settings.PROGRAMME):
        actions.reckon_all(Operator(REVIEWER), settings.PROGRAMME, at=timezone.now())
