"""Notices, how each person wants to be told, the outbox, the calendar of deadlines."""

from django.db import models
from django.db.models import Q

from zielwerk.core.fields import GermanField
from zielwerk.identity.models import User
from zielwerk.rulebook.refusal import msg


class Notice(models.Model):
    """What a person is told of: a record came into a state, by a verb that somebody else did.

    ``subject`` is the record's name in the audit chain, ``state`` the one into which a case came,
    ``actor`` who did it, ``since`` the moment of it. Nobody is told twice of one record in one
    state: the database says so, however often the chain is read.
    """

    person = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", verbose_name="Person"
    )
    subject = models.CharField("Gegenstand", max_length=80)
    verb = models.CharField("Handlung", max_length=80)
    state = models.CharField("Stand", max_length=60, blank=True)
    actor = models.CharField("handelnde Stelle", max_length=80)
    since = models.DateTimeField("geschehen")
    read_at = models.DateTimeField("gelesen", null=True, blank=True)

    class Meta:
        verbose_name = msg("Mitteilung")
        verbose_name_plural = "Mitteilungen"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["person", "subject", "since"], name="notice_once"),
        ]
        indexes = [
            models.Index(fields=["person", "-id"], name="notice_of_person"),
            models.Index(fields=["subject", "since"], name="notice_about"),
            models.Index(fields=["person", "-id"], condition=Q(read_at=None), name="notice_unread"),
        ]

    @property
    def is_read(self) -> bool:
        return self.read_at is not None


class FoundState(models.Model):
    """Since when a case was in its state when the chain was last read.

    Whoever changes a draft leaves it in its state: of that nobody is told.
    """

    subject = models.CharField("Gegenstand", max_length=80, primary_key=True)
    since = models.DateTimeField("im Stand seit")

    class Meta:
        verbose_name = "vorgefundener Stand"
        verbose_name_plural = "vorgefundene Stände"


class Reading(models.Model):
    """The one row that says how far the worker has come; locking it lets one worker in at a time.

    ``entry`` is the last entry of the audit chain of which everybody was told, ``swept_at`` the
    moment up to which digests and reminders were made ready.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    entry = models.BigIntegerField("gelesen bis zur laufenden Nummer", default=0)
    swept_at = models.DateTimeField("vorbereitet bis", null=True, blank=True)

    class Meta:
        verbose_name = "Lesestand"
        verbose_name_plural = "Lesestände"
        constraints = [models.CheckConstraint(condition=Q(id=1), name="reading_one")]


class MailChoice(models.Model):
    """How a person wants to be told by mail; whoever chose nothing gets a digest.

    ``hour`` is the hour of local time of the digest, ``language`` that of her mail.
    """

    class Way(models.TextChoices):
        AT_ONCE = "at_once", msg("sofort")
        DIGEST = "digest", msg("gesammelt, einmal am Arbeitstag")
        NONE = "none", msg("nicht")

    person = models.OneToOneField(
        User, on_delete=models.PROTECT, related_name="+", verbose_name="Person"
    )
    actions = models.CharField("was wartet", max_length=10, choices=Way, default=Way.DIGEST)
    information = models.CharField(
        "was geschehen ist", max_length=10, choices=Way, default=Way.DIGEST
    )
    has_reminders = models.BooleanField("Erinnerung vor Fristen", default=True)
    hour = models.PositiveSmallIntegerField("Stunde der gesammelten Nachricht", default=7)
    language = models.CharField("Sprache", max_length=2, default="de")

    class Meta:
        verbose_name = msg("Zustellung")
        verbose_name_plural = "Zustellungen"
        constraints = [
            models.CheckConstraint(condition=Q(hour__lte=23), name="mail_choice_hour"),
        ]


class Mail(models.Model):
    """A mail of the outbox; its text is made when it is sent, from what then still is so.

    ``once`` is what it is about: two of the same are never made. ``params`` say what it tells
    of, by names and keys only. ``secret`` is what nobody may read in the database, encrypted,
    and gone once it is sent. ``message_id`` stays the same however often it is tried. ``post`` is
    the post for which she is told, also where she stands in there for another. A mail to somebody
    outside is kept with the person who asked for it; its address and text are the secret.
    """

    class Kind(models.TextChoices):
        ACTION = "action", msg("etwas wartet")
        INFORMATION = "information", msg("etwas ist geschehen")
        DIGEST = "digest", msg("gesammelte Nachricht")
        REMINDER = "reminder", msg("Erinnerung an eine Frist")
        INVITATION = "invitation", msg("Einladung")
        OUTSIDE = "outside", msg("Bitte an eine Stelle außerhalb")

    class State(models.TextChoices):
        WAITING = "waiting", msg("wartet")
        SENT = "sent", msg("gesendet")
        MOOT = "moot", msg("erledigt, nicht gesendet")
        FAILED = "failed", msg("gescheitert")
        DROPPED = "dropped", msg("verworfen")

    person = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", verbose_name="Person"
    )
    kind = models.CharField("Art", max_length=12, choices=Kind)
    once = models.CharField("einmalig", max_length=250, unique=True)
    message_id = models.CharField("Kennung der Nachricht", max_length=200, unique=True)
    post = models.PositiveBigIntegerField("Stelle", null=True, blank=True)
    params = models.JSONField("Angaben", default=dict)
    secret = models.TextField("verschlüsselte Angabe", blank=True)
    state = models.CharField("Stand", max_length=10, choices=State, default=State.WAITING)
    made_at = models.DateTimeField("angelegt")
    next_at = models.DateTimeField("nächster Versuch")
    attempts = models.PositiveIntegerField("Versuche", default=0)
    fault = GermanField("letzter Fehler", max_length=500, blank=True)
    done_at = models.DateTimeField("erledigt", null=True, blank=True)
    dropped_by = models.CharField("verworfen von", max_length=80, blank=True)
    reason = GermanField("Grund", max_length=500, blank=True)

    class Meta:
        verbose_name = msg("E-Mail")
        verbose_name_plural = "E-Mails"
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["next_at"], condition=Q(state="waiting"), name="mail_waiting"),
            models.Index(fields=["state", "-id"], name="mail_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"


class Recalled(models.Model):
    """That a person was reminded of a record at a stage: of so many days before its end, once."""

    person = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", verbose_name="Person"
    )
    subject = models.CharField("Gegenstand", max_length=80)
    stage = models.PositiveSmallIntegerField("Tage vor dem Ende")
    at = models.DateTimeField("erinnert")

    class Meta:
        verbose_name = msg("Erinnerung")
        verbose_name_plural = "Erinnerungen"
        constraints = [
            models.UniqueConstraint(fields=["person", "subject", "stage"], name="recalled_once"),
        ]


class CalendarAddress(models.Model):
    """The secret address of a person's calendar; only the digest of its key is kept.

    ``kept_at`` is when its days were last brought up to date.
    """

    person = models.OneToOneField(
        User, on_delete=models.PROTECT, related_name="+", verbose_name="Person"
    )
    digest = models.CharField("Prüfsumme des Schlüssels", max_length=64, unique=True)
    language = models.CharField("Sprache", max_length=2, default="de")
    made_at = models.DateTimeField("eingerichtet")
    kept_at = models.DateTimeField("nachgeführt", db_index=True)

    class Meta:
        verbose_name = msg("Kalenderadresse")
        verbose_name_plural = "Kalenderadressen"


class CalendarDay(models.Model):
    """A deadline in a person's calendar: of an open step of a case, or of the programme year.

    ``name`` is what it is the deadline of, and its UID comes from it. ``sequence`` rises with
    every change that the calendar's reader must see; ``cancelled_at`` says since when it is moot.
    """

    person = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", verbose_name="Person"
    )
    name = models.CharField("wovon", max_length=160)
    day = models.DateField("Frist")
    sequence = models.PositiveIntegerField("Fassung", default=0)
    changed_at = models.DateTimeField("geändert")
    cancelled_at = models.DateTimeField("entfallen", null=True, blank=True)

    class Meta:
        verbose_name = msg("Kalendertag")
        verbose_name_plural = "Kalendertage"
        ordering = ["day", "id"]
        constraints = [
            models.UniqueConstraint(fields=["person", "name"], name="calendar_day_once"),
        ]
