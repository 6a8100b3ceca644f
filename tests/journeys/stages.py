"""The stages that a programme declares, taken on the pages of a case by those who take them."""

from django.conf import settings

from tests.journeys.pages import press, take
from tests.stage import signed_in
from zielwerk.agreements.models import Agreement
from zielwerk.config.cast import Cast
from zielwerk.packs import loading as packs
from zielwerk.packs.model import Stage
from zielwerk.rulebook.procedure import address_of

LAST = {
    "allocation": "entscheiden",
    "recording": "bestaetigen",
    "adjustment": "entscheiden",
    "publication": "veroeffentlichen",
    "strategy": "in-kraft-setzen",
}
"""The address of the step that brings about what a procedure is for."""
NOTE = "Keine Einwände, Beschluss Nr. 12"


def between(procedure: str, year: int) -> tuple[Stage, ...]:
    """The stages after the first and before the last."""
    return packs.load(settings.PROGRAMME, year).procedure(procedure)[1:-1]


def take_between(
    cast: Cast, page: str, procedure: str, year: int, ags: str = "", *, count: int | None = None
) -> None:
    """Take a case, whose first stage is taken, as far as to its last one, or so many stages."""
    for stage in between(procedure, year)[:count]:
        first, _ = cast.pair(stage.side, ags)
        take(signed_in(first), page, address_of(stage.label), note=NOTE)


def take_the_last(cast: Cast, page: str, procedure: str, year: int, ags: str = "") -> None:
    """Take the last stage of a case, with other eyes where the programme asks for them."""
    stage = packs.load(settings.PROGRAMME, year).procedure(procedure)[-1]
    first, second = cast.pair(stage.side, ags)
    person = second if stage.four_eyes else first
    take(signed_in(person), page, LAST[procedure])


def propose(cast: Cast, agreement: Agreement) -> str:
    """Take the first stage of publishing an agreement; the page it leads to."""
    first, _ = cast.takers("publication", agreement.year, agreement.ags)
    door = f"/arbeit/veroeffentlichen/{agreement.year}/{agreement.ags}"
    return press(signed_in(first), door, door)


def publish(cast: Cast, agreement: Agreement) -> None:
    """Lead an agreement to the public: all stages, each by who takes it."""
    year, ags, page = agreement.year, agreement.ags, propose(cast, agreement)
    if len(packs.load(settings.PROGRAMME, year).procedure("publication")) > 1:
        take_between(cast, page, "publication", year, ags)
        take_the_last(cast, page, "publication", year, ags)
