"""Whatever a form does is done once, leads to one place, and is said there."""

from datetime import date

import pytest
from django.conf import settings as site
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from pytest_django import Settings

from tests.journeys import (
    amended,
    applied,
    concluded,
    every_state,
    granted,
    negotiated,
    pages,
    passed,
)
from tests.journeys.pages import take
from tests.journeys.programmes import WALKED, Example
from tests.journeys.published import publication_of
from tests.journeys.thrice import Thrice, form_of, writing_routes
from tests.rooms.conftest import Together
from tests.rooms.conftest import together as together
from tests.stage import signed_in
from zielwerk.agreements import queries as recorded
from zielwerk.agreements.models import Agreement
from zielwerk.agreements.queries.changing import places
from zielwerk.allocation.cases import SCENARIOS
from zielwerk.allocation.models import Scenario
from zielwerk.budget import queries as budgets
from zielwerk.budget.forms import NEW, line_code
from zielwerk.budget.queries import Line
from zielwerk.config import world
from zielwerk.config.world import Cast
from zielwerk.core import audit
from zielwerk.identity.models import Deputyship, Post
from zielwerk.imports.models import TableImport
from zielwerk.ledger import actions as ledger
from zielwerk.ledger import queries as books
from zielwerk.ledger.models import Book
from zielwerk.measures.models import Delivery, Measure, OverallTarget, PlannedMeasure
from zielwerk.messaging.actions import outbox
from zielwerk.messaging.models import Mail
from zielwerk.notes.models import Note
from zielwerk.packs import loading as packs
from zielwerk.programme import queries as programmes
from zielwerk.programme.models.parties import PartyKind
from zielwerk.publication.models import Edition
from zielwerk.rulebook.planning import Fund
from zielwerk.rulebook.strategy import StrategyState
from zielwerk.strategy.cases import STRATEGIES
from zielwerk.strategy.models import Strategy
from zielwerk.succession import queries as successions

WALKED_ON = {"sqlite": {"lotsenfonds_nordmark"}, "postgresql": {"aqb_hessen"}}


@pytest.fixture
def thrice(together: Together, monkeypatch: pytest.MonkeyPatch) -> Thrice:
    """Whoever presses a button in a journey, presses it three times."""
    presser = Thrice(together)
    for module in (pages, every_state):
        monkeypatch.setattr(module, "press", presser.press)
    return presser


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("example", WALKED, ids=str)
def test_every_form_is_done_once_and_says_so(
    example: Example, settings: Settings, together: Together, thrice: Thrice
) -> None:
    settings.PROGRAMME = example.programme

    def work() -> set[str]:
        cast = world.build()
        recordings(signed_in(cast.officer), signed_in(cast.head), example, thrice)
        every_state.make(cast, example)
        more(cast, thrice)
        assert list(audit.verify()) == []
        assert list(books.faults()) == []
        assert successions.off_the_books(example.programme) == []
        return writing_routes(*map(signed_in, (cast.officer, cast.head, cast.auditor)))

    [routes] = together([work])
    assert thrice.faults == []
    assert sorted(routes - thrice.pressed) == []


def more(cast: Cast, thrice: Thrice) -> None:
    """What the journey through every state leaves out."""
    officer, head = signed_in(cast.officer), signed_in(cast.head)
    negotiated.act(cast)
    concluded.act(cast)
    amended.act(cast)
    applied.act(cast)
    granted.act(cast)
    passed.act(cast)
    publications(cast, thrice)
    changes(cast, thrice)
    scenarios(officer, head, thrice)
    budget(officer, thrice)
    corrections(officer, head, thrice)
    moves(cast, officer, head, thrice)
    measures(officer, thrice)
    plans(cast, thrice)
    strategies(cast)
    people(head, thrice)
    messages(cast, head, thrice)
    inquiries(cast, thrice)
    thrice.press(officer, "/arbeit/", reverse("desk:mark_seen"))
    door = reverse("setup:step", args=["koerperschaften"])
    thrice.press(head, door, door)
    thrice.press(officer, "/arbeit/protokoll", "/arbeit/protokoll/pruefen")
    door = "/arbeit/einsichten/neu"
    asked = {"person": cast.body.pk, "gegenstand": "shown", "zweck": "Beschwerde"}
    inquiry = thrice.press(signed_in(cast.auditor), door, door, **asked)
    thrice.press(head, inquiry, f"{inquiry}/freigeben")
    discarded = TableImport.objects.get(state="discarded")
    take(officer, reverse("imports:import", args=[discarded.pk]), "wiederherstellen")
    notes(officer)


def inquiries(cast: Cast, thrice: Thrice) -> None:
    """Who audits asks who looked at somebody's data; who administers releases it."""
    door, said = reverse("auditing:inquire"), {"gegenstand": "shown", "zweck": "Beschwerde"}
    page = thrice.press(signed_in(cast.auditor), door, door, person=str(cast.officer.pk), **said)
    thrice.press(signed_in(cast.head), page, f"{page}/freigeben")


def recordings(officer: Client, head: Client, example: Example, thrice: Thrice) -> None:
    """To and fro, before the body's agreement is recorded."""
    door = "/arbeit/erfassungen/neu"
    file = SimpleUploadedFile("a.txt", example.file.read_bytes() + b"\n" * 9, "text/plain")
    page = thrice.press(officer, door, door, file=file)
    thrice.press(officer, f"{page}/pruefen", f"{page}/pruefen", is_ticked=True)
    take(officer, page, "annehmen")
    take(officer, page, "zuruecknehmen")
    take(officer, page, "annehmen")
    take(head, page, "zurueckgeben", note="Bitte prüfen")
    take(officer, page, "verwerfen")
    take(officer, page, "wiederherstellen")


def notes(officer: Client) -> None:
    shared, withdrawn = (
        Note.objects.filter(state=state).latest("pk") for state in ("shared", "withdrawn")
    )
    take(officer, reverse("notes:note", args=[withdrawn.pk]), "wiederherstellen")
    take(officer, reverse("notes:note", args=[shared.pk]), "zurueckziehen")
    take(officer, reverse("notes:note", args=[shared.pk]), "wieder-freigeben")


def publications(cast: Cast, thrice: Thrice) -> None:
    """The year in the background first, then one by itself; what came back, and the release."""
    fresh = Agreement.objects.latest("pk")
    declared = packs.load(site.PROGRAMME, fresh.year).procedure("publication")
    first = signed_in(cast.pair(declared[0].side, fresh.ags)[0])
    year = f"/arbeit/veroeffentlichen/{fresh.year}"
    public = Edition.objects.filter(state="published", superseded_at=None).earliest("pk")
    withdraws, decides = cast.pair(declared[-1].side, public.ags)
    page = publication_of(public.agreement)
    take(signed_in(withdraws), page, "zurueckziehen", note="Ein Betrag stimmt nicht")
    take(signed_in(decides), page, "wieder-veroeffentlichen", note="Er stimmt")
    thrice.press(first, f"{year}?stufe=vorlegen", year)
    thrice.press(first, f"{year}/{fresh.ags}", f"{year}/{fresh.ags}")
    for back in Edition.objects.filter(state="prepared"):
        page = publication_of(back.agreement)
        for step in ("verwerfen", "wiederherstellen", "vorlegen", "zuruecknehmen", "vorlegen"):
            take(signed_in(cast.pair(declared[0].side, back.ags)[0]), page, step)
        take(signed_in(cast.pair(declared[-1].side, back.ags)[1]), page, "veroeffentlichen")
        thrice.press(signed_in(cast.pair(declared[-1].side, back.ags)[1]), year, year)


def scenarios(officer: Client, head: Client, thrice: Thrice) -> None:
    by_state = {each.state: each for each in Scenario.objects.order_by("pk")}

    def page(scenario: Scenario) -> str:
        return reverse("allocation:scenario", args=[scenario.pk])

    thrice.press(officer, page(by_state["allocated"]), f"{page(by_state['allocated'])}/fortsetzen")
    by_hand = Scenario.objects.exclude(overrides={}).filter(state="draft").latest("pk")
    door = f"{page(by_hand)}/gesetzt/{next(iter(by_hand.overrides))}"
    thrice.press(officer, door, f"{door}/aufheben")
    take(officer, page(by_state["discarded"]), "wiederherstellen")
    proposed = Scenario.objects.filter(name="Vorgelegt").latest("pk")
    is_heard = "consult" in SCENARIOS.lifecycle(proposed).verbs
    take(officer, page(proposed), "zuruecknehmen")
    take(officer, page(proposed), "vorlegen")
    if is_heard:
        take(officer, page(proposed), "beirat-hoeren", note="Der Beirat stimmt zu.")
    take(head, page(proposed), "zurueckgeben", note="Bitte prüfen")
    take(officer, page(proposed), "vorlegen")
    if is_heard:
        take(officer, page(proposed), "beirat-hoeren", note="Der Beirat stimmt zu.")
    take(head, page(proposed), "entscheiden")


def budget(officer: Client, thrice: Thrice) -> None:
    year = packs.years(site.PROGRAMME)[0]
    source = packs.load(site.PROGRAMME, year).money_sources[0].code
    new = {"line": NEW, "budget_line": "0806 684 71", "source": source, "earmark": ""}
    chosen = {"line": line_code(Line(site.PROGRAMME, year, "0806 684 71", source))}
    said = {"year": str(year), "value_date": f"02.01.{year}", "basis": "Haushaltsgesetz"}
    thrice.confirm(officer, "/arbeit/haushalt/nachtrag", **said, **new, amount="1.000,00")
    thrice.confirm(officer, "/arbeit/haushalt/sperren", **said, **chosen, amount="100,00")
    booked = books.account_balances(book=Book.AUTHORISATION, programme=site.PROGRAMME)
    first = min(key.budget_year for key, _ in booked)
    thrice.confirm(officer, f"/arbeit/haushalt/{first}/abschliessen", basis="Erlass")


def corrections(officer: Client, head: Client, thrice: Thrice) -> None:
    """What was booked last is asked to be taken back: rejected, withdrawn, confirmed."""
    door, newest = "/arbeit/haushalt/berichtigungen/neu", budgets.entries(site.PROGRAMME)[0].number
    for client, step in ((head, "ablehnen"), (officer, "zurueckziehen"), (head, "bestaetigen")):
        asked = thrice.press(officer, door, door, vorgang=newest, begruendung="Zahlendreher")
        take(client, asked, step, **({"note": "So nicht"} if step == "ablehnen" else {}))


def changes(cast: Cast, thrice: Thrice) -> None:
    """What was agreed is changed, and the recording of that given up."""
    agreement = recorded.standing().exclude(annulments__isnull=False).latest("pk")
    clerk = signed_in(cast.takers("recording", agreement.year, agreement.ags)[0])
    door = reverse("agreements:change", args=agreement.address)
    place = places(agreement)[0]
    thrice.press(clerk, door, door, grundlage=place, herkunft="Schreiben vom 3. Mai")
    intake = recorded.open_change(agreement)
    assert intake
    take(clerk, reverse("agreements:intake", args=[intake.pk]), "verwerfen")


def moves(cast: Cast, officer: Client, head: Client, thrice: Thrice) -> None:
    year, own = packs.years(site.PROGRAMME)[0], cast.body.ags
    said = {"jahr": str(year), "betrag": "1,00", "begruendung": "Mehrbedarf", "ags": own}

    def move(way: str) -> None:
        door = f"/arbeit/mittelaenderungen/{way}"
        take(head, thrice.press(officer, door, door, **said), "entscheiden")

    move("umverteilung")
    has = programmes.standing(Fund(site.PROGRAMME, year)).bodies[own].total_cents
    agreed = ledger.Agreed(site.PROGRAMME, year, own, has + 50_00, date(year, 9, 1), "ZV-X")
    ledger.record_agreed(cast.officer, agreed, at=timezone.now())
    move("deckung")


def measures(officer: Client, thrice: Thrice) -> None:
    door = "/arbeit/beteiligte/neu"
    kind = PartyKind.values[0]
    thrice.press(officer, door, door, name="Neuer Träger", kind=kind)
    measure = Measure.objects.filter(deliveries=None).earliest("pk")
    door = reverse("desk:delivery", args=[measure.pk])
    own = {"party": "selbst", "passing_on": "own_delivery"}
    thrice.press(officer, door, door, **own)
    door = reverse("desk:end_delivery", args=[Delivery.objects.latest("pk").pk])
    thrice.press(officer, door, door, last_day=f"31.12.{measure.year}")


def plans(cast: Cast, thrice: Thrice) -> None:
    """A body plans: by hand, from a table, from the year before."""
    body, where = signed_in(cast.body), reverse("measures:planned_measures")
    mine = PlannedMeasure.objects.filter(ags=cast.body.ags)
    year = mine.latest("year").year
    page = thrice.press(body, f"{where}/neu?jahr={year}", f"{where}/neu", title="Kurs früh")
    thrice.press(body, f"{page}/aendern", f"{page}/aendern", title="Kurs spät")
    aim = {"kind": "words", "words": "Wer anfängt, bleibt dabei."}
    thrice.press(body, f"{page}/ziele/0", f"{page}/ziele/0", **aim)
    ready, asking = (
        reverse("measures:planned", args=[found.pk])
        for found in (mine.filter(state="ready").latest("year"), mine.latest("review_count"))
    )
    for step, said in (("weiter-bearbeiten", ""), ("fertig", ""), ("aufgeben", "Kein Träger")):
        take(body, ready, step, **({"note": said} if said else {}))
    take(body, ready, "wiederherstellen")
    thrice.press(body, asking, f"{asking}/geprueft")
    targets(body, thrice, year)
    table = f"Titel\tPlätze\nKurs aus der Tabelle {year}\t12"
    form, address = form_of(body, f"{where}/einfuegen?jahr={year}", f"{where}/einfuegen")
    thrice.send(body, address, {**form.fields, "tabelle": table, "write": "1"})
    earlier = f"{where}/neu?jahr={packs.year_before(site.PROGRAMME, year)}"
    thrice.press(body, earlier, f"{where}/neu", title="Kurs vom Vorjahr")
    thrice.press(body, f"{where}/vorjahr?jahr={year}", f"{where}/vorjahr", is_ticked=True)


def targets(body: Client, thrice: Thrice, year: int) -> None:
    """And sets targets for its whole year."""
    where = reverse("measures:overall_targets")
    aim = {"kind": "words", "words": "Wer anfängt, bleibt dabei."}
    page = thrice.press(body, f"{where}/neu?jahr={year}", f"{where}/neu", **aim)
    aim["words"] = "Wer anfängt, schließt ab."
    thrice.press(body, f"{page}/aendern", f"{page}/aendern", **aim)
    for step, said in (("fertig", ""), ("weiter-bearbeiten", ""), ("aufgeben", "Zu früh")):
        take(body, page, step, **({"note": said} if said else {}))
    take(body, page, "wiederherstellen")
    carried = OverallTarget.objects.filter(review_count__gt=0).latest("pk")
    asking = reverse("measures:overall_target", args=[carried.pk])
    thrice.press(body, asking, f"{asking}/geprueft")


def strategies(cast: Cast) -> None:
    """The body's next version: given up, taken up again, through every stage, withdrawn."""
    mine = Strategy.objects.filter(ags=cast.body.ags).exclude(state="in_force")
    version = mine.filter(state__in=STRATEGIES.open_states).latest("pk")
    page = reverse("strategy:strategy", args=[version.pk])
    body, stages = signed_in(cast.body), packs.load(site.PROGRAMME, version.year)
    if version.state != StrategyState.DRAFT:
        take(body, page, "zuruecknehmen")
    take(body, page, "verwerfen")
    take(body, page, "wiederherstellen")
    *between, last = stages.procedure("strategy")
    address = {step.verb: step.address for step in STRATEGIES.lifecycle(version).steps}
    deciding = signed_in(cast.pair(last.side, version.ags)[0])
    if between:
        take(body, page, address[between[0].code])
        take(deciding, page, "zurueckgeben", note="Es fehlt ein Teil.")
    for stage in between:
        said = {"note": "Keine Einwände."} if stage.notes else {}
        take(signed_in(cast.pair(stage.side, version.ags)[0]), page, address[stage.code], **said)
    take(deciding, page, address[last.code])
    take(deciding, page, "zurueckziehen", note="Es fehlt ein Teil.")


def people(head: Client, thrice: Thrice) -> None:
    """Two new colleagues: one stands in for the other, then takes over what she leaves."""
    door, day = "/arbeit/personen/neu", f"{localdate():%d.%m.%Y}"
    post = {"organisation": "ministry:", "rolle": "ministry_editor"}
    anna, paul = (
        thrice.press(head, door, door, name=name, email=f"{name}@example.org", **post)
        for name in ("Anna", "Paul")
    )
    other = {**post, "rolle": "ministry_steering", "bis": day}
    thrice.press(head, f"{anna}/stelle", f"{anna}/stelle", **other)
    first, second = Post.objects.filter(person=number_of(anna)).order_by("pk")
    door = reverse("identity:limit", args=[second.pk])
    thrice.press(head, door, door, bis="")
    door = reverse("identity:end_post", args=[second.pk])
    thrice.press(head, door, door)
    door = reverse("identity:deputise", args=[first.pk])
    thrice.press(head, door, door, vertretung=number_of(paul), ab=day, bis=day)
    door = reverse("identity:end_deputyship", args=[Deputyship.objects.latest("pk").pk])
    thrice.press(head, door, door)
    thrice.press(head, f"{anna}/uebergeben", f"{anna}/uebergeben", nachfolge=number_of(paul))


def number_of(page: str) -> str:
    return page.rpartition("/")[2]


def messages(cast: Cast, head: Client, thrice: Thrice) -> None:
    """How one is told, and what is done about mail that does not go out."""
    door = reverse("messaging:choose")
    thrice.press(head, door, door)
    head.post(reverse("messaging:renew_calendar"))
    thrice.press(head, door, reverse("messaging:revoke_calendar"))
    mail = outbox.mail(cast.body, Mail.Kind.DIGEST, "digest", timezone.now())
    mail.save()
    page = reverse("messaging:mail", args=[mail.pk])
    thrice.press(head, page, reverse("messaging:try_again", args=[mail.pk]))
    door = reverse("messaging:drop", args=[mail.pk])
    thrice.press(head, door, door, grund="Adresse falsch")
