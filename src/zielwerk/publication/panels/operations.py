"""The list of operations in the form that Art. 49 (3) Regulation (EU) 2021/1060 asks for.

Where a programme is paid from no fund of the Union nobody has to publish it; the form is one that
many know. A column of which a programme knows nothing stays empty, and its heading says so.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from zielwerk.publication.models import Edition
from zielwerk.rulebook.money import Cents
from zielwerk.tables import Cell

CHUNK = 200  # documents that are in memory at once
UNKNOWN = "im Programm nicht festgehalten"
Data = Mapping[str, Any]


@dataclass(frozen=True)
class Operation:
    """A column: its heading, and what it says of a measure of a public record; None: unknown."""

    title: str
    of: Callable[[Data, Data], Cell] | None = None

    @property
    def heading(self) -> str:
        return self.title if self.of else f"{self.title} ({UNKNOWN})"


OPERATIONS = (
    Operation("Begünstigter", lambda data, measure: data["region"]["name"]),
    Operation("Bezeichnung des Vorhabens", lambda data, measure: measure["title"]),
    Operation("Zweck und Errungenschaften", lambda data, measure: measure.get("target") or ""),
    Operation("Datum des Beginns"),
    Operation("Datum des Endes"),
    Operation("Gesamtkosten"),
    Operation("Betroffener Fonds"),
    Operation("Betroffenes spezifisches Ziel"),
    Operation("Kofinanzierungssatz der Union"),
    Operation("Standort", lambda data, measure: measure.get("place") or ""),
    Operation("Land", lambda data, measure: "DE"),
    Operation("Art der Intervention"),
    # Beside the form: what the programme knows.
    Operation("Programm", lambda data, measure: data["programme_name"]),
    Operation("Programmjahr", lambda data, measure: data["year"]),
    Operation("Aktenzeichen", lambda data, measure: data["file_number"]),
    Operation("Art der Maßnahme", lambda data, measure: measure["type_label"]),
    Operation("Betrag der Maßnahme", lambda data, measure: _cents(measure.get("amount_cents"))),
    Operation(
        "Betrag des Schriftstücks, für alle seine Maßnahmen zusammen",
        lambda data, measure: _cents(data["amount_cents"]),
    ),
    Operation("Plätze", lambda data, measure: measure.get("seats")),
    Operation("Hinweis", lambda data, measure: data["label"]),
)


def operations(editions: QuerySet[Edition]) -> Iterator[list[Cell]]:
    """A row for each measure of what the filters keep, as the list is ordered; one query."""
    ordered = editions.order_by("-year", "body_key", "pk").values_list("document", flat=True)
    for data in ordered.iterator(chunk_size=CHUNK):
        for measure in data["measures"]:
            yield [column.of(data, measure) if column.of else "" for column in OPERATIONS]


def _cents(value: int | None) -> Cents | None:
    return None if value is None else Cents(value)
