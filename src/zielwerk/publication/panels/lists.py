"""The public list, as page, as files and as open data; and what insiders see of publications."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localdate
from django.utils.translation import gettext

from zielwerk.agreements import queries as agreements
from zielwerk.agreements.models import Agreement, Annulment, Intake
from zielwerk.agreements.panels.lists import IS_INVENTED, ORIGIN, mark_of_body
from zielwerk.core import cases, stages
from zielwerk.core.cases import Kind
from zielwerk.core.permissions import Actor, role_refusal
from zielwerk.core.queries import within
from zielwerk.messaging.queries import Told
from zielwerk.packs import loading as packs
from zielwerk.publication import forms, letters, queries
from zielwerk.publication.models import Edition
from zielwerk.rulebook.lifecycle import Label, Step
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.refusal import Said, msg
from zielwerk.ui import bodies, lists
from zielwerk.ui.addresses import door
from zielwerk.ui.lists import FILE_NUMBER, KEY_OF_BODY, STATE, Column, Listing


def measure_types() -> dict[str, str]:
    """Labels of measure types; the newest year's wording wins."""
    return {
        kind.code: kind.label
        for code, year in packs.available()
        if code == settings.PROGRAMME
        for kind in packs.load(code, year).measure_types
    }


def earmarks() -> dict[str, str]:
    """Labels of earmarks; the newest year's wording wins."""
    return {
        earmark.code: earmark.label
        for code, year in packs.available()
        if code == settings.PROGRAMME
        for earmark in packs.load(code, year).earmarks
    }


def filters_of(parameters: Any) -> forms.Filters:
    return forms.Filters(parameters, queries.years(), measure_types(), earmarks())


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
    filters=lambda parameters, user: filters_of(parameters),
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
        Column("earmarks", msg("Zweckbindungen"), value=str.split, is_data_only=True),
        IS_INVENTED,
        Column("is_trial", msg("Vorführung"), labels=TRIAL, is_data_only=True),
    ),
)

PUBLICATIONS = (
    FILE_NUMBER,
    KEY_OF_BODY,
    lists.body("year", "ordinal", *ORIGIN, mark=mark_of_edition),
    Column("ordinal", msg("Nummer"), is_number=True, is_file_only=True),
    Column("year", msg("Programmjahr")),
    Column("number", msg("Ausgabe"), is_number=True),
    lists.amount("amount_cents", msg("Vereinbarter Betrag")),
    STATE,
    Column("prepared_at", msg("Vorbereitet"), is_file_only=True),
    Column("not_before", msg("Sperrfrist bis"), is_file_only=True),
    Column("published_at", msg("Veröffentlicht"), is_file_only=True),
    Column("superseded_at", msg("Abgelöst"), is_file_only=True),
    Column("withdrawn_at", msg("Zurückgezogen"), is_file_only=True),
    Column("withdrawn_because", msg("Grund des Zurückziehens"), is_file_only=True),
    Column("reinstated_at", msg("Wieder veröffentlicht"), is_file_only=True),
    IS_INVENTED,
)
"""The columns of the list of publications in whatever state."""


def foretold(record: object, act: str) -> Iterator[Said]:
    """What confirming a recording, or annulling a record, does to what the public reads."""
    if isinstance(record, Intake) and act == "confirm":
        yield _of_confirming(record)
    elif isinstance(record, Agreement) and act == "ask_annulment":
        yield from _of_annulling(record)
    elif isinstance(record, Annulment) and act == "annul":
        yield from _of_annulling(record.agreement)


def _of_confirming(intake: Intake) -> Said:
    before = intake.amends
    public = queries.public_of(before) if before else None
    return Said(OUTDATED, _which(public)) if public else Said(NOT_PUBLIC_YET)


def _of_annulling(record: Agreement) -> Iterator[Said]:
    edition = queries.open_edition_of(record)
    if edition is None or not (edition.is_public or edition.is_held):
        if edition:
            yield Said(GIVEN_UP, {"number": edition.file_number})
        public = queries.public_of(record)
        yield Said(UNCHANGED, _which(public)) if public else Said(NEVER_PUBLIC)
        return
    yield Said(STAYS_DOWN if edition.is_held else WITHDRAWN, _which(edition))
    if before := queries.superseded(*edition.address).first():
        yield Said(PUBLIC_AGAIN, _which(before))


def _which(edition: Edition) -> dict[str, object]:
    return {"edition": edition.number, "amount": Cents(edition.amount_cents)}


FORETOLD = (foretold,)
NOT_PUBLIC_YET = msg("Öffentlich wird damit nichts; veröffentlicht wird mit einem eigenen Schritt.")
OUTDATED = msg(
    "Öffentlich bleibt Ausgabe {edition} mit {amount}. Sie ist damit überholt, bis die Änderung "
    "mit einem eigenen Schritt veröffentlicht wird."
)
WITHDRAWN = msg(
    "Die öffentliche Ausgabe {edition} mit {amount} wird zurückgezogen. Unter ihrer Adresse steht "
    "danach, wann und warum."
)
STAYS_DOWN = msg("Ausgabe {edition}, die vorläufig nicht öffentlich ist, wird zurückgezogen.")
PUBLIC_AGAIN = msg("Öffentlich ist danach wieder Ausgabe {edition} mit {amount}.")
GIVEN_UP = msg("Die Veröffentlichung {number}, die noch nicht öffentlich ist, wird zurückgezogen.")
UNCHANGED = msg("Öffentlich ist und bleibt Ausgabe {edition} mit {amount}.")
NEVER_PUBLIC = msg("Öffentlich ist davon nichts.")


GONE = msg("Diese Veröffentlichung wurde zurückgezogen")
HELD = msg("Diese Veröffentlichung ist vorläufig nicht öffentlich")
WAS_PUBLIC = msg("Ausgabe {edition} vom {published} ist seit {day} nicht mehr öffentlich.")
WAS_MISTAKEN = msg("Was darin stand, war irrtümlich erfasst; die Erfassung ist aufgehoben.")
IS_LOOKED_AT = msg("Die veröffentlichende Stelle prüft, ob sie zurückgezogen wird.")
WAS_TAKEN_BACK = msg("Die veröffentlichende Stelle hat sie zurückgenommen.")


def withdrawn_said(edition: Edition, *, is_mistaken: bool) -> tuple[Said, Said]:
    """Since when a publication is down, and why, in words that are fit for everybody.

    The reason on file is written for colleagues, and may name persons.
    """
    assert edition.published_at
    assert edition.withdrawn_at
    params = {
        "edition": edition.number,
        "published": localdate(edition.published_at),
        "day": localdate(edition.withdrawn_at),
    }
    if edition.is_held:
        return Said(WAS_PUBLIC, params), Said(IS_LOOKED_AT)
    return Said(WAS_PUBLIC, params), Said(WAS_MISTAKEN if is_mistaken else WAS_TAKEN_BACK)


def gone_said(edition: Edition) -> tuple[Said, ...]:
    """The same of an edition that was read with ``is_mistaken``; nothing where it was not."""
    is_mistaken: bool = edition.is_mistaken  # type: ignore[attr-defined]
    return withdrawn_said(edition, is_mistaken=is_mistaken) if edition.withdrawn_at else ()


@dataclass(frozen=True)
class Publishing:
    """How far an agreement is on its way to the public, and what this person may press.

    ``edition`` is public or under way, ``case_url`` leads to it where the person may look.
    ``stage`` is the first one of the programme where nothing is under way and the person's
    role may take it. ``withdraw_url`` is where she takes back what is public, ``earlier`` the
    edition that the public still reads of a changed agreement.
    """

    edition: Edition | None
    case_url: str = ""
    stage: Step | None = None
    withdraw_url: str = ""
    earlier: Edition | None = None


def publishing(user: Actor, agreement: Agreement) -> Publishing:
    """What the page of an agreement says of its publication."""
    edition = queries.open_edition_of(agreement)
    if edition is None:
        earlier = queries.earlier_edition_of(agreement)
        holds = agreements.newest(agreement) == agreement
        stage = queries.first_stage(agreement.programme, agreement.year, agreement.rule_version)
        offered = holds and not stages.role_refusal(user, stage)
        return Publishing(None, stage=stage if offered else None, earlier=earlier)
    kind: Kind[Edition] = cases.kind_of(edition)
    page = reverse(kind.page, args=[edition.pk])
    withdraw = queries.lifecycle_of(edition).step(edition.state, "withdraw")
    may_withdraw = withdraw is not None and not stages.role_refusal(user, withdraw)
    return Publishing(
        edition,
        case_url="" if role_refusal(user, kind.look) or user.ags else page,
        withdraw_url=f"{page}/{withdraw.address}" if withdraw and may_withdraw else "",
        earlier=None if edition.is_public else queries.earlier_edition_of(agreement),
    )


def decisions(edition: Edition) -> list[tuple[letters.Place, letters.Decision]]:
    """What was decided of each place that may tell of a person, with what stands there.

    Read from the agreement each time: a copy would be one more place to erase a person from.
    """
    if not edition.redactions:
        return []
    return list(letters.kept_in(letters.public_data(edition.agreement), edition.redactions))


# --- what a body's people are told ---------------------------------------------------------


def told_of(user: Actor, programme: str) -> QuerySet[Edition]:
    """The editions that are or were public, within the person's perimeter."""
    ever_public = Edition.objects.filter(programme=programme, published_at__isnull=False)
    return within(user, ever_public.defer("document", "public_text"))


def told_as(edition: Edition, verb: str) -> Said:
    return Said(
        "{edition}: {state}.", {"edition": str(edition), "state": Label(edition.state_label)}
    )


TELLING = (
    Told(
        Edition,
        told_of,
        told_as,
        lambda edition: reverse("desk:case", args=edition.address),
        lambda edition: edition.file_number,
        body=lambda edition: edition.ags if edition.published_at else "",
        look="agreements.look",
    ),
)
