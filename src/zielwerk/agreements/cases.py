"""The kinds of cases of this room: the recording of an agreement, and annulling one."""

from typing import Any

from django.utils import timezone

from zielwerk.agreements import actions, queries
from zielwerk.agreements.models import Annulment, Intake
from zielwerk.agreements.panels import effects, filed
from zielwerk.core.cases import Kind, Twins
from zielwerk.rulebook.annulment import ANNULMENT, AnnulmentState
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.recording import INTAKE, INTAKE_OF_NOTICE, RECORDING, IntakeState


def confirming(intake: Intake) -> tuple[str, dict[str, Any]]:
    """The page that asks before a recording is confirmed: cause and effect."""
    return "agreements/confirming.html", effects.confirming(intake, timezone.localdate())


def annulling(annulment: Annulment) -> tuple[str, dict[str, Any]]:
    """The page that asks before a record is annulled."""
    return "agreements/annulling.html", effects.annulling(annulment)


INTAKES = Kind(
    model=Intake,
    tables=(INTAKE, INTAKE_OF_NOTICE),
    frame=RECORDING,
    procedure="recording",
    verbs=(
        actions.accept,
        actions.note,
        actions.confirm,
        actions.send_back,
        actions.take_back,
        actions.keep,
        actions.discard,
        actions.restore,
    ),
    table_of=queries.lifecycle_of,
    page="agreements:intake",
    list_page="agreements:intakes",
    look="agreements.look_at_intake",
    visible=queries.intakes,
    filed=filed.of_intake,
    facts=lambda intake, on: queries.facts_of(intake),
    panels={"confirm": confirming},
    looks={
        IntakeState.REVIEW: "info",
        "agreed": "success",
        "granted": "success",
    },
    slots={
        "name": lambda intake: intake.body_name,
        "year": lambda intake: intake.year,
        "amount": lambda intake: Cents(intake.content.amount_cents),
    },
    twins=Twins(
        ("year", "ags", "body_name", "paper"), "begun_at", frozenset({IntakeState.DISCARDED})
    ),
)
ANNULMENTS = Kind(
    model=Annulment,
    tables=(ANNULMENT,),
    verbs=(actions.annul, actions.refuse_annulment, actions.withdraw_annulment),
    page="agreements:annulment",
    list_page="agreements:annulments",
    look="agreements.look_at_intake",
    visible=queries.annulments,
    filed=filed.of_annulment,
    facts=lambda annulment, on: actions.facts_of_annulment(annulment),
    panels={"annul": annulling},
    looks={AnnulmentState.ASKED: "warning", AnnulmentState.ANNULLED: "success"},
    slots={
        "record": lambda annulment: annulment.agreement.file_number,
        "name": lambda annulment: annulment.body_name,
        "year": lambda annulment: annulment.year,
    },
)
KINDS = (INTAKES, ANNULMENTS)
