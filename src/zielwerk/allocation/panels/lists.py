"""The lists of scenarios and of decided allocations."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from zielwerk.allocation import queries
from zielwerk.allocation.actions.figures import kinds_kept
from zielwerk.allocation.forms.scenario import data_text
from zielwerk.allocation.panels.marks import INVENTED_DATA
from zielwerk.language import German
from zielwerk.packs import loading as packs
from zielwerk.programme import queries as programmes
from zielwerk.programme.panels.lists import PURPOSE
from zielwerk.rulebook.kinds import forms
from zielwerk.rulebook.lifecycle import Label
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.refusal import msg
from zielwerk.ui import lists
from zielwerk.ui.filters import SearchYearFilter
from zielwerk.ui.lists import KEY_OF_BODY, STATE, Column, Listing, Summed
from zielwerk.ui.tags.pieces import badge
from zielwerk.ui.tags.values import said


def mark_of_data(*fields: object) -> SafeString | str:
    return lists.mark(msg("erfundene Kennzahlen") if fields[-1] else "")


DATA = ("data__source", "data__reference_date", "data__is_invented")
SCENARIOS = (
    Column(
        "name",
        msg("Name"),
        ("name", "pk", "data__is_invented"),
        url=lambda name, pk, is_invented: reverse("allocation:scenario", args=[pk]),
        mark=mark_of_data,
        sort=("name_key",),
        tells=("file_number",),
    ),
    Column("file_number", msg("Aktenzeichen"), cell=lists.unbroken),
    Column("year", msg("Programmjahr")),
    PURPOSE,
    # Several scenarios share out the same money, so their totals are no sum.
    lists.amount("end_cents", msg("Zu verteilen"), adds_up=False),
    STATE,
    Column("data", msg("Datenstand"), DATA, value=data_text, sort=DATA, is_file_only=True),
    Column("comment", msg("Anmerkung"), is_file_only=True),
    Column("begun_at", msg("Begonnen")),
    Column("decided_at", msg("Entschieden"), is_file_only=True),
)


def origin(is_invented: bool, arithmetic: Mapping[str, Any]) -> str:
    """What an amount rests on: the reason of one set by hand, else the mark of invented data."""
    if by_hand := arithmetic.get("by_hand"):
        return German(by_hand["reason"])
    return Label(INVENTED_DATA if is_invented else "")


VALID = {True: msg("gilt"), False: msg("ersetzt")}


def valid_cell(is_valid: bool) -> SafeString:
    return badge(said(Label(VALID[is_valid])), "success" if is_valid else "info")


class Purposes(Mapping[str, str]):
    """The labels of the programme's purposes by their codes, those of all years."""

    def __getitem__(self, code: str) -> str:
        return self._labels()[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._labels())

    def __len__(self) -> int:
        return len(self._labels())

    def _labels(self) -> dict[str, str]:
        return dict(programmes.purposes(packs.years(settings.PROGRAMME)))


def decided_as(form: int, title: str) -> Column:
    """One form of the decided amount: money, authority, or of no known kind; kept with it."""

    def value(arithmetic: Mapping[str, Any]) -> Cents | str:
        kinds = kinds_kept(arithmetic.get("kinds"))
        return gettext("nicht festgehalten") if kinds is None else Cents(forms(kinds)[form])

    code = f"decided_{forms({})._fields[form]}"
    return Column(code, title, ("arithmetic",), value=value, sort=(), is_file_only=True)


def columns(filters: object) -> tuple[Column, ...]:
    """The columns; that of money of no known kind is on the page where there is any."""
    unknown = queries.is_of_unknown_kind(settings.PROGRAMME)
    return tuple(
        replace(column, is_file_only=not unknown) if column.code == UNKNOWN else column
        for column in COLUMNS
    )


UNKNOWN = "given_unknown_cents"
COLUMNS = (
    KEY_OF_BODY,
    lists.body(
        "pk",
        url=lambda name, ags, pk: reverse("allocation:allocation", args=[pk]),
        tells=("year", "earmark", "ags"),
    ),
    Column("year", msg("Programmjahr")),
    PURPOSE,
    lists.amount("before_cents", msg("Bisher"), adds_up=False, is_file_only=True),
    lists.amount("amount_cents", msg("Entschiedener Betrag"), adds_up=False),
    decided_as(0, msg("Entschiedener Betrag: Barmittel")),
    decided_as(1, msg("Entschiedener Betrag: Ermächtigung")),
    decided_as(2, msg("Entschiedener Betrag: Mittelart nicht bekannt")),
    Column("is_valid", msg("Stand"), labels=VALID, cell=valid_cell),
    lists.amount(
        "given_cents",
        msg("Zugewiesen"),
        meaning=msg(
            "Was die Körperschaft von diesem Geld heute in den Büchern hat, nach "
            "allem, was seit der Entscheidung geschah. Es steht nur bei der Entscheidung, die "
            "gilt, und zählt so einmal."
        ),
    ),
    lists.amount(
        "given_money_cents",
        msg("davon Barmittel"),
        meaning=msg("Geld eines Haushaltsjahrs."),
    ),
    lists.amount(
        "given_authority_cents",
        msg("davon Ermächtigung"),
        meaning=msg(
            "Die Erlaubnis, etwas zuzusagen, was erst in einem späteren Jahr fällig wird; "
            "Geld ist das noch nicht."
        ),
    ),
    lists.amount(
        UNKNOWN,
        msg("davon Mittelart nicht bekannt"),
        meaning=msg("Was vor diesen Büchern oder über das Zugewiesene hinaus zugesagt wurde."),
        is_file_only=True,
    ),
    lists.amount("since_cents", msg("Seither"), adds_up=False),
    Column(
        "purpose",
        msg("Kürzel der Zweckbindung"),
        ("earmark",),
        labels=Purposes(),
        is_data_only=True,
    ),
    Column("decided_at", msg("Entschieden")),
    Column("file_number", msg("Aktenzeichen"), ("scenario__file_number",), is_file_only=True),
    Column("rules", msg("Regelfassung"), ("scenario__rule_version",), is_file_only=True),
    Column(
        "origin",
        msg("Hinweise"),
        ("scenario__data__is_invented", "arithmetic"),
        value=origin,
        sort=(),
        is_file_only=True,
    ),
)
ALLOCATIONS = Listing(
    route="allocation:allocations",
    name=msg("Mittelzuweisungen"),
    look="allocation.look_at_allocations",
    rows=lambda user: queries.with_today(queries.allocations(user, settings.PROGRAMME)),
    order=("-year", "body_key", "-pk"),
    filters=lambda parameters, user: SearchYearFilter(parameters, packs.years(settings.PROGRAMME)),
    apart=("year", "earmark"),
    empty=(
        msg("Noch nichts zugewiesen"),
        msg(
            "Sobald zwei Personen über eine Verteilung entschieden haben, stehen die Beträge hier."
        ),
    ),
    columns=columns,
    summed=Summed("given_cents", msg("Summe der {number} geltenden")),
)
