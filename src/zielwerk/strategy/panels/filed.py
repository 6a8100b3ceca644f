"""What a strategy adds to its file: its text, who was asked to consent, and the answers."""

from collections.abc import Iterator

from django.utils.timezone import localdate

from zielwerk.core.case_files import Closing, Entry, Filed, Sort
from zielwerk.core.permissions import Actor
from zielwerk.documents import queries as documents
from zielwerk.documents.panels import paper
from zielwerk.rulebook.consent import ANSWERS, ConsentAnswer
from zielwerk.rulebook.lifecycle import Label
from zielwerk.rulebook.refusal import Said, msg
from zielwerk.rulebook.strategy import StrategyState
from zielwerk.strategy import queries
from zielwerk.strategy.models import Consent, Strategy

TEXT = msg("Text der Strategie: {name}")
ASKED = msg("Um Zustimmung gebeten: {label}")
ANSWERED = msg("{label}: {answer}. Eingetragen am {day}.")


def filed(user: Actor, strategy: Strategy) -> Filed:
    """Text, requests and consents; whom a request named is not said."""
    return Filed(tuple(_entries(strategy)))


def _entries(strategy: Strategy) -> Iterator[Entry]:
    if text := documents.named(strategy.document_id):
        said = Said(TEXT, {"name": text.name})
        kept = paper(text, msg("Text der Strategie"))
        yield Entry(text.stored_at, msg("abgelegt"), Sort.PAPER, said, paper=kept)
    for asked in queries.requests_of(strategy):
        said = Said(ASKED, {"label": asked.label})
        yield Entry(asked.made_at, msg("gebeten"), Sort.MAIL, said, asked.made_by)
    for each in Consent.objects.filter(strategy=strategy):
        answer, day = Label(ANSWERS[ConsentAnswer(each.answer)]), localdate(each.entered_at)
        said = Said(ANSWERED, {"label": each.label, "answer": answer, "day": day})
        yield Entry(each.on_day, msg("geantwortet"), Sort.DECISION, said, each.entered_by)


def kept_from(strategy: Strategy) -> Closing:
    """A strategy is kept from the day on which it holds no more, or from when it was given up."""
    if strategy.state in (StrategyState.DISCARDED, StrategyState.WITHDRAWN):
        return Closing(localdate(strategy.state_since), msg("Ende der Strategie"))
    is_laid_down = strategy.in_force_at is not None
    return Closing(strategy.last_day if is_laid_down else None, msg("Ende der Strategie"))
