"""Conclusions of the demo: one concluded on paper, and one that is signed electronically.

Of the paper a scan was compared. In the file of the other the first place is signed once the people
of the demo have keys (:func:`sign_first`).
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pypdfium2
from django.utils.timezone import localdate

from zielwerk.agreements import queries as agreements
from zielwerk.agreements.models import Agreement
from zielwerk.conclusion import actions, letters, queries
from zielwerk.conclusion.actions import NewConclusion, NewResolution, NewScan, NewSignature
from zielwerk.conclusion.models import Conclusion
from zielwerk.config.cast import INVENTED, Cast, walk
from zielwerk.config.world_money import later, moment
from zielwerk.config.world_plans import complete
from zielwerk.config.world_strategy import cast_of, coordinators, keep
from zielwerk.core import permissions
from zielwerk.documents import queries as documents
from zielwerk.identity.models import User
from zielwerk.identity.queries import let_in
from zielwerk.measures import actions as measures
from zielwerk.measures.actions import NewPlan
from zielwerk.negotiation import actions as negotiation
from zielwerk.negotiation import queries as drafts
from zielwerk.negotiation.actions import NewAnswer, NewDraft
from zielwerk.negotiation.models import DraftDocument
from zielwerk.packs import loading as packs
from zielwerk.packs.model import Body
from zielwerk.rulebook.conclusion import ConclusionState
from zielwerk.rulebook.signatures import FORMS_OF, Way, places_of, ways_of
from zielwerk.signing.apart import sign

PACE = timedelta(minutes=20)
SCAN_DPI = 110
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
    text = settled(cast, of_waiting, programme, waiting_in, at)
    begun(cast, text, Way.ELECTRONIC, later(at, 8))
    at = moment(done_in, 2, 6)
    whole = conclusion(cast, of_done, programme, done_in, at, but=0)
    is_signed_there = any(each.side == "body" for each in whole.sides)
    bring(of_done if is_signed_there else concluding(cast, whole.draft), whole, later(at, 10))
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
    needed = queries.needed_for(drafts.newest(draft).content, localdate(at))
    case = begun(cast, draft, ways_of(needed)[0], later(at, 8))
    first = concluding(cast, draft)
    places = list(places_of(case.sides).values())
    signing_at = later(at, 9)
    for number, place in enumerate(places[: len(places) - but]):
        signature = NewSignature(
            case,
            place.id,
            f"{SIGNERS[number]} ({INVENTED})",
            place.office,
            localdate(signing_at),
            next(form for form in place.forms if form in FORMS_OF[case.way]),
            has_seal=place.needs_seal,
        )
        person = body if place.side == "body" else first
        actions.enter(person, signature, at=signing_at)
    if any(side.rule.needs_resolution for side in case.sides):
        organ = f"Beschlussorgan ({INVENTED})"
        noted = NewResolution(case, organ, localdate(at), f"12/{draft.year}")
        actions.resolve(body, noted, at=signing_at)
    return case


def concluding(cast: Cast, draft: DraftDocument) -> User:
    """Who begins the conclusion of a draft."""
    return cast.pair(queries.concluding_side(draft.programme, draft.year), draft.ags)[0]


def begun(cast: Cast, draft: DraftDocument, way: str, at: datetime) -> Conclusion:
    """The conclusion of a text that stands, on a way."""
    return actions.begin(concluding(cast, draft), NewConclusion(draft, way), at=at)


def bring(person: User, case: Conclusion, at: datetime) -> None:
    """Somebody brings what was signed as a scanner gives it back, and sees what that holds."""
    paper = letters.print_out(case)
    found = queries.compared(case, f"unterschrieben-{case.ags}.pdf", scanned(paper), paper)
    actions.keep_scan(person, NewScan(found), at=at)


def scanned(paper: bytes) -> bytes:
    """A document as pictures of its pages, of which one was laid in upside down."""
    pages = pypdfium2.PdfDocument(paper)
    first, *others = (page.render(scale=SCAN_DPI / 72, grayscale=True).to_pil() for page in pages)
    pages.close()
    if others:
        others[-1] = others[-1].rotate(180)
    made = BytesIO()
    first.save(made, "PDF", save_all=True, append_images=others, resolution=SCAN_DPI)
    return made.getvalue()


def sign_first(keys: Path, at: datetime) -> None:
    """Whoever concludes signs the first place of her side in the file that waits for it.

    ``keys`` is the folder of the keys of the people of the demo.
    """
    case = Conclusion.objects.filter(state=ConclusionState.SIGNING, way=Way.ELECTRONIC).first()
    ready = queries.prepared(case) if case else None
    if case is None or ready is None:
        return
    side = queries.concluding_side(case.programme, case.year)
    place = next((one for one in places_of(case.sides).values() if one.side == side), None)
    person = next((one for one in people(localdate(at)) if _signs(one, case, side)), None)
    if place and person:
        key = (keys / f"{person.pk}.p12").read_bytes()
        content = documents.text_of(ready.file)
        signed_file = sign(content, place.id, key, prepared=ready.file.sha256, moment=at)
        actions.keep_signed(person, queries.examined(case, signed_file, at=at), at=at)


def people(day: date) -> Iterator[User]:
    """The people of the demo, each as she acts on a day."""
    for person in User.objects.filter(is_demo=True).order_by("pk"):
        yield let_in(person, day)


def _signs(person: User, case: Conclusion, side: str) -> bool:
    return person.side == side and not permissions.refusal(person, "conclusion.enter", case)


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
