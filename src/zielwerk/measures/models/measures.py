"""Measures, and who carries them out."""

from django.db import models
from django.db.models import F, Q

from zielwerk.core.fields import GermanField
from zielwerk.core.guards import Guard, append_only, no_replacing, refuse
from zielwerk.core.models import Sealed
from zielwerk.core.races import LOST_RACE
from zielwerk.core.words import BodyKey, SearchText, SortKey
from zielwerk.programme.models import Party
from zielwerk.rulebook.refusal import Refusal, msg


class Measure(Sealed):
    """A measure of a regional body in a programme year."""

    seal_name = "measure"

    programme = models.CharField("Programm", max_length=40)
    year = models.PositiveSmallIntegerField("Programmjahr")
    ags = models.CharField("Schlüssel", max_length=12)
    type = models.CharField("Maßnahmeart", max_length=40)
    title = GermanField("Titel", max_length=300)
    body_key = BodyKey("Sortierschlüssel der Körperschaft", of=("programme", "ags"))
    title_key = SortKey("Sortierschlüssel", of=("title",))
    search_text = SearchText("Suchtext", of=("title",))
    position = models.PositiveSmallIntegerField("Reihenfolge")

    class Meta:
        verbose_name = "Maßnahme"
        verbose_name_plural = "Maßnahmen"
        ordering = ["programme", "year", "body_key", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "year", "ags", "position"], name="measure_position"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def sealed_facts(self) -> object:
        return [self.programme, self.year, self.ags, self.type, self.title, self.position]


class Delivery(Sealed):
    """A party carrying out a measure, or a part of it, for its body and for a time.

    Without a ``party`` the body does so itself. ``passing_on`` is the kind by which the body
    passes the work on, a code of the year's pack. Bounds are inclusive, ``valid_until`` may be
    open. An entered delivery is only ever ended, and that once: by a last day, or as
    ``is_struck`` where it was entered by mistake.
    """

    seal_name = "delivery"

    measure = models.ForeignKey(
        Measure, on_delete=models.PROTECT, related_name="deliveries", verbose_name="Maßnahme"
    )
    party = models.ForeignKey(
        Party,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="Beteiligter",
    )
    passing_on = models.CharField("Art der Weitergabe", max_length=40)
    valid_from = models.DateField("gilt ab")
    valid_until = models.DateField("gilt bis", null=True, blank=True)
    is_struck = models.BooleanField("irrtümlich eingetragen", default=False)
    entered_by = models.CharField("eingetragen von", max_length=80)
    entered_at = models.DateTimeField("eingetragen")
    ended_by = models.CharField("beendet von", max_length=80, blank=True, default="")
    ended_at = models.DateTimeField("beendet", null=True, blank=True)

    class Meta:
        verbose_name = "Durchführung"
        verbose_name_plural = "Durchführungen"
        ordering = ["measure", "valid_from", "pk"]
        # How many there are of each measure is counted without reading them.
        indexes = [models.Index(fields=["measure", "is_struck", "party"], name="delivery_count")]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_from__lte=F("valid_until")),
                name="delivery_in_order",
            ),
            models.CheckConstraint(
                condition=Q(is_struck=False) | Q(ended_at__isnull=False),
                name="delivery_struck_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["measure", "party", "passing_on", "valid_from"],
                condition=Q(is_struck=False),
                name="delivery_once",
            ),
            models.UniqueConstraint(  # NULLs never equal each other
                fields=["measure", "passing_on", "valid_from"],
                condition=Q(is_struck=False, party__isnull=True),
                name="delivery_of_body_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure}: {self.party or self.passing_on}"

    @property
    def ags(self) -> str:
        """The body whose measure it is."""
        return self.measure.ags


FIXED = ("measure_id", "party_id", "passing_on", "valid_from", "entered_by", "entered_at")


def _ended_once() -> Guard:
    """Lets a delivery be ended and nothing else be changed, and that once."""
    name, table = "measures_delivery_ended_once", "measures_delivery"

    def any_changed(operator: str) -> str:
        return " OR ".join(f"OLD.{column} {operator} NEW.{column}" for column in FIXED)

    return Guard(
        name,
        table,
        f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} "
        f"WHEN OLD.ended_at IS NOT NULL OR NEW.ended_at IS NULL OR {any_changed('IS NOT')} "
        "BEGIN SELECT RAISE(ABORT, 'append-only'); END",
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'append-only' USING ERRCODE = '23514'; END $$;"
        f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} FOR EACH ROW "
        "WHEN (OLD.ended_at IS NOT NULL OR NEW.ended_at IS NULL "
        f"OR {any_changed('IS DISTINCT FROM')}) "
        f"EXECUTE FUNCTION {name}()",
    )


GUARDS = (
    *append_only("measures_measure"),
    refuse("measures_delivery", "DELETE"),
    no_replacing("measures_delivery"),
    _ended_once(),
)
KNOWN_ALREADY = Refusal(
    "measures.delivery_known", msg("Das ist für diesen Zeitraum schon eingetragen.")
)
RACES = {
    "delivery_once": KNOWN_ALREADY,
    "delivery_of_body_once": KNOWN_ALREADY,
    "measures_delivery.measure_id": KNOWN_ALREADY,
    "measure_position": LOST_RACE,
    "measures_measure.programme": LOST_RACE,
}
