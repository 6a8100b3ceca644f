"""Joins the rooms when Django starts."""

from importlib import import_module

from django.apps import AppConfig


class Config(AppConfig):
    name = "zielwerk.config"
    label = "config"

    def ready(self) -> None:
        # Wiring imports models, which exist only once every app is loaded.
        import_module("zielwerk.config.wiring").wire()
        import_module("zielwerk.config.checks")
