"""What flowed between two accounts, summed by day and by month.

Kept by the database as transfers are inserted, beside the balances: pictures and past days
are sums over few rows, not over all transfers ever made.
"""

from django.db import models

from zielwerk.ledger.models.tables import Account


class FlowDay(models.Model):
    """What went from one account to another with one value date, recorded on one day."""

    source = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="+", verbose_name="von", db_index=False
    )
    target = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="+", verbose_name="nach", db_index=False
    )
    value_date = models.DateField("Wertstellung", db_index=True)
    recorded_on = models.DateField("Tag der Erfassung", db_index=True)
    amount_cents = models.BigIntegerField("Betrag in Cent")

    class Meta:
        verbose_name = "Tagesumsatz"
        verbose_name_plural = "Tagesumsätze"
        ordering = ["source", "target", "value_date", "recorded_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "target", "value_date", "recorded_on"], name="flow_day"
            )
        ]


class FlowMonth(models.Model):
    """The same by whole months, each named by its first day."""

    source = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="+", verbose_name="von", db_index=False
    )
    target = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="+", verbose_name="nach"
    )
    value_month = models.DateField("Monat der Wertstellung")
    recorded_month = models.DateField("Monat der Erfassung")
    amount_cents = models.BigIntegerField("Betrag in Cent")

    class Meta:
        verbose_name = "Monatsumsatz"
        verbose_name_plural = "Monatsumsätze"
        ordering = ["source", "target", "value_month", "recorded_month"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "target", "value_month", "recorded_month"], name="flow_month"
            )
        ]
