"""Entering parties and their relations to bodies."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from zielwerk.core import audit
from zielwerk.core.actions import action, seal
from zielwerk.core.permissions import Actor
from zielwerk.packs import loading as packs
from zielwerk.programme.models import Party, PartyRelation
from zielwerk.rulebook.refusal import Refusal, Refused, msg
from zielwerk.rulebook.writing import says_something


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
def enter_party(actor: Actor, entry: NewParty, *, at: datetime) -> Party:
    """Enter a party, or add relations to one that is known under this name and kind."""
    if refusals := _refusals(entry):
        raise Refused(*refusals)
    party, is_new = Party.objects.get_or_create(
        programme=entry.programme,
        name=entry.name.strip(),
        kind=entry.kind,
        defaults={
            "is_invented": entry.is_invented,
            "entered_by": actor.audit_name,
            "entered_at": at,
        },
    )
    if not is_new and not audit.is_untouched(party):
        raise Refused(TAMPERED)
    relations = [
        PartyRelation.objects.create(
            party=party,
            ags=relation.ags,
            passing_on=relation.passing_on,
            valid_from=relation.valid_from,
            valid_until=relation.valid_until,
        )
        for relation in entry.relations
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


def _refusals(entry: NewParty) -> list[Refusal]:
    refusals = []
    if not says_something(entry.name):
        refusals.append(Refusal("programme.no_name", msg("Der Name fehlt.")))
    bodies = {body.ags for body in packs.bodies(entry.programme)}
    years = [year for code, year in packs.available() if code == entry.programme]
    kinds = {kind.code for year in years for kind in packs.load(entry.programme, year).passing_on}
    for place, relation in enumerate(entry.relations):
        where = {"place": place}  # which of them it is about
        if relation.ags not in bodies:
            sentence = msg("{ags}: Diese Körperschaft gibt es im Programm nicht.")
            refusals.append(
                Refusal("programme.no_such_body", sentence, {"ags": relation.ags, **where})
            )
        if relation.passing_on and relation.passing_on not in kinds:
            sentence = msg("Die Art der Weitergabe „{kind}“ ist im Regelwerk nicht vorgesehen.")
            refusals.append(
                Refusal(
                    "programme.no_such_passing_on",
                    sentence,
                    {"kind": relation.passing_on, **where},
                )
            )
        if (
            relation.valid_from
            and relation.valid_until
            and relation.valid_until < relation.valid_from
        ):
            refusals.append(
                Refusal("programme.not_in_order", msg("Das Ende liegt vor dem Beginn."), where)
            )
    return refusals
