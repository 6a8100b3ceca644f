"""What pages show of persons: the list of posts, and the table of roles and rights."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from zielwerk.core import exports, looks, matrix, roles
from zielwerk.identity import queries
from zielwerk.identity.forms.people import PeopleFilters
from zielwerk.identity.forms.roles import RoleFilters
from zielwerk.rulebook.lifecycle import Label
from zielwerk.rulebook.refusal import msg
from zielwerk.ui.lists import Column, Listing

WAYS = {looks.PAGE: msg("Seite"), exports.CSV: "CSV", exports.XLSX: "XLSX"}


def state(ended_at: Any, valid_from: date, valid_until: date | None) -> Label:
    """How a post stands today."""
    today = timezone.localdate()
    if ended_at or (valid_until and valid_until < today):
        return Label(msg("beendet"))
    return Label(msg("künftig") if valid_from > today else msg("gültig"))


PEOPLE = Listing(
    route="identity:people",
    name=msg("Personen"),
    counted=msg("Stellen von Personen"),
    look="identity.look",
    rows=lambda user: queries.seen_posts(user).exclude(person__name=""),
    order=("person__name_key", "pk"),
    persons="person",
    filters=lambda parameters, user: PeopleFilters(parameters, timezone.localdate()),
    empty=(msg("Keine Stelle"), msg("Zu dieser Auswahl hat niemand eine Stelle.")),
    columns=(
        Column(
            "name",
            msg("Name"),
            ("person__name", "person"),
            value=lambda name, pk: name,
            url=lambda name, pk: reverse("identity:person", args=[pk]),
            tells=("role", "organisation"),
            sort=("person__name_key",),
        ),
        Column("function", msg("Funktion"), ("person__function",), sort=()),
        Column("role", msg("Rolle"), labels={n: roles.LABELS[n] for n in roles.ROLES}),
        Column("organisation", msg("Organisation"), sort=()),
        Column("valid_from", msg("gilt ab")),
        Column("valid_until", msg("gilt bis")),
        Column("state", msg("Stand"), ("ended_at", "valid_from", "valid_until"), state, sort=()),
        Column("email", msg("E-Mail-Adresse"), ("person__email",), is_file_only=True, sort=()),
    ),
)


def of_side(line: matrix.Line, side: str) -> str:
    """Who of a side has a verb, as people read it."""
    having = line.of_side(side)
    if not having:
        return "–"
    all_said = [gettext(roles.LABELS[role]) for role in having]
    names = gettext("alle") if line.is_for_all(side) else ", ".join(all_said)
    if line.depends(side):
        return gettext("{names}, je nach Programm").format(names=names)
    return names


def limits(line: matrix.Line) -> str:
    """Within which limits a verb is had, and by whom beside the roles."""
    return "; ".join(map(gettext, line.limits)) or "–"


def _column(side: str) -> Column:
    return Column(
        side,
        roles.SIDE_LABELS[side],
        ("line",),
        value=lambda line: of_side(line, side),
        sort=(),
    )


RIGHTS = Listing(
    route="identity:rights",
    name=msg("Rollen und Rechte"),
    counted=msg("Handlungen"),
    look="identity.look_at_roles",
    rows=lambda user: [matrix.Row(line) for line in matrix.lines()],
    keys=("name",),
    filters=lambda parameters, user: RoleFilters(parameters),
    length=200,
    columns=(
        Column("label", msg("Handlung"), value=Label, sort=()),
        *(_column(side) for side in roles.SIDE_LABELS),
        Column("limits", msg("Grenzen"), ("line",), value=limits, sort=()),
    ),
)


def page_called(route: str) -> Label:
    """What people call a page that shows persons."""
    return Label(looks.PAGES.get(route, route))


LOOK_AT = Column("at", msg("Zeitpunkt"))
LOOK_PAGE = Column("page", msg("Seite"), ("route",), page_called, sort=())
LOOK_WAY = Column("way", msg("Weg"), labels=WAYS)
LOOK_ADDRESS = Column("address", msg("Adresse"), sort=())
OWN_LOOKS = Listing(
    route="identity:own_looks",
    name=msg("Wer meine Daten angesehen hat"),
    counted=msg("Blicke"),
    look="identity.look_at_account",
    rows=lambda user: looks.at_person(queries.number_of(user)),
    order=("-pk",),
    empty=(msg("Kein Blick"), msg("Zu dieser Auswahl ist nichts vermerkt.")),
    columns=(
        LOOK_AT,
        Column(
            "organisation",
            msg("Organisation"),
            ("actor",),
            names=queries.houses,
            sort=(),
            language="de",
        ),
        LOOK_PAGE,
        LOOK_WAY,
        LOOK_ADDRESS,
    ),
)
