"""The list of strategies."""

from datetime import date

from django.conf import settings
from django.utils.safestring import SafeString

from zielwerk.packs import loading as packs
from zielwerk.rulebook.refusal import msg
from zielwerk.rulebook.strategy import Validity
from zielwerk.strategy.panels.standing import Line, lines
from zielwerk.ui.lists import FILE_NUMBER, INVENTED, INVENTED_BODY, KEY_OF_BODY, STATE, Column


def list_name() -> str:
    """What the programme calls its strategies."""
    charter = packs.programme(settings.PROGRAMME).strategy
    return charter.plural if charter else msg("regionale Strategien")


def last_day(valid_from: date, valid_until: date | None, ended_on: date | None) -> date | None:
    """The last day on which a version holds; none where that is unknown, or it never did."""
    last = Validity("", valid_from, valid_until, ended_on).last_day
    return last if last is None or last >= valid_from else None


def as_drawn(told: str) -> SafeString | str:
    """The line with its German words marked."""
    return SafeString(told.html) if isinstance(told, Line) else told


STRATEGIES = (
    FILE_NUMBER,
    KEY_OF_BODY,
    INVENTED_BODY,
    Column("version", msg("Fassung"), is_number=True),
    Column("title", msg("Titel"), language="de"),
    Column("valid_from", msg("Gilt ab")),
    Column(
        "last_day", msg("Gilt bis"), ("valid_from", "valid_until", "ended_on"), last_day, sort=()
    ),
    STATE,
    Column("missing", msg("Was fehlt"), ("pk",), names=lines, cell=as_drawn, sort=()),
    Column("valid_until", msg("Gemacht bis"), is_file_only=True),
    Column("ended_on", msg("Gilt nicht mehr seit"), is_file_only=True),
    Column("source_note", msg("Quelle"), is_file_only=True),
    Column("in_force_at", msg("In Kraft gesetzt"), is_file_only=True),
    Column("withdrawn_at", msg("Zurückgezogen"), is_file_only=True),
    INVENTED,
)
