"""The demo world: a named cast that does what people would do, by the same verbs.

Made by running the actions, so it is always lawful; the tests live in the same world. The
agreement of the Main-Kinzig-Kreis is the real one of 2024, with its public facts and
without its wording; the others are invented and say so wherever they show.
"""

import argparse
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from zielwerk.agreements import actions as agreements
from zielwerk.agreements import queries as agreement_queries
from zielwerk.agreements.models import Intake
from zielwerk.config.serve import prepare as prepare_database
from zielwerk.identity import actions as identity
from zielwerk.identity import queries as people
from zielwerk.identity.models import Role, User
from zielwerk.packs import loading as packs
from zielwerk.packs.model import Body
from zielwerk.publication.actions import publish
from zielwerk.rulebook.agreement import Earmark, Measure, Signature, Terms
from zielwerk.rulebook.refusal import Refusal, Refused, msg

PROGRAMME, YEAR = "aqb_hessen", 2024
OPERATOR = identity.Operator("cli:demo")
BEGAN = datetime(2024, 9, 2, 8, 0, tzinfo=UTC)
PUBLIC_FACTS = "veröffentlichte Angaben der Zielvereinbarung 2024"
INVENTED = "für die Vorführung erfunden"
NOT_EMPTY = Refusal(
    "demo.not_empty",
    msg(
        "In dieser Datenbank arbeiten schon Personen. Die Vorführung wird nur in einer leeren "
        "Datenbank angelegt."
    ),
)


@dataclass(frozen=True)
class Cast:
    """Who plays in the demo; two at the ministry, since recording takes two."""

    officer: User
    head: User
    authority: User
    body: User
    provider: User
    auditor: User


def people_of_the_demo(ministry: str, authority: str) -> dict[str, identity.Enrolment]:
    """The cast, invented; addresses under example.org reach nobody."""

    def person(key: str, name: str, function: str, role: Role, organisation: str, ags: str = ""):  # type: ignore[no-untyped-def]
        return key, identity.Enrolment(
            f"{key}@vorfuehrung.example.org",
            name,
            function,
            role.value,
            organisation,
            ags,
            is_demo=True,
        )

    return dict(
        [
            person("officer", "Mara Lindner", "Sachbearbeitung", Role.MINISTRY, ministry),
            person("head", "Jonas Acker", "Referatsleitung", Role.MINISTRY, ministry),
            person("authority", "Petra Sommer", "Dezernat Förderungen", Role.AUTHORITY, authority),
            person(
                "body",
                "Deniz Kaya",
                "Koordination Ausbildungsbudget",
                Role.BODY,
                "Main-Kinzig-Kreis",
                "06435",
            ),
            person(
                "provider",
                "Lena Vogt",
                "Projektleitung",
                Role.PROVIDER,
                "Bildungswerk Kinzigtal (erfunden)",
                "06435",
            ),
            person("auditor", "Ruth Brandes", "Prüfgebiet Soziales", Role.AUDITOR, "Rechnungshof"),
        ]
    )


def build() -> Cast:
    """Make the demo world in an empty database."""
    if people.anybody():
        raise Refused(NOT_EMPTY)
    with transaction.atomic():  # a demo that was interrupted leaves nothing behind
        cast = enrol_cast()
        moment = BEGAN
        for terms, is_invented in [(main_kinzig(), False), *((one, True) for one in invented())]:
            moment += timedelta(minutes=20)
            record_and_publish(cast, terms, is_invented, moment)
    return cast


def enrol_cast() -> Cast:
    """The demo persons, each with a role."""
    programme = packs.programme(PROGRAMME)
    enrolments = people_of_the_demo(programme.ministry, programme.granting_authority)
    return Cast(
        **{
            key: identity.enrol(OPERATOR, None, person, at=BEGAN)
            for key, person in enrolments.items()
        }
    )


def record_and_publish(cast: Cast, terms: Terms, is_invented: bool, at: datetime) -> Intake:
    """Two people record an agreement, the first of them publishes it."""
    entered = agreements.ByHand(terms, INVENTED if is_invented else PUBLIC_FACTS, is_invented)
    intake = agreements.begin_by_hand(cast.officer, None, entered, at=at)
    intake = agreements.accept(cast.officer, intake, at=at + timedelta(minutes=5))
    intake = agreements.confirm(cast.head, intake, at=at + timedelta(minutes=10))
    assert intake.agreement
    publish(cast.officer, intake.agreement, at=at + timedelta(minutes=15))
    return intake


def frame(body: Body) -> dict[str, object]:
    """What all agreements of the year share."""
    year = packs.load(PROGRAMME, YEAR)
    return {
        "programme": PROGRAMME,
        "year": YEAR,
        "ags": body.ags,
        "body_name": body.name,
        "body_kind": body.kind.value,
        "ministry": year.programme.ministry,
        "granting_authority": year.programme.granting_authority,
        "frameworks": tuple(framework.title for framework in year.frameworks),
        "legal_areas": tuple(area.code for area in year.legal_areas),
        "earmarks": tuple(Earmark(earmark.code) for earmark in year.earmarks),
        "meeting": "Umsetzungsbesprechung im Herbst",
    }


def bodies() -> dict[str, Body]:
    return {body.ags: body for body in packs.bodies(PROGRAMME)}


def main_kinzig() -> Terms:
    """The public facts of the agreement that the Main-Kinzig-Kreis concluded for 2024."""
    titles = {
        "training_preparation": (
            "Startklar! - Kreativ ins Berufsleben",
            "Team-Camp",
            "Ausbildung - Mein Ziel + Sprache",
            "U-25 Robotik - kleiner Führerschein",
            "U-25 Robotik - großer Führerschein",
            "Teilzeitausbildung — Wie geht das? Kurs",
        ),
        "qualification": (
            "Ukrainer BeiUNS",
            "Altenpflegehilfe + Sprache",
            "GaLa+Sprache - Das grüne Projekt",
            "Berufsorientierung und Sprache für Menschen mit Migrationshintergrund",
        ),
        "staff_training": ("BASS - Bachelor of Arts, Soziale Sicherung, Inklusion - Studium 2024",),
    }
    return Terms(
        **frame(bodies()["06435"]),  # type: ignore[arg-type]
        amount_cents=1_600_100_00,
        measures=tuple(Measure(kind, title) for kind in titles for title in titles[kind]),
        signatures=(
            Signature("ministry", "Heike Hofmann", "Staatsministerin", "Wiesbaden"),
            Signature("region", "Thorsten Stolz", "Landrat", "Gelnhausen"),
        ),
    )


def invented() -> list[Terms]:
    """Agreements invented for the demo, from the pack."""
    known = bodies()
    made = []
    for one in packs.demo_agreements(PROGRAMME, YEAR):
        body = known[one.ags]
        office = "Oberbürgermeisteramt" if body.kind.value != "Landkreis" else "Landratsamt"
        made.append(
            Terms(
                **frame(body),  # type: ignore[arg-type]
                amount_cents=one.amount_cents,
                measures=tuple(Measure(kind, title) for kind, title in one.measures),
                signatures=(
                    Signature("ministry", None, "Staatsministerin", "Wiesbaden"),
                    Signature("region", None, office, body.seat),
                ),
            )
        )
    return made


def prepare(arguments: list[str]) -> int:
    """`zielwerk demo prepare`: make the demo world, unless it is there."""
    argparse.ArgumentParser("zielwerk demo prepare").parse_args(arguments)
    prepare_database([])
    if people.demo_people():
        print("Die Vorführung ist schon angelegt.")
        return 0
    began = timezone.now()
    build()
    spent = (timezone.now() - began).total_seconds()
    number = agreement_queries.agreements(OPERATOR).count()
    print(f"Vorführung angelegt: {number} Zielvereinbarungen ({spent:.1f} s).")
    return 0
