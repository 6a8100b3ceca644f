"""When a person last said that she had seen what is new on her desk."""

from django.db import models

from zielwerk.core.models import Sealed
from zielwerk.identity.models import User
from zielwerk.rulebook.refusal import msg


class Look(Sealed):
    """Up to which moment a person has seen her desk; what came later is new to her."""

    seal_name = "look"

    person = models.OneToOneField(
        User, on_delete=models.PROTECT, related_name="+", verbose_name="Person"
    )
    seen_until = models.DateTimeField("gesehen bis")

    class Meta:
        verbose_name = msg("Blick auf den Arbeitsplatz")
        verbose_name_plural = "Blicke auf den Arbeitsplatz"

    def __str__(self) -> str:
        return f"{self.pk}"
