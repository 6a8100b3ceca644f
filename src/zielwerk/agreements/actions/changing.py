"""Recording that what was agreed was changed: begun from the version that holds."""

from dataclasses import dataclass, replace
from datetime import datetime

from zielwerk.agreements import queries
from zielwerk.agreements.actions.recording import open_intake
from zielwerk.agreements.models import Agreement, Intake
from zielwerk.agreements.queries.changing import next_change, why_not_changed
from zielwerk.core.actions import action
from zielwerk.core.permissions import Actor
from zielwerk.documents import actions as documents
from zielwerk.packs import loading as packs
from zielwerk.rulebook.agreement import Form, Signature, Terms, forms_of
from zielwerk.rulebook.refusal import Refusal, Refused, msg
from zielwerk.rulebook.writing import says_something


@dataclass(frozen=True)
class NewChange:
    """A change of an agreement as a paper states it, to be recorded.

    ``number`` is the paper's own, which counts the changes from 1; ``gap_reason`` says why earlier
    ones are not recorded. ``basis`` is the place in the agreement that it rests on. Its source is
    a text (``name`` and ``content``) or a note.
    """

    agreement: Agreement
    form: Form
    basis: str
    number: int
    source_note: str
    gap_reason: str = ""
    name: str = ""
    content: bytes = b""
    is_invented: bool = False
    is_trial: bool = False

    @property
    def ags(self) -> str:
        return self.agreement.ags


@action("agreements.begin")
def begin_change(actor: Actor, new: NewChange, *, at: datetime) -> Intake:
    """Open the recording of a change, with the content as it holds and nobody's signature."""
    if refusals := why_not_changed(new.agreement) or list(_faults(new)):
        raise Refused(*refusals)
    file = None
    if new.content:
        file = documents.store(actor, new.name, "text/plain", new.content, at=at)
        if known := queries.intake_of(file):
            sentence = msg("Diese Datei wird schon unter {file_number} erfasst.")
            params = {"file_number": known.file_number}
            raise Refused(Refusal("agreements.same_file", sentence, params))
    return open_intake(
        actor,
        unsigned(new.agreement.content),
        at,
        source=file,
        source_note=(new.source_note or new.name)[:200],
        amends=new.agreement,
        version=new.number + 1,
        form=new.form,
        basis=new.basis.strip()[:200],
        gap_reason=new.gap_reason.strip()[:200],
        is_invented=new.is_invented,
        is_trial=new.is_trial,
    )


def unsigned(terms: Terms) -> Terms:
    """The content of an agreement for a change of it: a line for each side, and no signature."""
    sides = packs.programme(terms.programme).document.sides
    parties = ["region" if side == "body" else side for side in sides]
    return replace(terms, signatures=tuple(map(Signature, parties)))


def _faults(new: NewChange) -> list[Refusal]:
    sides = packs.programme(new.agreement.programme).document.sides
    faults = []
    if not says_something(new.basis):
        faults.append(NO_BASIS)
    if not says_something(new.source_note) and not new.content:
        faults.append(NO_SOURCE)
    if new.form not in forms_of(sides):
        faults.append(NO_FORM)
    expected = next_change(new.agreement)
    if new.number < expected:
        faults.append(Refusal("agreements.number_taken", TAKEN, {"number": expected}))
    elif new.number > expected and not says_something(new.gap_reason):
        faults.append(Refusal("agreements.number_gap", GAP, {"number": expected}))
    return faults


NO_BASIS = Refusal("agreements.no_basis", msg("Es fehlt, auf welcher Stelle die Änderung beruht."))
NO_SOURCE = Refusal(
    "agreements.no_source", msg("Es fehlt die Quelle: ein Text oder woher die Angaben stammen.")
)
NO_FORM = Refusal("agreements.no_form", msg("Diese Art der Änderung hat das Programm nicht."))
TAKEN = msg("Diese Nummer ist schon erfasst; die nächste ist {number}.")
GAP = msg(
    "Erfasst ist noch nicht Nummer {number}. Bitte erst diese erfassen oder angeben, warum sie "
    "fehlt."
)
