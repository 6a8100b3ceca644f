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


def name(one: Scenario) -> SafeString:
    there = link(reverse("allocation:scenario", args=[one.pk]), one.name)
    if not one.data.is_invented:
        return there
    return format_html('{} <span class="zw-invented">{}</span>', there, gettext("erfundene Daten"))


SCENARIOS: tuple[Column[Scenario], ...] = (
    Column(msg("Name"), lambda one: one.name, name),
    Column(
        msg("Aktenzeichen"),
        lambda one: one.file_number,
        lambda one: format_html('<span class="zw-nowrap">{}</span>', one.file_number),
    ),
    Column(msg("Programmjahr"), lambda one: one.year),
    Column(msg("Zweckbindung"), lambda one: programmes.purpose(one.fund)),
    Column(msg("Zu verteilen"), lambda one: Cents(one.total_cents)),
    Column(msg("Stand"), lambda one: Label(one.state_label), state_badge),
    Column(msg("Datenstand"), lambda one: data_label(one.data), is_export_only=True),
    Column(msg("Anmerkung"), lambda one: one.comment, is_export_only=True),
    Column(msg("Begonnen"), lambda one: one.begun_at, lambda one: day(one.begun_at)),
    Column(msg("Entschieden"), lambda one: one.decided_at, is_export_only=True),
)
