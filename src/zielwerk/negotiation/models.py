"""Drafts and their versions, proposals, comments of each kind, answers to the checks."""

from django.db import models

from zielwerk.agreements.models import Agreement
from zielwerk.core.cases import Case
from zielwerk.core.fields import GermanField, GermanTextField
from zielwerk.core.guards import append_only
from zielwerk.core.models import Sealed
from zielwerk.core.words import BodyKey, SearchText, body_of
from zielwerk.drafting.changes import Change
from zielwerk.drafting.model import Document
from zielwerk.rulebook.agreement import FORMS
from zielwerk.rulebook.negotiation import DraftState
from zielwerk.rulebook.proposals import CHANNELS, PROPOSAL_LABELS, Channel, ProposalState
from zielwerk.rulebook.refusal import Refusal, msg

GIVEN_UP = (DraftState.DISCARDED, DraftState.ENDED)
OF_CHANGES = frozenset({"amends_id", "form", "basis", "takes_from_id"})


class Origin(models.TextChoices):
    """How a version of a draft came about."""

    DRAFTED = "drafted", msg("entworfen")
    COPIED = "copied", msg("Abschrift dessen, was gilt")
    EDITED = "edited", msg("überarbeitet")
    REDRAFTED = "redrafted", msg("neu entworfen")
    ACCEPTED = "accepted", msg("Vorschlag angenommen")


class DraftDocument(Case):
    """The draft of a body's document for a year.

    ``version`` is the number of the newest :class:`Version`, ``digest`` its digest and ``code``
    what people compare of it. ``drafting`` and ``answering`` are the two sides; nobody answers
    where one side alone makes the document. ``turn`` is the side that owes the next move since
    ``state_since``, empty where nobody does. ``opened`` are the ids of nodes that are fixed and
    were opened for changes. ``rule_version`` names the rules that it was drafted under.

    What is to change an agreement names the version that it ``amends``, its ``form`` and the place
    that it rests on (``basis``). Its first version is the copy of what holds. ``takes_from`` is
    the draft by which another body gives up the money that this one gets.
    """

    seal_name = "draft_document"
    read: tuple[int, Document] | None = None  # the newest version, once somebody asked for it

    ags = models.CharField("Schlüssel", max_length=12)
    body_name = GermanField("Gebietskörperschaft", max_length=120)
    body_key = BodyKey("Sortierschlüssel", of=("programme", "ags", "body_name"))
    search_text = SearchText("Suchtext", of=("file_number", "body_name", "year"))
    version = models.PositiveIntegerField("Fassung", default=1)
    digest = models.CharField("Prüfsumme der Fassung", max_length=64)
    code = models.CharField("Prüfzeichen", max_length=20)
    amount_cents = models.BigIntegerField("Betrag in Cent")
    drafting = models.CharField("entwirft", max_length=20)
    answering = models.CharField("antwortet", max_length=20, blank=True, default="")
    turn = models.CharField("am Zug", max_length=20, blank=True, default="")
    open_proposals = models.PositiveIntegerField("offene Vorschläge", default=0)
    opened = models.JSONField("geöffnete Stellen", default=list)
    rule_version = models.CharField("Regelfassung", max_length=64)
    is_invented = models.BooleanField("für die Vorführung erfunden", default=False)
    amends = models.ForeignKey(
        Agreement,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="ändert",
    )
    form = models.CharField(
        "Art der Änderung", max_length=20, blank=True, default="", choices=list(FORMS.items())
    )
    basis = GermanField("Grundlage der Änderung", max_length=200, blank=True, default="")
    takes_from = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="gives_to",
        verbose_name="erhält von",
    )
    drafted_at = models.DateTimeField(msg("entworfen"))

    class Meta:
        verbose_name = msg("Entwurf eines Schriftstücks")
        verbose_name_plural = "Entwürfe"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "year", "ags"],
                condition=~models.Q(state__in=GIVEN_UP) & models.Q(amends__isnull=True),
                name="draft_of_year_once",
            ),
            models.UniqueConstraint(
                fields=["amends"],
                condition=~models.Q(state__in=GIVEN_UP) & models.Q(amends__isnull=False),
                name="draft_of_change_once",
            ),
            models.CheckConstraint(
                condition=models.Q(amends__isnull=True, form="", basis="", takes_from__isnull=True)
                | models.Q(amends__isnull=False) & ~models.Q(form="") & ~models.Q(basis=""),
                name="draft_of_change_for_a_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["programme", "year", "ags", "state"], name="draft_of_body"),
            models.Index(fields=["programme", "turn", "state_since"], name="draft_by_turn"),
        ]

    def __str__(self) -> str:
        return f"{self.file_number} {body_of(self)} {self.year}"

    def sealed_facts(self) -> object:
        # A first document says nothing of a change, as it was sealed before there were any.
        facts = super().sealed_facts()
        assert isinstance(facts, list)
        return facts if self.amends_id else [each for each in facts if each[0] not in OF_CHANGES]


class OfDraft(Sealed):
    """What belongs to a draft and is about one place of it.

    ``node`` is the id of the place, ``label`` what people called it then, ``version`` the number
    of the version that was looked at.
    """

    draft = models.ForeignKey(
        DraftDocument, on_delete=models.PROTECT, related_name="+", verbose_name="Entwurf"
    )
    node = models.CharField("Stelle", max_length=120)
    label = models.CharField("Bezeichnung der Stelle", max_length=200)
    version = models.PositiveIntegerField("Fassung")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.label

    @property
    def ags(self) -> str:
        return self.draft.ags


class Version(Sealed):
    """A version of a draft; for good. ``content`` is the whole document."""

    seal_name = "draft_version"

    draft = models.ForeignKey(
        DraftDocument, on_delete=models.PROTECT, related_name="versions", verbose_name="Entwurf"
    )
    number = models.PositiveIntegerField("Fassung")
    origin = models.CharField("Herkunft", max_length=12, choices=Origin)
    content = models.JSONField("Inhalt")
    digest = models.CharField("Prüfsumme", max_length=64)
    proposal = models.PositiveIntegerField("Vorschlag", null=True, blank=True)
    side = models.CharField("Seite", max_length=20)
    made_by = models.CharField("gemacht von", max_length=80)
    made_at = models.DateTimeField("gemacht")

    class Meta:
        verbose_name = msg("Fassung eines Entwurfs")
        verbose_name_plural = "Fassungen von Entwürfen"
        ordering = ["draft", "number"]
        constraints = [
            models.UniqueConstraint(fields=["draft", "number"], name="draft_version_number")
        ]

    def __str__(self) -> str:
        return f"{self.draft_id}, {self.number}"

    @property
    def document(self) -> Document:
        return Document.from_json(self.content)


class Said(OfDraft):
    """What one side said: ``side``, the person, the moment; or what was told elsewhere.

    ``channel`` says how it came. What did not come here was told by ``told_by`` on ``told_on``,
    and ``by`` entered it.
    """

    side = models.CharField("Seite", max_length=20)
    by = models.CharField("von", max_length=80)
    at = models.DateTimeField("am")
    channel = models.CharField(
        "auf welchem Weg",
        max_length=12,
        choices=list(CHANNELS.items()),
        default=Channel.HERE.value,
    )
    told_by = GermanField("gesagt von", max_length=200, blank=True, default="")
    told_on = models.DateField("gesagt am", null=True, blank=True)

    class Meta:
        abstract = True


class Proposal(Said):
    """A change that one side proposes and the other decides about.

    ``number`` counts those of the draft. ``change`` is what it does to its node, ``before`` what
    the node said in the ``version`` it starts from; both in words, as people read them.
    ``decided_by`` decided it with ``answer``; it made version ``made``, or proposal
    ``overtaken_by`` was accepted in its place.
    """

    seal_name = "proposal"

    number = models.PositiveIntegerField("Nummer")
    change = models.JSONField("Änderung")
    before = models.JSONField("vorher", null=True, blank=True)
    words_before = GermanTextField("bisheriger Wortlaut", blank=True, default="")
    words_after = GermanTextField("vorgeschlagener Wortlaut", blank=True, default="")
    reason = GermanTextField("Begründung", blank=True, default="")
    state = models.CharField(
        "Stand",
        max_length=12,
        choices=list(PROPOSAL_LABELS.items()),
        default=ProposalState.OPEN.value,
    )
    decided_by = models.CharField("entschieden von", max_length=80, blank=True, default="")
    decided_at = models.DateTimeField("entschieden", null=True, blank=True)
    decided_over = models.CharField(
        "auf welchem Weg entschieden",
        max_length=12,
        choices=list(CHANNELS.items()),
        blank=True,
        default="",
    )
    answer = GermanTextField("Antwort", blank=True, default="")
    made = models.PositiveIntegerField("ergab Fassung", null=True, blank=True)
    overtaken_by = models.PositiveIntegerField("überholt durch", null=True, blank=True)

    class Meta:
        verbose_name = msg("Vorschlag")
        verbose_name_plural = "Vorschläge"
        ordering = ["draft", "number"]
        constraints = [models.UniqueConstraint(fields=["draft", "number"], name="proposal_number")]
        indexes = [models.Index(fields=["draft", "state", "node"], name="proposal_of_node")]

    @property
    def what(self) -> Change:
        return Change.from_json(self.change)


class SharedComment(Said):
    """A comment that both sides read. ``opens`` marks one that opened its place for changes."""

    seal_name = "shared_comment"

    text = GermanTextField("Kommentar")
    opens = models.BooleanField("öffnet die Stelle", default=False)

    class Meta:
        verbose_name = msg("geteilter Kommentar")
        verbose_name_plural = "geteilte Kommentare"
        ordering = ["-id"]
        indexes = [models.Index(fields=["draft", "node", "id"], name="shared_of_node")]


class InternalComment(OfDraft):
    """A comment that ``side`` alone reads: it is in a table of its own and never leaves that side.

    What comes from here goes through :func:`zielwerk.negotiation.queries.internal_comments`.
    """

    seal_name = "internal_comment"

    side = models.CharField("Seite", max_length=20)
    by = models.CharField("von", max_length=80)
    at = models.DateTimeField("am")
    text = GermanTextField("Kommentar")

    class Meta:
        verbose_name = msg("interner Kommentar")
        verbose_name_plural = "interne Kommentare"
        ordering = ["-id"]
        indexes = [models.Index(fields=["draft", "side", "node"], name="internal_of_node")]


class CheckAnswer(Sealed):
    """What was answered to a finding of the checks; the last answer to what it asks now counts.

    ``key`` names the finding as long as its reason stays, ``sentence`` is what was asked then: an
    answer to other figures is none to these.
    """

    seal_name = "check_answer"

    draft = models.ForeignKey(
        DraftDocument, on_delete=models.PROTECT, related_name="+", verbose_name="Entwurf"
    )
    key = models.CharField("Kennung", max_length=300)
    sentence = GermanTextField("Frage")
    answer = GermanTextField("Antwort")
    side = models.CharField("Seite", max_length=20)
    by = models.CharField("von", max_length=80)
    at = models.DateTimeField("am")

    class Meta:
        verbose_name = msg("Antwort zur Prüfung")
        verbose_name_plural = "Antworten zur Prüfung"
        ordering = ["id"]
        indexes = [models.Index(fields=["draft", "key", "id"], name="check_answer_of_key")]

    def __str__(self) -> str:
        return self.key

    @property
    def ags(self) -> str:
        return self.draft.ags


class CheckRecord(Sealed):
    """What the checks said of a version when its text was settled, or its negotiation ended.

    A decided text is not checked anew by what is known later. Of each finding it holds key,
    severity, place, basis, and the sentence in each language.
    """

    seal_name = "check_record"

    draft = models.ForeignKey(
        DraftDocument, on_delete=models.PROTECT, related_name="+", verbose_name="Entwurf"
    )
    version = models.PositiveIntegerField("Fassung")
    findings = models.JSONField("Befunde", default=list)
    at = models.DateTimeField("am")

    class Meta:
        verbose_name = msg("festgehaltene Prüfung")
        verbose_name_plural = "festgehaltene Prüfungen"
        ordering = ["-id"]
        indexes = [models.Index(fields=["draft", "id"], name="check_record_of_draft")]

    def __str__(self) -> str:
        return f"{self.draft_id}, {self.version}"

    @property
    def ags(self) -> str:
        return self.draft.ags


GUARDS = (
    *append_only("negotiation_version"),
    *append_only("negotiation_sharedcomment"),
    *append_only("negotiation_internalcomment"),
    *append_only("negotiation_checkanswer"),
    *append_only("negotiation_checkrecord"),
)
TWICE = Refusal("negotiation.drafted_twice", msg("Das wurde eben schon gemacht. Bitte neu laden."))
RACES = {
    "draft_of_year_once": TWICE,
    "draft_of_change_once": TWICE,
    "draft_version_number": TWICE,
    "proposal_number": TWICE,
    # As SQLite names them: the columns of the index.
    "negotiation_draftdocument.programme": TWICE,
    "negotiation_draftdocument.amends_id": TWICE,
    "negotiation_draftdocument.takes_from_id": TWICE,
    "negotiation_version.draft_id": TWICE,
    "negotiation_proposal.draft_id": TWICE,
}
