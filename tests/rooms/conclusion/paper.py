"""Scans of what was signed by hand, made of what was printed, in these tests."""

from random import Random

from tests.rooms.conclusion import made
from tests.rooms.conclusion.made import SIGNED, Desk
from tests.scans.cast import filed, pictures, worn
from zielwerk.conclusion import actions, letters, queries
from zielwerk.conclusion.actions import NewScan
from zielwerk.conclusion.models import Conclusion, SignedFile
from zielwerk.conclusion.queries import Compared
from zielwerk.identity.models import User
from zielwerk.rulebook.refusal import Said
from zielwerk.scans.findings import Findings


def begun(desk: Desk) -> Conclusion:
    return made.begun(desk, "paper")


def printed(case: Conclusion) -> bytes:
    return letters.print_out(case)


def scanned(case: Conclusion) -> bytes:
    """What a cheap scanner makes of it: pictures, and no text."""
    random = Random(case.pk)
    pages = pictures(printed(case))
    return filed([worn(page, random, random.uniform(-1, 1)) for page in pages])


def compared(case: Conclusion, content: bytes) -> Compared:
    return queries.compared(case, "scan.pdf", content, printed(case))


def keep(person: User, case: Conclusion, content: bytes, reason: str = "") -> SignedFile:
    return actions.keep_scan(person, NewScan(compared(case, content), reason), at=SIGNED)


def unread(case: Conclusion, content: bytes) -> NewScan:
    """A scan as if it had been compared and nothing were to be said of it."""
    return NewScan(Compared(case, "a.pdf", content, Findings(1, 1, (), Said("Verglichen."), ())))
