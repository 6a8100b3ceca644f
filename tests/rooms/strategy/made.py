"""Versions of strategies for tests, made by the verbs that people use."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from django.conf import settings
from django.utils.timezone import localdate

from zielwerk.config.cast import Cast, walk
from zielwerk.identity.models import User
from zielwerk.packs import loading as packs
from zielwerk.rulebook.consent import Party
from zielwerk.strategy import actions, queries
from zielwerk.strategy.actions import Attached, NewConsent, NewVersion, Point
from zielwerk.strategy.models import Strategy

AT = datetime(2025, 2, 3, 9, 0, tzinfo=UTC)
FIRST, LAST = date(2025, 1, 1), date(2025, 12, 31)
PAPER = Attached("strategie.pdf", b"%PDF-1.7 Strategie", "application/pdf")
POINTS = (Point("Ausbildung sichern", "Alle Jugendlichen"), Point("Sprache", "Kurse im Betrieb"))


def new(cast: Cast, **more: object) -> NewVersion:
    """What a version of the coordinator's body says."""
    said = NewVersion(
        settings.PROGRAMME, cast.body.ags, "Strategie 2025", FIRST, LAST, POINTS, PAPER
    )
    return replace(said, **more)  # type: ignore[arg-type]


def drafted(cast: Cast, **more: object) -> Strategy:
    return actions.draft(cast.body, new(cast, **more), at=AT)


def in_force(cast: Cast, at: datetime = AT, **more: object) -> Strategy:
    """A version that walked its whole path, with every consent that its programme wants."""
    strategy = actions.draft(cast.body, new(cast, **more), at=at)
    consent_all(cast, strategy, at)
    strategy, _ = walk(cast, strategy, at, timedelta(minutes=5))
    return strategy


def consent_all(cast: Cast, strategy: Strategy, at: datetime = AT) -> None:
    for party in queries.wanted(strategy):
        consent(cast, strategy, party, at)


def consent(
    cast: Cast, strategy: Strategy, party: Party, at: datetime = AT, *, is_given: bool = True
) -> None:
    said = NewConsent(
        strategy,
        party,
        localdate(at),
        "Erika Muster",
        "Leitung",
        "" if is_given else "Nein",
        is_given,
    )
    actions.record_consent(cast.body, said, at=at)


def programmes() -> list[str]:
    return packs.codes()


def laid_down(cast: Cast, coordinator: User, *, lacking: int = 0, **more: object) -> Strategy:
    """A version in force of whichever body somebody coordinates, with all consents but some."""
    acting = replace(cast, body=coordinator)
    strategy = actions.draft(coordinator, new(acting, **more), at=AT)
    for party in list(queries.wanted(strategy))[lacking:]:
        consent(acting, strategy, party)
    return walk(acting, strategy, AT, timedelta(minutes=5))[0]
