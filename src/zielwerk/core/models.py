"""Tables of the ground: the audit chain, running numbers, forms sent, background jobs."""

from typing import ClassVar

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from zielwerk.core.fields import GermanField, GermanTextField
from zielwerk.core.guards import append_only, refuse
from zielwerk.core.words import Kept
from zielwerk.rulebook.refusal import Said, msg


class Sealed(models.Model):
    """A table under the audit chain.

    ``seal_name`` is its name in the chain. The name is stored for good, so it outlives moves
    of the code.
    """

    seal_name: ClassVar[str]

    class Meta:
        abstract = True

    def sealed_facts(self) -> object:
        """The facts that its seal covers: all columns, unless a table names fewer.

        What is kept only to order and to find it is made from the others.
        """
        fields = self._meta.concrete_fields
        names = [field.attname for field in fields if not isinstance(field, Kept)]
        return [[name, getattr(self, name)] for name in names]


class AuditEntry(models.Model):
    """One verb that was done: by whom, when, on which record; chained to all before it.

    Holds ids and digests only, never text or a person's data, so that erasing a person
    elsewhere does not break the chain. ``actor`` is a name like ``user:17`` that outlives
    the account. ``hash`` covers every other column and the previous entry's hash.
    """

    id = models.BigIntegerField("laufende Nummer", primary_key=True)
    at = models.DateTimeField("Zeitpunkt")
    actor = models.CharField("handelnde Stelle", max_length=80)
    verb = models.CharField("Handlung", max_length=80)
    subject = models.CharField("Gegenstand", max_length=80, blank=True, db_index=True)
    digest = models.CharField("Prüfsumme der Fassungen", max_length=64, blank=True)
    previous = models.CharField("vorige Prüfsumme", max_length=64)
    hash = models.CharField("Prüfsumme", max_length=64, unique=True)

    class Meta:
        verbose_name = "Protokolleintrag"
        verbose_name_plural = "Protokolleinträge"
        ordering = ["id"]


class AuditSeal(models.Model):
    """The name of a record and the digest of its sealed facts at an audit entry.

    One verb has one entry but may touch several records; the entry's ``digest`` covers them.
    """

    entry = models.ForeignKey(
        AuditEntry, on_delete=models.PROTECT, related_name="seals", verbose_name="Eintrag"
    )
    subject = models.CharField("Gegenstand", max_length=80, db_index=True)
    digest = models.CharField("Prüfsumme", max_length=64)

    class Meta:
        verbose_name = "Siegel"
        verbose_name_plural = "Siegel"
        ordering = ["pk"]


class AuditHead(models.Model):
    """The one row that names the newest entry and its moment; locking it orders the writers."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    entry = models.BigIntegerField("letzte laufende Nummer", default=0)
    hash = models.CharField("letzte Prüfsumme", max_length=64, default="0" * 64)
    at = models.DateTimeField("letzter Zeitpunkt", null=True)

    class Meta:
        verbose_name = "Protokollstand"
        verbose_name_plural = "Protokollstände"
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="audit_one_head")]


class Installation(Sealed):
    """The one row that says what this database is for: a demo or a real programme; for good.

    Set by the first act in an empty database. ``backed_up_at`` is of when the newest backup is.
    """

    class Kind(models.TextChoices):
        DEMO = "demo", msg("Vorführung")
        REAL = "real", msg("wirkliche Installation")

    seal_name = "installation"

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    kind = models.CharField("Art", max_length=10, choices=Kind)
    marked_at = models.DateTimeField("festgelegt")
    backed_up_at = models.DateTimeField("zuletzt gesichert", null=True, blank=True)

    class Meta:
        verbose_name = "Installation"
        verbose_name_plural = "Installationen"
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="installation_is_one"),
            models.CheckConstraint(
                condition=models.Q(kind__in=["demo", "real"]), name="installation_has_a_kind"
            ),
        ]


class FileNumberSeries(models.Model):
    """The last number given out in a series of file numbers, e.g. ``ZV-2024``."""

    series = models.CharField("Reihe", max_length=40, primary_key=True)
    last = models.PositiveIntegerField("letzte Nummer", default=0)

    class Meta:
        verbose_name = "Aktenzeichenreihe"
        verbose_name_plural = "Aktenzeichenreihen"


class Session(AbstractBaseSession):
    """A session, of the person signed in by it if there is one; see ``core/sessions.py``.

    ``began_at`` is when she signed in, ``agent`` what her browser calls itself.
    """

    person = models.BigIntegerField("Person", null=True, blank=True, db_index=True)
    began_at = models.DateTimeField("angemeldet seit", null=True, blank=True)
    agent = models.CharField("Browser", max_length=200, blank=True)

    class Meta:
        verbose_name = "Sitzung"
        verbose_name_plural = "Sitzungen"


class SentForm(models.Model):
    """A form that was sent and whose act was done, and what it led to; see ``core/once.py``.

    ``number`` is that of the form's token: the database takes it once. ``sentence`` is the one
    that the person was told, in her language, ``contents`` the digest of what she had typed.
    """

    number = models.CharField("Nummer", max_length=40, unique=True)
    actor = models.CharField("gesendet von", max_length=80)
    address = models.CharField("gesendet an", max_length=200)
    contents = models.CharField("Prüfsumme der Angaben", max_length=64)
    led_to = models.CharField("führte zu", max_length=500, blank=True)
    sentence = models.TextField("Satz", blank=True)
    sent_at = models.DateTimeField("gesendet", db_index=True)

    class Meta:
        verbose_name = "gesendetes Formular"
        verbose_name_plural = "gesendete Formulare"
        ordering = ["-id"]


ASKED = ("kind", "permission", "side", "ags", "barred", "put_forward_by")
COUNTED = (
    "order_on",
    "since",
    "permission",
    "side",
    "ags",
    "barred",
    "since_on",
    "state",
    "verb",
    "house",
    "put_forward_by",
    "returned_by",
)


class Turn(models.Model):
    """A step that a case waits for, kept beside the case so that a desk finds it at once.

    Made anew whenever the case is saved; it decides nothing. ``task`` is the German msgid of what
    is to do, ``permission`` and ``side`` say who is asked, ``barred`` names the persons who may
    not take the step since they took an earlier one. ``about`` is the case's name in the chain,
    ``put_forward_by`` who put it forward, ``house`` for which organisation. ``order_on`` is the day
    on which it is due, the last of all days where it has none. Where the case was
    given back to them, ``reason`` says why and ``returned_by`` who did it.
    """

    about = models.CharField("Vorgang", max_length=80, db_index=True)
    kind = models.CharField("Art", max_length=30)
    programme = models.CharField("Programm", max_length=40)
    year = models.PositiveSmallIntegerField("Programmjahr")
    ags = models.CharField("Schlüssel", max_length=12, blank=True)
    title = GermanField("Bezeichnung", max_length=200)
    state = models.CharField("Stand", max_length=60)
    verb = models.CharField("Schritt", max_length=60)
    task = models.CharField("Aufgabe", max_length=200)
    permission = models.CharField("Berechtigung", max_length=80)
    side = models.CharField("Seite", max_length=30, blank=True)
    barred = models.TextField("ausgeschlossen", blank=True)
    put_forward_by = models.CharField("vorgelegt von", max_length=80, blank=True)
    house = models.CharField("vorgelegt für", max_length=80, blank=True)
    returned_by = models.CharField("zurückgegeben von", max_length=80, blank=True)
    reason = GermanTextField("Grund", blank=True)
    since = models.DateTimeField("seit")
    since_on = models.DateField("seit dem Tag")
    due = models.DateField("fällig", null=True, blank=True)
    order_on = models.DateField("zu ordnen nach")
    is_due_assumed = models.BooleanField("Frist angenommen", default=False)

    class Meta:
        verbose_name = "offener Schritt"
        verbose_name_plural = "offene Schritte"
        ordering = ["since", "pk"]
        constraints = [models.UniqueConstraint(fields=["about", "verb"], name="turn_once")]
        indexes = [
            # The first of each task in their order; and all that is counted, without the rows.
            models.Index(fields=["programme", "kind", "task", *COUNTED], name="turn_of_task"),
            models.Index(fields=["programme", "house", "since", *ASKED], name="turn_of_house"),
        ]


class Outcome(models.Model):
    """What became of a case, for whoever put it forward and for the body that it is about.

    ``verb`` is the step, ``state`` the one it led to; ``note`` is the reason where it was asked
    for. ``put_forward_by`` and ``house`` are those of the case at that moment.
    """

    about = models.CharField("Vorgang", max_length=80)
    kind = models.CharField("Art", max_length=30)
    programme = models.CharField("Programm", max_length=40)
    year = models.PositiveSmallIntegerField("Programmjahr")
    ags = models.CharField("Schlüssel", max_length=12, blank=True)
    title = GermanField("Bezeichnung", max_length=200)
    label = GermanField("Stand", max_length=200)
    label_en = models.CharField("Stand auf Englisch", max_length=200, blank=True)
    note = GermanTextField("Grund", blank=True)
    put_forward_by = models.CharField("vorgelegt von", max_length=80, blank=True)
    house = models.CharField("vorgelegt für", max_length=80, blank=True)
    by = models.CharField("entschieden von", max_length=80)
    at = models.DateTimeField("entschieden")

    class Meta:
        verbose_name = "Ausgang eines Vorgangs"
        verbose_name_plural = "Ausgänge von Vorgängen"
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["programme", "at"], name="outcome_since")]


class Job(models.Model):
    """A piece of background work a person can watch.

    ``done`` of ``total`` steps; a job that runs holds a lease which its heartbeat renews.
    If the lease runs out (its worker was killed), the job is queued again, so every kind
    of work must be idempotent. ``signature`` shows that the product itself queued it: a row
    that somebody wrote past it would make the worker act in another person's name.
    """

    class State(models.TextChoices):
        QUEUED = "queued", msg("wartet")
        RUNNING = "running", msg("läuft")
        DONE = "done", msg("fertig")
        FAILED = "failed", msg("gescheitert")

    kind = models.CharField("Art", max_length=80)
    params = models.JSONField("Angaben", default=dict)
    state = models.CharField("Stand", max_length=10, choices=State, default=State.QUEUED)
    started_by = models.CharField("veranlasst von", max_length=80)
    signature = models.CharField("Unterschrift des Programms", max_length=64, blank=True)
    created_at = models.DateTimeField("angelegt")
    lease_until = models.DateTimeField("Frist des Bearbeiters", null=True, blank=True)
    attempt = models.PositiveSmallIntegerField("Versuch", default=0)
    done = models.PositiveIntegerField("erledigt", default=0)
    total = models.PositiveIntegerField("insgesamt", default=0)
    message = models.CharField("Meldung", max_length=500, blank=True)
    outcome = models.JSONField("Ergebnis", default=dict)
    finished_at = models.DateTimeField("beendet", null=True, blank=True)

    class Meta:
        verbose_name = "Hintergrundauftrag"
        verbose_name_plural = "Hintergrundaufträge"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(done__lte=models.F("total")), name="job_done_within_total"
            )
        ]

    @property
    def told(self) -> Said:
        """The sentence that is told of it now."""
        return Said(self.message, self.outcome.get("params", {}))

    @property
    def reasons(self) -> list[Said]:
        """Why it was refused, each reason as a sentence of its own."""
        said = self.outcome.get("reasons", [])
        return [Said(one["msgid"], one["params"]) for one in said]


class KeptInput(models.Model):
    """What was typed into a form that could not be sent, kept for an hour for who typed it.

    ``browser`` is the digest of a name that only the browser knows, ``page`` the address of the
    form, ``typed`` the fields as they were sent, ``files`` the names of files that came with
    them and are not kept, ``reasons`` the sentences of a refusal, or of the act that the form
    had led to before; ``led_to`` is the address of what that act made.
    """

    class Cause(models.TextChoices):
        SIGNED_OUT = "signed_out", "Sitzung zu Ende"
        STALE = "stale", "Formular abgelaufen"
        REFUSED = "refused", "abgelehnt"
        LANGUAGE = "language", "Sprache gewechselt"
        SENT = "sent", "schon gesendet"

    key = models.CharField("Schlüssel", max_length=40, primary_key=True)
    person = models.CharField("von", max_length=80, db_index=True)
    browser = models.CharField("Prüfsumme des Browsers", max_length=64)
    page = models.TextField("Adresse des Formulars")
    cause = models.CharField("Anlass", max_length=10, choices=Cause)
    typed = models.JSONField("Angaben", default=list)
    files = models.JSONField("Dateien", default=list)
    reasons = models.JSONField("Gründe", default=list)
    led_to = models.CharField("führte zu", max_length=500, blank=True)
    kept_at = models.DateTimeField("aufbewahrt seit", db_index=True)

    class Meta:
        verbose_name = "aufbewahrte Eingabe"
        verbose_name_plural = "aufbewahrte Eingaben"
        ordering = ["kept_at"]


class PersonalLook(models.Model):
    """Somebody looked at data of other persons, on a page or in a file; kept for some months.

    No entry of the audit chain: nobody decides anything by it. ``route`` is the page by its name,
    ``address`` where it was, ``way`` the page itself or the format of a file. ``persons`` are the
    numbers of all who were shown, each between blanks: one look is one row.
    """

    at = models.DateTimeField("Zeitpunkt", db_index=True)
    actor = models.CharField("wer", max_length=80, db_index=True)
    route = models.CharField("Seite", max_length=80)
    address = models.CharField("Adresse", max_length=200)
    way = models.CharField("Weg", max_length=10)
    persons = models.TextField("gezeigte Personen")

    class Meta:
        verbose_name = msg("Blick in Daten von Personen")
        verbose_name_plural = "Blicke in Daten von Personen"
        ordering = ["-id"]


GUARDS = (
    *append_only("core_auditentry"),
    *append_only("core_auditseal"),
    refuse("core_personallook", "UPDATE"),
)
