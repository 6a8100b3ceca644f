"""A case in every state of every lifecycle, beside those of the demo, made by pressing buttons."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Max, Model
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

from tests import worlds
from tests.drafts import draft_year, reword
from tests.journeys import applied, concluded, granted, negotiated, passed
from tests.journeys.pages import links, press, take
from tests.journeys.programmes import Example
from tests.journeys.published import hold, publications
from tests.journeys.stages import between, take_between, take_the_last
from tests.stage import signed_in
from zielwerk.agreements.models import Agreement, Lesson
from zielwerk.allocation.models import Scenario
from zielwerk.auditing.actions import Question, Wish, begin_verification, inquire, release
from zielwerk.budget.actions import Entry, supplement
from zielwerk.budget.queries import known_lines
from zielwerk.config import world
from zielwerk.config.world import Cast
from zielwerk.core.actions import action
from zielwerk.core.cases import KINDS, Case, Kind, new_case
from zielwerk.core.jobs import signature
from zielwerk.core.models import Job
from zielwerk.core.permissions import Actor
from zielwerk.ledger.models import Transfer
from zielwerk.measures.models import Delivery
from zielwerk.messaging.actions import NewAddress, renew_address, telling
from zielwerk.messaging.models import Mail
from zielwerk.notes.models import Note
from zielwerk.packs import loading as packs
from zielwerk.programme import queries as programmes
from zielwerk.programme.models import YearRelease
from zielwerk.strategy import actions as regional
from zielwerk.strategy import queries as regional_queries
from zielwerk.strategy.models import Strategy
from zielwerk.succession.models import SuccessionAct

JOB = "ui:job"  # background work has states, but is no case


def pages_by_state() -> dict[tuple[str, str], list[str]]:
    """The pages of all cases by kind and state, the oldest case first."""
    found: dict[tuple[str, str], list[str]] = {}
    for route, model in models().items():
        for pk, state in model._default_manager.order_by("pk").values_list("pk", "state"):
            found.setdefault((route, state), []).append(reverse(route, args=[pk]))
    return found


def models() -> dict[str, type[Model]]:
    """Whatever has states, by the route of its page."""
    return {**{kind.page: kind.model for kind in KINDS.values()}, JOB: Job}


def states() -> set[tuple[str, str]]:
    """All states there are, with the route of the page of what has them."""
    found = {(JOB, state) for state in Job.State.values}
    for kind in KINDS.values():
        some = kind.model._default_manager.first()
        assert some, f"there is no {kind.label}"
        found |= {(kind.page, state) for state in resting(kind, some)}
    return found


def resting(kind: Kind[Any], some: Case) -> set[str]:
    """The states in which a case may rest: not where it begins with its first stage at once."""
    path = kind.lifecycle(some)
    led_to = {step.target for step in path.steps}
    is_passed = kind.frame is not None and kind.frame.begins_with_stage
    return set(path.labels) - (path.initial - led_to if is_passed else set())


def put(example: Example) -> Cast:
    """The demo and what it lacks; where it was made before, as it was."""
    return worlds.put(_made, example)


def _made(example: Example) -> Cast:
    cast = worlds.put(world.build)
    make(cast, example)
    return cast


def make(cast: Cast, example: Example) -> None:
    """What the demo lacks, at the desks of those who do it."""
    officer, head = signed_in(cast.officer), signed_in(cast.head)
    clerk, _ = cast.takers("recording", example.year, example.ags)
    notes(signed_in(clerk), intakes(cast, example))
    lessons(signed_in(clerk))
    publications(cast, example)
    annulments(cast, example)
    hold(cast, example)
    releases(officer, head)
    strategies(cast)
    negotiated.make(cast, *negotiated.coordinators())
    concluded.make(cast)
    applied.make(cast)
    granted.make(cast)
    passed.make(cast)
    scenarios(cast, officer)
    moves(cast)
    corrections(cast, officer, head)
    successions(cast, officer, head)
    tables(officer)
    jobs(cast, example.year)
    deputies(cast, officer)
    messages(cast)
    audits(cast)


def lessons(clerk: Client) -> None:
    """The reader knows a name and a confusion; another one was withdrawn."""
    door = reverse("agreements:teach")
    for read, meant in (("Jobfux", ""), ("Lagcr", "Lager"), ("Logisfik", "Logistik")):
        press(clerk, door, door, gelesen=read, gemeint=meant)
    withdrawn = reverse("agreements:withdraw_lesson", args=[Lesson.objects.latest("pk").pk])
    press(clerk, withdrawn, withdrawn)


def audits(cast: Cast) -> None:
    """Who audits began a verification, and asked who looked at data of somebody."""
    begin_verification(cast.auditor, Wish(), at=timezone.now())
    about = Question(cast.body, "shown", "Beschwerde")
    release(cast.head, inquire(cast.auditor, about, at=timezone.now()), at=timezone.now())
    inquire(cast.auditor, Question(cast.officer, "shown", "Beschwerde"), at=timezone.now())


def deputies(cast: Cast, officer: Client) -> None:
    """One may act in another's place these days."""
    door = reverse("identity:deputise", args=[cast.officer.posts.get().pk])
    first, last = localdate(), localdate() + timedelta(days=30)
    days = {"ab": f"{first:%d.%m.%Y}", "bis": f"{last:%d.%m.%Y}"}
    press(officer, door, door, vertretung=str(cast.head.pk), **days)


def messages(cast: Cast) -> None:
    """All that happened is told; mail waits, one failed, and there is a calendar."""
    now = timezone.now()
    telling.tell_all(now)
    for number in range(2):
        mail = telling.outbox.mail(cast.body, Mail.Kind.DIGEST, f"digest {number}", now)
        mail.save()
    telling.outbox.end(mail, Mail.State.FAILED, now, "550 no such user")
    renew_address(cast.body, NewAddress(cast.body, "de"), at=now)


# --- recordings ---------------------------------------------------------------------------


def intakes(cast: Cast, example: Example) -> str:
    """One in each state; returns the page of the one whose text is kept."""
    year, ags = example.year, example.ags
    clerk = signed_in(cast.takers("recording", year, ags)[0])
    upload(clerk, example, 0)  # stays in review
    recorded, discarded, kept = (upload(clerk, example, number) for number in (1, 2, 3))
    for count in range(len(between("recording", year)) + 1):
        left = upload(clerk, example, 4 + count)
        accept(clerk, left)
        take_between(cast, left, "recording", year, ags, count=count)
    accept(clerk, recorded)
    take(clerk, discarded, "verwerfen")
    take_between(cast, recorded, "recording", year, ags)
    take_the_last(cast, recorded, "recording", year, ags)
    take(clerk, kept, "aufbewahren")
    return kept


def annulments(cast: Cast, example: Example) -> None:
    """Mistaken recordings: asked for, refused, annulled, by who did not confirm it; withdrawn."""
    changed = Agreement.objects.filter(version__gt=1).values("ags")
    several = Agreement.objects.exclude(ags__in=changed).exclude(ags=example.ags)
    steps = ("", "ablehnen", "aufheben", "zurueckziehen")
    for agreement, step in zip(several.order_by("-pk")[:4], steps, strict=True):
        first, second = cast.takers("recording", agreement.year, agreement.ags)
        door = reverse("agreements:ask_annulment", args=agreement.address)
        page = press(signed_in(second), door, door, begruendung="Falsche Körperschaft")
        if step:
            reason = {"note": "So nicht"} if step == "ablehnen" else {}
            take(signed_in(second if step == "zurueckziehen" else first), page, step, **reason)


def upload(client: Client, example: Example, blank_lines: int) -> str:
    """Send the example's text, told apart by blank lines at its end; the recording's page."""
    content = example.file.read_bytes() + b"\n" * blank_lines
    file = SimpleUploadedFile("text.txt", content, "text/plain")
    return str(client.post("/arbeit/erfassungen/neu", {"file": file})["Location"])


def accept(client: Client, intake: str) -> None:
    """Settle every doubt and vouch for what was read."""
    press(client, f"{intake}/pruefen", f"{intake}/pruefen", is_ticked=True, accept="1")


def notes(officer: Client, case: str) -> None:
    """One for the own house, one for all with a file, one withdrawn."""
    (door,) = {found for found in links(text_of(officer, case), case) if "/vermerke/neu" in found}

    def write(text: str, **more: object) -> str:
        press(officer, door, urlsplit(door).path, text=text, **more)
        return reverse("notes:note", args=[Note.objects.latest("pk").pk])

    write("Anruf der Koordination: Der Kurs beginnt später.")
    file = SimpleUploadedFile("kurs.txt", b"Kurs", "text/plain")
    take(officer, write("Der Kursplan liegt vor.", anlage=file), "freigeben")
    take(officer, write("Gehört nicht hierher."), "zurueckziehen")


def text_of(client: Client, page: str) -> str:
    return str(client.get(page, follow=True).content.decode())


# --- the programme ------------------------------------------------------------------------


def releases(officer: Client, head: Client) -> None:
    """A draft year: sent back, taken back, released, then changed and proposed again."""
    with TemporaryDirectory() as folder, draft_year(settings.PROGRAMME, Path(folder)) as year:
        door = reverse("programme:propose_release", args=[year])

        def propose() -> str:
            press(officer, door, door)
            return reverse("programme:release", args=[YearRelease.objects.latest("pk").pk])

        take(officer, propose(), "zurueckgeben", note="Bitte prüfen")
        take(officer, propose(), "zurueckziehen")
        take(head, propose(), "freigeben")
        reword(settings.PROGRAMME, year)
        propose()


def strategies(cast: Cast) -> None:
    """Of the third body one withdrawn, one given up, one as far as each stage before the last."""
    year, now = packs.years(settings.PROGRAMME)[0], timezone.now()
    stages = packs.load(settings.PROGRAMME, year).procedure("strategy")
    first, other = negotiated.coordinators()
    in_force = Strategy.objects.filter(state="in_force", valid_from__year=year)
    *others, third = in_force.filter(ags__in=(cast.body.ags, first.ags, other.ags)).order_by("pk")
    withdrawing, _ = replace(cast, body=other).pair(stages[-1].side, third.ags)
    regional.withdraw(withdrawing, third, note="Es fehlt ein Teil.", at=now)
    regional.discard(other, regional.draft(other, version_of(third), at=now), at=now)
    # Each body has one on its way: they are at different stages.
    ways = [(first, others[-1]), (other, third)]
    if not Strategy.objects.filter(ags=cast.body.ags).exclude(state="in_force").exists():
        ways.append((cast.body, others[0]))
    for count, (coordinator, before) in enumerate(ways):
        draft = regional.draft(coordinator, version_of(before), at=now)
        asked = next(iter(regional_queries.wanted(draft)), None)
        if asked:
            regional.ask(coordinator, regional.NewRequest(draft, asked, "Amt"), at=now)
        if count and len(stages) > 1:
            regional.submit(coordinator, draft, at=now)
    if regional_queries.is_drafted_for_bodies(settings.PROGRAMME):
        known = {one.ags for one in Strategy.objects.all()}
        bodies = packs.bodies_on(settings.PROGRAMME, localdate())
        paper = next(body.ags for body in bodies if body.ags not in known)
        points = (regional.Point("Ausbildung vor Ort"),)
        new = replace(version_of(third), ags=paper, points=points)
        regional.draft_for(cast.officer, new, at=now)


def version_of(before: Strategy) -> regional.NewVersion:
    """What the next version of a body says: the same, for the years after."""
    first = date(before.valid_from.year + 2, 1, 1)
    points = tuple(regional.Point(**one) for one in before.priorities[1:])
    paper = regional.Attached("neu.pdf", b"%PDF-1.7 neu", "application/pdf")
    last = date(first.year, 12, 31)
    return regional.NewVersion(
        before.programme, before.ags, "Nächste Fassung", first, last, points, paper
    )


# --- money --------------------------------------------------------------------------------


def scenarios(cast: Cast, officer: Client) -> None:
    """Put forward, after each hearing, given up, with an amount by hand, and hopeless."""
    year = packs.years(settings.PROGRAMME)[0]
    door = f"/arbeit/verteilung/neu?jahr={year}&zweck="
    proposed, discarded, by_hand, hopeless = (
        press(officer, door, "/arbeit/verteilung/neu", name=name)
        for name in ("Vorgelegt", "Verworfen", "Von Hand", "Ohne Gewichte")
    )
    ags = packs.bodies_in(settings.PROGRAMME, year)[0].ags
    override = f"{by_hand}/gesetzt/{ags}"
    press(officer, override, override, betrag="1.000,00", grund="Leitungsentscheidung")
    take(officer, proposed, "vorlegen")
    for count in range(1, len(between("allocation", year))):
        heard = press(officer, door, "/arbeit/verteilung/neu", name=f"Angehört {count}")
        take(officer, heard, "vorlegen")
        take_between(cast, heard, "allocation", year, count=count)
    take(officer, discarded, "verwerfen")
    weights = dict.fromkeys(Scenario.objects.latest("pk").key["weights"], "0")
    nothing_weighs = {f"gewicht_{code}": weight for code, weight in weights.items()}
    press(officer, hopeless, f"{hopeless}/speichern", **nothing_weighs)


def corrections(cast: Cast, officer: Client, head: Client) -> None:
    """One in each state, of small supplements to a budget in force."""
    year, door = packs.years(settings.PROGRAMME)[0], "/arbeit/haushalt/berichtigungen/neu"
    line = replace(known_lines(settings.PROGRAMME)[0], budget_year=year)
    steps = (("bestaetigen", head), ("ablehnen", head), ("zurueckziehen", officer), ("", head))
    for step, client in steps:
        entry = Entry(line, 1_00, date(year, 1, 2), "Nachtrag")
        number = supplement(cast.officer, entry, at=timezone.now())[0].case
        case = press(officer, door, door, vorgang=number, begruendung="Zahlendreher")
        if step:
            take(client, case, step, **({"note": "So nicht"} if step == "ablehnen" else {}))


def moves(cast: Cast) -> None:
    """A body waives three times; it takes one back, whoever decides rejects another."""
    body, year = signed_in(cast.body), packs.years(settings.PROGRAMME)[0]
    head = signed_in(cast.takers("adjustment", year, cast.body.ags)[1])
    door = "/arbeit/mittelaenderungen/verzicht"
    left = programmes.left_of_body(settings.PROGRAMME, cast.body.ags)
    fund = next(fund for fund, cents in left.items() if cents)
    said = {"betrag": "100,00", "begruendung": "Ein Kurs kommt nicht zustande"}
    said |= {"jahr": str(fund.year), "zweck": fund.earmark}
    press(body, door, door, **said)
    take(body, press(body, door, door, **said), "zurueckziehen")
    rejected = press(body, door, door, **said)
    take(head, rejected, "ablehnen", note="So nicht")


def successions(cast: Cast, officer: Client, head: Client) -> None:
    """One given up, one rejected, one carried out, and one declared anew, which is too late."""
    changes = packs.successions(settings.PROGRAMME)
    succession = next(change for change in changes if change.is_break)
    door = reverse("succession:declare", args=[succession.code])
    said = {f"anteil_{ags}": "1" for ags in succession.successors}
    said |= {"jahre": str(packs.years(settings.PROGRAMME)[0]), "grund": "Vereinbarung"}

    def declare() -> str:
        return press(officer, door, door, **said)

    given_up = declare()
    for step in ("verwerfen", "wiederherstellen", "verwerfen"):
        take(officer, given_up, step)
    take(head, declare(), "ablehnen", note="So nicht")
    take(head, declare(), "entscheiden")
    declared_anew(cast.officer, SuccessionAct.objects.latest("pk"), at=timezone.now())


@action("succession.declare")
def declared_anew(actor: Actor, act: SuccessionAct, *, at: datetime) -> SuccessionAct:
    """The same once more, which no page lets anybody do: a year has one act."""
    names = ("programme", "year", "years", "succession", "label", "day", "shares", "reason")
    columns = {name: getattr(act, name) for name in (*names, "proposed", "declared_by")}
    return new_case(SuccessionAct, f"RN-{act.year}", at=at, declared_at=at, **columns)


# --- tables and background work -----------------------------------------------------------


def tables(officer: Client) -> None:
    """One with faults and one without in preview, one written, one given up."""
    door = "/arbeit/einlesen/neu/kennzahlen"
    template = officer.get(f"{door}/vorlage?export=csv").getvalue().decode("utf-8-sig")
    head, *rows = template.splitlines()
    columns = head.count(";") + 1

    def send(value: str) -> str:
        filled = [";".join([*row.split(";")[:2], *[value] * (columns - 2)]) for row in rows]
        content = "\r\n".join([head, *filled]).encode()
        return press(
            officer,
            door,
            door,
            source="Statistik",
            reference_date="30.06.2025",
            file=SimpleUploadedFile(f"kennzahlen-{value or 'leer'}.csv", content),
        )

    send("fünf")
    send("1")
    written, discarded = send("2"), send("3")
    take(officer, written, "uebernehmen")
    take(officer, discarded, "verwerfen")


def jobs(cast: Cast, year: int) -> None:
    """Background work as a worker leaves it in each of its states."""
    for state in Job.State:
        kind, params, by = "publish_year", {"year": year}, cast.officer.audit_name
        Job.objects.create(
            kind=kind,
            params=params,
            state=state,
            started_by=by,
            signature=signature(kind, params, by),
            created_at=datetime(2026, 2, 2, 9, 0, tzinfo=UTC),
            total=3,
            done=3 if state == Job.State.DONE else 1,
            message="Die Veröffentlichung ist gescheitert." if state == Job.State.FAILED else "",
        )


def pages() -> list[str]:
    """The pages of the oldest and the newest case of each kind in each state, and more.

    Agreements may be published or not, bookings are of many kinds, amounts set by hand.
    """
    found = [*pages_by_state().values(), *([each] for each in negotiated.places())]
    last = Transfer.objects.order_by("code").values("code").annotate(newest=Max("pk"))
    found += [[reverse("ledger:transfer", args=[one["newest"]])] for one in last]
    agreements = list(Agreement.objects.order_by("pk").values_list("year", "ags", "ordinal"))
    found += [[reverse("desk:case", args=each)] for each in (*agreements[:2], agreements[-1])]
    changed = Agreement.objects.filter(version__gt=1).earliest("pk").address
    found += [[reverse(door, args=changed)] for door in ("desk:case", "publication:edition")]
    measures = Delivery.objects.order_by("pk").values_list("measure_id", flat=True)
    found.append([reverse("desk:delivery", args=[each]) for each in measures])
    for one in Scenario.objects.exclude(overrides={}):
        found.append([reverse("allocation:override", args=[one.pk, ags]) for ags in one.overrides])
    ends = ((pages[0], *pages[1:][-1:]) for pages in found)  # in an order that no number changes
    return list(dict.fromkeys(address for pages in ends for address in pages))
