"""The file that is signed electronically: prepared once, kept with each further signature."""

from datetime import datetime

from django.utils.timezone import localdate

from zielwerk.conclusion import letters, queries
from zielwerk.conclusion.actions.signing import (
    TYPE,
    NewSignature,
    collecting,
    put_away,
    put_down,
)
from zielwerk.conclusion.models import (
    Conclusion,
    PreparedFile,
    Signature,
    SignatureVerdict,
    SignedFile,
)
from zielwerk.conclusion.queries import Examined, Judgement
from zielwerk.core import permissions
from zielwerk.core.actions import action, seal
from zielwerk.core.permissions import Actor
from zielwerk.documents import actions as documents
from zielwerk.rulebook.refusal import Refusal, Refused, msg
from zielwerk.rulebook.signatures import Form, Way, places_of
from zielwerk.signing.apart import packed, prepare
from zielwerk.signing.model import Signature as Signed


def prepare_file(actor: Actor, conclusion: Conclusion, at: datetime) -> None:
    """Make the file that is printed and signed, or in which is signed where somebody may."""
    if conclusion.way == Way.PAPER:
        made = letters.marked_pdf(conclusion, localdate(at))
    elif places := letters.signing_places(conclusion):
        made = prepare(letters.signing_pdf(conclusion, localdate(at)), places).pdf
    else:
        return
    name = letters.file_name(conclusion, "pdf")
    file = documents.store(actor, name, TYPE, made, at=at)
    kept = PreparedFile.objects.create(conclusion=conclusion, file=file, prepared_at=at)
    seal(kept)


@action("conclusion.keep_file")
def keep_signed(actor: Actor, examined: Examined, *, at: datetime) -> SignedFile:
    """Keep the newest file with its new signatures, each of which fills the place of its field.

    Refused where another was kept meanwhile: the later one signs the newest file.
    """
    conclusion = collecting(examined.conclusion)
    if queries.newest(conclusion) != examined.base:
        names = ", ".join(sorted(each.name for each in _kept(conclusion)))
        raise Refused(
            Refusal("conclusion.signed_older_file", queries.SIGNED_OLDER, {"names": names})
        )
    for each in examined.new:
        _enter(actor, conclusion, each, at)
    name = letters.file_name(conclusion, "pdf")
    kept = put_away(actor, conclusion, name, examined.content, at)
    judgement = Judgement(kept.file, examined.verdict, examined.authorities, ())
    keep_verdict(actor, conclusion, judgement, at)
    return kept


def _kept(conclusion: Conclusion) -> tuple[Signed, ...]:
    verdict = queries.verdict_of(conclusion)
    return verdict.signatures if verdict else ()


def _enter(actor: Actor, conclusion: Conclusion, signed: Signed, at: datetime) -> Signature:
    """The row of a signature, as its certificate says it; the office, if it does not, the place's.

    Whether somebody signs for the other side is asked of whoever brings the file.
    """
    place = places_of(conclusion.sides).get(signed.field)
    if place is None or signed.time is None:
        raise Refused(Refusal("conclusion.no_place_for_it", NO_PLACE, {"name": signed.name}))
    new = NewSignature(
        conclusion,
        place.id,
        signed.name[:120],
        (signed.office or place.office)[:120],
        localdate(signed.time),
        Form.QUALIFIED,
    )
    verb = "conclusion.enter" if place.side == actor.side else "conclusion.enter_for"
    if reason := permissions.refusal(actor, verb, new):
        raise Refused(reason)
    return put_down(actor, conclusion, new, at)


def keep_verdict(actor: Actor, conclusion: Conclusion, found: Judgement, at: datetime) -> None:
    """Keep what was found of a file, and whose word was taken."""
    kept = SignatureVerdict.objects.create(
        conclusion=conclusion,
        side=actor.side,
        file=found.file,
        result=found.verdict.result,
        verdict=packed(found.verdict),
        authorities=found.authorities.to_json(),
        entered_by=actor.audit_name,
        entered_at=at,
    )
    seal(kept)


NO_PLACE = msg("Für die Unterschrift von {name} gibt es hier keine Stelle.")
