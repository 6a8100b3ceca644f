"""The kind of case of this room: the recording of an agreement."""

from zielwerk.agreements import actions, queries
from zielwerk.agreements.models import Intake
from zielwerk.core.cases import Kind, Twins
from zielwerk.rulebook.agreement import INTAKE, IntakeState
from zielwerk.rulebook.money import Cents

INTAKES = Kind(
    model=Intake,
    tables=(INTAKE,),
    verbs=(
        actions.accept,
        actions.confirm,
        actions.send_back,
        actions.keep,
        actions.discard,
        actions.restore,
    ),
    page="agreements:intake",
    list_page="agreements:intakes",
    look="agreements.look_at_intake",
    visible=queries.intakes,
    facts=queries.facts_of,
    looks={
        IntakeState.REVIEW: "info",
        IntakeState.ACCEPTED: "warning",
        IntakeState.RECORDED: "success",
    },
    slots={
        "name": lambda intake: intake.body_name,
        "year": lambda intake: intake.year,
        "amount": lambda intake: Cents(intake.content.amount_cents),
    },
    twins=Twins(("year", "ags", "body_name"), "begun_at", frozenset({IntakeState.DISCARDED})),
)
KINDS = (INTAKES,)
