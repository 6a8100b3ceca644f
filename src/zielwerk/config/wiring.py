"""Joins the rooms: each shelf that declares something is read once at the start.

`policies.PERMISSIONS` fill the permission table, `jobs.KINDS` the kinds of background work,
`tables.KINDS` the kinds of tables that may come in, `queries.COMPARISONS` what the books must
agree with, `panels.RECORDS` how a record is found by its number, `panels.FORETOLD` what an act
of a room below does to what the room owns, `models.GUARDS` the guards of the database and
`models.RACES` the sentences for what a constraint decides. A model that says `sealed_facts()` is
under the audit chain. Once the table is filled, verbs, views and the steps of cases ask for its
rows: a misspelt permission ends the start. Subscribers of events stand here in one dict.
"""

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any

from django.apps import apps
from django.conf import settings

from zielwerk.agreements.queries import changing
from zielwerk.conclusion import queries as conclusion
from zielwerk.config import personal
from zielwerk.config.beginnings import BEGINNINGS
from zielwerk.core import apps as core
from zielwerk.core import (
    audit,
    case_files,
    cases,
    events,
    guards,
    jobs,
    kinds,
    looks,
    permissions,
    races,
    repairs,
    turns,
)
from zielwerk.core.models import Sealed
from zielwerk.funding import queries as funding
from zielwerk.granting import queries as granting
from zielwerk.identity import queries as identity
from zielwerk.imports import queries as imports
from zielwerk.ledger import queries as ledger
from zielwerk.messaging import queries as messaging
from zielwerk.negotiation import queries as negotiation
from zielwerk.programme import queries as programme
from zielwerk.rulebook.refusal import msg
from zielwerk.succession import queries as succession
from zielwerk.ui import layout
from zielwerk.ui.joined import JOINED
from zielwerk.ui.layout import Area, Entry

NAVIGATION = (
    Area("", (Entry("", "publication:editions", "publication.read"),)),
    Area(
        msg("Mein Arbeitsplatz"),
        (
            Entry(msg("Übersicht"), "desk:home", "desk.look"),
            Entry(msg("Das Jahr im Überblick"), "desk:running_year", "desk.look_at_year"),
            Entry(msg("Programmjahre nebeneinander"), "desk:years", "desk.look_at_year"),
        ),
    ),
    Area(
        msg("{documents} und Maßnahmen"),
        (
            Entry(msg("Entwürfe"), "negotiation:drafts", "negotiation.look"),
            Entry(msg("Abschlüsse"), "conclusion:conclusions", "conclusion.look"),
            Entry(msg("Erfassungen"), "agreements:intakes", "agreements.look_at_intake"),
            Entry(msg("Erfasste {documents}"), "agreements:agreements", "agreements.look"),
            Entry(msg("Gelernte Wörter"), "agreements:lessons", "agreements.look_at_lessons"),
            Entry(msg("Veröffentlichungen"), "publication:publications", "publication.look"),
            Entry(msg("Anträge"), "funding:applications", "funding.look"),
            Entry(msg("Bescheide"), "granting:notices", "granting.look"),
            Entry(msg("Weiterleitungen"), "passing:pass_ons", "passing.look"),
            Entry("{strategies}", "strategy:strategies", "strategy.look"),
            Entry(msg("Geplante Maßnahmen"), "measures:planned_measures", "measures.look"),
            Entry(msg("Übergreifende Ziele"), "measures:overall_targets", "measures.look"),
            Entry(msg("Maßnahmen"), "desk:measures", "measures.look"),
            Entry(msg("Vermerke"), "notes:notes", "notes.look"),
        ),
    ),
    Area(
        msg("Mittel"),
        (
            Entry(msg("Wo ist jeder Euro?"), "ledger:places", "ledger.look"),
            Entry(msg("Haushalt"), "budget:budget", "budget.look"),
            Entry(msg("Verteilung"), "allocation:scenarios", "allocation.look"),
            Entry(msg("Zuweisungen"), "allocation:allocations", "allocation.look_at_allocations"),
            Entry(msg("Mitteländerungen"), "adjustments:adjustments", "adjustments.look"),
            Entry(msg("Rechtsnachfolgen"), "succession:acts", "succession.look"),
        ),
    ),
    Area(
        msg("Programm"),
        (
            Entry(msg("Regeln"), "programme:rules", "programme.look"),
            Entry(msg("Gebietskörperschaften"), "programme:bodies", "programme.look"),
            Entry(msg("Beteiligte"), "programme:parties", "programme.look"),
            Entry(msg("Tabellen einlesen"), "imports:imports", "imports.look"),
            Entry(msg("Einrichtung"), "setup:checklist", "setup.look"),
        ),
    ),
    Area(
        msg("Personen"),
        (
            Entry(msg("Personen"), "identity:people", "identity.look"),
            Entry(msg("Rollen und Rechte"), "identity:rights", "identity.look_at_roles"),
            Entry(msg("Mein Konto"), "identity:account", "identity.look_at_account"),
            Entry(msg("Meine Nachrichten"), "messaging:notices", "messaging.look"),
            Entry(msg("Postausgang"), "messaging:outbox", "messaging.look_at_outbox"),
        ),
    ),
    Area(
        msg("Protokoll"),
        (
            Entry(msg("Protokoll"), "auditing:log", "auditing.look"),
            Entry(msg("Prüfungen"), "auditing:verifications", "auditing.look"),
            Entry(msg("Einsicht in Blicke"), "auditing:inquiries", "auditing.inquire"),
            Entry(msg("Akten, deren Frist um ist"), "filing:over", "filing.look_over"),
        ),
    ),
)


def shelf(room: str, name: str) -> ModuleType | None:
    """A room's shelf, or None where the room does not need it."""
    path = f"zielwerk.{room}.{name}"
    return import_module(path) if find_spec(path) else None


def subscribers() -> dict[type, tuple[Callable[..., Any], ...]]:
    """Who above does something when a verb below has happened."""
    rooms = ("agreements", "publication", "identity", "messaging", "funding", "granting")
    agreements, publication, identity, messaging, funding, granting = (
        shelf(room, "actions") for room in rooms
    )
    succession, passing = (shelf(room, "actions") for room in ("succession", "passing"))
    assert agreements
    assert publication
    assert identity
    assert messaging
    assert funding
    assert granting
    assert succession
    assert passing
    return {
        agreements.Annulled: (publication.withdraw_annulled,),
        identity.Invited: (messaging.send_invitation,),
        identity.Recovered: (messaging.void_address,),
        funding.Assessed: (granting.draft_for,),
        funding.Reopened: (granting.give_up_for,),
        succession.CarriedOut: (granting.take_over_for,),
        granting.NoticePassed: (passing.take_over_for,),
    }


def wire() -> None:
    layout.NAVIGATION[:] = NAVIGATION
    JOINED.beginnings = BEGINNINGS
    for room in settings.ROOMS:  # all of them before the first verb asks for one
        permissions.declare(getattr(shelf(room, "policies"), "PERMISSIONS", ()))
    for room in settings.ROOMS:
        shelf(room, "actions")
        for kind, work in getattr(shelf(room, "jobs"), "KINDS", {}).items():
            jobs.declare(kind, work)
        imports.declare(*getattr(shelf(room, "tables"), "KINDS", ()))
        models = shelf(room, "models")
        guards.declare(*getattr(models, "GUARDS", ()))
        races.RACES.update(getattr(models, "RACES", {}))
        for model in apps.get_app_config(room).get_models():
            if issubclass(model, Sealed):
                audit.declare(model)
    events.SUBSCRIBERS.update(subscribers())
    core.BEFORE[:] = [repairs.remember]
    days = shelf("granting", "jobs")
    assert days
    core.AFTER[:] = [repairs.enter, turns.keep_all, days.reckon_anew]
    cases.SAVED[:], cases.TAKEN[:] = [turns.keep], [turns.note_outcome]
    JOINED.names = identity.acted
    negotiation.RESTING[:] = [conclusion.resting_on]
    negotiation.TEXT_OF[:] = [conclusion.text_of]
    funding.RESTING[:] = [granting.resting_on]
    succession.HOLDING[:] = [granting.held_by]
    changing.AMENDING[:] = [negotiation.number_under_way]
    looks.PAGES.update(personal.PAGES)
    identity.declare_providers(programme.providers)
    for room in settings.ROOMS:  # after all permissions are declared
        kinds.declare(*getattr(shelf(room, "cases"), "KINDS", ()))
        JOINED.parts += getattr(shelf(room, "panels"), "PARTS", ())
        JOINED.body_parts += getattr(shelf(room, "panels"), "BODY_PARTS", ())
        JOINED.desk_parts += getattr(shelf(room, "panels"), "DESK_PARTS", ())
        JOINED.foretold += getattr(shelf(room, "panels"), "FORETOLD", ())
        case_files.FILED += getattr(shelf(room, "panels"), "FILED", ())
        JOINED.records += getattr(shelf(room, "panels"), "RECORDS", ())
        ledger.declare(*getattr(shelf(room, "queries"), "COMPARISONS", ()))
        messaging.declare(*getattr(shelf(room, "panels"), "TELLING", ()))
        messaging.declare_recalling(*getattr(shelf(room, "panels"), "RECALLING", ()))
        messaging.declare_dating(*getattr(shelf(room, "panels"), "DATING", ()))
