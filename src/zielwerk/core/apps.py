"""Around every migration: the database's guards and the head of the audit chain.

While tables are rebuilt, the guards are down: on SQLite a rebuild copies and drops a table,
which a guard would take for tampering. These are the only signals in the house.

``BEFORE`` and ``AFTER`` are called around it with the name of the database; wiring fills them.
"""

from collections.abc import Callable, Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import get_language

from zielwerk.core import guards, words
from zielwerk.language import PAGE

BEFORE: list[Callable[[str], None]] = []
AFTER: list[Callable[[str], None]] = []


class CoreConfig(AppConfig):
    name = "zielwerk.core"

    def ready(self) -> None:
        PAGE.language = lambda: (get_language() or "de")[:2]
        pre_migrate.connect(take_down, sender=self, dispatch_uid="guards")
        post_migrate.connect(install, sender=self, dispatch_uid="guards")


def take_down(using: str, plan: Sequence[object], **_: Any) -> None:
    for call in BEFORE:
        call(using)
    if plan:  # nothing to migrate, nothing to open
        guards.remove_all(using)


def install(using: str, **_: Any) -> None:
    apps.get_model("core", "AuditHead").objects.using(using).get_or_create(pk=1)
    if renamed := words.renamed(using):
        guards.remove_all(using)
        for rows, key in renamed:
            rows.update(**key)
    guards.install_all(using)
    for call in AFTER:
        call(using)
