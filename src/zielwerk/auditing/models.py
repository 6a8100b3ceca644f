"""Verifications of the log, and inquiries into who looked at data of persons."""

from django.db import models

from zielwerk.core.fields import GermanTextField
from zielwerk.core.models import Job, Sealed
from zielwerk.identity.models import User
from zielwerk.rulebook.refusal import Said, msg


class Verification(Sealed):
    """One proof of the chain, of what is sealed in it and of the books, with its result.

    ``entry`` and ``hash`` are the seal until which the chain was proved, ``kept_seal`` the one
    that it was compared with. ``counted`` says by kind of thing how many were looked at, in the
    order in which it was done. ``faults`` are the sentences of what was found: msgid, rule and
    values; of very many only the first are kept, ``fault_number`` counts all.
    """

    seal_name = "verification"

    begun_by = models.CharField("begonnen von", max_length=80)
    begun_at = models.DateTimeField("begonnen")
    kept_seal = models.CharField("verglichen mit dem Siegel", max_length=90, blank=True)
    job = models.ForeignKey(
        Job,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="Auftrag",
    )
    concluded_at = models.DateTimeField("beendet", null=True, blank=True)
    entry = models.BigIntegerField("geprüft bis Eintrag", default=0)
    hash = models.CharField("Prüfsumme dieses Eintrags", max_length=64, blank=True)
    counted = models.JSONField("geprüft", default=list)
    fault_number = models.PositiveIntegerField("Mängel", default=0)
    faults = models.JSONField("Sätze der Mängel", default=list)

    class Meta:
        verbose_name = msg("Prüfung des Protokolls")
        verbose_name_plural = "Prüfungen des Protokolls"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(fault_number=0) | models.Q(concluded_at__isnull=False),
                name="verification_faults_at_its_end",
            )
        ]

    def __str__(self) -> str:
        return f"{self.pk}"

    @property
    def seal(self) -> str:
        """The seal until which it goes, as it is kept outside; empty until it is done."""
        return f"{self.entry}:{self.hash}" if self.hash else ""

    @property
    def said_faults(self) -> list[Said]:
        """What was found, a sentence each."""
        return [Said(one["msgid"], one["params"]) for one in self.faults]


class Inquiry(Sealed):
    """Somebody wants to know who looked at a person's data, or at whose data a person looked.

    She says for what; a second person releases it, and from then on it is open to her for some
    days. ``asked_by`` and ``released_by`` are names of the audit chain.
    """

    seal_name = "inquiry"

    class About(models.TextChoices):
        SHOWN = "shown", msg("wer die Daten dieser Person angesehen hat")
        LOOKING = "looking", msg("wessen Daten diese Person angesehen hat")

    person = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", verbose_name="Person"
    )
    about = models.CharField("Gegenstand", max_length=10, choices=About)
    purpose = GermanTextField("Zweck", max_length=500)
    asked_by = models.CharField("beantragt von", max_length=80)
    asked_at = models.DateTimeField("beantragt")
    released_by = models.CharField("freigegeben von", max_length=80, blank=True)
    released_at = models.DateTimeField("freigegeben", null=True, blank=True)
    expires_at = models.DateTimeField("offen bis", null=True, blank=True)

    class Meta:
        verbose_name = msg("Antrag auf Einsicht")
        verbose_name_plural = "Anträge auf Einsicht"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(released_by="", released_at=None, expires_at=None)
                | ~models.Q(released_by="") & models.Q(released_at__isnull=False),
                name="inquiry_released_by_somebody",
            ),
            models.CheckConstraint(
                condition=~models.Q(released_by=models.F("asked_by")),
                name="inquiry_four_eyes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"
