"""No page and no export asks the database more often because there is more to show.

Every address is opened in two worlds, one with few bodies and few of everything, one with
several times as many; both are made by the verbs that people use.
"""

from collections import Counter
from copy import copy
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone

from tests.drafts import draft_year
from tests.rooms import money
from tests.rooms.addressed import AGREED, HESSE, HOME, KEY, YEAR, addresses, routes
from tests.rooms.conclusion.many import sign
from tests.rooms.funding.many import fund
from tests.rooms.granting.many import grant, later
from tests.rooms.measures.parties import enter
from tests.rooms.strategy import made
from tests.stage import AT, moved, signed_in
from zielwerk.agreements import actions as agreements
from zielwerk.agreements.models import Agreement
from zielwerk.auditing.actions import Question, Wish, begin_verification, inquire, release
from zielwerk.budget import actions as budget
from zielwerk.budget.actions import Entry, Line
from zielwerk.config import world, world_money
from zielwerk.config.cast import OPERATOR
from zielwerk.core.develop import Queries
from zielwerk.core.exports import CSV, XLSX
from zielwerk.core.models import PersonalLook
from zielwerk.drafting.changes import AMOUNT, OWN, Change, ChangeKind
from zielwerk.identity.actions import Enrolment, enrol
from zielwerk.imports import actions as imports
from zielwerk.measures import actions as measures
from zielwerk.measures.actions import NewDelivery, deliver
from zielwerk.measures.models import Measure
from zielwerk.messaging import actions as messaging
from zielwerk.messaging.actions import telling
from zielwerk.messaging.models import CalendarAddress, Mail
from zielwerk.messaging.queries.calendar import key_digest
from zielwerk.negotiation import actions as negotiation
from zielwerk.negotiation.actions import (
    Decision,
    Edit,
    NewComment,
    NewDraft,
    NewProposal,
)
from zielwerk.negotiation.models import DraftDocument
from zielwerk.notes import actions as notes
from zielwerk.packs import folders
from zielwerk.packs import loading as packs
from zielwerk.programme import actions as programme
from zielwerk.programme.models import YearRelease
from zielwerk.publication.actions import begin_publishing_year
from zielwerk.rulebook.agreement import Terms
from zielwerk.rulebook.planned import Plan
from zielwerk.rulebook.target import Target, TargetKind
from zielwerk.strategy import actions as strategy
from zielwerk.strategy.models import ConsentRequest
from zielwerk.strategy.queries import digest_of_key, wanted
from zielwerk.succession import actions as successions

SQLITE_ALONE = True  # how often it is asked is the same on every database
# Files whose rows are those of one thing, of the rules, or of the places of the books.
FIXED = {
    "publication:edition_csv",
    "programme:year",
    "ledger:places",
    "identity:rights",
    "auditing:seal_file",
    "strategy:document",
    "conclusion:file",
    "filing:pdf",
    "funding:paper",  # of one case: two lengths of it in tests/rooms/filing
    "filing:package",
}
FEW, MANY = (5, 2), (27, 7)  # bodies, and of everything else


def furnish(cast: world.Cast, bodies: list[str], agreed: list[Terms], times: int) -> None:
    """Money of one year, agreements of another, and of the rest ``times`` each."""
    money.enact(HESSE)
    data = money.enter_needs(HESSE)
    indicators = packs.load(HESSE, YEAR).indicators
    heading, columns = ";".join(["AGS", *(one.label for one in indicators)]), len(indicators)
    for _ in range(times):
        money.scenario(HESSE, data=data)
    money.decided(HESSE, data=data)
    for number in range(times):
        line = Line(HESSE, YEAR, f"0806 684 {number}", "state")
        day = date(YEAR, 1, 1)
        act = Entry(line, money.MILLION, day, "Haushaltsgesetz")
        booked = budget.enact(cast.officer, act, at=AT)[0].case
        mistake = budget.Mistake(HESSE, booked, "Zahlendreher")
        budget.ask_for_correction(cast.officer, mistake, at=AT)
        world_money.waive(cast, HESSE, YEAR)
        begin_verification(cast.auditor, Wish(), at=AT)
        inquiry = inquire(cast.auditor, Question(cast.officer, "shown", "Beschwerde"), at=AT)
        release(cast.head, inquiry, at=timezone.now())
        colleague = Enrolment(f"p{number}@example.org", "P", "", "ministry_editor", "HMSI")
        enrol(OPERATOR, colleague, at=AT)
        looked = PersonalLook(
            at=AT,
            actor=cast.auditor.audit_name,
            route="identity:people",
            address="/arbeit/personen",
            way="page",
            persons=f" {cast.officer.pk} ",
        )
        PersonalLook.objects.bulk_create([copy(looked) for _ in range(20)])
        enter(cast, f"Bildungswerk {number}")
        table = "\n".join((heading, *(f"{ags}{';x' * columns}" for ags in bodies))).encode()
        options = {"source": f"Statistik {number}", "reference_date": "2025-06-30"}
        sent = imports.Incoming("indicators", HESSE, YEAR, "bedarf.csv", table, options)
        imports.receive(cast.officer, sent, at=AT)
        entered = agreements.HandEntry(agreed[0], "Brief", True)
        intake = agreements.begin_by_hand(cast.officer, entered, at=AT)
        notes.write(cast.officer, notes.NewNote(intake, f"Telefonat {number}"), at=AT)
        plan = measures.NewPlan(HESSE, YEAR, cast.body.ags, Plan(title=f"Kurs {number}"))
        measures.plan(cast.officer, plan, at=AT)
        words = Target(0, TargetKind.WORDS, words=f"Wer anfängt, bleibt {number}")
        aim = measures.NewTarget(HESSE, YEAR, cast.body.ags, words)
        measures.set_target(cast.officer, aim, at=AT)
        name = f"Jobfux{'abcdefg'[number]}"
        agreements.teach(cast.officer, agreements.NewLesson(HESSE, name, name), at=AT)
    for terms in agreed:
        if terms.ags in bodies:
            world.record_and_publish(cast, terms, True, AT)
    for mistaken in Agreement.objects.order_by("pk")[:times]:
        ask = agreements.Ask(mistaken, "Falsche Akte")
        agreements.ask_annulment(cast.head, ask, at=AT)
    for measure in Measure.objects.all()[: times * 2]:
        deliver(cast.officer, measure, NewDelivery("own_delivery", date(AGREED, 1, 1)), at=AT)
    begin_publishing_year(cast.officer, HESSE, AGREED, at=AT)
    succeed(cast, times)
    plan_regionally(cast, bodies, times)
    negotiate(cast, bodies, times)
    fund(cast, bodies, times)
    grant(cast, times)
    sign(cast, bodies, times)
    tell(cast, times)


def plan_regionally(cast: world.Cast, bodies: list[str], times: int) -> None:
    """So many bodies have a strategy in force; of the home one a draft, and some were asked."""
    others = [ags for ags in bodies if ags != HOME and ags in {b.ags for b in packs.bodies(HESSE)}]
    for ags in others[:times]:
        made.laid_down(cast, moved(cast.body, ags), ags=ags, lacking=1)
    home = moved(cast.body, HOME)
    made.laid_down(cast, home, ags=HOME)
    points = tuple(strategy.Point(f"Schwerpunkt {number}") for number in range(times))
    later = date(2026, 1, 1)
    draft = strategy.draft(
        home, made.new(cast, points=points, valid_from=later, valid_until=None), at=AT
    )
    asked = list(wanted(draft))
    for party in asked[:times]:
        strategy.ask(home, strategy.NewRequest(draft, party, "Amt"), at=timezone.now())
    made.consent(cast, draft, asked[-1])
    newest = ConsentRequest.objects.latest("pk").pk
    ConsentRequest.objects.filter(pk=newest).update(digest=digest_of_key(KEY))


def negotiate(cast: world.Cast, bodies: list[str], times: int) -> None:
    """So many bodies have a draft; about the home one that much is said, proposed and accepted."""
    home, now = moved(cast.body, HOME), money.AT
    there = {body.ags for body in packs.bodies_in(HESSE, YEAR)}
    others = [ags for ags in bodies if ags in there and ags != HOME]
    for ags in (HOME, *others[:times]):
        draft = negotiation.draft(cast.officer, NewDraft(HESSE, YEAR, ags), at=now)
        negotiation.send(cast.officer, draft, at=now)
    draft = DraftDocument.objects.get(ags=HOME)
    for number in range(times * 2):
        change = Change(ChangeKind.ADD, f"{OWN}-{number}", title=f"Nummer {number}", text="Text.")
        new = NewProposal(draft, Edit(draft.version, "Ergänzung", change))
        proposal = negotiation.propose(home, new, at=now)
        if number % 2:
            negotiation.accept_proposal(cast.officer, proposal, Decision(), at=now)
        said = NewComment(draft, AMOUNT, "Gesamtbetrag", f"Nummer {number}")
        negotiation.comment(cast.officer, said, at=now)
        for person in (cast.officer, home):
            negotiation.comment_internally(person, said, at=now)
        draft.refresh_from_db()


def tell(cast: world.Cast, times: int) -> None:
    """Everybody is told of all that; mail waits, and there is a calendar."""
    telling.tell_all(AT)
    mails = [
        telling.outbox.mail(cast.officer, Mail.Kind.DIGEST, f"digest {number}", AT)
        for number in range(times)
    ]
    telling.outbox.put(mails)
    messaging.renew_address(cast.officer, messaging.NewAddress(cast.officer, "de"), at=AT)
    CalendarAddress.objects.update(digest=key_digest(KEY))


def succeed(cast: world.Cast, times: int) -> None:
    """A succession is declared and given up ``times``, and then carried out."""
    [leaving] = packs.successions(HESSE)
    shares = dict.fromkeys(leaving.successors, "1")
    new = successions.Declaration(HESSE, leaving, [YEAR], shares, "Vereinbarung")
    for _ in range(times):
        act = successions.declare(cast.officer, new, at=money.AT)
        successions.discard(cast.officer, act, at=money.AT)
    act = successions.declare(cast.officer, new, at=money.AT)
    successions.decide(cast.head, act, at=money.AT)


def propose(cast: world.Cast, own: Path, times: int) -> None:
    """A draft year put forward, and sent back but for the last time."""
    folders.use(own)
    year = packs.years(HESSE)[0]
    version = packs.load(HESSE, year).rule_version
    for number in range(times):
        if number:
            release = YearRelease.objects.latest("pk")
            programme.send_back(cast.head, release, note="Bitte prüfen", at=AT)
        new = programme.NewRelease(HESSE, year, version, f"Nummer {number}")
        programme.propose_release(cast.officer, new, at=AT)
    folders.use(None)


@dataclass(frozen=True)
class Shown:
    """What one request was answered with: its statements, and the lines of its text."""

    queries: Counter[str]
    lines: int


def shown(client: Client, address: str) -> tuple[HttpResponse, Shown]:
    queries = Queries()
    with connection.execute_wrapper(queries):
        answer = client.get(address)
    assert answer.status_code < 500, address
    return answer, Shown(queries.seen, lines_of(answer.getvalue()))


def is_file(answer: HttpResponse) -> bool:
    return "attachment" in answer.headers.get("Content-Disposition", "")


def lines_of(content: bytes) -> int:
    """How many lines a text has; of a document to be edited, how many paragraphs."""
    if content.startswith(b"PK"):
        with ZipFile(BytesIO(content)) as package:
            if "word/document.xml" in package.namelist():
                return package.read("word/document.xml").count(b"</w:p>")
    return content.count(b"\n")


def all_shown(cast: world.Cast) -> dict[str, Shown]:
    """What every page and every file asks, of whoever may open it."""
    found = {}
    clients = {"nobody": Client(), "officer": signed_in(cast.officer), "body": signed_in(cast.body)}
    # Of whom some rooms show more than others are shown.
    only = {"auditor": "auditing:", "authority": "granting:"}
    clients |= {"auditor": signed_in(cast.auditor)}
    clients |= {"authority": signed_in(cast.pair("authority", HOME)[1])}
    for name, address in addresses():
        sign = "&" if "?" in address else "?"
        for who, client in clients.items():
            if not name.startswith(only.get(who, "")):
                continue
            answer, page = shown(client, address)
            if answer.status_code >= 400 or (who == "nobody" and answer.status_code != 200):
                continue
            if is_file(answer):  # whatever else the address asks for
                found[f"{name} as {CSV} for {who}"] = page
                continue
            found[f"{name} for {who}"] = page
            for kind in (CSV, XLSX):
                answer, file = shown(client, f"{address}{sign}export={kind}")
                if is_file(answer):
                    found[f"{name} as {kind} for {who}"] = file
    return found


@pytest.fixture
def worlds(
    db: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> tuple[dict[str, Shown], dict[str, Shown]]:
    """Everything that is shown where there is little, and where there is much."""
    cast, known = world.enrol_cast(), packs.bodies(HESSE)
    moment = later()  # what is granted and passed on stands, and its year runs
    monkeypatch.setattr(timezone, "now", lambda: moment)
    agreed = [world.main_kinzig(), *world.invented()]
    # Those first of which the demo tells something.
    told = [HOME, *(one.ags for one in packs.demo_year(HESSE, YEAR).indicators[:2])]
    told += [one.ags for one in agreed]
    order = list(dict.fromkeys([*told, *(one.ags for one in known)]))
    found = []
    with draft_year(HESSE, tmp_path):
        pass  # the folder stays
    for number, times in (FEW, MANY):
        there = tuple(one for one in known if one.ags in order[:number])
        monkeypatch.setattr(packs, "bodies", lambda *_, there=there: there)
        folders.forget()
        with transaction.atomic():
            furnish(cast, order[:number], agreed, times)
            propose(cast, tmp_path, times)
            if not found:  # what is kept from one request to the next is there before we count
                all_shown(cast)
            found.append(all_shown(cast))
            transaction.set_rollback(True)
    folders.forget()
    few, many = found
    return few, many


def test_no_page_and_no_export_asks_more_where_there_is_more(
    worlds: tuple[dict[str, Shown], dict[str, Shown]],
) -> None:
    few, many = worlds
    assert few.keys() == many.keys()
    files = {name: f"{name} as {CSV} for officer" for name, _ in routes(get_resolver())}
    as_long = {
        name for name, file in files.items() if file in few and few[file].lines >= many[file].lines
    }
    assert as_long == FIXED, "where a list is no longer than before, nothing is proved"
    grown = {
        name: {sql: times for sql, times in more.queries.items() if times > few[name].queries[sql]}
        for name, more in many.items()
        if more.queries.total() > few[name].queries.total()
    }
    assert grown == {}
