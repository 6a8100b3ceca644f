"""The lists of agreements and of their recording."""

from collections.abc import Collection, Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from zielwerk.agreements import queries
from zielwerk.agreements.forms.answering import written
from zielwerk.core.permissions import Actor, role_refusal
from zielwerk.identity import queries as identity
from zielwerk.language import German
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


def meant(read: str, meant: str) -> Any:
    """What a word is; of a name, that it is one."""
    return Label(A_NAME) if read == meant else German(meant)


def to_withdraw(keys: Collection[Any], user: Actor) -> Mapping[Any, str]:
    """Where an entry is withdrawn, for whoever may."""
    if role_refusal(user, "agreements.withdraw_lesson"):
        return {}
    return {key: reverse("agreements:withdraw_lesson", args=[key]) for key in keys}


A_NAME = msg("Name, so richtig")
LESSONS = Listing(
    route="agreements:lessons",
    name=msg("Gelernte Wörter"),
    look="agreements.look_at_lessons",
    rows=lambda user: queries.lessons(settings.PROGRAMME),
    order=("read", "pk"),
    empty=(
        msg("Noch nichts gelernt"),
        msg("Wird ein verlesenes Wort berichtigt und die Erfassung bestätigt, steht es hier."),
    ),
    columns=(
        Column(
            "read",
            msg("So wird es erkannt"),
            ("pk", "read"),
            value=lambda pk, read: German(read),
            cell=lambda pk, read: written(read),
            urls=to_withdraw,
            sort=("read",),
            tells=("meant",),
        ),
        Column(
            "meant",
            msg("Das ist gemeint"),
            ("read", "meant"),
            value=meant,
            cell=lambda read, meant: gettext(A_NAME) if read == meant else written(meant),
            sort=("meant",),
        ),
        Column("origin", msg("Gelernt aus")),
        Column("added_at", msg("Aufgenommen")),
        Column("added_by", msg("Aufgenommen von"), names=identity.labels, sort=()),
        Column("withdrawn_at", msg("Zurückgezogen")),
    ),
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
