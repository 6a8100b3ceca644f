"""What pages show of the budget: the labels of a line, the list of corrections."""

from django.conf import settings
from django.utils.translation import get_language

from zielwerk.budget import queries
from zielwerk.budget.queries import BookedEntry, Heading, Line
from zielwerk.language import translate, value_text
from zielwerk.programme import queries as programmes
from zielwerk.rulebook.planning import Fund
from zielwerk.rulebook.refusal import msg
from zielwerk.ui.lists import FILE_NUMBER, STATE, Column

CORRECTIONS = (
    FILE_NUMBER,
    Column("about", msg("Berichtigter Vorgang")),
    Column("year", msg("Haushaltsjahr")),
    Column("reason", msg("Begründung")),
    STATE,
    Column("asked_at", msg("Beantragt"), is_file_only=True),
    Column("decided_at", msg("Entschieden"), is_file_only=True),
)


def line_labels(heading: Heading | Line) -> tuple[str, str]:
    """The labels of a line's source and purpose in the rules that its year follows."""
    rules = queries.rules_of(settings.PROGRAMME, heading.budget_year)
    sources = {source.code: source.label for source in rules.money_sources}
    source = sources.get(heading.source, heading.source)
    fund = Fund(settings.PROGRAMME, heading.budget_year, heading.earmark)
    return source, programmes.purpose(fund)


def entry_choice(entry: BookedEntry) -> tuple[str, str]:
    """An entry as one chooses it: file number, what it was, amount, day."""
    language = get_language() or "de"
    what = translate(str(entry.code.label), language)
    amount, day = value_text(entry.amount_cents, language), value_text(entry.recorded_on, language)
    return entry.number, f"{entry.number}: {what}, {amount}, {day}"
