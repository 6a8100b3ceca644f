"""Every route with the things that it may be about, and who may open it by the role matrix."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import get_resolver, resolve, reverse

from tests.house.test_house import routes
from tests.journeys.access import scene as scenes
from tests.journeys.access.applications import OF_APPLICATIONS, WRITTEN
from tests.journeys.access.files import OF_FILES
from tests.journeys.access.passing import OF_NOTICES
from tests.journeys.access.scene import FAR, NEAR, OWN, Scene, Thing, Things, fixed, of_bodies, pk
from zielwerk.adjustments.models import Adjustment
from zielwerk.agreements.models import Agreement, Intake, Lesson
from zielwerk.allocation.models import BodyAllocation, Scenario
from zielwerk.auditing.models import Inquiry, Verification
from zielwerk.budget.models import Correction
from zielwerk.core import matrix, roles
from zielwerk.core.cases import KINDS, Kind
from zielwerk.imports.models import TableImport
from zielwerk.ledger.models import Transfer
from zielwerk.measures.models import Delivery, Measure, OverallTarget, PlannedMeasure
from zielwerk.messaging.models import Mail
from zielwerk.packs import loading as packs
from zielwerk.programme.models import YearRelease
from zielwerk.publication.models import Edition
from zielwerk.rulebook.lifecycle import Step
from zielwerk.strategy.models import ConsentRequest, Strategy
from zielwerk.strategy.queries import wanted
from zielwerk.succession.models import SuccessionAct

PROGRAMME, YEAR = scenes.PROGRAMME, str(scenes.SUEDLAND.year)
WHICH = "<year:year>/<ags:ags><further:ordinal>"
AGREEMENT = f"arbeit/vereinbarungen/{WHICH}"
PUBLIC = f"{scenes.SUEDLAND.address}/{WHICH}"
YEARS = f"{scenes.SUEDLAND.address}/koerperschaften/<ags:ags>"
PROPOSAL = "arbeit/entwuerfe/<int:pk>/vorschlaege/<int:number>"
FOR_THEM, OVERALL = ("ruecknahme", "zustimmung"), ("", "/aendern", "/geprueft")
DECIDING = ("annehmen", "ablehnen", "zurueckziehen")
STRATEGY = "arbeit/strategien/<int:pk>"
OF_STRATEGIES = ("", "/bearbeiten", "/bearbeiten-fuer", "/schriftstueck")
OF_CONSENTS = ("bitten", "ruecknahme", "ruecknahme-fuer", "zustimmung", "zustimmung-fuer")
OF_DRAFTED_YEARS = ("jahr", "kuerzung", "umschichtung")
OF_DRAFTS = (
    *("aendern", "freigeben", "intern", "kommentar", "neu-entwerfen", "pruefung", "sperren"),
    *("massnahmen", "stelle", "vergleich", "vorschlaege", "vorschlaege/planung"),
)
Subjects = Callable[[Scene], Things]


@dataclass(frozen=True)
class Attempt:
    """An address to try: its route, what it is about, the permission of the route and of a step."""

    path: str
    address: str
    thing: str
    seen: Callable[[str], bool]
    permission: str
    step: Step | None = None

    def __str__(self) -> str:
        return f"/{self.address} ({self.thing})"


# --- what routes are about ----------------------------------------------------------------


def agreements(scene: Scene) -> Things:
    return of_bodies(Agreement.objects.order_by("-pk"), lambda row: (str(row.year), row.ags, ""))


def public(scene: Scene) -> Things:
    published = Edition.objects.filter(state="published").order_by("-number", "-pk")
    return {row.ags: Thing((str(row.year), row.ags, ""), scenes.all_see) for row in published[:1]}


def intakes(scene: Scene) -> Things:
    return of_bodies(Intake.objects.order_by("-pk"), pk)


def editions(scene: Scene) -> Things:
    return of_bodies(Edition.objects.order_by("-pk"), pk)


def adjustments(scene: Scene) -> Things:
    return of_bodies(Adjustment.objects.order_by("-pk"), pk)


def annulments(scene: Scene) -> Things:
    return scenes.annulments()


def strategies(scene: Scene) -> Things:
    return of_bodies(Strategy.objects.order_by("-pk"), pk)


def consented(scene: Scene) -> Things:
    """About the first whose consent to a version is wanted."""
    found: Things = {}
    for name, thing in strategies(scene).items():
        strategy = Strategy.objects.get(pk=thing.parts[0])
        party = next(iter(wanted(strategy)))
        query = urlencode({"akteur": party.code, "region": party.region})
        found[name] = Thing(thing.parts, thing.seen, f"?{query}")
    return found


def requests(scene: Scene) -> Things:
    return of_bodies(ConsentRequest.objects.select_related("strategy").order_by("-pk"), pk)


def allocations(scene: Scene) -> Things:
    return of_bodies(BodyAllocation.objects.order_by("-pk"), pk)


def measures(scene: Scene) -> Things:
    return of_bodies(Measure.objects.order_by("-pk"), pk)


def planned(scene: Scene) -> Things:
    return of_bodies(PlannedMeasure.objects.order_by("-pk"), pk)


def overall(scene: Scene) -> Things:
    return of_bodies(OverallTarget.objects.order_by("-pk"), pk)


def planned_targets(scene: Scene) -> Things:
    """A target that is set now."""
    return of_bodies(PlannedMeasure.objects.order_by("-pk"), lambda row: (str(row.pk), "0"))


def deliveries(scene: Scene) -> Things:
    rows = Delivery.objects.select_related("measure").order_by("-pk")
    found: Things = {}
    for row in rows:
        ags = row.measure.ags
        found.setdefault(ags, Thing(pk(row), lambda role, ags=ags: scenes.sees_body(role, ags)))
    assert len(found) > 2, found
    return found


def bodies(scene: Scene) -> Things:
    """A Träger sees the bodies for which it works."""

    def seen(ags: str) -> Callable[[str], bool]:
        return lambda role: (
            ags == OWN if roles.side_of(role) == "provider" else scenes.sees_body(role, ags)
        )

    return {ags: Thing((ags,), seen(ags)) for ags in (OWN, NEAR, FAR)}


def noted(scene: Scene) -> Things:
    """A note is written on a case."""
    return {
        name: Thing((), thing.seen, f"?zu={Adjustment.seal_name}:{thing.parts[0]}")
        for name, thing in adjustments(scene).items()
    }


def transfers(scene: Scene) -> Things:
    """Of a body's money: what goes from one account of hers to another."""
    found: Things = {}
    for ags in (OWN, NEAR, FAR):
        row = Transfer.objects.filter(source__ags=ags, target__ags=ags).latest("pk")
        found[ags] = Thing(pk(row), lambda role, ags=ags: scenes.sees_body(role, ags))
    return found


def parties(scene: Scene) -> Things:
    """A Träger sees itself; a body those that work for it."""

    def seen(name: str, ags: str) -> Callable[[str], bool]:
        return lambda role: (
            name == "own" if roles.side_of(role) == "provider" else scenes.sees_body(role, ags)
        )

    keys = {"own": OWN, "near": NEAR, "far": FAR}
    return {
        name: Thing((str(number),), seen(name, keys[name]))
        for name, number in scene.parties.items()
    }


def newest(model: type) -> Subjects:
    """What is of the whole programme."""
    return lambda scene: fixed(str(model.objects.latest("pk").pk))  # type: ignore[attr-defined]


def scenario_and_body(scene: Scene) -> Things:
    return fixed(str(Scenario.objects.latest("pk").pk), OWN)


def own(numbers: str) -> Subjects:
    """What is somebody's own and nobody else's."""

    def things(scene: Scene) -> Things:
        return {
            f"of {owner}": Thing((str(number),), lambda role, owner=owner: role == owner)
            for owner, number in getattr(scene, numbers).items()
            if owner in ("ministry_editor", "body_coordinator", "body_finance", "auditor")
        }

    return things


def people(scene: Scene) -> Things:
    return {
        name: Thing(pk(user), lambda role, name=name: scenes.sees_person(role, name))
        for name, user in scene.targets.items()
    }


def administered(scene: Scene) -> Things:
    return {
        name: Thing(pk(user), lambda role, name=name: scenes.administers(role, name))
        for name, user in scene.targets.items()
    }


def posts(scene: Scene) -> Things:
    return {
        name: Thing(pk(scene.post_of(name)), lambda role, name=name: scenes.administers(role, name))
        for name in scene.targets
    }


def deputyships(scene: Scene) -> Things:
    return {
        name: Thing(
            pk(scene.post_of(name).deputyships.get()),
            lambda role, name=name: scenes.administers(role, name),
        )
        for name in scene.targets
        if scene.post_of(name).deputyships.exists()
    }


def years(scene: Scene) -> Things:
    return fixed(YEAR)


def of(*parts: str) -> Subjects:
    return lambda scene: fixed(*parts)


def nobodys(*parts: str) -> Subjects:
    """What is there for nobody in this installation: it has no sign-in service."""
    return lambda scene: {"": Thing(parts, lambda role: False)}


SUBJECTS: dict[str, Subjects] = {
    "anmelden/dienst": nobodys(),
    "anmelden/dienst/<str:provider_id>": nobodys("dienst"),
    **scenes.OF_CONCLUSIONS,
    **OF_APPLICATIONS,
    **OF_NOTICES,
    **OF_FILES,
    "arbeit/aufhebungen/<int:pk>": annulments,
    "arbeit/auftrag/<int:pk>": own("jobs"),
    "arbeit/beteiligte/<int:pk>": parties,
    "arbeit/buecher/buchungen/<int:pk>": transfers,
    "arbeit/eingabe/<str:key>": own("inputs"),
    "arbeit/eingabe/<str:key>/verwerfen": own("inputs"),
    "arbeit/einlesen/<int:pk>": newest(TableImport),
    "arbeit/einrichtung/<slug:slug>": of("adresse"),
    "arbeit/einlesen/neu/<slug:slug>": of("kennzahlen"),
    "arbeit/einlesen/neu/<slug:slug>/vorlage": of("kennzahlen"),
    "arbeit/einsichten/<int:pk>": newest(Inquiry),
    "arbeit/einsichten/<int:pk>/freigeben": newest(Inquiry),
    "arbeit/entwuerfe/<int:pk>": scenes.drafts,
    **{f"arbeit/entwuerfe/<int:pk>/{name}": scenes.drafts for name in OF_DRAFTS},
    "arbeit/entwuerfe/<int:pk>/fassungen/<int:number>.<str:ending>": scenes.versions,
    **{f"{PROPOSAL}/{name}": scenes.proposals for name in DECIDING},
    **{f"arbeit/entwuerfe/{name}/<int:year>": years for name in OF_DRAFTED_YEARS},
    f"arbeit/entwuerfe/nachtrag/{WHICH}": agreements,
    "arbeit/erfassungen/<int:pk>": intakes,
    "arbeit/erfassungen/gelernt/<int:pk>": newest(Lesson),
    "arbeit/erfassungen/<int:pk>/pruefen": intakes,
    "arbeit/erfassungen/<int:pk>/text": intakes,
    "arbeit/erfassungen/<int:pk>/vergleich": intakes,
    "arbeit/freigaben/<int:pk>": newest(YearRelease),
    "arbeit/gemeinsam/<year:year>/<slug:stage>": of(YEAR, "vorlegen"),
    "arbeit/gemeinsam/vorgaenge/<slug:kind>/<slug:verb>": of("intake", "grant"),
    "arbeit/geplante-massnahmen/<int:pk>": planned,
    "arbeit/geplante-massnahmen/<int:pk>/aendern": planned,
    "arbeit/geplante-massnahmen/<int:pk>/aenderungen": planned,
    "arbeit/geplante-massnahmen/<int:pk>/geprueft": planned,
    "arbeit/geplante-massnahmen/<int:pk>/ziele/<int:number>": planned_targets,
    "arbeit/haushalt/<slug:verb>": of("veranschlagen"),
    "arbeit/haushalt/<year:year>/abschliessen": years,
    "arbeit/haushalt/berichtigungen/<int:pk>": newest(Correction),
    **dict.fromkeys(("arbeit/jahr/<year:year>", "arbeit/jahr/<year:year>/saison"), years),
    **{f"arbeit/koerperschaften/<ags:ags>{each}": bodies for each in ("", "/jahre")},
    "arbeit/massnahmen/<int:pk>/durchfuehrung": measures,
    "arbeit/massnahmen/durchfuehrung/<int:pk>/ende": deliveries,
    "arbeit/mittelaenderungen/<int:pk>": adjustments,
    "arbeit/personen/<int:pk>": people,
    "arbeit/personen/<int:pk>/einladen": administered,
    "arbeit/personen/<int:pk>/stelle": people,
    "arbeit/personen/<int:pk>/uebergeben": administered,
    "arbeit/personen/<int:pk>/wiederherstellen": administered,
    "arbeit/postausgang/<int:pk>": newest(Mail),
    "arbeit/postausgang/<int:pk>/versuchen": newest(Mail),
    "arbeit/postausgang/<int:pk>/verwerfen": newest(Mail),
    "arbeit/programm/<year:year>": years,
    "arbeit/programm/<year:year>/freigabe": years,
    "arbeit/programm/<year:year>/unterschiede": years,
    "arbeit/protokoll/pruefungen/<int:pk>": newest(Verification),
    "arbeit/rechtsnachfolgen/<int:pk>": newest(SuccessionAct),
    "arbeit/rechtsnachfolgen/neu/<slug:code>": lambda scene: fixed(
        next(change.code for change in packs.successions(PROGRAMME) if change.is_break)
    ),
    "arbeit/stellen/<int:pk>/beenden": posts,
    **{f"{STRATEGY}{door}": strategies for door in OF_STRATEGIES},
    **{f"{STRATEGY}/{door}": consented for door in OF_CONSENTS},
    "arbeit/strategien/bitten/<int:pk>": requests,
    "arbeit/stellen/<int:pk>/befristen": posts,
    "arbeit/stellen/<int:pk>/vertretung": posts,
    "arbeit/vertretungen/<int:pk>/beenden": deputyships,
    "einrichten/<slug:slug>": of("programm"),  # of an empty installation alone: gone for all
    **{f"{AGREEMENT}{door}": agreements for door in ("", "/aendern", "/irrtum")},
    "arbeit/vermerke/neu": noted,
    **{f"arbeit/vermerke/<int:pk>{each}": scenes.notes for each in ("", "/anlage")},
    "arbeit/veroeffentlichen/<year:year>": years,
    f"arbeit/veroeffentlichen/{WHICH}": agreements,
    **{f"arbeit/veroeffentlichungen/<int:pk>{each}": editions for each in ("", ".pdf")},
    **{f"arbeit/uebergreifende-ziele/<int:pk>{each}": overall for each in OVERALL},
    "arbeit/unterschriften/<ags:ags>": nobodys(scenes.OWN),  # no body signs there
    "arbeit/verteilung/<int:pk>": newest(Scenario),
    "arbeit/verteilung/<int:pk>/fortsetzen": newest(Scenario),
    "arbeit/verteilung/<int:pk>/gesetzt/<ags:ags>": scenario_and_body,
    "arbeit/verteilung/<int:pk>/gesetzt/<ags:ags>/aufheben": scenario_and_body,
    "arbeit/verteilung/<int:pk>/speichern": newest(Scenario),
    # Of one's own alone, and not before one has shown that it is oneself.
    "arbeit/zugang/nachweise/<int:pk>/entfernen": of("1"),
    "arbeit/zugang/sitzungen/<str:name>/beenden": of("nichts"),
    "arbeit/zuweisungen/<int:pk>": allocations,
    "kalender.ics": lambda scene: {"": Thing((), scenes.all_see, f"?{scene.calendar}")},
    "zustimmung": lambda scene: {"": Thing((), scenes.all_see, f"?{scene.link}")},
    "zustimmung/schriftstueck": lambda scene: {"": Thing((), scenes.all_see, f"?{scene.link}")},
    **{PUBLIC + form: public for form in ("", ".csv", ".json", ".pdf", "/leichte-sprache")},
    YEARS: lambda scene: {ags: Thing((ags,), one.seen) for ags, one in public(scene).items()},
    f"{PUBLIC}/ausgabe-<int:number>": lambda scene: {
        name: Thing((*thing.parts, "1"), thing.seen) for name, thing in public(scene).items()
    },
}
"""What every route is about that has something in its address; one that is missing is a fault."""
BOTH = ("get", "post")
ASKS = {
    "arbeit/abschluesse/<int:pk>/unterschrift": (BOTH, "conclusion.enter", "conclusion.enter_for"),
    "arbeit/entwuerfe/<int:pk>/pruefung": (("post",), "negotiation.answer_check"),
    "arbeit/gemeinsam/<year:year>/<slug:stage>": (BOTH, "publication.propose"),
    "arbeit/gemeinsam/vorgaenge/<slug:kind>/<slug:verb>": (BOTH, "agreements.confirm"),
    "arbeit/massnahmen/<int:pk>/durchfuehrung": (("post",), "measures.deliver"),
    "arbeit/veroeffentlichen/<year:year>": (BOTH, "publication.propose", "publication.publish"),
    f"arbeit/veroeffentlichen/{WHICH}": (BOTH, "publication.propose"),
    **dict.fromkeys(WRITTEN, (("post",), "funding.write")),
}
"""Where more is asked than the route names: by what is sent there, or by the page as a whole."""
PART = re.compile(r"<[^>]+>")


def attempts(scene: Scene) -> Iterator[Attempt]:
    """Every route with all that it may be about; a route that nobody told of raises KeyError."""
    doors = {f"{page_of(kind)}/<slug:address>": kind for kind in KINDS.values()}
    for path, view in sorted(routes(get_resolver().url_patterns)):
        permission = view.permission  # type: ignore[attr-defined]
        if path in doors:
            yield from _steps(scene, doors[path], path, permission)
            continue
        has_parts = PART.search(path) or path in SUBJECTS
        things = SUBJECTS[path](scene) if has_parts else fixed()
        for name, thing in things.items():
            where = filled(path, thing.parts) + thing.query
            yield Attempt(path, where, name, thing.seen, permission)


def page_of(kind: Kind) -> str:  # type: ignore[type-arg]
    return str(resolve(reverse(kind.page, args=[1])).route)


def _steps(scene: Scene, kind: Kind, path: str, permission: str) -> Iterator[Attempt]:  # type: ignore[type-arg]
    """The door of a kind's steps: each step of its paths, with each thing."""
    steps: dict[str, list[Step]] = {}
    for table in kind.known_tables:
        for step in table.steps:
            steps.setdefault(step.address, []).append(step)
    for name, thing in SUBJECTS[page_of(kind)](scene).items():
        state = kind.model._default_manager.values_list("state", flat=True).get(pk=thing.parts[0])
        for address, of_sides in sorted(steps.items()):
            # One step may be taken by several sides, each in states of its own.
            step = next((one for one in of_sides if state in one.sources), of_sides[0])
            where = filled(path, (*thing.parts, address))
            yield Attempt(path, where, name, thing.seen, permission, step)


def filled(path: str, parts: tuple[str, ...]) -> str:
    """The address of a route with these parts in it."""
    given = iter(parts)
    address = PART.sub(lambda _: next(given), path)
    assert next(given, None) is None, (path, parts)
    return address


# --- what the matrix says -----------------------------------------------------------------

LINES = {line.permission.name: line for line in matrix.lines()}


def has(role: str, permission: str) -> bool:
    """Whether a role has a permission by the role matrix, in the programme of this installation."""
    line = LINES[permission]
    side = roles.side_of(role)
    if line.permission.is_of_whole and side not in scenes.SEES_ALL:
        return False
    if role in line.always:
        return True
    return role in line.by_programme and side in _taking(line.permission.procedure)


def _taking(procedure: str) -> set[str]:
    """The sides that take a stage of a procedure, or sign what is recorded."""
    years_ = [packs.load(PROGRAMME, year) for year in packs.years(PROGRAMME)]
    taking = {stage.side for rules in years_ for stage in rules.procedure(procedure)}
    signing = packs.programme(PROGRAMME).document.sides if procedure == "recording" else ()
    return {*taking, *signing}


def takes(role: str, step: Step) -> bool:
    """Whether a role takes a step: it has its permission, and is of the side whose stage it is."""
    return has(role, step.by) and (not step.side or roles.side_of(role) == step.side)


def takes_some(role: str, *names: str) -> bool:
    """Whether a role has one of some permissions, and takes a stage where it is that of stages."""
    return any(
        any(takes(role, step) for step in found) if (found := _steps_by(name)) else has(role, name)
        for name in names
    )


def _steps_by(permission: str) -> list[Step]:
    tables = [table for kind in KINDS.values() for table in kind.known_tables]
    return [step for table in tables for step in table.steps if step.by == permission]
