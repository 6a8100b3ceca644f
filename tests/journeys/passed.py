"""Pass-ons in the states that the demo lacks, and every step of one."""

from collections.abc import Mapping
from dataclasses import replace

from django.conf import settings
from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

from tests.journeys import pages
from tests.journeys.pages import take
from tests.stage import signed_in
from zielwerk.config.cast import OPERATOR, Cast
from zielwerk.config.world_passing import whole
from zielwerk.granting import queries as granting
from zielwerk.granting.models import GrantNotice
from zielwerk.identity.actions import Enrolment, enrol
from zielwerk.identity.models import Post, User
from zielwerk.identity.queries import let_in
from zielwerk.passing import actions, queries
from zielwerk.passing.actions import NewPaper, NewPassOn, NewSpent, Writing
from zielwerk.passing.models import PassOn
from zielwerk.programme import actions as programme
from zielwerk.programme import queries as programmes
from zielwerk.programme.actions import NewParty, NewRelation
from zielwerk.programme.models import Party
from zielwerk.rulebook.grant.course import GrantState
from zielwerk.rulebook.passing.ways import Document
from zielwerk.rulebook.procedure import address_of

CENTS = 1_00
"""What each of them passes on: so many fit into one grant."""


def writer(ags: str) -> User:
    """Who coordinates a body."""
    return _who(ags, "body_coordinator", "Koordination")


def head(ags: str) -> User:
    """Who decides for a body."""
    return _who(ags, "body_approver", "Leitung")


def _who(ags: str, role: str, function: str) -> User:
    # Of one who has several posts the desk opens for the first, which may be another body's.
    posts = Post.objects.filter(ended_at=None)
    several = posts.values("person").annotate(count=Count("pk")).filter(count__gt=1)
    alone = posts.filter(role=role, ags=ags).exclude(person__in=several.values("person"))
    post = alone.order_by("pk").first()
    if post is None:
        address = f"{function.lower()}-{ags.lower()}@example.org"
        person = enrol(
            OPERATOR,
            Enrolment(address, f"Kim Beispiel {ags}", function, role, ags, ags, is_demo=True),
            at=timezone.now(),
        )
        post = person.posts.get()
    return let_in(User.objects.get(pk=post.person_id), localdate(), post.pk)


def party(cast: Cast, ags: str, number: int = 0) -> Party:
    """The Träger of this number, as one of the body."""
    party = Party.objects.get(pk=number or cast.provider.party)
    if not programmes.relations(party.programme, ags).filter(party=party).exists():
        entry = NewParty(party.programme, str(party.name), party.kind, [NewRelation(ags)])
        programme.enter_party(cast.officer, entry, at=timezone.now())
    return party


def drafted(cast: Cast, notice: GrantNotice, to: Party | None = None) -> PassOn:
    """One over very little, written whole; by onward notice where the programme has it."""
    by, at = writer(notice.ags), timezone.now()
    stands = granting.stands(notice, localdate()).amounts
    measure, year = next(place for place, cents in stands.items() if cents > 0)
    case = actions.draft(by, NewPassOn(notice, measure), at=at)
    ways = [way for way in queries.ways_of(case) if way.to_another]
    way = next((each for each in ways if each.document is Document.NOTICE), ways[0])
    draft = whole(case, way, to or party(cast, notice.ags))
    return actions.write(by, Writing(case, replace(draft, amounts={year: CENTS})), at=at)


def taken(case: PassOn, count: int) -> PassOn:
    """Take so many stages of one, by who takes them."""
    verbs = {"put_forward": actions.put_forward, "conclude": actions.conclude}
    for stage in queries.rules_of(case).procedure("passing")[:count]:
        is_second = stage.four_eyes or stage.effect != "none"
        who = head(case.ags) if is_second else writer(case.ags)
        note = {"note": "Beschlossen"} if stage.notes else {}
        case = verbs.get(stage.code, actions.note)(who, case, **note, at=timezone.now())
    return case


def in_force(cast: Cast, notice: GrantNotice, to: Party | None = None) -> PassOn:
    return taken(drafted(cast, notice, to), 9)


def make(cast: Cast) -> None:
    """One after each stage, one ended, one given up, one changed; a paper of one."""
    notice = GrantNotice.objects.filter(
        programme=settings.PROGRAMME, state=GrantState.ISSUED, amount_cents__gt=0
    ).earliest("pk")
    case = drafted(cast, notice)
    stages = queries.rules_of(case).procedure("passing")
    for count in range(1, len(stages)):
        taken(drafted(cast, notice), count)
    at = timezone.now()
    actions.end(head(notice.ags), in_force(cast, notice), note="Der Kurs entfällt", at=at)
    actions.discard(writer(notice.ags), drafted(cast, notice), at=at)
    kept = in_force(cast, notice)
    furnish(kept)


def to_each(cast: Cast, parties: Mapping[str, int]) -> None:
    """Each of these bodies passed on to the Träger of its own, which handed a paper in."""
    for ags, number in parties.items():
        rows = GrantNotice.objects.filter(ags=ags, state=GrantState.ISSUED, amount_cents__gt=0)
        furnish(in_force(cast, rows.latest("pk"), party(cast, ags, number)))


def furnish(case: PassOn) -> None:
    """What was spent of one in force, and a paper that came with its file."""
    by, at = writer(case.ags), timezone.now()
    year = next(iter(queries.PassDraft.of(case).amounts))
    actions.note_spent(by, NewSpent(case, year, localdate(), 50, 3), at=at)
    way = queries.way_of(case)
    assert way
    if way.papers:
        new = NewPaper(case, way.papers[0].code, "plan.pdf", b"%PDF-1.7 " + str(case.pk).encode())
        actions.keep_paper(by, new, at=at)


def act(cast: Cast) -> None:
    """Every step of a pass-on, and what is entered of one, at the desks of those who do it."""
    notice = GrantNotice.objects.filter(
        programme=settings.PROGRAMME, state=GrantState.ISSUED, amount_cents__gt=0
    ).earliest("pk")
    by, deciding = signed_in(writer(notice.ags)), signed_in(head(notice.ags))
    case = drafted(cast, notice)
    page = reverse("passing:pass_on", args=[case.pk])
    take(by, page, "verwerfen")
    take(by, page, "wiederherstellen")
    write = reverse("passing:write", args=[case.pk])
    pages.press(by, write, write, zweck="Wie besprochen.")
    take(by, page, "vorlegen")
    take(by, page, "zuruecknehmen")
    take(by, page, "vorlegen")
    take(deciding, page, "zurueckgeben", note="Bitte prüfen")
    take(by, page, "vorlegen")
    for stage in queries.rules_of(case).procedure("passing")[1:-1]:
        take(deciding, page, address_of(stage.label), note="Beschlossen")
    take(deciding, page, "in-kraft-setzen")
    spent = reverse("passing:note_spent", args=[case.pk])
    pages.press(by, spent, spent, verausgabt="0,50")
    paper = reverse("passing:keep_paper", args=[case.pk])
    pages.press(by, paper, paper)
    strike = reverse("passing:strike_paper", args=[case.pk])
    pages.press(by, page, strike)
    remind = f"{reverse('passing:remind')}?v={case.pk}"
    pages.press(by, remind, reverse("passing:remind"))
    paste = reverse("passing:paste")
    table = f"Aktenzeichen\tVerausgabt\n{case.file_number}\t0,60"
    pages.press(by, paste, paste, tabelle=table, write="1")
    change = reverse("passing:change", args=[case.pk])
    pages.press(by, page, change)
    changed = PassOn.objects.latest("pk")
    take(by, reverse("passing:pass_on", args=[changed.pk]), "verwerfen")
    take(deciding, page, "beenden", note="Der Kurs entfällt")
    take(deciding, page, "wieder-aufnehmen")
