"""Conclusions, signatures, what struck them out, signed files, resolutions, and who must sign."""

from collections.abc import Sequence

from django.db import models

from zielwerk.agreements.models import Agreement
from zielwerk.core.cases import Case
from zielwerk.core.fields import GermanField, GermanTextField
from zielwerk.core.guards import append_only
from zielwerk.core.models import Sealed
from zielwerk.core.words import BodyKey, SearchText, body_of
from zielwerk.documents.models import StoredFile
from zielwerk.negotiation.models import DraftDocument
from zielwerk.rulebook.conclusion import OVER
from zielwerk.rulebook.refusal import Refusal, msg
from zielwerk.rulebook.signatures import FORMS, WAYS, Needed, Signing, Way
from zielwerk.scans.apart import findings_of
from zielwerk.scans.findings import Findings


class Conclusion(Case):
    """The conclusion of a draft in the version that both sides approved.

    ``version``, ``digest`` and ``code`` are of that version, ``approvals`` the stages by which it
    was approved, in the shape of the draft's trail. ``needed`` is what each side must do, frozen
    when it was begun (:class:`~zielwerk.rulebook.signatures.Needed`). ``agreement`` is what it
    led to, ``rule_version`` names the rules that it was begun under.
    """

    seal_name = "conclusion"

    draft = models.ForeignKey(
        DraftDocument, on_delete=models.PROTECT, related_name="+", verbose_name="Entwurf"
    )
    ags = models.CharField("Schlüssel", max_length=12)
    body_name = GermanField("Gebietskörperschaft", max_length=120)
    body_key = BodyKey("Sortierschlüssel", of=("programme", "ags", "body_name"))
    search_text = SearchText("Suchtext", of=("file_number", "body_name", "year"))
    version = models.PositiveIntegerField("Fassung")
    digest = models.CharField("Prüfsumme der Fassung", max_length=64)
    code = models.CharField("Prüfzeichen", max_length=20)
    amount_cents = models.BigIntegerField("Betrag in Cent")
    approvals = models.JSONField("Billigungen", default=list)
    needed = models.JSONField("nötige Unterschriften")
    way = models.CharField("Weg", max_length=12, choices=list(WAYS.items()), default=Way.PAPER)
    rule_version = models.CharField("Regelfassung", max_length=64)
    is_invented = models.BooleanField("für die Vorführung erfunden", default=False)
    is_trial = models.BooleanField("in der Vorführung geschlossen", default=False)
    begun_at = models.DateTimeField(msg("begonnen"))
    agreement = models.ForeignKey(
        Agreement,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="Vereinbarung",
    )

    class Meta:
        verbose_name = msg("Abschluss")
        verbose_name_plural = msg("Abschlüsse")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["draft"],
                condition=~models.Q(state__in=sorted(OVER)),
                name="conclusion_under_way_once",
            ),
            models.UniqueConstraint(fields=["agreement"], name="conclusion_of_agreement"),
        ]
        indexes = [
            models.Index(fields=["programme", "id", "state"], name="conclusion_in_order"),
            models.Index(fields=["ags", "year"], name="conclusion_of_body"),
        ]

    def __str__(self) -> str:
        return f"{self.file_number} {body_of(self)} {self.year}"

    @property
    def sides(self) -> Sequence[Needed]:
        """What each side must do, in the order in which they sign."""
        return [Needed.from_json(each) for each in self.needed]

    @property
    def is_over(self) -> bool:
        return self.state in OVER


class OfConclusion(Sealed):
    """What belongs to a conclusion: of which ``side`` it is, who entered it, and when."""

    conclusion = models.ForeignKey(
        Conclusion, on_delete=models.PROTECT, related_name="%(class)ss", verbose_name="Abschluss"
    )
    side = models.CharField("Seite", max_length=20)
    entered_by = models.CharField("eingetragen von", max_length=80)
    entered_at = models.DateTimeField("eingetragen")

    class Meta:
        abstract = True

    @property
    def ags(self) -> str:
        return self.conclusion.ags


class Signature(OfConclusion):
    """A signature: the ``place`` that it fills, who gave it as what, when and in which form.

    ``take`` counts those that were entered for a place: each but the last was struck out.
    ``is_for_other`` marks one that the other side entered, since it came by post.
    """

    seal_name = "signature"

    place = models.CharField("Stelle", max_length=30)
    take = models.PositiveSmallIntegerField("zum wievielten Mal", default=1)
    name = GermanField("Name", max_length=120)
    office = GermanField("Amt", max_length=120)
    acting = models.CharField("in Vertretung", max_length=10, blank=True, default="")
    signed_on = models.DateField("unterschrieben am")
    town = GermanField("Ort", max_length=120, blank=True, default="")
    form = models.CharField("Form", max_length=12, choices=list(FORMS.items()))
    has_seal = models.BooleanField("mit Dienstsiegel", default=False)
    digest = models.CharField("Prüfsumme der Fassung", max_length=64)
    is_for_other = models.BooleanField("für die andere Seite eingetragen", default=False)

    class Meta:
        verbose_name = msg("Unterschrift")
        verbose_name_plural = msg("Unterschriften")
        ordering = ["conclusion", "place", "take"]
        constraints = [
            models.UniqueConstraint(fields=["conclusion", "place", "take"], name="signature_take")
        ]

    def __str__(self) -> str:
        return self.name


class Strike(Sealed):
    """A signature that counts no longer, struck out for a reason; it stays on file."""

    seal_name = "signature_strike"

    signature = models.OneToOneField(
        Signature, on_delete=models.PROTECT, related_name="strike", verbose_name="Unterschrift"
    )
    reason = GermanTextField("Grund")
    struck_by = models.CharField("gestrichen von", max_length=80)
    struck_at = models.DateTimeField("gestrichen")

    class Meta:
        verbose_name = msg("gestrichene Unterschrift")
        verbose_name_plural = msg("gestrichene Unterschriften")
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.signature)

    @property
    def ags(self) -> str:
        return self.signature.ags


class SignedFile(OfConclusion):
    """A signed file, as a scan or with electronic signatures in it; both sides see each."""

    seal_name = "signed_file"

    file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, related_name="+", verbose_name="Datei"
    )
    name = GermanField("Dateiname", max_length=200)

    class Meta:
        verbose_name = msg("unterschriebenes Exemplar")
        verbose_name_plural = msg("unterschriebene Exemplare")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["conclusion", "file"], name="signed_file_once")
        ]

    def __str__(self) -> str:
        return self.name


class Comparison(OfConclusion):
    """What was found of a signed copy on paper beside the version that both sides approved.

    ``findings`` are :class:`~zielwerk.scans.findings.Findings` with their sentences. ``reason`` is
    why it was kept although they weigh so much that it ``stops``.
    """

    seal_name = "scan_comparison"

    kept = models.OneToOneField(
        SignedFile,
        on_delete=models.PROTECT,
        related_name="comparison",
        verbose_name="Exemplar",
    )
    stops = models.BooleanField("weicht ab")
    findings = models.JSONField("Befund")
    reason = GermanTextField("Grund", blank=True, default="")

    class Meta:
        verbose_name = msg("Vergleich eines Exemplars")
        verbose_name_plural = msg("Vergleiche von Exemplaren")
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.kept)

    @property
    def found(self) -> Findings:
        return findings_of(self.findings)


class PreparedFile(Sealed):
    """The file that is signed, made once: to be printed with a code on each page, or with fields.

    By the checksum of one with fields every signed file of the conclusion is known.
    """

    seal_name = "prepared_file"

    conclusion = models.OneToOneField(
        Conclusion, on_delete=models.PROTECT, related_name="prepared", verbose_name="Abschluss"
    )
    file = models.OneToOneField(
        StoredFile, on_delete=models.PROTECT, related_name="+", verbose_name="Datei"
    )
    prepared_at = models.DateTimeField("vorbereitet")

    class Meta:
        verbose_name = msg("Datei zum Unterschreiben")
        verbose_name_plural = msg("Dateien zum Unterschreiben")
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.file)

    @property
    def ags(self) -> str:
        return self.conclusion.ags


class SignatureVerdict(OfConclusion):
    """What was found of a signed file, when it was kept and when it was concluded.

    ``verdict`` is a :class:`~zielwerk.signing.model.Verdict` with its sentences, ``authorities``
    whose word was taken: names and fingerprints of certificates, and how many lists of what was
    revoked there were.
    """

    seal_name = "signature_verdict"

    file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, related_name="+", verbose_name="Datei"
    )
    result = models.CharField("Ergebnis", max_length=20)
    verdict = models.JSONField("Befund")
    authorities = models.JSONField("Prüfstellen")

    class Meta:
        verbose_name = msg("Befund über Unterschriften")
        verbose_name_plural = msg("Befunde über Unterschriften")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.result


class Resolution(OfConclusion):
    """The resolution of an organ that a side rests on; of several the last one counts."""

    seal_name = "conclusion_resolution"

    organ = GermanField("Organ", max_length=120)
    resolved_on = models.DateField("beschlossen am")
    number = GermanField("Nummer", max_length=60)

    class Meta:
        verbose_name = msg("Beschluss zu einem Abschluss")
        verbose_name_plural = msg("Beschlüsse zu Abschlüssen")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.number


class SigningDecision(Sealed):
    """How a body signs, where somebody decided it; of several the last one counts.

    ``rule`` is a :class:`~zielwerk.rulebook.signatures.Signing`.
    """

    seal_name = "signing_decision"

    programme = models.CharField("Programm", max_length=40)
    ags = models.CharField("Schlüssel", max_length=12)
    rule = models.JSONField("Unterschriftsregel")
    reason = GermanTextField("Begründung")
    decided_by = models.CharField("festgelegt von", max_length=80)
    decided_at = models.DateTimeField("festgelegt")

    class Meta:
        verbose_name = msg("Festlegung, wer unterschreibt")
        verbose_name_plural = msg("Festlegungen, wer unterschreibt")
        ordering = ["id"]
        indexes = [models.Index(fields=["programme", "ags", "id"], name="signing_of_body")]

    def __str__(self) -> str:
        return self.ags

    @property
    def signing(self) -> Signing:
        lists = {name: tuple(self.rule[name]) for name in ("signers", "forms")}
        return Signing(**{**self.rule, **lists})


GUARDS = (
    *append_only("conclusion_signature"),
    *append_only("conclusion_strike"),
    *append_only("conclusion_signedfile"),
    *append_only("conclusion_comparison"),
    *append_only("conclusion_preparedfile"),
    *append_only("conclusion_signatureverdict"),
    *append_only("conclusion_resolution"),
    *append_only("conclusion_signingdecision"),
)
BEGUN_ALREADY = Refusal(
    "conclusion.begun_already", msg("Dieser Abschluss wurde eben schon begonnen. Bitte neu laden.")
)
SIGNED_MEANWHILE = Refusal(
    "conclusion.signed_meanwhile",
    msg("Dort wurde eben schon eine Unterschrift eingetragen. Bitte neu laden."),
)
STRUCK_ALREADY = Refusal(
    "conclusion.struck_already", msg("Diese Unterschrift ist schon gestrichen.")
)
KEPT_ALREADY = Refusal("conclusion.kept_already", msg("Diese Datei ist hier schon abgelegt."))
RACES = {
    "conclusion_under_way_once": BEGUN_ALREADY,
    "signature_take": SIGNED_MEANWHILE,
    "conclusion_strike_signature_id": STRUCK_ALREADY,
    "signed_file_once": KEPT_ALREADY,
    # As SQLite names them: the columns of the index.
    "conclusion_conclusion.draft_id": BEGUN_ALREADY,
    "conclusion_signature.conclusion_id": SIGNED_MEANWHILE,
    "conclusion_strike.signature_id": STRUCK_ALREADY,
    "conclusion_signedfile.conclusion_id": KEPT_ALREADY,
}
