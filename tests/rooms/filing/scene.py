"""A waiver of the cast's own body, of which each side put something beside."""

import re
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pypdfium2
from django.test import Client

from tests import worlds
from tests.rooms.money import AT, MILLION, YEAR, decided, enact
from tests.stage import signed_in
from zielwerk.adjustments import actions as adjustments
from zielwerk.adjustments.models import Adjustment
from zielwerk.config import world
from zielwerk.core.cases import Case
from zielwerk.identity.models import User
from zielwerk.notes import actions as notes
from zielwerk.rulebook.adjustment import AdjustmentKind
from zielwerk.rulebook.planning import Fund


@dataclass(frozen=True)
class Ways:
    """The three ways in which a person gets a file."""

    client: Client
    url: str

    @property
    def page(self) -> str:
        return self.client.get(self.url).content.decode()

    @property
    def pdf_bytes(self) -> bytes:
        return bytes(self.client.get(f"{self.url}/pdf").content)

    @property
    def pdf(self) -> str:
        """Its words, put together again where a line broke one."""
        with pypdfium2.PdfDocument(self.pdf_bytes) as document:
            said = "\n".join(page.get_textpage().get_text_bounded() for page in document)
        return " ".join(re.sub("[\u00ad\ufffe\x02]\\s*", "", said).split())

    @property
    def zip_bytes(self) -> bytes:
        return self.content("/zip")

    def content(self, ending: str) -> bytes:
        """The whole of an answer; read to its end, it closes its file."""
        return bytes(self.client.get(self.url + ending).getvalue())

    @property
    def archive(self) -> dict[str, bytes]:
        with ZipFile(BytesIO(self.zip_bytes)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}


def ways(person: User, case: Case) -> Ways:
    return Ways(signed_in(person), f"/arbeit/akte/{case.seal_name}/{case.pk}")


def note(
    person: User, case: Case, text: str, *, is_shared: bool = False, file: str = ""
) -> notes.Note:
    attached = notes.Attachment(file, f"Inhalt von {text}".encode()) if file else None
    return notes.write(person, notes.NewNote(case, text, is_shared, attached), at=AT)


def people(programme: str, settings: Any) -> world.Cast:
    settings.PROGRAMME = programme
    enact(programme, 27 * MILLION)
    cast = worlds.put(world.enrol_cast)
    decided(programme)
    return cast


def declared(cast: world.Cast, programme: str) -> Adjustment:
    """A waiver of the cast's own body, which its coordinator and the ministry see."""
    fund, ags = Fund(programme, YEAR), cast.body.ags
    move = adjustments.Move(AdjustmentKind.WAIVER, fund, ags, 1_000_00, "weniger Bedarf")
    return adjustments.declare(cast.body, move, at=AT)
