"""Persons who act in the system, their posts, who stands in for them, how they come in."""

from dataclasses import dataclass
from datetime import date
from typing import Optional

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from zielwerk.core import capacity, roles
from zielwerk.core.digests import keyed_digest
from zielwerk.core.fields import GermanField
from zielwerk.core.models import Sealed
from zielwerk.core.permissions import Perimeter
from zielwerk.core.words import SearchText, SortKey
from zielwerk.rulebook.refusal import Refusal, msg


@dataclass(frozen=True)
class House:
    """An organisation for which people act: its side, and its key on that side.

    ``ags`` is a body's key, ``organisation_code`` an authority's code in the pack, ``party`` the
    number of a Träger among the parties, 0 for others; ministry and auditors have none.
    """

    side: str
    organisation_code: str = ""
    ags: str = ""
    party: int = 0


class User(Sealed, AbstractBaseUser):
    """A person; as what and for whom she acts say her posts.

    ``seal_key`` is random and hers alone: under it her seal covers who she is, and once it is
    erased nobody can find out from the seal who she was.
    """

    seal_name = "person"

    email = models.EmailField("E-Mail-Adresse", unique=True)
    name = models.CharField("Name", max_length=120)
    name_key = SortKey("Sortierschlüssel", of=("name",))
    search_text = SearchText("Suchtext", of=("name", "email", "function"))
    function = GermanField("Funktion", max_length=120, blank=True)
    is_active = models.BooleanField("darf sich anmelden", default=True)
    is_demo = models.BooleanField("Person der Vorführung", default=False)
    seal_key = models.CharField("Schlüssel ihres Siegels", max_length=64, blank=True)

    objects = BaseUserManager["User"]()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = msg("Person")
        verbose_name_plural = "Personen"
        ordering = ["id"]

    # As what she acts, from the day she was let in; the day is for the doors to say.
    acting: Optional["Capacity"] = None

    def __str__(self) -> str:
        return self.name

    def sealed_facts(self) -> object:
        """Whether a person may sign in, and under her key who she is.

        Of an erased person what is left is sealed as it stands; there is no data of hers in it.
        """
        rights = [self.is_active, self.is_demo]
        who = [self.email, self.name, str(self.function)]
        return [*rights, keyed_digest(self.seal_key, who)] if self.seal_key else [*rights, *who]

    @property
    def is_erased(self) -> bool:
        return not self.name

    @property
    def let_in(self) -> "Capacity":
        """As what she acts; only after she was let in on a day."""
        if self.acting is None:
            raise RuntimeError("whoever acts is let in on a day first")
        return self.acting

    @property
    def audit_name(self) -> str:
        return self.acting.audit_name if self.acting else capacity.name(self.pk)

    @property
    def roles(self) -> frozenset[str]:
        return self.let_in.roles

    @property
    def house(self) -> House:
        return self.let_in.house

    @property
    def side(self) -> str:
        return self.let_in.house.side

    @property
    def ags(self) -> str:
        return self.let_in.house.ags

    @property
    def organisation_code(self) -> str:
        return self.let_in.house.organisation_code

    @property
    def party(self) -> int:
        return self.let_in.house.party

    @property
    def organisation(self) -> str:
        """The name of the organisation for which she acts; empty where she does not act."""
        return self.acting.organisation if self.acting else ""

    @property
    def perimeter(self) -> Perimeter:
        return self.let_in.perimeter

    @property
    def absent(self) -> Optional["User"]:
        """For whom she stands in just now."""
        return self.let_in.absent

    def get_role_display(self) -> str:
        """The German name of the side on which she acts."""
        return roles.SIDE_LABELS[self.side]


ROLE_CHOICES = [(role.name, role.label) for role in roles.ROLES.values()]


class Post(Sealed):
    """What a person is for an organisation, from a day on and perhaps until one, both included.

    ``organisation`` is its name. A post ends at once where it is ended; it is never removed, since
    what was done from it rests on it.
    """

    seal_name = "post"

    person = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="posts", verbose_name="Person"
    )
    role = models.CharField("Rolle", max_length=30, choices=ROLE_CHOICES)
    organisation = GermanField("Organisation", max_length=200)
    organisation_code = models.CharField("Bewilligungsbehörde (Code)", max_length=60, blank=True)
    ags = models.CharField("Schlüssel der Gebietskörperschaft", max_length=12, blank=True)
    party = models.PositiveBigIntegerField("Nummer des Trägers", default=0)
    valid_from = models.DateField("gilt ab")
    valid_until = models.DateField("gilt bis", null=True, blank=True)
    ended_at = models.DateTimeField("beendet", null=True, blank=True)

    class Meta:
        verbose_name = msg("Stelle")
        verbose_name_plural = "Stellen"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(role__startswith="body_") & ~Q(ags="")
                | ~Q(role__startswith="body_") & Q(ags=""),
                name="post_body_has_key",
            ),
            models.CheckConstraint(
                condition=Q(role__startswith="authority_") & ~Q(organisation_code="")
                | ~Q(role__startswith="authority_") & Q(organisation_code=""),
                name="post_authority_has_code",
            ),
            models.CheckConstraint(
                condition=Q(role__startswith="provider_") & ~Q(party=0)
                | ~Q(role__startswith="provider_") & Q(party=0),
                name="post_provider_has_party",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="post_in_order",
            ),
            models.UniqueConstraint(
                fields=["person", "role", "organisation_code", "ags", "party"],
                condition=Q(ended_at__isnull=True),
                name="post_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"

    @property
    def house(self) -> House:
        return House(roles.side_of(self.role), self.organisation_code, self.ags, self.party)

    @property
    def label(self) -> str:
        """The German name of the role."""
        return roles.LABELS[self.role]

    def holds_on(self, day: date) -> bool:
        """Whether the post is held on a day."""
        is_over = self.ended_at is not None or bool(self.valid_until and self.valid_until < day)
        return self.valid_from <= day and not is_over


class Deputyship(Sealed):
    """A person stands in for another on a post, from a day to a day, both included."""

    seal_name = "deputyship"

    post = models.ForeignKey(
        Post, on_delete=models.PROTECT, related_name="deputyships", verbose_name="Stelle"
    )
    deputy = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="deputyships", verbose_name="Vertretung"
    )
    valid_from = models.DateField("gilt ab")
    valid_until = models.DateField("gilt bis")
    ended_at = models.DateTimeField("beendet", null=True, blank=True)

    class Meta:
        verbose_name = msg("Vertretung")
        verbose_name_plural = "Vertretungen"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__gte=F("valid_from")), name="deputyship_in_order"
            ),
            models.UniqueConstraint(
                fields=["post", "deputy"],
                condition=Q(ended_at__isnull=True),
                name="deputyship_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"

    def holds_on(self, day: date) -> bool:
        """Whether the deputy may stand in on a day."""
        return self.ended_at is None and self.valid_from <= day <= self.valid_until


@dataclass(frozen=True)
class Capacity:
    """As what and for whom a person acts: her posts in one organisation, or one of an absent's.

    ``is_first`` says that it is the organisation in which she first had a post.
    """

    person: User
    posts: tuple[Post, ...]
    perimeter: Perimeter
    absent: User | None = None
    is_first: bool = True

    @property
    def house(self) -> House:
        return self.posts[0].house

    @property
    def organisation(self) -> str:
        return self.posts[0].organisation

    @property
    def roles(self) -> frozenset[str]:
        return roles.held(frozenset(post.role for post in self.posts))

    @property
    def audit_name(self) -> str:
        post = None if self.is_first and not self.absent else self.posts[0].pk
        return capacity.name(self.person.pk, post, self.absent.pk if self.absent else None)


class Handover(Sealed):
    """What was open to a person who left went to another; ``cases`` are names in the chain."""

    seal_name = "handover"

    person = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="handovers", verbose_name="Person"
    )
    successor = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="taken_over", verbose_name="Übernahme durch"
    )
    cases = models.JSONField("Vorgänge", default=list)
    made_at = models.DateTimeField("übergeben")

    class Meta:
        verbose_name = msg("Übergabe")
        verbose_name_plural = "Übergaben"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.pk}"


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


EMAIL_TAKEN = Refusal(
    "identity.email_taken", msg("Mit dieser E-Mail-Adresse ist schon jemand angelegt.")
)
HELD = Refusal("identity.held", msg("Diese Person hat diese Stelle schon."))
DEPUTISES = Refusal("identity.deputises", msg("Diese Person vertritt diese Stelle schon."))
RACES = {
    "identity_user.email": EMAIL_TAKEN,
    "identity_user_email": EMAIL_TAKEN,
    "post_body_has_key": Refusal(
        "identity.no_perimeter",
        msg("Zu dieser Rolle, und nur zu ihr, gehört der Schlüssel der Gebietskörperschaft."),
    ),
    "post_authority_has_code": Refusal(
        "identity.no_authority",
        msg(
            "Zur Rolle „Bewilligungsbehörde“, und nur zu ihr, gehört der Code einer Behörde des "
            "Programms."
        ),
    ),
    "post_provider_has_party": Refusal(
        "identity.no_provider",
        msg("Zu einer Rolle beim Träger, und nur zu ihr, gehört ein Träger des Programms."),
    ),
    "post_in_order": Refusal(
        "identity.not_in_order", msg("Das Ende der Stelle liegt vor ihrem Beginn.")
    ),
    "post_once": HELD,
    "identity_post.person_id": HELD,
    "deputyship_once": DEPUTISES,
    "identity_deputyship.post_id": DEPUTISES,
    "deputyship_in_order": Refusal(
        "identity.deputy_not_in_order", msg("Das Ende der Vertretung liegt vor ihrem Beginn.")
    ),
}
