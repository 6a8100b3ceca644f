"""Conclusions of the demo: one that is concluded, one that waits for its last signature."""

from datetime import datetime, timedelta

from django.utils.timezone import localdate

from zielwerk.agreements import queries as agreements
from zielwerk.agreements.models import Agreement
from zielwerk.conclusion import actions, queries
from zielwerk.conclusion.actions import NewConclusion, NewResolution, NewSignature
from zielwerk.conclusion.models import Conclusion
from zielwerk.config.cast import INVENTED, Cast, walk
from zielwerk.config.world_money import later, moment
from zielwerk.config.world_plans import complete
from zielwerk.config.world_strategy import cast_of, coordinators, keep
from zielwerk.identity.models import User
from zielwerk.measures import actions as measures
from zielwerk.measures.actions import NewPlan
from zielwerk.negotiation import actions as negotiation
from zielwerk.negotiation import queries as drafts
from zielwerk.negotiation.actions import NewAnswer, NewDraft
from zielwerk.negotiation.models import DraftDocument
from zielwerk.packs import loading as packs
from zielwerk.packs.model import Body
from zielwerk.rulebook.signatures import FORMS_OF, places_of, ways_of

PACE = timedelta(minutes=20)
TITLE = f"Werkstatt und Betrieb ({INVENTED})"
TARIK = ("signing@vorfuehrung.example.org", "Tarik Brandt")
SIGNERS = ("Renate Vogt", "Dieter Amsel", "Hanna Winter", "Karl Sommerfeld")


def make(cast: Cast, programme: str, year: int) -> tuple[Agreement, datetime] | None:
    """The conclusions of two bodies that have no agreement yet, in the newest year of the demo.

    Where that has fewer such bodies, in the year before. The agreement that was concluded, and
    when.
    """
    free = _free(cast, programme, year)
    if len(free) < 2:
        free = _free(cast, programme, year - 1)
    if len(free) < 2:
        return None
    (done_in, done), (waiting_in, waiting) = free[:2]
    of_done, of_waiting = coordinators(TARIK, done, waiting, year)
    at = moment(waiting_in, 2, 3)
    conclusion(cast, of_waiting, programme, waiting_in, at, but=1)
    at = moment(done_in, 2, 6)
    whole = conclusion(cast, of_done, programme, done_in, at, but=0)
    whole, ended = walk(cast, whole, later(at, 12), PACE)
    return (whole.agreement, ended) if whole.agreement else None


def _free(cast: Cast, programme: str, year: int) -> list[tuple[int, Body]]:
    """The bodies between the first and the last that have no agreement of a year."""
    if (
        not queries.is_concluded_here(programme, year)
        or not drafts.sides(programme, year).answering
    ):
        return []
    there = [body for body in packs.bodies_in(programme, year) if body.ags != cast.body.ags]
    return [
        (year, body)
        for body in there[1:-1]
        if not agreements.recorded(programme, year, body.ags).exists()
    ]


def conclusion(
    cast: Cast, body: User, programme: str, year: int, at: datetime, *, but: int
) -> Conclusion:
    """A conclusion of a body's draft, signed by all but the last so many."""
    return signed(cast, body, settled(cast, body, programme, year, at), at, but=but)


def signed(cast: Cast, body: User, draft: DraftDocument, at: datetime, *, but: int) -> Conclusion:
    """A conclusion of a text that stands, signed by all but the last so many."""
    year = draft.year
    first, _ = cast.pair(queries.concluding_side(draft.programme, year), body.ags)
    needed = queries.needed_for(drafts.newest(draft).content, localdate(at))
    begun = actions.begin(first, NewConclusion(draft, ways_of(needed)[0]), at=later(at, 8))
    places = list(places_of(begun.sides).values())
    signing_at = later(at, 9)
    for number, place in enumerate(places[: len(places) - but]):
        signature = NewSignature(
            begun,
            place.id,
            f"{SIGNERS[number]} ({INVENTED})",
            place.office,
            localdate(signing_at),
            next(form for form in place.forms if form in FORMS_OF[begun.way]),
            has_seal=place.needs_seal,
        )
        person = body if place.side == "body" else first
        actions.enter(person, signature, at=signing_at)
    if any(side.rule.needs_resolution for side in begun.sides):
        organ = f"Beschlussorgan ({INVENTED})"
        noted = NewResolution(begun, organ, localdate(at), f"12/{year}")
        actions.resolve(body, noted, at=signing_at)
    return begun


def settled(cast: Cast, body: User, programme: str, year: int, at: datetime) -> DraftDocument:
    """A draft with one measure more, which uses all the money, and which both sides approved."""
    rules = packs.load(programme, year)
    keep(cast, body, year, at)
    # The second kind: it is called the same in every year, as lists of several years show it.
    kind = [each.code for each in rules.measure_types if each.has_participants][:2][-1]
    sources = drafts.sources_of(programme, year, body.ags)
    used = sum(each.amount_cents or 0 for each in sources.measures)
    plan = complete(rules, TITLE, kind, sum(sources.money.values()) - used)
    measures.plan(body, NewPlan(programme, year, body.ags, plan), at=at)
    drafter, _ = cast.pair(drafts.sides(programme, year).drafting, body.ags)
    new = NewDraft(programme, year, body.ags, is_invented=True)
    draft = negotiation.send(drafter, negotiation.draft(drafter, new, at=at), at=later(at, 1))
    for finding in drafts.findings(draft, localdate(at)):
        if finding.must_be_answered:
            answer = NewAnswer(draft, finding.key, f"So gewollt ({INVENTED}).")
            negotiation.answer_check(drafter, answer, at=later(at, 2))
    draft = DraftDocument.objects.get(pk=draft.pk)
    draft, _ = walk(cast_of(cast, body), draft, later(at, 3), PACE)
    return draft
