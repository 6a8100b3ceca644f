"""The files of cases, by the one door of all kinds: here of a body's moves of money."""

from collections.abc import Callable

from tests.journeys.access.scene import Scene, Thing, Things, of_bodies
from zielwerk.adjustments.models import Adjustment

FILE = "arbeit/akte/<slug:kind>/<int:pk>"


def case_files(scene: Scene) -> Things:
    rows = Adjustment.objects.order_by("-pk")
    return of_bodies(rows, lambda row: (Adjustment.seal_name, str(row.pk)))


def not_offered(scene: Scene) -> Things:
    """Nothing was offered to the archive yet, so there is no answer of it."""
    return {"": Thing((Adjustment.seal_name, "1"), lambda role: False)}


OF_FILES: dict[str, Callable[[Scene], Things]] = {
    **{f"{FILE}{each}": case_files for each in ("", "/pdf", "/zip", "/anbieten")},
    f"{FILE}/antwort": not_offered,
}
