"""After every migration: the database's guards and the head of the audit chain.

The only signal in the house.
"""

from typing import Any

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate

from zielwerk.core import guards


class CoreConfig(AppConfig):
    name = "zielwerk.core"

    def ready(self) -> None:
        post_migrate.connect(install, sender=self, dispatch_uid="guards")


def install(using: str, **_: Any) -> None:
    apps.get_model("core", "AuditHead").objects.using(using).get_or_create(pk=1)
    guards.install_all(using)
