"""Entering signatures, striking them out, keeping signed files, noting resolutions.

Both sides may do so at one moment: none of it changes the conclusion itself, which is locked
meanwhile and must still be collecting signatures.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localdate

from zielwerk.conclusion import queries
from zielwerk.conclusion.models import (
    STRUCK_ALREADY,
    Conclusion,
    Resolution,
    Signature,
    SignedFile,
    Strike,
)
from zielwerk.core.actions import action, seal
from zielwerk.core.cases import locked
from zielwerk.core.permissions import Actor
from zielwerk.documents import actions as documents
from zielwerk.rulebook.conclusion import FROM_THE_FILE, ConclusionState, why_not_entered
from zielwerk.rulebook.refusal import Refusal, Refused, msg
from zielwerk.rulebook.signatures import Form, Given, Way
from zielwerk.rulebook.writing import says_something

PDF, TYPE = b"%PDF-", "application/pdf"
PICTURES = {b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg"}


@dataclass(frozen=True)
class NewSignature:
    """A signature, as the paper or the file has it; ``place`` is what it fills."""

    conclusion: Conclusion
    place: str
    name: str
    office: str
    signed_on: date
    form: str
    town: str = ""
    acting: str = ""
    has_seal: bool = False

    @property
    def ags(self) -> str:
        return self.conclusion.ags

    @property
    def side(self) -> str:
        return self.place.partition("/")[0]


@dataclass(frozen=True)
class NewStrike:
    """A signature that is to count no longer, and why."""

    signature: Signature
    reason: str

    @property
    def ags(self) -> str:
        return self.signature.ags

    @property
    def side(self) -> str:
        return self.signature.side


@dataclass(frozen=True)
class NewFile:
    """A signed file to be kept."""

    conclusion: Conclusion
    name: str
    content: bytes

    @property
    def ags(self) -> str:
        return self.conclusion.ags


@dataclass(frozen=True)
class NewResolution:
    """The resolution of an organ."""

    conclusion: Conclusion
    organ: str
    resolved_on: date
    number: str

    @property
    def ags(self) -> str:
        return self.conclusion.ags


@action("conclusion.enter")
def enter(actor: Actor, new: NewSignature, *, at: datetime) -> Signature:
    """Enter a signature of one's own side."""
    return _entered(actor, new, at)


@action("conclusion.enter_for")
def enter_for(actor: Actor, new: NewSignature, *, at: datetime) -> Signature:
    """Enter a signature of the other side, which came by post."""
    return _entered(actor, new, at)


def _entered(actor: Actor, new: NewSignature, at: datetime) -> Signature:
    conclusion = collecting(new.conclusion)
    if conclusion.way == Way.ELECTRONIC and new.form == Form.QUALIFIED:
        raise Refused(Refusal("conclusion.from_the_file", FROM_THE_FILE))
    return put_down(actor, conclusion, new, at)


def put_down(actor: Actor, conclusion: Conclusion, new: NewSignature, at: datetime) -> Signature:
    """The row of a signature, where the rules let it fill its place."""
    facts = queries.Facts(conclusion, localdate(at))
    given = Given(new.place, new.name, new.form, conclusion.digest, new.has_seal)
    first, today = queries.first_day(conclusion), localdate(at)
    if not says_something(new.name):
        raise Refused(NO_NAME)
    if reasons := why_not_entered(facts, given, conclusion.way, new.signed_on, first, today):
        raise Refused(*reasons)
    earlier = Signature.objects.filter(conclusion=conclusion, place=new.place).count()
    signature = Signature.objects.create(
        conclusion=conclusion,
        side=new.side,
        place=new.place,
        take=earlier + 1,
        name=" ".join(new.name.split()),
        office=new.office.strip(),
        acting=new.acting,
        signed_on=new.signed_on,
        town=new.town.strip(),
        form=new.form,
        has_seal=new.has_seal,
        digest=conclusion.digest,
        is_for_other=new.side != actor.side,
        entered_by=actor.audit_name,
        entered_at=at,
    )
    seal(signature)
    return signature


@action("conclusion.strike")
def strike(actor: Actor, new: NewStrike, *, at: datetime) -> Strike:
    """Strike a signature out, for a reason; it stays on file and counts no longer."""
    if not says_something(new.reason):
        raise Refused(NO_REASON)
    conclusion = collecting(new.signature.conclusion)
    if conclusion.way == Way.ELECTRONIC and new.signature.form == Form.QUALIFIED:
        raise Refused(IN_THE_FILE)
    if Strike.objects.filter(signature=new.signature).exists():
        raise Refused(STRUCK_ALREADY)
    struck = Strike.objects.create(
        signature=new.signature,
        reason=new.reason.strip(),
        struck_by=actor.audit_name,
        struck_at=at,
    )
    seal(struck)
    return struck


@action("conclusion.keep_file")
def keep_file(actor: Actor, new: NewFile, *, at: datetime) -> SignedFile:
    """Keep a file that goes with signatures in text form alone; both sides see it at once."""
    if not new.content.startswith(PDF):
        raise Refused(NO_PDF)
    conclusion = collecting(new.conclusion)
    if conclusion.way == Way.PAPER or queries.prepared(conclusion):
        raise Refused(UNREAD)
    return put_away(actor, conclusion, new.name, new.content, at)


def put_away(
    actor: Actor, conclusion: Conclusion, name: str, content: bytes, at: datetime
) -> SignedFile:
    """The row of a signed copy, and its file."""
    file = documents.store(actor, name, type_of(content), content, at=at)
    if SignedFile.objects.filter(conclusion=conclusion, file=file).exists():
        raise Refused(KEPT_ALREADY)
    kept = SignedFile.objects.create(
        conclusion=conclusion,
        side=actor.side,
        file=file,
        name=name[:200],
        entered_by=actor.audit_name,
        entered_at=at,
    )
    seal(kept)
    return kept


def type_of(content: bytes) -> str:
    """The media type of a PDF or of a picture that a scanner makes."""
    if content.startswith(PDF):
        return TYPE
    return next(
        (kind for begin, kind in PICTURES.items() if content.startswith(begin)), "image/tiff"
    )


@action("conclusion.resolve")
def resolve(actor: Actor, new: NewResolution, *, at: datetime) -> Resolution:
    """Note the resolution that a side rests on; a later note takes its place."""
    conclusion = collecting(new.conclusion)
    if new.resolved_on > localdate(at):
        raise Refused(RESOLVED_IN_FUTURE)
    if not (says_something(new.organ) and says_something(new.number)):
        raise Refused(NO_RESOLUTION)
    noted = Resolution.objects.create(
        conclusion=conclusion,
        side=actor.side,
        organ=new.organ.strip(),
        resolved_on=new.resolved_on,
        number=new.number.strip(),
        entered_by=actor.audit_name,
        entered_at=at,
    )
    seal(noted)
    return noted


def collecting(conclusion: Conclusion) -> Conclusion:
    """The conclusion as it is now, locked, while signatures are being collected."""
    current = locked(Conclusion.objects.select_for_update().get(pk=conclusion.pk))
    if current.state != ConclusionState.SIGNING:
        raise Refused(NOT_COLLECTING)
    return current


NOT_COLLECTING = Refusal(
    "conclusion.not_collecting",
    msg(
        "Unterschriften werden hier nicht mehr eingeholt. Dafür muss der Abschluss zurückgegeben "
        "sein."
    ),
)
NO_NAME = Refusal("conclusion.no_name", msg("Es fehlt, wer unterschrieben hat."))
NO_REASON = Refusal("conclusion.no_reason", msg("Die Begründung fehlt."))
IN_THE_FILE = Refusal(
    "conclusion.in_the_file",
    msg(
        "Diese Unterschrift steht in der Datei selbst und lässt sich dort nicht streichen. Ist sie "
        "falsch, brechen Sie den Abschluss ab und beginnen Sie ihn neu."
    ),
)
UNREAD = Refusal(
    "conclusion.unread",
    msg("Hier wird nichts abgelegt, ohne dass es vorher geprüft oder verglichen wurde."),
)
NO_PDF = Refusal("conclusion.no_pdf", msg("Das ist keine PDF-Datei."))
KEPT_ALREADY = Refusal("conclusion.kept_already", msg("Diese Datei ist hier schon abgelegt."))
RESOLVED_IN_FUTURE = Refusal(
    "conclusion.resolved_in_future", msg("Der Tag des Beschlusses liegt in der Zukunft.")
)
NO_RESOLUTION = Refusal(
    "conclusion.no_resolution_said", msg("Es fehlt, wer unter welcher Nummer beschlossen hat.")
)
