"""Entering parties and how they belong to bodies."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from zielwerk.core import audit
from zielwerk.core.actions import action, seal
from zielwerk.core.permissions import Actor
from zielwerk.packs import loading as packs
from zielwerk.programme.models import Party, PartyRelation
from zielwerk.rulebook.refusal import Refusal, Refused, msg


@dataclass(frozen=True)
class NewRelation:
    """A body that the party belongs to; ``passing_on`` a code of the pack, or empty."""

    ags: str
    passing_on: str = ""
    valid_from: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True)
class NewParty:
    """A party with its relations; ``kind`` is one of :class:`PartyKind`."""

    programme: str
    name: str
    kind: str
    relations: Sequence[NewRelation]
    is_invented: bool = False


@action("programme.enter_party")
def enter_party(actor: Actor, new: NewParty, *, at: datetime) -> Party:
    """Enter a party, or add relations to one that is known under this name and kind."""
    if refusals := _refusals(new):
        raise Refused(*refusals)
    party, is_new = Party.objects.get_or_create(
        programme=new.programme,
        name=new.name.strip(),
        kind=new.kind,
        defaults={
            "is_invented": new.is_invented,
            "entered_by": actor.audit_name,
            "entered_at": at,
        },
    )
    if not is_new and not audit.is_untouched(party):
        raise Refused(TAMPERED)
    relations = [
        PartyRelation.objects.create(
            party=party,
            ags=one.ags,
            passing_on=one.passing_on,
            valid_from=one.valid_from,
            valid_until=one.valid_until,
        )
        for one in new.relations
    ]
    seal(party, *relations)
    return party


TAMPERED = Refusal(
    "programme.tampered_party",
    msg(
        "Dieser Beteiligte wurde am Protokoll vorbei verändert. "
        "Bitte benachrichtigen Sie die Prüfung."
    ),
)


def _refusals(new: NewParty) -> list[Refusal]:
    refusals = []
    if not new.name.strip():
        refusals.append(Refusal("programme.no_name", msg("Der Name fehlt.")))
    bodies = {one.ags for one in packs.bodies(new.programme)}
    years = [year for code, year in packs.available() if code == new.programme]
    known = {one.code for year in years for one in packs.load(new.programme, year).passing_on}
    for one in new.relations:
        if one.ags not in bodies:
            sentence = msg("AGS {ags}: Diese Körperschaft gibt es im Programm nicht.")
            refusals.append(Refusal("programme.no_such_body", sentence, {"ags": one.ags}))
        if one.passing_on and one.passing_on not in known:
            sentence = msg("Die Art der Weitergabe „{kind}“ ist im Regelwerk nicht vorgesehen.")
            refusals.append(
                Refusal("programme.no_such_passing_on", sentence, {"kind": one.passing_on})
            )
        if one.valid_from and one.valid_until and one.valid_until < one.valid_from:
            refusals.append(
                Refusal("programme.not_in_order", msg("Das Ende liegt vor dem Beginn."))
            )
    return refusals
