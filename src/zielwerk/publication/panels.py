"""The public list, as page, as files and as open data."""

from typing import Any

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from zielwerk.agreements.panels.lists import IS_INVENTED, ORIGIN, mark_of_body
from zielwerk.packs import loading as packs
from zielwerk.publication import forms, queries
from zielwerk.rulebook.lifecycle import Label
from zielwerk.rulebook.refusal import msg
from zielwerk.ui import bodies, lists
from zielwerk.ui.addresses import door
from zielwerk.ui.lists import Column, Listing


def measure_types() -> dict[str, str]:
    """Labels of measure types; the newest year's wording wins."""
    return {
        kind.code: kind.label
        for code, year in packs.available()
        if code == settings.PROGRAMME
        for kind in packs.load(code, year).measure_types
    }


def hint(is_invented: bool, is_trial: bool) -> Label:
    if is_invented:
        return Label(msg("Für die Vorführung erfunden"))
    return Label(msg("In der Vorführung erfasst") if is_trial else "")


def list_name() -> str:
    """The name of the list and of its files: what the programme calls its agreements."""
    return packs.programme(settings.PROGRAMME).document.plural


def mark_of_edition(*fields: Any) -> SafeString | str:
    """Which document of the body and year it is, where that is not the first; then its origin."""
    which, origin = fields[3], mark_of_body(*fields)
    if which == 1:
        return origin
    number = gettext("Nummer {number}").format(number=which)
    return format_html(' <span class="zw-muted">{}</span>{}', number, origin)


TRIAL = {True: msg("Vorführung"), False: ""}
EDITIONS = Listing(
    route="publication:editions",
    name=list_name,
    look="publication.read",
    rows=lambda user: queries.current_editions(),
    order=("-year", "body_key"),
    filters=lambda parameters, user: forms.Filters(parameters, queries.years(), measure_types()),
    # Money of several years is no sum; what is invented or recorded for show is none with what
    # is real.
    apart=("year", "is_invented", "is_trial"),
    empty=(
        msg("Keine Vereinbarung gefunden"),
        msg(
            "Zu dieser Auswahl ist nichts veröffentlicht. Nehmen Sie einen Filter weg oder "
            "suchen Sie nach einem anderen Wort."
        ),
    ),
    columns=(
        lists.body(
            "year",
            "ordinal",
            *ORIGIN,
            url=lambda name, ags, year, which, *flags: door(
                "publication:edition", year, ags, which
            ),
            mark=mark_of_edition,
            tells=("body_kind", "year"),
        ),
        lists.KEY_OF_BODY,
        Column("ordinal", msg("Nummer"), is_number=True, is_file_only=True),
        Column("body_kind", msg("Art"), cell=bodies.kind_called),
        Column("year", msg("Jahr")),
        Column("measure_count", msg("Maßnahmen"), is_number=True),
        lists.amount("amount_cents", msg("Vereinbarter Betrag")),
        Column("label", msg("Hinweis"), ORIGIN, value=hint, sort=(), is_file_only=True),
        Column("measure_types", msg("Maßnahmearten"), value=str.split, is_data_only=True),
        IS_INVENTED,
        Column("is_trial", msg("Vorführung"), labels=TRIAL, is_data_only=True),
    ),
)
