"""The people who try, one in each role, and the things that they try to open.

All acts for the bodies of one district, whose authority is ``OBERLAND``: ``OWN`` is the body of
whoever acts for one, ``NEAR`` another of the same district, ``FAR`` one of another district.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import F
from django.test import Client
from django.utils import timezone

from tests import worlds
from tests.journeys import concluded, every_state, negotiated, passed
from tests.journeys.access import applied
from tests.journeys.pages import press
from tests.journeys.programmes import SUEDLAND
from tests.rooms.conclusion.paper import unread
from tests.stage import signed_in
from zielwerk.adjustments import actions as adjustments
from zielwerk.adjustments.models import Adjustment
from zielwerk.agreements.models import Agreement, Annulment
from zielwerk.conclusion import actions as signing
from zielwerk.conclusion.models import Conclusion, Signature, SignedFile
from zielwerk.config import world, world_conclusion
from zielwerk.core import kept, roles
from zielwerk.core.audit import reference
from zielwerk.core.models import Job, KeptInput
from zielwerk.drafting.changes import AMOUNT, Change, ChangeKind, measure_node
from zielwerk.drafting.model import Measure
from zielwerk.identity import actions
from zielwerk.identity.actions import Enrolment, NewDeputy, Operator
from zielwerk.identity.models import House, Post, User
from zielwerk.measures import actions as measures
from zielwerk.messaging import actions as messaging
from zielwerk.messaging.actions import sweeping
from zielwerk.negotiation import actions as negotiation
from zielwerk.negotiation.actions import Edit, NewProposal
from zielwerk.negotiation.models import DraftDocument, Proposal
from zielwerk.notes.models import Note
from zielwerk.packs import loading as packs
from zielwerk.programme import actions as programme
from zielwerk.programme import queries as programmes
from zielwerk.programme.actions import NewParty, NewRelation
from zielwerk.rulebook.adjustment import AdjustmentKind
from zielwerk.rulebook.planned import Plan
from zielwerk.rulebook.target import Target, TargetKind
from zielwerk.strategy import actions as strategy
from zielwerk.strategy.models import Strategy
from zielwerk.strategy.queries import wanted

OPERATOR = Operator("cli:test")
PROGRAMME = SUEDLAND.programme
OWN, NEAR, FAR = "SL101", "SL102", "SL201"
OBERLAND, UNTERLAND = "government_oberland", "government_unterland"
DISTRICT = "SL1"  # how the keys of Oberland's bodies begin
BROWSER = "where all of them work, one after the other"
SEES_ALL = {roles.MINISTRY, roles.AUDITOR}


@dataclass(frozen=True)
class Thing:
    """What an address is about: its parts there, which roles see it, and what is asked for."""

    parts: tuple[str, ...]
    seen: Callable[[str], bool]
    query: str = ""


Things = dict[str, Thing]


def sees_body(role: str, ags: str) -> bool:
    """Whether a body's affairs are a role's: the state's are the ministry's and the auditors'."""
    side = roles.side_of(role)
    if side in SEES_ALL:
        return True
    of_authority = side == roles.AUTHORITY and ags.startswith(DISTRICT)
    return of_authority or (side == roles.BODY and ags == OWN)


def all_see(role: str) -> bool:
    return True


def fixed(*parts: str) -> Things:
    """One address for all: what is of no body."""
    return {"all": Thing(parts, all_see)}


def of_bodies(rows: Iterable[Any], parts: Callable[[Any], tuple[str, ...]]) -> Things:
    """The first of some rows that is of the own body, of a neighbour, and of another district."""
    found: Things = {}
    for row in rows:
        near = "near" if row.ags.startswith(DISTRICT) else "far"
        name = "own" if row.ags == OWN else near
        found.setdefault(name, Thing(parts(row), lambda role, ags=row.ags: sees_body(role, ags)))
    assert set(found) == {"own", "near", "far"}, found
    return found


def pk(row: Any) -> tuple[str, ...]:
    return (str(row.pk),)


# --- people -------------------------------------------------------------------------------


@dataclass
class Person:
    """Who tries: a person in one role, signed in. Nothing that she does lasts."""

    role: str
    user: User
    client: Client
    session: str

    def asks(self, method: str, address: str) -> Any:
        self.client.cookies["sessionid"] = self.session  # also after she signed out
        self.client.cookies[kept.COOKIE] = kept._browsers.sign(BROWSER)
        return getattr(self.client, method)(address)


@dataclass
class Scene:
    """The people by role, colleagues and strangers by what they are, and who stands in where."""

    people: dict[str, Person] = field(default_factory=dict)
    targets: dict[str, User] = field(default_factory=dict)
    parties: dict[str, int] = field(default_factory=dict)
    jobs: dict[str, int] = field(default_factory=dict)
    calendar: str = ""
    link: str = ""
    inputs: dict[str, str] = field(default_factory=dict)

    def house(self, role: str) -> House:
        return houses(self.parties)[roles.side_of(role)]

    def post_of(self, name: str) -> Post:
        return self.targets[name].posts.get()


def houses(parties: dict[str, int]) -> dict[str, House]:
    return {
        roles.MINISTRY: House(roles.MINISTRY),
        roles.AUTHORITY: House(roles.AUTHORITY, OBERLAND),
        roles.BODY: House(roles.BODY, ags=OWN),
        roles.PROVIDER: House(roles.PROVIDER, party=parties["own"]),
        roles.AUDITOR: House(roles.AUDITOR),
    }


def enrolled(name: str, role: str, house: House) -> User:
    enrolment = Enrolment(
        f"{name}@example.org",
        name,
        "",
        role,
        f"Haus {house.side}",
        house.ags,
        house.organisation_code,
        house.party,
    )
    return actions.enrol(OPERATOR, enrolment, at=timezone.now())


# Whom people try to see and administer: their role, and who sees them beside the auditors.
TARGETS = {
    "ministry": ("ministry_editor", House(roles.MINISTRY), "ministry"),
    "authority": ("authority_case_officer", House(roles.AUTHORITY, OBERLAND), "authority"),
    "other authority": ("authority_case_officer", House(roles.AUTHORITY, UNTERLAND), ""),
    "body": ("body_coordinator", House(roles.BODY, ags=OWN), "body"),
    "neighbour": ("body_coordinator", House(roles.BODY, ags=NEAR), ""),
    "neighbour's administrator": ("body_administrator", House(roles.BODY, ags=NEAR), ""),
    "provider": ("provider_contact", House(roles.PROVIDER, party=1), "provider"),
    "neighbour's provider": ("provider_contact", House(roles.PROVIDER, party=2), ""),
    "auditor": ("auditor", House(roles.AUDITOR), "auditor"),
}
ADMINISTERED = {
    "ministry_administrator": {
        "ministry",
        "authority",
        "other authority",
        "neighbour's administrator",
        "auditor",
    },
    "authority_administrator": {"authority"},
    "body_administrator": {"body", "provider"},
    "provider_administrator": {"provider"},
}


def sees_person(role: str, name: str) -> bool:
    """Her own house's people, and whom she administers; the auditors see everybody."""
    is_colleague = TARGETS[name][2] == roles.side_of(role)
    return is_colleague or role == roles.AUDITOR or administers(role, name)


def administers(role: str, name: str) -> bool:
    return name in ADMINISTERED.get(role, set())


# --- things -------------------------------------------------------------------------------


def build() -> Scene:
    """The world of the demo with a case in every state, and what its people lack for this."""
    cast, scene = worlds.put(world.build), Scene()
    every_state.make(cast, SUEDLAND)
    _annulments(cast)
    _negotiated(cast)
    _concluded(cast)
    _applied(cast)
    for ags in (OWN, NEAR, FAR):
        waive(cast.head, ags)
        plan = measures.NewPlan(PROGRAMME, SUEDLAND.year, ags, Plan(title="Werkhof"))
        measures.plan(cast.head, plan, at=timezone.now())
        words = Target(0, TargetKind.WORDS, words="Wer anfängt, bleibt dabei.")
        aim = measures.NewTarget(PROGRAMME, SUEDLAND.year, ags, words)
        measures.set_target(cast.head, aim, at=timezone.now())
    for name, ags in (("own", OWN), ("near", NEAR), ("far", FAR)):
        entry = NewParty(PROGRAMME, f"Träger {name}", "provider", (NewRelation(ags),))
        scene.parties[name] = programme.enter_party(cast.officer, entry, at=timezone.now()).pk
    for role in roles.ROLES:
        user = enrolled(role, role, scene.house(role))
        client = signed_in(user)
        scene.people[role] = Person(role, user, client, client.cookies["sessionid"].value)
    for name, (role, house, _) in TARGETS.items():
        party = {1: scene.parties["own"], 2: scene.parties["near"]}.get(house.party, 0)
        place = House(house.side, house.organisation_code, house.ags, party)
        scene.targets[name] = enrolled(f"ziel-{len(scene.targets)}", role, place)
    passed.to_each(cast, dict(zip((OWN, NEAR, FAR), scene.parties.values(), strict=True)))
    _deputies(scene)
    _notes(scene)
    _own_things(scene)
    _messages(scene)
    _asked(scene)
    return scene


def _asked(scene: Scene) -> None:
    """Somebody was asked by a link for consent to a strategy of the own body."""
    version = Strategy.objects.filter(ags=OWN).latest("pk")
    party = next(iter(wanted(version)))
    new = strategy.NewRequest(version, party, "Amt")
    sent = strategy.ask(scene.people["body_coordinator"].user, new, at=timezone.now())
    scene.link = sent.path.partition("?")[2]


def _annulments(cast: world.Cast) -> None:
    """Asked for the own body and for a neighbour: the others are there."""
    for ags in (OWN, NEAR):
        agreement = Agreement.objects.filter(ags=ags).latest("pk")
        _, second = cast.takers("recording", agreement.year, ags)
        door = f"/arbeit/vereinbarungen/{agreement.year}/{ags}/irrtum"
        press(signed_in(second), door, door, begruendung="Falsche Körperschaft")


def _negotiated(cast: world.Cast) -> None:
    """Drafts of a neighbour and of another district are talked about like the own body's."""
    sent = DraftDocument.objects.filter(ags__startswith=DISTRICT, turn=F("answering"))
    near = sent.latest("pk")
    for draft in (near, negotiated.send(cast, near.year, FAR)):
        draft.refresh_from_db()
        kind = packs.load(PROGRAMME, draft.year).measure_types[0]
        measure = Measure("neu-1", kind.code, str(kind.label), "Werkstatt", 10_000_00, 5)
        change = Change(ChangeKind.ADD, measure_node(measure), measure=measure)
        new = NewProposal(draft, Edit(draft.version, "Neue Maßnahme", change))
        negotiation.propose(cast.pair(draft.drafting, draft.ags)[0], new, at=timezone.now())


def _concluded(cast: world.Cast) -> None:
    """Conclusions that collect signatures: of the own body, a neighbour, and another district."""
    year, at = SUEDLAND.year, timezone.now() - timedelta(days=1)
    far = negotiated.coordinators()[1]
    world_conclusion.conclusion(cast, far, PROGRAMME, year - 1, at, but=0)
    own = Conclusion.objects.get(ags=OWN, state="check")
    second = cast.pair("authority", OWN)[1]
    signing.send_back(second, own, note="Das Siegel ist unleserlich", at=timezone.now())
    waiting = Conclusion.objects.get(ags__startswith=DISTRICT, year=year, state="signing")
    waiting = concluded.on_paper(cast, waiting)
    concluded.sign(signed_in(cast.pair("authority", waiting.ags)[0]), waiting)
    for case in Conclusion.objects.filter(state="signing"):
        first, _ = cast.pair("authority", case.ags)
        file = unread(case, b"%PDF-" + case.file_number.encode())
        signing.keep_scan(first, file, at=timezone.now())


def _applied(cast: world.Cast) -> None:
    """Applications of the own body, of a neighbour, and of another district."""
    houses = [House(roles.BODY, ags=ags) for ags in (NEAR, FAR)]
    others = {house.ags: enrolled(house.ags, "body_coordinator", house) for house in houses}
    applied.make(cast, {OWN: cast.body, **others})


def waive(by: User, ags: str) -> Adjustment:
    left = programmes.left_of_body(PROGRAMME, ags)
    fund = next(fund for fund, kinds in left.items() if kinds)
    move = adjustments.Move(AdjustmentKind.WAIVER, fund, ags, 100, "Kurs entfällt")
    return adjustments.declare(by, move, at=timezone.now())


def _deputies(scene: Scene) -> None:
    """Whoever tries stands in for the colleague of her side."""
    today = timezone.localdate()
    for name, (_, _, side) in TARGETS.items():
        if side:
            deputy = next(one for role, one in scene.people.items() if roles.side_of(role) == side)
            new = NewDeputy(scene.post_of(name), deputy.user, today, today)
            actions.deputise(OPERATOR, new, at=timezone.now())


def _notes(scene: Scene) -> None:
    """Internal ones of each house on the own body's waiver, shared ones on each waiver."""
    by_ags = {one.ags: one for one in Adjustment.objects.order_by("-pk")}
    for role in ("ministry_editor", "authority_case_officer", "body_coordinator"):
        _note(scene.people[role].client, by_ags[OWN], "internal")
    for ags in (OWN, NEAR, FAR):
        _note(scene.people["ministry_editor"].client, by_ags[ags], "shared")


def _note(client: Client, case: Adjustment, readers: str) -> None:
    said = {"leser": readers, "text": "Vermerk", "anlage": SimpleUploadedFile("a.txt", b"x")}
    answer = client.post(f"/arbeit/vermerke/neu?zu={reference(case)}", said)
    assert answer.status_code == 302, answer.status_code


def _own_things(scene: Scene) -> None:
    """Background work, and what was typed and kept, of each who tries."""
    for role, person in scene.people.items():
        name = person.user.audit_name
        job = Job.objects.create(kind="auditing.verify", started_by=name, created_at=timezone.now())
        scene.jobs[role] = job.pk
        scene.inputs[role] = f"kept-{role}"
        KeptInput.objects.create(
            key=f"kept-{role}",
            person=name,
            browser=kept.digest(BROWSER),
            page="/arbeit/vermerke/neu",
            cause=KeptInput.Cause.REFUSED,
            kept_at=timezone.now(),
        )


def _messages(scene: Scene) -> None:
    """A mail in the outbox, and the calendar of one of them under its secret address."""
    now, user = timezone.now(), scene.people["body_coordinator"].user
    sweeping.outbox.put([sweeping.outbox.mail(user, "digest", "digest", now)])
    new = messaging.NewAddress(user, "de")
    scene.calendar = messaging.renew_address(user, new, at=now).partition("?")[2]


def notes(scene: Scene) -> Things:
    """Internal notes are for their house and the auditors; shared ones for who sees the case."""
    found: Things = {}
    for note in Note.objects.filter(attachment__isnull=False).order_by("pk"):
        waiver = Adjustment.objects.filter(pk=note.about.partition(":")[2]).first()
        if waiver is None or not note.about.startswith(f"{Adjustment.seal_name}:"):
            continue
        name = f"shared {waiver.ags}" if note.is_shared else f"of {note.role}"
        found[name] = Thing(pk(note), _reads(note, waiver.ags))
    assert len(found) == 6, found
    return found


def _reads(note: Note, ags: str) -> Callable[[str], bool]:
    def reads(role: str) -> bool:
        if role == roles.AUDITOR or (note.is_shared and sees_body(role, ags)):
            return True
        return note.role == roles.side_of(role) and role not in roles.ADMINISTRATORS

    return reads


def annulments() -> Things:
    return of_bodies(Annulment.objects.order_by("-pk"), pk)


def drafts(scene: Scene) -> Things:
    """Those that are talked about, at a place that every draft has."""
    talked_about = Proposal.objects.values("draft")
    rows = DraftDocument.objects.filter(pk__in=talked_about).order_by("-pk")
    place = f"?{urlencode({'stelle': AMOUNT, 'art': ChangeKind.VALUE})}"
    found = of_bodies(rows, pk)
    return {name: Thing(each.parts, each.seen, place) for name, each in found.items()}


def proposals(scene: Scene) -> Things:
    return {name: Thing((*each.parts, "1"), each.seen) for name, each in drafts(scene).items()}


def versions(scene: Scene) -> Things:
    of_drafts = drafts(scene).items()
    return {name: Thing((*each.parts, "1", "txt"), each.seen) for name, each in of_drafts}


def conclusions(scene: Scene) -> Things:
    """Those that collect signatures, at the place that the authority signs."""
    rows = Conclusion.objects.filter(state="signing").order_by("-pk")
    found = of_bodies(rows, pk)
    return {
        name: Thing(each.parts, each.seen, "?stelle=authority/1") for name, each in found.items()
    }


def signed_texts(scene: Scene) -> Things:
    of_conclusions = conclusions(scene).items()
    return {name: Thing((*each.parts, "json"), each.seen) for name, each in of_conclusions}


def signatures(scene: Scene) -> Things:
    return _of_conclusions(scene, Signature)


def signed_files(scene: Scene) -> Things:
    return _of_conclusions(scene, SignedFile)


def _of_conclusions(scene: Scene, model: type[Signature] | type[SignedFile]) -> Things:
    """The newest thing of each conclusion."""
    found = {}
    for name, each in conclusions(scene).items():
        number = model._default_manager.filter(conclusion=each.parts[0]).latest("pk").pk
        found[name] = Thing((*each.parts, str(number)), each.seen)
    return found


def of_files(scene: Scene) -> Things:
    """What only a conclusion has that is signed electronically: here all are signed on paper."""
    found = conclusions(scene).items()
    return {name: Thing(each.parts, lambda role: False) for name, each in found}


CONCLUDING, SIGNING = "arbeit/abschluesse", ("beschluss", "exemplar", "unterschrift")
OF_CONCLUSIONS: dict[str, Callable[[Scene], Things]] = {
    f"{CONCLUDING}/<int:pk>": conclusions,
    **{f"{CONCLUDING}/<int:pk>/{name}": conclusions for name in SIGNING},
    f"{CONCLUDING}/<int:pk>/datei.pdf": of_files,
    f"{CONCLUDING}/<int:pk>/unterschreiben": of_files,
    f"{CONCLUDING}/<int:pk>/exemplare/<int:number>": signed_files,
    f"{CONCLUDING}/<int:pk>/fassung.<str:ending>": signed_texts,
    f"{CONCLUDING}/<int:pk>/unterschriften/<int:number>/streichen": signatures,
    f"{CONCLUDING}/neu/<int:pk>": drafts,
}
"""What the addresses of conclusions are about."""
