"""The lists of agreements and of their recording."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString

from zielwerk.agreements import queries
from zielwerk.packs import loading as packs
from zielwerk.rulebook.lifecycle import Label
from zielwerk.rulebook.refusal import msg
from zielwerk.ui import lists, wording
from zielwerk.ui.filters import SearchYearFilter
from zielwerk.ui.lists import FILE_NUMBER, KEY_OF_BODY, STATE, Column, Listing

ORIGIN = ("is_invented", "is_trial")


def origin(*flags: bool) -> Label:
    """The label of an invented record, or of a trial in the demo; else empty."""
    return Label(lists.invented(*flags))


def mark_of_body(*fields: Any) -> SafeString | str:
    return lists.mark(lists.invented(*fields[-2:]))


HINT = Column("origin", msg("Hinweis"), ORIGIN, value=origin, sort=(), is_file_only=True)
INTAKES = (
    FILE_NUMBER,
    KEY_OF_BODY,
    lists.body(*ORIGIN, mark=mark_of_body),
    Column("year", msg("Jahr")),
    STATE,
    Column("begun_at", msg("Begonnen")),
    HINT,
)


ANNULMENTS = (
    FILE_NUMBER,
    KEY_OF_BODY,
    lists.body(),
    Column("year", msg("Jahr")),
    STATE,
    Column("reason", msg("Begründung"), is_file_only=True),
    Column("asked_at", msg("Beantragt")),
    Column("decided_at", msg("Entschieden"), is_file_only=True),
)

# For programs, and to name the sums that are kept apart by it.
IS_INVENTED = Column(
    "is_invented", msg("erfunden"), labels={True: msg("erfunden"), False: ""}, is_data_only=True
)
AGREEMENTS = Listing(
    route="agreements:agreements",
    name=lambda: wording.said(msg("Erfasste {documents}")),
    look="agreements.look",
    rows=queries.agreements,
    order=("-year", "body_key"),
    filters=lambda parameters, user: SearchYearFilter(parameters, packs.years(settings.PROGRAMME)),
    apart=("year", "is_invented"),  # what is invented is no sum with what is not
    empty=(
        msg("Noch nichts erfasst"),
        msg("Was zwei Personen geprüft und bestätigt haben, steht hier."),
    ),
    columns=(
        KEY_OF_BODY,
        lists.body(
            "year",
            "ordinal",
            *ORIGIN,
            url=lambda name, ags, year, which, *flags: reverse(
                "desk:case", args=[year, ags, which]
            ),
            mark=mark_of_body,
            tells=("year", "file_number"),
        ),
        Column("year", msg("Jahr")),
        Column("file_number", msg("Aktenzeichen")),
        Column("measure_count", msg("Maßnahmen"), is_number=True),
        lists.amount("amount_cents", msg("Vereinbarter Betrag")),
        Column("recorded_at", msg("Erfasst am")),
        HINT,
        IS_INVENTED,
    ),
)
