"""What an application adds to its file: papers, submissions, questions, what was settled."""

from collections.abc import Iterator

from zielwerk.core.case_files import Entry, Filed, Sort
from zielwerk.core.permissions import Actor
from zielwerk.documents.panels import paper
from zielwerk.funding import queries
from zielwerk.funding.models import Application, Paper
from zielwerk.funding.queries.words import Words
from zielwerk.rulebook.application import ASPECTS, OUTCOMES
from zielwerk.rulebook.lifecycle import Label
from zielwerk.rulebook.refusal import Said, msg

PAPER = msg("Anlage „{kind}“: {name}")
TAKEN_OUT = msg("Anlage „{kind}“ herausgenommen: {name}")
HANDED_IN = msg("Einreichung {number}: {name}")
ASKED = msg("Frage {number}, Antwort erbeten bis {day}")
ANSWERED = msg("Antwort auf Frage {number}")
WITHDRAWN = msg("Frage {number} zurückgezogen")
SETTLED = msg("Geprüft: {aspect}, {outcome}")
SETTLED_OF = msg("Geprüft zu Einreichung {submission}: {aspect}, {outcome}")
RECEIPT, ATTACHED, REMOVED = (
    msg("Eingangsbestätigung"),
    msg("Anlage zum Antrag"),
    msg("herausgenommene Anlage"),
)


def filed(user: Actor, application: Application) -> Filed:
    """All of it, as both sides see it on the page."""
    return Filed(
        (
            *_papers(application),
            *_submissions(application),
            *_questions(application),
            *_settlements(application),
        )
    )


def _papers(application: Application) -> Iterator[Entry]:
    rows = Paper.objects.filter(application=application).select_related("file", "removal")
    words = Words(queries.rules_of(application))
    for each in rows.defer("file__content").order_by("pk"):
        named = {"kind": words.said("application_attachments", each.code), "name": each.name}
        removal = getattr(each, "removal", None)
        kept = paper(each.file, REMOVED if removal else ATTACHED, each.name)
        said = Said(PAPER, named)
        yield Entry(
            each.entered_at, msg("hinzugefügt"), Sort.PAPER, said, each.entered_by, paper=kept
        )
        if removal:
            said, by = Said(TAKEN_OUT, named), removal.removed_by
            yield Entry(removal.removed_at, msg("herausgenommen"), Sort.PAPER, said, by)


def _submissions(application: Application) -> Iterator[Entry]:
    for each in queries.submissions(application):
        said = Said(HANDED_IN, {"number": each.number, "name": each.receipt.name})
        kept, words = paper(each.receipt, RECEIPT), (each.late_reason,)
        by = each.entered_by
        yield Entry(each.entered_at, msg("eingereicht"), Sort.PAPER, said, by, words, paper=kept)


def _questions(application: Application) -> Iterator[Entry]:
    for each in queries.questions(application):
        said = Said(ASKED, {"number": each.number, "day": each.answer_by})
        by, words = each.entered_by, (each.text,)
        yield Entry(each.entered_at, msg("gefragt"), Sort.QUESTION, said, by, words)
        if closing := getattr(each, "closing", None):
            said = Said(ANSWERED if closing.is_answer else WITHDRAWN, {"number": each.number})
            named = msg("beantwortet") if closing.is_answer else msg("zurückgezogen")
            by, words = closing.closed_by, (closing.text,)
            yield Entry(closing.closed_at, named, Sort.QUESTION, said, by, words)


def _settlements(application: Application) -> Iterator[Entry]:
    for each in queries.settlements(application):
        labels = {"aspect": ASPECTS[each.aspect], "outcome": OUTCOMES[each.outcome]}
        params: dict[str, object] = {name: Label(text) for name, text in labels.items()}
        sentence = SETTLED if each.submission is None else SETTLED_OF
        said = Said(sentence, {**params, "submission": each.submission})
        by, words = each.entered_by, (each.note,)
        yield Entry(each.entered_at, msg("festgehalten"), Sort.DECISION, said, by, words)
