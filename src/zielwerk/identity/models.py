"""Persons who act in the system, and the one-time links by which they come in."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from zielwerk.core.digests import keyed_digest
from zielwerk.core.fields import GermanField
from zielwerk.core.models import Sealed
from zielwerk.core.permissions import WHOLE, Perimeter
from zielwerk.rulebook.refusal import Refusal, msg


class Role(models.TextChoices):
    """For whom a person acts; the value is the role's name in the permission table."""

    MINISTRY = "ministry", msg("Ministerium")
    AUTHORITY = "authority", msg("Bewilligungsbehörde")
    BODY = "body", msg("Gebietskörperschaft")
    PROVIDER = "provider", msg("Träger")
    AUDITOR = "auditor", msg("Prüfung")


class User(Sealed, AbstractBaseUser):
    """A person with one role in one organisation.

    ``ags`` is the key of the body for which a person acts, or one of its Träger;
    ``organisation_code`` is the code of a granting authority in the pack. Both are empty for
    those who see the whole programme. ``seal_key`` is random and hers alone: under it her seal
    covers who she is, and once it is erased nobody can find out from the seal who she was.
    """

    seal_name = "person"

    email = models.EmailField("E-Mail-Adresse", unique=True)
    name = models.CharField("Name", max_length=120)
    function = GermanField("Funktion", max_length=120, blank=True)
    role = models.CharField("Rolle", max_length=20, choices=Role)
    organisation = GermanField("Organisation", max_length=200)
    organisation_code = models.CharField("Bewilligungsbehörde (Code)", max_length=60, blank=True)
    ags = models.CharField("Schlüssel der Gebietskörperschaft", max_length=12, blank=True)
    is_active = models.BooleanField("darf sich anmelden", default=True)
    is_demo = models.BooleanField("Person der Vorführung", default=False)
    seal_key = models.CharField("Schlüssel ihres Siegels", max_length=64, blank=True)

    objects = BaseUserManager["User"]()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name", "role", "organisation"]

    class Meta:
        verbose_name = msg("Person")
        verbose_name_plural = "Personen"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(role__in=["body", "provider"]) | ~models.Q(ags=""),
                name="user_body_has_perimeter",
            ),
            models.CheckConstraint(
                condition=models.Q(~models.Q(organisation_code=""), role="authority")
                | models.Q(~models.Q(role="authority"), organisation_code=""),
                name="user_authority_has_code",
            ),
        ]

    # Her authority's perimeter on the day she was let in; the day is for the doors to say.
    competence: Perimeter | None = None

    def __str__(self) -> str:
        return self.name

    def sealed_facts(self) -> object:
        """What decides a person's permissions, and under her key who she is.

        Of an erased person what is left is sealed as it stands; there is no data of hers in it.
        """
        rights = [self.role, self.ags, self.organisation_code, self.is_active, self.is_demo]
        who = [self.email, self.name, str(self.function), str(self.organisation)]
        if self.seal_key:
            return [*rights, keyed_digest(self.seal_key, who)]
        return (
            rights if self.name else [*rights, *who]
        )  # the first: enrolled before there were keys

    @property
    def is_erased(self) -> bool:
        return not self.name

    @property
    def audit_name(self) -> str:
        return f"user:{self.pk}"

    @property
    def roles(self) -> frozenset[str]:
        return frozenset({self.role})

    @property
    def perimeter(self) -> Perimeter:
        """The bodies that she sees; of an authority's person only after she was let in."""
        if self.ags:
            return Perimeter(frozenset({self.ags}))
        if not self.organisation_code:
            return WHOLE
        if self.competence is None:
            raise RuntimeError("whoever acts for an authority is let in on a day first")
        return self.competence


class OneTimeLink(Sealed):
    """A link by which a person sets, once, how she signs in; only its digest is kept.

    Of her links only the newest is good: a newer one makes it void. ``made_by`` is a name of the
    audit chain; ``recovers`` says that what she had before was made void with it.
    """

    seal_name = "one_time_link"

    person = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="links", verbose_name="Person"
    )
    digest = models.CharField("Prüfsumme des Schlüssels", max_length=64, unique=True)
    made_by = models.CharField("ausgestellt von", max_length=80)
    recovers = models.BooleanField("stellt den Zugang wieder her", default=False)
    made_at = models.DateTimeField("ausgestellt")
    expires_at = models.DateTimeField("gilt bis")
    used_at = models.DateTimeField("benutzt", null=True, blank=True)

    class Meta:
        verbose_name = "Einmal-Link"
        verbose_name_plural = "Einmal-Links"
        ordering = ["-id"]


class SignInEvent(models.Model):
    """An attempt to sign in and what became of it, or a sign-out; kept for some weeks.

    No entry of the audit chain: nobody decides anything by it. ``address`` and ``network`` are
    keyed digests of what was typed and where it came from, so that attempts can be counted.
    """

    class Kind(models.TextChoices):
        FAILED = "failed", msg("fehlgeschlagen")
        HELD_OFF = "held_off", msg("abgewiesen nach zu vielen Versuchen")
        PASSED = "passed", msg("bestätigt")
        SIGNED_IN = "signed_in", msg("angemeldet")
        SIGNED_OUT = "signed_out", msg("abgemeldet")

    class Way(models.TextChoices):
        PASSWORD = "password", msg("Passwort")
        CODE = "code", msg("Einmal-Code")
        PASSKEY = "passkey", msg("Passkey")
        PROVIDER = "provider", msg("Anmeldedienst")
        LINK = "link", msg("Einmal-Link")
        DEMO = "demo", msg("Vorführung")

    at = models.DateTimeField("Zeitpunkt", db_index=True)
    kind = models.CharField("Ereignis", max_length=10, choices=Kind)
    way = models.CharField("Weg", max_length=10, choices=Way)
    person = models.ForeignKey(
        User,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="sign_ins",
        verbose_name="Person",
    )
    address = models.CharField("Prüfsumme der Adresse", max_length=64, blank=True)
    network = models.CharField("Prüfsumme des Netzes", max_length=64, blank=True)

    class Meta:
        verbose_name = "Anmeldeereignis"
        verbose_name_plural = "Anmeldeereignisse"
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["address", "at"], name="sign_in_by_address"),
            models.Index(fields=["network", "at"], name="sign_in_by_network"),
        ]


RACES = {
    "identity_user.email": Refusal(
        "identity.email_taken", msg("Mit dieser E-Mail-Adresse ist schon jemand angelegt.")
    ),
    "identity_user_email": Refusal(
        "identity.email_taken", msg("Mit dieser E-Mail-Adresse ist schon jemand angelegt.")
    ),
    "user_body_has_perimeter": Refusal(
        "identity.no_perimeter",
        msg("Zu dieser Rolle gehört der Schlüssel der Gebietskörperschaft."),
    ),
    "user_authority_has_code": Refusal(
        "identity.no_authority",
        msg(
            "Zur Rolle „Bewilligungsbehörde“, und nur zu ihr, gehört der Code einer Behörde des "
            "Programms."
        ),
    ),
}
