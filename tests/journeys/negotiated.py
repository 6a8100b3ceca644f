"""Drafts in the states that the demo lacks: of other bodies than those of which it has one."""

from datetime import timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

from tests.journeys import pages
from tests.journeys.pages import take
from tests.stage import signed_in
from zielwerk.config.cast import Cast, walk
from zielwerk.config.world_strategy import cast_of
from zielwerk.drafting.changes import AMOUNT, OWN, Change, ChangeKind, is_fixed
from zielwerk.drafting.views import nodes
from zielwerk.identity.models import User
from zielwerk.identity.queries import let_in
from zielwerk.measures import actions as measures
from zielwerk.measures.actions import NewPlan
from zielwerk.negotiation import actions, queries
from zielwerk.negotiation.actions import Decision, Edit, NewAnswer, NewComment, NewProposal
from zielwerk.negotiation.models import DraftDocument
from zielwerk.packs import loading as packs
from zielwerk.rulebook.negotiation import CLOSED, DraftState
from zielwerk.rulebook.planned import Plan


def make(cast: Cast, first: User, other: User) -> None:
    """One accepted, one whose text stands; one failed, given up, sent, and taken back again each.

    ``first`` and ``other`` answer for two bodies. Where one word is enough for the text to stand
    the first one stays sent; where there are few bodies no other one is.
    """
    year = DraftDocument.objects.latest("year").year
    accept(cast, first, _begin(cast, year, first.ags), to_the_end=False)
    accept(cast, other, _begin(cast, year, other.ags), to_the_end=True)
    given_up, *more = others(year)
    take(*_drafter_and_page(cast, _begin(cast, year, given_up)), "verwerfen")
    drafter, page = _drafter_and_page(cast, send(cast, year, given_up))
    take(drafter, page, "beenden", note="Kein Träger gefunden")
    for ags in more[:1]:
        send(cast, year, ags)
    taken = {(year, given_up), (before(year), cast.body.ags)}  # resumed, and concluded later
    spare = [(each, ags) for each in (year, before(year)) for ags in others(each)]
    spare = [one for one in spare if one not in taken]
    take(*_drafter_and_page(cast, send(cast, *spare[0])), "zurueckholen")
    _open_a_place(cast)


def _open_a_place(cast: Cast) -> None:
    draft = DraftDocument.objects.exclude(state__in=CLOSED).earliest("pk")
    drafter, _ = cast.pair(draft.drafting, draft.ags)
    document = queries.newest(draft)
    fixed = next(node.id for node in nodes(document) if is_fixed(document, node.id))
    actions.open_node(drafter, NewComment(draft, fixed, fixed, "Prüfen"), at=timezone.now())


def places() -> list[str]:
    """The pages of places that somebody opened, and of a fixed one beside each."""
    found = []
    for draft in DraftDocument.objects.exclude(state__in=CLOSED).exclude(opened=[]).order_by("pk"):
        document, page = queries.newest(draft), reverse("negotiation:place", args=[draft.pk])
        fixed = [node.id for node in nodes(document) if is_fixed(document, node.id)]
        shut = next(node for node in fixed if node not in draft.opened)
        found += [f"{page}?{urlencode({'stelle': node})}" for node in (shut, draft.opened[0])]
    return found


def before(year: int) -> int:
    """The year before, where there are too few bodies for a draft in every state."""
    return packs.year_before(settings.PROGRAMME, year)


def coordinators() -> list[User]:
    """The one person who coordinates two bodies, as she acts for each of them."""
    person = User.objects.get(email="coordinator@vorfuehrung.example.org")
    posts = person.posts.order_by("pk").values_list("pk", flat=True)
    return [let_in(User.objects.get(pk=person.pk), localdate(), post) for post in posts]


def others(year: int) -> list[str]:
    """The bodies of a year of which there is no draft."""
    there = queries.drafted_keys(settings.PROGRAMME, year)
    known = [body.ags for body in packs.bodies_in(settings.PROGRAMME, year)]
    return [ags for ags in known if ags not in there]


def send(cast: Cast, year: int, ags: str) -> DraftDocument:
    """A body's draft, sent to it."""
    draft = _begin(cast, year, ags)
    take(*_drafter_and_page(cast, draft), queries.lifecycle_of(draft).steps[0].address)
    return draft


def accept(cast: Cast, body: User, draft: DraftDocument, *, to_the_end: bool) -> None:
    """Answer what is asked about a draft, and take it through its stages."""
    now = timezone.now()
    for finding in queries.findings(draft, localdate(now)):
        if finding.must_be_answered:
            drafter, _ = cast.pair(draft.drafting, draft.ags)
            actions.answer_check(drafter, NewAnswer(draft, finding.key, "So gewollt"), at=now)
    draft.refresh_from_db()
    walk(cast_of(cast, body), draft, now, timedelta(), to_the_end=to_the_end)


def _begin(cast: Cast, year: int, ags: str) -> DraftDocument:
    """The draft of a body, made where there is none."""
    if there := queries.of_body(settings.PROGRAMME, year, ags):
        return there
    drafter, _ = cast.pair(queries.sides(settings.PROGRAMME, year).drafting, ags)
    door = reverse("negotiation:new")
    pages.press(signed_in(drafter), door, door, jahr=str(year), ags=ags)
    return DraftDocument.objects.latest("pk")


def _drafter_and_page(cast: Cast, draft: DraftDocument) -> tuple[Client, str]:
    drafter, _ = cast.pair(draft.drafting, draft.ags)
    return signed_in(drafter), reverse("negotiation:draft", args=[draft.pk])


def act(cast: Cast) -> None:
    """All that both sides do about drafts, beside making them: on their pages, by every button."""
    newest = DraftDocument.objects.latest("year").year
    first = DraftDocument.objects.get(ags=cast.body.ags, year=newest)
    drafter, second = (signed_in(one) for one in cast.pair(first.drafting, first.ags))
    body, page = signed_in(cast.body), reverse("negotiation:draft", args=[first.pk])
    talk(first, drafter, body)
    decide(first, drafter, body)
    keep_to_the_allocation(cast, first)
    answer(first, body)
    for client, step in ((drafter, "weitergeben"), (body, "antworten"), (body, "zurueckholen")):
        take(client, page, step)
    _, *stages = packs.load(first.programme, first.year).procedure("negotiation")
    address = {step.verb: step.address for step in queries.lifecycle_of(first).steps}
    for is_last in (False, True):
        for stage in stages:
            taker = body if stage.side == first.answering else second
            take(taker, page, address[stage.code])
        if not is_last:
            take(drafter, page, "oeffnen", note="Eine Zahl fehlt")
    failed, given_up = (
        DraftDocument.objects.get(state=state) for state in (DraftState.ENDED, DraftState.DISCARDED)
    )
    ended, discarded = (reverse("negotiation:draft", args=[one.pk]) for one in (failed, given_up))
    recalled = DraftDocument.objects.get(state=DraftState.CALLED_BACK)
    answer_given = {"note": "Frau Roth, heute am Telefon: So geht es."}
    take(*_drafter_and_page(cast, recalled), "antwort-eintragen", **answer_given)
    take(drafter, ended, "aufnehmen")
    plan = NewPlan(failed.programme, failed.year, failed.ags, Plan(title="Werkhof"))
    measures.plan(cast.head, plan, at=timezone.now())
    pages.press(drafter, f"{ended}/vorschlaege", f"{ended}/vorschlaege/planung")
    take(drafter, ended, "beenden", note="Doch kein Träger")
    take(drafter, discarded, "wiederherstellen")
    add(drafter, discarded, "Vorweg")
    take(drafter, discarded, "neu-entwerfen")
    _make_the_missing(drafter, first.year)


def keep_to_the_allocation(cast: Cast, draft: DraftDocument) -> None:
    """What was allocated may have been waived meanwhile: the amount follows, by both sides."""
    sources = queries.sources_of(draft.programme, draft.year, draft.ags)
    cents = sum(sources.money.values())
    if queries.newest(draft).content.amount_cents <= cents:
        return
    drafter, now = cast.pair(draft.drafting, draft.ags)[0], timezone.now()
    draft.refresh_from_db()
    label = "Gesamtbetrag"
    actions.open_node(drafter, NewComment(draft, AMOUNT, label, "Es wurde verzichtet"), at=now)
    draft.refresh_from_db()
    change = Change(ChangeKind.VALUE, AMOUNT, cents=cents)
    new = NewProposal(draft, Edit(draft.version, label, change))
    actions.accept_proposal(cast.body, actions.propose(drafter, new, at=now), Decision(), at=now)
    draft.refresh_from_db()


def _make_the_missing(drafter: Client, year: int) -> None:
    """The drafts of a year that are missing, in the background; if none is, one is given up."""
    if not others(year):
        unsent = DraftDocument.objects.filter(state=DraftState.PREPARATION).latest("pk")
        take(drafter, reverse("negotiation:draft", args=[unsent.pk]), "verwerfen")
    door = reverse("negotiation:whole_year", args=[year])
    pages.press(drafter, door, door)


def talk(draft: DraftDocument, drafter: Client, body: Client) -> None:
    """Comments of both kinds, a place opened and closed again, all questions answered."""
    document, page = queries.newest(draft), reverse("negotiation:draft", args=[draft.pk])
    every = [node.id for node in nodes(document) if is_fixed(document, node.id)]
    fixed = next(node for node in every if node not in draft.opened)
    for client, door in (
        *((body, "kommentar"), (body, "intern")),
        *((drafter, "freigeben"), (drafter, "sperren")),
    ):
        where = f"{page}/{door}?{urlencode({'stelle': fixed})}"
        pages.press(client, where, f"{page}/{door}", text="Bitte ansehen")
    answer(draft, body)


def answer(draft: DraftDocument, body: Client) -> None:
    """Answer what the checks ask and nobody has answered yet."""
    page = reverse("negotiation:check", args=[draft.pk])
    draft.refresh_from_db()
    found = queries.findings(draft, localdate())
    known = queries.answers(queries.all_answers(draft), found)
    for finding in found:
        if finding.must_be_answered and finding.key not in known:
            pages.press(body, page, page, frage=finding.key, antwort="So gewollt")


def decide(draft: DraftDocument, drafter: Client, body: Client) -> None:
    """One proposal is withdrawn, one rejected, the others accepted one by one."""
    page = reverse("negotiation:draft", args=[draft.pk])
    for title in ("Erstens", "Zweitens"):
        add(body, page, title)
    *_, rejected, withdrawn = queries.open_proposals(draft)
    take(body, f"{page}/vorschlaege/{withdrawn.number}", "zurueckziehen")
    take(drafter, f"{page}/vorschlaege/{rejected.number}", "ablehnen", antwort="Zu teuer")
    while there := queries.open_proposals(draft):
        deciding = drafter if there[0].side == draft.answering else body
        take(deciding, f"{page}/vorschlaege/{there[0].number}", "annehmen")


def add(client: Client, page: str, title: str) -> None:
    """Add a text of one's own, or propose to."""
    door, said = f"{page}/aendern", {"title": title, "text": "Für alle."}
    pages.press(client, f"{door}?{urlencode({'stelle': OWN})}", door, **said)
