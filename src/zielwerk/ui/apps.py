"""The kit of pages, as Django starts it."""

from django.apps import AppConfig

from zielwerk.language import PAGE
from zielwerk.ui import wording


class UiConfig(AppConfig):
    name = "zielwerk.ui"

    def ready(self) -> None:
        PAGE.fit = wording.fit
