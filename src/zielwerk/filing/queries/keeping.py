"""How long files are kept, and those whose time is over."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice

from django.conf import settings
from django.utils.timezone import make_aware

from zielwerk.core import cases, keeping
from zielwerk.core.audit import reference
from zielwerk.core.cases import Case
from zielwerk.core.permissions import Actor
from zielwerk.filing.models import ArchiveOffer
from zielwerk.packs import law
from zielwerk.packs import loading as packs
from zielwerk.packs.model import Parameter
from zielwerk.rulebook.refusal import Refused
from zielwerk.rulebook.retention import Keeping

CODE = "retention"
LOOKED_AT, SHOWN = 1000, 100  # cases of a kind, oldest first, and how many of them are listed


def keeping_of(case: Case) -> Keeping:
    """From which event and until when the file of a case is kept, and on which basis; no query."""
    closing = keeping.closing(case)
    rule = _rule(case.programme, closing.day) if closing.day else None
    if rule is None:
        return Keeping(closing.event, closing.day, None)
    source = rule.source
    basis = f"{rule.label}: {source.text}"
    return Keeping(closing.event, closing.day, int(rule.number), basis, source.assumed)


def _rule(programme: str, day: date) -> Parameter | None:
    """The parameter of the land as it held on the day; None where it says nothing."""
    try:
        return law.parameter_on(day, CODE, packs.programme(programme).jurisdictions)
    except Refused:
        return None


def offer_of(case: Case) -> ArchiveOffer | None:
    return ArchiveOffer.objects.filter(about=reference(case)).first()


@dataclass(frozen=True)
class Over:
    """A file whose time is over, and what was offered of it."""

    case: Case
    until: date
    offer: ArchiveOffer | None

    @property
    def kind_label(self) -> str:
        return cases.kind_of(self.case).label


def over(user: Actor, on: date) -> list[Over]:
    """The files that a person sees and whose time is over on a day, those to be offered first.

    One query a kind, and one for the offers: what is closed longer than the shortest time is
    looked at, oldest first.
    """
    found = list(_over(user, on))
    names = [reference(case) for case, _ in found]
    offers = {offer.about: offer for offer in ArchiveOffer.objects.filter(about__in=names)}
    rows = [Over(case, until, offers.get(reference(case))) for case, until in found]
    return sorted(rows, key=lambda row: (row.offer is not None, row.until, row.case.file_number))


def _over(user: Actor, on: date) -> Iterator[tuple[Case, date]]:
    programme = settings.PROGRAMME
    rules = law.parameters(packs.programme(programme).jurisdictions)
    years = min((int(rule.number) for rule in rules if rule.code == CODE), default=None)
    if years is None:
        return
    before = make_aware(datetime.combine(date(on.year - years, 1, 1), time()))
    for kind in cases.KINDS.values():
        closed = kind.seen(user, programme).filter(
            state__in=keeping.closed_states(kind), state_since__lt=before
        )
        yield from islice(_of_kind(closed.order_by("state_since", "pk")[:LOOKED_AT], on), SHOWN)


def _of_kind(closed: Iterable[Case], on: date) -> Iterator[tuple[Case, date]]:
    for case in closed:
        kept = keeping_of(case)
        if kept.until and kept.is_over(on):
            yield case, kept.until
