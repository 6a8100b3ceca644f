"""What was taken on record while the installation was set up."""

from django.db import models

from zielwerk.core.models import Sealed
from zielwerk.rulebook.refusal import msg


class SetupStep(Sealed):
    """A step of the setup that was taken, and what it was about then.

    ``facts`` hold names of organisations, keys and settings; never a secret or a person.
    """

    class Step(models.TextChoices):
        PROGRAMME = "programme", msg("Programm und Jahre")
        MINISTRY = "ministry", msg("Ministerium")
        AUTHORITIES = "authorities", msg("Bewilligungsbehörden")
        BODIES = "bodies", msg("Gebietskörperschaften")
        ADDRESS = "address", msg("Adresse der Seiten")
        MAIL = "mail", msg("E-Mail-Versand")
        ADMINISTRATOR = "administrator", msg("Erste Personenverwaltung")

    seal_name = "setup_step"

    step = models.CharField("Schritt", max_length=20, choices=Step, unique=True)
    facts = models.JSONField("Angaben", default=dict)
    taken_by = models.CharField("erledigt von", max_length=80)
    taken_at = models.DateTimeField("erledigt")

    class Meta:
        verbose_name = "Schritt der Einrichtung"
        verbose_name_plural = "Schritte der Einrichtung"
        ordering = ["id"]


class SetupCode(models.Model):
    """The one code by which the first page opens; only its digest is kept.

    Once somebody typed it in, it is the digest of what her browser keeps in its place.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    digest = models.CharField("Prüfsumme", max_length=64)
    made_at = models.DateTimeField("ausgestellt")

    class Meta:
        verbose_name = "Einrichtungscode"
        verbose_name_plural = "Einrichtungscodes"
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="setup_one_code")]
