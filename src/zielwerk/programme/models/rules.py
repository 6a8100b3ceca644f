"""Rules as they were when something was done under them."""

from django.db import models

from zielwerk.core.models import Sealed


class RuleVersion(Sealed):
    """The whole rule-set of a programme year, kept when the first act is done under it.

    ``version`` is the digest of the pack's data, ``rules`` its whole content then
    (:class:`~zielwerk.packs.model.Year` as JSON). Packs change; what was done under a rule
    keeps it.
    """

    seal_name = "rules"

    programme = models.CharField("Programm", max_length=40)
    year = models.PositiveSmallIntegerField("Programmjahr")
    version = models.CharField("Regelfassung", max_length=64)
    rules = models.JSONField("Regeln")
    kept_at = models.DateTimeField("festgehalten")

    class Meta:
        verbose_name = "Regelfassung"
        verbose_name_plural = "Regelfassungen"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "year", "version"], name="rule_version_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.programme} {self.year} {self.version}"

    def sealed_facts(self) -> object:
        return [self.programme, self.year, self.version, self.rules, self.kept_at]
