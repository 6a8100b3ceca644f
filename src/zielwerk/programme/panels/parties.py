"""The list of parties beside the bodies."""

from django.conf import settings
from django.urls import reverse

from zielwerk.programme import queries
from zielwerk.programme.forms.parties import PartyFilters
from zielwerk.programme.models.parties import PartyKind
from zielwerk.rulebook.lifecycle import Label
from zielwerk.rulebook.refusal import msg
from zielwerk.ui import lists, wording
from zielwerk.ui.lists import Column, Listing


def yes_or_no(is_so: bool) -> Label:
    return Label(msg("ja") if is_so else msg("nein"))


PARTIES = Listing(
    route="programme:parties",
    name=msg("Beteiligte"),
    counted=msg("Beteiligte mit ihren Gebietskörperschaften"),
    look="programme.look",
    rows=lambda user: queries.parties_and_bodies(user, settings.PROGRAMME),
    keys=("pk", "relation"),
    order=("name_key", "ags"),
    filters=lambda parameters, user: PartyFilters(parameters),
    empty=(msg("Keine Beteiligten"), msg("Zu dieser Auswahl ist niemand eingetragen.")),
    columns=(
        Column(
            "name",
            msg("Name"),
            ("name", "pk", "is_invented"),
            url=lambda name, pk, is_invented: reverse("programme:party", args=[pk]),
            mark=lambda name, pk, is_invented: lists.mark(lists.invented(is_invented)),
            tells=("body_name", "passing_on"),
            sort=("name_key",),
        ),
        Column("kind", msg("Art"), labels=dict(PartyKind.choices)),
        Column("ags", wording.key),
        lists.body(of="ags", sort=()),
        Column(
            "passing_on",
            msg("Art der Weitergabe"),
            value=lambda code: queries.passing_on(code or ""),
        ),
        Column("valid_from", msg("gilt ab")),
        Column("valid_until", msg("gilt bis")),
        Column("is_invented", msg("erfunden"), value=yes_or_no, is_file_only=True, sort=()),
    ),
)
