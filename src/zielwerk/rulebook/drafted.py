"""The steps that every document has which is drafted, put forward and decided by another person.

They are of a notice and of a pass-on; what decides, and what comes after, each says itself.
"""

from zielwerk.rulebook.lifecycle import OWN_RULE, REASON, UNDO_DAYS, Guard, Look, Step
from zielwerk.rulebook.procedure import NOTED_TO_STAY, TAKEN_BACK, UNDER_WAY, WHOSE_TURN
from zielwerk.rulebook.refusal import msg

DRAFT, PUT_FORWARD, DISCARDED = "draft", "put_forward", "discarded"
"""The states that are the same for all of them."""


def put_forward(room: str, task: tuple[str, str]) -> Step:
    """The draft of a room is put forward; ``task`` says whose draft waits for that."""
    return Step(
        verb="put_forward",
        sources={DRAFT},
        target=PUT_FORWARD,
        by=f"{room}.put_forward",
        label=msg("Vorlegen"),
        address="vorlegen",
        basis=OWN_RULE,
        done=msg("Vorgelegt: {number}, {name} {year}."),
        asks=msg(
            "{number} wartet dann auf die Freigabe und lässt sich nicht mehr ändern; Sie können es "
            "zurücknehmen, solange niemand entschieden hat."
        ),
        look=Look.PRIMARY,
        task=task,
    )


def noted(room: str, task: tuple[str, str]) -> Step:
    """A stage between the two is noted."""
    return Step(
        verb="note",
        sources={PUT_FORWARD},
        target="note",
        by=f"{room}.note",
        label=msg("Zwischenschritt vermerken"),
        address="vermerken",
        basis=OWN_RULE,
        done=msg("Vermerkt bei {number}, {name} {year}."),
        asks=NOTED_TO_STAY,
        look=Look.PRIMARY,
        task=task,
    )


def ways_back(room: str, *guards: Guard) -> tuple[Step, ...]:
    """Given back or taken back, given up and taken up again; ``guards`` are of the last."""
    return (
        Step(
            verb="send_back",
            sources={UNDER_WAY},
            target=DRAFT,
            by=f"{room}.send_back",
            label=msg("Zurückgeben"),
            address="zurueckgeben",
            basis=OWN_RULE,
            side=WHOSE_TURN,
            done=msg("Zurückgegeben: {number}, {name} {year}."),
            notes=REASON,
            is_against=True,
        ),
        Step(
            verb="take_back",
            sources={UNDER_WAY},
            target=DRAFT,
            by=f"{room}.take_back",
            label=msg("Vorlage zurücknehmen"),
            address="zuruecknehmen",
            basis=OWN_RULE,
            done=msg("Zurückgenommen: {number}, {name} {year}."),
            asks=TAKEN_BACK,
            look=Look.TERTIARY,
            is_quiet=True,
            is_taking_back=True,
        ),
        Step(
            verb="discard",
            sources={DRAFT},
            target=DISCARDED,
            by=f"{room}.discard",
            label=msg("Entwurf verwerfen"),
            address="verwerfen",
            basis=OWN_RULE,
            done=msg(
                "Verworfen: {number}, {name} {year}. Eine Zeit lang lässt es sich wiederherstellen."
            ),
            asks=msg(
                "{number} wird aufgegeben und bleibt in den Akten. Eine Zeit lang lässt es sich "
                "wiederherstellen, solange nichts anderes an seine Stelle getreten ist."
            ),
            look=Look.TERTIARY,
        ),
        Step(
            verb="restore",
            sources={DISCARDED},
            target=DRAFT,
            by=f"{room}.restore",
            label=msg("Wiederherstellen"),
            address="wiederherstellen",
            basis=OWN_RULE,
            done=msg("Wiederhergestellt: {number}, {name} {year}."),
            guards=guards,
            is_undoing=True,
            within=UNDO_DAYS,
        ),
    )
