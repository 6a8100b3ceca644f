"""A table comes in."""

from collections.abc import Iterable

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.journeys import pages
from tests.journeys.year.walk import Walk


def bring_in(walk: Walk, kind: str, rows: Iterable[Iterable[object]], **options: str) -> None:
    """A table comes in, is looked at, and is written."""
    client, door = walk.officer, f"/arbeit/einlesen/neu/{kind}"
    content = "\r\n".join(";".join(map(str, row)) for row in rows).encode()
    file = SimpleUploadedFile(f"{kind}.csv", content)
    sent = pages.press(client, door, door, file=file, **options)
    pages.take(walk.officer, sent, "uebernehmen")
