"""The list of conclusions."""

from collections.abc import Collection, Mapping
from typing import Any

from django.utils.translation import gettext, ngettext

from zielwerk.conclusion import queries
from zielwerk.conclusion.models import Conclusion
from zielwerk.core.permissions import Actor
from zielwerk.rulebook.refusal import msg, msgs
from zielwerk.rulebook.signatures import WAYS, places_of
from zielwerk.ui import lists
from zielwerk.ui.lists import FILE_NUMBER, INVENTED, INVENTED_BODY, KEY_OF_BODY, STATE, Column


def lacking(keys: Collection[Any], user: Actor) -> Mapping[Any, str]:
    """How many signatures are missing, in words."""
    found: dict[Any, str] = {}
    one, several = MISSING
    rows = Conclusion.objects.filter(pk__in=keys).defer("approvals", "words", "trail")
    signed = queries.signatures_of(rows)
    for conclusion in rows:
        number = len(queries.unsigned(conclusion, signed.get(conclusion.pk, [])))
        all_ = len(places_of(conclusion.sides))
        words = ngettext(one, several, number).format(number=number, all=all_)
        found[conclusion.pk] = words if number else gettext("alle da")
    return found


MISSING = msgs("eine von {all} fehlt", "{number} von {all} fehlen")
CONCLUSIONS = (
    FILE_NUMBER,
    KEY_OF_BODY,
    INVENTED_BODY,
    Column("year", msg("Programmjahr")),
    lists.amount("amount_cents", msg("Betrag")),
    STATE,
    Column("signatures", msg("Unterschriften"), ("pk",), names=lacking, sort=()),
    Column("way", msg("Weg"), labels=dict(WAYS), is_file_only=True),
    Column("version", msg("Fassung"), is_number=True, is_file_only=True),
    Column("code", msg("Prüfzeichen"), sort=()),
    Column("begun_at", msg("Begonnen"), is_file_only=True),
    INVENTED,
)
