"""Accounts, transfers between them, and the sums of transfers by day."""

from dataclasses import dataclass, fields, replace
from functools import reduce
from operator import attrgetter, or_

from django.db import models
from django.db.models import F, Q

from zielwerk.core.fields import GermanField
from zielwerk.core.models import Sealed
from zielwerk.language import translate
from zielwerk.rulebook.planning import Fund
from zielwerk.rulebook.refusal import msg
from zielwerk.rulebook.tranche import UNKNOWN, Tranche


class Book(models.TextChoices):
    """The four books; each conserves money by itself."""

    AUTHORISATION = "authorisation", msg("Ermächtigung")
    PLANNING = "planning", msg("Planung")
    COMMITMENT = "commitment", msg("Bindung")
    CASH = "cash", msg("Zahlungen und Forderungen")


class Place(models.TextChoices):
    """Where money can be within a book.

    ``outside`` is where it comes from and goes to, ``opening`` where it comes from if nobody
    recorded how it came, ``uncovered`` what facts took beyond what was there and what
    somebody must still resolve. These three may be below zero; no other place may.

    Of the authorisation's places, ``permitted``, ``consumed`` and ``redeemed`` hold commitment
    authority (Verpflichtungsermächtigung), on accounts with a due year: a permission, never
    added to money. ``burdened`` is the part of an appropriation that pays for authority
    consumed in earlier years.
    """

    OUTSIDE = "outside", msg("außerhalb")
    OPENING = "opening", msg("Eröffnung")
    DRAFT = "draft", msg("im Entwurf veranschlagt")
    PROVISIONAL = "provisional", msg("in vorläufiger Haushaltsführung")
    APPROPRIATED = "appropriated", msg("veranschlagt")
    SUPPLEMENTARY = "supplementary", msg("durch Nachtrag veranschlagt")
    CARRIED_OVER = "carried_over", msg("mit Einwilligung übertragen")
    BLOCKED = "blocked", msg("gesperrt")
    BURDENED = "burdened", msg("durch frühere Verpflichtungen belegt")
    EXPENDED = "expended", msg("verausgabt")
    PERMITTED = "permitted", msg("Verpflichtung erlaubt")
    CONSUMED = "consumed", msg("Verpflichtung eingegangen")
    REDEEMED = "redeemed", msg("Verpflichtung eingelöst")
    LAPSED = "lapsed", msg("verfallen")
    FREE = "free", msg("nicht zugewiesen")
    ALLOCATED = "allocated", msg("zugewiesen, nicht vereinbart")
    AGREED = "agreed", msg("vereinbart")
    COMMITTED = "committed", msg("gebunden")
    PAID = "paid", msg("ausgezahlt")
    UNCOVERED = "uncovered", msg("ungedeckt")

    @property
    def said(self) -> str:
        """Its German name in the programme."""
        return translate(str(self.label))


COUNTER_PLACES = (Place.OUTSIDE, Place.OPENING, Place.UNCOVERED)
# A new place is a row here, a member above, and the migration of one constraint.
PLACES: dict[Book, tuple[Place, ...]] = {
    Book.AUTHORISATION: (
        *COUNTER_PLACES,
        Place.DRAFT,
        Place.PROVISIONAL,
        Place.APPROPRIATED,
        Place.SUPPLEMENTARY,
        Place.CARRIED_OVER,
        Place.BLOCKED,
        Place.BURDENED,
        Place.EXPENDED,
        Place.PERMITTED,
        Place.CONSUMED,
        Place.REDEEMED,
        Place.LAPSED,
    ),
    Book.PLANNING: (*COUNTER_PLACES, Place.FREE, Place.ALLOCATED, Place.AGREED),
    Book.COMMITMENT: (*COUNTER_PLACES, Place.COMMITTED),
    Book.CASH: (*COUNTER_PLACES, Place.PAID),
}


class EntryCode(models.TextChoices):
    """The reason of a transfer, in one word."""

    OPENING = "opening", msg("Eröffnungsbuchung")
    APPROPRIATION = "appropriation", msg("Veranschlagung")
    PROVISION = "provision", msg("vorläufige Haushaltsführung")
    ENACTMENT = "enactment", msg("Inkrafttreten des Haushalts")
    SUPPLEMENT = "supplement", msg("Nachtragshaushalt")
    BLOCK = "block", msg("Haushaltssperre")
    RELEASE = "release", msg("Aufhebung der Sperre")
    CARRY_OVER = "carry_over", msg("Übertragung")
    AUTHORITY = "authority", msg("Verpflichtungsermächtigung")
    CONSUMPTION = "consumption", msg("Inanspruchnahme")
    REDEMPTION = "redemption", msg("Einlösung")
    EXPENDITURE = "expenditure", msg("Verausgabung")
    LAPSE = "lapse", msg("Verfall")
    PROVIDING = "providing", msg("Bereitstellung")
    ALLOCATION = "allocation", msg("Mittelzuweisung")
    AGREEMENT = "agreement", msg("Vereinbarung")
    AMENDMENT = "amendment", msg("Änderung des Vereinbarten")
    GRANT = "grant", msg("Bewilligung")
    GRANT_CHANGE = "grant_change", msg("Änderung der Bewilligung")
    CUT = "cut", msg("Kürzung")
    WAIVER = "waiver", msg("Verzicht")
    REALLOCATION = "reallocation", msg("Umverteilung")
    COVER = "cover", msg("Deckung")
    SUCCESSION = "succession", msg("Rechtsnachfolge")
    REVERSAL = "reversal", msg("Stornobuchung")

    @property
    def said(self) -> str:
        """Its German name in the programme."""
        return translate(str(self.label))


@dataclass(frozen=True, order=True)
class AccountKey:
    """The whole identity of an account; what does not apply is empty or 0, never unknown.

    ``budget_line`` is the state's own opaque code, ``ags`` the key of the regional body,
    ``measure`` the file number or code of one measure. ``programme_year`` and
    ``budget_year`` differ: one programme year is paid over up to five budget years.
    ``due_year`` is 0 for money; commitment authority of the budget of ``budget_year`` has
    the later year in which what it permits falls due. In the planning book, source, budget year
    and due year are those of the authorisation that provides the money: its tranche.
    """

    book: Book
    place: Place
    programme: str = ""
    programme_year: int = 0
    budget_year: int = 0
    budget_line: str = ""
    source: str = ""
    earmark: str = ""
    ags: str = ""
    measure: str = ""
    due_year: int = 0

    def __post_init__(self) -> None:
        if self.place not in PLACES[self.book]:
            raise ValueError(f"the book {self.book} has no place {self.place}")

    @classmethod
    def planning(cls, fund: Fund, place: str, ags: str = "") -> "AccountKey":
        """The account of a fund in the planning book; ``ags`` is empty where it is the state's."""
        return cls(
            Book.PLANNING,
            Place(place),
            programme=fund.programme,
            programme_year=fund.year,
            earmark=fund.earmark,
            ags=ags,
        )

    @property
    def fund(self) -> Fund:
        return Fund(self.programme, self.programme_year, self.earmark)

    @property
    def tranche(self) -> Tranche:
        return Tranche(self.source, self.budget_year, self.due_year)

    def of(self, tranche: Tranche) -> "AccountKey":
        """The same place, for the money of a tranche."""
        return self._of(tranche, self.measure)

    @property
    def whole(self) -> "AccountKey":
        """The same place for all tranches and measures: what decisions name."""
        return self._of(UNKNOWN, "")

    def _of(self, tranche: Tranche, measure: str) -> "AccountKey":
        """Written out: each booking looks at all accounts of a body, and ``replace`` is slow."""
        return AccountKey(
            self.book,
            self.place,
            self.programme,
            self.programme_year,
            tranche.budget_year,
            self.budget_line,
            tranche.source,
            self.earmark,
            self.ags,
            measure,
            tranche.due_year,
        )

    @property
    def counts_by_day(self) -> bool:
        """Whether its money is taken only from the day on which it counts: a budget's, and free."""
        of_budget = self.book == Book.AUTHORISATION and self.place not in COUNTER_PLACES
        return of_budget or self.place == Place.FREE

    @property
    def committed(self) -> "AccountKey":
        """Where the same money is committed, once a notice has granted it."""
        return replace(self, book=Book.COMMITMENT, place=Place.COMMITTED)


IDENTITY = tuple(field.name for field in fields(AccountKey))
_cells = attrgetter(*IDENTITY)


class Account(Sealed):
    """One place in one book for one set of dimensions, with its balance in cents.

    The balance is kept by the database as transfers are inserted; nothing else may write it.
    ``last_transfer`` is the number of the transfer that changed it last.
    """

    seal_name = "account"

    book = models.CharField("Buch", max_length=20, choices=Book)
    place = models.CharField("Ort", max_length=20, choices=Place)
    programme = models.CharField("Programm", max_length=40, blank=True, default="")
    programme_year = models.PositiveSmallIntegerField("Programmjahr", default=0)
    budget_year = models.PositiveSmallIntegerField("Haushaltsjahr", default=0)
    budget_line = models.CharField("Haushaltsstelle", max_length=60, blank=True, default="")
    source = models.CharField("Mittelherkunft", max_length=60, blank=True, default="")
    earmark = models.CharField("Zweckbindung", max_length=60, blank=True, default="")
    ags = models.CharField("Schlüssel", max_length=12, blank=True, default="")
    measure = models.CharField("Maßnahme", max_length=60, blank=True, default="")
    due_year = models.PositiveSmallIntegerField("Fälligkeitsjahr", default=0)
    guarded = models.BooleanField("darf nicht unter null")
    balance_cents = models.BigIntegerField("Stand in Cent", default=0)
    last_transfer = models.BigIntegerField("letzte Buchung", default=0)

    class Meta:
        verbose_name = msg("Konto")
        verbose_name_plural = "Konten"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=IDENTITY, name="account_identity"),
            models.CheckConstraint(
                condition=reduce(
                    or_, (Q(book=book, place__in=places) for book, places in PLACES.items())
                ),
                name="account_place_of_book",
            ),
            models.CheckConstraint(
                condition=Q(guarded=True) | Q(place__in=COUNTER_PLACES),
                name="account_guarded_by_place",
            ),
            models.CheckConstraint(
                condition=Q(guarded=False) | Q(balance_cents__gte=0), name="account_not_overdrawn"
            ),
            models.CheckConstraint(
                condition=Q(due_year=0) | Q(due_year__gt=F("budget_year")), name="account_due_later"
            ),
            models.CheckConstraint(
                condition=Q(due_year__gt=0)
                | ~Q(place__in=(Place.PERMITTED, Place.CONSUMED, Place.REDEEMED)),
                name="account_permission_due",
            ),
            models.CheckConstraint(
                condition=~Q(place=Place.UNCOVERED) | Q(balance_cents__lte=0),
                name="account_covered_once",
            ),
        ]
        indexes = [
            models.Index(fields=["ags", "programme_year"], name="account_of_body"),
            models.Index(fields=["programme_year", "book", "ags", "place"], name="account_of_year"),
            models.Index(fields=["place", "programme"], name="account_at_place"),
        ]

    @property
    def key(self) -> AccountKey:
        _, _, *dimensions = _cells(self)
        return AccountKey(Book(self.book), Place(self.place), *dimensions)

    def sealed_facts(self) -> object:
        # A year that is not due says nothing, so accounts from before there was one stay sealed.
        values = [str(getattr(self, name)) for name in IDENTITY if name != "due_year"]
        due = [str(self.due_year)] if self.due_year else []
        return [*values, self.guarded, *due]


class Transfer(Sealed):
    """One movement of money from one account to another of the same book, for good.

    ``value_date`` is the day it counts from, ``recorded_at`` when it was known and
    ``recorded_on`` that moment's day in Germany. ``case`` is the file number of what it was
    done for. ``reverses`` names the transfer whose mirror it is.
    """

    seal_name = "transfer"

    source = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="outgoing", verbose_name="von"
    )
    target = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="incoming", verbose_name="nach"
    )
    amount_cents = models.BigIntegerField("Betrag in Cent")
    code = models.CharField("Buchungsart", max_length=20, choices=EntryCode)
    value_date = models.DateField("Wertstellung")
    recorded_at = models.DateTimeField("erfasst")
    recorded_on = models.DateField("Tag der Erfassung")
    case = models.CharField("Aktenzeichen", max_length=30)
    reason = GermanField("Begründung", max_length=500, blank=True, default="")
    actor = models.CharField("gebucht von", max_length=80)
    # Unique where there is one: an index over all the empty ones misleads the planners.
    reverses = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="reversed_by",
        db_index=False,
        verbose_name="storniert",
    )

    class Meta:
        verbose_name = "Buchung"
        verbose_name_plural = "Buchungen"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount_cents__gt=0), name="transfer_amount_positive"
            ),
            models.CheckConstraint(condition=~Q(source=F("target")), name="transfer_moves"),
            models.CheckConstraint(
                condition=Q(reverses__isnull=True) | ~Q(reason=""), name="reversal_has_reason"
            ),
            models.UniqueConstraint(
                fields=["reverses"],
                condition=Q(reverses__isnull=False),
                name="transfer_reversed_once",
            ),
        ]
        indexes = [models.Index(fields=["case"], name="transfer_case")]

    def sealed_facts(self) -> object:
        return [
            self.source_id,
            self.target_id,
            self.amount_cents,
            self.code,
            self.value_date,
            self.recorded_at,
            self.recorded_on,
            self.case,
            self.reason,
            self.actor,
            self.reverses_id,
        ]


class AccountDay(models.Model):
    """The sum of one account's transfers with one value date, recorded on one day.

    Kept by the database as transfers are inserted, so that a balance at any past date, as
    it counted or as it was known, is a short sum.
    """

    account = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="days", verbose_name="Konto"
    )
    value_date = models.DateField("Wertstellung")
    recorded_on = models.DateField("Tag der Erfassung")
    net_cents = models.BigIntegerField("Saldo in Cent")

    class Meta:
        verbose_name = "Tagesstand"
        verbose_name_plural = "Tagesstände"
        ordering = ["account", "value_date", "recorded_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["account", "value_date", "recorded_on"], name="account_day"
            )
        ]
