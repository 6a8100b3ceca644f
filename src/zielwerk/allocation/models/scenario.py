"""Allocation scenarios, and the allocations of a decided one."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from django.db import models
from django.utils import timezone

from zielwerk.allocation.models.needs import IndicatorData
from zielwerk.core.cases import Case
from zielwerk.core.fields import GermanField
from zielwerk.core.models import Sealed
from zielwerk.core.words import BodyKey, SearchText, SortKey, body_of
from zielwerk.rulebook.allocation import changed_total
from zielwerk.rulebook.planning import Fund
from zielwerk.rulebook.refusal import msg


def end_of(total_cents: int, key: Mapping[str, Any]) -> int:
    """What is shared out in the end: the total with the key's change across the board."""
    percent = key.get("across_percent")
    percent = None if percent is None else Fraction(percent)
    return changed_total(total_cents, percent, key.get("across_cents"))


class Scenario(Case):
    """One way to share the money of a programme year among its bodies (Verteilszenario).

    ``earmark`` is the purpose whose money it shares, empty for the general money. ``total_cents``
    is the total before the key's change across the board, ``end_cents`` what is shared out. ``key``
    holds the key (``rounding_cents``, ``base_cents``, ``floor_cents``, ``cap_cents``,
    ``max_change_percent``, ``across_percent``, ``across_cents``, ``method``, ``weights`` by
    indicator), ``overrides`` the amounts set by hand as ``{ags: {"amount_cents", "reason"}}``.
    ``compared`` are the bodies' holdings when it was put forward, ``result`` the amounts put
    forward (both ``{ags: cents}``): the second person decides from those holdings and exactly
    those amounts. ``figures`` is what the page showed when it was put forward, anew when it was
    decided (see :func:`zielwerk.allocation.actions.figures.figures_of`); None where that was
    not kept.
    """

    seal_name = "scenario"

    earmark = models.CharField("Zweckbindung", max_length=60, blank=True, default="")
    name = GermanField("Name", max_length=80)
    name_key = SortKey("Sortierschlüssel", of=("name",))
    search_text = SearchText("Suchtext", of=("file_number", "name", "comment"))
    comment = GermanField("Anmerkung", max_length=1000, blank=True, default="")
    total_cents = models.BigIntegerField("Ausgangssumme in Cent")
    end_cents = models.BigIntegerField("zu verteilen in Cent")
    key = models.JSONField("Schlüssel")
    data = models.ForeignKey(
        IndicatorData, on_delete=models.PROTECT, related_name="+", verbose_name="Datenstand"
    )
    overrides = models.JSONField("von Hand gesetzt", default=dict)
    result = models.JSONField("vorgelegte Beträge", default=dict)
    compared = models.JSONField("Beträge bei der Vorlage", default=dict)
    figures = models.JSONField("festgehaltene Zahlen", null=True, default=None)
    rule_version = models.CharField("Regelfassung", max_length=64)
    begun_by = models.CharField("begonnen von", max_length=80)
    begun_at = models.DateTimeField(msg("begonnen"))
    proposed_by = models.CharField("vorgelegt von", max_length=80, blank=True, default="")
    proposed_at = models.DateTimeField(msg("vorgelegt"), null=True, blank=True)
    decided_by = models.CharField("entschieden von", max_length=80, blank=True, default="")
    decided_at = models.DateTimeField(msg("entschieden"), null=True, blank=True)

    class Meta:
        verbose_name = msg("Verteilszenario")
        verbose_name_plural = msg("Verteilung")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(total_cents__gt=0), name="scenario_total_positive"
            ),
            models.CheckConstraint(
                condition=models.Q(decided_by="") | ~models.Q(decided_by=models.F("proposed_by")),
                name="scenario_four_eyes",
            ),
            models.CheckConstraint(
                condition=models.Q(decided_by="") | ~models.Q(proposed_by=""),
                name="scenario_decided_by_two",
            ),
        ]
        indexes = [models.Index(fields=["programme", "year"], name="scenario_of_year")]

    def __str__(self) -> str:
        return f"{self.file_number} {self.name}"

    @property
    def fund(self) -> Fund:
        return Fund(self.programme, self.year, self.earmark)

    @property
    def day(self) -> date:
        """The day whose rules count: of the decision, before it of the proposal or the start."""
        return timezone.localdate(self.decided_at or self.proposed_at or self.begun_at)

    def sealed_facts(self) -> object:
        """All columns; figures only where they were kept, as of cases from before they were."""
        facts: list[list[object]] = super().sealed_facts()  # type: ignore[assignment]
        return [fact for fact in facts if fact != ["figures", None]]

    def share_out(self, total_cents: int, key: Mapping[str, Any]) -> None:
        """Take another total and key; what is shared out in the end follows."""
        self.total_cents, self.key = total_cents, dict(key)
        self.end_cents = end_of(total_cents, key)


class BodyAllocation(Sealed):
    """One body's amount by a decided scenario, with the arithmetic that led to it.

    ``before_cents`` is the body's holding for this purpose until then, ``amount_cents`` from
    then on. ``arithmetic`` holds the body's own terms and no other body's, and its ``kinds``:
    what it has of each kind of money from then on (source, budget year, due year, cents).
    """

    seal_name = "allocation"

    scenario = models.ForeignKey(
        Scenario,
        on_delete=models.PROTECT,
        related_name="allocations",
        verbose_name="Verteilszenario",
    )
    programme = models.CharField("Programm", max_length=40)
    year = models.PositiveSmallIntegerField("Programmjahr")
    earmark = models.CharField("Zweckbindung", max_length=60, blank=True, default="")
    ags = models.CharField("Schlüssel", max_length=12)
    body_name = GermanField("Gebietskörperschaft", max_length=120)
    body_key = BodyKey("Sortierschlüssel", of=("programme", "ags", "body_name"))
    search_text = SearchText("Suchtext", of=("body_name", "year", "file_number"))
    before_cents = models.BigIntegerField("bisher in Cent")
    amount_cents = models.BigIntegerField("Betrag in Cent")
    arithmetic = models.JSONField("Rechenweg")
    decided_at = models.DateTimeField(msg("entschieden"))

    class Meta:
        verbose_name = "Mittelzuweisung"
        verbose_name_plural = "Mittelzuweisungen"
        ordering = ["-year", "body_key", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["scenario", "ags"], name="allocation_once"),
            models.CheckConstraint(
                condition=models.Q(amount_cents__gte=0), name="allocation_not_negative"
            ),
        ]
        indexes = [models.Index(fields=["ags", "programme", "year"], name="allocation_of_body")]

    def __str__(self) -> str:
        return f"Mittelzuweisung {self.year} {body_of(self)}"

    @property
    def file_number(self) -> str:
        """The number of the scenario that was decided."""
        return self.scenario.file_number

    @property
    def fund(self) -> Fund:
        return Fund(self.programme, self.year, self.earmark)
