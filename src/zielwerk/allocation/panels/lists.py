"""The columns of the list of scenarios."""

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from zielwerk.allocation.forms.scenario import data_label
from zielwerk.allocation.models import Scenario
from zielwerk.core.ui.lists import Column, link, state_badge
from zielwerk.core.ui.tags.values import day
from zielwerk.programme import queries as programmes
from zielwerk.rulebook.lifecycle import Label
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.refusal import msg


def name(scenario: Scenario) -> SafeString:
    page_link = link(reverse("allocation:scenario", args=[scenario.pk]), scenario.name)
    if not scenario.data.is_invented:
        return page_link
    return format_html(
        '{} <span class="zw-invented">{}</span>', page_link, gettext("erfundene Daten")
    )


SCENARIOS: tuple[Column[Scenario], ...] = (
    Column(msg("Name"), lambda scenario: scenario.name, name),
    Column(
        msg("Aktenzeichen"),
        lambda scenario: scenario.file_number,
        lambda scenario: format_html('<span class="zw-nowrap">{}</span>', scenario.file_number),
    ),
    Column(msg("Programmjahr"), lambda scenario: scenario.year),
    Column(msg("Zweckbindung"), lambda scenario: programmes.purpose(scenario.fund)),
    Column(msg("Zu verteilen"), lambda scenario: Cents(scenario.end_cents)),
    Column(msg("Stand"), lambda scenario: Label(scenario.state_label), state_badge),
    Column(msg("Datenstand"), lambda scenario: data_label(scenario.data), is_export_only=True),
    Column(msg("Anmerkung"), lambda scenario: scenario.comment, is_export_only=True),
    Column(
        msg("Begonnen"), lambda scenario: scenario.begun_at, lambda scenario: day(scenario.begun_at)
    ),
    Column(msg("Entschieden"), lambda scenario: scenario.decided_at, is_export_only=True),
)
